// One input to a vendor with the JSON that must reach it and what can be read afterwards, all of it typed by hand.
import { KEY_IN_JSON } from '../support/keys.ts';

export { PRIVATE_KEY } from '../support/keys.ts';

export type DialectKey =
  | 'athena'
  | 'bigquery'
  | 'clickhouse'
  | 'databricks'
  | 'databricksLakebase'
  | 'duckdb'
  | 'exasol'
  | 'mariadb'
  | 'motherduck'
  | 'mssql'
  | 'mysql'
  | 'oracle'
  | 'postgres'
  | 'redshift'
  | 'sapHana'
  | 'snowflake'
  | 'starrocks'
  | 'trino'
  | 'mongodb'
  | 'api'
  | 'realtimeDb'
  | 'firestore'
  | 'googleAnalytics'
  | 'customerIo'
  | 'other';

export interface CreateCase {
  readonly dialect: DialectKey;
  /** `minimal`, `full`, or what else it shows. */
  readonly label: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** The body that reaches the vendor, but for its name. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Parts of the second call and their texts. */
  readonly files?: Readonly<Record<string, string>>;
  /** Warnings of the success, as `path CODE` without `input`. */
  readonly warnings?: readonly string[];
  /** Secrets that the answer to the create shows as SET. */
  readonly setSecrets: readonly string[];
  /** Settings as a later read tells them, without nulls and without secrets that are not set. */
  readonly reported: Readonly<Record<string, unknown>>;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Value of the enum that reads tell, where it is not that of `dialect`. */
  readonly readsAs?: string;
}

/** What a vendor says to a dialect that it takes: the fields it misses in an empty input, and those it refuses. */
export interface CreateCaseRules {
  /** Fields told as REQUIRED when nothing is given. */
  readonly missing: readonly string[];
  /** Fields told as NOT_ALLOWED when every field of the dialect is given. */
  readonly refused: readonly string[];
}

/** One for each dialect that the vendor takes. */
export type VendorRules = Readonly<Partial<Record<DialectKey, CreateCaseRules>>>;

/** A key file, as one writes it into a variable. */
export const KEY_FILE = `{"type":"service_account","project_id":"acme-web","private_key_id":"key-secret-1","private_key":${KEY_IN_JSON},"client_email":"bi@acme-web.iam.gserviceaccount.com"}`;
