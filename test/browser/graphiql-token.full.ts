// GraphiQL where callers are authenticated, in a real browser: it has a field for the token, which is kept in memory alone.
import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCanary, makeCanary } from '../secrets/canary.ts';
import { serve, type Served } from '../server/serve.ts';
import { isBrowserMissing, launchBrowser } from './chromium.ts';
import { keptBy } from './storage.ts';

describe.skipIf(isBrowserMissing)('GraphiQL with a token in Chromium', () => {
  const token = makeCanary();
  let served: Served;
  let browser: Browser;
  let page: Page;
  const sent: (string | undefined)[] = [];

  const open = async () => {
    await page.goto(`${served.origin}/graphql`);
    await page.waitForSelector('.graphiql-execute-button');
  };
  const resultPane = async () => (await page.locator('.result-window').innerText()).replaceAll('\u00a0', ' ');
  const run = async (until: string) => {
    const settled = async () => {
      const text = await resultPane();
      if (!text.includes(until)) await page.click('.graphiql-execute-button');
      return resultPane();
    };
    await expect.poll(settled, { timeout: 15_000, interval: 500 }).toContain(until);
  };

  beforeAll(async () => {
    const hash = `sha256:${createHash('sha256').update(token.core).digest('base64url')}`;
    const tokens = [{ name: 'browser', hash, scopes: ['connections:read@looker'] }];
    served = await serve({ auth: { mode: 'tokens', tokens }, server: { graphiql: true } });
    browser = await launchBrowser();
    page = await browser.newPage();
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.headers()['authorization']);
    });
    await open();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await served?.close();
  });

  it('without a token the query of the first tab is refused', async () => {
    await run('UNAUTHENTICATED');
    expect(new Set(sent)).toEqual(new Set([undefined]));
    expect(await page.locator('#instances').innerText()).toBe('');
  });

  it('with the token the query is answered, the welcome names what the token may see, and the page has read the schema', async () => {
    sent.length = 0;
    const schemaRead = page.waitForResponse(
      async (answer) => answer.status() === 200 && (await answer.text()).includes('"__schema"'),
    );
    await page.fill('#token', token.core);
    await page.press('#token', 'Tab');
    await schemaRead;
    await run('"isComplete": true');
    expect(new Set(sent)).toEqual(new Set([`Bearer ${token.core}`]));
    await expect.poll(() => page.locator('#instances').innerText()).toBe('Instances: Looker (sandbox).');
  });

  it('the token is shown as dots and kept in no storage and no URL', async () => {
    const field = page.locator('#token');
    expect(await field.evaluate((input) => getComputedStyle(input).getPropertyValue('-webkit-text-security'))).toBe(
      'disc',
    );
    const kept = await keptBy(page);
    expect(Object.entries(kept).filter(([, text]) => findCanary(text, [token]))).toEqual([]);
  });

  it('the token is forgotten after a reload', async () => {
    sent.length = 0;
    await page.reload();
    await page.waitForSelector('.graphiql-execute-button');
    expect(await page.inputValue('#token')).toBe('');
    // The result pane shows the refusal of the introspection.
    await run('UNAUTHENTICATED');
    expect(new Set(sent)).toEqual(new Set([undefined]));
  });
});

it('the page has no field for a token where callers are not authenticated', async () => {
  const served = await serve({ server: { graphiql: true } });
  try {
    const page = await (await served.fetch('/graphql', { headers: { accept: 'text/html' } })).text();
    expect(page).not.toContain('id="token"');
  } finally {
    await served.close();
  }
});
