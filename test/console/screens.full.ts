// The screens of the console in Chromium, over the sandbox: all vendors work, one is down, one is slow.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBrowserMissing } from '../browser/chromium.ts';
import type { TestGateway } from '../support/gateway.ts';
import { openConsole, overflowOf, seriousFindings, type OpenConsole, type Watched } from './open-console.ts';

/** What the list shows of the sandbox: its vendors have this many connections together. */
const COUNT = 54;
const COUNT_WITHOUT_OMNI = 43;

describe.skipIf(isBrowserMissing)('the console', () => {
  let opened: OpenConsole;
  let watched: Watched;
  const outage = async (...call: Parameters<TestGateway['outage']>) => opened.served.gateway.outage(...call);
  const reset = async () => opened.served.gateway.resetAll();
  const count = () => watched.page.locator('main output').filter({ hasText: 'connection' });

  beforeAll(async () => {
    opened = await openConsole({ server: { graphiql: true } });
    watched = await opened.watch();
    await watched.open('/');
  });
  afterAll(() => opened.close());

  it('the list shows the connections of all vendors', async () => {
    const { page } = watched;
    await expect.poll(() => count().innerText()).toBe(`${COUNT} connections`);
    const line = page.getByRole('row', { name: /^billing / });
    expect((await line.locator('th, td').allInnerTexts()).map((text) => text.trim())).toEqual([
      'billing',
      'Looker',
      'Looker (sandbox)',
      'MySQL',
      'billing-db.acme.example',
      'billing',
      'looker',
      'set',
      '',
    ]);
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(COUNT + 1));
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('a filter by text applies when the person pauses, and the URL keeps it', async () => {
    const { page } = watched;
    await page.getByLabel('Name contains').fill('production_or');
    await expect.poll(() => count().innerText()).toBe('1 connections');
    expect(new URL(page.url()).search).toBe('?q=production_or');
    await page.reload();
    await expect.poll(() => count().innerText()).toBe('1 connections');
    expect(await page.getByLabel('Name contains').inputValue()).toBe('production_or');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await expect.poll(() => count().innerText()).toBe(`${COUNT} connections`);
    expect(await page.getByLabel('Name contains').inputValue()).toBe('');
  });

  it('filters by vendor, instance, dialect and host apply together, and an instance that cannot be searched is named', async () => {
    const { page } = watched;
    await page.getByLabel('Dialect').selectOption({ label: 'PostgreSQL' });
    await page.getByLabel('Host contains').fill('orders-db');
    await expect
      .poll(() => page.getByRole('alert').allInnerTexts())
      .toEqual([
        'Omni (sandbox) never reports what you filter by, so it was not searched. It may have connections that fit.',
      ]);
    await page.getByLabel('Vendor').selectOption('LOOKER');
    await page.getByLabel('Instance').selectOption('looker');
    await expect.poll(() => count().innerText()).toBe('1 connections');
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      host: 'orders-db',
      vendor: 'LOOKER',
      instance: 'looker',
      dialect: 'POSTGRES',
    });
  });

  it('filters that nothing fits lead to a sentence', async () => {
    await watched.open('/?q=nothing-has-this-name');
    await watched.page.getByText('No connection fits these filters.').waitFor();
    expect(await count().innerText()).toBe('0 connections');
  });

  it('the head of a column sorts the list, and the next press turns the order around', async () => {
    const { page } = watched;
    await watched.open('/');
    const first = page.locator('tbody tr').first();
    await page.getByRole('button', { name: 'Database' }).click();
    await expect.poll(() => first.locator('td').nth(4).innerText()).toBe('acme-marketing');
    expect(await page.getByRole('columnheader', { name: 'Database' }).getAttribute('aria-sort')).toBe('ascending');
    await page.getByRole('button', { name: 'Database' }).click();
    await expect
      .poll(() => page.getByRole('columnheader', { name: 'Database' }).getAttribute('aria-sort'))
      .toBe('descending');
    expect(new URL(page.url()).search).toBe('?order=DATABASE&descending=');
  });

  it('connections are grouped by database server: who reaches it, as whom, and how', async () => {
    const { page } = watched;
    await watched.open('/?servers=');
    await page.getByText('orders-db.acme.example: 2 connections at 2 instances').waitFor();
    const line = page.getByRole('row', { name: /^orders_postgres/ });
    expect((await line.locator('th, td').allInnerTexts()).slice(1, 7)).toEqual([
      'Credible',
      'Credible (sandbox)',
      'PostgreSQL',
      'orders',
      'malloy_reader',
      'password',
    ]);
  });

  it('a vendor that is down is named with the reason, and the list comes back by "Try again"', async () => {
    const { page } = watched;
    await outage('omni', 'reset');
    await watched.open('/');
    const alert = page.getByRole('alert');
    await expect.poll(() => alert.innerText()).toContain('Omni (sandbox) is missing in this list.');
    expect(await count().innerText()).toBe(`${COUNT_WITHOUT_OMNI} connections; an instance is missing`);
    expect(await seriousFindings(page)).toEqual([]);
    await reset();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => count().innerText()).toBe(`${COUNT} connections`);
    expect(await alert.count()).toBe(0);
  });

  it('a slow vendor does not keep the instances from showing that the others answer', async () => {
    const { page } = watched;
    await outage('credible', 'slow');
    await watched.open('/instances');
    const credible = page.getByRole('region', { name: 'Credible (sandbox)' });
    await page.getByRole('region', { name: 'Looker (sandbox)' }).getByText('Answers as expected.').waitFor();
    expect(await credible.getByText('Asking the vendor …').count()).toBe(1);
    await credible.getByText('Answers as expected.').waitFor();
    await reset();
  });

  it('an instance that is down says so, and can be checked again', async () => {
    const { page } = watched;
    await outage('chartbrew', 'reset');
    await watched.open('/instances');
    const card = page.getByRole('region', { name: 'Chartbrew (sandbox)' });
    // The gateway uses the result of a check for five seconds.
    const check = async () => {
      await card.getByRole('button', { name: 'Check again' }).click();
      return card.getByRole('status').innerText();
    };
    await expect.poll(check, { timeout: 15_000, interval: 1000 }).toContain('Does not answer, or not as expected.');
    await reset();
    expect(await card.getByRole('definition').nth(3).innerText()).toContain('test a saved connection');
  });

  it('the matrix has each dialect and each vendor', async () => {
    const { page } = watched;
    const matrix = page.getByRole('table');
    expect(await matrix.getByRole('columnheader').allInnerTexts()).toEqual([
      'Dialect',
      'Looker',
      'Omni',
      'Credible',
      'Chartbrew',
    ]);
    expect(await matrix.getByRole('row').count()).toBe(26);
    const row = matrix.getByRole('row', { name: /^Firestore|Firestore/ }).first();
    expect((await row.getByRole('cell').allInnerTexts()).map((text) => text.split('\n')[0]?.trim())).toEqual([
      '– no',
      '– no',
      '– no',
      '✓ yes',
    ]);
  });

  it('one connection shows its settings, and of its secrets only that they are set', async () => {
    const { page } = watched;
    await watched.open('/?q=production_orders');
    await page.getByRole('link', { name: 'production_orders' }).click();
    const settings = page.getByRole('region', { name: 'Settings of PostgreSQL' });
    await settings.waitFor();
    const facts = await settings
      .locator('dl')
      .first()
      .evaluate((list) =>
        Object.fromEntries(
          [...list.querySelectorAll(':scope > dt')].map((name) => [
            name.textContent,
            name.nextElementSibling?.querySelector('dl') ? 'group' : name.nextElementSibling?.textContent,
          ]),
        ),
      );
    expect(facts).toMatchObject({
      Host: 'orders-db.acme.example',
      Port: '5432',
      Database: 'orders',
      Password: '•••••••• (set)',
      'Connection string': 'not set',
      TLS: 'group',
    });
    expect(await page.title()).toBe('production_orders – Patchbay');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('production_orders');
  });

  it('a test shows each check', async () => {
    const { page } = watched;
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText(/^The test passed after \d+ ms\.$/).waitFor();
    expect(await page.getByText('connect: passed').count()).toBe(1);
  });

  it('the query of a connection opens in GraphiQL and runs there', async () => {
    const { page } = watched;
    const href = (await page.getByRole('link', { name: 'Open in GraphiQL' }).getAttribute('href')) ?? '';
    const { searchParams } = new URL(href, opened.served.origin);
    const { data, errors } = await opened.served.gateway.ask(
      searchParams.get('query') ?? '',
      JSON.parse(searchParams.get('variables') ?? ''),
    );
    expect(errors).toBeUndefined();
    expect(data.connection).toMatchObject({ name: 'production_orders', config: { host: 'orders-db.acme.example' } });
    expect(searchParams.get('query')).not.toMatch(/Snowflake|Omni/);
  });

  it('the console leads to GraphiQL, and GraphiQL to the console', async () => {
    const { page, open } = await opened.watch();
    await open('/');
    await page.getByRole('link', { name: 'GraphiQL' }).click();
    await page
      .getByText('Instances: Looker (sandbox), Omni (sandbox), Credible (sandbox), Chartbrew (sandbox).')
      .waitFor();
    await page.getByRole('link', { name: 'Console' }).click();
    await page.getByRole('heading', { name: 'Connections' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    await page.context().close();
  });

  it('a vendor that cannot test or rename is told in words', async () => {
    const { page } = watched;
    await watched.open('/?vendor=OMNI');
    await page.locator('tbody a').first().click();
    const panel = page.getByRole('region', { name: 'What can be done' });
    await panel.waitFor();
    expect((await panel.getByRole('listitem').allInnerTexts()).map((text) => text.replaceAll(/\n+/g, ': '))).toContain(
      'Test with the stored secrets: The API of Omni (sandbox) cannot do this.',
    );
    expect(await page.getByRole('button', { name: 'Test the connection' }).count()).toBe(0);
    expect(await page.getByText('Omni reports only a part of the settings.').count()).toBe(1);
  });

  it('a connection is deleted after its name was typed, and the list has lost it', async () => {
    const { page } = watched;
    await watched.open('/?q=crm_replica');
    await page.getByRole('link', { name: 'crm_replica' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete the connection' });
    const submit = dialog.getByRole('button', { name: 'Delete for good' });
    await dialog.getByLabel('Name of the connection').fill('crm_replic');
    expect(await submit.isDisabled()).toBe(true);
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByLabel('Name of the connection').fill('crm_replica');
    await submit.click();
    await page.getByRole('heading', { name: '“crm_replica” is deleted' }).waitFor();
    await page.getByRole('link', { name: 'Go to the connections' }).click();
    await expect.poll(() => count().innerText()).toBe(`${COUNT - 1} connections`);
    await reset();
  });

  it('addresses that lead nowhere say so', async () => {
    const { page } = watched;
    await watched.open('/connections/djE6Yzpsb29rZXI6bm9uZQ');
    await expect.poll(() => page.locator('h1').innerText()).toBe('There is no such connection');
    await watched.open('/instances/none');
    expect(await page.locator('h1').innerText()).toBe('There is no such page.');
  });

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 360],
    ['dark', 360],
  ] as const)(
    'axe finds nothing serious in %s colours at %i pixels, and nothing is wider than the window',
    async (colorScheme, width) => {
      const { page, open, complaints } = await opened.watch({ colorScheme, viewport: { width, height: 800 } });
      await open('/?q=production_orders');
      const link = page.getByRole('link', { name: 'production_orders' });
      await link.waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      await link.click();
      await page.getByRole('region', { name: 'Details of Looker' }).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      await open('/instances');
      await expect.poll(() => page.getByText('Answers as expected.').count()).toBe(4);
      expect(await seriousFindings(page)).toEqual([]);
      expect(await overflowOf(page)).toBe(0);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it('the colours change by a button, and nothing of it is stored', async () => {
    const { page, open } = await opened.watch({ colorScheme: 'light' });
    await open('/');
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await background()).toBe('rgb(246, 247, 249)');
    await page.getByRole('button', { name: 'Dark colours' }).click();
    await expect.poll(background).toBe('rgb(15, 20, 25)');
    expect((await page.context().storageState()).origins).toEqual([]);
    await page.context().close();
  });

  it('the keyboard alone opens a connection: skip link, filters, list', async () => {
    const { page, open } = await opened.watch();
    await open('/?q=production_orders');
    await page.getByRole('link', { name: 'production_orders' }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await page.keyboard.press('Enter');
    for (let step = 0; step < 20 && (await focused()) !== 'production_orders'; step += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'production_orders' }).waitFor();
    await page.context().close();
  });

  it('the page complained about nothing, and asked no other server', () => {
    const { complaints, requests } = watched;
    expect(complaints).toEqual([]);
    expect(requests.filter(({ url }) => !url.startsWith(`${opened.served.origin}/`))).toEqual([]);
    expect(requests.filter(({ method }) => method === 'POST').every(({ url }) => url.endsWith('/graphql'))).toBe(true);
  });
});
