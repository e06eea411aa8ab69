// The tables of a store, and the migrations that create them. PostgreSQL and SQLite have the same tables.
import { type Kysely, sql, type Transaction } from 'kysely';
import type { OnFailure, OperationMutation, TargetState } from '../services/operations/operation-store.ts';

/** A row for each idempotency key. No column has a secret, a key or an input: only HMACs, ids, codes and times. */
export interface KeyTable {
  /** HMAC of the caller, the mutation and the key. */
  readonly key: string;
  /** HMAC of the input. */
  readonly fingerprint: string;
  readonly state: 'CLAIMED' | 'SENDING' | 'DONE';
  /** The attempt that holds the key. */
  readonly attempt: string;
  /** The attempt that sent the write; null as long as nothing was sent. */
  readonly sender: string | null;
  /** When the write was about to be sent. This and the next two are milliseconds since 1970 on the clock of the database. PostgreSQL returns them as text. */
  readonly sent_at: number | string | null;
  readonly lease_until: number;
  readonly expires_at: number;
  /** JSON; null until the state is DONE. */
  readonly answer: string | null;
  /** 1 when the answer says whether the write was done, and otherwise 0. */
  readonly is_known: number;
}

/** A row for each operation: a mutation that writes at several targets. Times are as in KeyTable. */
export interface OperationTable {
  /** A UUID. */
  readonly id: string;
  /** HMAC of the caller, the mutation and the idempotency key; null without a key. */
  readonly key: string | null;
  /** HMAC of the caller. */
  readonly caller: string;
  readonly mutation: OperationMutation;
  readonly on_failure: OnFailure | null;
  /** JSON: the keys of the instances that a match could not search. */
  readonly unsearchable: string;
  /** JSON: what the audit entry says of the request; null for an operation that no other process ends. */
  readonly origin: string | null;
  /** The attempt that holds the operation. */
  readonly attempt: string;
  readonly lease_until: number;
  readonly started_at: number | string;
  /** Null until the work has ended. */
  readonly finished_at: number | string | null;
}

/** A row for each target of an operation. It has no secret and no setting: only keys, ids, codes, HMACs and times. */
export interface TargetTable {
  /** Id of the operation. */
  readonly operation: string;
  readonly position: number;
  /** Key of the instance. */
  readonly instance: string;
  /** Global id of the connection; null as long as there is none. */
  readonly connection: string | null;
  /** JSON: what recognizes the connection that a create makes; null where nothing does. */
  readonly proof: string | null;
  readonly state: TargetState;
  /** The attempt that sent the write; null as long as nothing was sent. */
  readonly sender: string | null;
  readonly sent_at: number | string | null;
  readonly changed_at: number | string;
  /** JSON: the outcome; null as long as there is none. */
  readonly result: string | null;
}

/** A row for each mutation. It has no secret. */
export interface AuditTable {
  /** 32 hexadecimal digits. */
  readonly id: string;
  /** When the mutation ended, in milliseconds since 1970 on the clock of the database. PostgreSQL returns it as text. */
  readonly at: number | string;
  readonly caller: string;
  readonly mutation: string;
  readonly outcome: string;
  /** The other parts of the entry, as JSON. */
  readonly entry: string;
}

/** A row for each text by which an entry is found: a connection, an instance, or the tag of a secret. */
export interface AuditTermTable {
  readonly term: string;
  /** The time and the id of the entry. */
  readonly at: number | string;
  readonly id: string;
}

/** A row for each secret of a connection that was set through Patchbay. */
export interface SecretTimeTable {
  /** Global id. */
  readonly connection: string;
  /** Path of the field, joined by dots: `config.postgres.password`. */
  readonly path: string;
  /** When it was last set, in milliseconds since 1970 on the clock of the database. */
  readonly at: number | string;
}

/** How often mutations may have written at an instance. */
export interface WriteCountTable {
  /** Key of the instance. */
  readonly instance: string;
  /** PostgreSQL returns it as text. */
  readonly count: number | string;
}

export interface Tables {
  readonly patchbay_operations: OperationTable;
  readonly patchbay_targets: TargetTable;
  readonly patchbay_keys: KeyTable;
  readonly patchbay_audit: AuditTable;
  readonly patchbay_audit_terms: AuditTermTable;
  readonly patchbay_secret_times: SecretTimeTable;
  readonly patchbay_writes: WriteCountTable;
  readonly patchbay_migrations: { readonly name: string };
}

type Migration = (db: Kysely<Tables>) => Promise<unknown>;

/** The table of rate-limiter-flexible, whose columns that library determines. */
export const LIMITS_TABLE = 'patchbay_limits';

async function createOperationTables({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('patchbay_operations')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('key', 'text', (column) => column.unique())
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('mutation', 'text', (column) => column.notNull())
    .addColumn('on_failure', 'text')
    .addColumn('unsearchable', 'text', (column) => column.notNull())
    .addColumn('attempt', 'text', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('finished_at', 'bigint')
    .execute();
  await schema
    .createTable('patchbay_targets')
    .addColumn('operation', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('instance', 'text', (column) => column.notNull())
    .addColumn('connection', 'text')
    .addColumn('proof', 'text')
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('sender', 'text')
    .addColumn('sent_at', 'bigint')
    .addColumn('changed_at', 'bigint', (column) => column.notNull())
    .addColumn('result', 'text')
    .addPrimaryKeyConstraint('patchbay_targets_key', ['operation', 'position'])
    .execute();
}

/** Creates the tables of the audit. Their indexes have the order of pages: by time, then by id. */
async function createAuditTables({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('patchbay_audit')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('caller', 'text', (column) => column.notNull())
    .addColumn('mutation', 'text', (column) => column.notNull())
    .addColumn('outcome', 'text', (column) => column.notNull())
    .addColumn('entry', 'text', (column) => column.notNull())
    .execute();
  await schema.createIndex('patchbay_audit_at').on('patchbay_audit').columns(['at', 'id']).execute();
  for (const column of ['caller', 'mutation', 'outcome']) {
    await schema.createIndex(`patchbay_audit_${column}`).on('patchbay_audit').columns([column, 'at', 'id']).execute();
  }
  await schema
    .createTable('patchbay_audit_terms')
    .addColumn('term', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('patchbay_audit_terms_key', ['term', 'at', 'id'])
    .execute();
  await schema.createIndex('patchbay_audit_terms_at').on('patchbay_audit_terms').columns(['at', 'id']).execute();
  await schema
    .createTable('patchbay_secret_times')
    .addColumn('connection', 'text', (column) => column.notNull())
    .addColumn('path', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('patchbay_secret_times_key', ['connection', 'path'])
    .execute();
}

/** The migrations by name, in their order. A released one never changes: the versions of two releases run side by side. */
const MIGRATIONS: readonly (readonly [string, Migration])[] = [
  [
    '1-keys',
    async ({ schema }) => {
      await schema
        .createTable('patchbay_keys')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('attempt', 'text', (column) => column.notNull())
        .addColumn('sender', 'text')
        .addColumn('sent_at', 'bigint')
        .addColumn('lease_until', 'bigint', (column) => column.notNull())
        .addColumn('expires_at', 'bigint', (column) => column.notNull())
        .addColumn('answer', 'text')
        .addColumn('is_known', 'integer', (column) => column.notNull())
        .execute();
      await schema.createIndex('patchbay_keys_expires_at').on('patchbay_keys').column('expires_at').execute();
    },
  ],
  [
    '2-limits',
    async ({ schema }) =>
      schema
        .createTable(LIMITS_TABLE)
        .addColumn('key', 'varchar(255)', (column) => column.primaryKey())
        .addColumn('points', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('expire', 'bigint')
        .execute(),
  ],
  ['3-audit', createAuditTables],
  ['4-operations', createOperationTables],
  [
    '5-writes',
    async ({ schema }) =>
      schema
        .createTable('patchbay_writes')
        .addColumn('instance', 'text', (column) => column.primaryKey())
        .addColumn('count', 'bigint', (column) => column.notNull())
        .execute(),
  ],
  ['6-origins', async ({ schema }) => schema.alterTable('patchbay_operations').addColumn('origin', 'text').execute()],
];

/** Returns the names of the migrations that were carried out. @throws when the table of migrations cannot be read. */
async function doneMigrations(db: Kysely<Tables>): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('patchbay_migrations').select('name').execute();
  return new Set(rows.map(({ name }) => name));
}

/** Returns whether all migrations of this version were carried out. Those of a later version may be there too. */
export const isMigrated = async (db: Kysely<Tables>): Promise<boolean> =>
  doneMigrations(db).then(
    (done) => MIGRATIONS.every(([name]) => done.has(name)),
    () => false,
  );

/** Carries out the migrations that are missing. The caller holds a lock, in a transaction. */
export async function migrate(db: Kysely<Tables> | Transaction<Tables>): Promise<void> {
  await sql`create table if not exists patchbay_migrations (name text primary key)`.execute(db);
  const done = await doneMigrations(db);
  for (const [name, run] of MIGRATIONS) {
    if (done.has(name)) continue;
    await run(db);
    await db.insertInto('patchbay_migrations').values({ name }).execute();
  }
}
