// GraphiQL in a real browser: it works without the internet, and stores nothing that was typed.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCanary, makeCanary } from '../secrets/canary.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { isBrowserMissing, launchBrowser } from './chromium.ts';
import { keptBy, WAYS_TO_KEEP } from './storage.ts';

describe.skipIf(isBrowserMissing)('GraphiQL in Chromium (skipped when there is no Chromium; set CHROMIUM)', () => {
  let testGateway: TestGateway;
  let server: Server;
  let browser: Browser;
  let page: Page;
  let origin: string;
  const requested: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    testGateway = await startTestGateway({ server: { graphiql: true } });
    server = createServer((request, response) => testGateway.gateway.handle(request, response));
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('request', (request) => requested.push(request.url()));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${origin}/graphql`);
    await page.waitForSelector('.graphiql-execute-button');
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
    await testGateway?.close();
  });

  const press = () => page.click('.graphiql-execute-button');
  // The pane spaces its lines with no-break spaces.
  const resultPane = async () => (await page.locator('.result-window').innerText()).replaceAll('\u00a0', ' ');

  /** Presses the button and waits until the page shows the text; gives all that the result pane shows. */
  const run = async (until: string): Promise<string> => {
    await press();
    const settled = async () => {
      const text = await resultPane();
      // GraphiQL learns a moment after a switch which operation the tab holds; until then it sends nothing.
      if (text.includes('Cannot infer operation')) await press();
      return text;
    };
    await expect.poll(settled, { timeout: 15_000 }).toContain(until);
    return resultPane();
  };

  it('GraphiQL opens with a tab for each example', async () => {
    const tabs = await page.locator('.graphiql-tab-button').allInnerTexts();
    expect(tabs.slice(0, 3)).toEqual(['ListConnections', 'CreateConnection', 'ReadConnection']);
    expect(tabs.length).toBeGreaterThanOrEqual(16);
  });

  it('the welcome names the instances, and the page has no link to a console that is off', async () => {
    const bar = page.locator('#bar');
    await expect
      .poll(() => bar.innerText())
      .toBe(
        'Welcome to Patchbay. Each tab is an example operation that you can run. Instances: Looker (sandbox), Omni (sandbox), Credible (sandbox), Chartbrew (sandbox).',
      );
    expect(await bar.getByRole('link').count()).toBe(0);
  });

  it('GraphiQL runs the query of the first tab and shows rows of the vendors', async () => {
    const shown = await run('"isComplete": true');
    expect(shown).toContain('"vendor": "CHARTBREW"');
    expect(shown).toContain('"vendor": "LOOKER"');
  });

  it('GraphiQL creates a connection with the second tab, and does not show the password', async () => {
    await page.locator('.graphiql-tab-button').nth(1).click();
    const shown = await run('"__typename": "CreateConnectionSuccess"');
    expect(shown).toContain('"mask": "••••••••"');
    expect(shown).not.toContain('correct horse');
    expect(await testGateway.posted('looker')).toMatchObject([{ password: 'correct horse battery staple' }]);
  });

  it('GraphiQL stores nothing that was typed in the browser', async () => {
    const { origins, cookies } = await page.context().storageState({ indexedDB: true });
    expect(origins).toEqual([]);
    expect(cookies).toEqual([]);
  });

  const canary = makeCanary();
  const lastPosted = async () => (await testGateway.posted('looker')).at(-1);

  it('GraphiQL stores no secret that was typed and sent, in any storage or URL', async () => {
    await page.locator('.graphiql-tab-button').nth(1).click();
    const editor = page.locator('.graphiql-editor-tool .monaco-editor').first();
    await editor.click();
    await page.keyboard.press('ControlOrMeta+A');
    const postgres = { host: 'db.example.com', database: 'app', password: canary.core };
    const input = { instance: 'looker', name: 'typed', config: { postgres } };
    await page.evaluate((text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, JSON.stringify({ input }));
    await press();
    await expect.poll(lastPosted, { timeout: 15_000 }).toMatchObject({ name: 'typed', password: canary.core });
    expect(findCanary(await page.content(), [canary]), 'the page itself holds what was typed').toEqual(canary);

    const kept = await keptBy(page);
    expect(Object.entries(kept).filter(([, text]) => findCanary(text, [canary]))).toEqual([]);
    expect(kept).toMatchObject({ localStorage: '', sessionStorage: '', cookies: '', addresses: /\/graphql/ });
  });

  it('GraphiQL has forgotten the input after a reload', async () => {
    await page.reload();
    await page.waitForSelector('.graphiql-execute-button');
    expect(findCanary(await page.content(), [canary])).toBeUndefined();
    const kept = await keptBy(page);
    expect(Object.entries(kept).filter(([, text]) => findCanary(text, [canary]))).toEqual([]);
  });

  // Another page of the same origin, whose storages are the browser's own.
  it.each(Object.entries(WAYS_TO_KEEP))('the search finds a secret in %s', async (place, keep) => {
    const context = await browser.newContext();
    const careless = await context.newPage();
    await careless.goto(`${origin}/health`);
    await careless.evaluate(keep, canary.core);
    const kept = await keptBy(careless);
    expect(Object.entries(kept).flatMap(([name, text]) => (findCanary(text, [canary]) ? [name] : []))).toEqual([place]);
    await context.close();
  });

  it('GraphiQL requested nothing from other servers', () => {
    const elsewhere = requested.filter((url) => !url.startsWith(`${origin}/`) && !/^(data:|blob:)/.test(url));
    expect(elsewhere).toEqual([]);
    expect(requested).toContain(`${origin}/graphql`);
  });

  it('GraphiQL ran without an error in the console, so that its content security policy is sufficient', () => {
    expect(complaints).toEqual([]);
  });
});
