// Maps that outlive a request, such as caches of parsed documents, of validation results, of reads and of connections to vendors. No
// key of any of them contains a secret.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { everyNth } from '../support/exhaustive.ts';
import { findCanary, makeCanary, type Canary } from './canary.ts';
import { ask } from './output-channels.ts';
import { secretOf } from './inputs.ts';
import { spyOnMaps, type MapSpy } from './spy-on-maps.ts';
import { OPERATIONS } from './matrix/operations.ts';
import { SCENARIOS } from './matrix/scenarios.ts';
import { createConnections, withKey } from './matrix/run-cells.ts';
import { serveOverSocket, type ServedGateway } from './matrix/serve-over-socket.ts';
import { instanceKeyOf, startHostileGateway } from './matrix/hostile-gateway.ts';
import { POSITIONS, type Position } from './positions.ts';

const [POSITION] = POSITIONS as [Position];
const BEHAVIORS = ['normal', '400-raw', 'other'];

let spy: MapSpy;
let hostile: ServedGateway;
let ids: ReadonlyMap<Position, string>;
beforeAll(async () => {
  spy = spyOnMaps();
  hostile = await serveOverSocket(await startHostileGateway(undefined, { behaviors: BEHAVIORS }));
  ids = await createConnections(hostile);
});
afterAll(async () => {
  await hostile.close();
  spy.restore();
});

const canaryInKeys = async (canary: Canary): Promise<Canary | undefined> => findCanary(await spy.keys(), [canary]);

const inputOf = (operation: (typeof OPERATIONS)[number], canary: Canary, behavior: string) =>
  operation.input({
    position: POSITION,
    secret: secretOf(POSITION, canary),
    instance: instanceKeyOf('looker', behavior),
    other: instanceKeyOf('looker', 'other'),
    vendorId: ids.get(POSITION) ?? '',
    name: `stored_${operation.name}_${behavior}`,
    turn: 0,
  });

it.each(everyNth(OPERATIONS, 3))('no map has a key with a secret that $name receives', async (operation) => {
  const canary = makeCanary();
  for (const behavior of ['normal', '400-raw']) {
    const input = withKey(operation, inputOf(operation, canary, behavior), `stored-${behavior}`);
    await ask(hostile, operation.document, input);
  }
  expect(await canaryInKeys(canary)).toBeUndefined();
});

async function canaryInKeysAfterInline(name: string): Promise<Canary | undefined> {
  const [operation] = OPERATIONS as [(typeof OPERATIONS)[number]];
  const canary = makeCanary();
  const secret = secretOf(POSITION, canary);
  const { send } = SCENARIOS.find((path) => path.name === name)!;
  const input = inputOf(operation, canary, 'normal');
  const answer = await hostile.post(send!({ operation, position: POSITION, input, secret, turn: 0 }).body);
  expect(await answer.text()).toContain('"errors"');
  return canaryInKeys(canary);
}

it('no map has a document with a syntax error as its key', async () => {
  expect(await canaryInKeysAfterInline('syntax error')).toBeUndefined();
});

it('no map has a document with a secret as its key', async () => {
  expect(await canaryInKeysAfterInline('secret in the document')).toBeUndefined();
});

it('the search finds a secret that is a key of a map', async () => {
  const canary = makeCanary();
  const cache = new Map([[`query { p(x: "${canary.core}") }`, 1]]);
  expect(await canaryInKeys(canary)).toEqual(canary);
  expect(cache.size).toBe(1);
});
