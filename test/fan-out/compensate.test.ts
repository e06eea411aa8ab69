// A fan-out with COMPENSATE, which deletes what it created after a failure: its order, vendors that cannot delete, and what it does when the deadline
// has passed or an internal error occurs.
import { EventEmitter, once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { vendors } from '../../src/gateway.ts';
import { createSandboxCredible } from '../../src/sandbox/credible/server.ts';
import { createSandboxOmni } from '../../src/sandbox/omni/server.ts';
import { startSandboxServer, type SandboxVendor } from '../../src/sandbox/server.ts';
import type { VendorModule } from '../../src/vendors/define-vendor.ts';
import { NO_ECONOMY } from '../support/gateway.ts';
import { createToyServer } from '../support/toy-server.ts';
import { useSkippedTime } from '../support/skip-time.ts';
import { toy } from '../support/toy-vendor/index.ts';
import { CREATE_MANY, createMany, fanOut, ORDERS, placesOf, spelled, toAll } from './create-connections.ts';
import { useScriptedGateway, type Role, type Script, type ScriptedGateway } from './scripted-vendors.ts';

const COMPENSATE = { ...ORDERS, onFailure: 'COMPENSATE' } as const;

const FAILS: Script = { create: { isDone: false, answer: { status: 429, body: {} } } };

const looker = (key: string, script: Script = {}): Role => ({ key, vendor: 'looker', script });
const credible = (key: string, script: Script = {}): Role => ({ key, vendor: 'credible', script });

describe('A fan-out with COMPENSATE', () => {
  it('targets are created in the order of the input and deleted in reverse order', async () => {
    const gateway = await useScriptedGateway([
      credible('three'),
      looker('one'),
      credible('two'),
      looker('four', FAILS),
      looker('five'),
    ]);
    const targets = toAll('one', 'two', 'three', 'four', 'five');
    const { status, outcomes } = await fanOut(gateway, { ...COMPENSATE, targets });
    expect(status).toBe('COMPENSATED');
    expect(outcomes.map(spelled)).toEqual([
      'one DONE CreateConnectionSuccess DELETED',
      'two DONE CreateConnectionSuccess DELETED',
      'three DONE CreateConnectionSuccess DELETED',
      'four REFUSED RateLimitedError NOT_NEEDED',
      'five NOT_ATTEMPTED NOT_NEEDED',
    ]);
    expect(await gateway.writes()).toEqual([
      'one POST',
      'two POST',
      'three POST',
      'four POST',
      'three DELETE',
      'two DELETE',
      'one DELETE',
    ]);
  });

  it('nothing is deleted when no target failed', async () => {
    const gateway = await useScriptedGateway([looker('one'), credible('two')]);
    const { status, outcomes } = await fanOut(gateway, { ...COMPENSATE, targets: toAll('one', 'two') });
    expect(status).toBe('COMPLETE');
    expect(outcomes.map(spelled)).toEqual(['one DONE CreateConnectionSuccess', 'two DONE CreateConnectionSuccess']);
    expect(await gateway.writes()).toEqual(['one POST', 'two POST']);
  });

  it('a fan-out continues when a read proves that a create without an answer was carried out', async () => {
    const gateway = await useScriptedGateway([
      looker('one', { create: { isDone: true, answer: 'a cut line' } }),
      credible('two'),
    ]);
    const { status, outcomes } = await fanOut(gateway, { ...COMPENSATE, targets: toAll('one', 'two') });
    expect(status).toBe('COMPLETE');
    expect(outcomes.map(spelled)).toEqual(['one DONE CreateConnectionSuccess', 'two DONE CreateConnectionSuccess']);
  });

  it('a compensation at Omni moves the connection to the trash', async () => {
    const gateway = await useScriptedGateway([{ key: 'one', vendor: 'omni' }, looker('two', FAILS)]);
    const { status, outcomes } = await fanOut(gateway, { ...COMPENSATE, targets: toAll('one', 'two') });
    expect(status).toBe('COMPENSATED');
    const id = outcomes[0]?.result?.connection?.id;
    const answer = await gateway.ask('query ($id: ID!) { connection(id: $id) { deletedAt } }', { id });
    expect(answer.data.connection.deletedAt).toMatch(/^20\d\d-/);
  });

  it('a compensation at an Omni server that is too old to delete is reported as failed', async () => {
    const older = createSandboxOmni({ older: 405 });
    const gateway = await useScriptedGateway([
      looker('one'),
      { key: 'two', vendor: 'omni', handler: older },
      looker('three', FAILS),
    ]);
    const { status, outcomes } = await fanOut(gateway, { ...COMPENSATE, targets: toAll('one', 'two', 'three') });
    expect(status).toBe('COMPENSATION_INCOMPLETE');
    expect(outcomes.map(spelled)).toEqual([
      'one DONE CreateConnectionSuccess DELETED',
      'two DONE CreateConnectionSuccess UNSUPPORTED',
      'three REFUSED RateLimitedError NOT_NEEDED',
    ]);
    expect(await gateway.createdNamesOf({ key: 'two', vendor: 'omni' })).toEqual(['orders']);
    expect(await gateway.createdNamesOf(looker('one'))).toEqual([]);
  });
});

/** Starts a gateway with two toy vendors, which cannot delete. */
async function startToyGateway(roles: readonly Role[], vendor: VendorModule = toy): Promise<ScriptedGateway> {
  const server = await startSandboxServer(createToyServer, 0);
  onTestFinished(() => server.close());
  const box = { vendor: 'toy', baseUrl: `${server.origin}/toys`, apiKey: 'toy-key', ...NO_ECONOMY };
  const instances = () => ['box', 'chest'].map((key) => ({ ...box, key }));
  return useScriptedGateway(roles, { instances, createGateway: { vendors: [...vendors, vendor] } });
}

/** A config that a toy vendor accepts: without a password. */
const HERD = { name: 'herd', config: { postgres: { host: 'herd.acme.example', database: 'herd' } } };

describe('A fan-out with COMPENSATE to instances that cannot delete', () => {
  it('two targets that cannot delete are refused before any call, but accepted with KEEP', async () => {
    const gateway = await startToyGateway([looker('one')]);
    const targets = toAll('box', 'one', 'chest');
    const refused = await createMany(gateway, { ...HERD, targets, onFailure: 'COMPENSATE' });
    expect(placesOf(refused.issues)).toEqual(['onFailure NOT_ALLOWED']);
    expect(refused.issues?.[0]?.message).toMatch(/\bbox, chest\b/);
    expect(await gateway.writes()).toEqual([]);
    expect((await fanOut(gateway, { ...HERD, targets, onFailure: 'KEEP' })).status).toBe('COMPLETE');
  });

  it('a target that cannot delete is created last, so that no other failure leaves a connection there', async () => {
    const gateway = await startToyGateway([looker('one'), looker('two', FAILS)]);
    const targets = toAll('box', 'one', 'two');
    const { status, outcomes } = await fanOut(gateway, { ...HERD, targets, onFailure: 'COMPENSATE' });
    expect(status).toBe('COMPENSATED');
    expect(outcomes.map(spelled)).toEqual([
      'box NOT_ATTEMPTED NOT_NEEDED',
      'one DONE CreateConnectionSuccess DELETED',
      'two REFUSED RateLimitedError NOT_NEEDED',
    ]);
  });

  it('the other targets are deleted when the target that cannot delete fails', async () => {
    const gateway = await startToyGateway([looker('one')]);
    const targets = [{ instance: 'box', options: { toy: { colour: 'plaid' } } }, { instance: 'one' }];
    const { status, outcomes } = await fanOut(gateway, { ...HERD, targets, onFailure: 'COMPENSATE' });
    expect(status).toBe('COMPENSATED');
    expect(outcomes.map(spelled)).toEqual([
      'box REFUSED ValidationError NOT_NEEDED',
      'one DONE CreateConnectionSuccess DELETED',
    ]);
    expect(placesOf(outcomes[0]?.result?.issues)[0]).toBe('targets.0.options.toy.colour INVALID');
  });
});

/**
 * Returns the handlers of so many Credible instances whose creates take longer than a request may. Time passes when all creates
 * have arrived.
 */
function slowHandlers(count: number): SandboxVendor[] {
  const skip = useSkippedTime();
  const arrivals = new EventEmitter();
  const allArrived = once(arrivals, 'all');
  let arrived = 0;
  return Array.from({ length: count }, () => {
    const sandbox = createSandboxCredible();
    return async (request) => {
      if (request.method === 'POST') {
        arrived += 1;
        if (arrived === count) {
          skip(REQUEST_MS);
          arrivals.emit('all');
        }
        await allArrived;
      }
      return sandbox(request);
    };
  });
}

const REQUEST_MS = 600_000;
const SERVER = { server: { requestMs: REQUEST_MS } };

describe('A fan-out after the deadline of its request', () => {
  it('no further target begins after the deadline of the request', async () => {
    const keys = ['one', 'two', 'three', 'four'];
    const handlers = slowHandlers(keys.length);
    const roles = keys.map((key, index): Role => ({ key, vendor: 'credible', handler: handlers[index]! }));
    const gateway = await useScriptedGateway([...roles, credible('five')], SERVER);
    const { status, outcomes } = await fanOut(gateway, { ...ORDERS, targets: toAll(...keys, 'five') });
    expect(status).toBe('PARTIAL');
    expect(outcomes.map(spelled)).toEqual([
      ...keys.map((key) => `${key} DONE CreateConnectionSuccess`),
      'five NOT_ATTEMPTED',
    ]);
    expect(outcomes[4]?.result).toBeNull();
    expect(await gateway.createdNamesOf(credible('five'))).toEqual([]);
  });

  it('created connections are deleted after the deadline of the request with COMPENSATE', async () => {
    const [handler] = slowHandlers(1);
    const gateway = await useScriptedGateway(
      [{ key: 'one', vendor: 'credible', handler: handler! }, looker('two')],
      SERVER,
    );
    const { status, outcomes } = await fanOut(gateway, { ...COMPENSATE, targets: toAll('one', 'two') });
    expect(status).toBe('COMPENSATED');
    expect(outcomes.map(spelled)).toEqual(['one DONE CreateConnectionSuccess DELETED', 'two NOT_ATTEMPTED NOT_NEEDED']);
    expect(await gateway.createdNamesOf(credible('one'))).toEqual([]);
  });
});

describe('An unexpected error during a fan-out', () => {
  const broken: VendorModule = {
    ...toy,
    connect: (place) => ({
      ...toy.connect(place),
      create: async () => {
        throw new TypeError('undefined is no box');
      },
    }),
  };

  it.each([
    ['KEEP', ['herd']],
    ['COMPENSATE', []],
  ])(
    'the fan-out fails with an internal error, and the other targets are treated according to %s',
    async (onFailure, held) => {
      const gateway = await startToyGateway([looker('one')], broken);
      const answer = await gateway.ask(CREATE_MANY, { input: { ...HERD, targets: toAll('box', 'one'), onFailure } });
      expect(answer.errors).toHaveLength(1);
      expect(answer.text).not.toContain('undefined is no box');
      expect(gateway.log.map((line) => JSON.parse(line))).toContainEqual(
        expect.objectContaining({ msg: 'unexpected error', errorClass: 'TypeError' }),
      );
      expect(await gateway.createdNamesOf(looker('one'))).toEqual(held);
    },
  );
});
