// Credible's table: its type for each dialect, and how it takes and tells that type's own block.
import { bigquery } from '../../dialects/bigquery.ts';
import { duckdb } from '../../dialects/duckdb.ts';
import { motherduck } from '../../dialects/motherduck.ts';
import { mysql } from '../../dialects/mysql.ts';
import { other } from '../../dialects/other.ts';
import { postgres } from '../../dialects/postgres.ts';
import { snowflake } from '../../dialects/snowflake.ts';
import { trino } from '../../dialects/trino.ts';
import type { DialectSupport } from '../../domain/vendor.ts';
import {
  bigqueryBlock,
  motherduckBlock,
  mysqlBlock,
  postgresBlock,
  snowflakeBlock,
  sourceBlocks,
  trinoBlock,
} from './blocks.ts';

export const credibleDialects: Readonly<Record<string, DialectSupport>> = {
  postgres: { dialect: postgres, word: 'postgres', ...postgresBlock },
  mysql: { dialect: mysql, word: 'mysql', ...mysqlBlock },
  bigquery: { dialect: bigquery, word: 'bigquery', ...bigqueryBlock },
  snowflake: { dialect: snowflake, word: 'snowflake', ...snowflakeBlock },
  trino: {
    dialect: trino,
    word: 'trino',
    ...trinoBlock,
    note: 'Encrypted (https) unless tls.enabled is false.',
  },
  motherduck: { dialect: motherduck, word: 'motherduck', ...motherduckBlock },
  duckdb: {
    dialect: duckdb,
    word: 'duckdb',
    fields: { attached: { wire: 'duckdbConnection.attachedDatabases', derived: true } },
    required: [['attached']],
    inside: { attached: sourceBlocks },
    note: 'It has no database file of its own: all that it reads is attached. A connection cannot be named duckdb.',
  },
  // The blocks of its other types are not read; a field named here that no row has says that a password may be stored.
  other: { dialect: other, word: null, readOnly: true, fields: { password: 'password' }, required: [] },
};
