// What a dialect is: one plain zod object with what else is known of its fields. All the rest derives from it.
import type * as z from 'zod';
import { leavesOf, valueAt, type FieldRole, type Fields, type Values } from './fields.ts';

export interface Dialect {
  /** Field of ConnectionConfigInput and word of every table: `postgres`, `databricksLakebase`. */
  readonly key: string;
  /** Stem of the GraphQL names: `BigQuery` gives BigQueryInput and BigQueryConfig. */
  readonly typeName: string;
  readonly label: string;
  readonly description: string;
  readonly fields: Fields;
  /** Read from vendors but never written. */
  readonly readOnly: boolean;
}

interface DialectOptions<S extends z.ZodObject> {
  readonly typeName: string;
  readonly label: string;
  readonly description: string;
  readonly fields: S;
  readonly readOnly?: boolean;
}

export const defineDialect = <S extends z.ZodObject>(key: string, options: DialectOptions<S>): Dialect => ({
  key,
  readOnly: false,
  ...options,
});

/** The key of the dialect that stands for every word of a vendor which no other dialect claims. */
export const OTHER_DIALECT = 'other';

/** Value of the GraphQL enum: `databricksLakebase` is DATABRICKS_LAKEBASE. */
export const enumNameOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** What the dialect calls its host (host, account) or database (project, catalog): the first of its fields that has a value. */
export function roleValue(dialect: Dialect, config: Values, role: FieldRole): string | null {
  for (const { key, meta } of leavesOf(dialect.fields)) {
    const value = meta.role === role ? valueAt(config, key) : undefined;
    if (typeof value === 'string') return value;
  }
  return null;
}
