// Omni's support of database servers with user name and password. A read reports the database and the default schema only.
import { clickhouse } from '../../../dialects/clickhouse.ts';
import { databricksLakebase } from '../../../dialects/databricks-lakebase.ts';
import { exasol } from '../../../dialects/exasol.ts';
import { mariadb } from '../../../dialects/mariadb.ts';
import { mssql } from '../../../dialects/mssql.ts';
import { mysql } from '../../../dialects/mysql.ts';
import { oracle } from '../../../dialects/oracle.ts';
import { postgres } from '../../../dialects/postgres.ts';
import { redshift } from '../../../dialects/redshift.ts';
import { sapHana } from '../../../dialects/sap-hana.ts';
import { starrocks } from '../../../dialects/starrocks.ts';
import { trino } from '../../../dialects/trino.ts';
import type { FieldKey } from '../../../fields/values-by-key.ts';
import type { DialectSupport, WireTable } from '../../../domain/dialect-support.ts';

const serverLogin = { host: 'host', port: 'port', username: 'username', password: 'passwordUnencrypted' } as const;
const server = { ...serverLogin, database: 'database', schema: 'defaultSchema' } as const satisfies WireTable;
/** Omni's flag accepts any certificate; `tls.verify` is the opposite of it. */
const trust = { 'tls.verify': { wire: 'trustServerCertificate', as: 'not' } } as const satisfies WireTable;

const requiredFields: readonly FieldKey[] = ['host', 'port', 'database', 'username', 'password'];

const noTls = 'it has no setting for the encryption of this dialect.';
const noFiles = 'its API accepts no certificates.';
const advice = {
  connectionString: 'provide host, port, database, username and password.',
  flavor: 'it does not distinguish between products.',
  'tls.enabled': noTls,
  'tls.verify': noTls,
  'tls.mode': noTls,
  'tls.ca': noFiles,
  'tls.certificate': noFiles,
  'tls.key': noFiles,
};
const trustAdvice = {
  ...advice,
  'tls.enabled': 'it has no switch for encryption; only `tls.verify` is accepted.',
  'tls.mode': 'use `tls.verify`.',
};

const plain = { fields: server, required: [requiredFields], advice };
const trusting = { fields: { ...server, ...trust }, required: [requiredFields], advice: trustAdvice };

export const serverDialects: Readonly<Record<string, DialectSupport>> = {
  postgres: { dialect: postgres, vendorDialect: 'postgres', ...plain },
  mysql: { dialect: mysql, vendorDialect: 'mysql', ...plain },
  mariadb: { dialect: mariadb, vendorDialect: 'mariadb', ...plain },
  redshift: { dialect: redshift, vendorDialect: 'redshift', ...plain },
  starrocks: { dialect: starrocks, vendorDialect: 'starrocks', ...plain },
  databricksLakebase: { dialect: databricksLakebase, vendorDialect: 'databricks_lakebase', ...plain },
  clickhouse: { dialect: clickhouse, vendorDialect: 'clickhouse', ...trusting },
  exasol: { dialect: exasol, vendorDialect: 'exasol', ...trusting },
  sapHana: { dialect: sapHana, vendorDialect: 'sap_hana', ...trusting, note: 'Older versions of Omni do not have it.' },
  mssql: {
    dialect: mssql,
    vendorDialect: 'mssql',
    // Omni's documentation has a different name in reads than in creates.
    readAliases: ['sqlserver'],
    ...trusting,
    required: [[...requiredFields, 'schema']],
    note: 'For Azure AD, set options.omni.authenticationType to mssql-active-directory-password or mssql-active-directory-service-principal.',
  },
  oracle: {
    dialect: oracle,
    vendorDialect: 'oracle',
    fields: { ...server, acceptsLicense: 'acceptsLicense' },
    required: [[...requiredFields, 'acceptsLicense']],
    values: { acceptsLicense: [true] },
    advice: {
      ...advice,
      usesTns: 'it finds the server only by host and port.',
      serviceName: 'it finds the server only by host and port.',
    },
  },
  trino: {
    dialect: trino,
    vendorDialect: 'trino',
    fields: { ...serverLogin, catalog: 'database', schema: 'defaultSchema', ...trust },
    required: [['host', 'port', 'catalog', 'username', 'password']],
    advice: { ...trustAdvice, peakaKey: 'it signs in only by user name and password.' },
    note: 'Older versions of Omni do not have `tls.verify`.',
  },
};
