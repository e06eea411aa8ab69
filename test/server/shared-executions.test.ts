// Equal queries at the same time are executed once. Each caller still has its own request id, and no caller gets an answer from before
// a write that it knows of.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SandboxRequest, SandboxResponse } from '../../src/sandbox/server.ts';
import type { Answer } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';

// The duration is measured in each execution, so equal durations of held calls show that there was one execution.
const LIST = `query ($instance: [ID!]) { connections(filter: { instance: $instance }) {
  nodes { name } sources { durationMs error { __typename } }
} }`;
const WITH_REQUEST_ID = `query ($instance: [ID!]) { connections(filter: { instance: $instance }) {
  sources { error { ... on Error { requestId } } }
} }`;

/** A Credible that answers lists when the test says so. */
async function startHeld(answer: SandboxResponse = { status: 200, body: [{ name: 'orders', type: 'postgres' }] }) {
  const waiting: (() => void)[] = [];
  const requests: string[] = [];
  const stubbed = await startStubbedGateway('credible', async ({ method, path, body }: SandboxRequest) => {
    requests.push(`${method} ${path.split('/').at(-1)}`);
    if (method !== 'GET') return { status: 201, body: { ...(JSON.parse(body.toString()) as object) } };
    await new Promise<void>((resolve) => void waiting.push(resolve));
    return answer;
  });
  const release = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  onTestFinished(async () => {
    release();
    await stubbed.close();
  });

  const { gateway, log } = stubbed.gateway;
  const post = async (
    query: string,
    { instance = 'credible', headers = {}, signal = null as AbortSignal | null } = {},
  ) => {
    const body = JSON.stringify({ query, variables: { instance: [instance] } });
    const response = await gateway.fetch(
      new Request('http://127.0.0.1/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        signal,
      }),
    );
    const text = await response.text();
    return {
      text,
      requestId: response.headers.get('x-request-id'),
      ...(JSON.parse(text) as Pick<Answer, 'data'>),
    };
  };
  const whenWaiting = async (count: number) => {
    await expect.poll(() => waiting.length).toBe(count);
  };
  const { ask } = stubbed.gateway;
  /** Lets the requests that were sent reach their execution: these came later, and are answered. */
  const settle = async () => {
    for (let count = 0; count < 3; count += 1) await ask('{ vendors { kind } }');
  };
  return { post, release, whenWaiting, settle, requests, log, ask };
}

const fifty = <T>(make: () => T): T[] => Array.from({ length: 50 }, make);

describe('equal queries at the same time', () => {
  it('fifty equal queries are executed once, and each answer has its own request id', async () => {
    const { post, release, whenWaiting, requests, settle } = await startHeld();
    const answers = fifty(() => post(LIST));
    await whenWaiting(1);
    await settle();
    release();
    const all = await Promise.all(answers);
    expect(new Set(all.map(({ text }) => text)).size).toBe(1);
    expect(all[0]?.data.connections.nodes).toEqual([{ name: 'orders' }]);
    expect(new Set(all.map(({ requestId }) => requestId)).size).toBe(50);
    expect(requests).toEqual(['GET connections']);
  });

  it('queries with other variables are executed separately', async () => {
    const { post, release, whenWaiting } = await startHeld();
    const [credible, omni] = [post(LIST), post(LIST, { instance: 'omni' })];
    await whenWaiting(1);
    expect((await omni).data.connections.nodes).toHaveLength(11);
    release();
    expect((await credible).data.connections.nodes).toEqual([{ name: 'orders' }]);
  });

  it('a query after a write is not answered by an execution from before', async () => {
    const { post, release, whenWaiting, requests, ask } = await startHeld();
    const before = post(LIST);
    await whenWaiting(1);
    const input = {
      instance: 'credible',
      name: 'new',
      config: { postgres: { host: 'db.acme.example', password: 'pw-secret-1' } },
    };
    const create = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { __typename } }';
    const { data } = await ask(create, { input });
    expect(data.createConnection.__typename).toBe('CreateConnectionSuccess');
    const after = post(LIST);
    await whenWaiting(2);
    release();
    await Promise.all([before, after]);
    expect(requests.filter((call) => call === 'GET connections')).toHaveLength(2);
  });

  it('a query with Cache-Control: no-cache has its own execution', async () => {
    const { post, release, whenWaiting } = await startHeld();
    const answers = [post(LIST), post(LIST, { headers: { 'cache-control': 'no-cache' } })];
    await whenWaiting(2);
    release();
    expect((await Promise.all(answers)).map(({ data }) => data.connections.nodes)).toEqual([
      [{ name: 'orders' }],
      [{ name: 'orders' }],
    ]);
  });

  it('the others get their answer when the caller that came first leaves', async () => {
    const { post, release, whenWaiting, settle, requests } = await startHeld();
    const first = new AbortController();
    const left = post(LIST, { signal: first.signal }).catch(() => 'left');
    await whenWaiting(1);
    const second = post(LIST);
    await settle();
    first.abort();
    expect(await left).toBe('left');
    await settle();
    release();
    expect((await second).data.connections.nodes).toEqual([{ name: 'orders' }]);
    expect(requests).toEqual(['GET connections']);
  });

  it('two equal creates are both sent', async () => {
    const { ask, requests } = await startHeld();
    const create = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { __typename } }';
    const input = {
      instance: 'credible',
      name: 'new',
      config: { postgres: { host: 'db.acme.example', password: 'pw-secret-1' } },
    };
    await Promise.all([ask(create, { input }), ask(create, { input })]);
    expect(requests.filter((call) => call.startsWith('POST'))).toHaveLength(2);
  });
});

describe('a failure of equal queries at the same time', () => {
  const failing = { status: 500, body: { message: 'no' } };

  it('is logged for each request with its own id', async () => {
    const { post, release, whenWaiting, log, requests, settle } = await startHeld(failing);
    const answers = [post(LIST), post(LIST), post(LIST)];
    await whenWaiting(1);
    await settle();
    release();
    const ids = (await Promise.all(answers)).map(({ requestId }) => requestId);
    // `settle` sends requests that are refused, which are in the log too.
    const failures = log.filter((line) => line.includes('"msg":"vendor failed"'));
    const logged = failures.map((line) => (JSON.parse(line) as { requestId: string }).requestId);
    expect(logged).toHaveLength(3);
    expect(new Set(logged)).toEqual(new Set(ids));
    expect(requests).toEqual(['GET connections']);
  });

  it('has the request id of each caller in the answer', async () => {
    const { post, release, whenWaiting, settle } = await startHeld(failing);
    const answers = [post(WITH_REQUEST_ID), post(WITH_REQUEST_ID)];
    await whenWaiting(1);
    await settle();
    release();
    for (const { data, requestId } of await Promise.all(answers)) {
      expect(data.connections.sources[0].error.requestId).toBe(requestId);
    }
  });
});
