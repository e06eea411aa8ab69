// Settings that Looker puts into the URL of a driver, and driver parameters. No setting can begin a parameter, in writes
// or in reads. Driver parameters are pairs, none of them empty.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMany, placesOf } from '../../fan-out/create-connections.ts';
import { create, refusalOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { callsToAny } from '../../support/journal.ts';
import { listRows } from '../../support/stub-rows.ts';
import { runMutation } from '../../support/mutations.ts';
import { updateHelpers } from './updates.ts';
import { startLookerStubWithRow, type Values } from './stub.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.reset('looker'));
afterAll(() => gateway.close());

const { prepare, refused } = updateHelpers(() => gateway);

const host = 'db.acme.example';
const inputOf = (config: Values, looker?: Values) => ({
  instance: 'looker',
  name: 'cell',
  config,
  ...(looker && { options: { looker } }),
});

const bigquery = { projectId: 'acme-web', dataset: 'events' };
const oracle = { host, usesTns: true, serviceName: 'ORCL' };
/** Not the form of a key file. */
const noFile = { body: 'no-secret-1', fileType: 'P8' };
const override = (values: Values) => ({ pdtOverride: values });

const ENDED: readonly (readonly [config: Values, options: Values | undefined, place: string])[] = [
  [{ mssql: { host: `${host};user=sa;password=pw-secret-1` } }, undefined, 'config.mssql.host'],
  [{ mssql: { host, database: 'db;user=sa;password=pw-secret-1' } }, undefined, 'config.mssql.database'],
  [{ postgres: { host, database: 'db?sslmode=require&password=pw-secret-1' } }, undefined, 'config.postgres.database'],
  [{ postgres: { host, schema: 's&password=pw-secret-1' } }, undefined, 'config.postgres.schema'],
  [{ mysql: { host, username: 'sa;password=pw-secret-1' } }, undefined, 'config.mysql.username'],
  [{ mysql: { host, username: 'sa&password=pw-secret-1' } }, undefined, 'config.mysql.username'],
  [{ mysql: { host, username: 'sa?password=pw-secret-1' } }, undefined, 'config.mysql.username'],
  [{ mysql: { host, username: 'sa#password=pw-secret-1' } }, undefined, 'config.mysql.username'],
  [{ oracle: { host, username: 'C##BI;password=pw-secret-1' } }, undefined, 'config.oracle.username'],
  [{ oracle: { ...oracle, serviceName: 'ORCL?password=pw-secret-1' } }, undefined, 'config.oracle.serviceName'],
  [{ oracle: { ...oracle, serviceName: 'ORCL;password=pw-secret-1' } }, undefined, 'config.oracle.serviceName'],
  [
    { other: { dialectName: 'mongobi', host, username: 'bi?password=pw-secret-1' } },
    undefined,
    'config.other.username',
  ],
  [{ bigquery: { ...bigquery, projectId: 'p;OAuthPvtKey=pw-secret-1' } }, undefined, 'config.bigquery.projectId'],
  [
    { bigquery: { ...bigquery, serviceAccountEmail: 'a@b.example;OAuthPvtKey=pw-secret-1' } },
    undefined,
    'config.bigquery.serviceAccountEmail',
  ],
  [{ bigquery }, { storageProjectId: 'p;x=pw-secret-1' }, 'options.looker.storageProjectId'],
  [{ bigquery }, { impersonatedServiceAccount: 'a@b.c&x=pw-secret-1' }, 'options.looker.impersonatedServiceAccount'],
  [{ snowflake: { account: 'acme;password=pw-secret-1', database: 'D' } }, undefined, 'config.snowflake.account'],
  [
    { postgres: { host } },
    { portUserAttribute: 'db_port;password=pw-secret-1', userAttributeFields: ['port'] },
    'options.looker.portUserAttribute',
  ],
  [{ postgres: { host } }, { tmpHost: 'h;password=pw-secret-1' }, 'options.looker.tmpHost'],
  [{ postgres: { host } }, { tmpSchema: 's;password=pw-secret-1' }, 'options.looker.tmpSchema'],
  [{ postgres: { host } }, override({ host: 'h;password=pw-secret-1' }), 'options.looker.pdtOverride.host'],
  [{ postgres: { host } }, override({ database: 'd;password=pw-secret-1' }), 'options.looker.pdtOverride.database'],
  [{ postgres: { host } }, override({ username: 'u&password=pw-secret-1' }), 'options.looker.pdtOverride.username'],
  [{ oracle }, override({ serviceName: 'S;password=pw-secret-1' }), 'options.looker.pdtOverride.serviceName'],
];

describe('A setting that Looker puts into the URL of a driver', () => {
  it.each(ENDED)(
    'a setting in a driver URL cannot contain a driver parameter: %j, %j',
    async (config, options, place) => {
      expect(await refusalOf(gateway, inputOf(config, options))).toEqual([`${place} INVALID`]);
    },
  );

  it.each([
    [{ oracle: { host, username: 'C##BI' } }, 'C##BI'],
    [{ mssql: { host, username: 'ACME\\bi' } }, 'ACME\\bi'],
    [{ snowflake: { account: 'acme', database: 'D', username: 'bi@acme.example' } }, 'bi@acme.example'],
    [
      { other: { dialectName: 'mongobi', host, username: 'bi?source=admin&mechanism=PLAIN' } },
      'bi?source=admin&mechanism=PLAIN',
    ],
  ])('any user name without a driver parameter is accepted: %j', async (config, username) => {
    const { result } = await create(gateway, inputOf(config));
    expect(result.connection.config.username).toBe(username);
  });

  it('an update refuses a driver parameter in a setting too', async () => {
    const id = await prepare('postgres');
    const secret = { password: { replace: 'pw-secret-2' } };
    expect(await refused(id, { config: { postgres: { username: 'sa;password=pw-secret-1', ...secret } } })).toEqual([
      'input.config.postgres.username INVALID',
    ]);
    expect(
      await refused(id, {
        config: { postgres: secret },
        options: { pdtOverride: { serviceName: 'S?password=pw-secret-1' } },
      }),
    ).toEqual(['input.options.looker.pdtOverride.serviceName INVALID']);
  });

  it('a test and a fan-out refuse a driver parameter in a setting too', async () => {
    const config = { postgres: { host, username: 'sa;password=pw-secret-1', password: 'pw-secret-1' } };
    const tested = await runMutation(gateway, 'testConnectionConfig', { instance: 'looker', config });
    expect(placesOf(tested.issues)).toEqual(['config.postgres.username INVALID']);
    const targets = [{ instance: 'looker' }, { instance: 'chartbrew' }];
    const postgres = { ...config.postgres, port: 5432, database: 'd' };
    const many = await createMany(gateway, { name: 'cell', config: { postgres }, targets });
    expect(placesOf(many.issues)).toEqual(['config.postgres.username INVALID']);
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });
});

describe('A stored setting that contains driver parameters', () => {
  const SETTINGS: readonly (readonly [row: Values, config: Values])[] = [
    [{ dialect_name: 'mssql_2017', host: 'h;user=sa;password=pw-secret-1' }, { host: 'h' }],
    [{ dialect_name: 'mssql_2017', host: 'h;user=sa;password=pw-secret-1@x' }, { host: 'h' }],
    [{ dialect_name: 'mssql_2017', host: 'https://u:pw-secret-1;x@h/' }, { host: null }],
    [{ dialect_name: 'mssql_2017', host: 'SQL1\\BI;password=pw-secret-1' }, { host: 'SQL1\\BI' }],
    [{ dialect_name: 'mysql', host: 'h&password=pw-secret-1' }, { host: 'h' }],
    [{ dialect_name: 'mysql', database: 'd;user=sa;password=pw-secret-1' }, { database: 'd' }],
    [{ dialect_name: 'mysql', database: 'd?password=pw-secret-1' }, { database: 'd' }],
    [{ dialect_name: 'mysql', database: 'd&password=pw-secret-1' }, { database: 'd' }],
    [{ dialect_name: 'mysql', database: ';password=pw-secret-1' }, { database: null }],
    [{ dialect_name: 'mysql', database: 'R&D' }, { database: 'R&D' }],
    [{ dialect_name: 'mysql', schema: 's# password =pw-secret-1' }, { schema: 's' }],
    [{ dialect_name: 'oracle', service_name: 'ORCL?password=pw-secret-1' }, { serviceName: 'ORCL' }],
    [{ dialect_name: 'oracle', username: 'C##BI' }, { username: 'C##BI' }],
    [{ dialect_name: 'oracle', username: 'C##BI;password=pw-secret-1' }, { username: 'C##BI' }],
    [{ dialect_name: 'postgres', username: 'u&password=pw-secret-1' }, { username: 'u' }],
    [{ dialect_name: 'postgres', username: 'u?password=pw-secret-1' }, { username: 'u' }],
    [{ dialect_name: 'mongobi', username: 'u?source=admin' }, { username: 'u?source=admin' }],
    [{ dialect_name: 'mongobi', username: 'u?source=a&password=pw-secret-1' }, { username: 'u?source=a' }],
    [
      { dialect_name: 'bigquery_standard_sql', host: 'p;OAuthPvtKey=pw-secret-1', database: 'd;x=pw-secret-1' },
      { projectId: 'p', dataset: 'd' },
    ],
    [{ dialect_name: 'snowflake', host: 'acme.snowflakecomputing.com;password=pw-secret-1' }, { account: 'acme' }],
    [{ dialect_name: 'athena', host: 'athena.eu-west-1.amazonaws.com;PWD=pw-secret-1' }, { region: 'eu-west-1' }],
  ];

  it('a stored setting is reported without the driver parameters in it', async () => {
    const rows = await listRows(
      'looker',
      SETTINGS.map(([row], at) => ({ name: `r${at}`, ...row })),
    );
    expect(JSON.stringify(rows)).not.toMatch(/secret-\d/);
    SETTINGS.forEach(([row, config], at) => {
      expect(rows[`r${at}`]?.config, JSON.stringify(row)).toMatchObject(config);
    });
  });

  const STORED = {
    dialect_name: 'oracle',
    host: 'h;password=pw-secret-1',
    database: 'd;password=pw-secret-1',
    schema: 's?password=pw-secret-1',
    username: 'u;password=pw-secret-1',
    uses_tns: true,
    service_name: 'ORCL;password=pw-secret-1',
    port: 'db_port;password=pw-secret-1',
    tmp_db_host: 't;password=pw-secret-1',
    tmp_db_name: 'scratch;password=pw-secret-1',
    bq_storage_project_id: 'store;password=pw-secret-1',
    impersonated_service_account: 'a@b.example&password=pw-secret-1',
    pdt_context_override: {
      context: 'pdt',
      host: 'ph;password=pw-secret-1',
      pdt_database: 'pd;password=pw-secret-1',
      schema: 'ps?password=pw-secret-1',
      username: 'pu&password=pw-secret-1',
      pdt_service_name: 'PORCL;password=pw-secret-1',
    },
  };
  const CONFIG = { host: 'h', database: 'd', schema: 's', username: 'u', usesTns: true, serviceName: 'ORCL' };
  const OPTIONS = {
    portUserAttribute: 'db_port',
    tmpHost: 't',
    tmpSchema: 'scratch',
    storageProjectId: 'store',
    impersonatedServiceAccount: 'a@b.example',
    pdtOverride: { host: 'ph', database: 'pd', schema: 'ps', username: 'pu', serviceName: 'PORCL' },
  };

  it('details are reported without driver parameters too, and writing them back is not a change', async () => {
    const rows = await listRows('looker', [{ name: 'orders', ...STORED }]);
    expect(JSON.stringify(rows)).not.toMatch(/secret-\d/);
    expect(rows['orders']?.config).toMatchObject(CONFIG);
    expect(rows['orders']?.details).toMatchObject(OPTIONS);
    const { update, sent } = await startLookerStubWithRow(STORED);
    expect(await update({ config: { oracle: CONFIG }, options: { looker: OPTIONS } })).toMatchObject({
      __typename: 'UpdateConnectionSuccess',
    });
    expect(await sent()).toEqual([]);
  });
});

describe('Driver parameters that the caller provides', () => {
  const FORMS = ['&x=jdbc-secret-1', '?x=jdbc-secret-1', ';x=jdbc-secret-1', 'x=jdbc-secret-1&', 'x=jdbc-secret-1;'];
  const MORE_FORMS = [
    'x=jdbc-secret-1?',
    'a=1&&b=jdbc-secret-1',
    'a=1; ;b=jdbc-secret-1',
    '=jdbc-secret-1',
    ' ',
    '&',
    'a=1\n',
  ];
  const forms = [...FORMS, ...MORE_FORMS];

  it.each(forms)('driver parameters must be pairs, none of them empty: %j', async (jdbcAdditionalParams) => {
    expect(await refusalOf(gateway, inputOf({ postgres: { host } }, { jdbcAdditionalParams }))).toEqual([
      'options.looker.jdbcAdditionalParams INVALID',
    ]);
    expect(await refusalOf(gateway, inputOf({ postgres: { host } }, override({ jdbcAdditionalParams })))).toEqual([
      'options.looker.pdtOverride.jdbcAdditionalParams INVALID',
    ]);
  });

  it('an update requires driver parameters in pairs too', async () => {
    const id = await prepare('snowflake');
    const config = { snowflake: { password: { replace: 'pw-secret-2' }, privateKey: { clear: true } } };
    const certificate = { clear: true };
    for (const text of forms) {
      const options = { jdbcAdditionalParams: { replace: text }, certificate };
      expect(await refused(id, { config, options }), text).toEqual([
        'input.options.looker.jdbcAdditionalParams INVALID',
      ]);
    }
  });

  it.each(['x=1', 'a=1;b=2', 'flag', 'url=https://h/?a', 'x='])(
    'other pairs of driver parameters are accepted: %j',
    async (text) => {
      const { result } = await create(gateway, inputOf({ postgres: { host } }, { jdbcAdditionalParams: text }));
      expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess' });
      const [body] = (await gateway.posted('looker')) as Values[];
      expect(body?.['jdbc_additional_params']).toBe(text);
    },
  );

  it('wrong driver parameters of one target are refused before any call of a fan-out', async () => {
    const snowflake = { account: 'acme', database: 'D', warehouse: 'WH', username: 'BI', password: 'pw-secret-1' };
    const targets = [
      { instance: 'looker', options: { looker: { jdbcAdditionalParams: 'warehouse=OTHER', certificate: noFile } } },
      { instance: 'credible' },
    ];
    const many = await createMany(gateway, { name: 'cell', config: { snowflake }, targets });
    expect(placesOf(many.issues).toSorted()).toEqual([
      'targets.0.options.looker.certificate.body INVALID',
      'targets.0.options.looker.jdbcAdditionalParams EXCLUSIVE',
    ]);
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });

  it('an update refuses driver parameters that the stored settings also contain', async () => {
    const id = await prepare('snowflake');
    const config = { snowflake: { password: { replace: 'pw-secret-2' }, privateKey: { clear: true } } };
    const options = { jdbcAdditionalParams: { replace: 'ACCOUNT=jdbc-secret-1' }, certificate: { clear: true } };
    expect(await refused(id, { config, options })).toEqual(['input.options.looker.jdbcAdditionalParams EXCLUSIVE']);
  });
});
