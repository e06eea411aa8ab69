// What every store of idempotency keys promises. Times are expressed by leases that are over at once or last long, so that no test waits.
import { expect, it } from 'vitest';
import type { IdempotencyStore } from '../../src/services/idempotency/idempotency.ts';

/** A store, with what a test does to it from outside. */
export interface TestedStore {
  readonly keys: IdempotencyStore;
  /** Lets a day pass for all keys. */
  readonly passDay: () => Promise<void>;
}

const HOUR_MS = 3_600_000;
/** The lease of an attempt that gives signs of life. */
export const alive = (attempt: string) => ({ attempt, leaseMs: HOUR_MS });
/** The lease of an attempt that dies at once. */
export const dying = (attempt: string) => ({ attempt, leaseMs: 0 });
const known = (attempt: string) => ({ attempt, isKnown: true });
const unknown = (attempt: string) => ({ attempt, isKnown: false });

/** @param open returns the store of a new place. */
export function describeStoreContract(open: () => Promise<TestedStore>): void {
  it('a key is taken once, and another input is refused', async () => {
    const { keys } = await open();
    expect(await keys.begin('k', 'input', alive('a'))).toEqual({ state: 'NEW' });
    expect(await keys.begin('k', 'input', alive('b'))).toEqual({ state: 'IN_PROGRESS' });
    expect(await keys.begin('k', 'other', alive('b'))).toEqual({ state: 'OTHER_INPUT' });
    expect(await keys.begin('l', 'other', alive('b'))).toEqual({ state: 'NEW' });
  });

  it('the answer of a finished key is returned', async () => {
    const { keys } = await open();
    await keys.begin('k', 'input', alive('a'));
    expect(await keys.markSending('k', 'a')).toBe(true);
    await keys.finish('k', { id: 'x', warnings: [{ code: 'C' }] }, known('a'));
    const answer = { id: 'x', warnings: [{ code: 'C' }] };
    expect(await keys.begin('k', 'input', alive('b'))).toEqual({ state: 'DONE', answer });
    expect(await keys.begin('k', 'other', alive('b'))).toEqual({ state: 'OTHER_INPUT' });
  });

  it('a released key is free for any input', async () => {
    const { keys } = await open();
    await keys.begin('k', 'input', alive('a'));
    await keys.release('k', 'a');
    expect(await keys.begin('k', 'other', alive('b'))).toEqual({ state: 'NEW' });
  });

  it('of 50 requests at once one gets the key', async () => {
    const { keys } = await open();
    const attempts = Array.from({ length: 50 }, (_, index) => keys.begin('k', 'input', alive(`a${index}`)));
    const states = (await Promise.all(attempts)).map(({ state }) => state);
    expect(states.filter((state) => state === 'NEW')).toHaveLength(1);
    expect(states.filter((state) => state === 'IN_PROGRESS')).toHaveLength(49);
  });

  it('of 50 requests at once one takes over the key of a dead attempt', async () => {
    const { keys } = await open();
    await keys.begin('k', 'input', dying('dead'));
    const attempts = Array.from({ length: 50 }, (_, index) => keys.begin('k', 'input', alive(`a${index}`)));
    const states = (await Promise.all(attempts)).map(({ state }) => state);
    expect(states.filter((state) => state === 'NEW')).toHaveLength(1);
  });

  it('an attempt whose claim was taken over may not send, and its end changes nothing', async () => {
    const { keys } = await open();
    await keys.begin('k', 'input', dying('late'));
    expect(await keys.begin('k', 'input', alive('b'))).toEqual({ state: 'NEW' });
    expect(await keys.markSending('k', 'late')).toBe(false);
    await keys.release('k', 'late');
    await keys.finish('k', { id: 'late' }, known('late'));
    expect(await keys.begin('k', 'input', alive('c'))).toEqual({ state: 'IN_PROGRESS' });
    expect(await keys.markSending('k', 'b')).toBe(true);
  });

  it('an attempt may not send under a key that was released and taken again', async () => {
    const { keys } = await open();
    await keys.begin('k', 'input', dying('late'));
    await keys.begin('k', 'input', alive('b'));
    await keys.release('k', 'b');
    await keys.begin('k', 'input', alive('c'));
    expect(await keys.markSending('k', 'late')).toBe(false);
  });

  it('a dead attempt with another input keeps its key', async () => {
    const { keys } = await open();
    await keys.begin('k', 'input', dying('dead'));
    expect(await keys.begin('k', 'other', alive('b'))).toEqual({ state: 'OTHER_INPUT' });
  });

  it('who follows an attempt that may have sent learns so, also after another that only looked', async () => {
    const { keys } = await open();
    await keys.begin('k', 'input', dying('dead'));
    await keys.markSending('k', 'dead');
    const found = await keys.begin('k', 'input', dying('b'));
    expect(found).toEqual({ state: 'SENT', sentAt: expect.any(Date) });
    expect(found.state === 'SENT' && Math.abs(found.sentAt.getTime() - Date.now())).toBeLessThan(60_000);
    expect(await keys.begin('k', 'input', alive('c'))).toEqual(found);
  });

  it('an attempt that gives signs of life keeps its key', async () => {
    const { keys } = await open();
    await keys.begin('k', 'input', dying('a'));
    await keys.renew('k', alive('a'));
    expect(await keys.begin('k', 'input', alive('b'))).toEqual({ state: 'IN_PROGRESS' });
    await keys.renew('k', dying('a'));
    expect(await keys.begin('k', 'input', alive('c'))).toEqual({ state: 'NEW' });
    await keys.renew('k', dying('a'));
    expect(await keys.begin('k', 'input', alive('d'))).toEqual({ state: 'IN_PROGRESS' });
  });

  it('the success of a sender that was given up replaces what the next attempt does not know', async () => {
    const { keys } = await open();
    await keys.begin('k', 'input', dying('sender'));
    await keys.markSending('k', 'sender');
    await keys.begin('k', 'input', alive('looker'));
    await keys.finish('k', { id: 'unknown' }, unknown('looker'));
    await keys.finish('k', { id: 'x' }, known('sender'));
    expect(await keys.begin('k', 'input', alive('c'))).toEqual({ state: 'DONE', answer: { id: 'x' } });
  });

  it('an unknown outcome replaces nothing that is known', async () => {
    const { keys } = await open();
    await keys.begin('k', 'input', dying('sender'));
    await keys.markSending('k', 'sender');
    await keys.begin('k', 'input', alive('looker'));
    await keys.finish('k', { id: 'x' }, known('looker'));
    await keys.finish('k', { id: 'unknown' }, unknown('sender'));
    await keys.finish('k', { id: 'other' }, known('sender'));
    await keys.release('k', 'sender');
    expect(await keys.begin('k', 'input', alive('c'))).toEqual({ state: 'DONE', answer: { id: 'x' } });
  });

  it('a finished key is free after a day, and a running one is not', async () => {
    const { keys, passDay } = await open();
    await keys.begin('done', 'input', alive('a'));
    await keys.markSending('done', 'a');
    await keys.finish('done', { id: 'x' }, known('a'));
    await keys.begin('running', 'input', alive('a'));
    await passDay();
    await keys.renew('running', alive('a'));
    expect(await keys.begin('done', 'other', alive('b'))).toEqual({ state: 'NEW' });
    expect(await keys.begin('done', 'other', alive('c'))).toEqual({ state: 'IN_PROGRESS' });
    expect(await keys.begin('running', 'input', alive('b'))).toEqual({ state: 'IN_PROGRESS' });
    await keys.check();
  });
}
