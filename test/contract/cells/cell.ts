// One input to a vendor with the JSON that must reach it and what can be read afterwards, all of it typed by hand.
export type DialectKey = 'postgres' | 'mysql' | 'bigquery' | 'snowflake';

export interface Cell {
  readonly dialect: DialectKey;
  /** `minimal`, `full`, or what else it shows. */
  readonly what: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** The body that reaches the vendor, but for its name. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Parts of the second call and their texts. */
  readonly files?: Readonly<Record<string, string>>;
  /** Secrets that the answer to the create shows as SET. */
  readonly stored: readonly string[];
  /** Settings as a later read tells them, without nulls and without secrets that are not set. */
  readonly told: Readonly<Record<string, unknown>>;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A key file, as one writes it into a variable. */
export const KEY_FILE =
  '{"type":"service_account","project_id":"acme-web","private_key":"key-secret-1","client_email":"bi@acme-web.iam.gserviceaccount.com"}';
export const PRIVATE_KEY = '-----BEGIN PRIVATE KEY-----\nkey-secret-2\n-----END PRIVATE KEY-----\n';
