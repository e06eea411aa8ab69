// Forged global ids: they never read an object of another instance, and never make a call to an address that is not configured.
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SEED } from '../fuzz/run-cases.ts';
import { startGuarded, type GuardedGateway } from './tokens.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const KEYS = ['looker', 'omni', 'credible', 'chartbrew'] as const;
const key = fc.constantFrom(...KEYS);
const connection = (vendorId: fc.Arbitrary<string>) =>
  fc.tuple(key, vendorId).map(([instance, id]) => encode(`v1:c:${instance}:${id}`));

/** Ids of connections that exist, with the instance that has them. */
const REAL = [
  ['looker', 'production_orders'],
  ['credible', 'warehouse_snowflake'],
  ['chartbrew', '11'],
] as const;
const realId = fc.constantFrom(...REAL.map(([, id]) => id));
const OUTSIDE = ['http://127.0.0.1:1/x', '//127.0.0.1:1', '@127.0.0.1:1/', 'a@127.0.0.1:1', '127.0.0.1:1/api'];

const FAMILIES: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'the id of one vendor at another': fc
    .tuple(key, realId)
    .filter(([instance, id]) => !REAL.some(([owner, own]) => owner === instance && own === id))
    .map(([instance, id]) => encode(`v1:c:${instance}:${id}`)),
  'an instance that is not configured': fc
    .tuple(fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/), realId)
    .filter(([instance]) => !KEYS.some((known) => known === instance))
    .map(([instance, id]) => encode(`v1:c:${instance}:${id}`)),
  'a path that leads elsewhere': connection(
    fc.constantFrom('..', '../login', '../../api', '..%2flogin', '%2e%2e/', 'a/../../login', '.', './x', '..\\login'),
  ),
  'a query or a fragment': connection(fc.constantFrom('a?fields=password', 'a#x', 'a&b', 'a;b=c', '?', '#', 'a%3fb')),
  'another address': connection(fc.constantFrom(...OUTSIDE)),
  'control characters': connection(
    fc.constantFrom('a\u0000', '\r\nHost: x', 'a\tb', '\u007f', '\u2028', '\ud800', '\ufeffa', 'a\u202eb'),
  ),
  'another alphabet, padding or encoding': fc.constantFrom(...REAL).chain(([instance, id]) => {
    const text = `v1:c:${instance}:${id}`;
    const buffer = Buffer.from(text);
    return fc.constantFrom(
      `${encode(text)}=`,
      `${encode(text)}==`,
      ` ${encode(text)}`,
      `${encode(text)}\n`,
      buffer.toString('hex'),
      encode(encode(text)),
      Buffer.concat([buffer, Buffer.from([0xff])]).toString('base64url'),
    );
  }),
  'another version or kind': fc
    .tuple(fc.constantFrom('v0', 'v2', 'V1', '', 'v1 '), fc.constantFrom('c', 'i', 'C', 'x', ''), key, realId)
    .map((parts) => encode(parts.join(':'))),
  'a long text': connection(fc.integer({ min: 200, max: 2000 }).map((length) => 'a'.repeat(length))),
  'any text': connection(fc.string({ unit: 'binary', maxLength: 40 })),
};

/** Every object that an id returned must have this id itself. */
const QUERY = `query ($ids: [ID!]!) { nodes(ids: $ids) { id __typename ... on Connection { instance { key } vendorId } } }`;

interface Found {
  readonly id: string;
  readonly instance?: { readonly key: string };
  readonly vendorId?: string;
}

let guarded: GuardedGateway;
const ports = new Set<number>();
/** Notes every port that anything in this process tries to connect to. */
const noteAttempts = (message: unknown): void => {
  const { socket } = message as { readonly socket: Socket };
  socket.on('connectionAttempt', (_ip: string, port: number) => void ports.add(port));
};
/** Returns whether this process opens no connection within 200 ms. */
async function isQuiet(): Promise<boolean> {
  ports.clear();
  await setTimeout(200);
  return ports.size === 0;
}
beforeAll(async () => {
  guarded = await startGuarded([
    { name: 'all', scopes: ['connections:read'] },
    { name: 'omni-only', scopes: ['connections:read@omni'] },
  ]);
  subscribe('net.client.socket', noteAttempts);
  // Gateways of an earlier test file in this process may still be ending their work.
  while (!(await isQuiet()));
});
afterAll(async () => {
  unsubscribe('net.client.socket', noteAttempts);
  await guarded.test.close();
});

const configuredPorts = () =>
  new Set(Object.values(guarded.test.sandbox.servers).map(({ origin }) => Number(new URL(origin).port)));

describe.each(['all', 'omni-only'])('forged ids of a caller with the rights: %s', (caller) => {
  it.each(Object.entries(FAMILIES))('a forged id reads no other object: %s', async (_family, arbitrary) => {
    const ids = fc.sample(arbitrary, { seed: SEED, numRuns: 1000 });
    for (let from = 0; from < ids.length; from += 100) {
      const sent = ids.slice(from, from + 100);
      const { data } = await guarded.askAs(caller, QUERY, { ids: sent });
      const nodes: (Found | null)[] = data?.nodes ?? sent.map(() => null);
      const wrong = nodes.flatMap((node, at) => {
        if (node === null) return [];
        const isOwn = node.id === sent[at] && encode(`v1:c:${node.instance?.key}:${node.vendorId}`) === node.id;
        return isOwn && (caller === 'all' || node.instance?.key === 'omni') ? [] : [{ sent: sent[at], node }];
      });
      expect(wrong).toEqual([]);
    }
    const configured = configuredPorts();
    expect([...ports].filter((port) => !configured.has(port))).toEqual([]);
  });
});

it('no forged id changed the path of a call, and a caller without rights made no call', async () => {
  for (const vendor of KEYS) {
    const paths = (await guarded.test.received(vendor)).map(({ path }) => path);
    // An id is one segment of a path. In it these characters are percent-encoded.
    expect(paths.filter((path) => /\.\.|\/\/|@|\\|%2f|login|[^\x21-\x7e]/i.test(path))).toEqual([]);
  }
  await guarded.test.resetAll();
  const ids = REAL.map(([instance, id]) => encode(`v1:c:${instance}:${id}`));
  expect((await guarded.askAs('all', QUERY, { ids })).data.nodes).not.toContain(null);
  await guarded.test.resetAll();
  expect((await guarded.askAs('omni-only', QUERY, { ids })).data.nodes).toEqual([null, null, null]);
  expect(await guarded.vendorCalls()).toBe(0);
});
