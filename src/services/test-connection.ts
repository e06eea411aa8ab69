// Tests connections: a saved one with the secrets that its vendor stores, and settings that are not saved with the secrets that the
// caller provides. When the database refuses the connection, the test has run and its outcome is FAILED.
import type { Draft, TestCheck, TestOutcome, Warning, WarningCode } from '../domain/connection.ts';
import type { LocatedConnection, Instance } from '../domain/instance.ts';
import { NotFoundError } from '../domain/errors.ts';
import { issue, type ValidationIssue } from '../domain/issue.ts';
import type { Values } from '../fields/values-by-key.ts';
import { secretKeysOf } from '../fields/walk-fields.ts';
import { configPath } from '../domain/input-paths.ts';
import { ignoredOptionWarnings } from '../domain/review-draft.ts';
import type { Vendor } from '../domain/vendor.ts';
import { suspectValueWarnings } from './suspect-values.ts';
import { planCreate, type CreatePlan } from './plan-create.ts';
import { callInstance, readConnection } from './call-instance.ts';
import { unsupportedCapability, requireLocation, type Registry } from './registry.ts';
import { withVendorMessages, createVendorMessageAdder } from './vendor-messages.ts';

export interface ConnectionTest {
  readonly outcome: TestOutcome;
  readonly checks: readonly TestCheck[];
  /** How long the vendor took to answer, in milliseconds. */
  readonly durationMs: number;
  /** The tested connection; null for settings that are not saved. */
  readonly connection: LocatedConnection | null;
  /** Warnings about the provided settings; none for a saved connection. */
  readonly warnings: readonly Warning[];
}

export interface TestInput {
  readonly id: string;
  /** The checks to run, by the vendor's names; null or undefined for those that the vendor runs by default. */
  readonly tests?: readonly string[] | null | undefined;
}

export interface TestConfigInput {
  readonly instance: string;
  readonly name?: string | null | undefined;
  readonly config: Values;
  readonly options?: Values | null | undefined;
  readonly tests?: readonly string[] | null | undefined;
}

/** Returns the worst outcome of the checks. */
const outcomeOf = (checks: readonly TestCheck[]): TestOutcome =>
  (['FAILED', 'WARNED', 'PASSED'] as const).find((worst) => checks.some(({ outcome }) => outcome === worst)) ??
  'SKIPPED';

/** Runs the checks and measures how long they take. */
async function runTimed(
  connection: LocatedConnection | null,
  run: () => Promise<readonly TestCheck[]>,
): Promise<ConnectionTest> {
  const began = performance.now();
  const checks = await run();
  const durationMs = Math.round(performance.now() - began);
  return { outcome: outcomeOf(checks), checks, durationMs, connection, warnings: [] };
}

/** Tests a saved connection. @throws NotFoundError, UnsupportedError, VendorError when the test could not run. */
export async function testConnection(registry: Registry, { id, tests }: TestInput): Promise<ConnectionTest> {
  const location = requireLocation(registry, id);
  const { instance } = location;
  const { api } = instance;
  if (!api.test) throw unsupportedCapability(registry, instance, 'TEST_SAVED');
  const call = { deadline: instance.deadline('test') };
  const connection = await readConnection(location, call);
  return runTimed(connection, async () => {
    const checks = await callInstance(instance, async () => api.test?.(connection, tests ?? null, call));
    if (!checks) throw new NotFoundError(id);
    return checks;
  });
}

/** Tests settings that are not saved, at an instance with the capability TEST_UNSAVED. @throws ValidationError, VendorError of the vendor. */
export async function testDraft(
  instance: Instance,
  draft: Draft,
  tests: readonly string[] | null,
): Promise<ConnectionTest> {
  const { api } = instance;
  const call = { deadline: instance.deadline('test') };
  return runTimed(null, () => callInstance(instance, async () => api.testDraft?.(draft, tests, call) ?? []));
}

const SECRET_REQUIRED = 'A test of settings uses no stored secret. Send the secret.';

/** Returns the issues, with SECRET_NEEDED in place of REQUIRED for a missing secret. */
function withSecretsNeeded({ support, dialect }: Draft, issues: readonly ValidationIssue[]): ValidationIssue[] {
  const paths = new Set(secretKeysOf(support.dialect.fields).map((key) => configPath(dialect, key).join('.')));
  return issues.map((found) =>
    found.code === 'REQUIRED' && paths.has(found.path.join('.'))
      ? issue(found.path, 'SECRET_NEEDED', SECRET_REQUIRED)
      : found,
  );
}

export type TestPlan = Pick<CreatePlan, 'instance' | 'draft' | 'issues'>;

/**
 * Plans a test of settings: checks them like those of a create, except that the name is optional. It makes no vendor call.
 * @throws ValidationError for an unknown instance, UnsupportedError for a dialect that its vendor does not support.
 */
export function planConfigTest(registry: Registry, { tests: _tests, name, ...input }: TestConfigInput): TestPlan {
  const { instance, draft, issues } = planCreate(registry, { ...input, name: name ?? '' }, 'TEST_UNSAVED');
  const relevant = issues.filter(({ path }) => typeof name === 'string' || path.join('.') !== 'input.name');
  return { instance, draft, issues: withSecretsNeeded(draft, relevant) };
}

/** The warnings about what happens when a connection is saved. A test saves nothing. */
const SAVE_WARNINGS: readonly WarningCode[] = ['NAME_NORMALIZED', 'USER_CREDENTIALS_ERASED'];

/** Returns the warnings that a create with the same settings would return. */
const draftWarnings = (vendor: Vendor, draft: Draft): Warning[] => [
  ...ignoredOptionWarnings(vendor, draft),
  ...(vendor.warningsFor?.(draft) ?? []).filter(({ code }) => !SAVE_WARNINGS.includes(code)),
  ...suspectValueWarnings(vendor, draft),
];

/**
 * Runs a planned test of settings that are not saved.
 * @param plan a plan without issues.
 * @param tests the checks to run, by the vendor's names; null for those that the vendor runs by default.
 * @throws ValidationError, VendorError of the vendor.
 */
export async function testConnectionConfig(
  { instance, draft }: TestPlan,
  tests: readonly string[] | null,
): Promise<ConnectionTest> {
  const test = await withVendorMessages(draft, () => testDraft(instance, draft, tests));
  return {
    ...test,
    checks: test.checks.map(createVendorMessageAdder(draft)),
    warnings: draftWarnings(instance.vendor, draft),
  };
}
