// The password of a MongoDB connection at Chartbrew is sent to the server that it was given for, whatever options and database
// name a caller writes. The sandbox reads the URL as the driver does and tells who was sent the password; nothing here knows
// how the gateway tells good from bad.
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { vendorRequest } from '../rotation/scripted-vendors.ts';
import { startStubbedGateway, type StubbedGateway } from '../support/stub-vendor.ts';
import { fuzz, RUNS, shareOf, type Outcome } from './fuzz.ts';
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
let played: StubbedGateway;
beforeAll(async () => {
  played = await startStubbedGateway('chartbrew', (request) => sandbox(request));
});
afterAll(() => played.close());

const reset = async () => {
  sandbox = createSandboxChartbrew();
};

interface Result {
  readonly __typename: string;
  readonly connection?: { readonly vendorId: string };
  readonly issues?: readonly { readonly code: string }[];
}

/** @throws Error when there is no result, or a secret in the answer. */
async function ask(mutation: string, input: Values): Promise<Result> {
  const { data, text } = await played.gateway.ask(mutation, { input });
  if (!data || /secret-\d/.test(text)) throw new Error(text);
  return data.result as Result;
}

const kindOf = ({ __typename, issues = [] }: Result): string => {
  if (__typename !== 'ValidationError') return __typename;
  return issues.some(({ code }) => code === 'SECRET_NEEDED') ? 'secret needed' : 'refused';
};

/** A call to the sandbox itself, past the gateway. */
const call = async (method: 'GET' | 'POST' | 'PUT', path: string, body: Values = {}): Promise<unknown> =>
  (await sandbox(vendorRequest(method, path, 'Bearer sandbox-chartbrew-key', body))).body;

interface Delivery {
  readonly host: string;
  readonly port: string;
  readonly tls: string;
  readonly mechanism: string;
  readonly password: string;
}

/** Tests a connection. @returns each way by which this password was ever sent: server, encryption and how it is proved. */
async function waysOf(id: number | string, password: string): Promise<ReadonlySet<string>> {
  await call('GET', `/team/7/connections/${id}/test`);
  const all = sandbox.deliveries?.() as readonly Delivery[];
  const sent = all.filter((one) => one.password === password);
  return new Set(sent.map(({ host, port, tls, mechanism }) => `${host}:${port} ${tls} ${mechanism}`));
}

const differ = (some: ReadonlySet<string>, others: ReadonlySet<string>): boolean =>
  [...some].some((one) => !others.has(one));

const toWire = (options: readonly Option[]) => options.map(({ name, value }) => ({ [name]: value }));

/** What is asked for, one after the other. */
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

/** Options that are stored before; dropping some of them would harm. */
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

it('no update leads the stored password away without sending it anew', { timeout: 600_000 }, async () => {
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
    // The same settings, past the gateway: they show that the attempt is no idle one.
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
  const counts = await fuzz({ what: 'MongoDB, updates', arbitrary, run, lanes: 4, pause: { every: 50, call: reset } });
  expect(shareOf(counts, /secret needed/)).toBeGreaterThan(0.2);
  expect(shareOf(counts, /Success/)).toBeGreaterThan(0.05);
  expect(shareOf(counts, /thrown/)).toBe(0);
  expect(wouldLeadAway / runs).toBeGreaterThan(0.3);
});

/** Servers that a caller names in so many words: the host, and a proxy by an option of that name. */
const openlyNamed = (options: readonly Option[]): readonly string[] => [
  HOST,
  ...options.filter(({ name }) => name.toLowerCase() === 'proxyhost').map(({ value }) => value.toLowerCase()),
];

/** A server that was sent the password, though no setting names it. */
const strangerIn = (own: ReadonlySet<string>, options: readonly Option[]): string | undefined =>
  [...own].map((way) => way.replace(/:\d+ .*$/, '')).find((host) => !openlyNamed(options).includes(host));

/** What is asked for after a create, one after the other. */
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

it('nor does one of a connection that was created with such settings', { timeout: 600_000 }, async () => {
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
});
