// The mutations that are sent to the gateway while a vendor fails. Each update contains a secret, so that a read cannot verify it.
import type { VendorName } from '../../support/gateway.ts';
import type { Asked, Seen } from './operations.ts';
import { ERROR, wordsOf, type ToldError } from './error-words.ts';
import { VENDORS } from './vendors.ts';

type Values = Readonly<Record<string, unknown>>;

interface Told extends ToldError {
  readonly connection?: { readonly name: string };
  readonly archived?: boolean;
  readonly test?: { readonly outcome: string };
}

interface Mutation {
  readonly name: string;
  readonly input: string;
  /** What is asked for of the success. */
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

async function mutate({ gateway }: Asked, { name, input, success }: Mutation, values: Values): Promise<Seen> {
  const answer = await gateway.ask(`mutation ($input: ${input}!) { ${name}(input: $input) { ${ERROR} ${success} } }`, {
    input: values,
  });
  const told = answer.data[name] as Told;
  const { connection, test, archived } = told;
  const words = [wordsOf(told), connection?.name, test?.outcome, archived === true && 'archived'];
  return { outcome: words.filter(Boolean).join(' '), text: answer.text };
}

/** The global id of the connection that the vendor knows by this id. */
export const idOf = (key: string, vendorId: string): string =>
  Buffer.from(`v1:c:${key}:${vendorId}`).toString('base64url');

const target = ({ key, vendor }: Asked): string => idOf(key, VENDORS[vendor].id);

const postgres = { host: 'db.example', port: 5432, database: 'shop', username: 'reader', password: 'pw-secret-1' };
const password = { replace: 'pw-secret-3' };

/** What changes, of what the vendor lets one change; Credible takes its block whole. */
const CHANGES: Readonly<Record<VendorName, Values>> = {
  looker: { config: { postgres: { password } }, options: { looker: { maxConnections: 5 } } },
  omni: { config: { postgres: { password } }, options: { omni: { baseRole: 'VIEWER' } } },
  credible: { config: { postgres: { username: 'writer', password } } },
  chartbrew: { config: { postgres: { username: 'writer', password } } },
};

export const create = async (asked: Asked): Promise<Seen> =>
  mutate(asked, CREATE, { instance: asked.key, name: 'orders', config: { postgres } });

export const update = async (asked: Asked): Promise<Seen> =>
  mutate(asked, UPDATE, { id: target(asked), ...CHANGES[asked.vendor] });

export const remove = async (asked: Asked): Promise<Seen> => mutate(asked, DELETE, { id: target(asked) });

export const test = async (asked: Asked): Promise<Seen> => mutate(asked, TEST, { id: target(asked) });

export const testConfig = async (asked: Asked): Promise<Seen> =>
  mutate(asked, TEST_CONFIG, { instance: asked.key, config: { postgres } });
