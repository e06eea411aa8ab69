// The query `operation`: how far a fan-out or a rotation is, while it runs and after it.
import { EventEmitter, once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startGuarded } from '../authorization/tokens.ts';
import { fanOut, ORDERS, toAll } from '../fan-out/create-connections.ts';
import { useScriptedGateway, type Role as FanOutRole } from '../fan-out/scripted-vendors.ts';
import { idOf, rotate, SEEDS } from '../rotation/rotate.ts';
import { startScriptedGateway } from '../rotation/scripted-vendors.ts';
import type { TestGateway } from '../support/gateway.ts';

const OPERATION = `query ($by: OperationSelector!) { operation(by: $by) {
  id mutation status onFailure startedAt changedAt finishedAt
  counts { total notStarted sending done refused verificationFailed notAttempted unknown undone notUndone }
  targets { instance { key } connectionId state changedAt }
} }`;
const NONE = { notStarted: 0, sending: 0, done: 0, refused: 0, verificationFailed: 0, notAttempted: 0 };
const countsOf = (total: number, counts: object) => ({
  ...NONE,
  unknown: 0,
  undone: 0,
  notUndone: 0,
  total,
  ...counts,
});

const find = async ({ ask }: Pick<TestGateway, 'ask'>, by: object) => (await ask(OPERATION, { by })).data.operation;
const byKey = (mutation: string) => ({ key: { mutation, idempotencyKey: 'key-1' } });

interface Target {
  readonly instance: { readonly key: string };
  readonly state: string;
}
const spelled = ({ targets }: { targets: readonly Target[] }) =>
  targets.map(({ instance, state }) => `${instance.key} ${state}`);

const looker = (key: string, script: FanOutRole['script'] = {}): FanOutRole => ({ key, vendor: 'looker', script });
const FORBIDDEN = { isDone: false, answer: { status: 403, body: {} } } as const;
const LOST = { isDone: true, answer: { status: 504, body: {} } } as const;

describe('The operation of a rotation', () => {
  it('its progress is visible by the idempotency key before the mutation has answered', async () => {
    const events = new EventEmitter();
    const held = once(events, 'go on');
    const gateway = await startScriptedGateway([
      { key: 'looker', vendor: 'looker' },
      { key: 'chartbrew', vendor: 'chartbrew', before: async (kind) => (kind === 'write' ? held : undefined) },
    ]);
    onTestFinished(() => gateway.close());
    const ids = [idOf('looker', SEEDS.looker.id), idOf('chartbrew', SEEDS.chartbrew.id)];
    const by = byKey('ROTATE_CONNECTION_SECRET');
    expect(await find(gateway, by)).toBeNull();
    const input = { secret: 'pw-secret-2', idempotencyKey: 'key-1', connections: { ids } };
    const running = rotate(gateway, input);
    const isHalf = async () => spelled((await find(gateway, by)) ?? { targets: [] }).join();
    await expect.poll(isHalf, { timeout: 20_000 }).toBe('looker DONE,chartbrew SENDING');
    const half = await find(gateway, by);
    expect(half).toMatchObject({ mutation: 'ROTATE_CONNECTION_SECRET', status: 'RUNNING', onFailure: null });
    expect(half).toMatchObject({ finishedAt: null, counts: countsOf(2, { done: 1, sending: 1 }) });
    expect(half.targets.map(({ connectionId }: { connectionId: string }) => connectionId)).toEqual(ids);
    events.emit('go on');
    await running;
    const ended = await find(gateway, { id: half.id });
    expect(ended).toMatchObject({ status: 'FINISHED', counts: countsOf(2, { done: 2 }), startedAt: half.startedAt });
    expect(ended.changedAt >= ended.targets[1].changedAt).toBe(true);
    expect(await find(gateway, by)).toEqual(ended);
  });

  it('the answer of the mutation has its id, and a dry run has none', async () => {
    const gateway = await startScriptedGateway([{ key: 'looker', vendor: 'looker' }]);
    onTestFinished(() => gateway.close());
    const id = idOf('looker', SEEDS.looker.id);
    const rotateTo = async (more: object) => {
      const input = { connections: { ids: [id] }, secret: 'pw-secret-2', field: 'PASSWORD', ...more };
      const document = `mutation ($input: RotateConnectionSecretInput!) { rotateConnectionSecret(input: $input) {
        ... on RotateConnectionSecretSuccess { rotation { operationId } } } }`;
      return (await gateway.ask(document, { input })).data.rotateConnectionSecret.rotation.operationId;
    };
    expect(await rotateTo({ dryRun: true })).toBeNull();
    const operation = await rotateTo({ idempotencyKey: 'key-1' });
    expect(await find(gateway, { id: operation })).toMatchObject({ targets: [{ connectionId: id, state: 'DONE' }] });
    expect(await rotateTo({ idempotencyKey: 'key-1' })).toBe(operation);
  });
});

describe('The operation of a fan-out', () => {
  it.each([
    ['COMPENSATE', ['one UNDONE', 'two REFUSED', 'three NOT_ATTEMPTED'], { undone: 1, refused: 1, notAttempted: 1 }],
    ['KEEP', ['one DONE', 'two REFUSED', 'three DONE'], { done: 2, refused: 1 }],
  ])('with %s it tells what became of each target', async (onFailure, states, counts) => {
    const gateway = await useScriptedGateway([looker('one'), looker('two', { create: FORBIDDEN }), looker('three')]);
    const targets = toAll('one', 'two', 'three');
    const { outcomes } = await fanOut(gateway, { ...ORDERS, onFailure, targets, idempotencyKey: 'key-1' });
    const found = await find(gateway, byKey('CREATE_CONNECTIONS'));
    expect(spelled(found)).toEqual(states);
    expect(found).toMatchObject({ mutation: 'CREATE_CONNECTIONS', status: 'FINISHED', onFailure });
    expect(found.counts).toEqual(countsOf(3, counts));
    expect(found.targets[0].connectionId).toBe(outcomes[0]?.result?.connection?.id);
    expect(found.targets[1].connectionId).toBeNull();
  });

  it('a connection that could not be deleted, and one that is unknown, are told', async () => {
    const unsure: FanOutRole = { key: 'two', vendor: 'chartbrew', script: { create: LOST } };
    const gateway = await useScriptedGateway([looker('one', { remove: FORBIDDEN }), unsure]);
    await fanOut(gateway, {
      ...ORDERS,
      onFailure: 'COMPENSATE',
      targets: toAll('one', 'two'),
      idempotencyKey: 'key-1',
    });
    const found = await find(gateway, byKey('CREATE_CONNECTIONS'));
    expect(spelled(found)).toEqual(['one NOT_UNDONE', 'two UNKNOWN']);
    expect(found.status).toBe('FINISHED');
  });

  it('nothing is found under another key, another mutation or another id', async () => {
    const gateway = await useScriptedGateway([looker('one')]);
    await fanOut(gateway, { ...ORDERS, targets: toAll('one'), idempotencyKey: 'key-1' });
    expect(await find(gateway, byKey('ROTATE_CONNECTION_SECRET'))).toBeNull();
    expect(await find(gateway, { key: { mutation: 'CREATE_CONNECTIONS', idempotencyKey: 'key-2' } })).toBeNull();
    expect(await find(gateway, { id: 'none' })).toBeNull();
  });
});

describe('The operation of another caller', () => {
  it('is shown to a caller who may read the audit of all its instances, and to no other', async () => {
    const scopes = ['connections:read', 'connections:write'];
    const { askAs, test } = await startGuarded([
      { name: 'alice', scopes },
      { name: 'bob', scopes },
      { name: 'auditor', scopes: ['audit:read'] },
      { name: 'auditor-of-one', scopes: ['audit:read@looker'] },
    ]);
    onTestFinished(() => test.close());
    const document = `mutation ($input: CreateConnectionsInput!) { createConnections(input: $input) {
      ... on CreateConnectionsSuccess { fanOut { operationId } } } }`;
    const input = { ...ORDERS, targets: toAll('looker', 'omni'), idempotencyKey: 'key-1' };
    const { data } = await askAs('alice', document, { input });
    const id = data.createConnections.fanOut.operationId;
    const as = (name: string) => ({
      ask: async (query: string, variables?: Record<string, unknown>) => askAs(name, query, variables),
    });
    const found = await find(as('alice'), { id });
    expect(found).toMatchObject({ id, status: 'FINISHED', counts: { total: 2, done: 2 } });
    expect(await find(as('alice'), byKey('CREATE_CONNECTIONS'))).toEqual(found);
    expect(await find(as('auditor'), { id })).toEqual(found);
    for (const name of ['bob', 'auditor-of-one']) expect(await find(as(name), { id })).toBeNull();
    for (const name of ['bob', 'auditor']) expect(await find(as(name), byKey('CREATE_CONNECTIONS'))).toBeNull();
  });
});
