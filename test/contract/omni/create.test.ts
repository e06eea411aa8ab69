// Rules for a create that only Omni has: the accepted values and sign-in methods, the
// advice in issues, and how its refusals are reported.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SandboxVendor } from '../../../src/sandbox/server.ts';
import { create, issuesOf, refusalOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { journalOf } from '../../support/journal.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const server = { host: 'db.acme.example', port: 1521, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const trino = { host: 'db.acme.example', port: 8443, catalog: 'hive', username: 'bi', password: 'pw-secret-1' };
const workspace = { host: 'dbc-1.cloud.databricks.com', httpPath: '/sql/1.0/warehouses/abc' };
const athenaByRole = { region: 'us-east-1', roleArn: 'arn:aws:iam::123456789012:role/bi-reader' };

const refusal = (detail: string) => ({ status: 400, body: { detail, status: 400 } });

async function startStub(answer: SandboxVendor) {
  const stubbed = await startStubbedGateway('omni', answer);
  onTestFinished(() => stubbed.close());
  return stubbed;
}

const orders = (config: Readonly<Record<string, unknown>>) => ({ instance: 'omni', name: 'orders', config });

describe('A create that Omni would refuse', () => {
  it.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      'a license that the caller does not accept',
      { oracle: { ...server, acceptsLicense: false } },
      ['oracle.acceptsLicense INVALID'],
    ],
    [
      'half a key pair of Athena',
      { athena: { region: 'us-east-1', accessKeyId: 'AKIA' } },
      ['athena.secretAccessKey REQUIRED'],
    ],
    ['an Athena role without a region', { athena: { roleArn: 'arn:aws:iam::1:role/r' } }, ['athena.region REQUIRED']],
    ['a machine identity without a region', { athena: { machineAuthentication: true } }, ['athena.region REQUIRED']],
    [
      'an Athena connection without a sign-in method',
      { athena: { region: 'us-east-1', machineAuthentication: false } },
      ['athena.machineAuthentication INVALID'],
    ],
    [
      'a machine identity that is off, with half a key pair',
      { athena: { region: 'us-east-1', machineAuthentication: false, secretAccessKey: 'pw-secret-1' } },
      ['athena.machineAuthentication INVALID'],
    ],
    [
      'half an OAuth client of Databricks',
      { databricks: { ...workspace, oauth: { clientId: 'client-1' } } },
      ['databricks.oauth.clientSecret REQUIRED'],
    ],
    [
      'a Databricks machine without a client',
      { databricks: { ...workspace, machineAuthentication: true } },
      ['databricks.accessToken REQUIRED'],
    ],
    ['SQL Server without its schema', { mssql: server }, ['mssql.schema REQUIRED']],
    [
      'a Trino connection with a token',
      { trino: { ...trino, peakaKey: 'peaka-secret-1' } },
      ['trino.peakaKey NOT_ALLOWED'],
    ],
  ])('a create at Omni is refused without a call: %s', async (_what, config, issues) => {
    expect(await refusalOf(gateway, orders(config))).toEqual(issues.map((issue) => `config.${issue}`));
  });

  it.each([
    ['clickhouse', { ...server, tls: { enabled: true } }, 'only `tls.verify` is accepted'],
    ['clickhouse', { ...server, tls: { mode: 'require' } }, 'use `tls.verify`'],
    ['exasol', { ...server, tls: { ca: 'pem-secret-1' } }, 'its API accepts no certificates'],
    ['redshift', { ...server, tls: { verify: true } }, 'no setting for the encryption'],
    ['oracle', { ...server, acceptsLicense: true, serviceName: 'ORCL' }, 'only by host and port'],
    ['athena', { ...athenaByRole, s3StagingDir: 's3://acme/results/' }, "set it in Omni's web page"],
    ['athena', { ...athenaByRole, tls: { enabled: false } }, 'always encrypted'],
    [
      'databricks',
      { ...workspace, accessToken: 'pw-secret-1', oauth: { tokenUrl: 'https://a.example' } },
      'from the host',
    ],
    ['databricks', { ...workspace }, 'or `oauth.clientId`, `oauth.clientSecret` instead'],
    ['athena', { region: 'us-east-1' }, 'or `roleArn` instead, or `machineAuthentication` instead'],
    ['athena', { region: 'us-east-1', machineAuthentication: false }, 'neither `accessKeyId` and `secretAccessKey`'],
    ['oracle', { ...server, acceptsLicense: false }, 'At Omni it must be true.'],
  ])('a create at Omni is refused with advice: %s, %j', async (dialect, config, advice) => {
    const { result } = await create(gateway, orders({ [dialect]: config }));
    expect(result.issues.map(({ message }: { message: string }) => message).join(' ')).toContain(advice);
  });

  it.each([
    ['duckdb', { attached: [] }, 'Use motherduck for a DuckDB that MotherDuck hosts.'],
    ['mongodb', {}, 'connector of Trino: use trino.'],
    ['firestore', {}, 'Export it to BigQuery and use bigquery.'],
    ['googleAnalytics', {}, 'Export Google Analytics to BigQuery and use bigquery.'],
  ])('a dialect that Omni does not support is refused with an alternative: %s', async (dialect, config, advice) => {
    const { result } = await create(gateway, orders({ [dialect]: config }));
    expect(result).toMatchObject({ __typename: 'UnsupportedError' });
    expect(result.message).toContain(advice);
  });
});

describe('A create that Omni accepts', () => {
  it.each([
    [
      'a create at Omni accepts a role although the machine identity is off',
      { athena: { ...athenaByRole, machineAuthentication: false } },
    ],
    [
      'a create at Omni accepts a key pair although the machine identity is off',
      {
        athena: {
          region: 'us-east-1',
          accessKeyId: 'AKIA',
          secretAccessKey: 'pw-secret-1',
          machineAuthentication: false,
        },
      },
    ],
  ])('%s', async (_what, config) => {
    const { result } = await create(gateway, orders(config));
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
  });

  it.each([
    ['SAP_HANA', 'Older versions of Omni do not have it.'],
    ['TRINO', 'Older versions of Omni do not have `tls.verify`.'],
  ])('the catalogue says since which version Omni accepts %s', async (dialect, note) => {
    const { data } = await gateway.ask(
      'query ($dialect: Dialect!) { dialect(dialect: $dialect) { support { vendor status note } } }',
      { dialect },
    );
    expect(data.dialect.support).toContainEqual({ vendor: 'OMNI', status: 'SUPPORTED', note });
  });
});

describe('The answer of Omni to a create', () => {
  const ID = 'c0f12353-4817-4398-bcc0-d501e6dd2f64';
  const created = { status: 201, body: { success: true, data: ID } };

  it.each([
    [
      'mssql',
      { ...server, schema: 'dbo' },
      'trustServerCertificate: Expected boolean, received string',
      'tls.verify INVALID',
    ],
    ['mssql', { ...server, schema: 'dbo' }, 'defaultSchema: Required', 'schema REQUIRED'],
    ['trino', trino, 'database: Required', 'catalog REQUIRED'],
    ['oracle', { ...server, acceptsLicense: true }, 'acceptsLicense: Required', 'acceptsLicense REQUIRED'],
    ['databricks', { ...workspace, accessToken: 'pw-secret-1' }, 'warehouse: Required', 'httpPath REQUIRED'],
    [
      'databricks',
      { ...workspace, accessToken: 'pw-secret-1' },
      'passwordUnencrypted: pw-secret-1',
      'accessToken INVALID',
    ],
    ['athena', athenaByRole, 'region: Required', 'region REQUIRED'],
    ['athena', athenaByRole, 'username: Required', 'accessKeyId REQUIRED'],
    ['athena', athenaByRole, 'awsRoleArn: Invalid', 'roleArn INVALID'],
    [
      'motherduck',
      { database: 'd', accessToken: 'pw-secret-1' },
      'passwordUnencrypted: Required',
      'accessToken REQUIRED',
    ],
  ])('a field of %s that Omni refuses is reported by its path: %j, %s', async (dialect, config, detail, issue) => {
    const { gateway: stubbed } = await startStub(() => refusal(`Bad Request: ${detail}`));
    const { result, text } = await create(stubbed, orders({ [dialect]: config }));
    expect(issuesOf(result)).toEqual([`input.config.${dialect}.${issue}`]);
    expect(text).not.toMatch(/secret-\d/);
  });

  it('a create at an Omni server that is too old for the dialect is reported as such', async () => {
    const { gateway: stubbed } = await startStub(() => refusal('Invalid connection dialect'));
    const { result } = await create(stubbed, orders({ sapHana: server }));
    expect(issuesOf(result)).toEqual(['input.config.sapHana INVALID']);
    expect(result.issues[0].message).toBe(
      'This version of Omni has no SAP HANA connections. A newer version may have them.',
    );
  });

  it.each([
    ['athena', athenaByRole, { region: 'us-east-1', awsRoleArn: 'arn:aws:iam::123456789012:role/bi-reader' }],
    [
      'databricks',
      { ...workspace, oauth: { clientId: 'client-1', clientSecret: 'oauth-secret-1' } },
      {
        host: 'dbc-1.cloud.databricks.com',
        warehouse: '/sql/1.0/warehouses/abc',
        oauthClientId: 'client-1',
        oauthClientSecretUnencrypted: 'oauth-secret-1',
      },
    ],
  ])(
    'a create of %s without a password is repeated with an empty one when Omni requires one',
    async (dialect, config, body) => {
      const { gateway: stubbed, origin } = await startStub(({ method, body: sent }) => {
        if (method === 'GET') return { status: 200, body: { connection: { id: ID, name: 'orders', dialect } } };
        return sent.includes('passwordUnencrypted') ? created : refusal('Bad Request: passwordUnencrypted: Required');
      });
      const { result } = await create(stubbed, orders({ [dialect]: config }));
      expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
      const posts = (await journalOf(origin)).filter(({ method }) => method === 'POST');
      const first = { name: 'orders', dialect, ...body };
      expect(posts.map((post) => JSON.parse(post.body) as unknown)).toEqual([
        first,
        { ...first, passwordUnencrypted: '' },
      ]);
    },
  );

  it.each([
    ['trino', { ...trino, schema: 'sales' }, 'TRINO', { catalog: 'hive', schema: 'sales', host: null }],
    [
      'databricks',
      { ...workspace, catalog: 'main', accessToken: 'pw-secret-1' },
      'DATABRICKS',
      { catalog: 'main', host: null },
    ],
    [
      'motherduck',
      { database: 'ducks', accessToken: 'pw-secret-1' },
      'MOTHERDUCK',
      { database: 'ducks', schema: null },
    ],
    ['databricksLakebase', server, 'DATABRICKS_LAKEBASE', { database: 'orders', host: null }],
  ])(
    'a created connection to %s that cannot be read is reported as Omni would return it',
    async (dialect, config, value, reported) => {
      const { gateway: stubbed } = await startStub(({ method }) =>
        method === 'POST' ? created : { status: 503, body: { detail: 'pw-secret-1', status: 503 } },
      );
      const { result, text } = await create(stubbed, orders({ [dialect]: config }));
      expect(result).toMatchObject({
        __typename: 'CreateConnectionSuccess',
        connection: { vendorId: ID, dialect: value, completeness: 'PARTIAL', config: reported },
        warnings: [{ path: null, code: 'READ_BACK_FAILED' }],
      });
      expect(text).not.toMatch(/secret-\d/);
    },
  );
});
