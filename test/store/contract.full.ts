// The contract of stores, run by the store in PostgreSQL.
import { describe, expect, it } from 'vitest';
import { runSql, skipsPostgres, usePostgres } from '../support/postgres.ts';
import { AGE, AGE_OPERATIONS, keepThirtyDays } from './aging.ts';
import { describeAuditContract, read, record } from './audit-contract.ts';
import { describeStoreContract } from './contract.ts';
import { open, openAt } from './open.ts';
import { describeOperationContract } from './operation-contract.ts';

describe.skipIf(skipsPostgres)('The store in PostgreSQL', () => {
  const server = usePostgres();

  describeStoreContract(async () => {
    const url = await server.createDatabase();
    const { keys } = await open(url);
    return { keys, passDay: async () => void (await runSql(url, AGE)) };
  });

  describeOperationContract(async () => {
    const url = await server.createDatabase();
    const { operations, writeCounts } = await open(url);
    return {
      operations,
      writeCounts,
      passDay: async () => {
        for (const statement of AGE_OPERATIONS) await runSql(url, statement);
        await open(url);
      },
    };
  });

  describeAuditContract(async () => open(await server.createDatabase()));

  it('the entries of the last days are kept, and all times of secrets', async () => {
    const url = await server.createDatabase();
    const { kept, young } = await keepThirtyDays(url, async (statement) => runSql(url, statement));
    expect(kept).toEqual([young]);
    const { rows } = await runSql(url, 'select distinct id from patchbay_audit_terms');
    expect(rows).toEqual([{ id: young }]);
  });

  it('a create with a key makes three statements, of which the last one also stores the audit entry', async () => {
    const url = await server.createDatabase();
    const store = await open(url);
    const made = await server.statementsOf(async () => {
      await store.keys.begin('k', 'input', { attempt: 'a', leaseMs: 60_000 });
      await store.keys.markSending('k', 'a');
      const secretChanges = [{ connection: 'id-1', set: ['config.postgres.password'], isFresh: true }];
      await store.keys.finish('k', { id: 'id-1' }, { attempt: 'a', isKnown: true }, record({ secretChanges }));
    });
    expect(made.map((text) => text.split(' ', 2).join(' '))).toEqual([
      'insert into',
      'update "patchbay_keys"',
      'with "changed"',
    ]);
    expect(await read(store, { connection: 'id-1' })).toHaveLength(1);
    expect(await store.audit.secretTimes(['id-1'])).toHaveLength(1);
  });

  it('replicas that start together migrate once', async () => {
    const url = await server.createDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, async () => open(url)));
    await Promise.all(stores.map(async ({ keys }) => keys.check()));
    const { rows } = await runSql(url, 'select name from patchbay_migrations order by name');
    expect(rows).toEqual(
      ['1-keys', '2-limits', '3-audit', '4-operations', '5-writes', '6-origins'].map((name) => ({ name })),
    );
  });

  it('a version works with the tables of a later one', async () => {
    const url = await server.createDatabase();
    await (await openAt(url)).close();
    await runSql(url, "insert into patchbay_migrations values ('9-later')");
    const { keys } = await open(url);
    expect(await keys.begin('k', 'input', { attempt: 'a', leaseMs: 60_000 })).toEqual({ state: 'NEW' });
  });

  it('a database that cannot be reached is refused without naming its address', async () => {
    const opening = openAt('postgres://user:pw-secret-1@127.0.0.1:1/patchbay');
    await expect(opening).rejects.toThrow('the database cannot be used (ECONNREFUSED)');
  });
});
