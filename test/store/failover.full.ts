// A standby takes the place of the database while writes are in progress. What was acknowledged is on the standby, so that nothing is lost
// and nothing is sent twice.
import { describe, expect, it } from 'vitest';
import { runSql, skipsPostgres, usePostgres } from '../support/postgres.ts';
import { create, eventually, list, startReplica, startStub } from './replicas.ts';

const SUCCESS = { __typename: 'CreateConnectionSuccess', connection: { name: 'orders' } };

describe.skipIf(skipsPostgres)('PostgreSQL that fails over', () => {
  const server = usePostgres();

  it('a create whose vendor answers after the failover is recorded, and is the answer at each replica', async () => {
    const url = await server.createDatabase();
    await server.addStandby();
    const stub = await startStub('looker');
    const [one, other] = [await startReplica(stub, url), await startReplica(stub, url)];
    const before = await create(one, 'looker', { name: 'before', idempotencyKey: 'key-before' });
    expect(before).toMatchObject({ connection: { name: 'before' } });
    const reads = (await list(other)).totalCount;
    stub.play = async (act) => {
      await server.failOver();
      return act();
    };
    const during = await create(one, 'looker', { idempotencyKey: 'key-during' });
    expect(during).toMatchObject(SUCCESS);
    stub.play = (act) => act();
    expect(await create(other, 'looker', { name: 'before', idempotencyKey: 'key-before' })).toEqual(before);
    // The connections that the failover broke are replaced, and the outcome that could not be stored is stored again.
    await eventually(async () => {
      const again = await create(other, 'looker', { idempotencyKey: 'key-during' });
      return again.connection?.id === during.connection.id;
    });
    expect(stub.writes()).toBe(2);
    expect((await list(other)).totalCount).toBe(reads + 1);
    const { rows } = await runSql(url, "select state from patchbay_keys where state <> 'DONE'");
    expect(rows).toEqual([]);
  });
});
