// The store in an SQLite file, for one machine. Every change is on the disk before it is acknowledged.
import { closeSync, openSync } from 'node:fs';
import Database from 'libsql';
import { Kysely, sql, SqliteDialect } from 'kysely';
import { createKeyStore } from './key-store.ts';
import { createOperationStore } from './operation-table.ts';
import { sweep } from './sweep.ts';
import { filePathOf, type StoreAddress } from './auth.ts';
import { codeOf, StoreOpenError, type ReportStoreFailure, type Store } from './store.ts';
import { isMigrated, migrate, type Tables } from './tables.ts';
import { withTypedErrors, withTypedOperationErrors } from './typed-errors.ts';

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
export async function openSqlite(address: StoreAddress, report: ReportStoreFailure): Promise<Store> {
  try {
    const file = openFile(filePathOf(address));
    const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: file }) });
    if (!(await isMigrated(db))) {
      file.exec('begin immediate');
      await migrate(db);
      file.exec('commit');
    }
    const database = { db, now: sql<number>`cast(unixepoch('subsec') * 1000 as integer)` };
    const endSweep = await sweep(database);
    const keys = withTypedErrors(createKeyStore(database), report);
    return {
      keys,
      operations: withTypedOperationErrors(createOperationStore(database), report),
      counterOf: null,
      close: async () => {
        endSweep();
        await db.destroy();
      },
    };
  } catch (thrown) {
    throw new StoreOpenError(`the file cannot be opened as a database (${codeOf(thrown) ?? 'unknown reason'})`);
  }
}
