// createConnection with everything selected that any dialect and any vendor of ours tells, and ways to read such an answer.
import { readFileSync } from 'node:fs';
import { buildSchema, isInputObjectType } from 'graphql';
import { expect } from 'vitest';
import type { Answer, TestGateway } from './gateway.ts';
import { callsToAny } from './journal.ts';
import { plain, selectAllOf } from './whole-connection.ts';

const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));

type Input = Readonly<Record<string, unknown>>;

/** The vendors, by the key of their instance in the sandbox. */
const DETAILS: Readonly<Record<string, string>> = {
  looker: 'LookerDetails',
  omni: 'OmniDetails',
  credible: 'CredibleDetails',
  chartbrew: 'ChartbrewDetails',
};

/** Returns the output type of a dialect's settings: PostgresConfig for `postgres`; null for a dialect that only a test has. */
function configTypeOf(dialect: string): string | null {
  const inputs = schema.getType('ConnectionConfigInput');
  const field = isInputObjectType(inputs) ? inputs.getFields()[dialect] : undefined;
  return field ? field.type.toString().replace(/Input!?$/, 'Config') : null;
}

const selections = new Map<string, string>();

/** Selects every field of a union, or of its only member that can be in the answer. */
function selectMember(union: string, member: string | null | undefined): string {
  const key = member ?? union;
  const selection =
    selections.get(key) ??
    (member ? `{ __typename ... on ${member} ${selectAllOf(schema, member)} }` : selectAllOf(schema, union));
  selections.set(key, selection);
  return selection;
}

/**
 * Selects all settings and details of a connection. Where the input says the dialect or the instance says the vendor, the other
 * members of the unions are left out: their fields make the document so long that validating it takes most of a test's time.
 */
export function configAndDetails(instance: string | undefined, config: unknown): string {
  const dialects = Object.keys((config as Input | null | undefined) ?? {});
  const type = dialects.length === 1 ? configTypeOf(dialects[0] ?? '') : null;
  return `config ${selectMember('ConnectionConfig', type)} details ${selectMember('VendorDetails', DETAILS[instance ?? ''])}`;
}

/** Selects all settings and details of any connection. */
export const CONFIG_AND_DETAILS = configAndDetails(undefined, undefined);

const createMutation = (selection: string): string => `mutation ($input: CreateConnectionInput!) {
  createConnection(input: $input) {
    __typename
    ... on Error { message requestId }
    ... on VendorError { instance { key } vendorStatus vendorCode vendorMessage }
    ... on CreateConnectionSuccess {
      connection {
        id vendorId name vendor dialect vendorDialect completeness
        ${selection}
        secrets { path status }
      }
      warnings { path code message }
    }
    ... on ValidationError { issues { path code message source vendorCode vendorMessage } }
    ... on UnsupportedError { vendor dialect capability alternatives }
    ... on ConflictError { conflict existing { id name vendorDialect } }
    ... on RateLimitedError { retryAfterMs }
    ... on VendorUnavailableError { unavailable retryable }
    ... on OutcomeUnknownError { probe }
  }
}`;

/** A create with every field of the result selected, for any dialect at any vendor. */
export const CREATE = createMutation(CONFIG_AND_DETAILS);

export interface CreateInput {
  readonly instance: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Answer>;

/** The member of the result union that came back, with the whole answer beside it. @throws Error when none did. */
export async function create({ ask }: { readonly ask: Ask }, input: CreateInput) {
  const { instance, config } = input;
  const answer = await ask(createMutation(configAndDetails(instance, config)), { input });
  if (!answer.data?.createConnection) throw new Error(`No result: ${answer.text}`);
  return { result: answer.data.createConnection, text: answer.text };
}

/** The issues of a ValidationError as `path CODE`, in alphabetical order. */
export const issuesOf = (result: { issues?: readonly { path: string[]; code: string }[] }): string[] =>
  (result.issues ?? []).map(({ path, code }) => `${path.join('.')} ${code}`).toSorted();

/** The issues of an input that the gateway refuses by itself, with no call made, as `path CODE`; without `input`. */
export async function refusalOf(gateway: TestGateway, input: CreateInput): Promise<string[]> {
  const { result, text } = await create(gateway, input);
  expect(result).toMatchObject({ __typename: 'ValidationError' });
  expect(result.issues.every(({ source }: { source: string }) => source === 'GATEWAY')).toBe(true);
  expect(text).not.toMatch(/secret-\d/);
  expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  return issuesOf(result).map((issue) => issue.replace(/^input\./, ''));
}

/** Paths of the secrets that are told to be stored, in alphabetical order. */
export const storedSecrets = (secrets: readonly { path: string[]; status: string }[]): string[] =>
  secrets.flatMap(({ path, status }) => (status === 'SET' ? [path.join('.')] : [])).toSorted();

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === 'NOT_SET') return null;
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value)
    .map(([key, one]) => [key, withoutNulls(one)] as const)
    .filter(([, one]) => one !== null);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

/** What is told of a config or details: a secret as its status, without nulls and without secrets that are not set. */
export const reportedValues = (value: unknown): unknown => withoutNulls(plain(value));
