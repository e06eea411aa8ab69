// The count of the writes at each instance in a database. The statement that stores an audit entry increments it.
import type { AuditRecord } from '../domain/audit-entry.ts';
import type { WriteCounts } from '../services/write-counts.ts';
import type { StoreDatabase } from './database.ts';

/** The mutations that change nothing at a vendor. */
const TESTS: ReadonlySet<string> = new Set(['testConnection', 'testConnectionConfig']);

/**
 * Returns the keys of the instances at which a mutation may have written, in one order for all statements: two that increment the same
 * counts then never wait for each other in a circle.
 */
export const writtenInstances = ({ mutation, instances, isReplay }: AuditRecord): string[] =>
  TESTS.has(mutation) || isReplay ? [] : [...new Set(instances)].toSorted();

/** Returns the counts. @throws when the database cannot be read. */
export async function readWriteCounts({ db }: Pick<StoreDatabase, 'db'>): Promise<WriteCounts> {
  const rows = await db.selectFrom('patchbay_writes').selectAll().execute();
  return new Map(rows.map(({ instance, count }) => [instance, String(count)]));
}
