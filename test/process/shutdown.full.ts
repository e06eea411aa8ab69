// The end of the process: SIGTERM finishes what is in progress and refuses everything new.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { useProcesses, waitFor } from './run.ts';

const { start, file } = useProcesses();

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox(0);
});
afterAll(() => sandbox.close());

/** For a machine that runs much else. */
const PATIENT = { timeout: 60_000 };

const CREATE = `mutation ($input: CreateConnectionInput!) {
  createConnection(input: $input) { __typename ... on CreateConnectionSuccess { connection { name } } }
}`;
const inputWith = (name: string) => ({
  instance: 'credible',
  name,
  config: {
    postgres: { host: 'db.example.com', port: 5432, database: 'app', username: 'bi', password: 'pw-secret-1' },
  },
});

const outage = async (mode: string) =>
  void (await fetch(`${sandbox.servers.credible.origin}/__sandbox/outage`, { method: 'POST', body: mode }));
const hasReceivedCreate = (name: string) => () =>
  sandbox.servers.credible.requests().some(({ method, body }) => method === 'POST' && body.includes(name));

async function startProcess(server: object) {
  const path = await file(
    `${JSON.stringify(server).length}.json`,
    JSON.stringify({ server, instances: sandbox.instances }),
  );
  const run = start(['--config', path]);
  const [, url = ''] = await waitFor(run, /ready at (\S+)/);
  const create = async (name: string) => {
    const body = JSON.stringify({ query: CREATE, variables: { input: inputWith(name) } });
    return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  };
  /** Resolves when the process accepts no connection. */
  const isClosed = async () => {
    await expect
      .poll(async () => fetch(url).catch((error: Error) => error.cause), PATIENT)
      .toMatchObject({ code: 'ECONNREFUSED' });
  };
  return { run, url, create, isClosed };
}

describe('the end of the process', { timeout: 120_000 }, () => {
  it('SIGTERM during a slow create: the create ends and is audited, nothing new is accepted, and the exit code is 0', async () => {
    const { run, create, isClosed } = await startProcess({});
    await outage('slow');
    const slow = create('at-the-end');
    await expect.poll(hasReceivedCreate('at-the-end'), PATIENT).toBe(true);
    run.child.kill('SIGTERM');
    await isClosed();
    await expect(create('too-late')).rejects.toThrow('fetch failed');
    const answer = await slow;
    expect(await answer.json()).toEqual({
      data: { createConnection: { __typename: 'CreateConnectionSuccess', connection: { name: 'at-the-end' } } },
    });
    expect(await run.ended).toBe(0);
    const audit = run.printed.stdout.split('\n').filter((line) => line.includes('"msg":"audit"'));
    expect(audit.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ mutation: 'createConnection', outcome: 'CreateConnectionSuccess' }),
    ]);
    expect(hasReceivedCreate('too-late')()).toBe(false);
    await outage('none');
  });

  it('a create of a caller who has left is finished before the process ends', async () => {
    const { run, url } = await startProcess({ requestMs: 100_000 });
    await outage('slow');
    const left = new AbortController();
    const body = JSON.stringify({ query: CREATE, variables: { input: inputWith('left-alone') } });
    const headers = { 'content-type': 'application/json' };
    const gone = fetch(url, { method: 'POST', headers, body, signal: left.signal }).catch(() => 'gone');
    await expect.poll(hasReceivedCreate('left-alone'), PATIENT).toBe(true);
    left.abort();
    expect(await gone).toBe('gone');
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.printed.stdout).toMatch(/"mutation":"createConnection".*"outcome":"CreateConnectionSuccess"/);
    await outage('none');
  });

  it('a create that does not end in time is given up: the log says so, and the exit code is 1', async () => {
    const { run, create } = await startProcess({ shutdownMs: 500 });
    await outage('hang');
    const hanging = create('never-answered').catch(() => 'no answer');
    await expect.poll(hasReceivedCreate('never-answered'), PATIENT).toBe(true);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(1);
    expect(await hanging).toBe('no answer');
    expect(run.printed.stdout).toContain('"msg":"stopped before all requests ended"');
    await outage('none');
  });

  it('a second signal ends the process at once', async () => {
    const { run, create, isClosed } = await startProcess({ shutdownMs: 100_000 });
    await outage('hang');
    const hanging = create('second-signal').catch(() => 'no answer');
    await expect.poll(hasReceivedCreate('second-signal'), PATIENT).toBe(true);
    run.child.kill('SIGTERM');
    await isClosed();
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(1);
    expect(await hanging).toBe('no answer');
    await outage('none');
  });

  // npm and npx pass a signal to the shell that runs their command. The build before `npm start` is left out: other tests use its files.
  it.each([
    ['npm start', 'npm', ['start', '--ignore-scripts', '--', '--config'], 'SIGTERM', 0],
    ['npx, whose shell ends', 'sh', ['-c', 'node dist/main.js --config "$0"; true'], 'SIGKILL', null],
  ] as const)('the process stops by itself under %s', async (name, command, args, signal, code) => {
    const path = await file(`${name.length}-shell.json`, JSON.stringify({ instances: sandbox.instances }));
    const child = spawn(command, [...args, path], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: '0', npm_lifecycle_event: 'npx' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exited = once(child, 'exit');
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
    await expect.poll(() => printed, PATIENT).toMatch(/"msg":"instance checked"/);
    child.kill(signal);
    expect((await exited)[0]).toBe(code);
    const url = /ready at (\S+)/.exec(printed)?.[1] ?? '';
    await expect
      .poll(async () => fetch(url).catch((error: Error) => error.cause), PATIENT)
      .toMatchObject({
        code: 'ECONNREFUSED',
      });
  });

  it('each instance is checked after the start, and one that is down does not stop it', async () => {
    await outage('reset');
    const { run } = await startProcess({ shutdownMs: 1000 });
    await waitFor(run, /"instance":"credible"[^\n]*"msg":"instance checked"/);
    await expect.poll(() => run.printed.stdout.match(/"msg":"instance checked"/g)?.length, PATIENT).toBe(4);
    const lines = run.printed.stdout.split('\n').filter((line) => line.includes('instance checked'));
    const statuses = lines.map((line) => JSON.parse(line) as { instance: string; status: string });
    expect(Object.fromEntries(statuses.map(({ instance, status }) => [instance, status]))).toEqual({
      looker: 'UP',
      omni: 'UP',
      credible: 'DOWN',
      chartbrew: 'UP',
    });
    await outage('none');
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
  });

  it('no instance is checked after the start with server.checkAtStart: false', async () => {
    const { run, url } = await startProcess({ checkAtStart: false });
    const body = JSON.stringify({ query: '{ vendors { vendor } }' });
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(answer.status).toBe(200);
    run.child.kill('SIGTERM');
    expect(await run.ended).toBe(0);
    expect(run.printed.stdout).not.toContain('instance checked');
  });
});
