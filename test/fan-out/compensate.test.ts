// A fan-out that undoes what it did: the order in which it goes, what cannot be deleted, and what it does when its time is
// over or a part of it breaks.
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
  it('goes in the order of the input, and back in the other', async () => {
    const stage = await useScriptedGateway([
      credible('three'),
      looker('one'),
      credible('two'),
      looker('four', FAILS),
      looker('five'),
    ]);
    const targets = toAll('one', 'two', 'three', 'four', 'five');
    const { status, outcomes } = await fanOut(stage, { ...COMPENSATE, targets });
    expect(status).toBe('COMPENSATED');
    expect(outcomes.map(spelled)).toEqual([
      'one DONE CreateConnectionSuccess DELETED',
      'two DONE CreateConnectionSuccess DELETED',
      'three DONE CreateConnectionSuccess DELETED',
      'four REFUSED RateLimitedError NOT_NEEDED',
      'five NOT_ATTEMPTED NOT_NEEDED',
    ]);
    expect(await stage.writes()).toEqual([
      'one POST',
      'two POST',
      'three POST',
      'four POST',
      'three DELETE',
      'two DELETE',
      'one DELETE',
    ]);
  });

  it('undoes nothing where nothing failed', async () => {
    const stage = await useScriptedGateway([looker('one'), credible('two')]);
    const { status, outcomes } = await fanOut(stage, { ...COMPENSATE, targets: toAll('one', 'two') });
    expect(status).toBe('COMPLETE');
    expect(outcomes.map(spelled)).toEqual(['one DONE CreateConnectionSuccess', 'two DONE CreateConnectionSuccess']);
    expect(await stage.writes()).toEqual(['one POST', 'two POST']);
  });

  it('goes on when a new connection proves that an unanswered create was done', async () => {
    const stage = await useScriptedGateway([
      looker('one', { create: { isDone: true, answer: 'a cut line' } }),
      credible('two'),
    ]);
    const { status, outcomes } = await fanOut(stage, { ...COMPENSATE, targets: toAll('one', 'two') });
    expect(status).toBe('COMPLETE');
    expect(outcomes.map(spelled)).toEqual(['one DONE CreateConnectionSuccess', 'two DONE CreateConnectionSuccess']);
  });

  it('undoes what was created through the trash of Omni', async () => {
    const stage = await useScriptedGateway([{ key: 'one', vendor: 'omni' }, looker('two', FAILS)]);
    const { status, outcomes } = await fanOut(stage, { ...COMPENSATE, targets: toAll('one', 'two') });
    expect(status).toBe('COMPENSATED');
    const id = outcomes[0]?.result?.connection?.id;
    const answer = await stage.ask('query ($id: ID!) { connection(id: $id) { deletedAt } }', { id });
    expect(answer.data.connection.deletedAt).toMatch(/^20\d\d-/);
  });

  it('says so where an Omni turns out to be too old to delete', async () => {
    const older = createSandboxOmni({ older: 405 });
    const stage = await useScriptedGateway([
      looker('one'),
      { key: 'two', vendor: 'omni', handler: older },
      looker('three', FAILS),
    ]);
    const { status, outcomes } = await fanOut(stage, { ...COMPENSATE, targets: toAll('one', 'two', 'three') });
    expect(status).toBe('COMPENSATION_INCOMPLETE');
    expect(outcomes.map(spelled)).toEqual([
      'one DONE CreateConnectionSuccess DELETED',
      'two DONE CreateConnectionSuccess UNSUPPORTED',
      'three REFUSED RateLimitedError NOT_NEEDED',
    ]);
    expect(await stage.createdNamesOf({ key: 'two', vendor: 'omni' })).toEqual(['orders']);
    expect(await stage.createdNamesOf(looker('one'))).toEqual([]);
  });
});

/** A stage with two toys on it, whose vendor has no way to delete. */
async function setToyStage(roles: readonly Role[], vendor: VendorModule = toy): Promise<ScriptedGateway> {
  const server = await startSandboxServer(createToyServer, 0);
  onTestFinished(() => server.close());
  const box = { vendor: 'toy', baseUrl: `${server.origin}/toys`, apiKey: 'toy-key', ...NO_ECONOMY };
  const instances = () => ['box', 'chest'].map((key) => ({ ...box, key }));
  return useScriptedGateway(roles, { instances, createGateway: { vendors: [...vendors, vendor] } });
}

/** What a toy takes too: it knows no passwords. */
const HERD = { name: 'herd', config: { postgres: { host: 'herd.acme.example', database: 'herd' } } };

describe('Of instances that cannot delete, a fan-out with COMPENSATE', () => {
  it('refuses two before any call, and takes them with KEEP', async () => {
    const stage = await setToyStage([looker('one')]);
    const targets = toAll('box', 'one', 'chest');
    const refused = await createMany(stage, { ...HERD, targets, onFailure: 'COMPENSATE' });
    expect(placesOf(refused.issues)).toEqual(['onFailure NOT_ALLOWED']);
    expect(refused.issues?.[0]?.message).toMatch(/\bbox, chest\b/);
    expect(await stage.writes()).toEqual([]);
    expect((await fanOut(stage, { ...HERD, targets, onFailure: 'KEEP' })).status).toBe('COMPLETE');
  });

  it('goes to one last, so that another that fails leaves nothing there', async () => {
    const stage = await setToyStage([looker('one'), looker('two', FAILS)]);
    const targets = toAll('box', 'one', 'two');
    const { status, outcomes } = await fanOut(stage, { ...HERD, targets, onFailure: 'COMPENSATE' });
    expect(status).toBe('COMPENSATED');
    expect(outcomes.map(spelled)).toEqual([
      'box NOT_ATTEMPTED NOT_NEEDED',
      'one DONE CreateConnectionSuccess DELETED',
      'two REFUSED RateLimitedError NOT_NEEDED',
    ]);
  });

  it('undoes the others when that one fails', async () => {
    const stage = await setToyStage([looker('one')]);
    const targets = [{ instance: 'box', options: { toy: { colour: 'plaid' } } }, { instance: 'one' }];
    const { status, outcomes } = await fanOut(stage, { ...HERD, targets, onFailure: 'COMPENSATE' });
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

describe("When the request's time is over, a fan-out", () => {
  it('begins no other target', async () => {
    const keys = ['one', 'two', 'three', 'four'];
    const handlers = slowHandlers(keys.length);
    const roles = keys.map((key, index): Role => ({ key, vendor: 'credible', handler: handlers[index]! }));
    const stage = await useScriptedGateway([...roles, credible('five')], SERVER);
    const { status, outcomes } = await fanOut(stage, { ...ORDERS, targets: toAll(...keys, 'five') });
    expect(status).toBe('PARTIAL');
    expect(outcomes.map(spelled)).toEqual([
      ...keys.map((key) => `${key} DONE CreateConnectionSuccess`),
      'five NOT_ATTEMPTED',
    ]);
    expect(outcomes[4]?.result).toBeNull();
    expect(await stage.createdNamesOf(credible('five'))).toEqual([]);
  });

  it('undoes what it did with COMPENSATE', async () => {
    const [handler] = slowHandlers(1);
    const stage = await useScriptedGateway(
      [{ key: 'one', vendor: 'credible', handler: handler! }, looker('two')],
      SERVER,
    );
    const { status, outcomes } = await fanOut(stage, { ...COMPENSATE, targets: toAll('one', 'two') });
    expect(status).toBe('COMPENSATED');
    expect(outcomes.map(spelled)).toEqual(['one DONE CreateConnectionSuccess DELETED', 'two NOT_ATTEMPTED NOT_NEEDED']);
    expect(await stage.createdNamesOf(credible('one'))).toEqual([]);
  });
});

describe('When a part of a fan-out breaks as nobody expects', () => {
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
  ])('the whole fails, and the others are as %s says', async (onFailure, held) => {
    const stage = await setToyStage([looker('one')], broken);
    const answer = await stage.ask(CREATE_MANY, { input: { ...HERD, targets: toAll('box', 'one'), onFailure } });
    expect(answer.errors).toHaveLength(1);
    expect(answer.text).not.toContain('undefined is no box');
    expect(stage.log.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ msg: 'unexpected error', errorClass: 'TypeError' }),
    );
    expect(await stage.createdNamesOf(looker('one'))).toEqual(held);
  });
});
