// What single parts of the forms do in Chromium: refusals by a vendor, key files, a create that is undone, notices, titles.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBrowserMissing } from '../browser/chromium.ts';
import { findCanary, makeCanary } from '../secrets/canary.ts';
import { startVendorServer } from '../support/journal.ts';
import { vendorWithRows } from '../support/stub-rows.ts';
import { byId, chooseCell, unfold } from './form-driver.ts';
import { openConsole, seriousFindings, type OpenConsole, type Watched } from './open-console.ts';

const canary = makeCanary();
const KEY = `-----BEGIN PRIVATE KEY-----\n${canary.core}\n-----END PRIVATE KEY-----\n`;

describe.skipIf(isBrowserMissing)('details of the forms', () => {
  let opened: OpenConsole;
  let watched: Watched;
  const box = (id: string) => byId(watched.page, id);
  const press = (name: string) => watched.page.getByRole('button', { name, exact: true }).click();
  const alerts = () => watched.page.getByRole('alert').allInnerTexts();
  const edit = async (name: string) => {
    const query = 'query ($name: String!) { connections(filter: { name: { equals: $name } }) { nodes { id } } }';
    const { data } = await opened.served.gateway.ask(query, { name });
    await watched.open(`/connections/${data.connections.nodes[0].id}/edit`);
    await watched.page.getByRole('button', { name: 'Save' }).waitFor();
  };

  beforeAll(async () => {
    opened = await openConsole();
    watched = await opened.watch({ reducedMotion: 'reduce' });
  });
  afterAll(() => opened.close());

  it('a key is read from a file, keeps its lines, and is nowhere in the page', async () => {
    const { page } = watched;
    await watched.open('/create');
    await chooseCell(page, 'SNOWFLAKE', ['credible']);
    await unfold(page);
    const file = page.getByLabel('File for Private key', { exact: true });
    await file.setInputFiles({ name: 'rsa_key.p8', mimeType: 'text/plain', buffer: Buffer.from(KEY) });
    await page.getByText('The file was read.').waitFor();
    expect(findCanary(await page.content(), [canary])).toBeUndefined();
    await box('root_name').fill('from_a_file');
    for (const [field, text] of Object.entries({ account: 'acme-eu', username: 'BI', warehouse: 'WH' })) {
      await box(`root_config_${field}`).fill(text);
    }
    await press('Create');
    await page.getByText('is created at Credible (sandbox)').waitFor();
    const [body] = await opened.served.gateway.posted('credible');
    expect(JSON.stringify(body)).toContain(JSON.stringify(KEY.trimEnd()).slice(1, -1));
    await opened.served.gateway.resetAll();
  });

  it('a file of more than 2 MiB is not read', async () => {
    const { page } = watched;
    await watched.open('/create');
    await chooseCell(page, 'SNOWFLAKE', ['credible']);
    await unfold(page);
    const buffer = Buffer.alloc(2 * 1024 * 1024 + 1, 'a');
    const file = page.getByLabel('File for Private key', { exact: true });
    await file.setInputFiles({ name: 'large', mimeType: 'text/plain', buffer });
    await page.getByText('The file is larger than 2 MiB.').waitFor();
    expect(await box('root_config_privateKey').inputValue()).toBe('');
  });

  it('a create at several instances, of which one refuses, is undone at the others when the person asks for it', async () => {
    const { page } = watched;
    await watched.open('/create');
    // Credible has a connection of this name.
    await chooseCell(page, 'POSTGRES', ['looker', 'credible']);
    await box('root_name').fill('orders_postgres');
    const values = { host: 'db.example.com', port: '5432', database: 'orders', username: 'bi', password: canary.core };
    for (const [field, text] of Object.entries(values)) await box(`root_config_${field}`).fill(text);
    await page.getByLabel('If it fails at one of them, delete it at the others').check();
    await press('Create');
    await page.getByRole('button', { name: 'Create another connection' }).waitFor();
    const [looker = '', credible = ''] = await alerts();
    expect(looker).toBe('It was created at Looker (sandbox) and deleted again, because another instance failed.');
    expect(credible).toContain('It is not created at Credible (sandbox).');
    const calls = (await opened.served.gateway.received('looker')).map(({ method }) => method);
    expect(calls.filter((method) => method !== 'GET')).toEqual(['POST', 'DELETE']);
    const again = page.getByRole('button', { name: 'Try again at Looker (sandbox), Credible (sandbox)' });
    expect(await again.count()).toBe(1);
    expect(await seriousFindings(page)).toEqual([]);
    await opened.served.gateway.resetAll();
  });

  it.each([
    ['orders_postgres', 'Credible replaces all settings at once.'],
    ['lake_duckdb', 'Lists and alternatives are replaced as a whole, with their secrets.'],
  ])('the edit form of %s says at once: %s', async (name, notice) => {
    await edit(name);
    expect((await alerts()).join()).toContain(notice);
  });

  it('the edit form says that a change needs the stored secrets again when it does, and only then', async () => {
    const count = () => watched.page.getByText('needs the stored secrets again').count();
    await edit('production_orders');
    await box('root_config_database').fill('orders_2');
    await watched.page.getByLabel('Replace').first().check();
    expect(await count()).toBe(0);
    await box('root_config_host').fill('other.example.com');
    expect(await count()).toBe(1);
    expect(await seriousFindings(watched.page)).toEqual([]);
    await box('root_config_host').fill('orders-db.acme.example');
    expect(await count()).toBe(0);
    // This connection has no secret.
    await edit('events');
    await box('root_config_host').fill('other.example.com');
    expect(await count()).toBe(0);
  });

  it('an alternative shows its title once', async () => {
    const { page } = watched;
    await watched.open('/create');
    await chooseCell(page, 'DUCKDB', ['credible']);
    await byId(page, 'root_config_attached__add').click();
    await byId(page, 'root_config_attached_0_source_postgres_host').waitFor();
    const titles = await page.locator('form fieldset > legend').allInnerTexts();
    expect(titles.filter((title) => title === 'Postgres')).toHaveLength(1);
    expect(titles).toContain('DuckDB');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('the browser complained about nothing', () => {
    expect(watched.complaints).toEqual([]);
  });
});

describe.skipIf(isBrowserMissing)('a vendor that refuses what the gateway accepted', () => {
  it('its refusal is shown at the fields that it names, in the words of the gateway', async () => {
    const errors = [
      { field: 'database', code: 'invalid', message: `${canary.core} is refused` },
      { field: 'db_timezone', code: 'invalid', message: 'is refused' },
    ];
    const rows = vendorWithRows('looker', []);
    const vendor = await startVendorServer(
      () => (request) =>
        request.method === 'POST' && request.path.endsWith('/connections')
          ? { status: 422, body: { message: 'Validation Failed', errors } }
          : rows(request),
    );
    const opened = await openConsole({
      instances: (sandbox) =>
        sandbox
          .filter((instance) => instance.vendor === 'looker')
          .map((instance) => ({ ...instance, baseUrl: `${vendor.origin}/api/4.0` })),
    });
    const { page, open, answers } = await opened.watch({ reducedMotion: 'reduce' });
    await open('/create');
    await chooseCell(page, 'POSTGRES', ['looker']);
    await byId(page, 'root_name').fill('refused');
    const values = { host: 'db.example.com', port: '5432', database: 'orders', username: 'bi', password: canary.core };
    for (const [field, text] of Object.entries(values)) await byId(page, `root_config_${field}`).fill(text);
    await byId(page, 'root_options_looker__more').click();
    await byId(page, 'root_options_looker_dbTimezone').fill('Mars/Olympus');
    await byId(page, 'root_options_looker__more').click();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await byId(page, 'root_config_database__error').waitFor();
    expect(await byId(page, 'root_config_database__error').innerText()).toMatch(/Looker|vendor/i);
    expect(await byId(page, 'root_options_looker_dbTimezone__error').isVisible()).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('root_config_database');
    expect(findCanary([await page.content(), ...answers].join(), [canary])).toBeUndefined();
    expect(await seriousFindings(page)).toEqual([]);
    await opened.close();
    await vendor.close();
  });
});

describe.skipIf(isBrowserMissing)('the console with trusted documents', () => {
  it('the gateway executes the documents of the console, and no other', async () => {
    const documentsFile = new URL('../relay/compiled-documents.json', import.meta.url).pathname;
    const opened = await openConsole({ server: { documents: 'trusted', documentsFile } });
    const { page, open, complaints } = await opened.watch();
    await open('/?q=production_orders');
    await page.getByRole('link', { name: 'production_orders' }).click();
    await page.getByRole('button', { name: 'Test the connection' }).click();
    await page.getByText(/^The test passed/).waitFor();
    await page.getByRole('link', { name: 'Edit' }).click();
    await byId(page, 'root_config_database').fill('orders_2');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The connection is saved.').waitFor();
    await open('/instances');
    await expect.poll(() => page.getByText('Answers as expected.').count()).toBe(4);
    await open('/create');
    await chooseCell(page, 'POSTGRES', ['chartbrew']);
    await open('/rotate');
    await page.getByLabel('One by one').check();
    await page.getByLabel(/^Shop · Chartbrew/).waitFor();
    const { errors } = await opened.served.gateway.ask('{ viewer { name } }');
    expect(errors?.[0]?.extensions['code']).toBe('PERSISTED_QUERY_ONLY');
    expect(complaints).toEqual([]);
    await opened.close();
  });
});
