// The password of a MongoDB connection at Chartbrew is sent only to the server that the caller named, whatever options and database
// name an update has. The sandbox reads the URL like the driver and records which servers receive the password. These tests do not know
// the gateway's rules.
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { vendorRequest } from '../rotation/scripted-vendors.ts';
import { startStubbedGateway, type StubbedGateway } from '../support/stub-vendor.ts';
import { fuzz, RUNS, shareOf, type Outcome } from './run-cases.ts';
import { attempts, type Attempt, type Option } from './mongodb.ts';

type Values = Readonly<Record<string, unknown>>;

const HOST = 'mongo.acme.example';

const CREATE = `mutation ($input: CreateConnectionInput!) { result: createConnection(input: $input) {
  __typename ... on CreateConnectionSuccess { connection { vendorId } } ... on ValidationError { issues { code } }
} }`;
const UPDATE = `mutation ($input: UpdateConnectionInput!) { result: updateConnection(input: $input) {
  __typename ... on ValidationError { issues { code } }
} }`;

let sandbox = createSandboxChartbrew();
let stubbed: StubbedGateway;
beforeAll(async () => {
  stubbed = await startStubbedGateway('chartbrew', (request) => sandbox(request));
});
afterAll(() => stubbed.close());

const reset = async () => {
  sandbox = createSandboxChartbrew();
};

interface Result {
  readonly __typename: string;
  readonly connection?: { readonly vendorId: string };
  readonly issues?: readonly { readonly code: string }[];
}

/** Runs a mutation. @throws Error when there is no result, or when the answer has a secret. */
async function ask(mutation: string, input: Values): Promise<Result> {
  const { data, text } = await stubbed.gateway.ask(mutation, { input });
  if (!data || /secret-\d/.test(text)) throw new Error(text);
  return data.result as Result;
}

const kindOf = ({ __typename, issues = [] }: Result): string => {
  if (__typename !== 'ValidationError') return __typename;
  return issues.some(({ code }) => code === 'SECRET_NEEDED') ? 'secret needed' : 'refused';
};

/** Calls the sandbox directly, without the gateway. */
const call = async (method: 'GET' | 'POST' | 'PUT', path: string, body: Values = {}): Promise<unknown> =>
  (await sandbox(vendorRequest(method, path, 'Bearer sandbox-chartbrew-key', body))).body;

interface Delivery {
  readonly host: string;
  readonly port: string;
  readonly tls: string;
  readonly mechanism: string;
  readonly password: string;
}

/** Tests a connection. @returns each server that received the password, with its encryption and authentication mechanism. */
async function waysOf(id: number | string, password: string): Promise<ReadonlySet<string>> {
  await call('GET', `/team/7/connections/${id}/test`);
  const all = sandbox.deliveries?.() as readonly Delivery[];
  const sent = all.filter((entry) => entry.password === password);
  return new Set(sent.map(({ host, port, tls, mechanism }) => `${host}:${port} ${tls} ${mechanism}`));
}

const differ = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...some].some((entry) => !others.has(entry));

const toWire = (options: readonly Option[]) => options.map(({ name, value }) => ({ [name]: value }));

/** The updates of an attempt, in order. */
const CHANGES: Readonly<Record<string, (attempt: Attempt) => readonly Values[]>> = {
  all: ({ options, database, srv }) => [{ options, database, ...(srv && { srv }) }],
  'the options': ({ options }) => [{ options }],
  'the database': ({ database }) => [{ database }],
  'the database, after the options were dropped': ({ database }) => [{ options: [] }, { database }],
  'the options, after they were cleared': ({ options }) => [{ options: null }, { options }],
  'the password too': ({ options, database }) => [
    { options, database, password: { replace: 'pw-secret-new' } },
    { database, options },
  ],
};

/** The options that are stored before. Some of them protect the password. */
const BEFORE: readonly (readonly Option[])[] = [
  [],
  [{ name: 'tls', value: 'true' }],
  [
    { name: 'authSource', value: 'admin' },
    { name: 'replicaSet', value: 'rs0' },
  ],
  [
    { name: 'tls', value: 'true' },
    { name: 'proxyHost', value: 'proxy.acme.example' },
  ],
];

const globalId = (row: number | string): string => Buffer.from(`v1:c:chartbrew:${row}`).toString('base64url');

let made = 0;
const newPassword = (): string => `pw-secret-${(made += 1)}`;

it(
  'no update sends the stored password to another server unless the update provides the password',
  { timeout: 600_000 },
  async () => {
    let runs = 0;
    let wouldLeadAway = 0;
    const run = async ({ attempt, what, before }: { attempt: Attempt; what: string; before: readonly Option[] }) => {
      const password = newPassword();
      const row = {
        type: 'mongodb',
        subType: 'mongodb',
        name: 'one',
        host: HOST,
        dbName: 'shop',
        username: 'bi',
        password,
      };
      const { id } = (await call('POST', '/team/7/connections', { ...row, options: toWire(before) })) as { id: number };
      const own = await waysOf(id, password);
      const kinds: string[] = [];
      for (const mongodb of CHANGES[what]?.(attempt) ?? []) {
        kinds.push(kindOf(await ask(UPDATE, { id: globalId(id), config: { mongodb } })));
      }
      const later = await waysOf(id, password);
      // The same settings without the gateway show that the attempt would succeed.
      const { options, database } = attempt;
      await call('PUT', `/team/7/connections/${id}`, { password, options: toWire(options), dbName: database });
      if (differ(await waysOf(id, password), own)) wouldLeadAway += 1;
      runs += 1;
      const wrong = differ(later, own) ? `${what}: ${[...later].join(', ')} in place of ${[...own].join(', ')}` : null;
      return { kind: `${what}: ${kinds.join(', ')}`, wrong } satisfies Outcome;
    };
    const arbitrary = fc.record({
      attempt: attempts,
      what: fc.constantFrom(...Object.keys(CHANGES)),
      before: fc.constantFrom(...BEFORE),
    });
    const counts = await fuzz({
      what: 'MongoDB, updates',
      arbitrary,
      run,
      lanes: 4,
      pause: { every: 50, call: reset },
    });
    expect(shareOf(counts, /secret needed/)).toBeGreaterThan(0.2);
    expect(shareOf(counts, /Success/)).toBeGreaterThan(0.05);
    expect(shareOf(counts, /thrown/)).toBe(0);
    expect(wouldLeadAway / runs).toBeGreaterThan(0.3);
  },
);

/** The servers that the settings name: the host, and a proxy in the option for it. */
const openlyNamed = (options: readonly Option[]): readonly string[] => [
  HOST,
  ...options.filter(({ name }) => name.toLowerCase() === 'proxyhost').map(({ value }) => value.toLowerCase()),
];

/** Returns a server that received the password although no setting names it. */
const strangerIn = (own: ReadonlySet<string>, options: readonly Option[]): string | undefined =>
  [...own].map((recipient) => recipient.replace(/:\d+ .*$/, '')).find((host) => !openlyNamed(options).includes(host));

/** The updates after a create, in order. */
const AFTERWARDS: readonly Values[] = [
  { name: 'two' },
  { config: { mongodb: { options: [] } } },
  { config: { mongodb: { options: null } } },
  { config: { mongodb: { database: 'shop3' } } },
  { config: { mongodb: { srv: false } } },
];

const run = async ({ options, database, srv }: Attempt): Promise<Outcome> => {
  const password = newPassword();
  const mongodb = { host: HOST, database, username: 'bi', password, ...(srv && { srv }), options };
  const result = await ask(CREATE, { instance: 'chartbrew', name: 'one', config: { mongodb } });
  if (!result.connection) return { kind: kindOf(result), wrong: null };
  const id = globalId(result.connection.vendorId);
  const own = await waysOf(result.connection.vendorId, password);
  const stranger = strangerIn(own, options);
  if (stranger !== undefined) return { kind: 'created', wrong: `sent to ${stranger}` };
  for (const change of AFTERWARDS) await ask(UPDATE, { id, ...change });
  const later = await waysOf(result.connection.vendorId, password);
  const wrong = differ(later, own) ? `${[...later].join(', ')} in place of ${[...own].join(', ')}` : null;
  return { kind: own.size > 0 ? 'created, and sent' : 'created', wrong };
};

it(
  'no update of a connection that was created with such settings sends the password to another server',
  { timeout: 600_000 },
  async () => {
    const counts = await fuzz({
      what: 'MongoDB, creates',
      arbitrary: attempts,
      run,
      runs: Math.ceil(RUNS / 5),
      lanes: 4,
      pause: { every: 50, call: reset },
    });
    expect(shareOf(counts, /created, and sent/)).toBeGreaterThan(0.02);
    expect(shareOf(counts, /refused/)).toBeGreaterThan(0.1);
    expect(shareOf(counts, /thrown/)).toBe(0);
  },
);
