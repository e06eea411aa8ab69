// Reads everything that a browser stores for a page: storages, cookies, caches and URLs. It is read from outside the page, because the
// page may have replaced its storages.
import type { Page } from 'playwright-core';

interface Entries {
  readonly entries: readonly (readonly string[])[];
}

interface History {
  readonly entries: readonly { readonly url: string; readonly title: string }[];
}

/** What any page of the same origin can reach. It runs in the browser. */
async function readDatabases(): Promise<unknown> {
  // oxlint-disable-next-line unicorn/consistent-function-scoping -- this function alone is sent to the browser
  const read = async (name: string): Promise<unknown> => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name);
      opening.addEventListener('success', () => resolve(opening.result));
    });
    const stores = [...database.objectStoreNames].map(
      async (store) =>
        new Promise((resolve) => {
          const asking = database.transaction(store).objectStore(store).getAll();
          asking.addEventListener('success', () => resolve([store, asking.result]));
        }),
    );
    const found = await Promise.all(stores);
    database.close();
    return [name, found];
  };
  const databases = await indexedDB.databases();
  const workers = await navigator.serviceWorker.getRegistrations();
  return {
    databases: await Promise.all(databases.map(async ({ name = '' }) => read(name))),
    caches: await caches.keys(),
    workers: workers.map(({ scope }) => scope),
  };
}

/** Runs in the browser. */
async function putIntoDatabase(text: string): Promise<void> {
  const opening = indexedDB.open('drafts');
  opening.addEventListener('upgradeneeded', () => {
    opening.result.createObjectStore('tabs').put(text, 1);
  });
  await new Promise<void>((resolve) => {
    opening.addEventListener('success', () => {
      opening.result.close();
      resolve();
    });
  });
}

/** Ways to leave a text in each place, for the page to run. */
export const WAYS_TO_KEEP: Readonly<Record<string, (text: string) => void | Promise<void>>> = {
  localStorage: (text) => localStorage.setItem('graphiql:tabState', text),
  sessionStorage: (text) => sessionStorage.setItem(text, '1'),
  cookies: (text) => void (document.cookie = `last=${text}`),
  addresses: (text) => history.pushState(null, '', `?variables=${text}`),
  'the name of the window': (text) => void (window.name = text),
  databases: putIntoDatabase,
};

/** Each place, as text; empty where there is nothing. */
export async function keptBy(page: Page): Promise<Record<string, string>> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  const stored = async (isLocalStorage: boolean): Promise<string> => {
    const storageId = { securityOrigin: origin, isLocalStorage };
    const { entries }: Entries = await session.send('DOMStorage.getDOMStorageItems', { storageId });
    return entries.flat().join('\n');
  };
  const { entries }: History = await session.send('Page.getNavigationHistory');
  const { cookies } = await page.context().storageState();
  const kept = {
    localStorage: await stored(true),
    sessionStorage: await stored(false),
    cookies: cookies.map(({ name, value }) => `${name}=${value}`).join('\n'),
    addresses: entries.map(({ url, title }) => `${url} ${title}`).join('\n'),
    'the name of the window': await page.evaluate(() => window.name),
    databases: JSON.stringify(await page.evaluate(readDatabases)),
  };
  await session.detach();
  return kept;
}
