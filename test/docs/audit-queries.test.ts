// Runs the queries of docs/audit.md.
import { readFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { mutate, orders } from '../audit/audit.ts';
import { startTestGateway } from '../support/gateway.ts';

it('the queries of docs/audit.md find a failure, and where a value was set', async () => {
  const text = await readFile('docs/audit.md', 'utf8');
  const [failures = '', whereItWasSet = ''] = Array.from(
    text.matchAll(/^```graphql\n(.*?)^```/gms),
    ([, block]) => block,
  );
  const gateway = await startTestGateway();
  onTestFinished(() => gateway.close());
  await mutate(gateway, 'createConnection', orders('omni', ''));
  const { connection } = await mutate(gateway, 'createConnection', orders('chartbrew', 'orders', 'pw-secret-2'));
  const failed = await gateway.ask(failures, { since: '2026-01-01T00:00:00Z' });
  expect(failed.data.audit).toEqual({
    nodes: [
      {
        endedAt: expect.any(String),
        caller: 'anonymous',
        mutation: 'createConnection',
        outcome: 'ValidationError',
        connections: [],
      },
    ],
    pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
  });
  const found = await gateway.ask(whereItWasSet, { secret: 'pw-secret-2' });
  expect(found.data.audit.nodes).toEqual([
    {
      endedAt: expect.any(String),
      caller: 'anonymous',
      mutation: 'createConnection',
      outcome: 'CreateConnectionSuccess',
      connections: [connection.id],
      secrets: ['input.config.postgres.password'],
    },
  ]);
});
