// Random valid queries get the same answer from a plan and from the executor of Yoga.
import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import { Documents } from './documents.ts';
import { fuzz, shareOf, WIDE_LIMITS, type Outcome } from './run-cases.ts';

/** Returns the same query with a field that no plan has. */
const unplanned = (query: string): string => query.replace('{', '{ __proto__: __typename');

/**
 * Returns an answer without what differs between two executions: times, request ids, and the field of `unplanned`. The order of fields
 * differs too: the executor of Yoga puts fields whose values are promises last, and a plan keeps the order of the query.
 */
const comparable = (text: string): unknown =>
  JSON.parse(
    text
      .replace(/"__proto__":"Query",?/, '')
      .replaceAll(/"[^"]*":"\d{4}-\d\d-\d\dT[^"]*Z"/g, '"time":0')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g, 'id')
      .replaceAll(/"a\d+":\d+/g, '"number":0')
      .replaceAll(/"line":1,"column":\d+/g, '"place":0')
      .replaceAll(',}', '}'),
  );

it('a plan answers each valid query as the executor does', { timeout: 600_000 }, async () => {
  const gateway = await startTestGateway({
    instances: (sandbox) => sandbox.map((instance) => ({ ...instance, cache: { ttlMs: 600_000 } })),
    limits: WIDE_LIMITS,
  });
  try {
    const arbitrary = new Documents(gateway.gateway.schema).query().map((text) => text.replace('query Q', 'query'));
    const run = async (query: string): Promise<Outcome> => {
      const planned = await gateway.ask(query);
      const reference = await gateway.ask(unplanned(query));
      const isSame = isDeepStrictEqual(comparable(planned.text), comparable(reference.text));
      return {
        kind: planned.errors ? 'with errors' : 'without errors',
        wrong: isSame ? null : `${query}\n${planned.text.slice(0, 2000)}\n${reference.text.slice(0, 2000)}`,
      };
    };
    const counts = await fuzz({ what: 'plans', arbitrary, run, lanes: 2 });
    expect(shareOf(counts, /^without errors$/)).toBeGreaterThan(0.5);
  } finally {
    await gateway.close();
  }
});
