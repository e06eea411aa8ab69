// createConnection with everything selected that any dialect and any vendor of ours tells, and ways to read such an answer.
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { expect } from 'vitest';
import type { Answer, TestGateway } from './gateway.ts';
import { callsToAny } from './journal.ts';
import { plain, selectAllOf } from './whole-connection.ts';

const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));

/** The settings and what the vendor alone tells. */
export const CONFIG_AND_DETAILS = `config ${selectAllOf(schema, 'ConnectionConfig')} details ${selectAllOf(schema, 'VendorDetails')}`;

export const CREATE = `mutation ($input: CreateConnectionInput!) {
  createConnection(input: $input) {
    __typename
    ... on Error { message requestId }
    ... on VendorError { instance { key } vendorStatus vendorCode vendorMessage }
    ... on CreateConnectionSuccess {
      connection {
        id vendorId name vendor dialect vendorDialect completeness
        ${CONFIG_AND_DETAILS}
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

export interface CreateInput {
  readonly instance: string;
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
}

type Ask = (query: string, variables?: Record<string, unknown>) => Promise<Answer>;

/** The member of the result union that came back, with the whole answer beside it. @throws Error when none did. */
export async function create({ ask }: { readonly ask: Ask }, input: CreateInput) {
  const answer = await ask(CREATE, { input });
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
export const told = (value: unknown): unknown => withoutNulls(plain(value));
