// The fields of sign-in, TLS and the tunnel at Looker, in the order of the field map.
import { field, writeSample, readSample, type Field } from '../../../support/field-samples.ts';
import { KEY_FILE, PRIVATE_KEY } from '../../create-case.ts';
import { KEY_FILE_BASE64, PRIVATE_KEY_BASE64 } from '../create-cases/files.ts';
import { servers } from './identity.ts';

/** `p12-secret-1` in base64. */
export const P12_BASE64 = 'cDEyLXNlY3JldC0x';

const signIn: readonly Field[] = [
  field('username', [
    ...servers.map(([key, name]) =>
      writeSample(`${name}Input.username: String`, `config.${key}.username`, 'ann', 'ann'),
    ),
    writeSample('TrinoInput.username: String', 'config.trino.username', 'ann', 'ann'),
    writeSample('SnowflakeInput.username: String', 'config.snowflake.username', 'ANN', 'ANN'),
    writeSample('BigQueryInput.serviceAccountEmail: String', 'config.bigquery.serviceAccountEmail', 'a@b.c', 'a@b.c'),
    writeSample(
      'BigQueryInput.serviceAccountKey: SecretString',
      'config.bigquery.serviceAccountKey',
      KEY_FILE,
      'bi@acme-web.iam.gserviceaccount.com',
    ),
    writeSample('AthenaInput.accessKeyId: String', 'config.athena.accessKeyId', 'AKIAOTHER', 'AKIAOTHER'),
    writeSample('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, 'token'),
    ...servers.map(([key, name]) =>
      readSample(`${name}Config.username: String`, 'ann', 'config.username', 'ann', { on: key }),
    ),
    readSample('TrinoConfig.username: String', 'ann', 'config.username', 'ann', { on: 'trino' }),
    readSample('SnowflakeConfig.username: String', 'ANN', 'config.username', 'ANN', { on: 'snowflake' }),
    readSample('BigQueryConfig.serviceAccountEmail: String', 'a@b.c', 'config.serviceAccountEmail', 'a@b.c', {
      on: 'bigquery',
    }),
    readSample('AthenaConfig.accessKeyId: String', 'AKIAOTHER', 'config.accessKeyId', 'AKIAOTHER', { on: 'athena' }),
  ]),
  field('password', [
    ...servers.map(([key, name]) =>
      writeSample(`${name}Input.password: SecretString`, `config.${key}.password`, 'pw-secret-2', 'pw-secret-2'),
    ),
    writeSample('TrinoInput.password: SecretString', 'config.trino.password', 'pw-secret-2', 'pw-secret-2'),
    writeSample('SnowflakeInput.password: SecretString', 'config.snowflake.password', 'pw-secret-2', 'pw-secret-2'),
    // Looker stores the passphrase of a private key in the field of the password.
    writeSample(
      'SnowflakeInput.privateKeyPassphrase: SecretString',
      'config.snowflake.privateKeyPassphrase',
      'pass-secret-2',
      'pass-secret-2',
      { beside: { 'config.snowflake.privateKey': PRIVATE_KEY } },
    ),
    writeSample(
      'DatabricksInput.accessToken: SecretString',
      'config.databricks.accessToken',
      'pw-secret-2',
      'pw-secret-2',
    ),
    writeSample(
      'AthenaInput.secretAccessKey: SecretString',
      'config.athena.secretAccessKey',
      'pw-secret-2',
      'pw-secret-2',
    ),
    ...servers.map(([key, name]) =>
      readSample(`${name}Config.password: MaskedSecret!`, undefined, 'config.password', 'UNKNOWN', { on: key }),
    ),
    readSample('TrinoConfig.password: MaskedSecret!', undefined, 'config.password', 'UNKNOWN', { on: 'trino' }),
    readSample('SnowflakeConfig.password: MaskedSecret!', undefined, 'config.password', 'UNKNOWN', { on: 'snowflake' }),
    readSample('DatabricksConfig.accessToken: MaskedSecret!', undefined, 'config.accessToken', 'UNKNOWN', {
      on: 'databricks',
    }),
    readSample('AthenaConfig.secretAccessKey: MaskedSecret!', undefined, 'config.secretAccessKey', 'UNKNOWN', {
      on: 'athena',
    }),
  ]),
  field('has_password', [
    ...servers.map(([key, name]) =>
      readSample(`${name}Config.password: MaskedSecret!`, true, 'config.password', 'SET', { on: key }),
    ),
    readSample('TrinoConfig.password: MaskedSecret!', true, 'config.password', 'SET', { on: 'trino' }),
    readSample('SnowflakeConfig.password: MaskedSecret!', true, 'config.password', 'SET', { on: 'snowflake' }),
    readSample('SnowflakeConfig.privateKeyPassphrase: MaskedSecret!', false, 'config.privateKeyPassphrase', 'NOT_SET', {
      on: 'snowflake',
    }),
    readSample('DatabricksConfig.accessToken: MaskedSecret!', true, 'config.accessToken', 'SET', { on: 'databricks' }),
    readSample('AthenaConfig.secretAccessKey: MaskedSecret!', true, 'config.secretAccessKey', 'SET', { on: 'athena' }),
    readSample('PostgresConfig.password: MaskedSecret!', false, 'config.password', 'NOT_SET'),
  ]),
  field('certificate', [
    writeSample(
      'BigQueryInput.serviceAccountKey: SecretString',
      'config.bigquery.serviceAccountKey',
      KEY_FILE,
      KEY_FILE_BASE64,
    ),
    writeSample(
      'SnowflakeInput.privateKey: SecretString',
      'config.snowflake.privateKey',
      PRIVATE_KEY,
      PRIVATE_KEY_BASE64,
    ),
    writeSample(
      'LookerCertificateInput.body: SecretString!',
      'options.looker.certificate.body',
      P12_BASE64,
      P12_BASE64,
      {
        on: 'other',
        beside: { 'options.looker.certificate.fileType': 'P12' },
      },
    ),
    writeSample(
      'LookerCertificateInput.body: SecretString!',
      'options.looker.certificate.body',
      PRIVATE_KEY,
      PRIVATE_KEY_BASE64,
      { on: 'other', beside: { 'options.looker.certificate.fileType': 'P8' } },
    ),
    writeSample(
      'LookerOptionsInput.certificate: LookerCertificateInput',
      'options.looker.certificate',
      { body: KEY_FILE, fileType: 'JSON' },
      KEY_FILE_BASE64,
      { on: 'other' },
    ),
    readSample('BigQueryConfig.serviceAccountKey: MaskedSecret!', undefined, 'config.serviceAccountKey', 'UNKNOWN', {
      on: 'bigquery',
    }),
    readSample('SnowflakeConfig.privateKey: MaskedSecret!', undefined, 'config.privateKey', 'UNKNOWN', {
      on: 'snowflake',
    }),
    readSample('LookerDetails.certificate: MaskedSecret!', undefined, 'details.certificate', 'UNKNOWN', {
      on: 'other',
    }),
  ]),
  field('file_type', [
    writeSample(
      'BigQueryInput.serviceAccountKey: SecretString',
      'config.bigquery.serviceAccountKey',
      KEY_FILE,
      '.json',
    ),
    writeSample('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, '.p8'),
    ...[
      ['P12', P12_BASE64, '.p12'],
      ['P8', PRIVATE_KEY, '.p8'],
      ['JSON', KEY_FILE, '.json'],
    ].map(([type, body, sends]) =>
      writeSample(
        'LookerCertificateInput.fileType: LookerCertificateType!',
        'options.looker.certificate.fileType',
        type,
        sends,
        { on: 'other', beside: { 'options.looker.certificate.body': body } },
      ),
    ),
  ]),
  field('uses_key_pair_auth', [
    writeSample('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, true),
    writeSample('LookerOptionsInput.usesKeyPairAuth: Boolean', 'options.looker.usesKeyPairAuth', true, true, {
      on: 'snowflake',
    }),
    readSample('LookerDetails.usesKeyPairAuth: Boolean', true, 'details.usesKeyPairAuth', true, { on: 'snowflake' }),
    readSample('SnowflakeConfig.privateKey: MaskedSecret!', true, 'config.privateKey', 'SET', { on: 'snowflake' }),
  ]),
];

const encrypted = ['snowflake', 'databricks', 'athena', 'trino'];

const line: readonly Field[] = [
  field('ssl', [
    ...servers.map(([key]) => writeSample('TlsInput.enabled: Boolean', `config.${key}.tls.enabled`, true, true)),
    ...encrypted.map((key) => writeSample('TlsInput.enabled: Boolean', `config.${key}.tls.enabled`, false, false)),
    writeSample('ConnectionConfigInput.snowflake: SnowflakeInput', 'config.snowflake', {}, true),
    writeSample('ConnectionConfigInput.databricks: DatabricksInput', 'config.databricks', {}, true),
    writeSample('ConnectionConfigInput.athena: AthenaInput', 'config.athena', {}, true),
    writeSample('ConnectionConfigInput.trino: TrinoInput', 'config.trino', {}, true),
    ...[...servers.map(([key]) => key), ...encrypted].map((on) =>
      readSample('TlsConfig.enabled: Boolean', true, 'config.tls.enabled', true, { on }),
    ),
  ]),
  field(
    'verify_ssl',
    [...servers.map(([key]) => key), 'snowflake', 'databricks', 'athena'].flatMap((on) => [
      writeSample('TlsInput.verify: Boolean', `config.${on}.tls.verify`, true, true),
      readSample('TlsConfig.verify: Boolean', true, 'config.tls.verify', true, { on }),
    ]),
  ),
  field('jdbc_additional_params', [
    writeSample(
      'LookerOptionsInput.jdbcAdditionalParams: SecretString',
      'options.looker.jdbcAdditionalParams',
      'TCPKeepAlive=true&user=url-secret-1',
      'TCPKeepAlive=true&user=url-secret-1',
    ),
    writeSample('SnowflakeInput.account: String', 'config.snowflake.account', 'acme-hr', 'account=acme-hr'),
    writeSample(
      'SnowflakeInput.warehouse: String',
      'config.snowflake.warehouse',
      'WH',
      'account=acme-fin&warehouse=WH',
    ),
    writeSample('SnowflakeInput.role: String', 'config.snowflake.role', 'ANALYST', 'account=acme-fin&role=ANALYST'),
    writeSample(
      'LookerOptionsInput.jdbcAdditionalParams: SecretString',
      'options.looker.jdbcAdditionalParams',
      'TCPKeepAlive=true',
      'account=acme-fin&TCPKeepAlive=true',
      { on: 'snowflake' },
    ),
    writeSample(
      'DatabricksInput.httpPath: String',
      'config.databricks.httpPath',
      '/sql/1.0/warehouses/abc',
      'httpPath=/sql/1.0/warehouses/abc',
    ),
    writeSample(
      'AthenaInput.s3StagingDir: String',
      'config.athena.s3StagingDir',
      's3://acme-bi/out/',
      's3_staging_dir=s3://acme-bi/out/',
    ),
    readSample(
      'LookerDetails.jdbcAdditionalParams: MaskedSecret!',
      'a=url-secret-1',
      'details.jdbcAdditionalParams',
      'SET',
    ),
    readSample('LookerDetails.jdbcAdditionalParams: MaskedSecret!', null, 'details.jdbcAdditionalParams', 'NOT_SET'),
    readSample(
      'LookerDetails.jdbcAdditionalParams: MaskedSecret!',
      'account=acme-fin&warehouse=WH&role=ANALYST',
      'details.jdbcAdditionalParams',
      'NOT_SET',
      { on: 'snowflake' },
    ),
    readSample('SnowflakeConfig.warehouse: String', 'account=a&warehouse=MY%20WH', 'config.warehouse', 'MY WH', {
      on: 'snowflake',
    }),
    readSample('SnowflakeConfig.role: String', 'account=a&role=ANALYST', 'config.role', 'ANALYST', { on: 'snowflake' }),
    readSample(
      'DatabricksConfig.httpPath: String',
      'httpPath=/sql/1.0/warehouses/abc',
      'config.httpPath',
      '/sql/1.0/warehouses/abc',
      { on: 'databricks' },
    ),
    readSample(
      'AthenaConfig.s3StagingDir: String',
      's3_staging_dir=s3://acme-bi/out/',
      'config.s3StagingDir',
      's3://acme-bi/out/',
      { on: 'athena' },
    ),
  ]),
  field('after_connect_statements', [
    writeSample(
      'LookerOptionsInput.afterConnectStatements: SecretString',
      'options.looker.afterConnectStatements',
      "SET token = 'sql-secret-1'",
      "SET token = 'sql-secret-1'",
    ),
    readSample(
      'LookerDetails.afterConnectStatements: MaskedSecret!',
      "SET token = 'sql-secret-1'",
      'details.afterConnectStatements',
      'SET',
    ),
    readSample('LookerDetails.afterConnectStatements: MaskedSecret!', '', 'details.afterConnectStatements', 'NOT_SET'),
  ]),
];

export const lookerSignIn: readonly Field[] = [...signIn, ...line];
