// A store holds no secret, no idempotency key and no setting: not in its tables, its files, its write-ahead log or its statements. Only the
// audit names callers.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { authOf, tokenOf } from '../authorization/tokens.ts';
import { CREATE_MANY } from '../fan-out/create-connections.ts';
import { ROTATE } from '../rotation/rotate.ts';
import { findCanary, makeCanary, type Canary } from '../secrets/canary.ts';
import { runSql, skipsPostgres, usePostgres } from '../support/postgres.ts';
import { create, startReplica, startStub, update } from './replicas.ts';

/** What was sent to a gateway. */
interface Sent {
  /** In secrets, idempotency keys and settings. */
  readonly canaries: readonly Canary[];
  /** The name of the caller, which only the audit has. */
  readonly caller: string;
}

const SCOPES = ['connections:read', 'connections:write', 'secrets:rotate', 'audit:read'];
const OPERATION_TABLES = ['patchbay_operations', 'patchbay_targets'];

/** Sends mutations that succeed, fail and stay unknown, with canaries in each value. */
async function fillStore(url: string): Promise<Sent> {
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

const AUDIT_TABLES = ['patchbay_audit', 'patchbay_audit_terms', 'patchbay_secret_times'];

/** Returns the rows of all tables as text. */
const rowsOf = (tables: Readonly<Record<string, readonly unknown[]>>): string => JSON.stringify(tables);

describe('The store in a file', () => {
  it('the tables, the file and its write-ahead log have no canary', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'patchbay-secrets-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'patchbay.db');
    const { canaries, caller } = await fillStore(`file:${path}`);
    const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(readdirSync(folder)).toContain('patchbay.db-wal');
    expect(files().join('\n')).toContain('OutcomeUnknownError');
    expect(files().map((text) => findCanary(text.replaceAll(caller, ''), canaries))).toEqual(
      files().map(() => undefined),
    );
    const database = new Database(path);
    const all = (table: string) => database.prepare(`select * from ${table}`).all();
    const keys = rowsOf({ keys: all('patchbay_keys') });
    expect(JSON.parse(keys).keys).toHaveLength(5);
    expect(findCanary(keys, canaries)).toBeUndefined();
    expect(keys).not.toContain(caller);
    const audit = rowsOf(Object.fromEntries(AUDIT_TABLES.map((table) => [table, all(table)])));
    expect(JSON.parse(audit).patchbay_audit).toHaveLength(7);
    const operations = rowsOf(Object.fromEntries(OPERATION_TABLES.map((table) => [table, all(table)])));
    expect(JSON.parse(operations)).toMatchObject({ patchbay_operations: [{}, {}], patchbay_targets: [{}, {}] });
    expect(operations).not.toContain(caller);
    expect(findCanary(operations, canaries)).toBeUndefined();
    expect(audit).toContain(caller);
    expect(findCanary(audit.replaceAll(caller, ''), canaries)).toBeUndefined();
    // The control: a canary in a row is found in the write-ahead log.
    database.prepare("update patchbay_keys set answer = 'of ' || ?").run(canaries[0]?.core);
    expect(findCanary(files().join('\n').replaceAll(caller, ''), canaries)).toBe(canaries[0]);
    database.close();
  });
});

describe.skipIf(skipsPostgres)('The store in PostgreSQL', () => {
  const server = usePostgres();

  it('the tables and the statements with their values have no canary', async () => {
    const url = await server.createDatabase();
    const { canaries, caller } = await fillStore(url);
    const tables: Record<string, readonly unknown[]> = {};
    const names = await runSql(url, "select tablename from pg_tables where schemaname = 'public' order by tablename");
    for (const { tablename } of names.rows as { readonly tablename: string }[]) {
      tables[tablename] = (await runSql(url, `select * from ${tablename}`)).rows;
    }
    expect(Object.keys(tables)).toEqual(
      expect.arrayContaining([
        ...AUDIT_TABLES,
        ...OPERATION_TABLES,
        'patchbay_keys',
        'patchbay_limits',
        'patchbay_migrations',
      ]),
    );
    for (const table of [...AUDIT_TABLES, ...OPERATION_TABLES]) expect(tables[table]?.length).toBeGreaterThan(0);
    expect(findCanary(rowsOf(tables).replaceAll(caller, ''), canaries)).toBeUndefined();
    const { patchbay_keys = [], patchbay_limits = [], patchbay_operations = [], patchbay_targets = [] } = tables;
    expect([patchbay_keys.length, patchbay_limits.length > 0]).toEqual([5, true]);
    expect(rowsOf({ patchbay_keys, patchbay_limits, patchbay_operations, patchbay_targets })).not.toContain(caller);
    expect(server.statements()).toContain('OutcomeUnknownError');
    expect(findCanary(server.statements().replaceAll(caller, ''), canaries)).toBeUndefined();
    // The control: a value of a statement is found.
    await runSql(url, 'select $1::text', [`of ${canaries[0]?.core}`]);
    expect(findCanary(server.statements().replaceAll(caller, ''), canaries)).toBe(canaries[0]);
  });
});
