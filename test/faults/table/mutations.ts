// The mutations that are sent to the gateway while a vendor fails. Each update contains a secret, so that a read cannot verify it.
import type { VendorName } from '../../support/gateway.ts';
import type { OperationContext, OperationResult } from './operations.ts';
import { ERROR, describeError, type ReportedError } from './describe-error.ts';
import { VENDORS } from './vendors.ts';

type Values = Readonly<Record<string, unknown>>;

interface ReportedResult extends ReportedError {
  readonly connection?: { readonly name: string };
  readonly archived?: boolean;
  readonly test?: { readonly outcome: string };
}

interface Mutation {
  readonly name: string;
  readonly input: string;
  /** The selection for the success. */
  readonly success: string;
}

const CREATE: Mutation = {
  name: 'createConnection',
  input: 'CreateConnectionInput',
  success: '... on CreateConnectionSuccess { connection { name } }',
};
const UPDATE: Mutation = {
  name: 'updateConnection',
  input: 'UpdateConnectionInput',
  success: '... on UpdateConnectionSuccess { connection { name } }',
};
const DELETE: Mutation = {
  name: 'deleteConnection',
  input: 'DeleteConnectionInput',
  success: '... on DeleteConnectionSuccess { archived }',
};
const TESTED = '... on TestConnectionSuccess { test { outcome } }';
const TEST: Mutation = { name: 'testConnection', input: 'TestConnectionInput', success: TESTED };
const TEST_CONFIG: Mutation = { name: 'testConnectionConfig', input: 'TestConnectionConfigInput', success: TESTED };

async function mutate(
  { gateway }: OperationContext,
  { name, input, success }: Mutation,
  values: Values,
): Promise<OperationResult> {
  const answer = await gateway.ask(`mutation ($input: ${input}!) { ${name}(input: $input) { ${ERROR} ${success} } }`, {
    input: values,
  });
  const result = answer.data[name] as ReportedResult;
  const { connection, test, archived } = result;
  const words = [describeError(result), connection?.name, test?.outcome, archived === true && 'archived'];
  return { outcome: words.filter(Boolean).join(' '), text: answer.text };
}

/** Returns the global id of the connection with this vendor id. */
export const idOf = (key: string, vendorId: string): string =>
  Buffer.from(`v1:c:${key}:${vendorId}`).toString('base64url');

const target = ({ key, vendor }: OperationContext): string => idOf(key, VENDORS[vendor].id);

const postgres = { host: 'db.example', port: 5432, database: 'shop', username: 'reader', password: 'pw-secret-1' };
const password = { replace: 'pw-secret-3' };

/** The changes that each update sends. Credible requires the secret with every change of a config. */
const CHANGES: Readonly<Record<VendorName, Values>> = {
  looker: { config: { postgres: { password } }, options: { looker: { maxConnections: 5 } } },
  omni: { config: { postgres: { password } }, options: { omni: { baseRole: 'VIEWER' } } },
  credible: { config: { postgres: { username: 'writer', password } } },
  chartbrew: { config: { postgres: { username: 'writer', password } } },
};

export const create = async (context: OperationContext): Promise<OperationResult> =>
  mutate(context, CREATE, { instance: context.key, name: 'orders', config: { postgres } });

export const update = async (context: OperationContext): Promise<OperationResult> =>
  mutate(context, UPDATE, { id: target(context), ...CHANGES[context.vendor] });

export const remove = async (context: OperationContext): Promise<OperationResult> =>
  mutate(context, DELETE, { id: target(context) });

export const test = async (context: OperationContext): Promise<OperationResult> =>
  mutate(context, TEST, { id: target(context) });

export const testConfig = async (context: OperationContext): Promise<OperationResult> =>
  mutate(context, TEST_CONFIG, { instance: context.key, config: { postgres } });
