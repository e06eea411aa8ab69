// Serves GraphiQL with a bar above it. All scripts, styles and fonts come from this server. Nothing that a user types is stored in the
// browser. The page opens with the example operations.
import { readdir, readFile } from 'node:fs/promises';

/** The content security policy of the page: it may load from and connect to this server only. */
export const PAGE_POLICY = [
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

// GraphiQL stores tabs with their variables, which may hold secrets, in localStorage. This script replaces it by storage in memory.
const IN_MEMORY_STORAGE = `<script>
for (const name of ['localStorage', 'sessionStorage']) {
  const items = new Map();
  Object.defineProperty(window, name, { value: {
    get length() { return items.size; },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(String(key)) ?? null,
    setItem: (key, value) => void items.set(String(key), String(value)),
    removeItem: (key) => void items.delete(String(key)),
    clear: () => items.clear(),
  } });
}
</script>`;

// With several tabs, GraphiQL's drag animation moves a tab away from the pointer, so that a click misses it. The tabs
// take several lines where the window is wide enough; GraphiQL itself would hide those for which one line has no space.
const TAB_STYLE = `<style>
.graphiql-tab { transform: none !important; }
#root .graphiql-tabs { scrollbar-width: thin; }
@media (min-width: 800px) {
  #root .graphiql-session-header { height: auto; }
  #root .graphiql-tabs { flex-wrap: wrap; row-gap: 4px; }
  #root .graphiql-tab-button { padding-block: 2px; font-size: 14px; }
}
</style>`;

/** What the bar above GraphiQL has. */
export interface PageOptions {
  /** Whether the bar has a field for the token of the caller. */
  readonly asksForToken: boolean;
  /** Whether the gateway serves the console, to which the bar then has a link. */
  readonly hasConsole: boolean;
}

const BAR_STYLE = `<style>
#body { display: flex; flex-direction: column; height: 100vh; margin: 0; }
#body > #root { flex: 1; height: auto; min-height: 0; }
#root .graphiql-container { height: 100%; }
#bar { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; padding: 6px 12px; font: 14px sans-serif; background: #1f2937; color: #fff; }
#bar a { color: #93c5fd; }
#bar p { margin: 0; }
#bar label { white-space: nowrap; }
#token { width: min(420px, 60vw); margin: 0 8px; padding: 4px 6px; -webkit-text-security: disc; }
</style>`;

// The token is kept in a variable of this script alone. The field is no password field and belongs to no form, so that the browser does
// not offer to store the token.
const TOKEN_FIELD = `<label>Token <input id="token" type="text" autocomplete="off" autocapitalize="off" spellcheck="false"
 placeholder="sent as Authorization: Bearer">It is forgotten when you leave or reload the page.</label>
<script>
{
  let token = '';
  const plainFetch = window.fetch;
  window.fetch = (input, init = {}) => {
    const headers = new Headers(init.headers ?? (input instanceof Request ? input.headers : undefined));
    if (token !== '' && !headers.has('authorization')) headers.set('authorization', 'Bearer ' + token);
    return plainFetch(input, { ...init, headers });
  };
  // The button is disabled while the page reads the schema.
  const readSchema = () => {
    const button = document.querySelector('[aria-label^="Re-fetch GraphQL schema"]');
    if (button && !button.disabled) button.click();
    else setTimeout(readSchema, 100);
  };
  document.getElementById('token').addEventListener('change', ({ target }) => {
    token = target.value.trim();
    void nameInstances();
    readSchema();
  });
}
</script>`;

// The welcome asks the gateway for the instances by the public API, so that it names to each caller what this caller may see.
const WELCOME = `<p>Welcome to Patchbay. Each tab is an example operation that you can run. <span id="instances" role="status"></span></p>
<script>
const nameInstances = async () => {
  const body = JSON.stringify({ query: 'query Welcome { vendors { instances { label } } }' });
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const answer = await fetch(location.pathname, { method: 'POST', headers, body }).then((response) => response.json(), () => null);
  const labels = (answer?.data?.vendors ?? []).flatMap(({ instances }) => instances.map(({ label }) => label));
  document.getElementById('instances').textContent = labels.length > 0 ? 'Instances: ' + labels.join(', ') + '.' : '';
};
</script>`;

/** Returns the HTML of the bar above GraphiQL. Where callers are authenticated, it asks for the instances once it has a token. */
function barOf({ asksForToken, hasConsole }: PageOptions): string {
  const asks = asksForToken ? TOKEN_FIELD : '<script>void nameInstances();</script>';
  return `${BAR_STYLE}<header id="bar">${WELCOME}${asks}${hasConsole ? '<a href="/">Console</a>' : ''}</header>`;
}

const BODY = '<body id="body" class="no-focus-outline">';

interface Tab {
  readonly query: string;
  readonly variables?: string;
}

/** Returns the example operations of a folder in the order of their file names. `x.variables.json` holds the variables of `x.graphql`. */
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

/** Returns the HTML of the page. It is large, so call this once. GraphiQL itself, with 9 MB, is loaded for the first page only. */
export async function renderPage(tabs: readonly Tab[], options: PageOptions): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const page = renderGraphiQL({
    title: 'Patchbay',
    defaultTabs: [...tabs],
    defaultEditorToolsVisibility: 'variables',
    shouldPersistHeaders: false,
    subscriptionsProtocol: 'SSE',
  });
  const head = `<head>${IN_MEMORY_STORAGE}${TAB_STYLE}`;
  return page.replace('<head>', head).replace(BODY, BODY + barOf(options));
}
