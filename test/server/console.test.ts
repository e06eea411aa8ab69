// How the gateway serves the console: its page, its files, and their headers.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseConfig, vendors } from '../../src/gateway.ts';
import { serve, type Served } from './serve.ts';

const page = { headers: { accept: 'text/html' } };

describe('the console', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve({ console: 'full', server: { graphiql: true } });
  });
  afterAll(() => served.close());

  it.each(['/', '/connections/abc', '/connections/abc/edit', '/instances', '/create', '/rotate', '/?vendor=OMNI'])(
    'the page is served at %s',
    async (path) => {
      const response = await served.fetch(path, page);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(await response.text()).toContain('<div id="root"></div>');
    },
  );

  it('the page runs no inline script, has a new nonce for styles each time, and loads from this server alone', async () => {
    const first = await served.fetch('/', page);
    const second = await served.fetch('/', page);
    const text = await first.text();
    const nonce = /<meta name="csp-nonce" content="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(nonce).toMatch(/^[\w+/]{22}==$/);
    expect(await second.text()).not.toContain(nonce);
    expect(first.headers.get('content-security-policy')).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|https?:/);
    expect(text).not.toContain('%');
  });

  it('the page is not stored, and its files are stored for a year', async () => {
    const index = await served.fetch('/', page);
    const [file = ''] = /\/assets\/[\w-]+\.js/.exec(await index.text()) ?? [];
    const asset = await served.fetch(file);
    expect(index.headers.get('cache-control')).toBe('no-store');
    expect(Object.fromEntries(asset.headers)).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      vary: 'accept-encoding',
    });
    const plain = await served.fetch(file, { headers: { 'accept-encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(await asset.text());
  });

  it.each([
    '/assets/missing.js',
    '/assets/../index.html',
    '/assets/%2e%2e/built-from.txt',
    '/connectionsx',
    '/toString',
  ])('nothing is served at %s', async (path) => {
    expect((await served.fetch(path, page)).status).toBe(404);
  });

  it('a POST to the page does not return the page', async () => {
    const response = await served.fetch('/', { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
  });

  it('GraphiQL stays at /graphql', async () => {
    const response = await served.fetch('/graphql', page);
    expect(await response.text()).toContain('GraphiQL');
  });
});

describe('the page needs no token, but its queries do', () => {
  const hash = 'sha256:njcgnHLy7asrCqBbGMW06xDO6dVwu68l1Uxg_zOhz1Y';
  const auth = { mode: 'tokens', tokens: [{ name: 'a', hash, scopes: ['connections:read'] }] };
  let served: Served;
  beforeAll(async () => {
    served = await serve({ console: 'readOnly', auth });
  });
  afterAll(() => served.close());

  it('the page and its files are served without a token, and say that the console is for reading', async () => {
    const index = await served.fetch('/', page);
    const text = await index.text();
    expect(text).toContain('<meta name="console-mode" content="readOnly" />');
    expect(text).toContain('<meta name="graphiql" content="off" />');
    const [file = ''] = /\/assets\/[\w-]+\.js/.exec(text) ?? [];
    expect((await served.fetch(file)).status).toBe(200);
  });

  it('a query without a token is refused', async () => {
    const body = JSON.stringify({ query: '{ viewer { name } }' });
    const headers = { 'content-type': 'application/json' };
    expect((await served.fetch('/graphql', { method: 'POST', body, headers })).status).toBe(401);
  });
});

describe('the documents of the console with trusted documents', () => {
  const documentsFile = new URL('../relay/compiled-documents.json', import.meta.url).pathname;
  const START = /"([0-9a-f]{64})":"(query ConsoleStart .*?[^\\])"/;
  const askStart = async (console: 'full' | 'off') => {
    const served = await serve({ console, server: { documents: 'trusted', documentsFile } });
    const manifest = await readFile(new URL('../../dist/console/documents.json', import.meta.url), 'utf8');
    const query: string = JSON.parse(`"${START.exec(manifest)?.[2] ?? ''}"`);
    const { data, errors } = await served.gateway.ask(query);
    await served.close();
    return errors?.[0]?.extensions['code'] ?? data.viewer.name;
  };

  it('are executed where the console is on, and refused where it is off', async () => {
    expect(await askStart('full')).toBe('anonymous');
    expect(await askStart('off')).toBe('PERSISTED_QUERY_ONLY');
  });
});

describe('the key console', () => {
  const instances = [{ key: 'omni', vendor: 'omni', baseUrl: 'https://acme.example/api', apiKey: 'a-key-of-omni' }];
  const modeOf = (rest: object, environment: Record<string, string> = {}) =>
    parseConfig({ instances, ...rest }, { vendors, environment }).console;

  it('is full by default, and off in production, with a prefix of type names', () => {
    expect(modeOf({})).toBe('full');
    expect(modeOf({}, { NODE_ENV: 'production' })).toBe('off');
    expect(modeOf({ federation: { typePrefix: 'Pb' } })).toBe('off');
  });

  it('is off by default with trusted documents, and can be set', () => {
    const documentsFile = new URL('../relay/compiled-documents.json', import.meta.url).pathname;
    const server = { documents: 'trusted', documentsFile };
    expect(modeOf({ server })).toBe('off');
    expect(modeOf({ server, console: 'full' })).toBe('full');
  });

  it('can be set, also in production and by a variable', () => {
    expect(modeOf({ console: 'readOnly' }, { NODE_ENV: 'production' })).toBe('readOnly');
    expect(modeOf({ console: '${CONSOLE}' }, { CONSOLE: 'off' })).toBe('off');
  });

  it('refuses other values, and what cannot work', () => {
    expect(() => modeOf({ console: 'open' })).toThrow('console: must be one of off, readOnly, full');
    expect(() => modeOf({ console: 'full', federation: { typePrefix: 'Pb' } })).toThrow(
      'console: does not work with `federation.typePrefix`, because it names types of the schema',
    );
  });

  it('a reload turns the console on and off', async () => {
    const served = await serve();
    const sources = { vendors, environment: {} };
    const { instances: sandbox } = served.gateway.sandbox;
    expect((await served.fetch('/', page)).status).toBe(404);
    await served.gateway.gateway.reload(parseConfig({ console: 'full', instances: sandbox }, sources));
    expect((await served.fetch('/', page)).status).toBe(200);
    await served.gateway.gateway.reload(parseConfig({ console: 'off', instances: sandbox }, sources));
    expect((await served.fetch('/', page)).status).toBe(404);
    await served.close();
  });
});
