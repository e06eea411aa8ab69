// The definition of a dialect, and the hosts and databases in its config.
import type * as z from 'zod';
import type { FieldRole, Fields } from './field-meta.ts';
import { memoize } from './memoize.ts';
import { valueAt, type Values } from './values-by-key.ts';
import { leavesOf, reportedFieldsOf, type Leaf } from './walk-fields.ts';
import { normalizeHost } from '../formats/host.ts';

export interface Dialect {
  /** Name of the dialect in ConnectionConfigInput and in the tables: `postgres`, `databricksLakebase`. */
  readonly key: string;
  /** Stem of the GraphQL names: `BigQuery` gives BigQueryInput and BigQueryConfig. */
  readonly typeName: string;
  readonly label: string;
  readonly description: string;
  /** The fields of an input. */
  readonly fields: Fields;
  /** The fields of a read: without those that are only written, and with those that are only read. */
  readonly reportedFields: Fields;
}

interface DialectOptions<S extends z.ZodObject> {
  readonly typeName: string;
  readonly label: string;
  readonly description: string;
  readonly fields: S;
}

/** Returns the definition of a dialect. */
export const defineDialect = <S extends z.ZodObject>(key: string, options: DialectOptions<S>): Dialect => ({
  key,
  reportedFields: reportedFieldsOf(options.fields),
  ...options,
});

/** The key of the dialect for all vendor words that belong to no other dialect. */
export const OTHER_DIALECT = 'other';

/** Returns the GraphQL enum value of a dialect: DATABRICKS_LAKEBASE for `databricksLakebase`. */
export const enumNameOf = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** Returns the host and port of a URL. */
const hostOf = (url: string): string => url.replace(/^[a-z][a-z\d+.-]*:\/\//i, '').replace(/[/?#].*$/s, '');

/** Returns the fields of a definition that have a role. */
const fieldsWithRole = memoize((fields: Fields) => leavesOf(fields).filter(({ meta }) => meta.role !== undefined));

/** Returns the value of a field with a role; null when it has none. For a URL it is the host and port of the URL. */
function roleValue({ key, meta }: Leaf, config: Values): string | null {
  const value = valueAt(config, key);
  if (typeof value !== 'string') return null;
  return meta.isUrl ? hostOf(value) : value;
}

/** Returns the values of all fields with a role, in order. */
export const roleValues = (dialect: Dialect, config: Values, role: FieldRole): string[] =>
  fieldsWithRole(dialect.reportedFields)
    .filter(({ meta }) => meta.role === role)
    .flatMap((field) => roleValue(field, config) ?? []);

/** Returns a host in the spelling by which hosts are compared. The standard host name of an account becomes the account. */
export function normalHostIn(dialect: Dialect, host: string): string {
  const normal = normalizeHost(host);
  const accountOf = leavesOf(dialect.reportedFields).find(({ meta }) => meta.accountOf)?.meta.accountOf;
  return accountOf?.(normal) ?? normal;
}

/** Returns all hosts of a config in the spelling by which hosts are compared. */
export const hostsOf = (dialect: Dialect, config: Values): string[] =>
  roleValues(dialect, config, 'host').map((host) => normalHostIn(dialect, host));

/** Returns the first value with a role; null when there is none. Lists call it for each row, so it makes no list of all values. */
export function firstRoleValue(dialect: Dialect, config: Values, role: FieldRole): string | null {
  for (const field of fieldsWithRole(dialect.reportedFields)) {
    const value = field.meta.role === role ? roleValue(field, config) : null;
    if (value !== null) return value;
  }
  return null;
}
