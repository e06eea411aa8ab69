// Callers with different scopes who send the same query at the same moment: in many interleavings (5,000 in an exhaustive run) each gets
// its own rows, and no read and no execution is shared. The lists of the vendors take a random number of turns of the event loop.
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { vendors } from '../../src/gateway.ts';
import type { ConnectionList } from '../../src/domain/instance.ts';
import { isExhaustive } from '../support/exhaustive.ts';
import { startGuarded, type GuardedGateway } from './tokens.ts';

const QUERY = `{
  viewer { name }
  connections(first: 200, orderBy: { field: NAME, direction: ASC }) {
    totalCount
    nodes { name }
    sources { instance { key } error { __typename } }
  }
}`;

const TOKENS = [
  { name: 'everywhere', scopes: ['connections:read'] },
  { name: 'omni-only', scopes: ['connections:read@omni'] },
  { name: 'no-rows', scopes: ['connections:test@omni', 'connections:read@looker'] },
];

/** What each caller gets, whatever the others do. Each list has one row, named like its instance. */
const read = (instance: string) => ({ instance: { key: instance }, error: null });
const EXPECTED = {
  everywhere: {
    viewer: { name: 'everywhere' },
    connections: {
      totalCount: 4,
      nodes: [{ name: 'chartbrew' }, { name: 'credible' }, { name: 'looker' }, { name: 'omni' }],
      sources: ['looker', 'omni', 'credible', 'chartbrew'].map(read),
    },
  },
  'omni-only': {
    viewer: { name: 'omni-only' },
    connections: { totalCount: 1, nodes: [{ name: 'omni' }], sources: [read('omni')] },
  },
  'no-rows': {
    viewer: { name: 'no-rows' },
    connections: {
      totalCount: null,
      nodes: [{ name: 'looker' }],
      sources: [read('looker'), { instance: { key: 'omni' }, error: { __typename: 'PermissionError' } }],
    },
  },
} as const;
type Name = keyof typeof EXPECTED;
const NAMES: readonly Name[] = ['everywhere', 'omni-only', 'no-rows'];

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
};

/** The keys of the instances whose lists were asked for, and how many turns the next lists take. */
const asked: string[] = [];
let delays: number[] = [];

/** Vendors whose lists have one row and take some turns. */
const slowVendors = vendors.map((vendor) => ({
  ...vendor,
  connect: (context: Parameters<typeof vendor.connect>[0]) => {
    const api = vendor.connect(context);
    let answer: ConnectionList | null = null;
    const list: typeof api.list = async (call) => {
      asked.push(context.label);
      await turns(delays[asked.length % delays.length] ?? 0);
      const whole = answer ?? (await api.list(call));
      if (whole === 'unchanged') throw new Error('No version was sent.');
      answer = { rows: whole.rows.slice(0, 1).map((row) => ({ ...row, name: context.label })), version: null };
      return answer;
    };
    return { ...api, list };
  },
})) as unknown as typeof vendors;

let guarded: GuardedGateway;
beforeAll(async () => {
  guarded = await startGuarded(TOKENS, {
    instances: (sandbox) => sandbox.map((one) => ({ ...one, label: one.key })),
    limits: { perMinute: { requests: 1_000_000 } },
    createGateway: { vendors: slowVendors },
  });
  await guarded.askAs('everywhere', QUERY);
});
afterAll(() => guarded.test.close());

it('callers who ask the same at the same moment get only what they may read, and share nothing', async () => {
  const request = fc.record({ name: fc.constantFrom(...NAMES), after: fc.nat(4) });
  const run = fc.record({
    requests: fc.array(request, { minLength: 0, maxLength: 1 }),
    starts: fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)),
    lists: fc.array(fc.nat(5), { minLength: 3, maxLength: 9 }),
  });
  await fc.assert(
    fc.asyncProperty(run, async ({ requests, starts, lists }) => {
      asked.length = 0;
      delays = lists;
      const all = [...NAMES.map((name, at) => ({ name, after: starts[at] ?? 0 })), ...requests];
      const answers = await Promise.all(
        all.map(async ({ name, after }) => {
          await turns(after);
          return guarded.askAs(name, QUERY);
        }),
      );
      answers.forEach(({ data }, at) => expect(data).toEqual(EXPECTED[all[at]?.name ?? 'no-rows']));
      // Two callers may read Omni and two may read Looker. Each makes its own calls, and only its second request may share them.
      const calls = (instance: string) => asked.filter((key) => key === instance).length;
      expect(calls('omni')).toBeGreaterThanOrEqual(2);
      expect(calls('looker')).toBeGreaterThanOrEqual(2);
      expect(asked.length).toBeLessThanOrEqual(6 + 4);
    }),
    { numRuns: isExhaustive ? 5000 : 300, endOnFailure: true },
  );
});
