// The store in an SQLite file, for one machine. Every change is on the disk before it is acknowledged.
import { closeSync, openSync } from 'node:fs';
import Database from 'libsql';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { createAuditStore } from './audit-store.ts';
import { createKeyStore } from './key-store.ts';
import { createOperationStore } from './operation-table.ts';
import { filePathOf, type StoreAddress } from './auth.ts';
import { codeOf, StoreOpenError, type KeptMs, type ReportStoreFailure, type Store } from './store.ts';
import { isMigrated, migrate, type Tables } from './tables.ts';
import { recordInSqlite } from './record-audit.ts';
import { sweep } from './sweep.ts';
import { readWriteCounts } from './write-counts.ts';
import { withTypedAuditErrors, withTypedErrors, withTypedOperationErrors } from './typed-errors.ts';

const BUSY_MS = 5000;
const OWNER_ONLY = 0o600;

/** Opens a file and creates it where it is missing. Only the owner may read it. */
function openFile(path: string): Database.Database {
  closeSync(openSync(path, 'a', OWNER_ONLY));
  const file = new Database(path, { timeout: BUSY_MS });
  file.exec('pragma journal_mode = wal');
  file.exec('pragma synchronous = full');
  return file;
}

/** Opens the store of a file. @throws StoreOpenError when the file cannot be opened. */
export async function openSqlite(address: StoreAddress, report: ReportStoreFailure, keptMs: KeptMs): Promise<Store> {
  try {
    const file = openFile(filePathOf(address));
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) });
    if (!(await isMigrated(db))) {
      file.exec('begin immediate');
      await migrate(db);
      file.exec('commit');
    }
    const now = sql<number>`cast(unixepoch('subsec') * 1000 as integer)`;
    const database = { db, now, record: recordInSqlite(db, now) };
    const endSweeps = await sweep(database, keptMs);
    return {
      keys: withTypedErrors(createKeyStore(database), report),
      operations: withTypedOperationErrors(createOperationStore(database), report),
      audit: withTypedAuditErrors(createAuditStore(database), report),
      counterOf: null,
      writeCounts: async () => readWriteCounts(database),
      close: async () => {
        endSweeps();
        await db.destroy();
      },
    };
  } catch (thrown) {
    throw new StoreOpenError(`the file cannot be opened as a database (${codeOf(thrown) ?? 'unknown reason'})`);
  }
}
