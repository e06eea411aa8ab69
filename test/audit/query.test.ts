// The query audit: which entries it finds, in pages, and what it refuses.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { AUDIT, brief, linesOf, mutate, orders, postgres, readAudit, refusalsOf } from './audit.ts';

let gateway: TestGateway;
let created: string;
let times: Date[];

beforeAll(async () => {
  gateway = await startTestGateway({ audit: { key: 'audit-key-1' } });
  const began = new Date();
  const { connection } = await mutate(gateway, 'createConnection', { ...orders('chartbrew'), idempotencyKey: 'k' });
  created = connection.id;
  await mutate(gateway, 'createConnection', { ...orders('chartbrew'), idempotencyKey: 'k' });
  await mutate(gateway, 'createConnection', orders('looker', 'Not A Name', 'pw-secret-2'));
  const middle = await new Promise<Date>((resolve) => {
    setTimeout(() => resolve(new Date()), 5);
  });
  const config = { postgres: { password: { replace: 'pw-secret-3' } } };
  await mutate(gateway, 'updateConnection', { id: created, config });
  const targets = [{ instance: 'looker' }, { instance: 'credible' }];
  await mutate(gateway, 'createConnections', { name: 'shared', config: postgres('pw-secret-1'), targets });
  await mutate(gateway, 'deleteConnection', { id: created });
  times = [began, middle, new Date(Date.now() + 1)];
});
afterAll(() => gateway.close());

const CREATED = 'createConnection CreateConnectionSuccess chartbrew';
const REFUSED = 'createConnection ValidationError looker';
const UPDATED = 'updateConnection UpdateConnectionSuccess chartbrew';
const SHARED = 'createConnections CreateConnectionsSuccess looker,credible';
const DELETED = 'deleteConnection DeleteConnectionSuccess chartbrew';

describe('the query audit', () => {
  it('all mutations are listed, the newest first, with what the log says of them', async () => {
    const { nodes, edges, pageInfo } = await readAudit(gateway);
    expect(nodes.map(brief)).toEqual([DELETED, SHARED, UPDATED, REFUSED, CREATED, CREATED]);
    expect(nodes[2]).toEqual({
      endedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      mutation: 'updateConnection',
      outcome: 'UpdateConnectionSuccess',
      status: null,
      caller: 'anonymous',
      address: null,
      instances: ['chartbrew'],
      connections: [created],
      secrets: ['input.config.postgres.password.replace'],
      isReplay: false,
      durationMs: expect.any(Number),
      requestId: expect.any(String),
      traceId: null,
      targets: [],
    });
    expect(nodes.map(({ isReplay }: { isReplay: boolean }) => isReplay)).toEqual([
      false,
      false,
      false,
      false,
      true,
      false,
    ]);
    expect(nodes[1]).toMatchObject({ status: 'COMPLETE', secrets: ['input.config.postgres.password'] });
    expect(nodes[1].targets).toEqual(
      ['looker', 'credible'].map((instance, at) => ({
        instance,
        connection: nodes[1].connections[at],
        status: 'DONE',
        compensation: null,
      })),
    );
    expect(pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: edges[0].cursor,
      endCursor: edges[5].cursor,
    });
    expect(new Set(edges.map(({ cursor }: { cursor: string }) => cursor)).size).toBe(6);
  });

  it('entries are found by each condition, and by several together', async () => {
    expect(await linesOf(gateway, { connection: created })).toEqual([DELETED, UPDATED, CREATED, CREATED]);
    expect(await linesOf(gateway, { instance: 'looker' })).toEqual([SHARED, REFUSED]);
    expect(await linesOf(gateway, { instance: 'djE6aTpsb29rZXI' })).toEqual([SHARED, REFUSED]);
    expect(await linesOf(gateway, { caller: 'anonymous' })).toHaveLength(6);
    expect(await linesOf(gateway, { caller: 'nobody' })).toEqual([]);
    expect(await linesOf(gateway, { mutation: ['deleteConnection', 'updateConnection'] })).toEqual([DELETED, UPDATED]);
    expect(await linesOf(gateway, { outcome: ['ValidationError'] })).toEqual([REFUSED]);
    expect(await linesOf(gateway, { instance: 'looker', outcome: ['CreateConnectionsSuccess'] })).toEqual([SHARED]);
    expect(await linesOf(gateway, { mutation: [] })).toEqual([]);
    expect(await linesOf(gateway, { connection: 'no id', instance: null, outcome: null })).toEqual([]);
    expect(await linesOf(gateway, { instance: 'tableau' })).toEqual([]);
  });

  it('entries are found by time, in any time zone', async () => {
    const [began, middle, ended] = times.map((time) => time.toISOString());
    expect(await linesOf(gateway, { since: began, until: middle })).toEqual([REFUSED, CREATED, CREATED]);
    expect(await linesOf(gateway, { since: middle, until: ended })).toEqual([DELETED, SHARED, UPDATED]);
    expect(await linesOf(gateway, { until: '2020-01-31T12:00:00+05:30' })).toEqual([]);
    expect(await linesOf(gateway, { since: '2020-01-31T12:00:00Z' })).toHaveLength(6);
  });

  it('a secret finds the entries in which it was sent, and nothing else', async () => {
    expect(await linesOf(gateway, { secret: 'pw-secret-1' })).toEqual([SHARED, CREATED, CREATED]);
    expect(await linesOf(gateway, { secret: 'pw-secret-2' })).toEqual([REFUSED]);
    expect(await linesOf(gateway, { secret: 'pw-secret-3', mutation: ['updateConnection'] })).toEqual([UPDATED]);
    expect(await linesOf(gateway, { secret: 'pw-secret-4' })).toEqual([]);
    expect(gateway.log.join('\n')).not.toMatch(/pw-secret/);
  });

  it('pages follow each other by their cursors', async () => {
    const first = await readAudit(gateway, { first: 4 });
    expect(first.nodes.map(brief)).toEqual([DELETED, SHARED, UPDATED, REFUSED]);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const second = await readAudit(gateway, { first: 4, after: first.pageInfo.endCursor });
    expect(second.nodes.map(brief)).toEqual([CREATED, CREATED]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const filtered = await readAudit(gateway, { after: first.pageInfo.endCursor, filter: { instance: 'chartbrew' } });
    expect(filtered.nodes.map(brief)).toEqual([CREATED, CREATED]);
    expect((await readAudit(gateway, { first: 0 })).pageInfo).toMatchObject({ hasNextPage: true, endCursor: null });
  });

  it.each([
    ['a page that is too large', { first: 201 }, 'first', 'Must be between 0 and 200.'],
    ['a text that is no cursor', { after: 'x' }, 'after', 'Must be a cursor of this list'],
    ['a cursor with another id', { after: cursorOf('ENDED_AT:DESC', 5, 'x') }, 'after', 'Must be a cursor'],
    ['a cursor with a time that is none', { after: cursorOf('ENDED_AT:DESC', 1e300, '0'.repeat(32)) }, 'after', 'Must'],
    ['a cursor of another list', { after: cursorOf('NAME:ASC', 'x', 'y') }, 'after', 'This cursor belongs to another'],
    ['a control character', { filter: { caller: 'a\u0000' } }, 'filter.caller', 'Must be 1 to 255 characters'],
    ['an empty name', { filter: { mutation: ['a', ''] } }, 'filter.mutation.1', 'Must be 1 to 255 characters'],
    [
      'times in the wrong order',
      { filter: { since: '2026-01-02T00:00:00Z', until: '2026-01-01T00:00:00Z' } },
      'filter.until',
      'Must be later than `since`.',
    ],
  ])('%s is refused', async (_what, variables, path, message) => {
    const answer = await gateway.ask(AUDIT, variables);
    expect(refusalsOf(answer)).toEqual([
      ['BAD_USER_INPUT', expect.stringContaining(`Argument ${path} on Query.audit: ${message}`)],
    ]);
    expect(answer.data).toBeUndefined();
  });

  it.each(['yesterday', '2026-01-31', '2026-01-31T12:00:00', '2026-13-31T12:00:00Z', 5])(
    'a time that is none is refused without repeating it: %s',
    async (since) => {
      const { text } = await gateway.ask(AUDIT, { filter: { since } });
      expect(text).toContain('A DateTime must be text in the format of RFC 3339 with a time zone');
      expect(text).not.toMatch(/yesterday|2026-01-31T12:00:00"|2026-13/);
    },
  );

  it('a secret must be sent in a variable of a POST', async () => {
    const literal = await gateway.ask('{ audit(filter: { secret: "pw-secret-1" }) { nodes { mutation } } }');
    expect(literal.text).toContain('A SecretString must be sent in a variable, never written into the document.');
    const variables = JSON.stringify({ filter: { secret: 'pw-secret-1' } });
    const query = 'query ($filter: AuditFilter) { audit(filter: $filter) { nodes { mutation } } }';
    const url = `http://127.0.0.1/graphql?${String(new URLSearchParams({ query, variables }))}`;
    const response = await gateway.gateway.fetch(new Request(url, { headers: { accept: 'application/json' } }));
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({
      data: { audit: null },
      errors: [
        {
          message: 'filter.secret: Must be sent in a POST, because addresses are kept in logs.',
          extensions: { code: 'BAD_USER_INPUT' },
        },
      ],
    });
    expect(`${literal.text} ${text}`).not.toContain('pw-secret');
  });
});

function cursorOf(...parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
