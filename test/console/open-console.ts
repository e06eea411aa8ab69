// Opens the console of a test gateway in Chromium, and watches what the page sends, receives and complains about.
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchBrowser } from '../browser/chromium.ts';
import type { TestGatewayOptions } from '../support/gateway.ts';
import { serve, type Served } from '../server/serve.ts';

/** A page with what it did since the last call of `forget`. */
export interface Watched {
  readonly page: Page;
  /** All requests: method and URL, and the body of those to GraphQL. */
  readonly requests: { readonly method: string; readonly url: string; readonly body: string }[];
  /** The bodies of the answers to GraphQL requests. */
  readonly answers: string[];
  /** Errors and warnings in the console of the browser, among them everything that the content security policy blocked. */
  readonly complaints: string[];
  /** Opens a path of the console and waits until the screen has a heading. */
  readonly open: (path: string) => Promise<void>;
}

export interface OpenConsole {
  readonly served: Served;
  readonly browser: Browser;
  /** Opens a page with storages of its own. */
  readonly watch: (options?: BrowserContextOptions) => Promise<Watched>;
  readonly close: () => Promise<void>;
}

async function watchPage(browser: Browser, origin: string, options: BrowserContextOptions): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const watched = { page, requests: [], answers: [], complaints: [] } as Pick<
    Watched,
    'page' | 'requests' | 'answers' | 'complaints'
  >;
  page.on('request', (request) => {
    watched.requests.push({ method: request.method(), url: request.url(), body: request.postData() ?? '' });
  });
  page.on('response', (response) => {
    if (!response.url().endsWith('/graphql')) return;
    // The page may be closed before the whole answer has arrived.
    void response.text().then(
      (text) => watched.answers.push(text),
      () => {},
    );
  });
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') watched.complaints.push(message.text());
  });
  page.on('pageerror', (error) => watched.complaints.push(error.message));
  return {
    ...watched,
    open: async (path) => {
      await page.goto(origin + path);
      await page.waitForSelector('h1');
    },
  };
}

/** Starts a gateway with its console, and a browser. */
export async function openConsole(options: TestGatewayOptions = {}): Promise<OpenConsole> {
  const served = await serve({ console: 'full', ...options });
  const browser = await launchBrowser();
  return {
    served,
    browser,
    watch: async (context = {}) => watchPage(browser, served.origin, context),
    close: async () => {
      await browser.close();
      await served.close();
    },
  };
}

/** Returns what axe finds on a page that is serious or critical, one line for each kind. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Returns how far the content is wider than the window, in pixels. */
export const overflowOf = async (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth));
