// Secrets in fields that are not secret: user info in an address, `password=` among a driver's parameters, a header, a connection
// string. The gateway refuses them in an input, and does not return them when a vendor has stored them.
import { describe, expect, it } from 'vitest';
import { CREATE } from '../support/create-connection.ts';
import { startTestGateway, type VendorName } from '../support/gateway.ts';
import { startGatewayWithRows, vendorIdOf, type WireRow } from '../support/stub-rows.ts';
import { listWhole } from '../support/whole-connection.ts';
import { put, inputWith } from './inputs.ts';
import { POSITIONS, type Position } from './positions.ts';

type Values = Readonly<Record<string, unknown>>;

const cellOf = (vendor: VendorName, dialect: string): Position =>
  POSITIONS.find((one) => one.vendor === vendor && one.dialect === dialect) as Position;

/** Readable fields with values that must be refused. */
const REFUSED: readonly (readonly [vendor: VendorName, dialect: string, field: string, value: string])[] = [
  ['looker', 'postgres', 'config.postgres.host', 'bi:pw-secret-1@db.example.com'],
  ['looker', 'postgres', 'config.postgres.host', 'postgres://bi:pw-secret-1@db.example.com/app'],
  ['looker', 'postgres', 'config.postgres.host', 'db.example.com?password=pw-secret-1'],
  ['looker', 'postgres', 'config.postgres.host', 'db.example.com/pw-secret-1'],
  ['looker', 'postgres', 'config.postgres.host', 'db.example.com#pw-secret-1'],
  ['looker', 'postgres', 'options.looker.tmpHost', 'bi:pw-secret-1@db.example.com'],
  ['looker', 'snowflake', 'config.snowflake.account', 'bi:pw-secret-1@xy12345'],
  ['looker', 'snowflake', 'config.snowflake.hostOverride', 'https://bi:pw-secret-1@acme.example.com'],
  ['looker', 'athena', 'config.athena.s3StagingDir', 's3://AKIA:pw-secret-1@acme-athena/results/'],
  ['looker', 'athena', 'config.athena.s3StagingDir', 's3://acme-athena/results/?secret=pw-secret-1'],
  ['looker', 'databricks', 'config.databricks.host', 'token:pw-secret-1@dbc-1.cloud.databricks.com'],
  ['looker', 'trino', 'config.trino.host', 'bi:pw-secret-1@trino.example.com'],
  ['omni', 'postgres', 'config.postgres.host', 'bi:pw-secret-1@db.example.com'],
  ['omni', 'mssql', 'config.mssql.host', 'sqlserver://bi:pw-secret-1@db.example.com'],
  ['omni', 'snowflake', 'config.snowflake.oauth.tokenUrl', 'https://bi:pw-secret-1@login.example.com/token'],
  [
    'omni',
    'snowflake',
    'config.snowflake.oauth.authorizationUrl',
    'https://login.example.com/?client_secret=pw-secret-1',
  ],
  ['credible', 'postgres', 'config.postgres.host', 'bi:pw-secret-1@db.example.com'],
  ['credible', 'mysql', 'config.mysql.host', 'mysql://bi:pw-secret-1@db.example.com/app'],
  ['credible', 'trino', 'config.trino.host', 'https://bi:pw-secret-1@trino.example.com'],
  ['credible', 'duckdb', 'config.duckdb.attached.0.source.postgres.host', 'bi:pw-secret-1@db.example.com'],
  ['chartbrew', 'postgres', 'config.postgres.host', 'bi:pw-secret-1@db.example.com'],
  ['chartbrew', 'mongodb', 'config.mongodb.host', 'mongodb+srv://bi:pw-secret-1@db.example.com'],
  ['chartbrew', 'clickhouse', 'config.clickhouse.host', 'https://bi:pw-secret-1@db.example.com'],
  ['chartbrew', 'api', 'config.api.baseUrl', 'https://bi:pw-secret-1@api.example.com'],
  ['chartbrew', 'api', 'config.api.baseUrl', 'https://api.example.com/v1?api_key=pw-secret-1'],
  ['chartbrew', 'api', 'config.api.baseUrl', 'https://api.example.com/v1#pw-secret-1'],
  ['chartbrew', 'realtimeDb', 'config.realtimeDb.databaseUrl', 'https://bi:pw-secret-1@acme.firebaseio.com'],
  ['chartbrew', 'realtimeDb', 'config.realtimeDb.databaseUrl', 'https://acme.firebaseio.com?auth=pw-secret-1'],
  ['chartbrew', 'postgres', 'options.chartbrew.ssh.host', 'bi:pw-secret-1@bastion.example.com'],
  ['chartbrew', 'postgres', 'options.chartbrew.ssh.jumpHost', 'ssh://bi:pw-secret-1@bastion.example.com'],
];

describe('a secret in a readable field of an input', () => {
  it.each(REFUSED)('%s %s: the field %s refuses %s without quoting it', async (vendor, dialect, field, value) => {
    const gateway = await startTestGateway();
    const input = inputWith({ ...cellOf(vendor, dialect), beside: {}, without: [] }, 'pw-secret-2');
    put(input, field, value);
    const answer = await gateway.ask(CREATE, { input });
    expect([answer.text, ...gateway.log].join('\n')).not.toMatch(/secret-\d/);
    expect(answer.data?.createConnection).toMatchObject({ __typename: 'ValidationError' });
    expect(answer.data.createConnection.issues.map(({ path }: { path: string[] }) => path.join('.'))).toContain(
      `input.${field}`,
    );
    expect(await gateway.received(vendor)).toEqual([]);
    await gateway.close();
  });
});

const looker = (fields: Values): WireRow => ({ name: 'row', dialect_name: 'postgres', ...fields });
const credible = (type: string, block: Values): WireRow => ({ name: 'row', type, [`${type}Connection`]: block });
const chartbrew = (type: string, fields: Values): WireRow => ({ id: 7, name: 'row', type, ...fields });

/** Rows that a vendor has stored. */
const STORED: readonly (readonly [vendor: VendorName, what: string, row: WireRow])[] = [
  ['looker', 'user info of a host', looker({ host: 'bi:pw-secret-1@db.example.com' })],
  ['looker', 'a connection string for a host', looker({ host: 'postgres://bi:pw-secret-1@db.example.com/app' })],
  ['looker', 'a broken connection string for a host', looker({ host: 'postgres://bi:pw/secret-1@db.example.com/app' })],
  ['looker', 'a query behind a host', looker({ host: 'db.example.com?password=pw-secret-1' })],
  ['looker', 'user info of a host for temporary tables', looker({ tmp_host: 'bi:pw-secret-1@db.example.com' })],
  ['looker', 'driver parameters', looker({ jdbc_additional_params: 'ssl=true&password=pw-secret-1' })],
  ['looker', 'driver parameters with semicolons', looker({ jdbc_additional_params: 'ssl=true;pwd=pw-secret-1' })],
  ['looker', 'statements', looker({ after_connect_statements: "ALTER USER bi PASSWORD 'pw-secret-1'" })],
  [
    'looker',
    'an override',
    looker({
      pdt_context_override: {
        context: 'pdt',
        host: 'bi:pw-secret-1@db.example.com',
        password: 'pw-secret-2',
        jdbc_additional_params: 'password=pw-secret-3',
        after_connect_statements: "SET app.key = 'pw-secret-4'",
        certificate: 'pem-secret-5',
      },
    }),
  ],
  [
    'looker',
    'a staging directory',
    looker({
      dialect_name: 'athena',
      jdbc_additional_params: 's3_staging_dir=s3://AKIA:pw-secret-1@acme/;k=pw-secret-2',
    }),
  ],
  [
    'looker',
    'an account',
    looker({ dialect_name: 'snowflake', host: 'bi:pw-secret-1@xy12345.snowflakecomputing.com' }),
  ],
  [
    'omni',
    'a host, which Omni does not report',
    {
      id: '00000000-0000-4000-8000-000000000001',
      name: 'row',
      dialect: 'postgres',
      host: 'bi:pw-secret-1@db.example.com',
      passwordUnencrypted: 'pw-secret-2',
      privateKey: 'pem-secret-3',
      oauthClientSecretUnencrypted: 'pw-secret-4',
    },
  ],
  ['credible', 'user info of a host', credible('postgres', { host: 'bi:pw-secret-1@db.example.com' })],
  [
    'credible',
    'a connection string',
    credible('postgres', { connectionString: 'postgres://bi:pw-secret-1@db.example.com/app?password=pw-secret-2' }),
  ],
  [
    'credible',
    'a server with user info',
    credible('trino', { server: 'https://bi:pw-secret-1@trino.example.com:8443' }),
  ],
  [
    'credible',
    'an attachment',
    credible('duckdb', {
      attachedDatabases: [
        {
          name: 'orders',
          type: 'postgres',
          postgresConnection: { host: 'bi:pw-secret-1@db', connectionString: 'postgres://bi:pw-secret-2@db/app' },
        },
        { name: 'files', type: 's3', s3Connection: { endpoint: 'https://AKIA:pw-secret-3@s3.example.com' } },
      ],
    }),
  ],
  ['chartbrew', 'a Postgres string', chartbrew('postgres', { connectionString: 'postgres://bi:pw-secret-1@db/app' })],
  [
    'chartbrew',
    'a Postgres string of the long scheme',
    chartbrew('postgres', { connectionString: 'postgresql://bi:pw-secret-1@db/app' }),
  ],
  ['chartbrew', 'a MySQL string', chartbrew('mysql', { connectionString: 'mysql://bi:pw-secret-1@db/app' })],
  ['chartbrew', 'a MongoDB string', chartbrew('mongodb', { connectionString: 'mongodb://bi:pw-secret-1@db/app' })],
  [
    'chartbrew',
    'a MongoDB string by DNS',
    chartbrew('mongodb', { connectionString: 'mongodb+srv://bi:pw-secret-1@db/app' }),
  ],
  [
    'chartbrew',
    'words in place of a string',
    chartbrew('postgres', { connectionString: 'host=db password=pw-secret-1' }),
  ],
  ['chartbrew', 'user info of a host', chartbrew('clickhouse', { host: 'https://bi:pw-secret-1@db.example.com' })],
  [
    'chartbrew',
    'user info of a URL',
    chartbrew('api', { subType: 'api', host: 'https://bi:pw-secret-1@api.example.com' }),
  ],
  [
    'chartbrew',
    'a key in a URL',
    chartbrew('api', { subType: 'api', host: 'https://api.example.com/?key=pw-secret-1' }),
  ],
  [
    'chartbrew',
    'headers and a sign-in',
    chartbrew('api', {
      subType: 'api',
      host: 'https://api.example.com',
      options: [{ Authorization: 'Bearer pw-secret-1' }, { 'X-Api-Key': 'pw-secret-2' }],
      authentication: { type: 'basic_auth', user: 'bi', pass: 'pw-secret-3', token: 'pw-secret-4' },
    }),
  ],
  [
    'chartbrew',
    'options of MongoDB',
    chartbrew('mongodb', { options: [{ tlsCertificateKeyFilePassword: 'pw-secret-1' }] }),
  ],
  [
    'chartbrew',
    'a database of Firebase',
    chartbrew('realtimedb', { connectionString: 'https://bi:pw-secret-1@acme.firebaseio.com/?auth=pw-secret-2' }),
  ],
  [
    'chartbrew',
    'a key in place of a document',
    chartbrew('firestore', { firebaseServiceAccount: '{"project_id":"acme","private_key":"pem-secret-1"}' }),
  ],
  [
    'chartbrew',
    'a tunnel',
    chartbrew('postgres', {
      useSsh: true,
      sshHost: 'bi:pw-secret-1@bastion.example.com',
      sshJumpHost: 'ssh://bi:pw-secret-2@jump.example.com',
      sshPassword: 'pw-secret-3',
      sshPassphrase: 'pw-secret-4',
      sshPrivateKey: 'pem-secret-5',
    }),
  ],
];

describe('a secret in a readable field of a stored connection', () => {
  it.each(STORED)('a secret that %s stores in %s is not returned', async (vendor, _what, row) => {
    const gateway = await startGatewayWithRows(vendor, [row]);
    const rows = await listWhole(gateway, { instance: [vendor] });
    expect(rows.map(({ name }) => name)).toEqual(['row']);
    const one = await gateway.ask(
      'query ($id: ID!) { connection(id: $id) { name config { __typename } secrets { path status } } }',
      { id: Buffer.from(`v1:c:${vendor}:${vendorIdOf(row)}`).toString('base64url') },
    );
    expect(one.data?.connection?.name, one.text).toBe('row');
    expect(JSON.stringify([rows, one.text, gateway.log])).not.toMatch(/secret-\d/);
  });
});
