// Traces: a request is a span and its calls to vendors are children, which hold nothing of the caller or of the vendor.
import { SpanKind } from '@opentelemetry/api';
import { beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/observability/log.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { forgetSpans, recordedSpans, recordSpans, textOfSpans } from '../support/recorded-spans.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const PARENT_ID = 'b7ad6b7169203331';
const TRACEPARENT = { traceparent: `00-${TRACE_ID}-${PARENT_ID}-01` };

beforeAll(recordSpans);
beforeEach(forgetSpans);

async function start(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const gateway = await startTestGateway(options);
  onTestFinished(() => gateway.close());
  return gateway;
}

const serverSpan = () => recordedSpans().find(({ kind }) => kind === SpanKind.SERVER);
const clientSpans = () => recordedSpans().filter(({ kind }) => kind === SpanKind.CLIENT);

const traceparentsAt = async (gateway: TestGateway) =>
  (await gateway.received('omni')).map(({ headers }) => headers['traceparent']);

const OMNI = '{ connections(filter: { instance: ["omni"] }) { totalCount } }';

describe('traces', () => {
  it('a query is a span of the trace of its traceparent, and each call to a vendor is its child', async () => {
    const gateway = await start();
    await gateway.ask('query Canary { connections { totalCount } vendors { label } }', {}, TRACEPARENT);
    const server = serverSpan();
    expect(server).toMatchObject({
      name: 'query connections, vendors',
      parentSpanContext: { traceId: TRACE_ID, spanId: PARENT_ID, isRemote: true },
    });
    expect(server?.attributes).toEqual({
      'http.request.method': 'POST',
      'graphql.operation.type': 'query',
      'patchbay.root_fields': ['connections', 'vendors'],
      'http.response.status_code': 200,
    });
    const calls = clientSpans();
    expect(
      calls.map(({ name, attributes }) => `${String(attributes['patchbay.instance'])}: ${name}`).toSorted(),
    ).toEqual([
      'chartbrew: GET list',
      'credible: GET list',
      'looker: GET list',
      'looker: POST login',
      'omni: GET list',
    ]);
    for (const call of calls) {
      expect(call.parentSpanContext?.spanId).toBe(server?.spanContext().spanId);
      expect(call.spanContext().traceId).toBe(TRACE_ID);
    }
    const { port } = new URL(gateway.sandbox.servers.omni.origin);
    expect(calls.find(({ attributes }) => attributes['patchbay.instance'] === 'omni')?.attributes).toEqual({
      'server.address': '127.0.0.1',
      'server.port': Number(port),
      'patchbay.instance': 'omni',
      'patchbay.verb': 'list',
      'patchbay.outcome': 'ok',
      'http.request.method': 'GET',
      'http.response.status_code': 200,
    });
  });

  it('no span holds a variable, a document, a body, an id or a text of a vendor', async () => {
    const gateway = await start();
    const config = {
      postgres: { host: 'canary-host', database: 'canarydb', username: 'canaryuser', password: 'canarypw1' },
    };
    const input = { instance: 'chartbrew', name: 'canaryname', config };
    const create = `mutation CanaryOperation($input: CreateConnectionInput!) { canaryalias: createConnection(input: $input) { __typename } }`;
    await gateway.ask(
      create,
      { input },
      { ...TRACEPARENT, tracestate: 'vendor=canarystate', 'x-canary': 'canaryheader' },
    );
    await gateway.ask('{ node(id: "djE6Yzpvb25pOmNhbmFyeQ") { id } canaryfield }');
    await gateway.ask(`{ nodes(ids: ["djE6YzpjaGFydGJyZXc6OTk5"]) { id } }`);
    await gateway.outage('omni', 'reset');
    await gateway.ask(OMNI);
    expect(recordedSpans().length).toBeGreaterThan(5);
    expect(textOfSpans()).not.toMatch(/canary/i);
    expect(recordedSpans().flatMap(({ events }) => events)).toEqual([]);
  });

  it('a call that fails has the reason as error.type', async () => {
    const gateway = await start();
    await gateway.outage('omni', 'reset');
    await gateway.ask(OMNI);
    expect(clientSpans()[0]?.attributes).toMatchObject({ 'error.type': 'connection_lost' });
    forgetSpans();
    await gateway.ask('{ nothing }');
    expect(serverSpan()?.attributes).toMatchObject({ 'error.type': 'GRAPHQL_VALIDATION_FAILED' });
  });

  it.each([
    ['not sent by default', {}, undefined],
    ['sent where the configuration asks for it', { propagate: true }, `00-${TRACE_ID}-SPAN-01`],
  ])('the traceparent is %s', async (_what, tracing, expected) => {
    const gateway = await start({ tracing });
    await gateway.ask(OMNI, {}, TRACEPARENT);
    const [sent] = await traceparentsAt(gateway);
    const { spanId } = clientSpans()[0]!.spanContext();
    expect(sent).toBe(expected?.replace('SPAN', spanId));
  });

  it('one instance can be excluded from what is sent', async () => {
    const gateway = await start({
      tracing: { propagate: true },
      instances: (sandbox) => sandbox.map((instance) => ({ ...instance, tracing: { propagate: false } })),
    });
    await gateway.ask(OMNI, {}, TRACEPARENT);
    expect(await traceparentsAt(gateway)).toEqual([undefined]);
  });

  it.each([
    '00-00000000000000000000000000000000-b7ad6b7169203331-01',
    'ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more',
    '00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01',
    'canary',
  ])('the malformed traceparent %s begins a trace of its own', async (traceparent) => {
    const gateway = await start();
    await gateway.ask('{ vendors { label } }', {}, { traceparent });
    expect(serverSpan()?.parentSpanContext).toBeUndefined();
    expect(serverSpan()?.spanContext().traceId).not.toBe(TRACE_ID);
  });
});

const startLogged = async (level: 'info' | 'debug') => {
  const lines: string[] = [];
  const logger = createLog({ write: (line) => void lines.push(line) }, { level });
  const gateway = await start({ createGateway: { logger } });
  return { gateway, read: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
};

describe('the ids of requests in the log', () => {
  it('at the level debug each request and each call to a vendor has a line with both ids', async () => {
    const { gateway, read } = await startLogged('debug');
    const { headers } = await gateway.ask(OMNI, {}, TRACEPARENT);
    const ids = { requestId: headers.get('x-request-id'), traceId: TRACE_ID };
    const number = expect.any(Number) as number;
    expect(read().map(({ time: _time, ...line }) => line)).toEqual([
      {
        level: 20,
        ...ids,
        instance: 'omni',
        verb: 'list',
        outcome: 'ok',
        vendorStatus: 200,
        waitedMs: number,
        durationMs: number,
        msg: 'vendor call',
      },
      {
        level: 20,
        ...ids,
        caller: 'anonymous',
        operation: 'query',
        rootFields: ['connections'],
        outcome: 'ok',
        httpStatus: 200,
        durationMs: number,
        msg: 'request',
      },
    ]);
  });

  it('the audit, a failure of a vendor and a refusal have the id of the trace too, at the level info', async () => {
    const { gateway, read } = await startLogged('info');
    await gateway.ask('mutation { deleteConnection(input: { id: "x" }) { __typename } }', {}, TRACEPARENT);
    await gateway.ask('{ nothing }', {}, TRACEPARENT);
    await gateway.outage('omni', 'reset');
    await gateway.ask(OMNI, {}, TRACEPARENT);
    expect(read().map(({ msg, traceId }) => [msg, traceId])).toEqual([
      ['audit', TRACE_ID],
      ['request refused', TRACE_ID],
      ['vendor failed', TRACE_ID],
    ]);
  });
});
