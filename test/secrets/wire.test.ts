// The control of the matrix: on the way to a vendor that does as it is told each secret stands exactly once, where the vendor's
// documents want it. A matrix whose secrets never leave would prove nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCanary } from './canary.ts';
import { asWritten, get, secretOf } from './inputs.ts';
import { OPERATIONS, type OperationName } from './matrix/operations.ts';
import type { Received } from './matrix/hostile.ts';
import { prepare } from './matrix/run.ts';
import { keyOf, startStage, type Stage } from './matrix/stage.ts';
import { POSITIONS, type Position } from './positions.ts';

const titleOf = ({ vendor, field }: Position): string => `${vendor}: ${field}`;

/** What each operation tells when it went well, by its own name of it. */
const WELL: Readonly<Record<OperationName, readonly [pattern: RegExp, calls: number]>> = {
  create: [/"__typename":"CreateConnectionSuccess"/, 1],
  update: [/"__typename":"UpdateConnectionSuccess"/, 1],
  test: [/"__typename":"TestConnectionSuccess"/, 1],
  fanOutToOne: [/"__typename":"CreateConnectionSuccess"/, 1],
  fanOutToSeveral: [/"__typename":"CreateConnectionSuccess".*"__typename":"CreateConnectionSuccess"/, 2],
  rotate: [/"__typename":"UpdateConnectionSuccess"/, 1],
};

/** Omni tests nothing that is not saved. */
const isUnsupported = (name: OperationName, { vendor }: Position): boolean => name === 'test' && vendor === 'omni';

/** A rotation changes one secret: not one beside which Credible has another, or may have. */
const ROTATES_NOT = new Map([
  ['credible: config.snowflake.privateKey', 'NOT_ALLOWED'],
  ['credible: config.trino.password', 'SECRET_NEEDED'],
]);

/** The values of a body by their place: JSON's, or the parts of a form by `file:` and their names. */
async function placesOf({ body, type }: Received): Promise<(wire: string) => unknown> {
  if (!type.startsWith('multipart/form-data')) {
    const json = JSON.parse(body || '{}') as unknown;
    return (wire) => get(json, wire);
  }
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const parts = new Map(
    await Promise.all([...form].map(async ([name, part]) => [name, await new Response(part).text()] as const)),
  );
  return (wire) => parts.get(wire.replace(/^file:/, ''));
}

/** How often a body holds the canary, base64 of key files opened. */
const timesIn = ({ body }: Received, core: string): number => {
  const opened = body.replaceAll(/"([A-Za-z0-9+/]{24,}={0,2})"/g, (_all, text: string) =>
    Buffer.from(text, 'base64').toString(),
  );
  return opened.split(core).length - 1;
};

let stage: Stage;
let ids: ReadonlyMap<Position, string>;
beforeAll(async () => {
  stage = await startStage();
  ids = await prepare(stage);
});
afterAll(() => stage.close());

describe.each(OPERATIONS)('$name', (operation) => {
  const { name, document, takes, input } = operation;
  const positions = POSITIONS.filter(takes);

  it.each(positions.map((position) => [titleOf(position), position] as const))('%s', async (title, position) => {
    const canary = makeCanary();
    const secret = secretOf(position, canary);
    const well = keyOf(position.vendor, 'well');
    const asked = { position, secret, instance: well, other: keyOf(position.vendor, 'other'), turn: 0 };
    const answer = await stage.gateway.ask(document, {
      input: input({ ...asked, vendorId: ids.get(position) ?? '', name: `wire_${canary.core.toLowerCase()}` }),
    });
    const bodies = stage.hostile.received.filter((one) => timesIn(one, canary.core) > 0);
    const refusal = isUnsupported(name, position) ? 'UnsupportedError' : name === 'rotate' && ROTATES_NOT.get(title);
    const [success, times] = WELL[name];
    const [pattern, calls] = refusal ? [new RegExp(`"${refusal}"`), 0] : [success, times];
    expect(answer.text).toMatch(pattern);
    expect(bodies.map((one) => timesIn(one, canary.core))).toEqual(Array.from({ length: calls }, () => 1));
    for (const body of bodies) expect((await placesOf(body))(position.wire)).toEqual(asWritten(position, secret));
  });
});
