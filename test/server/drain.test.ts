// A gateway that drains refuses new requests, and finishes those in progress.
import { expect, it } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';

const LIST = '{ connections(first: 1, filter: { instance: ["omni"] }) { totalCount } }';

it('a gateway that drains finishes a query in progress and answers 503 to a new one', async () => {
  const gateway = await startTestGateway();
  await gateway.outage('omni', 'hang');
  const waiting = gateway.ask(LIST);
  await expect.poll(async () => (await gateway.received('omni')).length, { timeout: 60_000 }).toBe(1);
  let isDrained = false;
  const drained = gateway.gateway.drain().then(() => {
    isDrained = true;
  });
  const refused = await gateway.ask('{ __typename }');
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(refused.errors).toEqual([
    {
      message: 'The gateway is stopping. Nothing of this request was done. Send it again.',
      extensions: { code: 'SERVICE_UNAVAILABLE', requestId: refused.headers.get('x-request-id') },
    },
  ]);
  expect(isDrained).toBe(false);
  const metrics = await gateway.gateway.fetch(new Request('http://127.0.0.1/metrics'));
  expect(await metrics.text()).toContain('patchbay_refused_requests_total{code="SERVICE_UNAVAILABLE",limit="none"} 1');
  const line = gateway.log.find((one) => one.includes('"msg":"request refused"'));
  expect(JSON.parse(line ?? '')).toMatchObject({ code: 'SERVICE_UNAVAILABLE', status: 503 });
  await gateway.reset('omni');
  await gateway.gateway.close();
  expect((await waiting).data.connections.totalCount).toBeNull();
  await drained;
  await gateway.sandbox.close();
});

it('a gateway without requests drains at once', async () => {
  const gateway = await startTestGateway();
  await gateway.ask(LIST);
  await expect(gateway.gateway.drain()).resolves.toBeUndefined();
  await gateway.close();
});
