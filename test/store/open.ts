// Opens stores for tests.
import { onTestFinished } from 'vitest';
import { createCredential } from '../../src/config/references.ts';
import { openStore, type StoreOptions } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';

/** Opens the store of a URL. */
export const openAt = async (url: string, options: StoreOptions = {}): Promise<Store> =>
  openStore({ url: createCredential(url, {}), password: undefined }, options);

/** Opens the store of a URL, and closes it after the test. */
export async function open(url: string): Promise<Store> {
  const store = await openAt(url);
  onTestFinished(() => store.close());
  return store;
}
