// The list of all dialects. DuckDB follows the dialects that can be attached to it.
import type { Dialect } from '../fields/dialect.ts';
import { api } from './api.ts';
import { athena } from './athena.ts';
import { bigquery } from './bigquery.ts';
import { clickhouse } from './clickhouse.ts';
import { customerIo } from './customer-io.ts';
import { databricksLakebase } from './databricks-lakebase.ts';
import { databricks } from './databricks.ts';
import { duckdb } from './duckdb.ts';
import { exasol } from './exasol.ts';
import { firestore } from './firestore.ts';
import { googleAnalytics } from './google-analytics.ts';
import { mariadb } from './mariadb.ts';
import { mongodb } from './mongodb.ts';
import { motherduck } from './motherduck.ts';
import { mssql } from './mssql.ts';
import { mysql } from './mysql.ts';
import { oracle } from './oracle.ts';
import { other } from './other.ts';
import { postgres } from './postgres.ts';
import { realtimeDb } from './realtime-db.ts';
import { redshift } from './redshift.ts';
import { sapHana } from './sap-hana.ts';
import { snowflake } from './snowflake.ts';
import { starrocks } from './starrocks.ts';
import { trino } from './trino.ts';

export const dialects: readonly Dialect[] = [
  athena,
  bigquery,
  clickhouse,
  databricks,
  databricksLakebase,
  exasol,
  mariadb,
  motherduck,
  mssql,
  mysql,
  oracle,
  postgres,
  redshift,
  sapHana,
  snowflake,
  starrocks,
  trino,
  duckdb,
  mongodb,
  api,
  realtimeDb,
  firestore,
  googleAnalytics,
  customerIo,
  other,
];
