// What a connection is, as a vendor's adapter gives it and as the services hand it on.
import type { Values } from './fields.ts';
import type { DialectSupport, Instance } from './vendor.ts';

export type Completeness = 'FULL' | 'PARTIAL';

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
  readonly createdAt: Date | null;
  readonly updatedAt: Date | null;
  readonly deletedAt: Date | null;
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

export type WarningCode =
  'READ_BACK_FAILED' | 'CERTIFICATES_NOT_UPLOADED' | 'NAME_NORMALIZED' | 'USER_CREDENTIALS_ERASED' | 'FIELD_IGNORED';

/** Done, but something is to be known. */
export interface Warning {
  /** From the argument down; null when it is about no one field. */
  readonly path: readonly string[] | null;
  readonly code: WarningCode;
  readonly message: string;
}

export interface Created {
  readonly connection: Connection;
  readonly warnings: readonly Warning[];
}
