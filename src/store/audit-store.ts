// The audit in a database: finds entries, and removes old ones.
import { sql, type RawBuilder } from 'kysely';
import { wantedTerms, type AuditSelection, type AuditStore, type StoredEntry } from '../services/audit/audit-store.ts';
import type { StoreDatabase } from './database.ts';
import type { AuditTable } from './tables.ts';

/** How many entries are removed at once. */
const REMOVED_AT_ONCE = 1000;

/** A row, and which selection it belongs to. */
interface Row extends AuditTable {
  readonly selection: number;
}

// The two conditions below make a database look up each entry by an index. With `exists`, the planner of PostgreSQL may read the whole table
// for the last pages. With `= 1`, it expects very few matches and compiles the statement, which takes longer than the search.

/** Returns whether an entry has a term. */
const hasTerm = (term: string): RawBuilder<boolean> =>
  sql`(select 1 from patchbay_audit_terms as t where t.term = ${term} and t.at = a.at and t.id = a.id) > 0`;

/** Returns whether an entry has instances, each with a key that matches one of the patterns. */
function isVisible(patterns: readonly string[]): RawBuilder<boolean> {
  // No character of a key has a meaning of its own in a pattern of LIKE.
  const likes = patterns.map((pattern) => sql`t.term like ${`instance:${pattern.replaceAll('*', '%')}`}`);
  return sql`(select min(case when ${sql.join(likes, sql` or `)} then 1 else 0 end) from patchbay_audit_terms as t
    where t.at = a.at and t.id = a.id and t.term like 'instance:%') > 0`;
}

/** Returns the statement of one selection. The rows follow an index in its order: that of the first term, or that of the times. */
function select({ filter, visible, count, after }: AuditSelection, number: number): RawBuilder<Row> {
  const { caller, mutations, outcomes, since, until } = filter;
  const [first, ...others] = wantedTerms(filter);
  const [at, id] = first === undefined ? [sql`a.at`, sql`a.id`] : [sql`f.at`, sql`f.id`];
  const from =
    first === undefined
      ? sql`patchbay_audit as a`
      : sql`patchbay_audit_terms as f inner join patchbay_audit as a on a.id = f.id`;
  const conditions = [
    first === undefined ? sql`1 = 1` : sql`f.term = ${first}`,
    ...(after ? [sql`(${at}, ${id}) < (${after.at}, ${after.id})`] : []),
    ...(since === undefined ? [] : [sql`${at} >= ${since}`]),
    ...(until === undefined ? [] : [sql`${at} < ${until}`]),
    ...(caller === undefined ? [] : [sql`a.caller = ${caller}`]),
    ...(mutations ? [sql`a.mutation in (${sql.join(mutations)})`] : []),
    ...(outcomes ? [sql`a.outcome in (${sql.join(outcomes)})`] : []),
    ...(visible ? [isVisible(visible)] : []),
    ...others.map(hasTerm),
  ];
  return sql`select a.id, a.at, a.caller, a.mutation, a.outcome, a.entry, ${sql.lit(number)} as selection
    from ${from} where ${sql.join(conditions, sql` and `)} order by ${at} desc, ${id} desc limit ${sql.lit(count)}`;
}

/** Returns the entry of a row. */
const toEntry = ({ id, at, caller, mutation, outcome, entry }: Row): StoredEntry => ({
  // The JSON was written by Patchbay.
  ...(JSON.parse(entry) as StoredEntry),
  id,
  at: Number(at),
  caller,
  mutation,
  outcome,
});

/** Returns the audit of a database. */
export function createAuditStore({ db, record }: StoreDatabase): AuditStore {
  return {
    append: async (added) => record(added, null),
    read: async (selections) => {
      const parts = selections.map(
        (selection, index) => sql`select * from (${select(selection, index)}) as ${sql.ref(`s${index}`)}`,
      );
      if (parts.length === 0) return [];
      const all = sql<Row>`${sql.join(parts, sql` union all `)} order by selection, at desc, id desc`;
      const { rows } = await all.execute(db);
      const found = selections.map((): StoredEntry[] => []);
      for (const row of rows) found[row.selection]?.push(toEntry(row));
      return found;
    },
    secretTimes: async (connections) => {
      if (connections.length === 0) return [];
      const rows = await db
        .selectFrom('patchbay_secret_times')
        .selectAll()
        .where('connection', 'in', connections)
        .execute();
      return rows.map((row) => ({ ...row, at: Number(row.at) }));
    },
  };
}

/** Removes the entries that are older than a time, some at a time. @param keptMs how long entries are kept, in milliseconds. */
export async function removeOldEntries({ db, now }: StoreDatabase, keptMs: number): Promise<void> {
  const oldest = sql<{ at: number | string }>`select ${now} - cast(${keptMs} as bigint) as at`;
  const { rows } = await oldest.execute(db);
  const end = rows[0]?.at ?? 0;
  for (let isMore = true; isMore;) {
    const next = await db
      .selectFrom('patchbay_audit')
      .select('at')
      .where('at', '<', end)
      .orderBy('at')
      .offset(REMOVED_AT_ONCE)
      .limit(1)
      .executeTakeFirst();
    isMore = next !== undefined;
    const [comparison, bound] = next ? (['<=', next.at] as const) : (['<', end] as const);
    await db.deleteFrom('patchbay_audit_terms').where('at', comparison, bound).execute();
    await db.deleteFrom('patchbay_audit').where('at', comparison, bound).execute();
  }
}
