// createConnections that is sent again with the same idempotency key. The outcomes are stored when a connection may exist; when
// none exists, nothing is stored and the key may be used again.
import { describe, expect, it } from 'vitest';
import { fanOut, createMany, ORDERS, spelled, toAll } from './create-connections.ts';
import { useScriptedGateway, type Role, type Script } from './scripted-vendors.ts';

const looker = (key: string, script: Script = {}): Role => ({ key, vendor: 'looker', script });
const credible = (key: string, script: Script = {}): Role => ({ key, vendor: 'credible', script });

const FORBIDDEN = { isDone: false, answer: { status: 403, body: {} } } as const;
const CREATE_FAILS: Script = { create: FORBIDDEN };
const DELETE_FAILS: Script = { remove: FORBIDDEN };

const KEYED = { ...ORDERS, idempotencyKey: 'key-1' } as const;
const REFUSED_KEY = { __typename: 'ConflictError', conflict: 'IDEMPOTENCY_KEY_REUSED' };

describe('An idempotency key of a fan-out that left no connection', () => {
  it('an idempotency key can be used again after COMPENSATED', async () => {
    const gateway = await useScriptedGateway([looker('one'), credible('two', CREATE_FAILS), credible('three')]);
    const input = { ...KEYED, onFailure: 'COMPENSATE' };
    const first = await fanOut(gateway, { ...input, targets: toAll('one', 'two') });
    expect(first.status).toBe('COMPENSATED');
    const second = await fanOut(gateway, { ...input, targets: toAll('one', 'three') });
    expect(second.status).toBe('COMPLETE');
    expect(await gateway.writes()).toEqual(['one POST', 'two POST', 'one DELETE', 'one POST', 'three POST']);
  });

  it('an idempotency key can be used again after NOTHING_DONE', async () => {
    const gateway = await useScriptedGateway([looker('one'), credible('two', CREATE_FAILS)]);
    expect((await fanOut(gateway, { ...KEYED, targets: toAll('two') })).status).toBe('NOTHING_DONE');
    expect((await fanOut(gateway, { ...KEYED, targets: toAll('one') })).status).toBe('COMPLETE');
    expect(await gateway.writes()).toEqual(['two POST', 'one POST']);
  });
});

describe('An idempotency key of a fan-out that created a connection', () => {
  it('a repeated key returns the same outcomes without a write when some targets failed', async () => {
    const gateway = await useScriptedGateway([looker('one'), credible('two', CREATE_FAILS)]);
    const input = { ...KEYED, targets: toAll('one', 'two') };
    const first = await fanOut(gateway, input);
    expect(first.status).toBe('PARTIAL');
    expect(first.outcomes.map(spelled)).toEqual(['one DONE CreateConnectionSuccess', 'two REFUSED PermissionError']);
    expect(first.outcomes[1]?.result).toMatchObject({ instance: { key: 'two' }, vendorStatus: 403 });
    expect(await fanOut(gateway, input)).toEqual(first);
    expect((await gateway.writes()).toSorted()).toEqual(['one POST', 'two POST']);
  });

  it('a repeated key returns the same outcomes without a write when a compensation failed', async () => {
    const gateway = await useScriptedGateway([looker('one', DELETE_FAILS), credible('two', CREATE_FAILS)]);
    const input = { ...KEYED, targets: toAll('one', 'two'), onFailure: 'COMPENSATE' };
    const first = await fanOut(gateway, input);
    expect(first.status).toBe('COMPENSATION_INCOMPLETE');
    expect(first.outcomes.map(spelled)).toEqual([
      'one DONE CreateConnectionSuccess FAILED PermissionError',
      'two REFUSED PermissionError NOT_NEEDED',
    ]);
    expect(first.outcomes[0]?.compensation?.error).toMatchObject({ instance: { key: 'one' } });
    expect(await fanOut(gateway, input)).toEqual(first);
    expect(await gateway.writes()).toEqual(['one POST', 'two POST', 'one DELETE']);
  });

  it('a repeated key returns the warnings of a target again', async () => {
    const gateway = await useScriptedGateway([looker('one')]);
    const input = { ...KEYED, targets: [{ instance: 'one', name: 'ORDERS' }] };
    const first = await fanOut(gateway, input);
    expect(first.outcomes[0]?.result?.warnings).toMatchObject([
      { path: ['input', 'targets', '0', 'name'], code: 'NAME_NORMALIZED' },
    ]);
    expect(await fanOut(gateway, input)).toEqual(first);
  });

  it('a used key is refused for another input', async () => {
    const gateway = await useScriptedGateway([looker('one'), credible('two')]);
    await fanOut(gateway, { ...KEYED, targets: toAll('one') });
    expect(await createMany(gateway, { ...KEYED, targets: toAll('two') })).toMatchObject(REFUSED_KEY);
    expect(await createMany(gateway, { ...KEYED, targets: toAll('one'), onFailure: 'COMPENSATE' })).toMatchObject(
      REFUSED_KEY,
    );
    expect(await gateway.writes()).toEqual(['one POST']);
  });
});
