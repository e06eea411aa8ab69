// How much the console loads, and how little of a long list it draws.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBrowserMissing } from '../browser/chromium.ts';
import { LARGE_COUNT, openLargeList } from './large-list.ts';
import type { OpenConsole, Watched } from './open-console.ts';

describe.skipIf(isBrowserMissing)('the console with 2,000 connections', () => {
  let opened: OpenConsole;
  let watched: Watched;
  const drawn = () => watched.page.locator('tbody th[scope=row]');
  const asked = () => watched.requests.filter(({ url }) => url.endsWith('/graphql')).length;

  beforeAll(async () => {
    opened = await openLargeList();
    watched = await opened.watch();
    await watched.open('/');
    await watched.page.getByText(`200 of ${LARGE_COUNT} connections`).waitFor();
  });
  afterAll(() => opened.close());

  it('the first load asks the gateway twice, and loads less than 250 kB of compressed scripts', async () => {
    expect(asked()).toBe(2);
    const sizes = await watched.page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .flatMap((entry) =>
          entry instanceof PerformanceResourceTiming && entry.name.endsWith('.js') ? [entry.encodedBodySize] : [],
        ),
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(total).toBeGreaterThan(50_000);
    expect(total).toBeLessThan(250_000);
  });

  it('only the lines near the window are drawn', async () => {
    expect(await drawn().count()).toBeLessThan(60);
    expect(await watched.page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(LARGE_COUNT + 1));
  });

  it('scrolling reads page after page up to the last connection, each once', async () => {
    const { page } = watched;
    const scroll = async () => {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
      return page.locator('main output').filter({ hasText: 'connections' }).innerText();
    };
    await expect.poll(scroll, { timeout: 30_000, interval: 200 }).toBe(`${LARGE_COUNT} connections`);
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await page.getByRole('link', { name: 'warehouse_1999' }).waitFor();
    expect(await drawn().count()).toBeLessThan(60);
    expect(asked()).toBe(1 + LARGE_COUNT / 200);
  });

  it('the list grouped by server reads all pages and has each server once', async () => {
    const { page } = watched;
    await watched.open('/?servers=');
    await page.getByText(`${LARGE_COUNT} connections`, { exact: true }).waitFor();
    await page.evaluate(() => window.scrollTo(0, 0));
    expect(await page.locator('tbody th[scope=rowgroup]').first().innerText()).toBe(
      'db-0.example.com: 40 connections at 1 instance',
    );
  });

  it('a filter replaces the list, which begins at its top again', async () => {
    const { page } = watched;
    await watched.open('/');
    await page.getByLabel('Host contains').fill('db-7.');
    await page.getByText('40 connections', { exact: true }).waitFor();
    expect(await drawn().first().innerText()).toBe('warehouse_0007');
    expect(watched.complaints).toEqual([]);
  });
});
