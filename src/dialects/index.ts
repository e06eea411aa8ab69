// The dialects that Patchbay knows: one line each.
import type { Dialect } from '../domain/dialect.ts';
import { bigquery } from './bigquery.ts';
import { mysql } from './mysql.ts';
import { other } from './other.ts';
import { postgres } from './postgres.ts';
import { snowflake } from './snowflake.ts';

export const dialects: readonly Dialect[] = [postgres, mysql, bigquery, snowflake, other];
