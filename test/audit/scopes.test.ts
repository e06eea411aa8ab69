// Who may read which audit entries.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { NO_LIMITS, startGuarded, type GuardedGateway } from '../authorization/tokens.ts';
import { AUDIT, brief, linesOf, mutate, orders, postgres, refusalsOf } from './audit.ts';

const WRITE = ['connections:read', 'connections:write', 'connections:test'];

let guarded: GuardedGateway;
let inChartbrew: string;
let inCredible: string;

/** Returns a gateway to which a caller sends its requests. */
const as = (name: string) => ({
  ask: async (query: string, variables?: Record<string, unknown>) => guarded.askAs(name, query, variables),
});

beforeAll(async () => {
  guarded = await startGuarded([
    { name: 'writer', scopes: WRITE },
    { name: 'auditor', scopes: ['audit:read', 'connections:read'] },
    { name: 'one', scopes: ['audit:read@cred*'] },
    { name: 'two', scopes: ['audit:read@chartbrew', 'audit:read@cred*', 'connections:read@chartbrew'] },
    { name: 'reader', scopes: ['connections:read', 'audit:read@omni'] },
  ]);
  const writer = as('writer');
  inChartbrew = (await mutate(writer, 'createConnection', orders('chartbrew'))).connection.id;
  inCredible = (await mutate(writer, 'createConnection', orders('credible'))).connection.id;
  const targets = [{ instance: 'chartbrew' }, { instance: 'credible' }];
  await mutate(writer, 'createConnections', { name: 'shared', config: postgres('pw-secret-1'), targets });
  await mutate(writer, 'createConnection', orders('tableau'));
});
afterAll(async () => guarded.test.close());

const CHARTBREW = 'createConnection CreateConnectionSuccess chartbrew';
const CREDIBLE = 'createConnection CreateConnectionSuccess credible';
const BOTH = 'createConnections CreateConnectionsSuccess chartbrew,credible';
const NONE = 'createConnection ValidationError ';

describe('the scope audit:read', () => {
  it('without a pattern, all entries are listed', async () => {
    expect(await linesOf(as('auditor'))).toEqual([NONE, BOTH, CREDIBLE, CHARTBREW]);
    expect(await linesOf(as('auditor'), { caller: 'writer' })).toHaveLength(4);
  });

  it('with patterns, only entries of which all instances match are listed', async () => {
    expect(await linesOf(as('one'))).toEqual([CREDIBLE]);
    expect(await linesOf(as('two'))).toEqual([BOTH, CREDIBLE, CHARTBREW]);
    expect(await linesOf(as('two'), { secret: 'pw-secret-1', instance: 'credible' })).toEqual([BOTH, CREDIBLE]);
    expect(await linesOf(as('reader'))).toEqual([]);
  });

  it('an instance that is hidden is like one that is not configured', async () => {
    for (const filter of [{ instance: 'chartbrew' }, { instance: 'tableau' }, { connection: inChartbrew }]) {
      expect(await linesOf(as('one'), filter)).toEqual([]);
    }
  });

  it('an instance that is seen, and not allowed, is refused', async () => {
    for (const filter of [{ instance: 'chartbrew' }, { connection: inChartbrew }]) {
      const answer = await guarded.askAs('reader', AUDIT, { filter });
      expect(answer.data).toEqual({ audit: null });
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'PERMISSION_DENIED',
        instance: 'chartbrew',
        missingScope: 'audit:read',
      });
    }
  });

  it('without the scope, the audit is null with an error, and the rest of the query is answered', async () => {
    const answer = await guarded.askAs('writer', '{ audit { nodes { mutation } } viewer { name } }');
    expect(answer.data).toEqual({ audit: null, viewer: { name: 'writer' } });
    expect(refusalsOf(answer)).toEqual([['PERMISSION_DENIED', 'This needs the scope audit:read.']]);
  });
});

describe('the history of a connection', () => {
  const HISTORY = `query ($id: ID!, $first: Int, $after: String) { connection(id: $id) { name
    history(first: $first, after: $after) { nodes { mutation outcome instances } pageInfo { hasNextPage endCursor } } } }`;

  it('the entries of the connection are listed, in pages', async () => {
    await mutate(as('writer'), 'testConnection', { id: inChartbrew });
    const whole = await guarded.askAs('auditor', HISTORY, { id: inChartbrew });
    expect(whole.data.connection.history.nodes.map(brief)).toEqual([
      'testConnection TestConnectionSuccess chartbrew',
      CHARTBREW,
    ]);
    const first = await guarded.askAs('auditor', HISTORY, { id: inChartbrew, first: 1 });
    const { hasNextPage, endCursor: after } = first.data.connection.history.pageInfo;
    expect(hasNextPage).toBe(true);
    const second = await guarded.askAs('auditor', HISTORY, { id: inChartbrew, first: 1, after });
    expect(second.data.connection.history.nodes.map(brief)).toEqual([CHARTBREW]);
    expect(second.data.connection.history.pageInfo.hasNextPage).toBe(false);
  });

  it('without the scope for its instance, the history is null with an error, and the connection is answered', async () => {
    for (const name of ['writer', 'reader']) {
      const answer = await guarded.askAs(name, HISTORY, { id: inCredible });
      expect(answer.data).toEqual({ connection: { name: 'orders', history: null } });
      expect(answer.errors).toHaveLength(1);
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'PERMISSION_DENIED',
        instance: 'credible',
        missingScope: 'audit:read',
      });
    }
  });

  it('an invalid page is refused before execution', async () => {
    const answer = await guarded.askAs('auditor', HISTORY, { id: inCredible, first: 1000 });
    expect(refusalsOf(answer)).toEqual([
      ['BAD_USER_INPUT', 'Argument first on Connection.history: Must be between 0 and 200.'],
    ]);
  });
});

it('a caller may search by a secret as often as the limit says, and the rest of the query is answered', async () => {
  const limited = await startGuarded([{ name: 'auditor', scopes: ['audit:read'] }], {
    limits: { perMinute: { ...NO_LIMITS.perMinute, secretSearches: 2 } },
  });
  onTestFinished(() => limited.test.close());
  const query = `query ($secret: SecretString!) { one: audit(filter: { secret: $secret }) { nodes { mutation } }
    two: audit(filter: { secret: $secret }) { nodes { mutation } } viewer { name } }`;
  const allowed = await limited.askAs('auditor', query, { secret: 'pw-secret-1' });
  expect(allowed.data).toEqual({ one: { nodes: [] }, two: { nodes: [] }, viewer: { name: 'auditor' } });
  const refused = await limited.askAs('auditor', query, { secret: 'pw-secret-1' });
  expect(refused.status).toBe(429);
  expect(refused.data).toEqual({ one: null, two: null, viewer: { name: 'auditor' } });
  expect(refused.errors?.[0]).toMatchObject({
    message: expect.stringMatching(
      /^This caller sent more than 2 searches by a secret in a minute: the limit is `limits\.perMinute\.secretSearches`\./,
    ),
    extensions: { code: 'RATE_LIMITED', limit: { name: 'perMinute.secretSearches', value: 2 } },
  });
  expect((await limited.askAs('auditor', AUDIT)).data.audit.nodes).toEqual([]);
});
