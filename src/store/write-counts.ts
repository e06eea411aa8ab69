// The count of the writes at each instance in a database. The statement that stores an audit entry increments it.
import { sql, type Kysely } from 'kysely';
import type { AuditRecord } from '../domain/audit-entry.ts';
import type { WriteCounts } from '../services/write-counts.ts';
import type { StoreDatabase } from './database.ts';
import type { Tables } from './tables.ts';

/** The mutations that change nothing at a vendor. */
const TESTS: ReadonlySet<string> = new Set(['testConnection', 'testConnectionConfig']);

/**
 * Returns the keys of the instances at which a mutation may have written, in one order for all statements: two that increment the same
 * counts then never wait for each other in a circle.
 */
export const writtenInstances = ({ mutation, instances, isReplay }: AuditRecord): string[] =>
  TESTS.has(mutation) || isReplay ? [] : [...new Set(instances)].toSorted();

/** The count of an instance that has one, after another write. */
export const NEXT_COUNT = { count: sql<number>`patchbay_writes.count + 1` };

/** Counts a write at the instance of an operation's target. */
export async function countWriteAt(db: Kysely<Tables>, operation: string, position: number): Promise<void> {
  await db
    .insertInto('patchbay_writes')
    .columns(['instance', 'count'])
    .expression((query) =>
      query
        .selectFrom('patchbay_targets')
        .select(['instance', sql<number>`1`.as('count')])
        .where('operation', '=', operation)
        .where('position', '=', position),
    )
    .onConflict((conflict) => conflict.column('instance').doUpdateSet(NEXT_COUNT))
    .execute();
}

/** Returns the counts. @throws when the database cannot be read. */
export async function readWriteCounts({ db }: Pick<StoreDatabase, 'db'>): Promise<WriteCounts> {
  const rows = await db.selectFrom('patchbay_writes').selectAll().execute();
  return new Map(rows.map(({ instance, count }) => [instance, String(count)]));
}
