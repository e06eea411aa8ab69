// Looker's support table: its names for each dialect, and the wire name of each field in DBConnection (API 4.0).
import { clickhouse } from '../../dialects/clickhouse.ts';
import { exasol } from '../../dialects/exasol.ts';
import { mariadb } from '../../dialects/mariadb.ts';
import { mssql } from '../../dialects/mssql.ts';
import { mysql } from '../../dialects/mysql.ts';
import { oracle } from '../../dialects/oracle.ts';
import { other } from '../../dialects/other.ts';
import { postgres } from '../../dialects/postgres.ts';
import { redshift } from '../../dialects/redshift.ts';
import { sapHana } from '../../dialects/sap-hana.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import { cloudDialects } from './dialects/cloud-dialects.ts';
import { named, noTlsFiles, onePort, server } from './dialects/shared-entries.ts';

/** Looker requires no field, but it cannot reach a server without a host. */
const asServer = {
  fields: server,
  required: [['host']],
  exclusive: [onePort],
  advice: noTlsFiles,
} satisfies Partial<DialectSupport>;

const productAdvice = (dialectName: string) => ({
  ...noTlsFiles,
  connectionString: 'provide host, port, database, username and password.',
  flavor: `name the product in options.looker.dialectName, as ${dialectName}.`,
});

export const lookerDialects: Readonly<Record<string, DialectSupport>> = {
  ...cloudDialects,
  clickhouse: { dialect: clickhouse, ...named('clickhouse'), ...asServer },
  exasol: { dialect: exasol, ...named('exasol'), ...asServer },
  mariadb: { dialect: mariadb, ...named('mariadb'), ...asServer },
  mssql: {
    dialect: mssql,
    ...named('mssql_2017', 'mssql_2008', 'mssql_2012', 'mssql_2016', 'msazuresql', 'mssqldw'),
    ...asServer,
    note: 'Looker uses mssql_2017 unless options.looker.dialectName names another product, such as msazuresql.',
  },
  mysql: {
    dialect: mysql,
    ...named('mysql', 'mysql_8', 'googlecloudsql', 'amazonaurora'),
    ...asServer,
    advice: productAdvice('googlecloudsql'),
  },
  oracle: {
    dialect: oracle,
    ...named('oracle', 'oracle_dwcs'),
    ...asServer,
    fields: { ...server, usesTns: 'uses_tns', serviceName: 'service_name' },
    required: [['host'], ['usesTns', 'serviceName']],
    advice: { ...noTlsFiles, acceptsLicense: 'Only Omni needs it; leave it out.' },
  },
  postgres: {
    dialect: postgres,
    ...named('postgres', 'google_cloud_postgres', 'azure_postgres', 'postgres9_1'),
    ...asServer,
    advice: productAdvice('azure_postgres'),
  },
  redshift: { dialect: redshift, ...named('redshift'), ...asServer },
  sapHana: { dialect: sapHana, ...named('hana', 'hana_2'), ...asServer },
  other: {
    dialect: other,
    vendorDialect: null,
    ...asServer,
    fields: { dialectName: 'dialect_name', ...server },
    required: [['dialectName', 'host']],
    note: 'Any other dialect of Looker, by its name in config.other.dialectName.',
  },
};
