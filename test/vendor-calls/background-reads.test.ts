// Reads of Chartbrew by id, which are never aborted: their callers are answered at the deadline, and at most four reads continue in
// the background.
import { describe, expect, it, onTestFinished } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { idOf } from '../support/watched-gateway.ts';
import { createManualDeadline } from '../support/manual-deadline.ts';
import { callsOf, list, STANDARD } from './requests-and-counts.ts';

const MAX_IN_BACKGROUND = 4;

/**
 * Starts a gateway at a Chartbrew that answers no read by id until `answerAll` is called. The deadlines of the reads pass when the
 * vendor has received as many reads as may continue, or by the clock when `readMs` is provided.
 */
async function playHanging(readMs?: number) {
  const waiting: (() => void)[] = [];
  const state = { isHanging: true };
  const answerAll = () => {
    state.isHanging = false;
    for (const answer of waiting) answer();
  };
  const deadline = createManualDeadline();
  const hang = async () => {
    const answered = new Promise<void>((resolve) => void waiting.push(resolve));
    // Later, so that a read too many would be seen.
    if (waiting.length === MAX_IN_BACKGROUND) setTimeout(deadline.capture(), 100);
    await answered;
  };
  const played = await startStubbedGateway(
    'chartbrew',
    async ({ path }) => {
      if (path.endsWith('/connections')) return { status: 200, body: [{ id: 1, name: 'row', type: 'mysql' }] };
      if (state.isHanging) await hang();
      return { status: 200, body: { id: Number(path.split('/').at(-1)), name: 'row', type: 'mysql' } };
    },
    { ...STANDARD, cache: { ttlMs: 0, staleMs: 0 }, timeouts: { readMs: readMs ?? deadline.durationMs } },
  );
  onTestFinished(async () => {
    answerAll();
    await played.close();
  });
  return { gateway: played.gateway, calls: () => callsOf(played.origin), answerAll };
}

const READ = 'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection { name secrets { status } } } }';
/** Returns the reason for each of these ids that could not be read. */
async function unavailable({ ask }: TestGateway, ids: readonly number[]): Promise<unknown[]> {
  const { errors } = await ask(READ, { ids: ids.map((id) => idOf(`v1:c:chartbrew:${id}`)) });
  return (errors ?? []).map(({ extensions }) => extensions['unavailable']);
}

const BY_ID = (id: number) => `GET /team/7/connections/${id}`;
const READ_MS = 300;

describe('reads of Chartbrew by id that hang', () => {
  it('the caller of a read that hangs is answered at its deadline', async () => {
    const { gateway } = await playHanging(READ_MS);
    const began = performance.now();
    expect(await unavailable(gateway, [1])).toEqual(['TIMEOUT']);
    expect(performance.now() - began).toBeGreaterThanOrEqual(READ_MS - 10);
    // Nothing else ends the read before 10 s of silence.
    expect(performance.now() - began).toBeLessThan(9000);
  });

  it('four reads continue in the background; a fifth is refused and not sent, and lists still work', async () => {
    const { gateway, calls } = await playHanging();
    expect(await unavailable(gateway, [1, 2, 3, 4])).toEqual(['TIMEOUT', 'TIMEOUT', 'TIMEOUT', 'TIMEOUT']);
    expect(await unavailable(gateway, [5])).toEqual(['CIRCUIT_OPEN']);
    expect(await list(gateway, 'chartbrew')).toMatchObject({ count: 1, error: null });
    expect((await calls()).toSorted()).toEqual(['GET /team/7/connections', BY_ID(1), BY_ID(2), BY_ID(3), BY_ID(4)]);
  });

  it('only four reads continue in the background when twelve start at once', async () => {
    const { gateway, calls } = await playHanging();
    const ids = Array.from({ length: 12 }, (_, at) => at + 1);
    expect(await unavailable(gateway, ids)).toEqual(ids.map(() => 'TIMEOUT'));
    expect(await calls()).toHaveLength(4);
  });

  it('a read that ends in the background makes room for another, and reads that never started are not sent later', async () => {
    const { gateway, calls, answerAll } = await playHanging();
    await unavailable(gateway, [1, 2, 3, 4, 5, 6]);
    answerAll();
    await expect.poll(() => unavailable(gateway, [7]), { timeout: 15_000 }).toEqual([]);
    expect((await calls()).toSorted()).toEqual([BY_ID(1), BY_ID(2), BY_ID(3), BY_ID(4), BY_ID(7)]);
  });
});
