// What leads elsewhere among the settings of each dialect at Looker: hosts, ports, users, encryption, the word for the dialect; with
// what each change writes.
import { KEY_FILE, type DialectKey } from '../../contract/create-case.ts';
import { ENCRYPTED_KEY_BASE64, KEY_FILE_BASE64 } from '../../contract/looker/create-cases/files.ts';
import { ENCRYPTED_KEY } from '../../support/keys.ts';
import type { Settings, Values } from './redirect.ts';

export interface Row {
  readonly config: Values;
  /** Secrets of the settings: sent again, and what that writes; cleared, and what that writes. */
  readonly again: readonly [Values, Values];
  readonly cleared: readonly [Values, Values];
  readonly moves: readonly Piece[];
  /** What the settings keep in front of the driver parameters. */
  readonly params?: string;
  /** In place of a user attribute for the port. */
  readonly port?: string | null;
}

/** One field with the value that it gets, and with none. */
export interface Piece {
  readonly field: string;
  readonly first?: Settings;
  readonly to: Settings;
  readonly sends: Values;
  readonly none: Settings;
  /** What is written for none; or why it cannot be, at its own place. */
  readonly clears: Values | string;
  /** Why the value cannot be written even with the secrets. */
  readonly never?: string;
  /** Why there cannot be none while the secrets are kept. */
  readonly keeps?: string;
  /** A secret that changes itself, so that it is not asked for. */
  readonly isSecret?: string;
}

const passwordAgain = (name: string): Row['again'] => [
  { [name]: { replace: 'pw-secret-2' } },
  { password: 'pw-secret-2' },
];
const passwordCleared = (name: string): Row['cleared'] => [{ [name]: { clear: true } }, { password: null }];

const host: Piece = {
  field: 'host',
  to: { config: { host: 'new.acme.example' } },
  sends: { host: 'new.acme.example' },
  none: { config: { host: null } },
  clears: 'host REQUIRED',
};
const port: Piece = {
  field: 'port',
  first: { config: { port: 5000 } },
  to: { config: { port: 6000 } },
  sends: { port: '6000' },
  none: { config: { port: null } },
  clears: { port: null },
};
const word = (dialectName: string): Piece => ({
  field: 'dialectName',
  to: { options: { dialectName } },
  sends: { dialect_name: dialectName },
  none: { options: { dialectName: null } },
  clears: 'options.dialectName NOT_ALLOWED',
});

const nullable = (field: string, wire: string, from: string, to: string): Piece => ({
  field,
  first: { config: { [field]: from } },
  to: { config: { [field]: to } },
  sends: { [wire]: to },
  none: { config: { [field]: null } },
  clears: { [wire]: null },
});

/** A flag that is turned off; Looker has no null for it. */
const off = (flag: 'enabled' | 'verify', wire: string): Piece => ({
  field: `tls.${flag}`,
  first: { config: { tls: { enabled: true, [flag]: true } } },
  to: { config: { tls: { [flag]: false } } },
  sends: { [wire]: false },
  none: { config: { tls: { [flag]: null } } },
  clears: `tls.${flag} NOT_ALLOWED`,
});

const user = nullable('username', 'username', 'bi', 'bi_2');
const encryption = off('enabled', 'ssl');
const check = off('verify', 'verify_ssl');

const server = (...moves: readonly Piece[]): Row => ({
  config: { host: 'db.acme.example', username: 'bi', password: 'pw-secret-1' },
  again: passwordAgain('password'),
  cleared: passwordCleared('password'),
  moves: [host, port, user, encryption, ...moves],
});

const serviceName: Piece = {
  field: 'serviceName',
  first: { config: { usesTns: true, serviceName: 'ORCL' } },
  to: { config: { serviceName: 'ORCLPDB1' } },
  sends: { service_name: 'ORCLPDB1' },
  none: { config: { serviceName: null } },
  clears: { service_name: null },
};

const usesTns: Piece = {
  field: 'usesTns',
  first: { config: { usesTns: true, serviceName: 'ORCL' } },
  to: { config: { usesTns: false } },
  sends: { uses_tns: false },
  none: { config: { usesTns: null } },
  clears: { uses_tns: null },
};

const required = (field: string, value: string, sends: Values): Piece => ({
  field,
  to: { config: { [field]: value } },
  sends,
  none: { config: { [field]: null } },
  clears: `${field} REQUIRED`,
});

export const option = (field: string, wire: string, from: unknown, to: unknown): Piece => ({
  field,
  first: { options: { [field]: from } },
  to: { options: { [field]: to } },
  sends: { [wire]: to },
  none: { options: { [field]: null } },
  clears: { [wire]: null },
});
export const ROWS: Readonly<Partial<Record<DialectKey, Row>>> = {
  clickhouse: server(check),
  exasol: server(check),
  mariadb: server(check),
  mssql: server(check, word('msazuresql')),
  mysql: server(check, word('mysql_8')),
  oracle: server(check, word('oracle_dwcs'), serviceName, usesTns),
  postgres: server(check, word('azure_postgres')),
  redshift: server(check),
  sapHana: server(check, word('hana_2')),
  other: {
    ...server(check, nullable('database', 'database', 'orders', 'sales'), nullable('schema', 'schema', 'web', 'mart'), {
      field: 'dialectName',
      to: { config: { dialectName: 'exasol_7' } },
      sends: {},
      never: 'dialectName NOT_ALLOWED',
      none: { config: { dialectName: null } },
      clears: 'dialectName NOT_ALLOWED',
    }),
    config: { dialectName: 'vertica', host: 'db.acme.example', username: 'bi', password: 'pw-secret-1' },
  },
  athena: {
    config: { region: 'eu-west-1', s3StagingDir: 's3://acme/a/', accessKeyId: 'AKIA1', secretAccessKey: 'pw-secret-1' },
    again: passwordAgain('secretAccessKey'),
    cleared: passwordCleared('secretAccessKey'),
    moves: [
      required('region', 'eu-central-1', { host: 'athena.eu-central-1.amazonaws.com' }),
      required('s3StagingDir', 's3://acme/b/', { jdbc_additional_params: 's3_staging_dir=s3://acme/b/' }),
      nullable('accessKeyId', 'username', 'AKIA1', 'AKIA2'),
      encryption,
      check,
    ],
    params: 's3_staging_dir=s3://acme/a/',
    port: '443',
  },
  bigquery: {
    config: { projectId: 'acme-web', dataset: 'events', serviceAccountKey: KEY_FILE },
    again: [
      { serviceAccountKey: { replace: KEY_FILE } },
      { certificate: KEY_FILE_BASE64, file_type: '.json', username: 'bi@acme-web.iam.gserviceaccount.com' },
    ],
    cleared: [{ serviceAccountKey: { clear: true } }, { certificate: null }],
    moves: [
      required('projectId', 'acme-bi', { host: 'acme-bi' }),
      {
        ...nullable('serviceAccountEmail', 'username', 'a@acme.example', 'b@acme.example'),
        keeps: 'serviceAccountEmail REQUIRED',
      },
      option('impersonatedServiceAccount', 'impersonated_service_account', 'a@acme.example', 'b@acme.example'),
      option('storageProjectId', 'bq_storage_project_id', 'acme-store', 'acme-store-2'),
      option('usesApplicationDefaultCredentials', 'uses_application_default_credentials', false, true),
    ],
  },
  databricks: {
    config: { host: 'dbc-1.example', httpPath: '/sql/1', accessToken: 'pw-secret-1' },
    again: passwordAgain('accessToken'),
    cleared: passwordCleared('accessToken'),
    moves: [host, required('httpPath', '/sql/2', { jdbc_additional_params: 'httpPath=/sql/2' }), encryption, check],
    params: 'httpPath=/sql/1',
    port: '443',
  },
  snowflake: {
    config: {
      account: 'acme',
      database: 'D',
      warehouse: 'WH',
      privateKey: ENCRYPTED_KEY,
      privateKeyPassphrase: 'pass-secret-1',
    },
    again: [
      { privateKey: { replace: ENCRYPTED_KEY }, privateKeyPassphrase: { replace: 'pass-secret-1' } },
      { password: 'pass-secret-1', certificate: ENCRYPTED_KEY_BASE64, file_type: '.p8', uses_key_pair_auth: true },
    ],
    cleared: [
      { privateKey: { clear: true }, privateKeyPassphrase: { clear: true } },
      { password: null, certificate: null, uses_key_pair_auth: false },
    ],
    moves: [
      required('account', 'acme-eu', {
        host: 'acme-eu.snowflakecomputing.com',
        jdbc_additional_params: 'account=acme-eu&warehouse=WH',
      }),
      {
        field: 'hostOverride',
        first: { config: { hostOverride: 'a.privatelink.example' } },
        to: { config: { hostOverride: 'b.privatelink.example' } },
        sends: { host: 'b.privatelink.example' },
        none: { config: { hostOverride: null } },
        clears: { host: 'acme.snowflakecomputing.com' },
      },
      user,
      encryption,
      check,
    ],
    params: 'account=acme&warehouse=WH',
    port: '443',
  },
  trino: server(),
};
