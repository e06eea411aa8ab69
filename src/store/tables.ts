// The tables of a store, and the migrations that create them. PostgreSQL and SQLite have the same tables.
import { type Kysely, sql, type Transaction } from 'kysely';

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

export interface Tables {
  readonly patchbay_keys: KeyTable;
  readonly patchbay_migrations: { readonly name: string };
}

type Migration = (db: Kysely<Tables>) => Promise<unknown>;

/** The table of rate-limiter-flexible, whose columns that library determines. */
export const LIMITS_TABLE = 'patchbay_limits';

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
