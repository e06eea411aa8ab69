// PostgreSQL in use: limits over replicas, PgBouncer, a server that does not answer, and the command `migrate`.
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { authOf, tokenOf } from '../authorization/tokens.ts';
import { failed, useProcesses } from '../process/run.ts';
import type { TestGateway } from '../support/gateway.ts';
import { freePort, runSql, skipsPostgres, spawnAsPostgres, usePostgres, waitUntilReady } from '../support/postgres.ts';
import { AUDIT_KEY, create, eventually, list, startReplica, startStub } from './replicas.ts';

const PGBOUNCER = '/usr/sbin/pgbouncer';
const skipsPgBouncer = !existsSync(PGBOUNCER) && process.env['REQUIRE_POSTGRES'] !== '1';
const KEY = { idempotencyKey: 'key-1' };
const SUCCESS = { __typename: 'CreateConnectionSuccess' };
const REFUSED = { __typename: 'VendorUnavailableError', unavailable: 'STORE' };

const askWith = async (gateway: TestGateway) =>
  (await gateway.ask('{ viewer { name } }', {}, { authorization: `Bearer ${tokenOf('caller')}` })).status;

describe.skipIf(skipsPostgres)('PostgreSQL', () => {
  const server = usePostgres();
  const processes = useProcesses();

  const AUTH = authOf([{ name: 'caller', scopes: ['connections:read'] }]);

  async function startLimited(requests: number) {
    const stub = await startStub('chartbrew');
    const url = await server.createDatabase();
    const options = { store: { url }, auth: AUTH, limits: { perMinute: { requests } }, audit: { key: AUDIT_KEY } };
    return [await startReplica(stub, url, options), await startReplica(stub, url, options)] as const;
  }

  it('two replicas together accept as many requests of a caller as the limit says', async () => {
    const [one, other] = await startLimited(100);
    const statuses: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const asked = Array.from({ length: 20 }, async (_, index) => askWith(index % 2 === 0 ? one : other));
      statuses.push(...(await Promise.all(asked)));
    }
    const accepted = statuses.filter((status) => status === 200).length;
    expect(accepted).toBeGreaterThanOrEqual(95);
    expect(accepted).toBeLessThanOrEqual(105);
    expect(statuses.filter((status) => status === 429)).toHaveLength(200 - accepted);
  });

  it('while the database is down, each replica counts for itself', async () => {
    const [one, other] = await startLimited(3);
    expect(await askWith(one)).toBe(200);
    await server.crash();
    const statuses = [];
    for (const gateway of [one, other, one, other, one, other, one, other]) statuses.push(await askWith(gateway));
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
    await server.start();
  });

  it.skipIf(skipsPgBouncer)('all works through PgBouncer in transaction mode', async () => {
    const url = await server.createDatabase();
    const port = await freePort();
    const settings = join(server.folder, 'pgbouncer.ini');
    const { pathname } = new URL(url);
    writeFileSync(
      settings,
      `[databases]
* = host=127.0.0.1 port=${server.port} user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 2
`,
    );
    const pooler = spawnAsPostgres(PGBOUNCER, [settings]);
    onTestFinished(async () => {
      pooler.kill('SIGQUIT');
      await once(pooler, 'exit');
    });
    const pooled = `postgres://postgres@127.0.0.1:${port}${pathname}`;
    await waitUntilReady(pooled);
    const stub = await startStub('chartbrew');
    const gateways = [await startReplica(stub, pooled), await startReplica(stub, pooled)];
    const sent = [...gateways, ...gateways, ...gateways, ...gateways];
    const results = await Promise.all(sent.map(async (gateway) => create(gateway, 'chartbrew', KEY)));
    expect(results.filter(({ __typename }) => __typename === 'CreateConnectionSuccess').length).toBeGreaterThan(0);
    expect(stub.writes()).toBe(1);
    const many = Array.from({ length: 40 }, async (_, index) =>
      create(gateways[index % 2]!, 'chartbrew', { idempotencyKey: `many-${index}` }),
    );
    expect((await Promise.all(many)).every(({ __typename }) => __typename === 'CreateConnectionSuccess')).toBe(true);
    const locks = await runSql(url, "select 1 from pg_locks where locktype = 'advisory'");
    expect(locks.rows).toEqual([]);
  });

  it('while the database has no connection left, changes are refused', async () => {
    const url = await server.createDatabase();
    await runSql(url, 'create role few login superuser');
    const stub = await startStub('chartbrew');
    const gateway = await startReplica(stub, url.replace('postgres@', 'few@'));
    await runSql(url, 'alter role few nosuperuser connection limit 0');
    await runSql(url, "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'few'");
    await eventually(() => gateway.log.join('\n').includes('"code":"57P01"'));
    expect(await create(gateway, 'chartbrew', KEY)).toMatchObject(REFUSED);
    expect(gateway.log.join('\n')).toContain('"code":"53300"');
    await runSql(url, 'alter role few superuser connection limit -1');
    expect(await create(gateway, 'chartbrew', KEY)).toMatchObject(SUCCESS);
    expect(stub.writes()).toBe(1);
  });

  it('a statement that takes too long is ended, and the change is refused', async () => {
    const stub = await startStub('chartbrew');
    const url = await server.createDatabase();
    const gateway = await startReplica(stub, url);
    await runSql(
      url,
      `create function wait() returns trigger language plpgsql as $$ begin perform pg_sleep(30); return new; end $$;
      create trigger wait before insert on patchbay_keys for each row execute function wait()`,
    );
    expect(await create(gateway, 'chartbrew', KEY)).toMatchObject(REFUSED);
    expect(gateway.log.join('\n')).toContain('"code":"57014"');
    expect(await list(gateway)).toMatchObject({ sources: [{ error: null }] });
    await runSql(url, 'drop trigger wait on patchbay_keys');
    expect(await create(gateway, 'chartbrew', KEY)).toMatchObject(SUCCESS);
    expect(stub.writes()).toBe(1);
  });

  it('a connection on which no answer came is closed and not used again', async () => {
    const stub = await startStub('chartbrew');
    const url = await server.createDatabase();
    const proxy = await startProxy(server.port);
    const gateway = await startReplica(stub, url.replace(`:${server.port}/`, `:${proxy.port}/`));
    expect(await create(gateway, 'chartbrew', KEY)).toMatchObject(SUCCESS);
    const open = proxy.open();
    proxy.isSilent = true;
    expect(await create(gateway, 'chartbrew', { idempotencyKey: 'key-2' })).toMatchObject(REFUSED);
    await eventually(() => proxy.open() === open - 1);
    proxy.isSilent = false;
    expect(await create(gateway, 'chartbrew', { idempotencyKey: 'key-3' })).toMatchObject(SUCCESS);
    expect(stub.writes()).toBe(2);
  });

  it('the command migrate creates the tables, and names its mistakes', async () => {
    const url = await server.createDatabase();
    const file = async (name: string, text: object) => processes.file(name, JSON.stringify(text));
    const path = await file('migrate.json', { store: { url } });
    const run = processes.start(['migrate', '--config', path]);
    expect(await run.ended).toBe(0);
    expect(run.printed.stdout).toBe('The store is up to date.\n');
    const { rows } = await runSql(url, 'select name from patchbay_migrations order by name');
    expect(rows).toEqual(
      ['1-keys', '2-limits', '3-audit', '4-operations', '5-writes', '6-origins'].map((name) => ({ name })),
    );
    const none = processes.start(['migrate', '--config', await file('none.json', {})]);
    expect(await failed(none)).toContain('The configuration names no database.');
    const closed = await file('closed.json', { store: { url: 'postgres://u:pw-secret-1@127.0.0.1:1/x' } });
    const error = await failed(processes.start(['migrate', '--config', closed]));
    expect(error).toContain('store.url: the database cannot be used (ECONNREFUSED)');
    expect(error).not.toContain('secret');
  });

  it('a role without the right to create tables works on tables that an administrator migrated', async () => {
    const url = await server.createDatabase();
    const processUrl = url.replace('postgres@', 'limited@');
    await runSql(url, 'create role limited login');
    const stub = await startStub('chartbrew');
    await expect(startReplica(stub, processUrl)).rejects.toThrow('store.url: the database cannot be used (42501)');
    await startReplica(stub, url);
    await runSql(url, 'grant select, insert, update, delete on all tables in schema public to limited');
    expect(await create(await startReplica(stub, processUrl), 'chartbrew', KEY)).toMatchObject(SUCCESS);
  });
});

/** Starts a proxy for a port of loopback. While it is silent, it swallows the answers. It ends with the test. */
async function startProxy(target: number) {
  const sockets = new Set<Socket>();
  const proxy = { isSilent: false, port: 0, open: () => sockets.size };
  const listener = createServer((socket) => {
    sockets.add(socket);
    const upstream = connect(target, '127.0.0.1');
    upstream.on('data', (chunk) => void (!proxy.isSilent && socket.write(chunk))).on('error', () => {});
    socket.on('data', (chunk) => void upstream.write(chunk)).on('error', () => {});
    socket.once('close', () => {
      sockets.delete(socket);
      upstream.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  onTestFinished(() => void listener.close());
  proxy.port = (listener.address() as AddressInfo).port;
  return proxy;
}
