// The types of the create cases: an input, the JSON that must reach the vendor, and what a later read reports, all typed by hand.
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
  /** `minimal`, `full`, or what the case shows. */
  readonly label: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** The body that reaches the vendor, without the name. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The parts of the upload and their texts. */
  readonly files?: Readonly<Record<string, string>>;
  /** The warnings of the success, as `path CODE` without `input`. */
  readonly warnings?: readonly string[];
  /** The secrets that the answer to the create reports as SET. */
  readonly setSecrets: readonly string[];
  /** The config that a later read reports, without nulls and without secrets that are not set. */
  readonly reported: Readonly<Record<string, unknown>>;
  readonly details?: Readonly<Record<string, unknown>>;
  /** The enum value that reads report, when it is not that of `dialect`. */
  readonly readsAs?: string;
}

/** The issues of a vendor for a dialect that it supports. */
export interface CreateCaseRules {
  /** The fields that are REQUIRED when the input is empty. */
  readonly missing: readonly string[];
  /** The fields that are NOT_ALLOWED when the input has every field of the dialect. */
  readonly refused: readonly string[];
}

/** The rules of each dialect that the vendor supports. */
export type VendorRules = Readonly<Partial<Record<DialectKey, CreateCaseRules>>>;

/** The text of a JSON key file. */
export const KEY_FILE = `{"type":"service_account","project_id":"acme-web","private_key_id":"key-secret-1","private_key":${KEY_IN_JSON},"client_email":"bi@acme-web.iam.gserviceaccount.com"}`;
