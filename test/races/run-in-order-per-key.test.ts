// Checks runInOrderPerKey: items with the same key run in order, different keys run concurrently, and nothing starts after a bug.
import { describe, expect, it } from 'vitest';
import { runInOrderPerKey } from '../../src/services/run-in-order-per-key.ts';
import { settle } from '../support/versioned-instance.ts';

/** Runs items of two keys, `a` and `b`. Each item ends when the test says so. */
function start(items: readonly string[], maxLanes: number) {
  const started: string[] = [];
  const ends = new Map<string, { resolve: (result: string) => void; reject: (error: Error) => void }>();
  const results = runInOrderPerKey(
    items,
    (item) => item[0],
    maxLanes,
    (item) =>
      new Promise<string>((resolve, reject) => {
        started.push(item);
        ends.set(item, { resolve, reject });
      }),
  );
  results.catch(() => {});
  const finish = async (item: string) => {
    ends.get(item)?.resolve(`done ${item}`);
    await settle();
  };
  const fail = async (item: string) => {
    ends.get(item)?.reject(new Error(`bug in ${item}`));
    await settle();
  };
  return { started, results, finish, fail };
}

describe('runInOrderPerKey', () => {
  it('runInOrderPerKey runs the items of a key in order, and different keys at the same time', async () => {
    const { started, results, finish } = start(['a1', 'b1', 'a2', 'b2'], 2);
    expect(started).toEqual(['a1', 'b1']);
    await finish('b1');
    expect(started).toEqual(['a1', 'b1', 'b2']);
    await finish('b2');
    await finish('a1');
    await finish('a2');
    expect(started).toEqual(['a1', 'b1', 'b2', 'a2']);
    expect(await results).toEqual(['done a1', 'done b1', 'done a2', 'done b2']);
  });

  it('runInOrderPerKey runs at most the allowed number of keys at the same time', async () => {
    const { started, results, finish } = start(['a1', 'b1', 'c1'], 1);
    expect(started).toEqual(['a1']);
    for (const item of ['a1', 'b1', 'c1']) await finish(item);
    expect(started).toEqual(['a1', 'b1', 'c1']);
    expect(await results).toHaveLength(3);
  });

  it('runInOrderPerKey starts no further item of any key after an item failed', async () => {
    const { started, results, finish, fail } = start(['a1', 'b1', 'a2', 'b2', 'c1'], 2);
    await fail('a1');
    expect(started).toEqual(['a1', 'b1']);
    await finish('b1');
    expect(started).toEqual(['a1', 'b1']);
    await expect(results).rejects.toThrow('bug in a1');
  });

  it('runInOrderPerKey waits for the items in flight before it throws', async () => {
    const { results, finish, fail } = start(['a1', 'b1'], 2);
    let isSettled = false;
    const settled = results.catch(() => {}).then(() => (isSettled = true));
    await fail('a1');
    expect(isSettled).toBe(false);
    await finish('b1');
    await settled;
    await expect(results).rejects.toThrow('bug in a1');
  });
});
