// Tests of connections: of a saved one with the secrets that its vendor holds, of settings that are not saved with those in
// them. A database that refuses is a test that ran.
import type { Draft, TestCheck, TestOutcome, Warning, WarningCode } from '../domain/connection.ts';
import type { LocatedConnection, Instance } from '../domain/instance.ts';
import { NotFoundError } from '../domain/errors.ts';
import type { ValidationIssue } from '../domain/issue.ts';
import type { Values } from '../fields/values.ts';
import { secretKeysOf } from '../fields/walk-fields.ts';
import { configPath } from '../domain/input-paths.ts';
import { issue } from '../domain/issues.ts';
import { ignoredOptionWarnings } from '../domain/review-draft.ts';
import type { Vendor } from '../domain/vendor.ts';
import { suspectValueWarnings } from './suspect-values.ts';
import { planCreate, type CreatePlan } from './plan-create.ts';
import { callInstance, unsupportedCapability, requireLocation, readConnection, type Registry } from './registry.ts';
import { withVendorMessages, redactWith } from './vendor-messages.ts';

export interface ConnectionTest {
  readonly outcome: TestOutcome;
  readonly checks: readonly TestCheck[];
  /** Of the vendor's answer, in milliseconds. */
  readonly durationMs: number;
  /** The one that was tested; null for settings that are not saved. */
  readonly connection: LocatedConnection | null;
  /** What is to be known of the settings that were given. */
  readonly warnings: readonly Warning[];
}

export interface TestInput {
  readonly id: string;
  /** What to try, by the vendor's names; what it tries by itself when left out. */
  readonly tests?: readonly string[] | null | undefined;
}

export interface TestConfigInput {
  readonly instance: string;
  readonly name?: string | null | undefined;
  readonly config: Values;
  readonly options?: Values | null | undefined;
  readonly tests?: readonly string[] | null | undefined;
}

/** The worst of them. */
const outcomeOf = (checks: readonly TestCheck[]): TestOutcome =>
  (['FAILED', 'WARNED', 'PASSED'] as const).find((one) => checks.some(({ outcome }) => outcome === one)) ?? 'SKIPPED';

async function timed(
  connection: LocatedConnection | null,
  run: () => Promise<readonly TestCheck[]>,
): Promise<ConnectionTest> {
  const began = performance.now();
  const checks = await run();
  const durationMs = Math.round(performance.now() - began);
  return { outcome: outcomeOf(checks), checks, durationMs, connection, warnings: [] };
}

/** @throws NotFoundError, UnsupportedError, VendorError when it could not be run. */
export async function testConnection(registry: Registry, { id, tests }: TestInput): Promise<ConnectionTest> {
  const location = requireLocation(registry, id);
  const { instance } = location;
  const { api } = instance;
  if (!api.test) throw unsupportedCapability(registry, instance, 'TEST_SAVED');
  const call = { deadline: instance.deadline('test') };
  const connection = await readConnection(location, call);
  return timed(connection, async () => {
    const checks = await callInstance(instance, async () => api.test?.(connection, tests ?? null, call));
    if (!checks) throw new NotFoundError(id);
    return checks;
  });
}

/** Tests what is not saved, where the instance can. @throws ValidationError, VendorError of the vendor's. */
export async function testDraft(
  instance: Instance,
  draft: Draft,
  tests: readonly string[] | null,
): Promise<ConnectionTest> {
  const { api } = instance;
  const call = { deadline: instance.deadline('test') };
  return timed(null, () => callInstance(instance, async () => api.testDraft?.(draft, tests, call) ?? []));
}

const NOTHING_STORED = 'Nothing that is stored is used for a test: send the secret.';

/** A secret that is missing is asked for as one. */
function secretsNeeded({ support, dialect }: Draft, issues: readonly ValidationIssue[]): ValidationIssue[] {
  const paths = new Set(secretKeysOf(support.dialect.fields).map((key) => configPath(dialect, key).join('.')));
  return issues.map((one) =>
    one.code === 'REQUIRED' && paths.has(one.path.join('.')) ? issue(one.path, 'SECRET_NEEDED', NOTHING_STORED) : one,
  );
}

export type TestPlan = Pick<CreatePlan, 'instance' | 'draft' | 'issues'>;

/**
 * Checks the settings of a test as those of a create, except that no name is needed. It makes no call.
 * @throws ValidationError for an unknown instance, UnsupportedError for a dialect that its vendor does not take.
 */
export function planConfigTest(registry: Registry, { tests: _tests, name, ...input }: TestConfigInput): TestPlan {
  const { instance, draft, issues } = planCreate(registry, { ...input, name: name ?? '' }, 'TEST_UNSAVED');
  const relevant = issues.filter(({ path }) => typeof name === 'string' || path.join('.') !== 'input.name');
  return { instance, draft, issues: secretsNeeded(draft, relevant) };
}

/** They tell what becomes of a connection that is saved. */
const OF_SAVED: readonly WarningCode[] = ['NAME_NORMALIZED', 'USER_CREDENTIALS_ERASED'];

/** What the maker of such a connection would be told. */
const warningsFor = (vendor: Vendor, draft: Draft): Warning[] => [
  ...ignoredOptionWarnings(vendor, draft),
  ...(vendor.warningsFor?.(draft) ?? []).filter(({ code }) => !OF_SAVED.includes(code)),
  ...suspectValueWarnings(vendor, draft),
];

/**
 * Tests settings that are not saved, as planned.
 * @param plan a plan without issues.
 * @param tests the checks to run, by the vendor's names; null for those that the vendor runs by default.
 * @throws ValidationError, VendorError of the vendor's.
 */
export async function testConnectionConfig(
  { instance, draft }: TestPlan,
  tests: readonly string[] | null,
): Promise<ConnectionTest> {
  const test = await withVendorMessages(draft, () => testDraft(instance, draft, tests));
  return { ...test, checks: test.checks.map(redactWith(draft)), warnings: warningsFor(instance.vendor, draft) };
}
