// A query that meets all limits of documents at once is answered; with one more of anything it is refused. bench/limits.mjs measures both.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AT_ALL_LIMITS, documentOf } from '../../bench/lib/all-limits.mjs';
import { callsDuring, NO_CALLS, startWatchedGateway } from '../support/watched-gateway.ts';
import type { TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

it('a query at all limits is answered', async () => {
  const { errors, data } = await gateway.ask(documentOf(AT_ALL_LIMITS));
  expect(errors).toBeUndefined();
  expect(Object.keys(data)).toHaveLength(44);
  expect(data.__schema.types.length).toBeGreaterThan(200);
  expect(data.connections.nodes).toEqual([]);
});

it.each([
  ['tokens', 4000, { tokens: 4001 }],
  ['depth', 15, { depth: 16 }],
  ['aliases', 60, { aliases: 61 }],
  ['directives', 50, { directives: 51 }],
  ['rootFields', 60, { rootFields: 61 }],
  ['listItems', 100, { listItems: 101 }],
  ['complexity', 60_000, { first: 92 }],
])('with more than the limit of %s it is refused before a vendor is called', async (name, value, more) => {
  const [answer, calls] = await callsDuring(gateway, () => gateway.ask(documentOf({ ...AT_ALL_LIMITS, ...more })));
  expect(answer.data).toBeUndefined();
  expect(answer.errors?.map(({ extensions }) => extensions['limit'])).toEqual([{ name, value }]);
  expect(calls).toEqual(NO_CALLS);
});
