// What a dialect is: one plain zod object with what else is known of its fields. All the rest derives from it.
import type * as z from 'zod';
import type { FieldRole, Fields } from './field-meta.ts';
import { valueAt, type Values } from './values.ts';
import { leavesOf, reportedFieldsOf } from './walk-fields.ts';
import { normalizeHost } from '../formats/host.ts';

export interface Dialect {
  /** Field of ConnectionConfigInput and word of every table: `postgres`, `databricksLakebase`. */
  readonly key: string;
  /** Stem of the GraphQL names: `BigQuery` gives BigQueryInput and BigQueryConfig. */
  readonly typeName: string;
  readonly label: string;
  readonly description: string;
  /** What is written. */
  readonly fields: Fields;
  /** What is read: the same but for fields that only one side has. */
  readonly reportedFields: Fields;
}

interface DialectOptions<S extends z.ZodObject> {
  readonly typeName: string;
  readonly label: string;
  readonly description: string;
  readonly fields: S;
}

export const defineDialect = <S extends z.ZodObject>(key: string, options: DialectOptions<S>): Dialect => ({
  key,
  reportedFields: reportedFieldsOf(options.fields),
  ...options,
});

/** The key of the dialect that stands for every word of a vendor which no other dialect claims. */
export const OTHER_DIALECT = 'other';

/** Value of the GraphQL enum: `databricksLakebase` is DATABRICKS_LAKEBASE. */
export const enumNameOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** A URL's host and port. */
const hostOf = (url: string): string => url.replace(/^[a-z][a-z\d+.-]*:\/\//i, '').replace(/[/?#].*$/s, '');

/** Everything that the dialect calls its host (host, account; of a URL its host) or database (project, catalog), in order. */
export const roleValues = (dialect: Dialect, config: Values, role: FieldRole): string[] =>
  leavesOf(dialect.reportedFields).flatMap(({ key, meta }) => {
    const value = meta.role === role ? valueAt(config, key) : undefined;
    return typeof value === 'string' ? [meta.isUrl ? hostOf(value) : value] : [];
  });

/** A host of the dialect in the one spelling by which hosts are compared: an account stands for its usual host name. */
export function normalHostIn(dialect: Dialect, host: string): string {
  const normal = normalizeHost(host);
  const accountOf = leavesOf(dialect.reportedFields).find(({ meta }) => meta.accountOf)?.meta.accountOf;
  return accountOf?.(normal) ?? normal;
}

/** Every host of a connection, in that spelling. */
export const hostsOf = (dialect: Dialect, config: Values): string[] =>
  roleValues(dialect, config, 'host').map((host) => normalHostIn(dialect, host));

/** The first of them. */
export const firstRoleValue = (dialect: Dialect, config: Values, role: FieldRole): string | null =>
  roleValues(dialect, config, role)[0] ?? null;
