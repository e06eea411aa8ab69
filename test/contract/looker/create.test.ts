// What Looker alone refuses and warns of at create: words of its own, key files, ports by user attribute, driver parameters.
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

describe("A word of Looker's", () => {
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
  ])('that this schema has a dialect for is no other dialect: %s', async (dialectName, place) => {
    const config = { other: { dialectName, host } };
    expect(await refused(config)).toEqual(['config.other.dialectName INVALID']);
    expect(await firstIssue(config)).toContain(`use ${place}`);
  });

  it.each(['bigquery', 'presto', 'prestosql', 'mongobi', 'vertica', 'spanner'])(
    'that nothing else claims is one: %s',
    async (dialectName) => {
      const { result } = await create(gateway, { ...inputOf({ other: { dialectName, host } }), name: dialectName });
      expect(result).toMatchObject({
        __typename: 'CreateConnectionSuccess',
        connection: { dialect: 'OTHER', vendorDialect: dialectName },
      });
      await gateway.reset('looker');
    },
  );

  it('is given once: not in the options beside another dialect', async () => {
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
  ])('must be one of the dialect: %j, %s', async (config, dialectName) => {
    expect(await refused(config, { dialectName })).toEqual(['options.looker.dialectName INVALID']);
  });

  it('is told with those that there are', async () => {
    expect(await firstIssue({ mysql: { host } }, { dialectName: 'tidb' })).toContain(
      'mysql, mysql_8, googlecloudsql, amazonaurora',
    );
  });
});

describe('A port', () => {
  const port = { port: 5432 };
  const attribute = { portUserAttribute: 'db_port', userAttributeFields: ['port'] };

  it.each([
    ['postgres', { host, ...port }],
    ['clickhouse', { host, ...port }],
    ['oracle', { host, ...port }],
    ['trino', { host, ...port }],
    ['other', { dialectName: 'vertica', host, ...port }],
  ])('has one home: a number or a user attribute, for %s', async (dialect, config) => {
    expect(await refused({ [dialect]: config }, attribute)).toEqual(['options.looker.portUserAttribute EXCLUSIVE']);
  });

  it.each([[undefined], [['username']]])('by user attribute is named among them: %j', async (userAttributeFields) => {
    expect(await refused({ postgres: { host } }, { portUserAttribute: 'db_port', userAttributeFields })).toEqual([
      'options.looker.userAttributeFields REQUIRED',
    ]);
  });

  it('by user attribute is no number', async () => {
    expect(await refused({ postgres: { host } }, { ...attribute, portUserAttribute: '5432' })).toEqual([
      'options.looker.portUserAttribute INVALID',
    ]);
  });
});

const certificate = (body: string, fileType: string) => ({ certificate: { body, fileType } });

describe('A key file', () => {
  it.each([
    ['text that is neither PEM nor base64', certificate('no-secret-1', 'P8')],
    ['JSON that is called a private key', certificate(KEY_FILE, 'P8')],
    ['PEM that is called JSON', certificate(PRIVATE_KEY, 'JSON')],
    ['JSON that is no document', certificate('"key-secret-1"', 'JSON')],
    ['PEM that is called PKCS#12', certificate(PRIVATE_KEY, 'P12')],
    ['base64 that lacks its end', certificate('cDEyLXNlY3JldC0', 'P12')],
  ])('is base64, or text of its kind: %s', async (_what, options) => {
    const other = { dialectName: 'vertica', host };
    expect(await refused({ other }, options)).toEqual(['options.looker.certificate.body INVALID']);
    expect(
      await refused({ other }, { pdtOverride: { certificate: { body: 'no-secret-1', fileType: 'P12' } } }),
    ).toEqual(['options.looker.pdtOverride.certificate.body INVALID']);
  });

  it('of an override is no .p8', async () => {
    const override = { pdtOverride: { certificate: { body: PRIVATE_KEY, fileType: 'P8' } } };
    expect(await refused({ postgres: { host } }, override)).toEqual([
      'options.looker.pdtOverride.certificate.fileType INVALID',
    ]);
  });

  it.each([
    ['bigquery', { ...bigquery, serviceAccountEmail: 'bi@acme.example', serviceAccountKey: KEY_FILE }],
    ['snowflake', { account: 'acme-fin', database: 'FINANCE', privateKey: PRIVATE_KEY }],
  ])('is given once: %s', async (dialect, config) => {
    expect(await refused({ [dialect]: config }, certificate('cDEyLXNlY3JldC0x', 'P12'))).toEqual([
      'options.looker.certificate.body EXCLUSIVE',
    ]);
  });

  it('of Snowflake signs in, which no option can deny', async () => {
    const snowflake = { account: 'acme-fin', database: 'FINANCE', privateKey: PRIVATE_KEY };
    expect(await refused({ snowflake }, { usesKeyPairAuth: false })).toEqual([
      'options.looker.usesKeyPairAuth EXCLUSIVE',
    ]);
  });

  it('does not tell whose it is: BigQuery needs the service account beside it', async () => {
    expect(await refused({ bigquery }, certificate('cDEyLXNlY3JldC0x', 'P12'))).toEqual([
      'config.bigquery.serviceAccountEmail REQUIRED',
    ]);
  });

  it('that Looker refuses is told where it was given', async () => {
    const options = certificate('bm8ganNvbg==', 'JSON');
    const input = inputOf({ other: { dialectName: 'vertica', host } }, options);
    const { result } = await create(gateway, input);
    expect(issuesOf(result)).toEqual(['input.options.looker.certificate.body INVALID']);
    const asBigQuery = { ...bigquery, serviceAccountEmail: 'bi@acme.example' };
    const told = await create(gateway, inputOf({ bigquery: asBigQuery }, options));
    expect(issuesOf(told.result)).toEqual(['input.options.looker.certificate.body INVALID']);
    await gateway.reset('looker');
  });
});

describe('Driver parameters', () => {
  it.each([
    ['snowflake', { account: 'acme-fin', database: 'FINANCE', role: 'ANALYST' }, 'queryTag=bi&ROLE=other'],
    ['athena', athena, 'S3_Staging_Dir=s3://other-secret-1/'],
    ['athena', athena, 'Workgroup=bi;s3_staging_dir=s3://other-secret-1/'],
    ['databricks', databricks, 'EnableArrow=0; HTTPPath =/other-secret-1'],
  ])('are given once: %s, %j, %s', async (dialect, config, jdbcAdditionalParams) => {
    expect(await refused({ [dialect]: config }, { jdbcAdditionalParams })).toEqual([
      'options.looker.jdbcAdditionalParams EXCLUSIVE',
    ]);
  });

  it('and key files that are wrong are told of together', async () => {
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
  ])('hold a value as people write it, and only what would end it is encoded: %j', async (config, params, told) => {
    await gateway.reset('looker');
    const { result } = await create(gateway, inputOf(config));
    const [body] = (await gateway.posted('looker')) as Values[];
    expect(body?.['jdbc_additional_params']).toBe(params);
    expect(result.connection.config).toMatchObject(told);
    await gateway.reset('looker');
  });
});

describe('Settings that name a service', () => {
  it.each([
    [{ ...athena, region: 'x@evil.example' }, 'region'],
    [{ ...athena, region: 'eu-central-1.evil.example/' }, 'region'],
    [{ ...athena, s3StagingDir: '/results' }, 's3StagingDir'],
    [{ ...athena, s3StagingDir: 's3://AKIA:pw-secret-1@acme-athena/results/' }, 's3StagingDir'],
    [{ ...athena, s3StagingDir: 's3://acme-athena/results/?key=pw-secret-1' }, 's3StagingDir'],
  ])('have the form of it: %j', async (config, field) => {
    expect(await refused({ athena: config })).toEqual([`config.athena.${field} INVALID`]);
  });

  it('are an Oracle host, unless TNS leads there', async () => {
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
  ])('that Looker has no field for are refused with advice: %s, %j', async (dialect, config, advice) => {
    expect(await firstIssue({ [dialect]: config })).toContain(advice);
  });

  it.each([
    ['motherduck', { database: 'd' }, 'config.postgres'],
    ['mongodb', { host }, 'dialectName mongobi'],
  ])('of a dialect that it does not take come with what to do instead: %s', async (dialect, config, advice) => {
    const { result } = await create(gateway, inputOf({ [dialect]: config }));
    expect(result).toMatchObject({ __typename: 'UnsupportedError' });
    expect(result.message).toContain(advice);
  });
});

describe('Credentials of each user', () => {
  it.each([
    ['databricks', { ...databricks, accessToken: 'pw-secret-1' }, []],
    ['athena', { ...athena, secretAccessKey: 'pw-secret-1' }, []],
    ['snowflake', { account: 'a-1', database: 'D', password: 'pw-secret-1' }, []],
  ])('push out the shared ones, whatever they are called: %s', async (dialect, config, stored) => {
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

  it('push out nothing where nothing was given', async () => {
    await gateway.reset('looker');
    const { result } = await create(gateway, inputOf({ databricks }, { usesUserCredentials: true }));
    expect(result.warnings).toEqual([]);
    await gateway.reset('looker');
  });
});

describe("Looker's refusal", () => {
  it('of a field is told where that was given, be it an option or inside a group', async () => {
    const fields = ['port', 'pdt_context_override.port', 'pdt_context_override.certificate', 'dialect_name'];
    const { gateway: played, close } = await startStubbedGateway('looker', ({ path }) =>
      path.endsWith('/login')
        ? { status: 200, body: { access_token: 'token-1', expires_in: 3600 } }
        : {
            status: 422,
            body: { errors: fields.map((field) => ({ field, code: 'invalid', message: 'pw-secret-1' })) },
          },
    );
    const { result, text } = await create(
      played,
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
