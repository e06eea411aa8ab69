// Tests of connections: of a saved one with the secrets that its vendor holds, of settings that are not saved with those in
// them. A database that refuses is a test that ran.
import type { Draft, LocatedConnection, TestCheck, TestOutcome } from '../domain/connection.ts';
import { NotFoundError, ValidationError, type ValidationIssue } from '../domain/errors.ts';
import { givenKeys, leavesOf, valueAt, type FieldKey, type Values } from '../domain/fields.ts';
import { configPath, issue } from '../domain/support.ts';
import type { Instance, Vendor } from '../domain/vendor.ts';
import { planCreate } from './plan-create.ts';
import { atInstance, cannot, placeOf, readNow, type Registry } from './registry.ts';
import { showingWords, wordsFor } from './show-words.ts';

export interface ConnectionTest {
  readonly outcome: TestOutcome;
  readonly checks: readonly TestCheck[];
  /** Of the vendor's answer, in milliseconds. */
  readonly durationMs: number;
  /** The one that was tested; null for settings that are not saved. */
  readonly connection: LocatedConnection | null;
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
  return { outcome: outcomeOf(checks), checks, durationMs: Math.round(performance.now() - began), connection };
}

/** @throws NotFoundError, UnsupportedError, VendorError when it could not be run. */
export async function testConnection(registry: Registry, { id, tests }: TestInput): Promise<ConnectionTest> {
  const place = placeOf(registry, id);
  if (!place) throw new NotFoundError(id);
  const { instance } = place;
  const { api } = instance;
  if (!api.test) throw cannot(registry, instance, 'TEST_SAVED');
  const call = { deadline: instance.deadline('test') };
  const connection = await readNow(place, id, call);
  return timed(connection, async () => {
    const checks = await atInstance(instance, async () => api.test?.(connection, tests ?? null, call));
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
  return timed(null, () => atInstance(instance, async () => api.testDraft?.(draft, tests, call) ?? []));
}

const NOTHING_STORED = 'Nothing that is stored is used for a test: send the secret.';

/** The secrets by which a user of the dialect signs in, where the vendor takes them. */
const signInSecrets = ({ support }: Draft): FieldKey[] =>
  leavesOf(support.dialect.fields).flatMap(({ key, meta }) => {
    const signsIn = meta.kind === 'secret' && !key.includes('.') && meta.safeToChange !== undefined && !meta.partOf;
    return signsIn && key in support.fields ? [key] : [];
  });

/** A secret that is missing, by the table or beside the user whose it is. */
function secretsNeeded(vendor: Vendor, draft: Draft, issues: readonly ValidationIssue[]): ValidationIssue[] {
  const { support, dialect, config, options } = draft;
  const secrets = leavesOf(support.dialect.fields).filter(({ meta }) => meta.kind === 'secret');
  const paths = new Set(secrets.map(({ key }) => configPath(dialect, key).join('.')));
  const told = issues.map((one) =>
    one.code === 'REQUIRED' && paths.has(one.path.join('.')) ? issue(one.path, 'SECRET_NEEDED', NOTHING_STORED) : one,
  );
  const [first] = signInSecrets(draft);
  const hasSecret =
    secrets.some(({ key }) => valueAt(config, key) !== undefined) || givenKeys(vendor.options, options).length > 0;
  const isAlone = config['username'] !== undefined && !hasSecret && told.every(({ code }) => code !== 'SECRET_NEEDED');
  return first && isAlone ? [...told, issue(configPath(dialect, first), 'SECRET_NEEDED', NOTHING_STORED)] : told;
}

/** @throws ValidationError, UnsupportedError before any call; ValidationError, VendorError of the vendor's. */
export async function testConnectionConfig(
  registry: Registry,
  { tests, name, ...input }: TestConfigInput,
): Promise<ConnectionTest> {
  const { instance, draft, issues } = planCreate(registry, { ...input, name: name ?? '' }, 'TEST_UNSAVED');
  // A test needs no name.
  const found = secretsNeeded(instance.vendor, draft, issues).filter(
    ({ path }) => typeof name === 'string' || path.join('.') !== 'input.name',
  );
  if (found.length > 0) throw new ValidationError(found);
  const test = await showingWords(draft, () => testDraft(instance, draft, tests ?? null));
  return { ...test, checks: test.checks.map(wordsFor(draft)) };
}
