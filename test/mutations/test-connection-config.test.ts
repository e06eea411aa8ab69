// testConnectionConfig accepts the same input as createConnection, except the name, and refuses the same mistakes: all at once, before any
// call. It uses no stored values, so a missing secret is required.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const TEST = `mutation ($input: TestConnectionConfigInput!) { testConnectionConfig(input: $input) {
  __typename
  ... on ValidationError { issues { path code } }
  ... on TestConnectionSuccess { test { outcome } warnings { path code } }
} }`;
const CREATE = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) {
  __typename
  ... on ValidationError { issues { path code } }
} }`;

const server = { host: 'db.example.com', port: 5432, database: 'shop' };
const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const;

type Input = Readonly<Record<string, unknown>>;

async function test(input: Input) {
  const { data, text } = await gateway.ask(TEST, { input });
  expect(text).not.toMatch(/secret-\d/);
  return data.testConnectionConfig;
}

interface Issue {
  readonly path: readonly string[];
  readonly code: string;
}

const placesOf = ({ issues }: { readonly issues: readonly Issue[] }): string[] =>
  issues.map(({ path, code }) => `${path.slice(1).join('.')} ${code}`);

it.each([
  ['credible', { motherduck: { database: 'sales' } }, 'config.motherduck.accessToken'],
  ['credible', { snowflake: { account: 'xy1', username: 'BI', warehouse: 'WH' } }, 'config.snowflake.password'],
  ['chartbrew', { firestore: {} }, 'config.firestore.serviceAccountKey'],
  ['chartbrew', { customerIo: { region: 'eu' } }, 'config.customerIo.apiKey'],
])('a test at %s of %j requires %s', async (instance, config, path) => {
  expect(await test({ instance, config })).toEqual({
    __typename: 'ValidationError',
    issues: [{ path: ['input', ...path.split('.')], code: 'SECRET_NEEDED' }],
  });
});

const passed = { __typename: 'TestConnectionSuccess', test: { outcome: 'PASSED' }, warnings: [] };

it.each([
  ['looker', { postgres: { ...server, username: 'bi', password: 'pw-secret-1' } }],
  ['credible', { postgres: { ...server, username: 'bi', password: 'pw-secret-1' } }],
  ['chartbrew', { postgres: { ...server, username: 'bi', password: 'pw-secret-1' } }],
  ['chartbrew', { api: { baseUrl: 'https://api.example.com' } }],
])('a test at %s of %j needs no name', async (instance, config) => {
  expect(await test({ instance, config })).toEqual(passed);
});

describe('a test of settings with a user and no password', () => {
  it.each([
    ['looker', { trino: { host: 'trino.example.com', catalog: 'hive', username: 'bi' } }],
    ['looker', { clickhouse: { ...server, port: 8123, username: 'default' } }],
    ['looker', { postgres: { ...server, username: 'bi' } }],
    ['looker', { mysql: { ...server, port: 3306, username: 'bi' } }],
    ['credible', { trino: { host: 'trino.example.com', port: 8080, catalog: 'hive', username: 'bi' } }],
    ['credible', { postgres: { ...server, username: 'bi' } }],
    ['credible', { mysql: { ...server, port: 3306, username: 'bi' } }],
    ['chartbrew', { clickhouse: { ...server, port: 8123, username: 'default' } }],
    ['chartbrew', { postgres: { ...server, username: 'bi' } }],
    ['chartbrew', { mysql: { ...server, port: 3306, username: 'bi' } }],
    // Chartbrew's URL for MongoDB has no user without a password.
    ['chartbrew', { mongodb: { ...server, port: 27_017, username: 'bi' } }, 'config.mongodb.username FIELD_IGNORED'],
  ])(
    'a user without a password can be tested where it can be created: %s %j',
    async (instance, config, warning?: string) => {
      const { warnings, ...tested } = await test({ instance, config });
      const { warnings: _none, ...expected } = passed;
      expect(tested).toEqual(expected);
      expect(
        warnings.map(({ path, code }: { path: string[]; code: string }) => `${path.slice(1).join('.')} ${code}`),
      ).toEqual(warning === undefined ? [] : [warning]);
      const name = `no_password_${Object.keys(config)[0]}`;
      const { data } = await gateway.ask(CREATE, { input: { instance, name, config } });
      expect(data.createConnection).toEqual({ __typename: 'CreateConnectionSuccess' });
    },
  );
});

describe('mistakes in the settings of a test', () => {
  beforeEach(async () => {
    await Promise.all(VENDORS.map((vendor) => gateway.reset(vendor)));
  });

  const mistakes: readonly (readonly [string, Input, readonly string[]])[] = [
    [
      'a port out of range, a database that is missing, a schema that is not taken',
      {
        instance: 'chartbrew',
        config: { postgres: { host: 'db.example.com', port: 0, schema: 'public', username: 'bi' } },
      },
      ['config.postgres.port OUT_OF_RANGE', 'config.postgres.database REQUIRED', 'config.postgres.schema NOT_ALLOWED'],
    ],
    [
      'an empty secret, options of another vendor',
      {
        instance: 'credible',
        config: { postgres: { ...server, username: 'bi', password: '' } },
        options: { looker: { maxConnections: 5 } },
      },
      ['config.postgres.password TOO_SHORT', 'options.looker MISMATCH'],
    ],
    [
      'a port out of range, a secret that is missing',
      { instance: 'credible', config: { duckdb: { attached: [] } }, name: '' },
      ['name TOO_SHORT', 'config.duckdb.attached REQUIRED'],
    ],
    [
      'a host that is none, a region that is none, no results folder',
      { instance: 'looker', config: { athena: { region: 'eu central', accessKeyId: '' } } },
      ['config.athena.accessKeyId TOO_SHORT', 'config.athena.s3StagingDir REQUIRED', 'config.athena.region INVALID'],
    ],
    [
      'a port out of range at an instance that is none',
      { instance: 'nowhere', config: { postgres: { ...server, port: 0 } } },
      ['config.postgres.port OUT_OF_RANGE', 'instance INVALID'],
    ],
    [
      'a port out of range beside a port by attribute, a name that Looker does not take',
      {
        instance: 'looker',
        name: 'two words',
        config: { postgres: { ...server, port: 0 } },
        options: { looker: { portUserAttribute: 'db_port' } },
      },
      [
        'config.postgres.port OUT_OF_RANGE',
        'options.looker.portUserAttribute EXCLUSIVE',
        'name INVALID',
        'options.looker.userAttributeFields REQUIRED',
      ],
    ],
    [
      'an empty key, and a secret that is missing',
      { instance: 'credible', config: { snowflake: { account: '', username: 'BI', warehouse: 'WH' } } },
      ['config.snowflake.account TOO_SHORT', 'config.snowflake.password SECRET_NEEDED'],
    ],
  ];

  it.each(mistakes)('all mistakes are reported at once, without a call: %s', async (_what, input, expected) => {
    const result = await test(input);
    expect(result.__typename).toBe('ValidationError');
    expect(placesOf(result).toSorted()).toEqual(expected.toSorted());
    expect((await Promise.all(VENDORS.map((vendor) => gateway.received(vendor)))).flat()).toEqual([]);
  });

  it.each(mistakes)(
    'the issues of a test are those of a create, where a missing secret is REQUIRED: %s',
    async (_what, input, expected) => {
      const { data } = await gateway.ask(CREATE, { input: { name: 'orders', ...input } });
      const asCreate = expected.map((issue) => issue.replace('SECRET_NEEDED', 'REQUIRED'));
      expect(placesOf(data.createConnection).toSorted()).toEqual(asCreate.toSorted());
    },
  );
});

describe('settings of a test that have no effect', () => {
  it('an option of another dialect gets a warning', async () => {
    const options = { looker: { maxBillingGigabytes: '5' } };
    const config = { postgres: { ...server, username: 'bi', password: 'pw-secret-1' } };
    expect(await test({ instance: 'looker', config, options })).toEqual({
      ...passed,
      warnings: [{ path: ['input', 'options', 'looker', 'maxBillingGigabytes'], code: 'FIELD_IGNORED' }],
    });
  });

  it('a password that the vendor does not use gets a warning, but a value that only a saved connection loses does not', async () => {
    const config = {
      trino: { host: 'trino.example.com', username: 'bi', password: 'pw-secret-1', tls: { enabled: false } },
    };
    const options = { looker: { usesUserCredentials: true } };
    expect(await test({ instance: 'looker', name: 'Orders', config, options })).toEqual({
      ...passed,
      warnings: [
        { path: ['input', 'config', 'trino', 'username'], code: 'FIELD_IGNORED' },
        { path: ['input', 'config', 'trino', 'password'], code: 'FIELD_IGNORED' },
      ],
    });
  });
});
