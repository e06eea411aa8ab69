// What a connection is, as a vendor's adapter gives it and as the services hand it on.
import type { FieldKey, Values } from '../fields/values.ts';
import type { Capability, VendorWords } from './errors.ts';
import type { DialectSupport, Instance } from './vendor.ts';

export type Completeness = 'FULL' | 'PARTIAL';

/** Something that a vendor keeps in a connection's settings and that a read does not tell. */
export interface Withheld {
  /** Where it stands in `config`: the key of a field, of a list's item (`attached.0`), or '' for the settings as a whole. */
  readonly place: FieldKey;
  /** The vendor's name of it. */
  readonly name: string;
  /**
   * UNKNOWN: this schema has no field for it. GROUP: the same, and it is a group of fields, of which reads may leave secrets
   * out. SECRET: the same, and it holds a secret or may hold one. MASKED: the vendor shows a mask in its place. REST: the field
   * is told without something that stands in it and may be a secret. PATH: what is not told of the field is a path.
   * UNREADABLE: nothing of it can be read.
   */
  readonly why: 'UNKNOWN' | 'GROUP' | 'SECRET' | 'MASKED' | 'REST' | 'PATH' | 'UNREADABLE';
}

export interface Connection {
  readonly vendorId: string;
  readonly name: string;
  /** Key of the dialect: `postgres`; `other` for a word outside the vendor's table. */
  readonly dialect: string;
  readonly vendorDialect: string;
  /** By the dialect's fields; a secret as its SecretStatus, what is not told as null or missing. */
  readonly config: Values;
  /** By the vendor's own `details` definition. */
  readonly details: Values;
  readonly completeness: Completeness;
  /** Settings in `config` of which the vendor keeps more than is told: a host with a path or a query behind it. */
  readonly toldInPart?: readonly FieldKey[];
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  readonly deletedAt: Date | null;
  /** What the vendor says it does not let the gateway do with this one. */
  readonly denied?: readonly Capability[];
  /** What it holds beside what is told, where the adapter knows of it; missing for nothing. */
  readonly withheld?: readonly Withheld[];
}

/** A connection with the place where it lives: what the services return. */
export interface LocatedConnection extends Connection {
  /** Global id. */
  readonly id: string;
  readonly instance: Instance;
}

/** A connection that is to be: checked by the services, secrets still wrapped. */
export interface Draft {
  readonly name: string;
  /** Key of the dialect. */
  readonly dialect: string;
  /** How its vendor takes that dialect. */
  readonly support: DialectSupport;
  readonly config: Values;
  readonly options: Values;
}

/** A change to a connection: what is kept is missing, what is cleared is null; secrets still wrapped. */
export interface Patch {
  readonly name?: string;
  /** As it was read just before. */
  readonly current: Connection;
  /** How its vendor takes its dialect. */
  readonly support: DialectSupport;
  /** What the dialect's settings are to be after it, as far as they are told or given: for a vendor that replaces them all. */
  readonly whole: Values;
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

/** Something that is to be known of what was done. */
export interface Warning {
  /** From the argument down; null when it is about no one field. */
  readonly path: readonly string[] | null;
  readonly code: WarningCode;
  readonly message: string;
}

/** What a create or an update came to. */
export interface Written {
  readonly connection: Connection;
  readonly warnings: readonly Warning[];
}

/** What a delete came to. */
export interface Removed {
  /** Whether the vendor moved it to a trash. */
  readonly archived: boolean;
}

export const TEST_OUTCOMES = ['PASSED', 'WARNED', 'FAILED', 'SKIPPED'] as const;
export type TestOutcome = (typeof TEST_OUTCOMES)[number];

/** One thing that a vendor tried. */
export interface TestCheck extends VendorWords {
  readonly name: string;
  readonly outcome: TestOutcome;
  /** The vendor's own word, where it is one that can hold nothing else. */
  readonly vendorOutcome: string | null;
  /** In our words. */
  readonly message: string | null;
}
