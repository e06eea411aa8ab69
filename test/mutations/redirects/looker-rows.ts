// Fields in the config of each dialect that can redirect a connection at Looker: hosts, ports, users, encryption, the dialect name, with
// the body that each change writes.
import { KEY_FILE, type DialectKey } from '../../contract/create-case.ts';
import { ENCRYPTED_KEY_BASE64, KEY_FILE_BASE64 } from '../../contract/looker/create-cases/files.ts';
import { ENCRYPTED_KEY } from '../../support/keys.ts';
import type { Settings, Values } from './redirect.ts';

export interface Row {
  readonly config: Values;
  /** The secrets in the config: the inputs that provide and that clear them, and the body of each. */
  readonly again: readonly [Values, Values];
  readonly cleared: readonly [Values, Values];
  readonly redirectingFields: readonly Piece[];
  /** The driver parameters that the config writes. */
  readonly params?: string;
  /** The port as a number, in place of a user attribute. */
  readonly port?: string | null;
}

/** A field with a new value, and with null. */
export interface Piece {
  readonly field: string;
  readonly first?: Settings;
  readonly to: Settings;
  readonly sends: Values;
  readonly none: Settings;
  /** The body that clears the field, or the issue of the field. */
  readonly clears: Values | string;
  /** The issue of the value when the secrets are provided. */
  readonly never?: string;
  /** The issue of clearing the field when the secrets are kept. */
  readonly keeps?: string;
  /** A secret that the update itself changes, so that it is not required. */
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

/** A flag that is set to false. Looker does not accept null for it. */
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

const server = (...redirects: readonly Piece[]): Row => ({
  config: { host: 'db.acme.example', username: 'bi', password: 'pw-secret-1' },
  again: passwordAgain('password'),
  cleared: passwordCleared('password'),
  redirectingFields: [host, port, user, encryption, ...redirects],
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
    redirectingFields: [
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
    redirectingFields: [
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
    redirectingFields: [
      host,
      required('httpPath', '/sql/2', { jdbc_additional_params: 'httpPath=/sql/2' }),
      encryption,
      check,
    ],
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
    redirectingFields: [
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
