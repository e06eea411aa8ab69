// The createConnections mutation with its whole answer selected.
import { expect } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';

const ERRORS = `
  ... on Error { message }
  ... on VendorError { instance { key } vendorStatus vendorMessage }
  ... on ValidationError { issues { path code message source vendorMessage } }
  ... on UnsupportedError { vendor dialect capability alternatives }
  ... on ConflictError { conflict }`;

export const CREATE_MANY = `mutation ($input: CreateConnectionsInput!) { createConnections(input: $input) {
  __typename ${ERRORS}
  ... on CreateConnectionsSuccess { fanOut { status outcomes {
    instance { key } status
    result {
      __typename ${ERRORS}
      ... on CreateConnectionSuccess { connection { id name } warnings { path code message } }
      ... on ConflictError { conflict existing { name } }
      ... on OutcomeUnknownError { probe }
    }
    compensation { status error { __typename ... on Error { message } ... on VendorError { instance { key } vendorMessage } } }
  } } }
} }`;

export interface Issue {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: string;
}

export interface Outcome {
  readonly instance: { readonly key: string };
  readonly status: string;
  readonly result: {
    readonly __typename: string;
    readonly message?: string;
    readonly connection?: { readonly id: string; readonly name: string };
    readonly warnings?: readonly Issue[];
    readonly issues?: readonly Issue[];
    readonly existing?: { readonly name: string } | null;
  } | null;
  readonly compensation: { readonly status: string; readonly error: { readonly __typename: string } | null } | null;
}

interface Result {
  readonly __typename: string;
  readonly message?: string;
  readonly issues?: readonly Issue[];
  readonly fanOut?: { readonly status: string; readonly outcomes: readonly Outcome[] };
}

type Asking = Pick<TestGateway, 'ask' | 'log'>;

/** Runs a fan-out and returns the member of the result union. Checks that the answer has no secret. @throws Error when there is none. */
export async function createMany({ ask, log }: Asking, input: Readonly<Record<string, unknown>>): Promise<Result> {
  const answer = await ask(CREATE_MANY, { input });
  expect([answer.text, ...log].join('\n')).not.toMatch(/secret-\d/);
  if (!answer.data?.createConnections) throw new Error(`No result: ${answer.text}`);
  return answer.data.createConnections as Result;
}

/** Runs a fan-out that must not be refused, and returns it. */
export async function fanOut(gateway: Asking, input: Readonly<Record<string, unknown>>) {
  const result = await createMany(gateway, input);
  if (!result.fanOut) throw new Error(`Refused: ${JSON.stringify(result)}`);
  return result.fanOut;
}

/** Returns the issues or warnings as `path CODE` in order, without `input`. */
export const placesOf = (issues: readonly Issue[] = []): string[] =>
  issues.map(({ path, code }) => `${path.slice(1).join('.')} ${code}`);

/** A config that all four vendors accept. */
export const POSTGRES = {
  host: 'pg.acme.example',
  port: 5432,
  database: 'orders',
  username: 'bi_reader',
  password: 'pw-secret-1',
} as const;

export const ORDERS = { name: 'orders', config: { postgres: POSTGRES } } as const;

export const toAll = (...keys: readonly string[]) => keys.map((instance) => ({ instance }));

/** Returns an outcome as one line of text. */
export const spelled = ({ instance, status, result, compensation }: Outcome): string =>
  [instance.key, status, result?.__typename, compensation?.status, compensation?.error?.__typename]
    .filter(Boolean)
    .join(' ');
