// GET /metrics: what is counted, that no client can add series, and who may read it.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGuarded, tokenOf } from '../authorization/tokens.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';

async function start(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const gateway = await startTestGateway(options);
  onTestFinished(() => gateway.close());
  return gateway;
}

const get = async ({ gateway }: TestGateway, path: string, headers: Record<string, string> = {}) =>
  gateway.fetch(new Request(`http://127.0.0.1${path}`, { headers }));

const metricsOf = async (gateway: TestGateway): Promise<string> => (await get(gateway, '/metrics')).text();

/** Returns the series of Patchbay that count something. Buckets and times differ from run to run. */
const countsIn = (text: string): string[] =>
  text.split('\n').filter((line) => /^patchbay_\w+(?:_total|_count|_state)\b.* (?!0$)/.test(line));

const seriesIn = (text: string): string[] =>
  text.split('\n').flatMap((line) => /^patchbay_[^ ]+/.exec(line)?.[0] ?? []);

describe('the metrics', () => {
  it('requests count by operation type and root field, refusals by code and limit, vendor calls by verb and outcome', async () => {
    const gateway = await start({ limits: { aliases: 1 } });
    await gateway.ask('query Mine { vendors { label } again: vendors { label } }');
    await gateway.ask('{ connections(filter: { instance: ["omni"] }) { totalCount } __typename }');
    await gateway.ask('{ nothing }');
    await gateway.ask('{ a: vendors { label } b: vendors { label } }');
    await gateway.ask('mutation { deleteConnection(input: { id: "djE6YzpvbW5pOng" }) { __typename } }');
    const counts = countsIn(await metricsOf(gateway));
    expect(counts).toEqual(
      expect.arrayContaining([
        'patchbay_requests_total{operation="query",outcome="ok"} 2',
        'patchbay_requests_total{operation="mutation",outcome="ok"} 1',
        'patchbay_requests_total{operation="none",outcome="refused"} 2',
        'patchbay_root_fields_total{operation="query",field="vendors"} 1',
        'patchbay_root_fields_total{operation="query",field="connections"} 1',
        'patchbay_root_fields_total{operation="query",field="__typename"} 1',
        'patchbay_root_fields_total{operation="mutation",field="deleteConnection"} 1',
        'patchbay_refused_requests_total{code="GRAPHQL_VALIDATION_FAILED",limit="none"} 1',
        'patchbay_refused_requests_total{code="GRAPHQL_VALIDATION_FAILED",limit="aliases"} 1',
        'patchbay_vendor_calls_total{instance="omni",verb="list",outcome="ok"} 1',
        'patchbay_request_duration_seconds_count{operation="query"} 2',
        'patchbay_lists_total{instance="omni",source="vendor"} 1',
        'patchbay_breaker_state{instance="omni",state="closed"} 1',
      ]),
    );
  });

  it('1,000 operation names, documents and headers of a client add no series', async () => {
    const gateway = await start();
    const ask = (index: number) =>
      gateway.ask(`query Canary${index} { alias${index}: vendors { label } }`, {}, { 'x-canary': `Canary${index}` });
    await ask(0);
    await gateway.ask('{ nothing }');
    const before = seriesIn(await metricsOf(gateway));
    await Promise.all(Array.from({ length: 1000 }, (_, index) => ask(index + 1)));
    await gateway.ask('{ canaryField }');
    const after = await metricsOf(gateway);
    expect(seriesIn(after)).toEqual(before);
    expect(after).toContain('patchbay_requests_total{operation="query",outcome="ok"} 1001');
    expect(after).not.toMatch(/canary|alias\d/i);
  });

  it('an outage shows in the outcomes, in the breaker and in the lists that are stale', async () => {
    const gateway = await start({
      instances: (sandbox) =>
        sandbox
          .filter(({ key }) => key === 'omni')
          .map((instance) => ({
            ...instance,
            cache: { ttlMs: 0, staleMs: 60_000 },
            breaker: { failures: 1, openMs: 60_000 },
            rateLimit: { perMinute: 60 },
          })),
    });
    const list = () => gateway.ask('{ connections { totalCount } }');
    await list();
    await gateway.outage('omni', 'reset');
    await list();
    const counts = countsIn(await metricsOf(gateway));
    expect(counts).toEqual(
      expect.arrayContaining([
        'patchbay_vendor_calls_total{instance="omni",verb="list",outcome="connection_lost"} 1',
        'patchbay_vendor_calls_total{instance="omni",verb="list",outcome="ok"} 1',
        'patchbay_breaker_state{instance="omni",state="open"} 1',
        'patchbay_lists_total{instance="omni",source="stale"} 1',
      ]),
    );
  });

  it('equal queries at the same time count as shared', async () => {
    const gateway = await start();
    await Promise.all(Array.from({ length: 5 }, () => gateway.ask('{ connections { totalCount } }')));
    expect(await metricsOf(gateway)).toContain('patchbay_shared_executions_total 4');
  });

  it('two gateways in one process count by themselves', async () => {
    const [first, second] = [await start(), await start()];
    await first.ask('{ vendors { label } }');
    expect(await metricsOf(first)).toContain('patchbay_requests_total{operation="query",outcome="ok"} 1');
    expect(seriesIn(await metricsOf(second)).join('\n')).not.toContain('patchbay_requests_total');
  });

  it('with authentication the metrics need a token with the scope metrics:read', async () => {
    const { test } = await startGuarded([
      { name: 'monitoring', scopes: ['metrics:read'] },
      { name: 'app', scopes: ['connections:read'] },
    ]);
    onTestFinished(() => test.close());
    const statusOf = async (name: string | null) =>
      (await get(test, '/metrics', name === null ? {} : { authorization: `Bearer ${tokenOf(name)}` })).status;
    expect([await statusOf(null), await statusOf('app'), await statusOf('monitoring')]).toEqual([401, 403, 200]);
    expect((await get(test, '/healthz')).status).toBe(200);
    expect((await get(test, '/readyz')).status).toBe(200);
  });
});

/** Starts the port for operators of a gateway, and returns its address. */
async function serveOperations({ gateway }: TestGateway): Promise<string> {
  const server: Server = createServer((request, response) => gateway.handleOperations(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('the health pages', () => {
  it('the health pages are empty, are not stored, and say when the gateway stops', async () => {
    const gateway = await start();
    for (const path of ['/healthz', '/readyz', '/health']) {
      const response = await get(gateway, path);
      expect([path, response.status, await response.text(), response.headers.get('cache-control')]).toEqual([
        path,
        200,
        '',
        'no-store',
      ]);
    }
    await gateway.gateway.drain();
    expect([(await get(gateway, '/readyz')).status, (await get(gateway, '/healthz')).status]).toEqual([503, 200]);
  });

  it('on a port of their own the pages need no token, and the port of the gateway has no metrics', async () => {
    const { test } = await startGuarded([{ name: 'monitoring', scopes: ['metrics:read'] }], {
      operations: { port: 0 },
    });
    onTestFinished(() => test.close());
    const origin = await serveOperations(test);
    const answers = await Promise.all(
      ['/metrics', '/healthz', '/readyz?x=1', '/graphql', '/'].map(async (path) => (await fetch(origin + path)).status),
    );
    expect(answers).toEqual([200, 200, 200, 404, 404]);
    expect((await fetch(`${origin}/metrics`, { method: 'POST' })).status).toBe(405);
    expect(await (await fetch(`${origin}/metrics`)).text()).toMatch(/^patchbay_build_info\{version="\d/m);
    const authorization = `Bearer ${tokenOf('monitoring')}`;
    expect((await get(test, '/metrics', { authorization })).status).toBe(404);
    expect((await get(test, '/readyz')).status).toBe(200);
  });
});
