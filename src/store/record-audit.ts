// Stores the audit entry of a mutation together with the change of its idempotency key: in PostgreSQL by one statement, in SQLite by one
// transaction.
import { sql, type Kysely, type QueryCreator, type RawBuilder, type Transaction } from 'kysely';
import type { AuditRecord, SecretChange } from '../domain/audit-entry.ts';
import { ageOf, termsOf, toStored } from '../services/audit/audit-store.ts';
import type { KeyChange, StoreDatabase } from './database.ts';
import type { Tables } from './tables.ts';
import { NEXT_COUNT, writtenInstances } from './write-counts.ts';

/** Returns a text that databases can hold: without NUL, and without halves of characters. */
const storable = (text: string): string => Buffer.from(text).toString().replaceAll('\u0000', '\ufffd');

/** The columns of an entry without its time. */
function rowOf(record: AuditRecord) {
  const { id, at: _at, caller, mutation, outcome, ...entry } = toStored(record, 0);
  return { id, caller: storable(caller), mutation, outcome, entry: JSON.stringify(entry) };
}

/** A secret that was set. */
interface SetSecret {
  readonly connection: string;
  readonly path: string;
}

/** Returns the secrets that were set, each once. */
const setSecrets = (changes: readonly SecretChange[]): SetSecret[] =>
  changes.flatMap(({ connection, set }) => [...new Set(set)].map((path) => ({ connection, path })));

const freshConnections = (changes: readonly SecretChange[]): string[] =>
  changes.filter(({ isFresh }) => isFresh).map(({ connection }) => connection);

type Now = RawBuilder<number>;

/** Returns when a mutation ended, on the clock of the database. */
const timeOf = (record: AuditRecord, now: Now): RawBuilder<number> =>
  sql<number>`${now} - cast(${ageOf(record)} as bigint)`;

/** Returns the function that records in PostgreSQL. All parts of the statement see the database as it was before. */
export const recordInPostgres =
  (db: Kysely<Tables>, now: Now): StoreDatabase['record'] =>
  async (record, change) => {
    const set = setSecrets(record.secretChanges);
    const connections = set.map(({ connection }) => connection);
    const paths = set.map(({ path }) => path);
    const start: QueryCreator<Tables> = change ? db.with('changed', change) : db;
    await start
      .with('entry', (query) =>
        query
          .insertInto('patchbay_audit')
          .values({ ...rowOf(record), at: timeOf(record, now) })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .returning(['at', 'id']),
      )
      .with('terms', (query) =>
        query
          .insertInto('patchbay_audit_terms')
          .columns(['term', 'at', 'id'])
          .expression(
            query
              .selectFrom('entry')
              .select([sql<string>`unnest(${termsOf(record)}::text[])`.as('term'), 'entry.at', 'entry.id']),
          )
          .returning('term'),
      )
      .with('forgotten', (query) =>
        query
          .deleteFrom('patchbay_secret_times')
          .where(sql<boolean>`connection = any(${freshConnections(record.secretChanges)}::text[])`)
          .where(
            sql<boolean>`(connection, path) not in (select * from unnest(${connections}::text[], ${paths}::text[]))`,
          )
          .where(sql<boolean>`exists (select 1 from entry)`)
          .returning('path'),
      )
      .with('writes', (query) =>
        query
          .insertInto('patchbay_writes')
          .columns(['instance', 'count'])
          .expression(
            query
              .selectFrom('entry')
              .select([
                sql<string>`unnest(${writtenInstances(record)}::text[])`.as('instance'),
                sql<number>`1`.as('count'),
              ]),
          )
          .onConflict((conflict) => conflict.column('instance').doUpdateSet(NEXT_COUNT))
          .returning('count'),
      )
      .insertInto('patchbay_secret_times')
      .columns(['connection', 'path', 'at'])
      .expression((query) =>
        query
          .selectFrom('entry')
          .select([
            sql<string>`unnest(${connections}::text[])`.as('connection'),
            sql<string>`unnest(${paths}::text[])`.as('path'),
            'entry.at',
          ]),
      )
      .onConflict((conflict) => conflict.columns(['connection', 'path']).doUpdateSet({ at: sql<number>`excluded.at` }))
      .execute();
  };

/** Stores the entry in a transaction. */
async function recordIn(db: Transaction<Tables>, now: Now, record: AuditRecord): Promise<void> {
  const entry = await db
    .insertInto('patchbay_audit')
    .values({ ...rowOf(record), at: timeOf(record, now) })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning(['at', 'id'])
    .executeTakeFirst();
  if (!entry) return;
  const writes = writtenInstances(record).map((instance) => ({ instance, count: 1 }));
  if (writes.length > 0) {
    await db
      .insertInto('patchbay_writes')
      .values(writes)
      .onConflict((conflict) => conflict.column('instance').doUpdateSet(NEXT_COUNT))
      .execute();
  }
  const { at, id } = entry;
  const terms = termsOf(record).map((term) => ({ term, at, id }));
  if (terms.length > 0) await db.insertInto('patchbay_audit_terms').values(terms).execute();
  const fresh = freshConnections(record.secretChanges);
  if (fresh.length > 0) await db.deleteFrom('patchbay_secret_times').where('connection', 'in', fresh).execute();
  const times = setSecrets(record.secretChanges).map((secret) => ({ ...secret, at }));
  if (times.length === 0) return;
  await db
    .insertInto('patchbay_secret_times')
    .values(times)
    .onConflict((conflict) => conflict.columns(['connection', 'path']).doUpdateSet({ at }))
    .execute();
}

/** Returns the function that records in SQLite. */
export const recordInSqlite =
  (db: Kysely<Tables>, now: Now): StoreDatabase['record'] =>
  async (record, change: KeyChange | null) =>
    db.transaction().execute(async (transaction) => {
      await change?.(transaction).execute();
      await recordIn(transaction, now, record);
    });
