// Reads of Chartbrew by id, which are never hung up on: their callers are answered in time, and only a few go on alone.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { playVendor } from '../support/stub-vendor.ts';
import { idOf } from '../support/watched-gateway.ts';
import { callsOf, list, STANDARD } from './asking.ts';

/** A Chartbrew that answers no read by id until it is let. */
async function playHanging(readMs: number) {
  const held: (() => void)[] = [];
  const state = { isHanging: true };
  const letGo = () => {
    state.isHanging = false;
    for (const answer of held) answer();
  };
  const played = await playVendor(
    'chartbrew',
    async ({ path }) => {
      if (path.endsWith('/connections')) return { status: 200, body: [{ id: 1, name: 'row', type: 'mysql' }] };
      if (state.isHanging) await new Promise<void>((resolve) => void held.push(resolve));
      return { status: 200, body: { id: Number(path.split('/').at(-1)), name: 'row', type: 'mysql' } };
    },
    { ...STANDARD, cache: { ttlMs: 0, staleMs: 0 }, timeouts: { readMs } },
  );
  onTestFinished(async () => {
    letGo();
    await played.close();
  });
  return { gateway: played.gateway, calls: () => callsOf(played.origin), letGo };
}

const READ = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection { name secrets { status } } } }';
/** Why each of some ids could not be read. */
async function unavailable({ ask }: TestGateway, ids: readonly number[]): Promise<unknown[]> {
  const { errors } = await ask(READ, { ids: ids.map((id) => idOf(`v1:c:chartbrew:${id}`)) });
  return (errors ?? []).map(({ extensions }) => extensions['unavailable']);
}

const BY_ID = (id: number) => `GET /team/7/connections/${id}`;
const READ_MS = 300;

describe('reads of Chartbrew by id that hang', () => {
  it('are answered at their deadline', async () => {
    const { gateway } = await playHanging(READ_MS);
    const began = performance.now();
    expect(await unavailable(gateway, [1])).toEqual(['TIMEOUT']);
    expect(performance.now() - began).toBeGreaterThanOrEqual(READ_MS - 10);
    expect(performance.now() - began).toBeLessThan(READ_MS + 500);
  });

  it('go on alone, four of them; a fifth is refused and not sent, and lists are as ever', async () => {
    const { gateway, calls } = await playHanging(READ_MS);
    expect(await unavailable(gateway, [1, 2, 3, 4])).toEqual(['TIMEOUT', 'TIMEOUT', 'TIMEOUT', 'TIMEOUT']);
    expect(await unavailable(gateway, [5])).toEqual(['CIRCUIT_OPEN']);
    expect(await list(gateway, 'chartbrew')).toMatchObject({ count: 1, error: null });
    expect((await calls()).toSorted()).toEqual(['GET /team/7/connections', BY_ID(1), BY_ID(2), BY_ID(3), BY_ID(4)]);
  });

  it('go on alone, four of them, even when twelve come at once', async () => {
    const { gateway, calls } = await playHanging(READ_MS);
    const ids = Array.from({ length: 12 }, (_, at) => at + 1);
    expect(await unavailable(gateway, ids)).toEqual(ids.map(() => 'TIMEOUT'));
    expect(await calls()).toHaveLength(4);
  });

  it('make room when they end; those that never had their turn are not sent later', async () => {
    const { gateway, calls, letGo } = await playHanging(READ_MS);
    await unavailable(gateway, [1, 2, 3, 4, 5, 6]);
    letGo();
    await expect.poll(() => unavailable(gateway, [7])).toEqual([]);
    expect((await calls()).toSorted()).toEqual([BY_ID(1), BY_ID(2), BY_ID(3), BY_ID(4), BY_ID(7)]);
  });
});
