// A refused mutation reports all mistakes at once: wrong formats of single fields and mistakes of the input as a whole.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

const UNKNOWN_ID = 'djE6YzpjcmVkaWJsZTpub3doZXJl';
const TOO_LONG_KEY = 'k'.repeat(256);
const postgres = (more: object) => ({ postgres: { host: 'db.example.com', username: 'bi', database: 'app', ...more } });

type Issue = readonly [path: string, code: string];
type Row = readonly [what: string, mutation: string, input: (ids: Ids) => object, issues: readonly Issue[]];
type Ids = Readonly<Record<string, string>>;

const rows: readonly Row[] = [
  [
    'createConnection',
    'createConnection',
    () => ({
      instance: 'credible',
      name: '',
      config: postgres({ port: 70_000, tls: { enabled: true } }),
      options: { omni: { baseRole: 'x' } },
      idempotencyKey: TOO_LONG_KEY,
    }),
    [
      ['input.config.postgres.port', 'OUT_OF_RANGE'],
      ['input.config.postgres.tls.enabled', 'NOT_ALLOWED'],
      ['input.idempotencyKey', 'INVALID'],
      ['input.name', 'TOO_SHORT'],
      ['input.options.omni', 'MISMATCH'],
    ],
  ],
  [
    'createConnection at an unknown instance',
    'createConnection',
    () => ({ instance: 'nowhere', name: 'n', config: postgres({ port: 0 }) }),
    [
      ['input.config.postgres.port', 'OUT_OF_RANGE'],
      ['input.instance', 'INVALID'],
    ],
  ],
  [
    'createConnections',
    'createConnections',
    () => ({
      name: 'n',
      targets: [{ instance: 'looker', name: '' }, { instance: 'nowhere' }],
      config: postgres({ port: 70_000, password: 'pw' }),
      idempotencyKey: 'a\u0000b',
    }),
    [
      ['input.config.postgres.port', 'OUT_OF_RANGE'],
      ['input.idempotencyKey', 'INVALID'],
      ['input.targets.0.name', 'TOO_SHORT'],
      ['input.targets.1.instance', 'INVALID'],
    ],
  ],
  [
    'testConnectionConfig',
    'testConnectionConfig',
    () => ({
      instance: 'chartbrew',
      name: '',
      config: { postgres: { port: 70_000 } },
      options: { omni: { baseRole: 'x' } },
    }),
    [
      ['input.config.postgres.database', 'REQUIRED'],
      ['input.config.postgres.host', 'REQUIRED'],
      ['input.config.postgres.port', 'OUT_OF_RANGE'],
      ['input.config.postgres.username', 'REQUIRED'],
      ['input.name', 'TOO_SHORT'],
      ['input.options.omni', 'MISMATCH'],
    ],
  ],
  [
    'updateConnection',
    'updateConnection',
    ({ looker = '' }) => ({
      id: looker,
      name: 'renamed',
      config: postgres({ port: 70_000, password: { clear: false } }),
      options: { omni: { baseRole: 'x' } },
      idempotencyKey: '',
    }),
    [
      ['input.config.postgres.password.clear', 'INVALID'],
      ['input.config.postgres.port', 'OUT_OF_RANGE'],
      ['input.idempotencyKey', 'INVALID'],
      ['input.name', 'NOT_ALLOWED'],
      ['input.options.looker.afterConnectStatements', 'SECRET_NEEDED'],
      ['input.options.omni', 'MISMATCH'],
    ],
  ],
  [
    'updateConnection of another dialect',
    'updateConnection',
    ({ looker = '' }) => ({ id: looker, config: { mysql: { port: 70_000 } } }),
    [
      ['input.config.mysql', 'MISMATCH'],
      ['input.config.mysql.port', 'OUT_OF_RANGE'],
    ],
  ],
  [
    'updateConnection that leads elsewhere without the stored password',
    'updateConnection',
    ({ looker = '' }) => ({ id: looker, config: postgres({ host: 'elsewhere.example.com', schema: '' }) }),
    [
      ['input.config.postgres.password', 'SECRET_NEEDED'],
      ['input.config.postgres.schema', 'TOO_SHORT'],
      ['input.options.looker.afterConnectStatements', 'SECRET_NEEDED'],
    ],
  ],
  [
    'updateConnection of an unknown connection',
    'updateConnection',
    () => ({ id: UNKNOWN_ID, config: postgres({ port: 70_000 }) }),
    [
      ['input.config.postgres.port', 'OUT_OF_RANGE'],
      ['input.id', 'INVALID'],
    ],
  ],
  [
    'rotateConnectionSecret',
    'rotateConnectionSecret',
    () => ({
      connections: { match: { host: '', port: 70_000, username: 'u', vendor: [] } },
      secret: '',
      field: 'PASSWORD',
      verification: 'NONE',
      verifyFirst: true,
      privateKeyPassphrase: 'p',
    }),
    [
      ['input.connections.match.host', 'TOO_SHORT'],
      ['input.connections.match.port', 'OUT_OF_RANGE'],
      ['input.connections.match.vendor', 'TOO_SHORT'],
      ['input.privateKeyPassphrase', 'NOT_ALLOWED'],
      ['input.secret', 'TOO_SHORT'],
      ['input.verifyFirst', 'EXCLUSIVE'],
    ],
  ],
];

const inputTypeOf = (mutation: string): string => `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;

describe('a refused mutation', () => {
  let gateway: TestGateway;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    gateway = await startTestGateway();
    const filter = 'filter: { dialect: [POSTGRES], instance: ["looker"] }';
    const { data } = await gateway.ask(`{ connections(first: 1, ${filter}) { nodes { id instance { key } } } }`);
    for (const { id, instance } of data.connections.nodes) ids[instance.key] = id;
  });
  afterAll(async () => gateway.close());

  const refuse = async (mutation: string, input: object) => {
    const query = `mutation ($input: ${inputTypeOf(mutation)}!) { result: ${mutation}(input: $input) {
      __typename ... on ValidationError { issues { path code message } } } }`;
    const { data, text } = await gateway.ask(query, { input });
    expect(data?.result, text).toMatchObject({ __typename: 'ValidationError' });
    return data.result.issues as { path: string[]; code: string; message: string }[];
  };

  it.each(rows)(
    'a refused mutation (%s) reports all its issues, each path once',
    async (_what, mutation, input, expected) => {
      const issues = await refuse(mutation, input(ids));
      const reported = issues.map(({ path, code }) => [path.join('.'), code] as const);
      expect(reported.toSorted(([a], [b]) => (a < b ? -1 : 1))).toEqual(expected);
    },
  );

  it('a refused update reports only wrong formats when its vendor cannot be read, and logs the failure', async () => {
    await gateway.outage('looker', 'reset');
    gateway.log.splice(0);
    try {
      const issues = await refuse('updateConnection', { id: ids['looker'], config: postgres({ port: 70_000 }) });
      expect(issues.map(({ path, code }) => [path.join('.'), code])).toEqual([
        ['input.config.postgres.port', 'OUT_OF_RANGE'],
      ]);
      expect(gateway.log.join('\n')).toContain('VendorUnavailableError');
    } finally {
      await gateway.outage('looker', 'none');
    }
  });

  it.each(rows)('a refused mutation (%s) writes nothing', async (_what, mutation, input) => {
    const before = (await gateway.received('looker')).length;
    await refuse(mutation, input(ids));
    const calls = (await gateway.received('looker')).slice(before);
    expect(calls.filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});
