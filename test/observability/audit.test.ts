// The audit log has one line for each mutation, however it ends: who, where, the outcome, and a tag for each secret, and nothing else of
// the input. The expected tags were made with `printf '%s' VALUE | openssl dgst -sha256 -hmac audit-key-1 -binary | basenc --base64url`.
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { beforeAll, beforeEach, afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createLog } from '../../src/observability/log.ts';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { createMemoryStore } from '../../src/services/idempotency/memory-store.ts';
import { startGuarded } from '../authorization/tokens.ts';
import { startTestGateway, type Answer, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';

const AUDIT = { key: 'audit-key-1' };

const TAGS = {
  'pw-secret-1': 'hmac-sha256:Ex0R4SjO7ckIHrEZ3hcqvmY8pNLDn7Atm9qL03xf2Zk',
  'pw-secret-2': 'hmac-sha256:i0NfiDPAsLUDnpVNsaIhTcEf1-vcC_YYv4WTcx27DhM',
  'pw-secret-3': 'hmac-sha256:VRo7HTn_wFjkdtiIgA7gKhx8iVlUQfwegWNi41wjNic',
  '12345678': 'hmac-sha256:_1JV_tI9Q5R3JcZn7EdtVQ8gjSGBVAJ6dhjKyCDmTbY',
  'pw"secret-4\nä': 'hmac-sha256:mhIejLbhYzyy6_9t0EGquGQK5YmDsYbQfx5Xm5hr87c',
} as const;

const at = (path: string, value: keyof typeof TAGS) => ({ path, tag: TAGS[value] });

const SHOP_MYSQL = { chartbrew: 'djE6YzpjaGFydGJyZXc6MTY', credible: 'djE6YzpjcmVkaWJsZTpzaG9wX215c3Fs' };
const NOBODY = 'djE6YzpjaGFydGJyZXc6OTk5';

const postgres = { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' };
const ORDERS = { instance: 'chartbrew', name: 'orders', config: { postgres } };

const SELECTION: Readonly<Record<string, string>> = {
  createConnection: '... on CreateConnectionSuccess { connection { id } }',
  updateConnection: '... on UpdateConnectionSuccess { connection { id } }',
  createConnections: `... on CreateConnectionsSuccess { fanOut { outcomes { result {
    ... on CreateConnectionSuccess { connection { id } } } } } }`,
};

type Line = Readonly<Record<string, unknown>>;
type Input = Readonly<Record<string, unknown>>;

const auditOf = (log: readonly string[]): Line[] =>
  log.map((line) => JSON.parse(line) as Line).filter(({ msg }) => msg === 'audit');

/** The lines that a request made, without what every line of the log has. */
async function linesOf(gateway: TestGateway, send: () => Promise<Answer>) {
  gateway.log.length = 0;
  const { data, text, headers } = await send();
  expect([text, ...gateway.log].join('\n')).not.toMatch(/secret-\d/);
  const lines = auditOf(gateway.log).map(
    ({ level, time, msg: _msg, requestId, durationMs, caller, address, ...line }) => {
      expect([level, requestId, caller, address]).toEqual([30, headers.get('x-request-id'), 'anonymous', null]);
      expect(time).toEqual(expect.any(String));
      expect(Number.isInteger(durationMs) && Number(durationMs) >= 0).toBe(true);
      return line;
    },
  );
  return { data, text, lines };
}

async function mutate(gateway: TestGateway, mutation: string, input: Input) {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ${SELECTION[mutation] ?? ''} } }`;
  const { data, lines } = await linesOf(gateway, () => gateway.ask(query, { input }));
  expect(lines).toHaveLength(1);
  return { result: data?.[mutation], line: lines[0] };
}

async function start(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const gateway = await startTestGateway({ audit: AUDIT, ...options });
  onTestFinished(() => gateway.close());
  return gateway;
}

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ audit: AUDIT });
});
beforeEach(async () => {
  for (const vendor of ['looker', 'omni', 'credible', 'chartbrew'] as const) {
    await gateway.reset(vendor);
    await gateway.outage(vendor, 'none');
  }
});
afterAll(() => gateway.close());

const failing = async (): Promise<never> => Promise.reject(new Error('pw-secret-1'));

const refused = { mutation: 'createConnection', instances: ['chartbrew'], connections: [], outcome: 'ValidationError' };

describe('audit lines', () => {
  const ROWS: Readonly<Record<string, { readonly input: Input; readonly line: Line }>> = {
    createConnection: {
      input: { ...ORDERS, instance: 'credible' },
      line: {
        instances: ['credible'],
        connections: ['djE6YzpjcmVkaWJsZTpvcmRlcnM'],
        outcome: 'CreateConnectionSuccess',
        secrets: [at('input.config.postgres.password', 'pw-secret-1')],
      },
    },
    updateConnection: {
      input: { id: SHOP_MYSQL.chartbrew, config: { mysql: { password: { replace: 'pw-secret-2' } } } },
      line: {
        instances: ['chartbrew'],
        connections: [SHOP_MYSQL.chartbrew],
        outcome: 'UpdateConnectionSuccess',
        secrets: [at('input.config.mysql.password.replace', 'pw-secret-2')],
      },
    },
    deleteConnection: {
      input: { id: SHOP_MYSQL.credible },
      line: {
        instances: ['credible'],
        connections: [SHOP_MYSQL.credible],
        outcome: 'DeleteConnectionSuccess',
        secrets: [],
      },
    },
    testConnection: {
      input: { id: SHOP_MYSQL.chartbrew },
      line: {
        instances: ['chartbrew'],
        connections: [SHOP_MYSQL.chartbrew],
        outcome: 'TestConnectionSuccess',
        secrets: [],
      },
    },
    testConnectionConfig: {
      input: { instance: 'djE6aTpjcmVkaWJsZQ', config: { postgres } },
      line: {
        instances: ['credible'],
        connections: [],
        outcome: 'TestConnectionSuccess',
        secrets: [at('input.config.postgres.password', 'pw-secret-1')],
      },
    },
    createConnections: {
      input: {
        name: 'orders',
        config: { postgres },
        targets: [{ instance: 'credible' }, { instance: 'looker' }],
      },
      line: {
        instances: ['credible', 'looker'],
        connections: ['djE6YzpjcmVkaWJsZTpvcmRlcnM', 'djE6Yzpsb29rZXI6b3JkZXJz'],
        outcome: 'CreateConnectionsSuccess',
        status: 'COMPLETE',
        targets: [
          { instance: 'credible', connection: 'djE6YzpjcmVkaWJsZTpvcmRlcnM', status: 'DONE' },
          { instance: 'looker', connection: 'djE6Yzpsb29rZXI6b3JkZXJz', status: 'DONE' },
        ],
        secrets: [at('input.config.postgres.password', 'pw-secret-1')],
      },
    },
    rotateConnectionSecret: {
      input: {
        connections: { ids: [SHOP_MYSQL.chartbrew, SHOP_MYSQL.credible] },
        secret: 'pw-secret-3',
        field: 'PASSWORD',
        dryRun: true,
      },
      line: {
        instances: ['chartbrew', 'credible'],
        connections: [SHOP_MYSQL.chartbrew, SHOP_MYSQL.credible],
        outcome: 'RotateConnectionSecretSuccess',
        targets: [
          { instance: 'chartbrew', connection: SHOP_MYSQL.chartbrew, status: 'PLANNED' },
          { instance: 'credible', connection: SHOP_MYSQL.credible, status: 'PLANNED' },
        ],
        secrets: [at('input.secret', 'pw-secret-3')],
      },
    },
  };

  it('these tests cover every mutation of the schema', () => {
    const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
    expect(Object.keys(ROWS).toSorted()).toEqual(Object.keys(schema.getMutationType()?.getFields() ?? {}).toSorted());
  });

  it.each(Object.entries(ROWS))(
    '%s has an audit line with caller, instance, outcome and a tag for each secret',
    async (name, row) => {
      const { result, line } = await mutate(gateway, name, row.input);
      expect(line).toEqual({ mutation: name, ...row.line });
      expect(result.__typename).toBe(row.line['outcome']);
    },
  );

  it('each mutation of a document has an audit line', async () => {
    const query = `mutation ($a: DeleteConnectionInput!, $b: DeleteConnectionInput!) {
      a: deleteConnection(input: $a) { __typename } b: deleteConnection(input: $b) { __typename } }`;
    const variables = { a: { id: SHOP_MYSQL.chartbrew }, b: { id: NOBODY } };
    const { lines } = await linesOf(gateway, () => gateway.ask(query, variables));
    expect(lines.map(({ connections, outcome }) => [connections, outcome])).toEqual([
      [[SHOP_MYSQL.chartbrew], 'DeleteConnectionSuccess'],
      [[NOBODY], 'NotFoundError'],
    ]);
  });

  it('a query and a request that is refused before execution have no audit line', async () => {
    const secretInDocument = 'mutation { createConnection(input: { password: "pw-secret-1" }) { __typename } }';
    const create = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { __typename } }';
    const input = { ...ORDERS, nmae: 'orders' };
    for (const send of [
      () => gateway.ask('{ connections { totalCount } }'),
      () => gateway.ask(secretInDocument),
      () => gateway.ask(create, { input }),
    ]) {
      expect((await linesOf(gateway, send)).lines).toEqual([]);
    }
  });
});

describe('audit lines by outcome', () => {
  it('a refusal by the schema has an audit line with the tags of the secrets', async () => {
    const input = { ...ORDERS, config: { postgres: { ...postgres, port: 99_999 } } };
    const { result, line } = await mutate(gateway, 'createConnection', input);
    expect(result.__typename).toBe('ValidationError');
    expect(line).toEqual({ ...refused, secrets: [at('input.config.postgres.password', 'pw-secret-1')] });
  });

  it('a refusal by the schema has an audit line when the vendor does not support the dialect', async () => {
    const config = { snowflake: { account: 'acme', username: '', password: 'pw-secret-1' } };
    const input = { name: 'orders', config, targets: [{ instance: 'chartbrew' }] };
    const { result, line } = await mutate(gateway, 'createConnections', input);
    expect(result.__typename).toBe('UnsupportedError');
    expect(line).toEqual({
      mutation: 'createConnections',
      instances: ['chartbrew'],
      connections: [],
      outcome: 'UnsupportedError',
      secrets: [at('input.config.snowflake.password', 'pw-secret-1')],
    });
  });

  it('a refusal by the rules of a vendor has an audit line', async () => {
    const { line } = await mutate(gateway, 'createConnection', { ...ORDERS, options: { omni: {} } });
    expect(line).toEqual({ ...refused, secrets: [at('input.config.postgres.password', 'pw-secret-1')] });
  });

  it('the audit line says that the outcome is unknown when the vendor breaks off', async () => {
    await gateway.outage('credible', 'reset');
    const { line } = await mutate(gateway, 'createConnection', { ...ORDERS, instance: 'credible' });
    expect(line).toMatchObject({ instances: ['credible'], connections: [], outcome: 'OutcomeUnknownError' });
  });

  it('the audit line of a compensated fan-out has the outcome of each target', async () => {
    await gateway.outage('credible', 'reset');
    const { line } = await mutate(gateway, 'createConnections', {
      name: 'orders',
      config: { postgres },
      targets: [{ instance: 'looker' }, { instance: 'credible' }],
      onFailure: 'COMPENSATE',
    });
    expect(line).toMatchObject({
      outcome: 'CreateConnectionsSuccess',
      status: 'COMPENSATION_INCOMPLETE',
      targets: [
        { instance: 'looker', connection: 'djE6Yzpsb29rZXI6b3JkZXJz', status: 'DONE', compensation: 'DELETED' },
        { instance: 'credible', connection: null, status: 'UNKNOWN', compensation: 'UNKNOWN' },
      ],
    });
  });

  it('the audit line of a rotation has the outcome of each connection', async () => {
    await gateway.outage('credible', 'reset');
    const { line } = await mutate(gateway, 'rotateConnectionSecret', {
      connections: { ids: [SHOP_MYSQL.chartbrew, SHOP_MYSQL.credible] },
      secret: 'pw-secret-3',
      field: 'PASSWORD',
      verifyFirst: false,
    });
    expect(line).toMatchObject({
      instances: ['chartbrew', 'credible'],
      connections: [SHOP_MYSQL.chartbrew, SHOP_MYSQL.credible],
      targets: [
        { instance: 'chartbrew', connection: SHOP_MYSQL.chartbrew, status: 'DONE' },
        { instance: 'credible', connection: SHOP_MYSQL.credible, status: 'NOT_ATTEMPTED' },
      ],
    });
  });

  it('the audit line says when an idempotency key repeats an answer, and not when the key refuses an input', async () => {
    const input = { ...ORDERS, idempotencyKey: 'key 1' };
    const first = await mutate(gateway, 'createConnection', input);
    const { id } = first.result.connection;
    const done = { mutation: 'createConnection', instances: ['chartbrew'], connections: [id] };
    const secrets = [at('input.config.postgres.password', 'pw-secret-1')];
    expect(first.line).toEqual({ ...done, outcome: 'CreateConnectionSuccess', secrets });
    const second = await mutate(gateway, 'createConnection', input);
    expect(second.line).toEqual({ ...done, outcome: 'CreateConnectionSuccess', replayed: true, secrets });
    const other = await mutate(gateway, 'createConnection', { ...input, name: 'other' });
    expect(other.line).toEqual({ ...done, connections: [], outcome: 'ConflictError', secrets });
  });

  it('the audit line says when an idempotency key repeats an unknown outcome', async () => {
    await gateway.outage('credible', 'reset');
    const input = { ...ORDERS, instance: 'credible', idempotencyKey: 'key 2' };
    const first = await mutate(gateway, 'createConnection', input);
    expect(first.line).toMatchObject({ outcome: 'OutcomeUnknownError' });
    expect(first.line).not.toHaveProperty('replayed');
    const second = await mutate(gateway, 'createConnection', input);
    expect(second.line).toMatchObject({ outcome: 'OutcomeUnknownError', instances: ['credible'], replayed: true });
  });

  it('a mutation that fails by a bug has an audit line', async () => {
    const store = createMemoryStore(Date.now);
    const faulty = await start({ createGateway: { idempotencyStore: { ...store, begin: failing } } });
    const { line } = await mutate(faulty, 'createConnection', { ...ORDERS, idempotencyKey: 'key 1' });
    expect(line).toEqual({
      ...refused,
      outcome: 'INTERNAL_SERVER_ERROR',
      secrets: [at('input.config.postgres.password', 'pw-secret-1')],
    });
  });

  it('a mutation whose caller left has an audit line when it ends', async () => {
    const sandbox = createSandboxChartbrew();
    const leaving = new AbortController();
    const lines = new EventEmitter();
    const written = once(lines, 'audit') as Promise<[string]>;
    const log = createLog({ write: (line) => void (line.includes('"audit"') && lines.emit('audit', line)) });
    const played = await startStubbedGateway(
      'chartbrew',
      async (request) => {
        if (request.method === 'POST') leaving.abort();
        return sandbox(request);
      },
      {},
      { audit: AUDIT, createGateway: { logger: log } },
    );
    onTestFinished(() => played.close());
    const query = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { __typename } }';
    const request = new Request('http://127.0.0.1/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: { input: ORDERS } }),
      signal: leaving.signal,
    });
    await played.gateway.gateway.fetch(request).catch(() => null);
    expect(leaving.signal.aborted).toBe(true);
    expect(JSON.parse((await written)[0])).toMatchObject({
      mutation: 'createConnection',
      outcome: 'CreateConnectionSuccess',
      connections: [expect.stringMatching(/^djE6YzpjaGFydGJyZXc6/)],
    });
  });
});

describe('the input in audit lines', () => {
  it('an audit line has each secret by its path and tag: in lists, of digits only, and with quotes, newlines and accents', async () => {
    const api = {
      baseUrl: 'https://api.example.com/v1',
      authentication: { bearer: '12345678' },
      headers: [
        { name: 'X-Trace', value: 'pw"secret-4\nä' },
        { name: 'X-Key', value: 'pw-secret-2' },
      ],
    };
    const { line } = await mutate(gateway, 'createConnection', { ...ORDERS, config: { api } });
    expect(line?.['secrets']).toEqual([
      at('input.config.api.authentication.bearer', '12345678'),
      at('input.config.api.headers.0.value', 'pw"secret-4\nä'),
      at('input.config.api.headers.1.value', 'pw-secret-2'),
    ]);
    expect(gateway.log.join('')).not.toMatch(/12345678|secret-|X-Trace|api\.example/);
  });

  it('an audit line has no unknown field name, because it may contain a secret', async () => {
    const created = await mutate(gateway, 'createConnection', { ...ORDERS, instance: 'zq-password' });
    expect(created.line).toEqual({ ...refused, instances: [], secrets: expect.any(Array) });
    const deleted = await mutate(gateway, 'deleteConnection', { id: 'zq-password' });
    expect(deleted.line).toMatchObject({ instances: [], connections: [], outcome: 'NotFoundError' });
    const rotated = await mutate(gateway, 'rotateConnectionSecret', {
      connections: { ids: ['zq-password', SHOP_MYSQL.chartbrew] },
      secret: 'pw-secret-3',
      field: 'PASSWORD',
    });
    expect(rotated.line).toMatchObject({ connections: [SHOP_MYSQL.chartbrew], outcome: 'NotFoundError' });
    expect(gateway.log.join('')).not.toContain('zq-password');
  });

  it('an audit line has neither names nor settings nor the idempotency key', async () => {
    await mutate(gateway, 'createConnection', { ...ORDERS, name: 'zq_orders', idempotencyKey: 'zq key' });
    expect(auditOf(gateway.log)).toHaveLength(1);
    expect(gateway.log.join('')).not.toMatch(/zq|db\.acme|"bi"/);
  });
});

async function tagIn(one: TestGateway, password: string): Promise<unknown> {
  const input = { ...ORDERS, config: { postgres: { ...postgres, password } } };
  const { line } = await mutate(one, 'createConnection', input);
  const [first] = (line?.['secrets'] ?? []) as readonly { readonly tag: string }[];
  return first?.tag;
}

describe('tags in audit lines', () => {
  it('tags without a configured key can only be compared within one process', async () => {
    const [one, other] = [await start({ audit: {} }), await start({ audit: {} })];
    const tag = await tagIn(one, 'pw-secret-1');
    expect(tag).toMatch(/^hmac-sha256:[\w-]{43}$/);
    expect(await tagIn(one, 'pw-secret-1')).toBe(tag);
    expect(await tagIn(one, 'pw-secret-2')).not.toBe(tag);
    expect(await tagIn(other, 'pw-secret-1')).not.toBe(tag);
    expect(tag).not.toBe(TAGS['pw-secret-1']);
  });
});

it('an audit line names the caller by its token, also when the caller is refused', async () => {
  const guarded = await startGuarded(
    [
      { name: 'ci.deploy', id: 'full', scopes: ['connections:read', 'connections:write'] },
      { name: 'ci.deploy', id: 'narrow', scopes: ['connections:read'] },
    ],
    { audit: AUDIT },
  );
  onTestFinished(() => guarded.test.close());
  const query = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { __typename } }`;
  for (const token of ['full', 'narrow', 'unknown']) await guarded.askAs(token, query, { input: ORDERS });
  const lines = auditOf(guarded.test.log).map(({ caller, outcome, secrets }) => ({ caller, outcome, secrets }));
  const secrets = [at('input.config.postgres.password', 'pw-secret-1')];
  expect(lines).toEqual([
    { caller: 'ci.deploy', outcome: 'CreateConnectionSuccess', secrets },
    { caller: 'ci.deploy', outcome: 'PermissionError', secrets },
  ]);
});
