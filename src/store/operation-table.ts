// Operations in a database: one row for each, and one for each of their targets. All times are those of the database's clock.
import { sql, type ExpressionBuilder, type Kysely, type Selectable } from 'kysely';
import type { AuditOrigin } from '../domain/audit-entry.ts';
import type { Lease } from '../services/idempotency/attempt.ts';
import type { StoredAnswer } from '../services/idempotency/idempotency.ts';
import {
  OPERATION_LIFETIME_MS,
  REPLACES,
  type NewOperation,
  type OperationStore,
  type Proof,
  type StoredOperation,
  type StoredTarget,
} from '../services/operations/operation-store.ts';
import { after, type KeyDatabase } from './key-store.ts';
import type { OperationTable, Tables, TargetTable } from './tables.ts';
import { countWriteAt } from './write-counts.ts';

const dateOf = (ms: number | string): Date => new Date(Number(ms));
const dateOrNull = (ms: number | string | null): Date | null => (ms === null ? null : dateOf(ms));

/** Stores an operation in place of an earlier one with its key. */
async function create(database: KeyDatabase, operation: NewOperation, { attempt, leaseMs }: Lease): Promise<void> {
  const { now } = database;
  const { id, key, caller, mutation, onFailure, unsearchable, origin, targets } = operation;
  await database.db.transaction().execute(async (db) => {
    if (key !== null) await removeWhere(db, (query) => query.where('key', '=', key));
    const times = { lease_until: after(database, leaseMs), started_at: now, finished_at: null };
    const texts = { unsearchable: JSON.stringify(unsearchable), origin: origin && JSON.stringify(origin) };
    await db
      .insertInto('patchbay_operations')
      .values({ id, key, caller, mutation, on_failure: onFailure, ...texts, attempt, ...times })
      .execute();
    const fresh = { operation: id, state: 'NOT_STARTED', sender: null, sent_at: null, result: null } as const;
    const rows = targets.map(({ instance, connection, proof }, position) => ({
      ...fresh,
      position,
      instance,
      connection,
      proof: proof && JSON.stringify(proof),
      changed_at: now,
    }));
    if (rows.length > 0) await db.insertInto('patchbay_targets').values(rows).execute();
  });
}

/** The operations that are removed, as a query of their ids. */
const idsWhere = (db: Kysely<Tables>) => db.selectFrom('patchbay_operations').select('id');

/** Removes operations with their targets. */
async function removeWhere(
  db: Kysely<Tables>,
  where: (query: ReturnType<typeof idsWhere>) => ReturnType<typeof idsWhere>,
): Promise<void> {
  await db
    .deleteFrom('patchbay_targets')
    .where('operation', 'in', where(idsWhere(db)))
    .execute();
  await db
    .deleteFrom('patchbay_operations')
    .where('id', 'in', where(idsWhere(db)))
    .execute();
}

const toTarget = (row: Selectable<TargetTable>): StoredTarget => ({
  position: row.position,
  instance: row.instance,
  connection: row.connection,
  proof: row.proof === null ? null : (JSON.parse(row.proof) as Proof),
  state: row.state,
  sentAt: dateOrNull(row.sent_at),
  changedAt: dateOf(row.changed_at),
  result: row.result === null ? null : (JSON.parse(row.result) as StoredAnswer),
});

const toOperation = (
  row: Selectable<OperationTable> & { readonly is_held: unknown },
  targets: readonly Selectable<TargetTable>[],
): StoredOperation => ({
  id: row.id,
  key: row.key,
  caller: row.caller,
  mutation: row.mutation,
  onFailure: row.on_failure,
  unsearchable: JSON.parse(row.unsearchable) as string[],
  origin: row.origin === null ? null : (JSON.parse(row.origin) as AuditOrigin),
  startedAt: dateOf(row.started_at),
  finishedAt: dateOrNull(row.finished_at),
  // SQLite returns 1 for true.
  isHeld: Boolean(row.is_held),
  targets: targets.map(toTarget),
});

async function find(
  { db, now }: KeyDatabase,
  by: { readonly id: string } | { readonly key: string },
): Promise<StoredOperation | null> {
  const row = await db
    .selectFrom('patchbay_operations')
    .selectAll()
    .select(sql`lease_until > ${now}`.as('is_held'))
    .$if('id' in by, (query) => query.where('id', '=', 'id' in by ? by.id : ''))
    .$if('key' in by, (query) => query.where('key', '=', 'key' in by ? by.key : ''))
    .executeTakeFirst();
  if (!row) return null;
  const targets = await db
    .selectFrom('patchbay_targets')
    .selectAll()
    .where('operation', '=', row.id)
    .orderBy('position')
    .execute();
  return toOperation(row, targets);
}

/** Returns the query of an operation's targets in a state, or in any other state. */
const targetsOf = (
  row: ExpressionBuilder<Tables, 'patchbay_operations'>,
  comparison: '=' | '<>',
  state: TargetTable['state'],
) =>
  row
    .selectFrom('patchbay_targets')
    .select('operation')
    .whereRef('patchbay_targets.operation', '=', 'patchbay_operations.id')
    .where('state', comparison, state);

/** Returns the methods that change an operation. */
function changesOf(database: KeyDatabase): Pick<OperationStore, 'takeOver' | 'renew' | 'finish' | 'listAbandoned'> {
  const { db, now } = database;
  return {
    takeOver: async (id, { attempt, leaseMs }) => {
      const taken = await db
        .updateTable('patchbay_operations')
        .set({ attempt, lease_until: after(database, leaseMs) })
        .where('id', '=', id)
        .where('lease_until', '<=', now)
        .returning('id')
        .execute();
      return taken.length === 1;
    },
    renew: async (id, { attempt, leaseMs }) => {
      await db
        .updateTable('patchbay_operations')
        .set({ lease_until: after(database, leaseMs) })
        .where('id', '=', id)
        .where('attempt', '=', attempt)
        .execute();
    },
    finish: async (id, attempt) => {
      const finished = await db
        .updateTable('patchbay_operations')
        .set({ finished_at: now, lease_until: now })
        .where('id', '=', id)
        .where('attempt', '=', attempt)
        .returning('id')
        .execute();
      return finished.length === 1;
    },
    listAbandoned: async () => {
      const rows = await db
        .selectFrom('patchbay_operations')
        .select('id')
        .where('on_failure', '=', 'COMPENSATE')
        .where('lease_until', '<=', now)
        .where((row) =>
          row.or([
            row('finished_at', 'is', null),
            row.and([row.exists(targetsOf(row, '=', 'DONE')), row.exists(targetsOf(row, '<>', 'DONE'))]),
          ]),
        )
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

/** Returns the methods that change a target. */
function targetChangesOf({ db, now }: KeyDatabase): Pick<OperationStore, 'start' | 'settle'> {
  const held = (id: string, attempt: string) =>
    db.selectFrom('patchbay_operations').select('id').where('id', '=', id).where('attempt', '=', attempt);
  return {
    start: async (id, position, attempt) => {
      const started = await db
        .updateTable('patchbay_targets')
        .set({ state: 'SENDING', sender: attempt, sent_at: now, changed_at: now })
        .where('operation', '=', id)
        .where('position', '=', position)
        .where('state', '=', 'NOT_STARTED')
        .where('operation', 'in', held(id, attempt))
        .returning('position')
        .execute();
      return started.length === 1;
    },
    settle: async (id, position, { state, connection, result }, attempt) => {
      await db
        .updateTable('patchbay_targets')
        .set({
          state,
          changed_at: now,
          ...(connection !== undefined && { connection }),
          ...(result !== undefined && { result: JSON.stringify(result) }),
        })
        .where('operation', '=', id)
        .where('position', '=', position)
        .where('state', 'in', REPLACES[state])
        .where((row) => row.or([row('sender', '=', attempt), row('operation', 'in', held(id, attempt))]))
        .execute();
      // Nobody may have asked for it just now: then no audit entry counts the write.
      if (state === 'UNDONE') await countWriteAt(db, id, position);
    },
  };
}

/** Returns the operations of a database. */
export const createOperationStore = (database: KeyDatabase): OperationStore => ({
  create: async (operation, lease) => create(database, operation, lease),
  find: async (by) => find(database, by),
  ...changesOf(database),
  ...targetChangesOf(database),
});

/** Removes the operations whose last change is a day ago, and on which nobody works. */
export async function removeOldOperations({ db, now }: KeyDatabase): Promise<void> {
  const since = sql<number>`${now} - ${sql.lit(OPERATION_LIFETIME_MS)}`;
  await removeWhere(db, (query) =>
    query
      .where('lease_until', '<=', now)
      .where('started_at', '<=', since)
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom('patchbay_targets')
              .select('operation')
              .whereRef('patchbay_targets.operation', '=', 'patchbay_operations.id')
              .where('changed_at', '>', since),
          ),
        ),
      ),
  );
}
