// A store holds no secret, no idempotency key and no setting: not in its tables, its files, its write-ahead log or its statements.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { authOf, tokenOf } from '../authorization/tokens.ts';
import { findCanary, makeCanary, type Canary } from '../secrets/canary.ts';
import { runSql, skipsPostgres, usePostgres } from '../support/postgres.ts';
import { create, startReplica, startStub, update } from './replicas.ts';

/** Sends mutations that succeed, fail and stay unknown, with canaries in each value. Returns the canaries. */
async function fillStore(url: string): Promise<readonly Canary[]> {
  const stub = await startStub('looker');
  const [password, next, key, host, caller, database] = [1, 2, 3, 4, 5, 6].map(makeCanary) as [Canary, ...Canary[]];
  const name = `caller-${caller?.core}`;
  const auth = authOf([{ name, id: 'id', scopes: ['connections:read', 'connections:write'] }]);
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
  stub.play = () => ({ status: 500, body: { message: `the password pw-${password.core}-1 is wrong` } });
  const unknown = await create(asked, 'looker', { ...input(4), name: 'second' });
  expect(unknown).toMatchObject({ __typename: 'OutcomeUnknownError' });
  await gateway.ask('{ __typename }', {}, { authorization: `Bearer ${password.core}` });
  return [password, next, key, host, caller, database].flatMap((canary) => canary ?? []);
}

/** Returns the rows of all tables as text. */
const rowsOf = (tables: Readonly<Record<string, readonly unknown[]>>): string => JSON.stringify(tables);

describe('The store in a file', () => {
  it('the tables, the file and its write-ahead log have no canary', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'patchbay-secrets-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'patchbay.db');
    const canaries = await fillStore(`file:${path}`);
    const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
    expect(readdirSync(folder)).toContain('patchbay.db-wal');
    expect(files().join('\n')).toContain('OutcomeUnknownError');
    expect(files().map((text) => findCanary(text, canaries))).toEqual(files().map(() => undefined));
    const database = new Database(path);
    const rows = rowsOf({ keys: database.prepare('select * from patchbay_keys').all() });
    expect(JSON.parse(rows).keys).toHaveLength(3);
    expect(findCanary(rows, canaries)).toBeUndefined();
    // The control: a canary in a row is found in the write-ahead log.
    database.prepare("update patchbay_keys set answer = 'of ' || ?").run(canaries[0]?.core);
    expect(findCanary(files().join('\n'), canaries)).toBe(canaries[0]);
    database.close();
  });
});

describe.skipIf(skipsPostgres)('The store in PostgreSQL', () => {
  const server = usePostgres();

  it('the tables and the statements with their values have no canary', async () => {
    const url = await server.createDatabase();
    const canaries = await fillStore(url);
    const tables: Record<string, readonly unknown[]> = {};
    for (const table of ['patchbay_keys', 'patchbay_limits', 'patchbay_migrations']) {
      tables[table] = (await runSql(url, `select * from ${table}`)).rows;
    }
    expect(Object.values(tables).map((rows) => rows.length > 0)).toEqual([true, true, true]);
    expect(findCanary(rowsOf(tables), canaries)).toBeUndefined();
    expect(server.statements()).toContain('OutcomeUnknownError');
    expect(findCanary(server.statements(), canaries)).toBeUndefined();
    // The control: a value of a statement is found.
    await runSql(url, 'select $1::text', [`of ${canaries[0]?.core}`]);
    expect(findCanary(server.statements(), canaries)).toBe(canaries[0]);
  });
});
