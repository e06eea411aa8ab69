// The store in a PostgreSQL database, for any number of replicas. It uses no session locks, so that it works through PgBouncer in
// transaction mode.
import { Kysely, PostgresDialect, sql, type PostgresPool, type PostgresPoolClient } from 'kysely';
import { DatabaseError, Pool } from 'pg';
import { postgresSettings, type StoreAddress } from './auth.ts';
import { createAuditStore } from './audit-store.ts';
import { createKeyStore } from './key-store.ts';
import { createOperationStore } from './operation-table.ts';
import { createPostgresCounters } from './postgres-counters.ts';
import { recordInPostgres } from './record-audit.ts';
import { codeOf, StoreOpenError, type KeptMs, type ReportStoreFailure, type Store } from './store.ts';
import { sweep } from './sweep.ts';
import { readWriteCounts } from './write-counts.ts';
import { withTypedAuditErrors, withTypedErrors, withTypedOperationErrors } from './typed-errors.ts';
import { isMigrated, migrate, type Tables } from './tables.ts';

const CONNECT_MS = 3000;
const STATEMENT_MS = 5000;
/** Longer than the limit of the server, so that the server's answer arrives first. */
const QUERY_MS = 6000;
const MIGRATION_LOCK_MS = 30_000;
const MAX_CONNECTIONS = 10;
/** Identifies the lock of the migrations: the letters `ptch` as a number. */
const MIGRATION_LOCK = 0x70_74_63_68;
/** A pooler answers this to a setting that it does not know. */
const PROTOCOL_VIOLATION = '08P01';

/** Returns a pool. @param limitsStatements whether the server is asked to end long statements; poolers may refuse this. */
function createPool(address: StoreAddress, limitsStatements: boolean, report: ReportStoreFailure): Pool {
  const pool = new Pool({
    ...postgresSettings(address),
    max: MAX_CONNECTIONS,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    ...(limitsStatements && { statement_timeout: STATEMENT_MS }),
    allowExitOnIdle: true,
    application_name: 'patchbay',
  });
  // Without listeners, a lost connection would end the process.
  pool.on('error', (error) => report(error, codeOf(error)));
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Returns a pool that can connect. @throws what pg throws. */
async function connect(address: StoreAddress, report: ReportStoreFailure): Promise<Pool> {
  const pool = createPool(address, true, report);
  try {
    await pool.query('select 1');
    return pool;
  } catch (error) {
    await pool.end();
    if (codeOf(error) !== PROTOCOL_VIOLATION) throw error;
    return createPool(address, false, report);
  }
}

/** The SQLSTATEs with which the server ends a connection. */
const ENDS_CONNECTION = /^(?:08|57P)/;

/**
 * Returns whether a connection can be used after an error. An error of the server has an SQLSTATE. After any other, the connection may
 * still wait for an answer.
 */
const isUsableAfter = (error: unknown): boolean =>
  error instanceof DatabaseError && !ENDS_CONNECTION.test(error.code ?? '');

/** Returns a pool for kysely that closes each connection whose query failed without an answer of the server. */
function discardingPool(pool: Pool): PostgresPool {
  return {
    connect: async () => {
      const client = await pool.connect();
      let isLost = false;
      const query = async (text: string, values: readonly unknown[]) => {
        try {
          return await client.query(text, [...values]);
        } catch (error) {
          isLost ||= !isUsableAfter(error);
          throw error;
        }
      };
      // The type has a second signature, for cursors, which are not used.
      return { query, release: () => client.release(isLost) } as unknown as PostgresPoolClient;
    },
    end: async () => pool.end(),
  };
}

/** Migrates under a lock that ends with the transaction, so that replicas that start together wait for each other. */
async function migrateUnderLock(db: Kysely<Tables>): Promise<void> {
  if (await isMigrated(db)) return;
  await db.transaction().execute(async (transaction) => {
    await sql`set local lock_timeout = ${sql.lit(MIGRATION_LOCK_MS)}`.execute(transaction);
    await sql`set local statement_timeout = 0`.execute(transaction);
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(transaction);
    await migrate(transaction);
  });
}

/** Opens the store of a database, and migrates it. @throws StoreOpenError when the database cannot be used. */
export async function openPostgres(address: StoreAddress, report: ReportStoreFailure, keptMs: KeptMs): Promise<Store> {
  let pool: Pool | null = null;
  try {
    pool = await connect(address, report);
    const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: discardingPool(pool) }) });
    await migrateUnderLock(db);
    const now = sql<number>`cast(extract(epoch from clock_timestamp()) * 1000 as bigint)`;
    const database = { db, now, record: recordInPostgres(db, now) };
    const endSweeps = await sweep(database, keptMs);
    return {
      keys: withTypedErrors(createKeyStore(database), report),
      operations: withTypedOperationErrors(createOperationStore(database), report),
      audit: withTypedAuditErrors(createAuditStore(database), report),
      counterOf: createPostgresCounters(pool, report),
      writeCounts: async () => readWriteCounts(database),
      close: async () => {
        endSweeps();
        await db.destroy();
      },
    };
  } catch (thrown) {
    await pool?.end();
    if (thrown instanceof StoreOpenError) throw thrown;
    throw new StoreOpenError(`the database cannot be used (${codeOf(thrown) ?? 'no answer'})`);
  }
}
