// A store in a file: a restart and a reload of the configuration forget nothing.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { failed, stop, useProcesses, waitFor } from './run.ts';

const { start, file, pathOf } = useProcesses();

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox(0);
});
afterAll(() => sandbox.close());

const CREATE = `mutation ($input: CreateConnectionInput!) { result: createConnection(input: $input) {
  __typename ... on CreateConnectionSuccess { connection { id name } } ... on Error { message }
} }`;
const postgres = { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' };
const INPUT = { instance: 'chartbrew', name: 'orders', config: { postgres }, idempotencyKey: 'key-1' };

/** Sends the create and returns its result. */
async function create(url: string): Promise<unknown> {
  const body = JSON.stringify({ query: CREATE, variables: { input: INPUT } });
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return ((await response.json()) as { data: { result: unknown } }).data.result;
}

async function writes(): Promise<number> {
  const response = await fetch(`${sandbox.servers.chartbrew.origin}/__sandbox/requests`);
  return ((await response.json()) as { method: string }[]).filter(({ method }) => method !== 'GET').length;
}

const configOf = (store: object, key: string | undefined = 'audit-key-0123456789'): string =>
  JSON.stringify({ store, audit: { key }, instances: sandbox.instances });

it('the same key gets the same answer after a restart and after a reload', async () => {
  const store = { url: `file:${pathOf('patchbay.db')}` };
  const path = await file('store.json', configOf(store));
  const before = start(['--config', path]);
  const first = await create((await waitFor(before, /ready at (\S+)/))[1] ?? '');
  expect(first).toMatchObject({ __typename: 'CreateConnectionSuccess', connection: { name: 'orders' } });
  expect(await stop(before)).toBe(0);

  const after = start(['--config', path]);
  const [, url = ''] = await waitFor(after, /ready at (\S+)/);
  expect(await create(url)).toEqual(first);
  await file('store.json', configOf({ url: `file:${pathOf('other.db')}` }));
  after.child.kill('SIGHUP');
  const [line] = await waitFor(after, /.*"msg":"configuration reloaded".*/);
  expect(JSON.parse(line)).toMatchObject({ needsRestart: ['store.url'], changed: [] });
  expect(await create(url)).toEqual(first);
  expect(await writes()).toBe(1);
  expect(await stop(after)).toBe(0);
});

it('a process without the key of the fingerprints, or whose store cannot be opened, does not start', async () => {
  const store = { url: `file:${pathOf('no-folder/patchbay.db')}` };
  const path = await file('closed.json', configOf(store));
  expect(await failed(start(['--config', path]))).toContain(
    'store.url: the file cannot be opened as a database (ENOENT)',
  );
  const document = JSON.stringify({ store, instances: sandbox.instances });
  const error = await failed(start(['--config', await file('no-key.json', document)]));
  expect(error).toContain('audit.key: is missing; a store needs it');
});
