// The createConnection mutation with every field selected, and functions that read its answer.
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

/** Returns the output type of a dialect's config, such as PostgresConfig for `postgres`. Returns null for a dialect that only a test has. */
function configTypeOf(dialect: string): string | null {
  const inputs = schema.getType('ConnectionConfigInput');
  const field = isInputObjectType(inputs) ? inputs.getFields()[dialect] : undefined;
  return field ? field.type.toString().replace(/Input!?$/, 'Config') : null;
}

const selections = new Map<string, string>();

/** Returns a selection of every field of a union, or of one member. */
function selectMember(union: string, member: string | null | undefined): string {
  const key = member ?? union;
  const selection =
    selections.get(key) ??
    (member ? `{ __typename ... on ${member} ${selectAllOf(schema, member)} }` : selectAllOf(schema, union));
  selections.set(key, selection);
  return selection;
}

/**
 * Returns a selection of the whole config and details. When the input names the dialect or the instance names the vendor, the other
 * members of the unions are left out, because validating their many fields takes most of a test's time.
 */
export function configAndDetails(instance: string | undefined, config: unknown): string {
  const dialects = Object.keys((config as Input | null | undefined) ?? {});
  const type = dialects.length === 1 ? configTypeOf(dialects[0] ?? '') : null;
  return `config ${selectMember('ConnectionConfig', type)} details ${selectMember('VendorDetails', DETAILS[instance ?? ''])}`;
}

/** Selects the whole config and details of any connection. */
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

/** A createConnection mutation with every field of the result selected, for any dialect and vendor. */
export const CREATE = createMutation(CONFIG_AND_DETAILS);

export interface CreateInput {
  readonly instance: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Answer>;

/** Creates a connection. Returns the member of the result union and the text of the answer. @throws Error when there is no result. */
export async function create({ ask }: { readonly ask: Ask }, input: CreateInput) {
  const { instance, config } = input;
  const answer = await ask(createMutation(configAndDetails(instance, config)), { input });
  if (!answer.data?.createConnection) throw new Error(`No result: ${answer.text}`);
  return { result: answer.data.createConnection, text: answer.text };
}

/** Returns the issues of a ValidationError as `path CODE`, in alphabetical order. */
export const issuesOf = (result: { issues?: readonly { path: string[]; code: string }[] }): string[] =>
  (result.issues ?? []).map(({ path, code }) => `${path.join('.')} ${code}`).toSorted();

/** Checks that the gateway refuses a create without a vendor call. Returns the issues as `path CODE`, without the prefix `input`. */
export async function refusalOf(gateway: TestGateway, input: CreateInput): Promise<string[]> {
  const { result, text } = await create(gateway, input);
  expect(result).toMatchObject({ __typename: 'ValidationError' });
  expect(result.issues.every(({ source }: { source: string }) => source === 'GATEWAY')).toBe(true);
  expect(text).not.toMatch(/secret-\d/);
  expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  return issuesOf(result).map((issue) => issue.replace(/^input\./, ''));
}

/** Returns the paths of the secrets that are reported as SET, in alphabetical order. */
export const storedSecrets = (secrets: readonly { path: string[]; status: string }[]): string[] =>
  secrets.flatMap(({ path, status }) => (status === 'SET' ? [path.join('.')] : [])).toSorted();

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === 'NOT_SET') return null;
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value)
    .map(([key, field]) => [key, withoutNulls(field)] as const)
    .filter(([, field]) => field !== null);
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** Returns a reported config or details without nulls. A secret is its status, and secrets that are not set are left out. */
export const reportedValues = (value: unknown): unknown => withoutNulls(plain(value));
