// How Looker signs in at a database, and the line to it, in the order of the field map.
import { field, takes, tells, type Field } from '../../../support/field-walk.ts';
import { KEY_FILE, PRIVATE_KEY } from '../../create-case.ts';
import { KEY_FILE_BASE64, PRIVATE_KEY_BASE64 } from '../create-cases/files.ts';
import { servers } from './place.ts';

/** `p12-secret-1`. */
export const P12_BASE64 = 'cDEyLXNlY3JldC0x';

const signIn: readonly Field[] = [
  field('username', [
    ...servers.map(([key, name]) => takes(`${name}Input.username: String`, `config.${key}.username`, 'ann', 'ann')),
    takes('TrinoInput.username: String', 'config.trino.username', 'ann', 'ann'),
    takes('SnowflakeInput.username: String', 'config.snowflake.username', 'ANN', 'ANN'),
    takes('BigQueryInput.serviceAccountEmail: String', 'config.bigquery.serviceAccountEmail', 'a@b.c', 'a@b.c'),
    takes(
      'BigQueryInput.serviceAccountKey: SecretString',
      'config.bigquery.serviceAccountKey',
      KEY_FILE,
      'bi@acme-web.iam.gserviceaccount.com',
    ),
    takes('AthenaInput.accessKeyId: String', 'config.athena.accessKeyId', 'AKIAOTHER', 'AKIAOTHER'),
    takes('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, 'token'),
    ...servers.map(([key, name]) =>
      tells(`${name}Config.username: String`, 'ann', 'config.username', 'ann', { on: key }),
    ),
    tells('TrinoConfig.username: String', 'ann', 'config.username', 'ann', { on: 'trino' }),
    tells('SnowflakeConfig.username: String', 'ANN', 'config.username', 'ANN', { on: 'snowflake' }),
    tells('BigQueryConfig.serviceAccountEmail: String', 'a@b.c', 'config.serviceAccountEmail', 'a@b.c', {
      on: 'bigquery',
    }),
    tells('AthenaConfig.accessKeyId: String', 'AKIAOTHER', 'config.accessKeyId', 'AKIAOTHER', { on: 'athena' }),
  ]),
  field('password', [
    ...servers.map(([key, name]) =>
      takes(`${name}Input.password: SecretString`, `config.${key}.password`, 'pw-secret-2', 'pw-secret-2'),
    ),
    takes('TrinoInput.password: SecretString', 'config.trino.password', 'pw-secret-2', 'pw-secret-2'),
    takes('SnowflakeInput.password: SecretString', 'config.snowflake.password', 'pw-secret-2', 'pw-secret-2'),
    // The passphrase of a private key stands where a password does.
    takes(
      'SnowflakeInput.privateKeyPassphrase: SecretString',
      'config.snowflake.privateKeyPassphrase',
      'pass-secret-2',
      'pass-secret-2',
      { beside: { 'config.snowflake.privateKey': PRIVATE_KEY } },
    ),
    takes('DatabricksInput.accessToken: SecretString', 'config.databricks.accessToken', 'pw-secret-2', 'pw-secret-2'),
    takes('AthenaInput.secretAccessKey: SecretString', 'config.athena.secretAccessKey', 'pw-secret-2', 'pw-secret-2'),
    ...servers.map(([key, name]) =>
      tells(`${name}Config.password: MaskedSecret!`, undefined, 'config.password', 'UNKNOWN', { on: key }),
    ),
    tells('TrinoConfig.password: MaskedSecret!', undefined, 'config.password', 'UNKNOWN', { on: 'trino' }),
    tells('SnowflakeConfig.password: MaskedSecret!', undefined, 'config.password', 'UNKNOWN', { on: 'snowflake' }),
    tells('DatabricksConfig.accessToken: MaskedSecret!', undefined, 'config.accessToken', 'UNKNOWN', {
      on: 'databricks',
    }),
    tells('AthenaConfig.secretAccessKey: MaskedSecret!', undefined, 'config.secretAccessKey', 'UNKNOWN', {
      on: 'athena',
    }),
  ]),
  field('has_password', [
    ...servers.map(([key, name]) =>
      tells(`${name}Config.password: MaskedSecret!`, true, 'config.password', 'SET', { on: key }),
    ),
    tells('TrinoConfig.password: MaskedSecret!', true, 'config.password', 'SET', { on: 'trino' }),
    tells('SnowflakeConfig.password: MaskedSecret!', true, 'config.password', 'SET', { on: 'snowflake' }),
    tells('SnowflakeConfig.privateKeyPassphrase: MaskedSecret!', false, 'config.privateKeyPassphrase', 'NOT_SET', {
      on: 'snowflake',
    }),
    tells('DatabricksConfig.accessToken: MaskedSecret!', true, 'config.accessToken', 'SET', { on: 'databricks' }),
    tells('AthenaConfig.secretAccessKey: MaskedSecret!', true, 'config.secretAccessKey', 'SET', { on: 'athena' }),
    tells('PostgresConfig.password: MaskedSecret!', false, 'config.password', 'NOT_SET'),
  ]),
  field('certificate', [
    takes(
      'BigQueryInput.serviceAccountKey: SecretString',
      'config.bigquery.serviceAccountKey',
      KEY_FILE,
      KEY_FILE_BASE64,
    ),
    takes('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, PRIVATE_KEY_BASE64),
    takes('LookerCertificateInput.body: SecretString!', 'options.looker.certificate.body', P12_BASE64, P12_BASE64, {
      on: 'other',
      beside: { 'options.looker.certificate.fileType': 'P12' },
    }),
    takes(
      'LookerCertificateInput.body: SecretString!',
      'options.looker.certificate.body',
      PRIVATE_KEY,
      PRIVATE_KEY_BASE64,
      { on: 'other', beside: { 'options.looker.certificate.fileType': 'P8' } },
    ),
    takes(
      'LookerOptionsInput.certificate: LookerCertificateInput',
      'options.looker.certificate',
      { body: KEY_FILE, fileType: 'JSON' },
      KEY_FILE_BASE64,
      { on: 'other' },
    ),
    tells('BigQueryConfig.serviceAccountKey: MaskedSecret!', undefined, 'config.serviceAccountKey', 'UNKNOWN', {
      on: 'bigquery',
    }),
    tells('SnowflakeConfig.privateKey: MaskedSecret!', undefined, 'config.privateKey', 'UNKNOWN', {
      on: 'snowflake',
    }),
    tells('LookerDetails.certificate: MaskedSecret!', undefined, 'details.certificate', 'UNKNOWN', { on: 'other' }),
  ]),
  field('file_type', [
    takes('BigQueryInput.serviceAccountKey: SecretString', 'config.bigquery.serviceAccountKey', KEY_FILE, '.json'),
    takes('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, '.p8'),
    ...[
      ['P12', P12_BASE64, '.p12'],
      ['P8', PRIVATE_KEY, '.p8'],
      ['JSON', KEY_FILE, '.json'],
    ].map(([type, body, sends]) =>
      takes(
        'LookerCertificateInput.fileType: LookerCertificateType!',
        'options.looker.certificate.fileType',
        type,
        sends,
        { on: 'other', beside: { 'options.looker.certificate.body': body } },
      ),
    ),
  ]),
  field('uses_key_pair_auth', [
    takes('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, true),
    takes('LookerOptionsInput.usesKeyPairAuth: Boolean', 'options.looker.usesKeyPairAuth', true, true, {
      on: 'snowflake',
    }),
    tells('LookerDetails.usesKeyPairAuth: Boolean', true, 'details.usesKeyPairAuth', true, { on: 'snowflake' }),
    tells('SnowflakeConfig.privateKey: MaskedSecret!', true, 'config.privateKey', 'SET', { on: 'snowflake' }),
  ]),
];

const encrypted = ['snowflake', 'databricks', 'athena', 'trino'];

const line: readonly Field[] = [
  field('ssl', [
    ...servers.map(([key]) => takes('TlsInput.enabled: Boolean', `config.${key}.tls.enabled`, true, true)),
    ...encrypted.map((key) => takes('TlsInput.enabled: Boolean', `config.${key}.tls.enabled`, false, false)),
    takes('ConnectionConfigInput.snowflake: SnowflakeInput', 'config.snowflake', {}, true),
    takes('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, true),
    takes('ConnectionConfigInput.athena: AthenaInput', 'config.athena', {}, true),
    takes('ConnectionConfigInput.trino: TrinoInput', 'config.trino', {}, true),
    ...[...servers.map(([key]) => key), ...encrypted].map((on) =>
      tells('TlsConfig.enabled: Boolean', true, 'config.tls.enabled', true, { on }),
    ),
  ]),
  field(
    'verify_ssl',
    [...servers.map(([key]) => key), 'snowflake', 'databricks', 'athena'].flatMap((on) => [
      takes('TlsInput.verify: Boolean', `config.${on}.tls.verify`, true, true),
      tells('TlsConfig.verify: Boolean', true, 'config.tls.verify', true, { on }),
    ]),
  ),
  field('jdbc_additional_params', [
    takes(
      'LookerOptionsInput.jdbcAdditionalParams: SecretString',
      'options.looker.jdbcAdditionalParams',
      'TCPKeepAlive=true&user=url-secret-1',
      'TCPKeepAlive=true&user=url-secret-1',
    ),
    takes('SnowflakeInput.account: String', 'config.snowflake.account', 'acme-hr', 'account=acme-hr'),
    takes('SnowflakeInput.warehouse: String', 'config.snowflake.warehouse', 'WH', 'account=acme-fin&warehouse=WH'),
    takes('SnowflakeInput.role: String', 'config.snowflake.role', 'ANALYST', 'account=acme-fin&role=ANALYST'),
    takes(
      'LookerOptionsInput.jdbcAdditionalParams: SecretString',
      'options.looker.jdbcAdditionalParams',
      'TCPKeepAlive=true',
      'account=acme-fin&TCPKeepAlive=true',
      { on: 'snowflake' },
    ),
    takes(
      'DatabricksInput.httpPath: String',
      'config.databricks.httpPath',
      '/sql/1.0/warehouses/abc',
      'httpPath=/sql/1.0/warehouses/abc',
    ),
    takes(
      'AthenaInput.s3StagingDir: String',
      'config.athena.s3StagingDir',
      's3://acme-bi/out/',
      's3_staging_dir=s3://acme-bi/out/',
    ),
    tells('LookerDetails.jdbcAdditionalParams: MaskedSecret!', 'a=url-secret-1', 'details.jdbcAdditionalParams', 'SET'),
    tells('LookerDetails.jdbcAdditionalParams: MaskedSecret!', null, 'details.jdbcAdditionalParams', 'NOT_SET'),
    tells(
      'LookerDetails.jdbcAdditionalParams: MaskedSecret!',
      'account=acme-fin&warehouse=WH&role=ANALYST',
      'details.jdbcAdditionalParams',
      'NOT_SET',
      { on: 'snowflake' },
    ),
    tells('SnowflakeConfig.warehouse: String', 'account=a&warehouse=MY%20WH', 'config.warehouse', 'MY WH', {
      on: 'snowflake',
    }),
    tells('SnowflakeConfig.role: String', 'account=a&role=ANALYST', 'config.role', 'ANALYST', { on: 'snowflake' }),
    tells(
      'DatabricksConfig.httpPath: String',
      'httpPath=/sql/1.0/warehouses/abc',
      'config.httpPath',
      '/sql/1.0/warehouses/abc',
      { on: 'databricks' },
    ),
    tells(
      'AthenaConfig.s3StagingDir: String',
      's3_staging_dir=s3://acme-bi/out/',
      'config.s3StagingDir',
      's3://acme-bi/out/',
      { on: 'athena' },
    ),
  ]),
  field('after_connect_statements', [
    takes(
      'LookerOptionsInput.afterConnectStatements: SecretString',
      'options.looker.afterConnectStatements',
      "SET token = 'sql-secret-1'",
      "SET token = 'sql-secret-1'",
    ),
    tells(
      'LookerDetails.afterConnectStatements: MaskedSecret!',
      "SET token = 'sql-secret-1'",
      'details.afterConnectStatements',
      'SET',
    ),
    tells('LookerDetails.afterConnectStatements: MaskedSecret!', '', 'details.afterConnectStatements', 'NOT_SET'),
  ]),
];

export const lookerSignIn: readonly Field[] = [...signIn, ...line];
