// A vendor and a dialect that only this test registers. All generic code supports them without a change in src/.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialects, vendors } from '../../src/gateway.ts';
import { startSandboxServer } from '../../src/sandbox/server.ts';
import { create, issuesOf, storedSecrets } from '../support/create-connection.ts';
import { NO_ECONOMY, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { callsToAny, journalOf } from '../support/journal.ts';
import { readSource } from '../support/source-files.ts';
import { duckling } from '../support/toy-dialect.ts';
import { createToyServer } from '../support/toy-server.ts';
import { toy } from '../support/toy-vendor/index.ts';
import { describeVendor, type Running, type Settings } from './vendor-contract.ts';

async function start(settings: Settings = {}): Promise<Running & Pick<TestGateway, 'gateway' | 'sandbox'>> {
  const server = await startSandboxServer(createToyServer, 0);
  const instance = {
    key: 'box',
    vendor: 'toy',
    baseUrl: `${server.origin}/toys`,
    apiKey: 'toy-key',
    ...NO_ECONOMY,
    ...settings,
  };
  const gateway = await startTestGateway({
    instances: (all) => [...all, instance],
    createGateway: { vendors: [...vendors, toy], dialects: [...dialects, duckling] },
  });
  return {
    ...gateway,
    origin: server.origin,
    close: async () => {
      await gateway.close();
      await server.close();
    },
  };
}

describeVendor({
  start,
  vendor: 'TOY',
  instance: 'box',
  rows: 3,
  known: { name: 'Pond', vendorId: 'b-1', dialect: 'DUCKLING', vendorDialect: 'duck' },
  strange: { name: 'Deep', vendorDialect: 'kraken' },
  unknownId: 'b-99',
  malformedIds: ['b-', 'pond', 'b-1/lid', 'B-1'],
  creates: {
    name: 'Contract',
    config: { duckling: { path: '/ponds/new.duck', token: 'contract-secret-1' } },
    secret: 'contract-secret-1',
    secretPath: 'config.duckling.token',
  },
  wrongCredentials: { apiKey: 'wrong-secret-1' },
  wrongCredential: 'wrong-secret-1',
  forbidden: { apiKey: 'visitor' },
  moreConfig: '... on DucklingConfig { path mood }',
});

describe('A gateway with a toy vendor and a toy dialect', () => {
  let running: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    running = await start();
  });
  afterAll(() => running.close());

  const namesOf = async (type: string, what: string): Promise<string[]> => {
    const answer = await running.ask(`{ type: __type(name: "${type}") { ${what} { name } } }`);
    return answer.data.type[what].map(({ name }: { name: string }) => name);
  };

  it.each([
    ['Vendor', 'enumValues', ['LOOKER', 'OMNI', 'CREDIBLE', 'CHARTBREW', 'TOY']],
    [
      'Dialect',
      'enumValues',
      [
        'ATHENA',
        'BIGQUERY',
        'CLICKHOUSE',
        'DATABRICKS',
        'DATABRICKS_LAKEBASE',
        'EXASOL',
        'MARIADB',
        'MOTHERDUCK',
        'MSSQL',
        'MYSQL',
        'ORACLE',
        'POSTGRES',
        'REDSHIFT',
        'SAP_HANA',
        'SNOWFLAKE',
        'STARROCKS',
        'TRINO',
        'DUCKDB',
        'MONGODB',
        'API',
        'REALTIME_DB',
        'FIRESTORE',
        'GOOGLE_ANALYTICS',
        'CUSTOMER_IO',
        'OTHER',
        'DUCKLING',
      ],
    ],
    [
      'ConnectionConfigInput',
      'inputFields',
      [
        'athena',
        'bigquery',
        'clickhouse',
        'databricks',
        'databricksLakebase',
        'exasol',
        'mariadb',
        'motherduck',
        'mssql',
        'mysql',
        'oracle',
        'postgres',
        'redshift',
        'sapHana',
        'snowflake',
        'starrocks',
        'trino',
        'duckdb',
        'mongodb',
        'api',
        'realtimeDb',
        'firestore',
        'googleAnalytics',
        'customerIo',
        'other',
        'duckling',
      ],
    ],
    ['VendorOptionsInput', 'inputFields', ['looker', 'omni', 'credible', 'chartbrew', 'toy']],
    ['DucklingInput', 'inputFields', ['path', 'mood', 'token']],
    ['DucklingConfig', 'fields', ['path', 'mood', 'token']],
    ['DucklingMood', 'enumValues', ['CALM', 'EAGER']],
    ['ToyDetails', 'fields', ['colour', 'note', 'openings']],
    ['ToyOptionsInput', 'inputFields', ['colour', 'note']],
    [
      'ConnectionConfig',
      'possibleTypes',
      [
        'AthenaConfig',
        'BigQueryConfig',
        'ClickHouseConfig',
        'DatabricksConfig',
        'LakebaseConfig',
        'ExasolConfig',
        'MariaDbConfig',
        'MotherDuckConfig',
        'MsSqlConfig',
        'MySqlConfig',
        'OracleConfig',
        'PostgresConfig',
        'RedshiftConfig',
        'SapHanaConfig',
        'SnowflakeConfig',
        'StarRocksConfig',
        'TrinoConfig',
        'DuckDbConfig',
        'MongoDbConfig',
        'ApiConfig',
        'RealtimeDbConfig',
        'FirestoreConfig',
        'GoogleAnalyticsConfig',
        'CustomerIoConfig',
        'OtherConfig',
        'DucklingConfig',
      ],
    ],
  ])('the schema has %s with its %s', async (type, what, names) => {
    expect((await namesOf(type, what)).toSorted()).toEqual(names.toSorted());
  });

  it('a duckling connection is created at the toy vendor with masked secrets, and filters find it', async () => {
    const { result, text } = await create(running, {
      instance: 'box',
      name: 'Puddle',
      config: { duckling: { path: '/ponds/puddle.duck', mood: 'EAGER', token: 'token-secret-1' } },
      options: { toy: { colour: 'red', note: 'note-secret-1' } },
    });
    expect(result).toMatchObject({ connection: { vendor: 'TOY', dialect: 'DUCKLING', vendorDialect: 'duck' } });
    expect(storedSecrets(result.connection.secrets)).toEqual(['config.duckling.token', 'options.toy.note']);
    const posted = (await journalOf(running.origin)).find(({ method }) => method === 'POST');
    expect(posted).toMatchObject({ path: '/toys/boxes', headers: { authorization: 'Key toy-key' } });
    expect(JSON.parse(posted?.body ?? '')).toEqual({
      name: 'Puddle',
      kind: 'duck',
      file: { place: '/ponds/puddle.duck', mood: 'EAGER', token: 'token-secret-1' },
      colour: 'red',
      note: 'note-secret-1',
    });
    const found = await running.ask(`{
      connections(filter: { dialect: [DUCKLING], vendor: [TOY], database: { contains: "puddle" } }) {
        nodes {
          name
          config { ... on DucklingConfig { path mood token { status mask } } }
          details { ... on ToyDetails { colour note { status } openings } }
        }
      }
    }`);
    expect(found.data.connections.nodes).toEqual([
      {
        name: 'Puddle',
        config: { path: '/ponds/puddle.duck', mood: 'EAGER', token: { status: 'SET', mask: '••••••••' } },
        details: { colour: 'red', note: { status: 'SET' }, openings: 0 },
      },
    ]);
    expect(text + found.text).not.toMatch(/secret-1/);
  });

  it('a refusal of the toy vendor is reported by the fields of the input', async () => {
    const config = { duckling: { path: '/ponds/p.duck', token: 'token-secret-1' } };
    const { result } = await create(running, {
      instance: 'box',
      name: 'P',
      config,
      options: { toy: { colour: 'plaid' } },
    });
    expect(issuesOf(result)).toEqual(['input.config.duckling.path INVALID', 'input.options.toy.colour INVALID']);
  });

  it.each([
    [
      'an input without a required field',
      { duckling: {} },
      {},
      ['input.config.duckling.path REQUIRED', 'input.config.duckling.token REQUIRED'],
    ],
    [
      'an input with a field that it does not accept',
      { postgres: { host: 'h', password: 'pw-secret-1' } },
      {},
      ['input.config.postgres.password NOT_ALLOWED'],
    ],
    [
      'an input with the options of another vendor',
      { postgres: { host: 'h' } },
      { options: { omni: {} } },
      ['input.options.omni MISMATCH'],
    ],
    [
      'an input with a mask',
      { duckling: { path: '/p', token: '••••••••' } },
      {},
      ['input.config.duckling.token INVALID'],
    ],
  ])('the toy vendor gets no call for %s', async (_what, config, more, issues) => {
    const before = (await journalOf(running.origin)).length;
    expect(issuesOf((await create(running, { instance: 'box', name: 'P', config, ...more })).result)).toEqual(issues);
    expect(await journalOf(running.origin)).toHaveLength(before);
  });

  it.each(['looker', 'omni', 'credible', 'chartbrew'])(
    'a duckling connection is refused at %s, and the error names the toy vendor',
    async (instance) => {
      const config = { duckling: { path: '/ponds/p.duck', token: 'token-secret-1' } };
      const { result } = await create(running, { instance, name: 'p', config });
      expect(result).toMatchObject({ __typename: 'UnsupportedError', dialect: 'DUCKLING', alternatives: ['TOY'] });
      expect(await callsToAny(running.sandbox.servers)).toEqual([]);
    },
  );

  it('a postgres connection is created at the toy vendor under its own dialect name', async () => {
    const { result } = await create(running, {
      instance: 'box',
      name: 'Calf',
      config: { postgres: { host: 'h', port: 1 } },
    });
    expect(result.connection).toMatchObject({ vendorDialect: 'elephant', config: { host: 'h', port: 1 } });
  });

  it('no file in src/ names the toy vendor or its dialect', async () => {
    const knowing = (await readSource()).filter(({ text }) => /\btoy|duckling/i.test(text));
    expect(knowing.map(({ path }) => path)).toEqual([]);
  });
});
