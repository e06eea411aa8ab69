// The command `migrate`: brings the database of the store to this version, with the rights of whoever runs it.
import { ConfigError, loadStoreConfig } from '../config/parse-config.ts';
import { openStore } from '../store/open-store.ts';
import { StoreOpenError } from '../store/store.ts';
import { env, print, requireConfig, UsageError } from './process.ts';

/** Runs the command. @throws UsageError without a file or without a store; ConfigError for mistakes, and when the store cannot be opened. */
export async function migrateStore(path: string | undefined): Promise<void> {
  const { address } = await loadStoreConfig(requireConfig(path), env);
  if (!address) throw new UsageError('The configuration names no database. Set `store.url` to file: or postgres://.');
  try {
    await (await openStore(address)).close();
  } catch (error) {
    if (!(error instanceof StoreOpenError)) throw error;
    throw new ConfigError([`store.url: ${error.message}`]);
  }
  print('The store is up to date.');
}
