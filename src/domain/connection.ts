// A connection as an adapter reports it, the drafts and patches that an adapter takes, and the results of its operations.
import type { FieldKey, Values } from '../fields/values-by-key.ts';
import type { Capability } from './capability.ts';
import type { DialectSupport } from './dialect-support.ts';
import type { VendorMessage } from './issue.ts';

export type Completeness = 'FULL' | 'PARTIAL';

/** A stored setting that a read does not report. */
export interface Withheld {
  /** Where it is in `config`: the key of a field, of a list's item (`attached.0`), or '' for the settings as a whole. */
  readonly key: FieldKey;
  /** The vendor's name of the setting. */
  readonly name: string;
  /**
   * Why it is not reported.
   * UNKNOWN: the schema has no field for it.
   * GROUP: the schema has no field for it, and it is a group of fields that may have unreported secrets.
   * SECRET: the schema has no field for it, and it holds or may hold a secret.
   * MASKED: the vendor returns a placeholder instead of the value.
   * REST: the field is reported without a part that may be a secret.
   * PATH: the field is reported without a part that is a path.
   * UNREADABLE: nothing of it can be read.
   */
  readonly why: 'UNKNOWN' | 'GROUP' | 'SECRET' | 'MASKED' | 'REST' | 'PATH' | 'UNREADABLE';
}

export interface Connection {
  readonly vendorId: string;
  readonly name: string;
  /** Key of the dialect, such as `postgres`; `other` for a name that the vendor's table does not have. */
  readonly dialect: string;
  readonly vendorDialect: string;
  /** By the fields of the dialect. A secret is a SecretStatus; a field that is not reported is null or missing. */
  readonly config: Values;
  /**
   * Returns the values by the vendor's `details` definition. They are read by this call, because most lists select few of them.
   * @param selected the names of the fields that are needed: an adapter may leave out the others. Default: all fields.
   */
  readonly details: (selected?: ReadonlySet<string>) => Values;
  readonly completeness: Completeness;
  /** Fields of `config` of which the vendor stores more than is reported, such as a host with a path after it. */
  readonly partlyReported?: readonly FieldKey[];
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  readonly deletedAt: Date | null;
  /** Capabilities that the vendor denies the gateway for this connection. */
  readonly denied?: readonly Capability[];
  /** Stored settings that are not reported, as far as the adapter knows of them; missing when there are none. */
  readonly withheld?: readonly Withheld[];
}

/** All settings of a connection as they would be saved. Secrets are still wrapped. */
export interface Draft {
  readonly name: string;
  /** Key of the dialect. */
  readonly dialect: string;
  /** How its vendor accepts that dialect. */
  readonly support: DialectSupport;
  readonly config: Values;
  readonly options: Values;
}

/** The planned changes to a stored connection. An unchanged field is missing, a cleared field is null. Secrets are still wrapped. */
export interface Patch {
  readonly name?: string;
  /** The connection as it was read just before. */
  readonly current: Connection;
  /** How its vendor accepts its dialect. */
  readonly support: DialectSupport;
  /** The whole config after the change, as far as it is reported or provided: for a vendor that replaces all settings. */
  readonly mergedConfig: Values;
  readonly config: Values;
  readonly options: Values;
}

export type WarningCode =
  | 'READ_BACK_FAILED'
  | 'CERTIFICATES_NOT_UPLOADED'
  | 'NAME_NORMALIZED'
  | 'USER_CREDENTIALS_ERASED'
  | 'FIELD_IGNORED'
  | 'FIELD_LEFT_OUT'
  | 'SECRET_MAY_BE_LOST'
  | 'SIGN_IN_UNCLEAR'
  | 'OVERRIDE_NOT_REMOVED'
  | 'VALUE_DOUBTFUL'
  | 'ARCHIVED_WITH_CONTENT'
  | 'SECRETS_ERASED'
  | 'DATASETS_KEPT';

/** One remark about a mutation that succeeded. A test can have remarks too. */
export interface Warning {
  /** Path from the argument down; null when the warning is not about a single field. */
  readonly path: readonly string[] | null;
  readonly code: WarningCode;
  readonly message: string;
}

/** The result of a create or an update at a vendor. */
export interface WriteResult {
  readonly connection: Connection;
  readonly warnings: readonly Warning[];
}

/** The result of a delete at a vendor. */
export interface RemoveResult {
  /** Whether the vendor moved the connection to a trash. */
  readonly archived: boolean;
}

export const TEST_OUTCOMES = ['PASSED', 'WARNED', 'FAILED', 'SKIPPED'] as const;
export type TestOutcome = (typeof TEST_OUTCOMES)[number];

/** The result of one check of a connection test. */
export interface TestCheck extends VendorMessage {
  readonly name: string;
  readonly outcome: TestOutcome;
  /** The vendor's own status word, where it is from a known list; null otherwise. */
  readonly vendorOutcome: string | null;
  /** The gateway's own message; null when there is none. */
  readonly message: string | null;
}
