// The rotateConnectionSecret mutation with its whole answer selected, and connections of the sandbox.
import { expect } from 'vitest';
import type { TestGateway, VendorName } from '../support/gateway.ts';

const ERRORS = `
  ... on Error { message }
  ... on VendorError { instance { key } vendorStatus vendorMessage }
  ... on NotFoundError { id }
  ... on ValidationError { issues { path code message source vendorMessage } }
  ... on VendorUnavailableError { unavailable }`;

export const ROTATE = `mutation ($input: RotateConnectionSecretInput!) { rotateConnectionSecret(input: $input) {
  __typename ${ERRORS}
  ... on RotateConnectionSecretSuccess { rotation {
    outcomes {
      id status
      connection { id name instance { key } secrets { path status } }
      result {
        __typename ${ERRORS}
        ... on UpdateConnectionSuccess { connection { id } warnings { path code } }
        ... on UnsupportedError { vendor dialect capability alternatives }
        ... on OutcomeUnknownError { probe }
      }
      verification { outcome checks { name outcome vendorOutcome vendorMessage } connection { id } }
      error { __typename ... on Error { message } ... on VendorError { instance { key } vendorStatus vendorMessage } }
      reason
    }
    remaining { id }
    unsearchable { key }
  } }
} }`;

export interface Issue {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: string;
  readonly source: string;
}

export interface Failure {
  readonly __typename: string;
  readonly message?: string;
  readonly id?: string;
  readonly issues?: readonly Issue[];
  readonly instance?: { readonly key: string } | null;
  readonly vendorStatus?: number | null;
  readonly unavailable?: string;
  readonly alternatives?: readonly string[];
}

export interface Outcome {
  readonly id: string;
  readonly status: string;
  readonly connection: {
    readonly id: string;
    readonly name: string;
    readonly instance: { readonly key: string };
    readonly secrets: readonly { readonly path: readonly string[]; readonly status: string }[];
  } | null;
  readonly result: (Failure & { readonly connection?: { readonly id: string } }) | null;
  readonly verification: {
    readonly outcome: string;
    readonly checks: readonly Readonly<Record<string, unknown>>[];
    readonly connection: unknown;
  } | null;
  readonly error: Failure | null;
  readonly reason: string | null;
}

export interface Rotation {
  readonly outcomes: readonly Outcome[];
  readonly remaining: readonly { readonly id: string }[];
  readonly unsearchable: readonly { readonly key: string }[];
}

export type RotateInput = Readonly<Record<string, unknown>>;
type Asking = Pick<TestGateway, 'ask' | 'log'>;

/** Runs a rotation and returns the member of the result union. Checks that the answer has no secret. @throws Error when there is none. */
export async function rotateOrNot(
  { ask, log }: Asking,
  input: RotateInput,
): Promise<Failure & { rotation?: Rotation }> {
  const answer = await ask(ROTATE, { input: { field: 'PASSWORD', ...input } });
  expect([answer.text, ...log].join('\n')).not.toMatch(/secret-\d/);
  if (!answer.data?.rotateConnectionSecret) throw new Error(`No result: ${answer.text}`);
  return answer.data.rotateConnectionSecret as Failure & { rotation?: Rotation };
}

/** Runs a rotation that must not be refused, and returns it. */
export async function rotate(gateway: Asking, input: RotateInput): Promise<Rotation> {
  const result = await rotateOrNot(gateway, input);
  if (!result.rotation) throw new Error(`Refused: ${JSON.stringify(result)}`);
  return result.rotation;
}

export const statuses = ({ outcomes }: Rotation): string[] => outcomes.map(({ status }) => status);
export const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

/** Returns the issues as `path CODE`, without `input`. */
export const placesOf = ({ issues = [] }: Partial<Failure> = {}): string[] =>
  issues.map(({ path, code }) => `${path.slice(1).join('.')} ${code}`);

/** Returns the global id of a connection. */
export const idOf = (instance: string, vendorId: string): string =>
  Buffer.from(`v1:c:${instance}:${vendorId}`).toString('base64url');

/** A connection of each sandbox that signs in by password and reports everything that a test requires. */
export const SEEDS: Readonly<Record<VendorName, { readonly id: string; readonly old: string }>> = {
  looker: { id: 'billing', old: 'stored-billing-password' },
  omni: { id: 'c0f12353-4817-4398-bcc0-d501e6dd2f64', old: 'stored-production-password' },
  credible: { id: 'shop_mysql', old: 'sandbox-secret-shop-mysql' },
  chartbrew: { id: '16', old: 'sandbox-secret-shop-mysql' },
};

/** Returns the password in the stored values of a connection. */
export const passwordIn = (vendor: VendorName, stored: Readonly<Record<string, unknown>>): unknown =>
  vendor === 'omni'
    ? stored['passwordUnencrypted']
    : vendor === 'credible'
      ? (stored['mysqlConnection'] as Readonly<Record<string, unknown>>)['password']
      : stored['password'];
