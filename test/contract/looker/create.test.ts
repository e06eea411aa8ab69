// Issues and warnings of a create that only Looker has: dialect names, key files, ports by user attribute, driver parameters.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, issuesOf, refusalOf, storedSecrets } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { KEY_FILE, PRIVATE_KEY } from '../create-case.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const inputOf = (config: Values, looker?: Values) => ({
  instance: 'looker',
  name: 'cell',
  config,
  ...(looker && { options: { looker } }),
});

const refused = async (config: Values, looker?: Values) => refusalOf(gateway, inputOf(config, looker));

const firstIssue = async (config: Values, looker?: Values): Promise<string> =>
  (await create(gateway, inputOf(config, looker))).result.issues[0].message;

const athena = { region: 'eu-central-1', s3StagingDir: 's3://acme-athena/results/' };
const bigquery = { projectId: 'acme-web', dataset: 'events' };
const databricks = { host: 'dbc-1.cloud.databricks.com', httpPath: '/sql/1.0/warehouses/abc' };
const host = 'db.acme.example';

describe('The Looker dialect name in a create', () => {
  it.each([
    ['mysql', 'config.mysql.'],
    ['mysql_8', 'config.mysql with options.looker.dialectName.'],
    ['amazonaurora', 'config.mysql with options.looker.dialectName.'],
    ['azure_postgres', 'config.postgres with options.looker.dialectName.'],
    ['mssql_2017', 'config.mssql.'],
    ['mssql_2012', 'config.mssql with options.looker.dialectName.'],
    ['hana', 'config.sapHana.'],
    ['hana_2', 'config.sapHana with options.looker.dialectName.'],
    ['oracle_dwcs', 'config.oracle with options.looker.dialectName.'],
    ['bigquery_standard_sql', 'config.bigquery.'],
    ['databricks', 'config.databricks.'],
    ['trino', 'config.trino.'],
  ])('the Looker dialect name of a dialect in the schema is refused for OTHER: %s', async (dialectName, place) => {
    const config = { other: { dialectName, host } };
    expect(await refused(config)).toEqual(['config.other.dialectName INVALID']);
    expect(await firstIssue(config)).toContain(`use ${place}`);
  });

  it.each(['bigquery', 'presto', 'prestosql', 'mongobi', 'vertica', 'spanner'])(
    'a Looker dialect name that no other dialect uses is accepted for OTHER: %s',
    async (dialectName) => {
      const { result } = await create(gateway, { ...inputOf({ other: { dialectName, host } }), name: dialectName });
      expect(result).toMatchObject({
        __typename: 'CreateConnectionSuccess',
        connection: { dialect: 'OTHER', vendorDialect: dialectName },
      });
      await gateway.reset('looker');
    },
  );

  it('a Looker dialect name in the options is refused for another dialect', async () => {
    const options = { dialectName: 'vertica' };
    expect(await refused({ other: { dialectName: 'vertica', host } }, options)).toEqual([
      'options.looker.dialectName EXCLUSIVE',
    ]);
    expect(await refused({ other: { host } }, options)).toEqual([
      'config.other.dialectName REQUIRED',
      'options.looker.dialectName EXCLUSIVE',
    ]);
  });

  it.each([
    [{ postgres: { host } }, 'mysql_8'],
    [{ mssql: { host } }, 'mssql'],
    [{ oracle: { host } }, 'oracle_8'],
    [{ sapHana: { host } }, 'sap_hana'],
    [{ bigquery }, 'bigquery'],
    [{ trino: { host } }, 'presto'],
  ])('a Looker dialect name must belong to the dialect: %j, %s', async (config, dialectName) => {
    expect(await refused(config, { dialectName })).toEqual(['options.looker.dialectName INVALID']);
  });

  it('the issue for a wrong Looker dialect name lists the valid ones', async () => {
    expect(await firstIssue({ mysql: { host } }, { dialectName: 'tidb' })).toContain(
      'mysql, mysql_8, googlecloudsql, amazonaurora',
    );
  });
});

describe('The port of a new connection at Looker', () => {
  const port = { port: 5432 };
  const attribute = { portUserAttribute: 'db_port', userAttributeFields: ['port'] };

  it.each([
    ['postgres', { host, ...port }],
    ['clickhouse', { host, ...port }],
    ['oracle', { host, ...port }],
    ['trino', { host, ...port }],
    ['other', { dialectName: 'vertica', host, ...port }],
  ])('a port is a number or a user attribute, not both, for %s', async (dialect, config) => {
    expect(await refused({ [dialect]: config }, attribute)).toEqual(['options.looker.portUserAttribute EXCLUSIVE']);
  });

  it.each([[undefined], [['username']]])(
    'a user attribute for the port has its flag: %j',
    async (userAttributeFields) => {
      expect(await refused({ postgres: { host } }, { portUserAttribute: 'db_port', userAttributeFields })).toEqual([
        'options.looker.userAttributeFields REQUIRED',
      ]);
    },
  );

  it('the name of the user attribute for a port cannot consist of digits', async () => {
    expect(await refused({ postgres: { host } }, { ...attribute, portUserAttribute: '5432' })).toEqual([
      'options.looker.portUserAttribute INVALID',
    ]);
  });
});

const certificate = (body: string, fileType: string) => ({ certificate: { body, fileType } });

describe('A key file in a create at Looker', () => {
  it.each([
    ['text that is neither PEM nor base64', certificate('no-secret-1', 'P8')],
    ['JSON that is called a private key', certificate(KEY_FILE, 'P8')],
    ['PEM that is called JSON', certificate(PRIVATE_KEY, 'JSON')],
    ['JSON that is no document', certificate('"key-secret-1"', 'JSON')],
    ['PEM that is called PKCS#12', certificate(PRIVATE_KEY, 'P12')],
    ['base64 that lacks its end', certificate('cDEyLXNlY3JldC0', 'P12')],
  ])('a key file is base64 or the text of its kind: %s', async (_what, options) => {
    const other = { dialectName: 'vertica', host };
    expect(await refused({ other }, options)).toEqual(['options.looker.certificate.body INVALID']);
    expect(
      await refused({ other }, { pdtOverride: { certificate: { body: 'no-secret-1', fileType: 'P12' } } }),
    ).toEqual(['options.looker.pdtOverride.certificate.body INVALID']);
  });

  it('the key file of an override cannot be a .p8 file', async () => {
    const override = { pdtOverride: { certificate: { body: PRIVATE_KEY, fileType: 'P8' } } };
    expect(await refused({ postgres: { host } }, override)).toEqual([
      'options.looker.pdtOverride.certificate.fileType INVALID',
    ]);
  });

  it.each([
    ['bigquery', { ...bigquery, serviceAccountEmail: 'bi@acme.example', serviceAccountKey: KEY_FILE }],
    ['snowflake', { account: 'acme-fin', database: 'FINANCE', privateKey: PRIVATE_KEY }],
  ])('a key file is provided only once: %s', async (dialect, config) => {
    expect(await refused({ [dialect]: config }, certificate('cDEyLXNlY3JldC0x', 'P12'))).toEqual([
      'options.looker.certificate.body EXCLUSIVE',
    ]);
  });

  it('a Snowflake key file is used to sign in, and no option can disable it', async () => {
    const snowflake = { account: 'acme-fin', database: 'FINANCE', privateKey: PRIVATE_KEY };
    expect(await refused({ snowflake }, { usesKeyPairAuth: false })).toEqual([
      'options.looker.usesKeyPairAuth EXCLUSIVE',
    ]);
  });

  it('a key file without an account requires the service account for BigQuery', async () => {
    expect(await refused({ bigquery }, certificate('cDEyLXNlY3JldC0x', 'P12'))).toEqual([
      'config.bigquery.serviceAccountEmail REQUIRED',
    ]);
  });

  it('a key file that Looker refuses is reported by its path in the input', async () => {
    const options = certificate('bm8ganNvbg==', 'JSON');
    const input = inputOf({ other: { dialectName: 'vertica', host } }, options);
    const { result } = await create(gateway, input);
    expect(issuesOf(result)).toEqual(['input.options.looker.certificate.body INVALID']);
    const asBigQuery = { ...bigquery, serviceAccountEmail: 'bi@acme.example' };
    const reported = await create(gateway, inputOf({ bigquery: asBigQuery }, options));
    expect(issuesOf(reported.result)).toEqual(['input.options.looker.certificate.body INVALID']);
    await gateway.reset('looker');
  });
});

describe('Driver parameters in a create at Looker', () => {
  it.each([
    ['snowflake', { account: 'acme-fin', database: 'FINANCE', role: 'ANALYST' }, 'queryTag=bi&ROLE=other'],
    ['athena', athena, 'S3_Staging_Dir=s3://other-secret-1/'],
    ['athena', athena, 'Workgroup=bi;s3_staging_dir=s3://other-secret-1/'],
    ['databricks', databricks, 'EnableArrow=0; HTTPPath =/other-secret-1'],
  ])('a driver parameter is provided only once: %s, %j, %s', async (dialect, config, jdbcAdditionalParams) => {
    expect(await refused({ [dialect]: config }, { jdbcAdditionalParams })).toEqual([
      'options.looker.jdbcAdditionalParams EXCLUSIVE',
    ]);
  });

  it('wrong driver parameters and wrong key files are reported together', async () => {
    const options = { jdbcAdditionalParams: 'httpPath=/x', certificate: { body: 'no-secret-1', fileType: 'P8' } };
    expect(await refused({ databricks }, options)).toEqual([
      'options.looker.certificate.body INVALID',
      'options.looker.jdbcAdditionalParams EXCLUSIVE',
    ]);
  });

  it.each([
    [
      { snowflake: { account: 'a-1', database: 'D', warehouse: 'A&B=C#D?E+F;G%H ü', role: 'x/y:z@w,v' } },
      'account=a-1&warehouse=A%26B%3DC%23D%3FE%2BF%3BG%25H%20%C3%BC&role=x/y:z@w,v',
      { warehouse: 'A&B=C#D?E+F;G%H ü', role: 'x/y:z@w,v' },
    ],
    [
      { databricks: { ...databricks, httpPath: 'sql/protocolv1/o/0/0123-4567-abc' } },
      'httpPath=sql/protocolv1/o/0/0123-4567-abc',
      { httpPath: 'sql/protocolv1/o/0/0123-4567-abc' },
    ],
  ])('only characters that would end a driver parameter are encoded: %j', async (config, params, reported) => {
    await gateway.reset('looker');
    const { result } = await create(gateway, inputOf(config));
    const [body] = (await gateway.posted('looker')) as Values[];
    expect(body?.['jdbc_additional_params']).toBe(params);
    expect(result.connection.config).toMatchObject(reported);
    await gateway.reset('looker');
  });
});

describe('Settings of a create at Looker that name a service', () => {
  it.each([
    [{ ...athena, region: 'x@evil.example' }, 'region'],
    [{ ...athena, region: 'eu-central-1.evil.example/' }, 'region'],
    [{ ...athena, s3StagingDir: '/results' }, 's3StagingDir'],
    [{ ...athena, s3StagingDir: 's3://AKIA:pw-secret-1@acme-athena/results/' }, 's3StagingDir'],
    [{ ...athena, s3StagingDir: 's3://acme-athena/results/?key=pw-secret-1' }, 's3StagingDir'],
  ])('a setting that names a service has the expected form: %j', async (config, field) => {
    expect(await refused({ athena: config })).toEqual([`config.athena.${field} INVALID`]);
  });

  it('an Oracle connection requires a host, unless it uses TNS', async () => {
    const named = { serviceName: 'ORCLPDB1' };
    expect(await refused({ oracle: { ...named, usesTns: false } })).toEqual(['config.oracle.host REQUIRED']);
    expect(await refused({ oracle: named })).toEqual(['config.oracle.usesTns REQUIRED']);
  });

  it.each([
    ['databricks', { ...databricks, catalog: 'main' }, 'the Unity catalog'],
    ['databricks', { ...databricks, machineAuthentication: true }, 'use accessToken'],
    ['databricks', { ...databricks, oauth: { clientId: 'client-1' } }, 'use accessToken'],
    ['athena', { ...athena, roleArn: 'arn:aws:iam::123456789012:role/bi' }, 'use accessKeyId and secretAccessKey'],
    ['athena', { ...athena, machineAuthentication: true }, 'use accessKeyId and secretAccessKey'],
    ['trino', { host, tls: { verify: true } }, 'ignores the flag'],
    ['oracle', { host, acceptsLicense: true }, 'Only Omni needs it'],
    ['other', { dialectName: 'vertica', host, tls: { ca: 'pem-secret-1' } }, 'install them on the Looker host'],
  ])('a setting that Looker does not have is refused with advice: %s, %j', async (dialect, config, advice) => {
    expect(await firstIssue({ [dialect]: config })).toContain(advice);
  });

  it.each([
    ['motherduck', { database: 'd' }, 'config.postgres'],
    ['mongodb', { host }, 'dialectName mongobi'],
  ])('a dialect that Looker does not support is refused with an alternative: %s', async (dialect, config, advice) => {
    const { result } = await create(gateway, inputOf({ [dialect]: config }));
    expect(result).toMatchObject({ __typename: 'UnsupportedError' });
    expect(result.message).toContain(advice);
  });
});

describe('Per-user credentials in a create at Looker', () => {
  it.each([
    ['databricks', { ...databricks, accessToken: 'pw-secret-1' }, []],
    ['athena', { ...athena, secretAccessKey: 'pw-secret-1' }, []],
    ['snowflake', { account: 'a-1', database: 'D', password: 'pw-secret-1' }, []],
  ])('per-user credentials remove the shared ones, whatever their names: %s', async (dialect, config, stored) => {
    await gateway.reset('looker');
    const { result } = await create(gateway, inputOf({ [dialect]: config }, { usesUserCredentials: true }));
    expect(result.warnings).toEqual([
      {
        code: 'USER_CREDENTIALS_ERASED',
        path: ['input', 'config', dialect],
        message:
          'Looker erases the provided user name and password, since each user signs in with their own credentials.',
      },
    ]);
    expect(storedSecrets(result.connection.secrets)).toEqual(stored);
    await gateway.reset('looker');
  });

  it('per-user credentials without shared credentials get no warning', async () => {
    await gateway.reset('looker');
    const { result } = await create(gateway, inputOf({ databricks }, { usesUserCredentials: true }));
    expect(result.warnings).toEqual([]);
    await gateway.reset('looker');
  });
});

describe('A create that Looker refuses', () => {
  it('a field that Looker refuses is reported by its path, also in options and groups', async () => {
    const fields = ['port', 'pdt_context_override.port', 'pdt_context_override.certificate', 'dialect_name'];
    const { gateway: stubbed, close } = await startStubbedGateway('looker', ({ path }) =>
      path.endsWith('/login')
        ? { status: 200, body: { access_token: 'token-1', expires_in: 3600 } }
        : {
            status: 422,
            body: { errors: fields.map((field) => ({ field, code: 'invalid', message: 'pw-secret-1' })) },
          },
    );
    const { result, text } = await create(
      stubbed,
      inputOf(
        { other: { dialectName: 'vertica', host } },
        { userAttributeFields: ['port'], portUserAttribute: 'db_port', pdtOverride: { port: 5433 } },
      ),
    );
    await close();
    expect(text).not.toMatch(/secret-\d/);
    expect(issuesOf(result)).toEqual([
      'input.config.other.dialectName INVALID',
      'input.options.looker.pdtOverride.certificate.body INVALID',
      'input.options.looker.pdtOverride.port INVALID',
      'input.options.looker.portUserAttribute INVALID',
    ]);
  });
});
