// The log has a line for each failure of a vendor, with the request id and without anything that the vendor said.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CREATE } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await gateway.outage('credible', 'reset');
});
afterAll(() => gateway.close());

const FIELDS = ['level', 'time', 'requestId', 'errorClass', 'instance', 'vendorStatus', 'msg'];

const input = {
  instance: 'credible',
  name: 'orders',
  config: { mysql: { host: 'db.example.com', password: 'zq-hunter2' } },
};

it.each([
  ['a list', '{ connections { sources { error { ... on Error { requestId } } } } }', {}],
  ['a read by id', '{ connection(id: "djE6YzpjcmVkaWJsZTpvcmRlcnM") { id } }', {}],
  ['a create', CREATE, { input }],
  ['a health check', '{ vendorInstance(id: "credible") { health { status } } }', {}],
])('the log has a line for the failure of %s, with the request id of the answer', async (_name, query, variables) => {
  gateway.log.length = 0;
  const answer = await gateway.ask(query, variables);
  const logged = gateway.log.map((line) => JSON.parse(line) as Record<string, unknown>);
  // A mutation has a line in the audit too (test/observability).
  const lines = logged.filter(({ msg }) => msg !== 'audit');
  expect(lines).toMatchObject([
    { msg: 'vendor failed', instance: 'credible', requestId: answer.headers.get('x-request-id') },
  ]);
  expect(Object.keys(lines[0] ?? {}).toSorted()).toEqual(FIELDS.toSorted());
  expect(gateway.log.join('')).not.toContain('hunter2');
});
