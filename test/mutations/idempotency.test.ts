// Idempotency keys: a create or an update that is sent again with its key is not carried out again, whatever its first
// outcome. The stored answers contain no secret.
import { expect, it, describe, onTestFinished } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import type { SandboxRequest, SandboxResponse, SandboxVendor } from '../../src/sandbox/server.ts';
import type { IdempotencyStore } from '../../src/services/idempotency/idempotency.ts';
import { createMemoryStore } from '../../src/services/idempotency/memory-store.ts';
import { issuesOf } from '../support/create-connection.ts';
import { REFUSING_ORIGIN, startTestGateway, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { journalOf } from '../support/journal.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';

type Values = Readonly<Record<string, unknown>>;

const ERRORS = `
  ... on Error { message }
  ... on VendorError { instance { key } vendorStatus vendorCode }
  ... on ValidationError { issues { path code } }
  ... on ConflictError { conflict }
  ... on OutcomeUnknownError { probe }`;
const CONNECTION =
  'connection { id name config { ... on PostgresConfig { database } } } warnings { path code message }';
const CREATE = `mutation ($input: CreateConnectionInput!) { result: createConnection(input: $input) {
  __typename ${ERRORS} ... on CreateConnectionSuccess { ${CONNECTION} }
} }`;
const UPDATE = `mutation ($input: UpdateConnectionInput!) { result: updateConnection(input: $input) {
  __typename ${ERRORS} ... on UpdateConnectionSuccess { ${CONNECTION} }
} }`;

async function ask(gateway: TestGateway, mutation: string, input: Values) {
  const { data, text } = await gateway.ask(mutation, { input });
  expect(text).not.toMatch(/secret-\d/);
  if (!data) throw new Error([text, ...gateway.log].join('\n'));
  return data.result;
}
const create = (gateway: TestGateway, input: Values = {}) => ask(gateway, CREATE, { ...INPUT, ...input });
const update = (gateway: TestGateway, input: Values) => ask(gateway, UPDATE, input);

const postgres = { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' };
// Names are not unique at Chartbrew, so only the key prevents a second connection.
const INPUT = { instance: 'chartbrew', name: 'one', config: { postgres }, idempotencyKey: 'k1' };

async function start(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const gateway = await startTestGateway(options);
  onTestFinished(() => gateway.close());
  return gateway;
}

const isWrite = ({ method }: { readonly method: string }) => method !== 'GET';
const writesTo = async (gateway: TestGateway) => (await gateway.received('chartbrew')).filter(isWrite).length;

const DAY_MS = 86_400_000;

const noop = (): void => {};
const failing = async (): Promise<never> => Promise.reject(new Error('down'));

/** Starts a Chartbrew whose writes a test handles. The handler can call the sandbox. */
async function withWrites(
  play: (act: () => SandboxResponse | Promise<SandboxResponse>, request: SandboxRequest) => ReturnType<SandboxVendor>,
) {
  const sandbox = createSandboxChartbrew();
  const stubbed = await startStubbedGateway('chartbrew', (request) =>
    isWrite(request) ? play(() => sandbox(request), request) : sandbox(request),
  );
  onTestFinished(() => stubbed.close());
  const writes = async () => (await journalOf(stubbed.origin)).filter(isWrite).length;
  return { gateway: stubbed.gateway, writes };
}

describe('An idempotency key that is used again', () => {
  it('the same input with the same key gets the first answer, whatever the order of its fields', async () => {
    const gateway = await start();
    const first = await create(gateway);
    expect(first).toMatchObject({ __typename: 'CreateConnectionSuccess', connection: { name: 'one' } });
    expect(await create(gateway)).toEqual(first);
    const { password, username, database, host } = postgres;
    const turned = {
      idempotencyKey: 'k1',
      config: { postgres: { password, username, database, host } },
      name: 'one',
      instance: 'chartbrew',
    };
    expect(await ask(gateway, CREATE, turned)).toEqual(first);
    expect(await writesTo(gateway)).toBe(1);
  });

  it('a repeated update with the same key gets the first answer with its warnings', async () => {
    const gateway = await start();
    const oracle = { host: 'db.acme.example', usesTns: true, serviceName: 'ORCL', password: 'pw-secret-1' };
    const { connection } = await create(gateway, { instance: 'looker', config: { oracle } });
    const change = {
      id: connection.id,
      config: { oracle: { usesTns: false, serviceName: 'ORCL2', password: { replace: 'pw-secret-2' } } },
      idempotencyKey: 'k1',
    };
    const first = await update(gateway, change);
    expect(first).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [{ code: 'FIELD_IGNORED' }] });
    expect(await update(gateway, change)).toEqual(first);
    const patches = (await gateway.received('looker')).filter(({ method }) => method === 'PATCH');
    expect(patches).toHaveLength(1);
  });

  it('a repeated answer reports the current state of the connection', async () => {
    const gateway = await start();
    const { connection } = await create(gateway);
    const change = { id: connection.id, config: { postgres: { database: 'sales' } } };
    const first = await update(gateway, { ...change, idempotencyKey: 'u1' });
    await update(gateway, { id: connection.id, config: { postgres: { database: 'mart' } }, idempotencyKey: 'u2' });
    expect(first.connection.config).toEqual({ database: 'sales' });
    const again = await update(gateway, { ...change, idempotencyKey: 'u1' });
    expect(again.connection).toMatchObject({ id: connection.id, config: { database: 'mart' } });
    expect(await writesTo(gateway)).toBe(3);
  });

  it.each<[string, Values]>([
    ['name', { name: 'two' }],
    ['setting', { config: { postgres: { ...postgres, database: 'sales' } } }],
    ['secret', { config: { postgres: { ...postgres, password: 'pw-secret-2' } } }],
    ['instance', { instance: 'looker' }],
    ['set of options', { options: { chartbrew: { active: false } } }],
  ])('a used key is refused for another create input: another %s', async (_what, other) => {
    const gateway = await start();
    await create(gateway);
    expect(await create(gateway, other)).toMatchObject({
      __typename: 'ConflictError',
      conflict: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect(await writesTo(gateway)).toBe(1);
    expect((await gateway.received('looker')).filter(isWrite)).toEqual([]);
  });

  it.each<[string, Values]>([
    ['connection', { id: 'b' }],
    ['setting', { config: { postgres: { database: 'mart' } } }],
    ['secret', { config: { postgres: { database: 'sales', password: { replace: 'pw-secret-3' } } } }],
    ['cleared field', { config: { postgres: { database: 'sales', connectionString: { clear: true } } } }],
  ])('a used key is refused for another update input: another %s', async (_what, { id, ...other }) => {
    const gateway = await start();
    const { connection } = await create(gateway, { idempotencyKey: null });
    const { connection: second } = await create(gateway, { idempotencyKey: null });
    const input = { id: connection.id, config: { postgres: { database: 'sales' } }, idempotencyKey: 'k1' };
    await update(gateway, input);
    const result = await update(gateway, { ...input, ...other, ...(id ? { id: second.id } : {}) });
    expect(result).toMatchObject({ __typename: 'ConflictError', conflict: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await writesTo(gateway)).toBe(3);
  });

  it('a key applies to one mutation, and a request without a key is always carried out', async () => {
    const gateway = await start();
    const { connection } = await create(gateway);
    const change = { id: connection.id, config: { postgres: { database: 'sales' } }, idempotencyKey: 'k1' };
    expect(await update(gateway, change)).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    const ids = [];
    for (const key of [null, undefined, null]) {
      ids.push((await create(gateway, { idempotencyKey: key })).connection.id);
    }
    expect(new Set([connection.id, ...ids]).size).toBe(4);
    expect(await writesTo(gateway)).toBe(5);
  });

  it('a key is stored for a day', async () => {
    let now = Date.now();
    const gateway = await start({ createGateway: { clock: () => now } });
    const first = await create(gateway);
    now += DAY_MS - 1;
    expect(await create(gateway)).toEqual(first);
    expect(await create(gateway, { name: 'two' })).toMatchObject({ conflict: 'IDEMPOTENCY_KEY_REUSED' });
    now += 1;
    const second = await create(gateway, { name: 'two' });
    expect(second).toMatchObject({ __typename: 'CreateConnectionSuccess', connection: { name: 'two' } });
    expect(second.connection.id).not.toBe(first.connection.id);
    expect(await create(gateway, { name: 'two' })).toEqual(second);
    expect(await writesTo(gateway)).toBe(2);
  });

  it('a key whose connection was deleted creates no other connection', async () => {
    const gateway = await start();
    const { connection } = await create(gateway);
    await gateway.ask('mutation ($id: ID!) { deleteConnection(input: { id: $id }) { __typename } }', {
      id: connection.id,
    });
    const again = await create(gateway);
    expect(again.__typename).toBe('ValidationError');
    expect(issuesOf(again)).toEqual(['input.idempotencyKey INVALID']);
    expect(await writesTo(gateway)).toBe(2);
  });

  it.each([
    ['empty', ''],
    ['with a control character', 'a\nb'],
    ['with a NUL byte', 'a\u0000'],
    ['with a DEL', 'a\u007f'],
    ['with 256 characters', 'k'.repeat(256)],
  ])('an invalid key is refused: %s', async (_what, idempotencyKey) => {
    const gateway = await start();
    expect(issuesOf(await create(gateway, { idempotencyKey }))).toEqual(['input.idempotencyKey INVALID']);
    const result = await update(gateway, { id: 'x', idempotencyKey });
    expect(issuesOf(result)).toEqual(['input.id INVALID', 'input.idempotencyKey INVALID']);
    expect(await gateway.received('chartbrew')).toEqual([]);
  });

  it.each([['k'], ['k'.repeat(255)], ['with blanks and ünïcode 🔑'], ['__proto__']])(
    'any other text is a valid key: %s',
    async (idempotencyKey) => {
      const gateway = await start();
      const first = await create(gateway, { idempotencyKey });
      expect(await create(gateway, { idempotencyKey })).toEqual(first);
      expect(await writesTo(gateway)).toBe(1);
    },
  );
});

function gate() {
  let open = noop;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe('An idempotency key whose first request is still running', () => {
  it('a request whose key is in use by a running request is refused, and nothing is sent', async () => {
    const [there, free] = [gate(), gate()];
    const { gateway, writes } = await withWrites(async (act) => {
      there.open();
      await free.opened;
      return act();
    });
    const first = create(gateway);
    await there.opened;
    expect(await create(gateway)).toMatchObject({ __typename: 'ConflictError', conflict: 'IN_PROGRESS' });
    expect(await create(gateway, { name: 'two' })).toMatchObject({ conflict: 'IDEMPOTENCY_KEY_REUSED' });
    free.open();
    const done = await first;
    expect(done).toMatchObject({ __typename: 'CreateConnectionSuccess' });
    expect(await create(gateway)).toEqual(done);
    expect(await writes()).toBe(1);
  });

  it('of many concurrent requests with one key, only one is carried out', async () => {
    const gateway = await start();
    const results = await Promise.all(Array.from({ length: 8 }, () => create(gateway)));
    const made = results.filter(({ __typename }) => __typename === 'CreateConnectionSuccess');
    const waiting = results.filter(({ conflict }) => conflict === 'IN_PROGRESS');
    expect(made.length).toBeGreaterThan(0);
    expect(made.length + waiting.length).toBe(8);
    expect(new Set(made.map(({ connection }) => connection.id)).size).toBe(1);
    expect(await writesTo(gateway)).toBe(1);
  });
});

describe('An idempotency key of a request that wrote nothing', () => {
  it('a key can be used again after the gateway refused the input', async () => {
    const gateway = await start();
    const refused = await create(gateway, { config: { postgres: { host: 'db.acme.example' } } });
    expect(refused.__typename).toBe('ValidationError');
    expect(await create(gateway)).toMatchObject({ __typename: 'CreateConnectionSuccess' });
    expect(await writesTo(gateway)).toBe(1);
  });

  it.each([
    [400, { error: 'invalid' }, 'ValidationError'],
    [401, 'Unauthorized access.', 'VendorUnavailableError'],
    [403, { message: 'Access denied' }, 'PermissionError'],
    [429, {}, 'RateLimitedError'],
  ])('a key can be used again after the vendor refused the write with %i', async (status, body, type) => {
    let refusals = 1;
    const headers = { 'retry-after': '0' };
    const { gateway, writes } = await withWrites((act) => (refusals-- > 0 ? { status, body, headers } : act()));
    expect((await create(gateway)).__typename).toBe(type);
    const done = await create(gateway, { name: 'two' });
    expect(done).toMatchObject({ __typename: 'CreateConnectionSuccess', connection: { name: 'two' } });
    expect(await writes()).toBe(2);
  });

  it('a key can be used again after a write that was never sent', async () => {
    const gateway = await start({
      instances: (sandbox) => [...sandbox, { ...sandbox[3], key: 'nowhere', baseUrl: REFUSING_ORIGIN }],
    });
    expect(await create(gateway, { instance: 'nowhere' })).toMatchObject({ __typename: 'VendorUnavailableError' });
    expect(await create(gateway)).toMatchObject({ __typename: 'CreateConnectionSuccess' });
  });
});

describe('An idempotency key of a write with an unknown outcome', () => {
  it.each([
    ['done', true],
    ['not done', false],
  ])('a key with an unknown outcome returns the same answer without a second write: %s', async (_what, isDone) => {
    const { gateway, writes } = await withWrites(async (act) => {
      if (isDone) await act();
      return { status: 502, body: 'Bad gateway' };
    });
    const first = await create(gateway);
    expect(first).toEqual({
      __typename: 'OutcomeUnknownError',
      message: 'Chartbrew (sandbox) failed (502) after the request was sent. The change may have been made.',
      instance: { key: 'chartbrew' },
      vendorStatus: 502,
      vendorCode: null,
      probe: 'Look for a new connection named one before you try again.',
    });
    expect(await create(gateway)).toEqual(first);
    expect(await create(gateway, { name: 'two' })).toMatchObject({ conflict: 'IDEMPOTENCY_KEY_REUSED' });
    expect(await writes()).toBe(1);
  });

  it('a key with an unknown outcome returns the same answer of an update', async () => {
    let isBroken = false;
    const { gateway, writes } = await withWrites((act) => (isBroken ? { status: 500, body: {} } : act()));
    const { connection } = await create(gateway);
    isBroken = true;
    const change = { id: connection.id, config: { postgres: { database: 'sales' } }, idempotencyKey: 'k1' };
    const first = await update(gateway, change);
    expect(first).toMatchObject({ __typename: 'OutcomeUnknownError', vendorStatus: 500 });
    isBroken = false;
    expect(await update(gateway, change)).toEqual(first);
    expect(await writes()).toBe(2);
  });
});

/** Returns a store that records its arguments and results. */
function spyOn(store: IdempotencyStore) {
  const seen: unknown[] = [];
  const note = <T>(value: T): T => {
    seen.push(structuredClone(value));
    return value;
  };
  const spying: IdempotencyStore = {
    ...store,
    begin: async (...given) => note(await store.begin(...note(given))),
    finish: async (...given) => store.finish(...note(given)),
    release: async (...given) => store.release(...note(given)),
  };
  return { spying, seen };
}

function textsIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [String(value)];
  return Object.entries(value).flatMap(([key, one]) => [key, ...textsIn(one)]);
}

describe('The store of idempotency keys', () => {
  it('the store receives ids and codes, but no secret, no raw key and no setting', async () => {
    const { spying, seen } = spyOn(createMemoryStore());
    let isBroken = false;
    const sandbox = createSandboxChartbrew();
    const stubbed = await startStubbedGateway(
      'chartbrew',
      (request) => (isBroken && isWrite(request) ? { status: 502, body: 'pw-secret-1' } : sandbox(request)),
      {},
      { createGateway: { idempotencyStore: spying } },
    );
    onTestFinished(() => stubbed.close());
    const { gateway } = stubbed;
    const { connection } = await create(gateway, { idempotencyKey: 'a-key-1' });
    await create(gateway, { idempotencyKey: 'a-key-1' });
    const password = { replace: 'pw-secret-2' };
    await update(gateway, { id: connection.id, config: { postgres: { password } }, idempotencyKey: 'a-key-2' });
    await create(gateway, { idempotencyKey: 'a-key-3', config: { postgres: { host: 'x' } } });
    isBroken = true;
    await create(gateway, { idempotencyKey: 'a-key-4' });

    expect(seen).toHaveLength(14);
    const texts = textsIn(seen);
    expect(texts).toContain(connection.id);
    expect(texts.filter((text) => /secret-\d|a-key-\d|acme|orders/.test(text))).toEqual([]);
  });

  it('an input has a different fingerprint at each gateway, so that it cannot be guessed from the store', async () => {
    const inputs = await Promise.all(
      [1, 2].map(async () => {
        const { spying, seen } = spyOn(createMemoryStore());
        await create(await start({ createGateway: { idempotencyStore: spying } }));
        return textsIn(seen[0]);
      }),
    );
    // The digests of the key and of the input have 43 characters; the id of the attempt has 36.
    const [one = [], other = []] = inputs.map((texts) => texts.filter((text) => text.length > 40));
    expect(one).toHaveLength(2);
    expect(one.filter((text) => other.includes(text))).toEqual([]);
  });

  it('a full store drops its oldest entry, but no entry of a running request', async () => {
    const store = createMemoryStore(Date.now, 3);
    const lease = { attempt: 'first', leaseMs: 60_000 };
    expect(await store.begin('slow', 'input', lease)).toEqual({ state: 'NEW' });
    const gateway = await start({ createGateway: { idempotencyStore: store } });
    const made = [];
    for (const idempotencyKey of ['a', 'b', 'c']) made.push((await create(gateway, { idempotencyKey })).connection.id);
    const again = async (idempotencyKey: string) => (await create(gateway, { idempotencyKey })).connection.id;
    expect(await again('c')).toBe(made[2]);
    expect(await again('b')).toBe(made[1]);
    expect(await again('a')).not.toBe(made[0]);
    expect(await store.begin('slow', 'input', { ...lease, attempt: 'second' })).toEqual({ state: 'IN_PROGRESS' });
    expect(await writesTo(gateway)).toBe(4);
  });

  it('a store that fails before the write prevents the write', async () => {
    const gateway = await start({ createGateway: { idempotencyStore: { ...createMemoryStore(), begin: failing } } });
    const { errors, text } = await gateway.ask(CREATE, { input: INPUT });
    expect(errors?.[0]?.extensions['code']).toBe('INTERNAL_SERVER_ERROR');
    expect(text).not.toMatch(/secret-\d|down/);
    expect(await gateway.received('chartbrew')).toEqual([]);
  });

  it('a store that fails after the write changes neither the answer nor allows a second write', async () => {
    const gateway = await start({ createGateway: { idempotencyStore: { ...createMemoryStore(), finish: failing } } });
    expect(await create(gateway)).toMatchObject({ __typename: 'CreateConnectionSuccess' });
    expect(await create(gateway)).toMatchObject({ conflict: 'IN_PROGRESS' });
    expect(await writesTo(gateway)).toBe(1);
    expect(gateway.log.join('')).toMatch(/"errorClass":"Error".*"msg":"idempotency store failed"/);
    expect(gateway.log.join('')).not.toMatch(/down/);
  });
});
