// What Omni takes of the dialects that it reaches at a server with a user and a password. What a read tells again: the
// database and the default schema.
import { clickhouse } from '../../dialects/clickhouse.ts';
import { databricksLakebase } from '../../dialects/databricks-lakebase.ts';
import { exasol } from '../../dialects/exasol.ts';
import { mariadb } from '../../dialects/mariadb.ts';
import { mssql } from '../../dialects/mssql.ts';
import { mysql } from '../../dialects/mysql.ts';
import { oracle } from '../../dialects/oracle.ts';
import { postgres } from '../../dialects/postgres.ts';
import { redshift } from '../../dialects/redshift.ts';
import { sapHana } from '../../dialects/sap-hana.ts';
import { starrocks } from '../../dialects/starrocks.ts';
import { trino } from '../../dialects/trino.ts';
import type { FieldKey } from '../../fields/values.ts';
import type { DialectSupport, WireTable } from '../../domain/vendor.ts';

const reached = { host: 'host', port: 'port', username: 'username', password: 'passwordUnencrypted' } as const;
const server = { ...reached, database: 'database', schema: 'defaultSchema' } as const satisfies WireTable;
/** Omni's flag takes any certificate, ours checks it. */
const trust = { 'tls.verify': { wire: 'trustServerCertificate', as: 'not' } } as const satisfies WireTable;

const needs: readonly FieldKey[] = ['host', 'port', 'database', 'username', 'password'];

const noTls = 'it has no setting for the encryption of this dialect.';
const noFiles = 'its API takes no certificates.';
const advice = {
  connectionString: 'give host, port, database, username and password.',
  flavor: 'it makes no difference between products.',
  'tls.enabled': noTls,
  'tls.verify': noTls,
  'tls.mode': noTls,
  'tls.ca': noFiles,
  'tls.certificate': noFiles,
  'tls.key': noFiles,
};
const trustAdvice = {
  ...advice,
  'tls.enabled': 'it has no switch for encryption; `tls.verify` alone is taken.',
  'tls.mode': 'use `tls.verify`.',
};

const plain = { fields: server, required: [needs], advice };
const trusting = { fields: { ...server, ...trust }, required: [needs], advice: trustAdvice };

export const serverDialects: Readonly<Record<string, DialectSupport>> = {
  postgres: { dialect: postgres, word: 'postgres', ...plain },
  mysql: { dialect: mysql, word: 'mysql', ...plain },
  mariadb: { dialect: mariadb, word: 'mariadb', ...plain },
  redshift: { dialect: redshift, word: 'redshift', ...plain },
  starrocks: { dialect: starrocks, word: 'starrocks', ...plain },
  databricksLakebase: { dialect: databricksLakebase, word: 'databricks_lakebase', ...plain },
  clickhouse: { dialect: clickhouse, word: 'clickhouse', ...trusting },
  exasol: { dialect: exasol, word: 'exasol', ...trusting },
  sapHana: { dialect: sapHana, word: 'sap_hana', ...trusting, note: 'Older versions of Omni do not take it.' },
  mssql: {
    dialect: mssql,
    word: 'mssql',
    // The documents of creates and of reads have different words for it.
    alsoReads: ['sqlserver'],
    ...trusting,
    required: [[...needs, 'schema']],
    note: 'Azure AD: give mssql-active-directory-password or mssql-active-directory-service-principal as options.omni.authenticationType.',
  },
  oracle: {
    dialect: oracle,
    word: 'oracle',
    fields: { ...server, acceptsLicense: 'acceptsLicense' },
    required: [[...needs, 'acceptsLicense']],
    values: { acceptsLicense: [true] },
    advice: {
      ...advice,
      usesTns: 'it finds the server by host and port alone.',
      serviceName: 'it finds the server by host and port alone.',
    },
  },
  trino: {
    dialect: trino,
    word: 'trino',
    fields: { ...reached, catalog: 'database', schema: 'defaultSchema', ...trust },
    required: [['host', 'port', 'catalog', 'username', 'password']],
    advice: { ...trustAdvice, peakaKey: 'it signs in by user name and password alone.' },
    note: 'Older versions of Omni do not take `tls.verify`.',
  },
};
