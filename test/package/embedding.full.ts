// Runs the examples of examples/embedding unchanged: each is an application that has Patchbay in it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** Starts an example. Returns its address, what it printed, and a function that stops it and returns its exit code. */
async function startExample(name: string) {
  const child = spawn(process.execPath, [`examples/embedding/${name}`], {
    env: { ...process.env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const printed = { text: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (printed.text += text));
  const closed = once(child, 'close');
  const stop = async (): Promise<unknown> => {
    child.kill('SIGTERM');
    return (await closed)[0];
  };
  stops.push(stop);
  const [, url = ''] = await vi.waitFor(
    () => /(http:\/\/127\.0\.0\.1:\d+)/.exec(printed.text) ?? Promise.reject(new Error('not ready')),
    { timeout: 60_000, interval: 50 },
  );
  return { url, printed, stop };
}

const post = (url: string, body: unknown) =>
  fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

it.each(['plain-node.js', 'fastify.js'])('the example %s answers beside the application, and stops', async (name) => {
  const { url, stop } = await startExample(name);
  expect(await (await fetch(url)).text()).toBe('The application answers here.\n');

  const response = await post(url, { query: '{ connections(first: 1) { totalCount isComplete } }' });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ data: { connections: { totalCount: 54, isComplete: true } } });

  expect(await stop()).toBe(0);
});

it('the example fastify.js writes the audit of Patchbay into the log of Fastify', async () => {
  const { url, printed, stop } = await startExample('fastify.js');
  const query = 'mutation ($id: ID!) { deleteConnection(input: { id: $id }) { __typename } }';
  expect((await post(url, { query, variables: { id: 'unknown' } })).status).toBe(200);
  await stop();
  const lines = printed.text.split('\n').filter((line) => line.includes('"mutation":"deleteConnection"'));
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 30,
    hostname: expect.any(String),
    msg: expect.any(String),
  });
});
