// Opens stores for tests.
import { createCredential } from '../../src/config/references.ts';
import { openStore, type StoreOptions } from '../../src/store/open-store.ts';
import type { Store } from '../../src/store/store.ts';

/** Opens the store of a URL. */
export const openAt = async (url: string, options: StoreOptions = {}): Promise<Store> =>
  openStore({ url: createCredential(url, {}), password: undefined }, options);
