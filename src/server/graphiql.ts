// GraphiQL, served whole from here: no script, style or font comes from anywhere else, nothing typed stays in the browser,
// and it opens on the worked examples.
import { readdir, readFile } from 'node:fs/promises';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import type { Plugin } from 'graphql-yoga';

/** What the page may load and speak to: itself. */
const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  "worker-src blob: 'self'",
  "style-src 'unsafe-inline'",
  'img-src data: blob:',
  'font-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

// GraphiQL keeps tabs with their variables, secrets among them, in localStorage; here it gets a store that is
// forgotten with the page.
const FORGETFUL_STORAGE = `<script>
for (const name of ['localStorage', 'sessionStorage']) {
  const kept = new Map();
  Object.defineProperty(window, name, { value: {
    get length() { return kept.size; },
    key: (at) => [...kept.keys()][at] ?? null,
    getItem: (key) => kept.get(String(key)) ?? null,
    setItem: (key, value) => void kept.set(String(key), String(value)),
    removeItem: (key) => void kept.delete(String(key)),
    clear: () => kept.clear(),
  } });
}
</script>`;

// Several tabs at once make GraphiQL's drag animation move a tab away from under the pointer: a click would not reach it.
const STILL_TABS = '<style>.graphiql-tab { transform: none !important }</style>';

interface Tab {
  readonly query: string;
  readonly variables?: string;
}

/** The worked examples, in the order of their file names; `x.variables.json` beside `x.graphql` fills the variables. */
export async function readTabs(folder: URL): Promise<Tab[]> {
  const names = (await readdir(folder)).toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  return Promise.all(
    names
      .filter((name) => name.endsWith('.graphql'))
      .map(async (name) => {
        const variables = name.replace(/\.graphql$/, '.variables.json');
        const query = await readFile(new URL(name, folder), 'utf8');
        return names.includes(variables)
          ? { query, variables: await readFile(new URL(variables, folder), 'utf8') }
          : { query };
      }),
  );
}

/** The page; made once, for it is large. */
export const renderPage = (tabs: readonly Tab[]): string =>
  renderGraphiQL({
    title: 'Patchbay',
    defaultTabs: [...tabs],
    defaultEditorToolsVisibility: 'variables',
    shouldPersistHeaders: false,
    subscriptionsProtocol: 'SSE',
  }).replace('<head>', `<head>${FORGETFUL_STORAGE}${STILL_TABS}`);

export const usePagePolicy = (): Plugin => ({
  onResponse: ({ response }) => {
    if (response.headers.get('content-type')?.startsWith('text/html')) {
      response.headers.set('content-security-policy', POLICY);
      response.headers.set('referrer-policy', 'no-referrer');
    }
  },
});
