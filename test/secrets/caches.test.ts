// Maps that outlive a request, such as caches of parsed documents, of validation results, of reads and of connections to vendors. No
// key of any of them contains a secret.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findCanary, makeCanary, type Canary } from './canary.ts';
import { ask } from './output-channels.ts';
import { secretOf } from './inputs.ts';
import { spyOnMaps, type MapSpy } from './spy-on-maps.ts';
import { OPERATIONS } from './matrix/operations.ts';
import { PATHS } from './matrix/paths.ts';
import { prepare, withKey } from './matrix/run.ts';
import { overSocket, type ServedStage } from './matrix/socket.ts';
import { keyOf, startStage } from './matrix/stage.ts';
import { POSITIONS, type Position } from './positions.ts';

const [POSITION] = POSITIONS as [Position];
const CASTS = ['well', '400-raw', 'other'];

let spy: MapSpy;
let stage: ServedStage;
let ids: ReadonlyMap<Position, string>;
beforeAll(async () => {
  spy = spyOnMaps();
  stage = await overSocket(await startStage(undefined, { casts: CASTS }));
  ids = await prepare(stage);
});
afterAll(async () => {
  await stage.close();
  spy.restore();
});

const keptOf = async (canary: Canary): Promise<Canary | undefined> => findCanary(await spy.keys(), [canary]);

const inputOf = (operation: (typeof OPERATIONS)[number], canary: Canary, cast: string) =>
  operation.input({
    position: POSITION,
    secret: secretOf(POSITION, canary),
    instance: keyOf('looker', cast),
    other: keyOf('looker', 'other'),
    vendorId: ids.get(POSITION) ?? '',
    name: `kept_${operation.name}_${cast}`,
    turn: 0,
  });

it.each(OPERATIONS)('no map has a key with a secret that $name receives', async (operation) => {
  const canary = makeCanary();
  for (const cast of ['well', '400-raw']) {
    const input = withKey(operation, inputOf(operation, canary, cast), `kept-${cast}`);
    await ask(stage, operation.document, input);
  }
  expect(await keptOf(canary)).toBeUndefined();
});

async function keptOfInline(name: string): Promise<Canary | undefined> {
  const [operation] = OPERATIONS as [(typeof OPERATIONS)[number]];
  const canary = makeCanary();
  const secret = secretOf(POSITION, canary);
  const { send } = PATHS.find((path) => path.name === name)!;
  const input = inputOf(operation, canary, 'well');
  const answer = await stage.post(send!({ operation, position: POSITION, input, secret, turn: 0 }).body);
  expect(await answer.text()).toContain('"errors"');
  return keptOf(canary);
}

it('no map has a document with a syntax error as its key', async () => {
  expect(await keptOfInline('syntax error')).toBeUndefined();
});

it('no map has a document with a secret as its key', async () => {
  expect(await keptOfInline('secret in the document')).toBeUndefined();
});

it('the search finds a secret that is a key of a map', async () => {
  const canary = makeCanary();
  const cache = new Map([[`query { p(x: "${canary.core}") }`, 1]]);
  expect(await keptOf(canary)).toEqual(canary);
  expect(cache.size).toBe(1);
});
