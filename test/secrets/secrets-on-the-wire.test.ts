// The control of the canary matrix: each secret reaches the vendor exactly once, in the field that the vendor's documents name. The
// answer reports only that it is set, and later reads do not return it. A matrix whose secrets are never sent would prove nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyNth } from '../support/exhaustive.ts';
import { wholeConnection } from '../support/whole-connection.ts';
import { coresIn, findAny, findCanary, makeCanary, type Canary } from './canary.ts';
import { asWritten, get, secretOf } from './inputs.ts';
import { OPERATIONS, type Operation, type OperationName } from './matrix/operations.ts';
import type { Answer } from '../support/gateway.ts';
import type { ReceivedWrite } from './matrix/hostile-vendors.ts';
import { createConnections } from './matrix/run-cells.ts';
import { instanceKeyOf, startHostileGateway, type HostileGateway } from './matrix/hostile-gateway.ts';
import { POSITIONS, type Position } from './positions.ts';

const titleOf = ({ vendor, field }: Position): string => `${vendor}: ${field}`;

/** The successful result of each operation. */
const WELL: Readonly<Record<OperationName, readonly [pattern: RegExp, calls: number]>> = {
  create: [/"__typename":"CreateConnectionSuccess"/, 1],
  update: [/"__typename":"UpdateConnectionSuccess"/, 1],
  test: [/"__typename":"TestConnectionSuccess"/, 1],
  fanOutToOne: [/"__typename":"CreateConnectionSuccess"/, 1],
  fanOutToSeveral: [/"__typename":"CreateConnectionSuccess".*"__typename":"CreateConnectionSuccess"/, 2],
  rotate: [/"__typename":"UpdateConnectionSuccess"/, 1],
};

/** Omni cannot test unsaved settings. */
const isUnsupported = (name: OperationName, { vendor }: Position): boolean => name === 'test' && vendor === 'omni';

/** A rotation changes one secret, so it cannot change a secret of Credible whose block has, or may have, another one. */
const ROTATES_NOT = new Map([
  ['credible: config.snowflake.privateKey', 'NOT_ALLOWED'],
  ['credible: config.trino.password', 'SECRET_NEEDED'],
]);

/** Returns the values of a body by path: those of JSON, or the parts of a form as `file:<name>`. */
async function placesOf({ body, type }: ReceivedWrite): Promise<(wire: string) => unknown> {
  if (!type.startsWith('multipart/form-data')) {
    const json = JSON.parse(body || '{}') as unknown;
    return (wire) => get(json, wire);
  }
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const parts = new Map(
    await Promise.all([...form].map(async ([name, part]) => [name, await new Response(part).text()] as const)),
  );
  const connection = JSON.parse(parts.get('connection') ?? '{}') as unknown;
  return (wire) => (wire.startsWith('file:') ? parts.get(wire.replace(/^file:/, '')) : get(connection, wire));
}

let hostile: HostileGateway;
let ids: ReadonlyMap<Position, string>;
beforeAll(async () => {
  hostile = await startHostileGateway(undefined, { behaviors: ['normal', 'other'] });
  ids = await createConnections(hostile);
});
afterAll(() => hostile.close());

interface Warned {
  readonly path: readonly string[];
  readonly code: string;
}

interface Connection {
  readonly secrets: readonly { readonly path: readonly string[]; readonly status: string }[];
}

/** Warnings that a canary causes: an unreadable key or certificate, and a passphrase for a key that has none. */
function doubtfulAt({ name }: Operation, { vendor, field, shape = '' }: Position): string[] {
  // An update of a passphrase does not contain the key. Credible receives all secrets again.
  if (name === 'update' && vendor !== 'credible' && /passphrase$/i.test(field)) return [];
  if (field === 'config.snowflake.privateKeyPassphrase') return ['config.snowflake.privateKey', field];
  if (field === 'options.chartbrew.ssh.passphrase') return ['options.chartbrew.ssh.privateKey', field];
  return /-----BEGIN|"private_key"/.test(shape) ? [field] : [];
}

/** Returns what is reported of the written connection. */
function expectWritten({ data, text }: Answer, operation: Operation, position: Position): void {
  const { field } = position;
  const { connection, warnings = [] } = data[operation.mutation] as { connection?: Connection; warnings?: Warned[] };
  const expected = doubtfulAt(operation, position).map((place) => `input.${place} VALUE_DOUBTFUL`);
  expect(
    warnings.map(({ path, code }) => `${path.join('.')} ${code}`),
    text,
  ).toEqual(expected);
  expect(connection?.secrets.find(({ path }) => path.join('.') === field)?.status, text).toBe('SET');
}

/** Files are sent in a second call. */
function expectCalls(sent: readonly ReceivedWrite[], { wire, beside = {} }: Position): void {
  const hasFile = wire.startsWith('file:') || 'options.chartbrew.ssh.privateKey' in beside;
  expect(sent).toHaveLength(hasFile ? 2 : 1);
}

function expectNoCanary({ text, headers, status }: Answer, log: readonly string[], canary: Canary): void {
  expect(status).toBe(200);
  const places = { answer: text, headers: JSON.stringify([...headers]), log: log.join('\n') };
  for (const [place, said] of Object.entries(places)) {
    expect(findCanary(said, [canary]), `a secret in the ${place}`).toBeUndefined();
  }
}

let named = 0;

describe.each(OPERATIONS)('secrets that $name sends', (operation) => {
  const { name, document, takes, input } = operation;
  const positions = everyNth(POSITIONS.filter(takes), 3, OPERATIONS.indexOf(operation));

  it.each(positions.map((position) => [titleOf(position), position] as const))(
    `${name} sends the secret once and returns nothing of it: %s`,
    async (title, position) => {
      const { gateway, vendors } = hostile;
      const canary = makeCanary();
      const secret = secretOf(position, canary);
      const normalKey = instanceKeyOf(position.vendor, 'normal');
      const asked = { position, secret, instance: normalKey, other: instanceKeyOf(position.vendor, 'other'), turn: 0 };
      named += 1;
      const before = { calls: vendors.received.length, lines: gateway.log.length };
      const answer = await gateway.ask(document, {
        input: input({ ...asked, vendorId: ids.get(position) ?? '', name: `wire_${named}` }),
      });
      const refusal = isUnsupported(name, position) ? 'UnsupportedError' : name === 'rotate' && ROTATES_NOT.get(title);
      const [success, times] = WELL[name];
      const [pattern, calls] = refusal ? [new RegExp(`"${refusal}"`), 0] : [success, times];
      expect(answer.text).toMatch(pattern);
      expectNoCanary(answer, gateway.log.slice(before.lines), canary);
      if (name === 'create' || name === 'update') expectWritten(answer, operation, position);

      const sent = vendors.received.slice(before.calls);
      const bodies = sent.filter(({ body }) => coresIn(body).includes(canary.core));
      expect(bodies.map(({ body }) => coresIn(body))).toEqual(Array.from({ length: calls }, () => [canary.core]));
      for (const body of bodies) expect((await placesOf(body))(position.wire)).toEqual(asWritten(position, secret));
      if (name === 'create') expectCalls(sent, position);
    },
  );
});

describe.each(['looker', 'omni', 'credible', 'chartbrew'] as const)('reads of %s', (vendor) => {
  it(`a list of ${vendor} with all fields returns no secret that was written`, async () => {
    const query = `query ($on: [ID!], $after: String) {
      connections(first: 200, after: $after, filter: { instance: $on }) {
        pageInfo { hasNextPage endCursor } nodes ${wholeConnection(hostile.gateway)}
      }
    }`;
    const names: string[] = [];
    let after: string | null = null;
    do {
      const answer: Answer = await hostile.gateway.ask(query, { on: [instanceKeyOf(vendor, 'normal')], after });
      expect(answer.errors, answer.text).toBeUndefined();
      expect(findAny(answer.text)).toBeNull();
      const { nodes, pageInfo } = answer.data.connections;
      names.push(...(nodes as { name: string }[]).map(({ name }) => name));
      after = pageInfo.hasNextPage ? (pageInfo.endCursor as string) : null;
    } while (after !== null);
    expect(names.filter((name) => name.startsWith('wire_')).length).toBeGreaterThan(15);
    expect(findAny(hostile.gateway.log.join('\n'))).toBeNull();
  });
});
