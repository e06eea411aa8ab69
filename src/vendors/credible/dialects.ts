// Credible's support table: its type for each dialect, and the fields of that type's block.
import { bigquery } from '../../dialects/bigquery.ts';
import { duckdb } from '../../dialects/duckdb.ts';
import { motherduck } from '../../dialects/motherduck.ts';
import { mysql } from '../../dialects/mysql.ts';
import { other } from '../../dialects/other.ts';
import { postgres } from '../../dialects/postgres.ts';
import { snowflake } from '../../dialects/snowflake.ts';
import { trino } from '../../dialects/trino.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import {
  bigqueryBlock,
  motherduckBlock,
  mysqlBlock,
  postgresBlock,
  snowflakeBlock,
  sourceBlocks,
  trinoBlock,
} from './blocks/block-fields.ts';

export const credibleDialects: Readonly<Record<string, DialectSupport>> = {
  postgres: { dialect: postgres, vendorDialect: 'postgres', ...postgresBlock },
  mysql: { dialect: mysql, vendorDialect: 'mysql', ...mysqlBlock },
  bigquery: { dialect: bigquery, vendorDialect: 'bigquery', ...bigqueryBlock },
  snowflake: { dialect: snowflake, vendorDialect: 'snowflake', ...snowflakeBlock },
  trino: {
    dialect: trino,
    vendorDialect: 'trino',
    ...trinoBlock,
    note: 'Encrypted (https) unless tls.enabled is false.',
  },
  motherduck: { dialect: motherduck, vendorDialect: 'motherduck', ...motherduckBlock },
  duckdb: {
    dialect: duckdb,
    vendorDialect: 'duckdb',
    fields: { attached: { wire: 'duckdbConnection.attachedDatabases', derived: true } },
    required: [['attached']],
    itemSupport: { attached: sourceBlocks },
    note: 'Credible stores no database file for it: all data is in the attached databases and storage. The connection must not be named duckdb.',
  },
  // Blocks of other types are not read. `password` is listed so that a password counts as stored, with an unknown status.
  other: { dialect: other, vendorDialect: null, readOnly: true, fields: { password: 'password' }, required: [] },
};
