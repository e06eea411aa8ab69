// Random runs of reads, writes and failures on a fake clock: whether a read is shared, cached or served stale, it never returns data
// older than a write that was acknowledged before the read began.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { VendorError } from '../../src/domain/errors.ts';
import { createCachedReads, type ListRead } from '../../src/services/cached-reads.ts';
import {
  createVersionedInstance,
  LEFT,
  settle,
  versionOf,
  type VersionedInstance,
} from '../support/versioned-instance.ts';
import { isExhaustive } from '../support/exhaustive.ts';

const RUNS = isExhaustive ? 5000 : 1000;

const TTL_MS = 5000;
const STALE_MS = 60_000;

/** A step of a run; `pick` chooses among what is under way. */
const steps = fc.array(
  fc.record({
    does: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('list', 'fresh list', 'list with trash', 'get', 'fresh get') },
      { weight: 2, arbitrary: fc.constantFrom('write', 'write', 'change', 'leave') },
      { weight: 5, arbitrary: fc.constantFrom('look', 'answer', 'answer', 'answer', 'fail') },
      { weight: 1, arbitrary: fc.constantFrom('to the ttl', 'to staleness') },
    ),
    pick: fc.nat(20),
  }),
  { minLength: 4, maxLength: 40, size: 'max' },
);

interface Begun {
  readonly does: string;
  /** The versions of the latest acknowledged write and of the store. */
  readonly floor: number;
  readonly store: number;
  readonly at: number;
  /** When the latest call began whose list had been returned. */
  readonly newest: number;
  readonly leaves: AbortController;
}

const kindOf = (does: string) => (does === 'list with trash' ? 'withTrash' : 'plain');

function createRun() {
  let time = 1_000_000;
  let events = 0;
  let floor = 0;
  let lastWrite = 0;
  const order = () => (events += 1);
  const now = () => time;
  const place: VersionedInstance = createVersionedInstance({ ttlMs: TTL_MS, staleMs: STALE_MS }, now, order);
  const { instance, pending } = place;
  const reads = createCachedReads(now);
  const waiting = new Set<Begun>();
  const newest = { plain: 0, withTrash: 0 };
  const counts = { cached: 0, stale: 0, acknowledged: 0 };

  const problems: string[] = [];
  /** Records a problem. An `expect` for each of 100,000 checks would take most of the time. */
  const check = (isTrue: boolean, problem: string) => void (isTrue || problems.push(problem));

  function checkList(begun: Begun, { rows, readAt, error }: ListRead): void {
    const version = versionOf(rows[0]);
    check(version >= begun.floor, `${begun.does} is older than a write`);
    const includeDeleted = begun.does === 'list with trash';
    const sources = place.answered.filter(
      (answer) =>
        answer.includeDeleted === includeDeleted && answer.version === version && answer.at === readAt.getTime(),
    );
    check(sources.length > 0, 'the rows and their time are not those of one answer');
    const began = Math.max(...sources.map((source) => source.began));
    check(began >= begun.newest, 'an answer is older than one that was returned before');
    if (error) {
      counts.stale += 1;
      check(error.message === 'list failed', `a stale list has the error: ${error.message}`);
      check(time - readAt.getTime() < STALE_MS, 'a stale list is too old');
      check(began > lastWrite, 'a stale list is from before a write');
      return;
    }
    check(begun.does !== 'fresh list' || version >= begun.store, 'a fresh list is older than its request');
    check(begun.at - readAt.getTime() < TTL_MS, 'a list is older than its time to live');
    if (readAt.getTime() < begun.at) counts.cached += 1;
    newest[kindOf(begun.does)] = Math.max(newest[kindOf(begun.does)], began);
  }

  function checkFailure(begun: Begun, error: VendorError): void {
    if (begun.leaves.signal.aborted && error.message === LEFT) return;
    const expected = begun.does.endsWith('get') ? 'get failed' : 'list failed';
    check(error.message === expected, `a failure of another call: ${error.message}`);
    check(error.instance === instance, 'the error is of another instance');
  }

  async function read(does: string): Promise<void> {
    const begun: Begun = {
      does,
      floor,
      store: place.version(),
      at: time,
      newest: newest[kindOf(does)],
      leaves: new AbortController(),
    };
    const request = { signal: begun.leaves.signal, isFresh: does.startsWith('fresh') };
    waiting.add(begun);
    try {
      if (does.endsWith('get')) {
        const version = versionOf((await reads.get(instance, 'c', request)) ?? undefined);
        check(version >= begun.floor, 'a get is older than a write');
        check(does !== 'fresh get' || version >= begun.store, 'a fresh get is older than its request');
      } else {
        checkList(begun, await reads.list(instance, { ...request, includeDeleted: does === 'list with trash' }));
      }
    } catch (error) {
      if (!(error instanceof Error) || !('instance' in error)) throw error;
      checkFailure(begun, error as VendorError);
    } finally {
      waiting.delete(begun);
    }
  }

  async function write(): Promise<void> {
    lastWrite = order();
    try {
      const made = await reads.write(instance, () => place.write());
      floor = Math.max(floor, made);
      counts.acknowledged += 1;
    } catch (error) {
      const { name } = error as Error;
      check(name === 'VendorUnavailableError' || name === 'OutcomeUnknownError', `a write fails with ${name}`);
    } finally {
      lastWrite = order();
    }
  }

  const clock: Record<string, number> = { 'to the ttl': TTL_MS - 10, 'to staleness': STALE_MS - 10 };

  /** Performs a step. Returns the promise of a read or a write; undefined for any other step. */
  function take(does: string, pick: number): Promise<void> | undefined {
    time += 1;
    const call = pending[pick % Math.max(1, pending.length)];
    if (does === 'look' || does === 'answer' || does === 'fail') call?.[does]();
    else if (does === 'change') place.change();
    else if (does === 'leave') [...waiting][pick % Math.max(1, waiting.size)]?.leaves.abort();
    else if (does in clock) time += clock[does] as number;
    else return does === 'write' ? write() : read(does);
    return undefined;
  }

  return { take, pending, waiting, counts, problems };
}

const ANSWERS = new Set(['answer', 'fail']);

/** Waits until all callers of an answer have continued: each needs a turn of the event loop. */
async function deliver(turns: number): Promise<void> {
  for (let turn = 0; turn <= turns; turn += 1) await settle();
}

it('no read is older than an acknowledged write, in 5,000 random runs', { timeout: 240_000 }, async () => {
  const all = { cached: 0, stale: 0, acknowledged: 0 };
  await fc.assert(
    fc.asyncProperty(steps, async (run) => {
      const { take, pending, waiting, counts, problems } = createRun();
      const begun: Promise<void>[] = [];
      for (const { does, pick } of run) {
        const running = take(does, pick);
        // A check that fails is reported below.
        running?.catch(() => {});
        if (running) begun.push(running);
        await (ANSWERS.has(does) ? deliver(waiting.size) : settle());
      }
      while (pending.length > 0) {
        pending[0]?.answer();
        await deliver(waiting.size);
      }
      expect(waiting.size, 'nobody waits for ever').toBe(0);
      await Promise.all(begun);
      expect(problems).toEqual([]);
      for (const key of ['cached', 'stale', 'acknowledged'] as const) all[key] += counts[key];
    }),
    { numRuns: RUNS },
  );
  // The random runs covered the cases of this test.
  expect(all.cached).toBeGreaterThan(RUNS / 10);
  expect(all.stale).toBeGreaterThan(RUNS / 50);
  expect(all.acknowledged).toBeGreaterThan(RUNS * 0.4);
});
