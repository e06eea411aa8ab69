// What moves in the console: nothing without being asked while a screen loads, and nothing at all for a person who wants less motion.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBrowserMissing } from '../browser/chromium.ts';
import { byId, chooseCell } from './form-driver.ts';
import { openConsole, type OpenConsole } from './open-console.ts';

/** Runs in the browser before the page: adds up how far things move, as Chromium measures it. */
const WATCH_SHIFTS = `
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
`;

const shiftedIn = async (page: Page): Promise<number> => {
  // Chromium reports a shift after the frame in which it happened.
  await page.waitForTimeout(500);
  return Number(await page.evaluate('window.shifted'));
};

describe.skipIf(isBrowserMissing)('movement in the console', () => {
  let opened: OpenConsole;
  beforeAll(async () => {
    opened = await openConsole();
  });
  afterAll(() => opened.close());

  it.each([1280, 360])('at %i pixels, a screen whose data comes late moves by less than 0.1', async (width) => {
    const { page, open } = await opened.watch({ viewport: { width, height: 800 } });
    await page.addInitScript(WATCH_SHIFTS);
    await opened.served.gateway.outage('looker', 'slow');
    await open('/');
    await page.getByRole('link', { name: 'billing', exact: true }).waitFor();
    expect(await shiftedIn(page)).toBeLessThan(0.1);
    await open('/instances');
    await expect.poll(() => page.getByText('Answers as expected.').count(), { timeout: 20_000 }).toBe(4);
    expect(await shiftedIn(page)).toBeLessThan(0.1);
    await opened.served.gateway.resetAll();
    await open('/?vendor=LOOKER&q=production_orders');
    await opened.served.gateway.outage('looker', 'slow');
    await page.getByRole('link', { name: 'production_orders' }).click();
    await page.reload();
    await page.getByRole('region', { name: 'Details of Looker' }).waitFor();
    expect(await shiftedIn(page)).toBeLessThan(0.1);
    await opened.served.gateway.resetAll();
    await page.context().close();
  });

  it('the measure notices a page that moves', async () => {
    const { page, open } = await opened.watch();
    await page.addInitScript(WATCH_SHIFTS);
    await open('/instances');
    await page.waitForTimeout(700);
    await page.evaluate("document.body.style.paddingTop = '400px'");
    expect(await shiftedIn(page)).toBeGreaterThan(0.1);
    await page.context().close();
  });

  it.each([
    ['reduce', false],
    ['no-preference', true],
  ] as const)('with the preference %s, opening what is folded is animated: %s', async (reducedMotion, isAnimated) => {
    const { page, open } = await opened.watch({ reducedMotion });
    await open('/create');
    await chooseCell(page, 'SNOWFLAKE', ['looker']);
    await byId(page, 'root_options_looker__more').waitFor();
    const animations = await page.evaluate(async () => {
      document.getElementById('root_options_looker__more')?.click();
      await new Promise((resolve) => setTimeout(resolve, 50));
      return document.getAnimations().length;
    });
    expect(animations > 0).toBe(isAnimated);
    await byId(page, 'root_options_looker_dbTimezone').waitFor();
    await page.context().close();
  });
});
