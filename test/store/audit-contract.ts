// What every store of audit entries promises.
import { expect, it } from 'vitest';
import type { AuditRecord } from '../../src/domain/audit-entry.ts';
import type { AuditFilter, AuditPosition, StoredEntry } from '../../src/services/audit/audit-store.ts';
import type { Store } from '../../src/store/store.ts';

const LEASE = { attempt: 'a', leaseMs: 60_000 };

let count = 0;

/** Returns the record of a create at Omni that has just ended. */
export function record(changes: Partial<AuditRecord> = {}): AuditRecord {
  count += 1;
  return {
    id: count.toString(16).padStart(32, '0'),
    endedAt: performance.now(),
    requestId: `request-${count}`,
    caller: 'ci',
    address: '192.0.2.7',
    mutation: 'createConnection',
    instances: ['omni'],
    connections: ['id-1'],
    outcome: 'CreateConnectionSuccess',
    isReplay: false,
    durationMs: 12,
    secrets: [{ path: 'input.config.postgres.password', tag: 'tag-1' }],
    secretChanges: [],
    ...changes,
  };
}

interface Asked extends AuditFilter {
  readonly visible?: readonly string[];
  readonly count?: number;
  readonly after?: AuditPosition;
}

/** Reads the entries of one selection. */
export async function read({ audit }: Store, asked: Asked = {}): Promise<readonly StoredEntry[]> {
  const { visible = null, count: most = 100, after = null, ...filter } = asked;
  const [entries] = await audit.read([{ filter, visible, count: most, after }]);
  return entries ?? [];
}

const idsOf = (entries: readonly { readonly id: string }[]): string[] => entries.map(({ id }) => id);

/** Stores records one after another, the oldest first. Returns their ids. */
async function fill({ audit }: Store, ...changes: readonly Partial<AuditRecord>[]): Promise<string[]> {
  const records = changes.map(record);
  for (const one of records) await audit.append(one);
  return idsOf(records);
}

const change = (connection: string, isFresh: boolean, ...set: string[]) => ({
  secretChanges: [{ connection, set, isFresh }],
});

/** @param open returns the store of a new place. */
export function describeAuditContract(open: () => Promise<Store>): void {
  it('an entry is returned as it was stored, without the tags of its secrets', async () => {
    const store = await open();
    const targets = [{ instance: 'omni', connection: 'id-1', status: 'DONE', compensation: 'FAILED' }];
    const before = Date.now();
    const stored = record({ traceId: 'trace', status: 'PARTIAL', targets, isReplay: true, caller: 'é "quoted"' });
    await store.audit.append(stored);
    const [entry] = await read(store);
    const { endedAt: _endedAt, secretChanges: _changes, ...facts } = stored;
    expect(entry).toEqual({ ...facts, secrets: ['input.config.postgres.password'], at: expect.any(Number) });
    expect(Math.abs((entry?.at ?? 0) - before)).toBeLessThan(60_000);
  });

  it('an entry is stored whatever the name of its caller and the id of its request are', async () => {
    const store = await open();
    const odd = 'a\u0000b\ud800';
    await store.keys.begin('k', 'input', LEASE);
    await store.keys.finish('k', { id: 'x' }, { attempt: 'a', isKnown: true }, record({ caller: odd, requestId: odd }));
    expect(await read(store)).toHaveLength(1);
    expect(await store.keys.begin('k', 'input', LEASE)).toMatchObject({ state: 'DONE' });
  });

  it('an entry that is stored late has the time at which its mutation ended', async () => {
    const store = await open();
    await store.audit.append(record({ endedAt: performance.now() - 3_600_000 }));
    const [entry] = await read(store);
    expect(Math.abs((entry?.at ?? 0) - (Date.now() - 3_600_000))).toBeLessThan(60_000);
  });

  it('an entry that is stored twice is there once', async () => {
    const store = await open();
    const twice = record({ secretChanges: [{ connection: 'id-1', set: ['config.a'], isFresh: true }] });
    await store.audit.append(twice);
    await store.audit.append(twice);
    expect(await read(store)).toHaveLength(1);
  });

  it('an entry is stored with the outcome of its key, also when the key belongs to others', async () => {
    const store = await open();
    const { keys } = store;
    const [finished, released, late, lateRelease] = [record(), record(), record(), record()];
    await keys.begin('k', 'input', LEASE);
    await keys.finish('k', { id: 'x' }, { attempt: 'a', isKnown: true }, finished);
    expect(await keys.begin('k', 'input', LEASE)).toEqual({ state: 'DONE', answer: { id: 'x' } });
    await keys.begin('l', 'input', LEASE);
    await keys.release('l', 'a', released);
    expect(await keys.begin('l', 'other', { ...LEASE, attempt: 'b' })).toEqual({ state: 'NEW' });
    await keys.finish('l', { id: 'late' }, { attempt: 'a', isKnown: true }, late);
    await keys.release('l', 'a', lateRelease);
    expect(await keys.begin('l', 'other', { ...LEASE, attempt: 'c' })).toEqual({ state: 'IN_PROGRESS' });
    expect(idsOf(await read(store))).toEqual(idsOf([lateRelease, late, released, finished]));
  });

  it('entries are found by connection, instance, secret, caller, mutation and outcome, alone and together', async () => {
    const store = await open();
    const [a, b, c] = await fill(
      store,
      { instances: ['omni', 'looker'], connections: ['id-1', 'id-2'] },
      { caller: 'Ci', mutation: 'updateConnection', outcome: 'ValidationError', secrets: [] },
      { instances: [], connections: [], secrets: [{ path: 'input.secret', tag: 'tag-2' }] },
    );
    const found = async (asked: Asked) => idsOf(await read(store, asked));
    expect(await found({})).toEqual([c, b, a]);
    expect(await found({ connection: 'id-1' })).toEqual([b, a]);
    expect(await found({ connection: 'id-2' })).toEqual([a]);
    expect(await found({ connection: 'ID-2' })).toEqual([]);
    expect(await found({ instance: 'looker' })).toEqual([a]);
    expect(await found({ tag: 'tag-2' })).toEqual([c]);
    expect(await found({ caller: 'Ci' })).toEqual([b]);
    expect(await found({ mutations: ['updateConnection', 'deleteConnection'] })).toEqual([b]);
    expect(await found({ outcomes: ['CreateConnectionSuccess'] })).toEqual([c, a]);
    expect(await found({ connection: 'id-1', instance: 'omni', tag: 'tag-1', caller: 'ci' })).toEqual([a]);
    expect(await found({ connection: 'id-1', instance: 'omni', outcomes: ['ValidationError'] })).toEqual([b]);
    expect(await found({ connection: 'id-1', tag: 'tag-2' })).toEqual([]);
  });

  it('entries are found by time: from the first time on, and before the second', async () => {
    const store = await open();
    const hour = 3_600_000;
    const endedAt = (hours: number) => performance.now() - hours * hour;
    const [old, middle, young] = await fill(store, { endedAt: endedAt(20) }, { endedAt: endedAt(10) }, {});
    const found = async (asked: Asked) => idsOf(await read(store, asked));
    const [, { at } = { at: 0 }] = await read(store);
    expect(await found({ since: at })).toEqual([young, middle]);
    expect(await found({ since: at + 1 })).toEqual([young]);
    expect(await found({ until: at })).toEqual([old]);
    expect(await found({ until: at + 1 })).toEqual([middle, old]);
    expect(await found({ since: at - hour, until: at + hour, connection: 'id-1' })).toEqual([middle]);
  });

  it('pages follow each other without a gap, also among entries of one millisecond', async () => {
    const store = await open();
    const endedAt = performance.now();
    const ids = await fill(store, ...Array.from({ length: 25 }, () => ({ endedAt })));
    for (const asked of [{}, { connection: 'id-1' }, { caller: 'ci', tag: 'tag-1' }]) {
      const seen: string[] = [];
      let after: AuditPosition | undefined;
      for (;;) {
        const page = await read(store, { ...asked, count: 10, ...(after && { after }) });
        seen.push(...idsOf(page));
        after = page.at(-1);
        if (!after) break;
      }
      expect(seen).toEqual(ids.toReversed());
    }
  });

  it('patterns of instances leave out every entry with another instance, or with none', async () => {
    const store = await open();
    const [eu, both] = await fill(
      store,
      { instances: ['omni-eu'] },
      { instances: ['omni-eu', 'omni-us'] },
      { instances: ['omni-eu', 'looker'] },
      { instances: ['omni'] },
      { instances: ['my-omni-eu'] },
      { instances: [] },
    );
    const found = async (...visible: string[]) => idsOf(await read(store, { visible }));
    expect(await found('omni-*')).toEqual([both, eu]);
    expect(await found('omni-eu')).toEqual([eu]);
    expect(await found('omni-eu', 'omni-us')).toEqual([both, eu]);
    expect(await found('none')).toEqual([]);
    expect(await found('*')).toHaveLength(5);
    expect(idsOf(await read(store, { visible: ['omni-*'], connection: 'id-1', count: 1 }))).toEqual([both]);
  });

  it('several selections are read at once, each with its own filter, count and position', async () => {
    const store = await open();
    const ids = await fill(store, { connections: ['a'] }, { connections: ['b'] }, { connections: ['a', 'b'] });
    const [, newest] = [await read(store), (await read(store))[0]];
    const selection = { visible: null, count: 10, after: null };
    const pages = await store.audit.read([
      { ...selection, filter: { connection: 'a' } },
      { ...selection, filter: { connection: 'none' } },
      { ...selection, filter: { connection: 'b' }, count: 1 },
      { ...selection, filter: { connection: 'b' }, after: newest ?? null },
    ]);
    expect(pages.map(idsOf)).toEqual([[ids[2], ids[0]], [], [ids[2]], [ids[1]]]);
    expect(await store.audit.read([])).toEqual([]);
  });

  it('the time at which a secret was set is that of the last entry that set it', async () => {
    const store = await open();
    const timesOf = async (...connections: string[]) =>
      (await store.audit.secretTimes(connections)).map(({ connection, path }) => `${connection} ${path}`).toSorted();
    await fill(store, change('one', true, 'config.a', 'config.b', 'config.a'), change('two', true, 'config.a'));
    expect(await timesOf('one', 'two', 'three')).toEqual(['one config.a', 'one config.b', 'two config.a']);
    const [created] = await read(store, { count: 1 });
    await fill(store, { ...change('one', false, 'config.a'), endedAt: performance.now() + 3_600_000 });
    const times = new Map((await store.audit.secretTimes(['one'])).map(({ path, at }) => [path, at]));
    expect(times.get('config.a')).toBeGreaterThan((created?.at ?? 0) + 3_000_000);
    expect(times.get('config.b')).toBeLessThanOrEqual(created?.at ?? 0);
    await fill(store, change('one', true, 'config.b', 'config.c'), change('two', true));
    expect(await timesOf('one', 'two')).toEqual(['one config.b', 'one config.c']);
    expect(await timesOf()).toEqual([]);
  });
}
