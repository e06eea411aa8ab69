// Sends secrets, idempotency keys and settings to a gateway with a store, for the tests that search the store for them.
import { expect } from 'vitest';
import { authOf, tokenOf } from '../authorization/tokens.ts';
import { CREATE_MANY } from '../fan-out/create-connections.ts';
import { ROTATE } from '../rotation/rotate.ts';
import { makeCanary, type Canary } from '../secrets/canary.ts';
import { create, startReplica, startStub, update } from './replicas.ts';

/** What was sent to a gateway. */
export interface Sent {
  /** The canaries that were sent as secrets, in idempotency keys and in settings. */
  readonly canaries: readonly Canary[];
  /** The name of the caller, which only the audit and the origins of fan-outs have. */
  readonly caller: string;
}

const SCOPES = ['connections:read', 'connections:write', 'secrets:rotate', 'audit:read'];
export const OPERATION_TABLES = ['patchbay_operations', 'patchbay_targets'];

/** Sends mutations that succeed, fail and stay unknown, with canaries in each value. */
export async function fillStore(url: string): Promise<Sent> {
  const stub = await startStub('looker');
  const [password, next, key, host, database] = Array.from({ length: 5 }, makeCanary) as [Canary, ...Canary[]];
  const caller = `caller-${makeCanary().core}`;
  const auth = authOf([{ name: caller, id: 'id', scopes: SCOPES }]);
  const gateway = await startReplica(stub, url, { store: { url }, audit: { key: 'audit-key-0123456789' }, auth });
  const asked: typeof gateway = {
    ...gateway,
    ask: (query, variables) => gateway.ask(query, variables, { authorization: `Bearer ${tokenOf('id')}` }),
  };
  const postgres = {
    host: `${host?.core}.example`,
    database: database?.core,
    username: 'bi',
    password: `pw-${password.core}-1`,
  };
  const input = (index: number) => ({ config: { postgres }, idempotencyKey: `${key?.core}-${index}` });
  const { connection } = await create(asked, 'looker', input(1));
  await create(asked, 'looker', input(1));
  await create(asked, 'looker', input(2));
  const changed = { postgres: { password: { replace: `pw-${next?.core}-2` } } };
  await update(asked, { id: connection.id, config: changed, idempotencyKey: `${key?.core}-3` });
  const many = { name: 'many', ...input(5), targets: [{ instance: 'looker' }], onFailure: 'COMPENSATE' };
  const fanOut = await asked.ask(CREATE_MANY, { input: many });
  expect(fanOut.data.createConnections.fanOut.status).toBe('COMPLETE');
  const secret = `pw-${next?.core}-3`;
  const rotation = {
    connections: { ids: [connection.id] },
    secret,
    field: 'PASSWORD',
    idempotencyKey: `${key?.core}-6`,
  };
  const rotated = await asked.ask(ROTATE, { input: rotation });
  expect(rotated.data.rotateConnectionSecret.rotation.outcomes).toMatchObject([{ status: 'DONE' }]);
  stub.play = () => ({ status: 500, body: { message: `the password pw-${password.core}-1 is wrong` } });
  const unknown = await create(asked, 'looker', { ...input(4), name: 'second' });
  expect(unknown).toMatchObject({ __typename: 'OutcomeUnknownError' });
  const search = 'query ($secret: SecretString!) { audit(filter: { secret: $secret }) { nodes { outcome } } }';
  const { data, text } = await asked.ask(search, { secret: `pw-${password.core}-1` });
  expect(data.audit.nodes).toHaveLength(5);
  expect(`${text} ${gateway.log.join('\n')}`).not.toContain(password.core);
  await gateway.ask('{ __typename }', {}, { authorization: `Bearer ${password.core}` });
  return { canaries: [password, next, key, host, database].flatMap((canary) => canary ?? []), caller };
}

export const AUDIT_TABLES = ['patchbay_audit', 'patchbay_audit_terms', 'patchbay_secret_times'];

/** Returns the rows of operations without what the audit says of them: nothing else there names callers. */
export const withoutOrigins = (rows: readonly unknown[]): readonly unknown[] =>
  rows.map((row) => ({ ...(row as object), origin: undefined }));

/** Returns the rows of all tables as text. */
export const rowsOf = (tables: Readonly<Record<string, readonly unknown[]>>): string => JSON.stringify(tables);
