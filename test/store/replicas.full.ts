// Replicas with one database: what one of them does under an idempotency key holds for the others, also when it dies in between.
import { EventEmitter, once } from 'node:events';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { runSql, skipsPostgres, usePostgres } from '../support/postgres.ts';
import { create, eventually, list, remove, startReplica, startStub, update, type Vendor } from './replicas.ts';

/** Gives up all attempts, as the end of their lease does. */
const GIVE_UP = 'update patchbay_keys set lease_until = 0';
const KEY = { idempotencyKey: 'key-1' };
const SUCCESS = { __typename: 'CreateConnectionSuccess', connection: { name: 'orders' } };

/** Returns a promise and the function that resolves it. */
function gate(): { readonly opened: Promise<unknown>; readonly open: () => void } {
  const events = new EventEmitter();
  return { opened: once(events, 'open'), open: () => void events.emit('open') };
}

describe.skipIf(skipsPostgres)('Replicas with one PostgreSQL', () => {
  const server = usePostgres();

  async function start(vendor: Vendor, replicas: number) {
    const stub = await startStub(vendor);
    const url = await server.createDatabase();
    const gateways = [];
    for (let index = 0; index < replicas; index += 1) gateways.push(await startReplica(stub, url));
    return { stub, url, gateways };
  }

  it('the answer of one replica is the answer of the other', async () => {
    const { stub, gateways } = await start('chartbrew', 2);
    const [one, other] = gateways;
    const first = await create(one!, 'chartbrew', KEY);
    expect(first).toMatchObject(SUCCESS);
    expect(await create(other!, 'chartbrew', KEY)).toEqual(first);
    const { id } = first.connection;
    const change = { id, config: { postgres: { database: 'sales' } }, idempotencyKey: 'key-2' };
    const updated = await update(other!, change);
    expect(updated).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    expect(await update(one!, change)).toEqual(updated);
    expect(await create(other!, 'chartbrew', { ...KEY, name: 'other' })).toMatchObject({
      conflict: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(stub.writes()).toBe(2);
  });

  it('of 8 requests at 4 replicas one is sent', async () => {
    const { stub, gateways } = await start('chartbrew', 4);
    const sent = [...gateways, ...gateways].map(async (gateway) => create(gateway, 'chartbrew', KEY));
    const results = await Promise.all(sent);
    expect(stub.writes()).toBe(1);
    const ids = new Set(results.flatMap(({ connection }) => connection?.id ?? []));
    expect(ids.size).toBe(1);
    const others = results.filter(({ connection }) => !connection);
    expect(others.every(({ conflict }) => conflict === 'IN_PROGRESS')).toBe(true);
  });

  it.each<[Vendor, string, unknown]>([
    ['looker', 'finds what it wrote', SUCCESS],
    ['chartbrew', 'says that it is unknown', { __typename: 'OutcomeUnknownError', instance: { key: 'chartbrew' } }],
  ])('at %s who follows an attempt without an end %s, and sends nothing', async (vendor, _what, expected) => {
    const { stub, url, gateways } = await start(vendor, 2);
    const [one, other] = gateways;
    const { opened, open } = gate();
    stub.play = async (act) => {
      const answer = await act();
      await opened;
      return answer;
    };
    const first = create(one!, vendor, KEY);
    await eventually(() => stub.writes() === 1);
    expect(await create(other!, vendor, KEY)).toMatchObject({ conflict: 'IN_PROGRESS' });
    await runSql(url, GIVE_UP);
    expect(await create(other!, vendor, KEY)).toMatchObject(expected as object);
    open();
    const late = await first;
    expect(late).toMatchObject(SUCCESS);
    // The first attempt learned that its write succeeded. That answer replaces the unknown outcome which the other replica stored.
    expect(await create(other!, vendor, KEY)).toEqual(late);
    expect(await create(one!, vendor, KEY)).toEqual(late);
    expect(stub.writes()).toBe(1);
  });

  it('who follows an attempt that the vendor never saw sends nothing, and looks again at each request', async () => {
    const { stub, url, gateways } = await start('looker', 2);
    const [one, other] = gateways;
    const { opened, open } = gate();
    stub.play = async (act) => {
      await opened;
      return act();
    };
    const first = create(one!, 'looker', KEY);
    await eventually(() => stub.writes() === 1);
    await runSql(url, GIVE_UP);
    const unknown = { __typename: 'OutcomeUnknownError', instance: { key: 'looker' } };
    expect(await create(other!, 'looker', KEY)).toMatchObject(unknown);
    open();
    const late = await first;
    expect(late).toMatchObject(SUCCESS);
    expect(await create(other!, 'looker', KEY)).toEqual(late);
    expect(stub.writes()).toBe(1);
  });

  it('who follows an update without an end finds a change that the vendor reports', async () => {
    const { stub, url, gateways } = await start('chartbrew', 2);
    const [one, other] = gateways;
    const { connection } = await create(one!, 'chartbrew');
    const { opened, open } = gate();
    stub.play = async (act) => {
      const answer = await act();
      await opened;
      return answer;
    };
    const change = { id: connection.id, config: { postgres: { database: 'sales' } }, ...KEY };
    const first = update(one!, change);
    await eventually(() => stub.writes() === 2);
    await runSql(url, GIVE_UP);
    expect(await update(other!, change)).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    open();
    expect(await first).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    expect(stub.writes()).toBe(2);
  });

  it.each([true, false])(
    'who follows a delete without an end looks whether the connection exists (the vendor deleted it: %s)',
    async (isDone) => {
      const { stub, url, gateways } = await start('looker', 2);
      const [one, other] = gateways;
      const { connection } = await create(one!, 'looker');
      const { opened, open } = gate();
      stub.play = async (act) => {
        const answer = isDone ? await act() : null;
        await opened;
        return answer ?? act();
      };
      const change = { ...KEY, expectName: 'orders' };
      const first = remove(one!, connection.id, change);
      await eventually(() => stub.writes() === 2);
      await runSql(url, GIVE_UP);
      const deleted = { __typename: 'DeleteConnectionSuccess', deletedId: connection.id };
      expect(await remove(other!, connection.id, change)).toMatchObject(
        isDone ? deleted : { __typename: 'OutcomeUnknownError', instance: { key: 'looker' } },
      );
      open();
      expect(await first).toMatchObject(deleted);
      expect(await remove(other!, connection.id, change)).toMatchObject(deleted);
      expect(stub.writes()).toBe(2);
    },
  );

  it('a claim that was taken over before the write is not sent', async () => {
    const { stub, url, gateways } = await start('chartbrew', 2);
    const [one, other] = gateways;
    // The first attempt waits before it marks its write; the second finds the mark free.
    await runSql(
      url,
      `create function wait() returns trigger language plpgsql as $$ begin
        if new.state = 'SENDING' and old.state = 'CLAIMED' then perform pg_advisory_xact_lock(7); end if; return new; end $$;
      create trigger wait before update on patchbay_keys for each row execute function wait()`,
    );
    const holder = await holdLock(url, 7);
    const first = create(one!, 'chartbrew', KEY);
    await eventually(async () => (await waiters(url)) === 1);
    // The row is locked by the waiting statement, so another attempt would wait too: its backend dies as a replica's connection does.
    await runSql(url, "select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'advisory'");
    expect(await first).toMatchObject({ __typename: 'VendorUnavailableError', unavailable: 'STORE', retryable: true });
    await holder.release();
    await runSql(url, GIVE_UP);
    expect(await create(other!, 'chartbrew', KEY)).toMatchObject(SUCCESS);
    expect(stub.writes()).toBe(1);
  });

  it('while the database is down, reads go on and changes are refused; then all goes on', async () => {
    const { stub, url, gateways } = await start('chartbrew', 1);
    const [gateway] = gateways;
    const allowing = await startReplica(stub, url, { store: { url, onFailure: 'allow' } });
    const { connection } = await create(gateway!, 'chartbrew');
    await server.crash();
    const refused = { __typename: 'VendorUnavailableError', unavailable: 'STORE', retryable: true, instance: null };
    expect(await list(gateway!)).toMatchObject({ totalCount: expect.any(Number), sources: [{ error: null }] });
    expect(await create(gateway!, 'chartbrew', KEY)).toEqual({ ...refused, message: expect.any(String) });
    expect(await create(gateway!, 'chartbrew')).toMatchObject(refused);
    expect(await remove(gateway!, connection.id)).toMatchObject(refused);
    expect(await create(allowing, 'chartbrew', KEY)).toMatchObject(refused);
    expect(stub.writes()).toBe(1);
    expect(await create(allowing, 'chartbrew')).toMatchObject(SUCCESS);
    expect(stub.writes()).toBe(2);
    await server.start();
    expect(await create(gateway!, 'chartbrew', KEY)).toMatchObject(SUCCESS);
    expect(stub.writes()).toBe(3);
    const log = gateway!.log.join('\n');
    expect(log).toContain('"msg":"store failed"');
    expect(log).not.toMatch(/127\.0\.0\.1|test_\d|vendor failed/);
  });

  it('a database that fails after the write does not change the answer, and no second write follows', async () => {
    const { stub, url, gateways } = await start('looker', 1);
    const [gateway] = gateways;
    stub.play = async (act) => {
      await server.crash();
      return act();
    };
    const first = await create(gateway!, 'looker', KEY);
    expect(first).toMatchObject(SUCCESS);
    await server.start();
    expect(await create(gateway!, 'looker', KEY)).toMatchObject({ conflict: 'IN_PROGRESS' });
    await runSql(url, GIVE_UP);
    expect(await create(gateway!, 'looker', KEY)).toEqual(first);
    expect(stub.writes()).toBe(1);
  });
});

/** Holds an advisory lock until it is released. */
async function holdLock(url: string, key: number) {
  const client = new Client(url);
  await client.connect();
  await client.query('select pg_advisory_lock($1)', [key]);
  return { release: async () => client.end() };
}

/** Returns how many statements wait for an advisory lock. */
async function waiters(url: string): Promise<number> {
  const { rows } = await runSql(url, "select 1 from pg_stat_activity where wait_event = 'advisory'");
  return rows.length;
}
