// Idempotency keys in a database: one row for each key, and one statement for each step. All times are those of the database's clock.
import { sql } from 'kysely';
import type { AuditRecord } from '../domain/audit-entry.ts';
import {
  KEY_LIFETIME_MS,
  type IdempotencyStore,
  type KeyState,
  type StoredAnswer,
} from '../services/idempotency/idempotency.ts';
import type { KeyChange, StoreDatabase } from './database.ts';

/** How often a key is claimed that others remove between two statements. */
const MAX_CLAIMS = 5;

/** A database with a clock. */
export type KeyDatabase = Pick<StoreDatabase, 'db' | 'now'>;

/** Returns when something ends that takes this long from now. */
export const after = ({ now }: KeyDatabase, ms: number) => sql<number>`${now} + ${sql.lit(ms)}`;

/** Refers to a column of the row that is there already. */
const old = (column: string) => sql.ref(`patchbay_keys.${column}`);

/** Takes a key that is free, expired, or held by an attempt that gave no sign of life. Returns null when it is none of these. */
async function claim(
  database: StoreDatabase,
  key: string,
  fingerprint: string,
  { attempt, leaseMs }: { readonly attempt: string; readonly leaseMs: number },
): Promise<KeyState | null> {
  const { db, now } = database;
  const lease_until = after(database, leaseMs);
  const expires_at = after(database, KEY_LIFETIME_MS);
  const row = { key, fingerprint, state: 'CLAIMED' as const, attempt, sender: null, sent_at: null };
  const isOver = sql<boolean>`${old('expires_at')} <= ${now} and (${old('state')} = 'DONE' or ${old('lease_until')} <= ${now})`;
  /** Returns the new value of a row that is over, and otherwise the old one. */
  const renewed = <T>(column: string, value: unknown) =>
    sql<T>`case when ${isOver} then ${value} else ${old(column)} end`;
  const claimed = await db
    .insertInto('patchbay_keys')
    .values({ ...row, lease_until, expires_at, answer: null, is_known: 0 })
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet({
          attempt,
          lease_until,
          fingerprint: sql<string>`excluded.fingerprint`,
          state: renewed('state', sql`'CLAIMED'`),
          sender: renewed('sender', sql`null`),
          sent_at: renewed('sent_at', sql`null`),
          expires_at: renewed('expires_at', sql`excluded.expires_at`),
          answer: renewed('answer', sql`null`),
          is_known: renewed('is_known', sql`0`),
        })
        .where(
          sql<boolean>`(${isOver}) or (${old('state')} <> 'DONE' and ${old('lease_until')} <= ${now} and ${old('fingerprint')} = excluded.fingerprint)`,
        ),
    )
    .returning('sent_at')
    .executeTakeFirst();
  if (!claimed) return null;
  return claimed.sent_at === null ? { state: 'NEW' } : { state: 'SENT', sentAt: new Date(Number(claimed.sent_at)) };
}

/** Returns what another attempt has under the key; null when the key was removed meanwhile. */
async function stateOf({ db }: StoreDatabase, key: string, fingerprint: string): Promise<KeyState | null> {
  const row = await db
    .selectFrom('patchbay_keys')
    .select(['fingerprint', 'state', 'answer'])
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return null;
  if (row.fingerprint !== fingerprint) return { state: 'OTHER_INPUT' };
  if (row.state !== 'DONE' || row.answer === null) return { state: 'IN_PROGRESS' };
  return { state: 'DONE', answer: JSON.parse(row.answer) as StoredAnswer };
}

/** Returns the keys of a database. */
export function createKeyStore(database: StoreDatabase): IdempotencyStore {
  const { db, now, record } = database;
  const end = async (change: KeyChange, audit: AuditRecord | undefined) => {
    if (audit) await record(audit, change);
    else await change(db).execute();
  };
  return {
    begin: async (key, fingerprint, lease) => {
      for (let claims = 0; claims < MAX_CLAIMS; claims += 1) {
        const state = (await claim(database, key, fingerprint, lease)) ?? (await stateOf(database, key, fingerprint));
        if (state) return state;
      }
      return { state: 'IN_PROGRESS' };
    },
    markSending: async (key, attempt) => {
      const marked = await db
        .updateTable('patchbay_keys')
        .set({ state: 'SENDING', sender: attempt, sent_at: now })
        .where('key', '=', key)
        .where('attempt', '=', attempt)
        .where('state', '=', 'CLAIMED')
        .returning('key')
        .execute();
      return marked.length === 1;
    },
    renew: async (key, { attempt, leaseMs }) => {
      await db
        .updateTable('patchbay_keys')
        .set({ lease_until: after(database, leaseMs) })
        .where('key', '=', key)
        .where('attempt', '=', attempt)
        .execute();
    },
    finish: async (key, answer, { attempt, isKnown }, audit) => {
      const change: KeyChange = (query) =>
        query
          .updateTable('patchbay_keys')
          .set({ state: 'DONE', answer: JSON.stringify(answer), is_known: isKnown ? 1 : 0 })
          .where('key', '=', key)
          .where((row) => row.or([row('attempt', '=', attempt), row('sender', '=', attempt)]))
          .where('is_known', '=', 0)
          .$if(!isKnown, (unknown) => unknown.where('state', '<>', 'DONE'))
          .returning('key');
      await end(change, audit);
    },
    release: async (key, attempt, audit) => {
      const change: KeyChange = (query) =>
        query
          .deleteFrom('patchbay_keys')
          .where('key', '=', key)
          .where((row) => row.or([row('attempt', '=', attempt), row('sender', '=', attempt)]))
          .where('is_known', '=', 0)
          .returning('key');
      await end(change, audit);
    },
    check: async () => {
      await sql`select 1`.execute(db);
    },
  };
}

/** Removes the keys whose day is over. Until then they are only not used. */
export async function removeOldKeys({ db, now }: StoreDatabase): Promise<void> {
  await db.deleteFrom('patchbay_keys').where('expires_at', '<=', now).where('lease_until', '<=', now).execute();
}
