// Starts a PostgreSQL server of its own for the tests of a file. Where the machine has none, these tests are skipped by name, and fail
// under REQUIRE_POSTGRES=1.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client, type QueryResult } from 'pg';
import { afterAll, beforeAll } from 'vitest';

/** Where Debian installs each version. */
const INSTALLED = '/usr/lib/postgresql';

/** The folder with the programs of PostgreSQL; undefined when there is none. */
const programs = ((): string | undefined => {
  const onPath = (process.env['PATH'] ?? '').split(':').map((folder) => join(folder, 'postgres'));
  const versions = existsSync(INSTALLED) ? readdirSync(INSTALLED) : [];
  const installed = versions.map((version) => join(INSTALLED, version, 'bin/postgres'));
  const found = [...installed, ...onPath].find((path) => existsSync(path));
  return found && dirname(realpathSync(found));
})();

/** Whether tests that need PostgreSQL are skipped. */
export const skipsPostgres = programs === undefined && process.env['REQUIRE_POSTGRES'] !== '1';

/** PostgreSQL refuses to run as root. */
const AS_POSTGRES =
  process.getuid?.() === 0 ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups'] : [];

/** Returns the command and its arguments under the user of PostgreSQL. */
function asPostgres(command: string, args: readonly string[]): [string, string[]] {
  const [first, ...rest] = [...AS_POSTGRES, command, ...args];
  return [first ?? command, rest];
}

/** Starts a program as the user of PostgreSQL. */
export const spawnAsPostgres = (command: string, args: readonly string[]): ChildProcess =>
  spawn(...asPostgres(command, args), { stdio: 'ignore' });

/** Returns a port of loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

export interface PostgresServer {
  readonly port: number;
  /** A folder that the user of the server may write to. */
  readonly folder: string;
  /** Returns the URL of a new, empty database. */
  readonly createDatabase: () => Promise<string>;
  /** Returns all statements that the server logged, with their values. */
  readonly statements: () => string;
  /** Returns the texts of the statements that reach the server while something runs. */
  readonly statementsOf: (run: () => Promise<unknown>) => Promise<string[]>;
  /** Ends the server at once, as a crash does. */
  readonly crash: () => Promise<void>;
  /** Starts it again. */
  readonly start: () => Promise<void>;
  /** Starts a standby, without which the server commits nothing from now on. */
  readonly addStandby: () => Promise<void>;
  /** Ends the server at once. The standby takes its place, at the same address. */
  readonly failOver: () => Promise<void>;
}

/** Runs statements, each with its own connection. */
export async function runSql(url: string, text: string, values: readonly unknown[] = []): Promise<QueryResult> {
  const client = new Client(url);
  await client.connect();
  try {
    return await client.query(text, [...values]);
  } finally {
    await client.end();
  }
}

/** Waits until the server at the URL accepts connections. */
export async function waitUntilReady(url: string): Promise<void> {
  for (;;) {
    try {
      await runSql(url, 'select 1');
      return;
    } catch {
      await setTimeout(50);
    }
  }
}

const urlAt = (port: number, database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;

/** Ends a server at once, as a crash does. */
async function end(running: ChildProcess | null): Promise<void> {
  if (!running || running.exitCode !== null) return;
  const ended = once(running, 'exit');
  running.kill('SIGQUIT');
  await ended;
}

/** Starts a server for the tests of a file, and ends it after them. */
export function usePostgres(): PostgresServer {
  let folder = '';
  let port = 0;
  let child: ChildProcess | null = null;
  let databases = 0;
  let data = 'data';
  let standby: { readonly port: number; readonly process: ChildProcess } | null = null;
  const url = (database: string) => urlAt(port, database);
  const startAt = async (folderOfData: string, at: number): Promise<ChildProcess> => {
    const settings = ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`];
    const log = ['-c', 'log_statement=all', '-c', 'logging_collector=on', '-c', `log_directory=${join(folder, 'log')}`];
    const args = ['-D', join(folder, folderOfData), '-p', String(at), ...settings, ...log];
    const started = spawnAsPostgres(join(programs ?? '', 'postgres'), args);
    await waitUntilReady(urlAt(at, 'postgres'));
    return started;
  };
  const start = async (): Promise<void> => {
    child = await startAt(data, port);
  };
  const addStandby = async (): Promise<void> => {
    const at = await freePort();
    const copy = ['-D', join(folder, 'standby'), '-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', '-R', '-N'];
    execFileSync(...asPostgres(join(programs ?? '', 'pg_basebackup'), [...copy, '-c', 'fast']), { stdio: 'ignore' });
    standby = { port: at, process: await startAt('standby', at) };
    await runSql(url('postgres'), "alter system set synchronous_standby_names = '*'");
    await runSql(url('postgres'), 'select pg_reload_conf()');
    const isSynchronous = async () =>
      (await runSql(url('postgres'), "select 1 from pg_stat_replication where sync_state = 'sync'")).rows.length === 1;
    while (!(await isSynchronous())) await setTimeout(50);
  };
  const crash = async (): Promise<void> => {
    await end(child);
    child = null;
  };
  const failOver = async (): Promise<void> => {
    if (!standby) throw new Error('There is no standby.');
    await crash();
    await runSql(urlAt(standby.port, 'postgres'), 'select pg_promote()');
    // A primary commits without a standby again.
    await runSql(urlAt(standby.port, 'postgres'), 'alter system reset synchronous_standby_names');
    await end(standby.process);
    standby = null;
    data = 'standby';
    await start();
  };
  beforeAll(async () => {
    if (!programs) throw new Error('There is no PostgreSQL on this machine, and REQUIRE_POSTGRES is set.');
    folder = mkdtempSync(join(tmpdir(), 'patchbay-pg-'));
    if (AS_POSTGRES.length > 0) execFileSync('chown', ['postgres', folder]);
    port = await freePort();
    const options = ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'trust', '-N', '--no-instructions'];
    execFileSync(...asPostgres(join(programs, 'initdb'), options), { stdio: 'ignore' });
    await start();
  });
  afterAll(async () => {
    await crash();
    await end(standby?.process ?? null);
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  const statements = (): string =>
    readdirSync(join(folder, 'log'))
      .map((name) => readFileSync(join(folder, 'log', name), 'utf8'))
      .join('\n');
  let marks = 0;
  /** Runs a statement of its own, and waits until the log has it, with all statements before it. Returns the statement. */
  const mark = async (): Promise<string> => {
    marks += 1;
    const text = `select 'mark ${marks}'`;
    await runSql(url('postgres'), text);
    while (!statements().includes(text)) await setTimeout(20);
    return text;
  };
  return {
    get port() {
      return port;
    },
    get folder() {
      return folder;
    },
    createDatabase: async () => {
      databases += 1;
      await runSql(url('postgres'), `create database test_${databases}`);
      return url(`test_${databases}`);
    },
    statements,
    statementsOf: async (run) => {
      const before = await mark();
      await run();
      const after = await mark();
      const made = statements().split(before).at(-1)?.split(after)[0] ?? '';
      return Array.from(made.matchAll(/LOG: {2}(?:statement|execute [^:]*): (.+)/g), ([, text = '']) => text);
    },
    crash,
    start,
    addStandby,
    failOver,
  };
}
