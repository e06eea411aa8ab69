// Every write-only field that a vendor takes at create, and the place in the vendor's own JSON (or files) where it must
// arrive. Typed from the vendors' documents, not from our tables.
import type { VendorName } from '../support/gateway.ts';

export interface Position {
  readonly vendor: VendorName;
  readonly dialect: string;
  /** From `input` down, joined by dots. */
  readonly field: string;
  /** Path in the body, or `file:<part>` for the second call. */
  readonly wire: string;
  /** How the vendor wants it there. */
  readonly as?: 'base64';
  /** What the secret must look like; CANARY is where the canary goes. */
  readonly shape?: string;
  /** Stands in place of these fields of the base input. */
  readonly without?: readonly string[];
}

/** A valid input of each cell with no secret in it but those that the vendor needs. */
export const BASES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'looker postgres': { host: 'db.example.com', database: 'app' },
  'looker mysql': { host: 'db.example.com', database: 'app' },
  'looker bigquery': { projectId: 'acme-data', dataset: 'sales' },
  'looker snowflake': { account: 'xy12345', database: 'SALES', username: 'bi' },
  'omni postgres': { host: 'db.example.com', port: 5432, database: 'app', username: 'bi', password: 'needed' },
  'omni mysql': { host: 'db.example.com', port: 3306, database: 'app', username: 'bi', password: 'needed' },
  'omni bigquery': { projectId: 'acme-data', location: 'us' },
  'omni snowflake': { account: 'xy12345', warehouse: 'WH', database: 'SALES', username: 'bi', password: 'needed' },
  'credible postgres': { host: 'db.example.com', port: 5432, database: 'app', username: 'bi' },
  'credible mysql': { host: 'db.example.com', port: 3306, database: 'app', username: 'bi' },
  'credible bigquery': { projectId: 'acme-data' },
  'credible snowflake': { account: 'xy12345', username: 'bi', warehouse: 'WH', password: 'needed' },
  'chartbrew postgres': { host: 'db.example.com', database: 'app', username: 'bi', tls: { enabled: true } },
  'chartbrew mysql': { host: 'db.example.com', database: 'app', username: 'bi', tls: { enabled: true } },
};

const KEY =
  '{"type":"service_account","project_id":"acme-data","client_email":"bi@acme-data.iam.gserviceaccount.com","private_key":"CANARY"}';
const PEM = '-----BEGIN PRIVATE KEY-----\nMIICANARY\n-----END PRIVATE KEY-----\n';
const PARTS = ['host', 'port', 'database', 'username', 'password'];

const at = (
  cell: string,
  field: string,
  wire: string,
  rest: Pick<Position, 'as' | 'shape' | 'without'> = {},
): Position => {
  const [vendor = '', dialect = ''] = cell.split(' ');
  return { vendor: vendor as VendorName, dialect, field, wire, ...rest };
};

export const POSITIONS: readonly Position[] = [
  at('looker postgres', 'config.postgres.password', 'password'),
  at('looker mysql', 'config.mysql.password', 'password'),
  at('looker bigquery', 'config.bigquery.serviceAccountKey', 'certificate', { as: 'base64', shape: KEY }),
  at('looker snowflake', 'config.snowflake.password', 'password'),
  at('looker snowflake', 'config.snowflake.privateKey', 'certificate', { as: 'base64', shape: PEM }),
  at('looker postgres', 'options.looker.jdbcAdditionalParams', 'jdbc_additional_params', { shape: 'token=CANARY' }),
  at('looker postgres', 'options.looker.afterConnectStatements', 'after_connect_statements', {
    shape: "SET app.key = 'CANARY'",
  }),
  at('omni postgres', 'config.postgres.password', 'passwordUnencrypted'),
  at('omni mysql', 'config.mysql.password', 'passwordUnencrypted'),
  at('omni bigquery', 'config.bigquery.serviceAccountKey', 'passwordUnencrypted', { shape: KEY }),
  at('omni snowflake', 'config.snowflake.password', 'passwordUnencrypted'),
  at('omni snowflake', 'config.snowflake.privateKey', 'privateKey', { shape: PEM, without: ['password'] }),
  at('omni snowflake', 'config.snowflake.oauth.clientSecret', 'oauthClientSecretUnencrypted'),
  at('credible postgres', 'config.postgres.password', 'postgresConnection.password'),
  at('credible postgres', 'config.postgres.connectionString', 'postgresConnection.connectionString', {
    shape: 'postgres://bi:CANARY@db.example.com/app',
    without: PARTS,
  }),
  at('credible mysql', 'config.mysql.password', 'mysqlConnection.password'),
  at('credible bigquery', 'config.bigquery.serviceAccountKey', 'bigqueryConnection.serviceAccountKeyJson', {
    shape: KEY,
  }),
  at('credible snowflake', 'config.snowflake.password', 'snowflakeConnection.password'),
  at('credible snowflake', 'config.snowflake.privateKey', 'snowflakeConnection.privateKey', { shape: PEM }),
  at('credible snowflake', 'config.snowflake.privateKeyPassphrase', 'snowflakeConnection.privateKeyPass'),
  ...['postgres', 'mysql'].flatMap((dialect) => [
    at(`chartbrew ${dialect}`, `config.${dialect}.password`, 'password'),
    at(`chartbrew ${dialect}`, `config.${dialect}.connectionString`, 'connectionString', {
      shape: `${dialect}://bi:CANARY@db.example.com/app`,
      without: PARTS,
    }),
    at(`chartbrew ${dialect}`, `config.${dialect}.tls.ca`, 'file:sslCa', { shape: PEM }),
    at(`chartbrew ${dialect}`, `config.${dialect}.tls.certificate`, 'file:sslCert', { shape: PEM }),
    at(`chartbrew ${dialect}`, `config.${dialect}.tls.key`, 'file:sslKey', { shape: PEM }),
  ]),
  at('chartbrew postgres', 'options.chartbrew.ssh.password', 'sshPassword'),
  at('chartbrew postgres', 'options.chartbrew.ssh.passphrase', 'sshPassphrase'),
  at('chartbrew postgres', 'options.chartbrew.ssh.privateKey', 'file:sshPrivateKey', { shape: PEM }),
];
