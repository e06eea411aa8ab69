// What every store of operations promises. Leases are as in contract.ts.
import { expect, it } from 'vitest';
import type {
  NewOperation,
  NewTarget,
  OperationStore,
  StoredOperation,
} from '../../src/services/operations/operation-store.ts';
import type { Store } from '../../src/store/store.ts';
import { alive, dying } from './contract.ts';

/** A store of operations, with what a test does to it from outside. */
export interface TestedOperations {
  readonly operations: OperationStore;
  /** Lets a day pass for all operations, and the removal of old ones run. */
  readonly passDay: () => Promise<void>;
  /** Returns how often anybody wrote at each instance; null where no other process uses the store. */
  readonly writeCounts: Store['writeCounts'];
}

const target = (instance: string): NewTarget => ({ instance, connection: null, proof: null });
const PROOF = { vendorId: 'orders', dialect: 'postgres', keys: ['host'], tag: 'hmac' };
const operation = (id: string, more: Partial<NewOperation> = {}): NewOperation => ({
  id,
  key: null,
  caller: 'caller',
  mutation: 'createConnections',
  onFailure: 'COMPENSATE',
  unsearchable: [],
  origin: null,
  targets: [target('one'), target('two')],
  ...more,
});
const statesOf = (found: StoredOperation | null) => found?.targets.map(({ state }) => state);

/** @param open returns the store of a new place. */
export function describeOperationContract(open: () => Promise<TestedOperations>): void {
  it('a new operation is found by its id and by its key', async () => {
    const { operations } = await open();
    const targets = [{ instance: 'one', connection: 'c1', proof: PROOF }, target('two')];
    await operations.create(operation('a', { key: 'k', unsearchable: ['three'], targets }), alive('x'));
    const fresh = { state: 'NOT_STARTED', sentAt: null, changedAt: expect.any(Date), result: null };
    const expected = {
      ...operation('a', { key: 'k', unsearchable: ['three'] }),
      startedAt: expect.any(Date),
      finishedAt: null,
      isHeld: true,
      targets: [
        { position: 0, instance: 'one', connection: 'c1', proof: PROOF, ...fresh },
        { position: 1, instance: 'two', connection: null, proof: null, ...fresh },
      ],
    };
    expect(await operations.find({ id: 'a' })).toEqual(expected);
    expect(await operations.find({ key: 'k' })).toEqual(expected);
    expect(await operations.find({ id: 'b' })).toBeNull();
    expect(await operations.find({ key: 'l' })).toBeNull();
  });

  it('a new operation replaces the earlier one with its key', async () => {
    const { operations } = await open();
    await operations.create(operation('a', { key: 'k' }), alive('x'));
    await operations.create(operation('b', { key: 'k', targets: [target('three')] }), alive('y'));
    expect(await operations.find({ id: 'a' })).toBeNull();
    expect((await operations.find({ key: 'k' }))?.targets.map(({ instance }) => instance)).toEqual(['three']);
    expect(await operations.start('a', 0, 'x')).toBe(false);
  });

  it('each target is started once', async () => {
    const { operations } = await open();
    await operations.create(operation('a'), alive('x'));
    const starts = Array.from({ length: 20 }, () => operations.start('a', 1, 'x'));
    expect((await Promise.all(starts)).filter(Boolean)).toHaveLength(1);
    const found = await operations.find({ id: 'a' });
    expect(statesOf(found)).toEqual(['NOT_STARTED', 'SENDING']);
    expect(found?.targets[1]?.sentAt).toEqual(expect.any(Date));
  });

  it('only one attempt takes over an operation whose attempt is gone', async () => {
    const { operations } = await open();
    await operations.create(operation('a'), dying('x'));
    const takeOvers = Array.from({ length: 20 }, (_, index) => operations.takeOver('a', alive(`y${index}`)));
    expect((await Promise.all(takeOvers)).filter(Boolean)).toHaveLength(1);
    expect(await operations.takeOver('missing', alive('y'))).toBe(false);
  });

  it('an attempt that gives signs of life keeps its operation', async () => {
    const { operations } = await open();
    await operations.create(operation('a'), dying('x'));
    await operations.renew('a', alive('x'));
    expect(await operations.takeOver('a', alive('y'))).toBe(false);
    await operations.renew('a', dying('other'));
    expect(await operations.takeOver('a', alive('y'))).toBe(false);
  });

  it('an attempt that was given up starts nothing and ends nothing', async () => {
    const { operations } = await open();
    await operations.create(operation('a'), dying('late'));
    await operations.takeOver('a', alive('y'));
    expect(await operations.start('a', 0, 'late')).toBe(false);
    expect(await operations.finish('a', 'late')).toBe(false);
    await operations.settle('a', 0, { state: 'NOT_ATTEMPTED' }, 'late');
    expect(statesOf(await operations.find({ id: 'a' }))).toEqual(['NOT_STARTED', 'NOT_STARTED']);
    expect(await operations.finish('a', 'y')).toBe(true);
    expect(await operations.find({ id: 'a' })).toMatchObject({ finishedAt: expect.any(Date), isHeld: false });
  });

  it('a sender that was given up replaces what is not known, and nothing else', async () => {
    const { operations } = await open();
    await operations.create(operation('a'), dying('late'));
    await operations.start('a', 0, 'late');
    await operations.start('a', 1, 'late');
    await operations.takeOver('a', alive('y'));
    await operations.settle('a', 0, { state: 'UNKNOWN' }, 'y');
    await operations.settle('a', 1, { state: 'DONE', connection: 'found' }, 'y');
    await operations.settle('a', 0, { state: 'DONE', connection: 'c1', result: { id: 'c1' } }, 'late');
    await operations.settle('a', 0, { state: 'UNKNOWN' }, 'y');
    await operations.settle('a', 1, { state: 'REFUSED' }, 'late');
    const found = await operations.find({ id: 'a' });
    expect(statesOf(found)).toEqual(['DONE', 'DONE']);
    expect(found?.targets.map(({ connection }) => connection)).toEqual(['c1', 'found']);
    expect(found?.targets[0]?.result).toEqual({ id: 'c1' });
  });

  it('a state keeps the connection and the result of an earlier one', async () => {
    const { operations, writeCounts } = await open();
    await operations.create(operation('a'), alive('x'));
    await operations.start('a', 0, 'x');
    await operations.settle('a', 0, { state: 'DONE', connection: 'c1', result: { id: 'c1' } }, 'x');
    await operations.settle('a', 0, { state: 'UNDONE' }, 'x');
    const found = await operations.find({ id: 'a' });
    expect(found?.targets[0]).toMatchObject({ state: 'UNDONE', connection: 'c1', result: { id: 'c1' } });
    // Other replicas learn of the delete, for which nobody may have asked just now.
    expect((await writeCounts?.()) ?? null).toEqual(writeCounts && new Map([['one', '1']]));
  });

  it('the operations with something to undo are listed while nobody works on them', async () => {
    const { operations } = await open();
    await operations.create(operation('held'), alive('x'));
    await operations.create(operation('kept', { onFailure: 'KEEP' }), dying('x'));
    await operations.create(operation('begun'), dying('x'));
    for (const id of ['complete', 'late', 'undone']) {
      await operations.create(operation(id), dying('x'));
      await operations.start(id, 0, 'x');
      await operations.start(id, 1, 'x');
      await operations.settle(id, 0, { state: 'DONE' }, 'x');
      await operations.settle(id, 1, { state: id === 'complete' ? 'DONE' : 'REFUSED' }, 'x');
      if (id === 'undone') await operations.settle(id, 0, { state: 'UNDONE' }, 'x');
      await operations.finish(id, 'x');
    }
    expect((await operations.listAbandoned()).toSorted()).toEqual(['begun', 'late']);
  });

  it('an operation is removed a day after its last change', async () => {
    const { operations, passDay } = await open();
    await operations.create(operation('over'), dying('x'));
    await passDay();
    await operations.create(operation('new'), dying('x'));
    expect(await operations.find({ id: 'over' })).toBeNull();
    expect(statesOf(await operations.find({ id: 'new' }))).toEqual(['NOT_STARTED', 'NOT_STARTED']);
  });
}
