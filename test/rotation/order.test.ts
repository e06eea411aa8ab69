// The order in which a rotation writes its connections, what it does when the deadline of the request has passed, and a vendor that
// cannot update.
import { describe, expect, it, onTestFinished } from 'vitest';
import { dialects, vendors } from '../../src/gateway.ts';
import { startSandboxServer } from '../../src/sandbox/server.ts';
import { duckling } from '../support/toy-dialect.ts';
import { createToyServer } from '../support/toy-server.ts';
import { toy } from '../support/toy-vendor/index.ts';
import { idOf, idsOf, rotate, SEEDS, statuses } from './rotate.ts';
import { useSkippedTime } from '../support/skip-time.ts';
import { startScriptedGateway, type Role } from './scripted-vendors.ts';

const REQUEST_MS = 600_000;

const NEW = 'pw-secret-3';

function deferred() {
  const made: { open?: () => void } = {};
  const opened = new Promise<void>((resolve) => {
    made.open = resolve;
  });
  return { opened, open: () => made.open?.() };
}

describe('the order of the writes of a rotation', () => {
  it('a rotation writes to four instances concurrently, and to the connections of an instance in order', async () => {
    const inFlight = new Map<string, number>();
    const most = { atOnce: 0, atOne: 0 };
    let arrived = 0;
    const gate = deferred();
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const roles = keys.map((key): Role => ({
      key,
      vendor: 'looker',
      before: async (kind) => {
        if (kind !== 'write') return;
        inFlight.set(key, (inFlight.get(key) ?? 0) + 1);
        most.atOne = Math.max(most.atOne, inFlight.get(key) ?? 0);
        most.atOnce = Math.max(
          most.atOnce,
          [...inFlight.values()].reduce((sum, one) => sum + one, 0),
        );
        arrived += 1;
        // The first four wait for each other and for one more call, in which a fifth would arrive.
        if (arrived === 4) {
          await scripted.ask('{ vendorInstance(id: "a") { health { status } } }');
          gate.open();
        }
        await gate.opened;
        inFlight.set(key, (inFlight.get(key) ?? 0) - 1);
      },
    }));
    const scripted = await startScriptedGateway(roles);
    onTestFinished(() => scripted.close());
    const ids = keys.flatMap((key) => ['billing', 'erp'].map((id) => idOf(key, id)));
    const rotation = await rotate(scripted, { connections: { ids }, secret: NEW, verifyFirst: false });
    expect(statuses(rotation)).toEqual(ids.map(() => 'DONE'));
    expect(idsOf(rotation.outcomes)).toEqual(ids);
    expect(most).toEqual({ atOnce: 4, atOne: 1 });
  });

  it('a rotation does not begin further connections after the deadline of the request', async () => {
    const skip = useSkippedTime();
    const looker: Role = {
      key: 'looker',
      vendor: 'looker',
      fault: { at: 'write', isDone: false, answer: 'nothing' },
      before: async (kind) => void (kind === 'write' && skip(REQUEST_MS)),
    };
    const scripted = await startScriptedGateway([looker], { server: { requestMs: REQUEST_MS } });
    onTestFinished(() => scripted.close());
    const ids = ['billing', 'erp'].map((id) => idOf('looker', id));
    const rotation = await rotate(scripted, { connections: { ids }, secret: NEW, verifyFirst: false });
    expect(statuses(rotation)).toEqual(['UNKNOWN', 'NOT_ATTEMPTED']);
    expect(rotation.outcomes[1]).toMatchObject({ result: null, error: null, connection: { name: 'erp' } });
    expect(idsOf(rotation.remaining)).toEqual([ids[1]]);
    expect(scripted.receivedBy('looker').filter(({ kind }) => kind === 'write')).toHaveLength(1);
  });

  it('a rotation does not write a tested connection after the deadline of the request', async () => {
    const skip = useSkippedTime();
    const slow: Role = {
      key: 'looker',
      vendor: 'looker',
      before: async (kind) => void (kind === 'test' && skip(REQUEST_MS)),
    };
    const scripted = await startScriptedGateway([slow], { server: { requestMs: REQUEST_MS } });
    onTestFinished(() => scripted.close());
    const ids = [idOf('looker', SEEDS.looker.id)];
    const rotation = await rotate(scripted, { connections: { ids }, secret: NEW });
    expect(rotation.outcomes).toMatchObject([
      { status: 'NOT_ATTEMPTED', verification: { outcome: 'PASSED' }, result: null, error: null },
    ]);
    expect(idsOf(rotation.remaining)).toEqual(ids);
    expect(await scripted.stored(slow, SEEDS.looker.id)).toEqual({ password: SEEDS.looker.old });
  });
});

describe('a rotation at a vendor that cannot update', () => {
  it('a connection at a vendor that cannot update is refused, and the rotation of the others continues', async () => {
    const server = await startSandboxServer(createToyServer, 0);
    onTestFinished(() => server.close());
    const scripted = await startScriptedGateway([{ key: 'looker', vendor: 'looker' }], {
      instances: () => [{ key: 'toy', vendor: 'toy', baseUrl: `${server.origin}/toys`, apiKey: 'toy-key' }],
      createGateway: { vendors: [...vendors, toy], dialects: [...dialects, duckling] },
    });
    onTestFinished(() => scripted.close());
    const ids = [idOf('toy', 'b-2'), idOf('looker', 'billing')];
    const rotation = await rotate(scripted, { connections: { ids }, secret: NEW });
    expect(statuses(rotation)).toEqual(['REFUSED', 'DONE']);
    expect(rotation.outcomes[0]?.result).toMatchObject({ __typename: 'UnsupportedError', alternatives: ['LOOKER'] });
    expect(idsOf(rotation.remaining)).toEqual([ids[0]]);
  });
});
