// What the parts of a store in a database have in common: the clock, and the statement in which an outcome is recorded.
import {
  type DeleteQueryBuilder,
  type Kysely,
  type QueryCreator,
  type RawBuilder,
  type UpdateQueryBuilder,
} from 'kysely';
import type { AuditRecord } from '../domain/audit-entry.ts';
import type { Tables } from './tables.ts';

interface ChangedKey {
  readonly key: string;
}

/** Returns the statement that changes the row of a key at the end of an attempt. */
export type KeyChange = (
  db: QueryCreator<Tables>,
) =>
  | UpdateQueryBuilder<Tables, 'patchbay_keys', 'patchbay_keys', ChangedKey>
  | DeleteQueryBuilder<Tables, 'patchbay_keys', ChangedKey>;

export interface StoreDatabase {
  readonly db: Kysely<Tables>;
  /** The clock of the database: an expression of milliseconds since 1970. */
  readonly now: RawBuilder<number>;
  /**
   * Stores the audit entry of a mutation and the change of its key, both or none.
   * @param change null for a mutation without a key.
   */
  readonly record: (record: AuditRecord, change: KeyChange | null) => Promise<void>;
}
