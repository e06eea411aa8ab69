// The forms of the console in Chromium: mistakes at their fields, double clicks, partial creates, edits, rotations, and no secret left.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBrowserMissing } from '../browser/chromium.ts';
import { keptBy } from '../browser/storage.ts';
import { findCanary, makeCanary } from '../secrets/canary.ts';
import { chooseCell } from './form-driver.ts';
import { openConsole, overflowOf, seriousFindings, type OpenConsole, type Watched } from './open-console.ts';

const canary = makeCanary();

describe.skipIf(isBrowserMissing)('the forms of the console', () => {
  let opened: OpenConsole;
  let watched: Watched;
  const box = (id: string) => watched.page.locator(`[id="${id}"]`);
  const press = (name: string) => watched.page.getByRole('button', { name, exact: true }).click();
  const alerts = () => watched.page.getByRole('alert').allInnerTexts();
  const errorsAt = async (id: string) => {
    await box(`${id}__error`).waitFor();
    return box(`${id}__error`).innerText();
  };
  /** Returns the id of a connection by its name. */
  const idOf = async (name: string): Promise<string> => {
    const query = 'query ($name: String!) { connections(filter: { name: { equals: $name } }) { nodes { id } } }';
    return (await opened.served.gateway.ask(query, { name })).data.connections.nodes[0].id;
  };
  const fillPostgres = async (name: string) => {
    await box('root_name').fill(name);
    await box('root_config_host').fill('db.example.com');
    await box('root_config_port').fill('5432');
    await box('root_config_database').fill('orders');
    await box('root_config_username').fill('bi');
    await box('root_config_password').fill(canary.core);
  };
  /** Returns the bodies of the writes that a vendor received since the last reset. */
  const written = async (vendor: 'looker' | 'chartbrew' | 'credible') =>
    (await opened.served.gateway.received(vendor))
      .filter(({ method }) => method !== 'GET')
      .map(({ method, body }) => [method, body === '' ? null : (JSON.parse(body) as unknown)] as const);

  beforeAll(async () => {
    opened = await openConsole();
    watched = await opened.watch({ reducedMotion: 'reduce' });
  });
  afterAll(() => opened.close());

  /** Places that may hold a secret after a form was sent. */
  const leftBehind = async (): Promise<string[]> => {
    const { page, requests, answers, complaints } = watched;
    const fields = page.locator('input').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value).join());
    const places = [
      ...Object.entries(await keptBy(page)),
      ['the page', await page.content()],
      ['the fields', await fields],
      ['URLs', requests.map(({ url }) => url).join('\n')],
      ['answers', answers.join('\n')],
      ['the console', complaints.join('\n')],
      ['the log', opened.served.gateway.log.join('\n')],
    ] as const;
    return places.filter(([, text = '']) => findCanary(text, [canary])).map(([place = '']) => place);
  };

  it('an instance that takes no such connection says which products do', async () => {
    await watched.open('/create');
    await box('dialect').selectOption('MONGODB');
    expect(await watched.page.locator('input[name="target-omni"]').isDisabled()).toBe(true);
    expect(await watched.page.getByRole('group', { name: 'Create it at' }).innerText()).toContain(
      'Omni takes no MongoDB connection. Possible at: Chartbrew.',
    );
    expect(await seriousFindings(watched.page)).toEqual([]);
  });

  it('mistakes appear at their fields, also in what is folded, and the first has the focus', async () => {
    await chooseCell(watched.page, 'POSTGRES', ['looker', 'omni', 'credible', 'chartbrew']);
    await fillPostgres('four_at_once');
    await box('root_config_port').fill('70000');
    await box('root_options_looker__more').click();
    await box('root_options_looker_maxConnections').fill('-5');
    await box('root_options_looker__more').click();
    await press('Create');
    expect(await errorsAt('root_config_port')).toBe('A port is 65535 or less.');
    expect(await errorsAt('root_options_looker_maxConnections')).toBe('Must be 0 or more.');
    expect(await box('root_options_looker_maxConnections').isVisible()).toBe(true);
    expect(await watched.page.evaluate(() => document.activeElement?.id)).toBe('root_config_port');
    expect(await seriousFindings(watched.page)).toEqual([]);
    expect(await opened.served.gateway.posted('looker')).toEqual([]);
  });

  it('what was typed is in the box alone: not in the HTML, and a correction needs no new secret', async () => {
    expect(findCanary(await watched.page.content(), [canary])).toBeUndefined();
    expect(await box('root_config_password').inputValue()).toBe(canary.core);
  });

  it('a test before saving shows its checks', async () => {
    await box('root_config_port').fill('5432');
    await box('root_options_looker_maxConnections').fill('5');
    await press('Test at Chartbrew (sandbox)');
    await watched.page.getByText('The test passed').waitFor();
    expect(await watched.page.locator('form').innerText()).toContain('connect: passed');
    await opened.served.gateway.resetAll();
  });

  it('a double click creates once at each of four instances', async () => {
    await watched.page.getByRole('button', { name: 'Create', exact: true }).dblclick();
    await watched.page.getByText('is created at Chartbrew (sandbox)').waitFor();
    for (const vendor of ['looker', 'omni', 'credible', 'chartbrew'] as const) {
      const posts = JSON.stringify(await opened.served.gateway.posted(vendor));
      expect(posts.split('four_at_once').length - 1, vendor).toBe(1);
    }
    const sent = watched.requests.filter(({ body }) => body.includes('mutation CreateConnections('));
    expect(sent.map(({ body }) => JSON.parse(body).variables.input.idempotencyKey)).toEqual([
      expect.stringMatching(/^[\da-f]{32}$/),
      expect.stringMatching(/^[\da-f]{32}$/),
    ]);
    expect(await seriousFindings(watched.page)).toEqual([]);
  });

  it('after a create the secret is nowhere', async () => {
    expect(await leftBehind()).toEqual([]);
  });

  it('a create that fails at one of two instances tells the next step, and the form asks for the secret again', async () => {
    await press('Create another connection');
    await chooseCell(watched.page, 'POSTGRES', ['looker', 'chartbrew']);
    await fillPostgres('production_orders');
    await press('Create');
    await watched.page.getByText('is created at Chartbrew (sandbox)').waitFor();
    const [looker = '', chartbrew = ''] = await alerts();
    expect(looker).toContain('It is not created at Looker (sandbox).');
    expect(looker).toContain('You can also change the existing connection.');
    expect(chartbrew).toContain('“production_orders” is created at Chartbrew (sandbox).');
    expect(await leftBehind()).toEqual([]);
    await press('Try again at Looker (sandbox)');
    expect(await box('root_config_host').inputValue()).toBe('db.example.com');
    expect(await box('root_config_password').inputValue()).toBe('');
    expect(await watched.page.locator('input[name="target-chartbrew"]').isChecked()).toBe(false);
  });

  it('a name that is taken everywhere leaves the form as it is, with a link to the existing connection', async () => {
    await press('Create');
    await watched.page.getByRole('link', { name: 'Open “production_orders”' }).waitFor();
    expect((await alerts()).join()).toContain('Nothing was saved');
  });

  it('a create without an answer says how to find out, and does not offer to send it again', async () => {
    await opened.served.gateway.resetAll();
    await watched.open('/create');
    await chooseCell(watched.page, 'POSTGRES', ['chartbrew']);
    await fillPostgres('lost');
    await opened.served.gateway.outage('chartbrew', 'reset');
    await press('Create');
    await watched.page.getByText('It is not known whether the connection exists at Chartbrew (sandbox).').waitFor();
    expect(await watched.page.getByRole('button', { name: /Try again/ }).count()).toBe(0);
    await opened.served.gateway.resetAll();
  });

  it('an edit sends only what was changed, and keeps the stored secret', async () => {
    await watched.open(`/connections/${await idOf('production_orders')}/edit`);
    await box('root_config_database').fill('orders_2');
    expect(await seriousFindings(watched.page)).toEqual([]);
    await press('Save');
    await watched.page.getByText('The connection is saved.').waitFor();
    expect(await written('looker')).toEqual([['PATCH', { database: 'orders_2' }]]);
  });

  it('an edit without a change sends nothing', async () => {
    await watched.open(`/connections/${await idOf('production_orders')}/edit`);
    await box('root_config_host').waitFor();
    await press('Save');
    await watched.page.getByText('Nothing is changed yet.').waitFor();
    expect((await written('looker')).length).toBe(1);
  });

  it('an edit replaces a stored secret, and forgets it', async () => {
    await opened.served.gateway.resetAll();
    await watched.page.getByLabel('Replace').first().check();
    await box('root_config_password').fill(canary.core);
    await press('Save');
    await watched.page.getByText('The connection is saved.').waitFor();
    expect(await written('looker')).toEqual([['PATCH', { password: canary.core }]]);
    expect(await leftBehind()).toEqual([]);
  });

  it('an edit clears a stored secret', async () => {
    await opened.served.gateway.resetAll();
    await watched.open(`/connections/${await idOf('production_orders')}/edit`);
    await watched.page.getByLabel('Clear').first().check();
    await press('Save');
    await watched.page.getByText('The connection is saved.').waitFor();
    expect(await written('looker')).toEqual([['PATCH', { password: null }]]);
  });

  it('a new host without the secret is refused at the secret, and nothing is written', async () => {
    await opened.served.gateway.resetAll();
    await watched.open(`/connections/${await idOf('production_orders')}/edit`);
    await box('root_config_host').fill('other.example.com');
    await watched.page.getByText('needs the stored secrets again').waitFor();
    await press('Save');
    expect(await errorsAt('root_config_password')).toMatch(/secret|password/i);
    expect(await written('looker')).toEqual([]);
  });

  it('a vendor that replaces all settings at once says before the send that it needs all secrets', async () => {
    await watched.open(`/connections/${await idOf('orders_postgres')}/edit`);
    await box('root_config_host').waitFor();
    expect((await alerts()).join()).toContain(
      'Credible replaces all settings at once. Every change needs all secrets of the connection again',
    );
  });

  it('a rotation by server and user plans, runs and tells what could not be searched', async () => {
    await opened.served.gateway.resetAll();
    await watched.open('/rotate');
    expect(await seriousFindings(watched.page)).toEqual([]);
    await box('rotate-host').fill('shop-db.acme.example');
    await box('rotate-username').fill('shop_ro');
    await box('rotate-secret').fill(canary.core);
    await press('Plan');
    await watched.page.getByText('2 connections would get the new secret. Nothing is written yet.').waitFor();
    expect(await watched.page.locator('tbody th').allInnerTexts()).toEqual(['shop_mysql', 'Shop']);
    expect(await seriousFindings(watched.page)).toEqual([]);
    expect(await written('credible')).toEqual([]);
    await press('Replace the secret in 2 connections');
    await watched.page.getByText('2 connections now have the new secret.').waitFor();
    expect((await alerts()).join('\n')).toContain('Not searched: Omni (sandbox).');
    expect(JSON.stringify(await written('chartbrew'))).toContain(canary.core);
    expect(await seriousFindings(watched.page)).toEqual([]);
    expect(await leftBehind()).toEqual([]);
  });

  it('a rotation that takes long shows the state of each connection while it runs, and is sent with a key', async () => {
    const { page, requests } = watched;
    await opened.served.gateway.resetAll();
    await watched.open('/rotate');
    await box('rotate-host').fill('shop-db.acme.example');
    await box('rotate-username').fill('shop_ro');
    await box('rotate-secret').fill(canary.core);
    await box('rotate-verification').selectOption('NONE');
    await press('Plan');
    await page.getByText('2 connections would get the new secret.').waitFor();
    await opened.served.gateway.outage('chartbrew', 'slow');
    const asked = requests.length;
    const states = () => page.locator('tbody tr > td:nth-child(3)').allInnerTexts();
    await press('Replace the secret in 2 connections');
    await expect.poll(states, { timeout: 20_000 }).toEqual(['has the new secret', 'gets the new secret …']);
    expect(await page.getByText('1 of 2 connections done.').count()).toBe(1);
    expect(await page.getByText('2 connections get the new secret now.').count()).toBe(1);
    expect(await page.getByRole('progressbar', { name: 'Progress of the rotation' }).count()).toBe(1);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByText('2 connections now have the new secret.').waitFor();
    const bodies = requests.slice(asked).map(({ body }) => JSON.parse(body));
    const key = bodies.find(({ operationName }) => operationName === 'RotateSecret')?.variables.input.idempotencyKey;
    expect(key).toMatch(/^[\da-f]{32}$/);
    const questions = bodies.filter(({ operationName }) => operationName === 'RotationProgress');
    expect(new Set(questions.map(({ variables }) => variables.idempotencyKey))).toEqual(new Set([key]));
    const { length } = requests;
    await page.waitForTimeout(1500);
    expect(requests).toHaveLength(length);
    expect(await leftBehind()).toEqual([]);
  });

  it('a rotation whose answer is lost is started again with the same key, and writes nothing twice', async () => {
    const { page } = watched;
    await opened.served.gateway.resetAll();
    await watched.open('/rotate');
    await box('rotate-host').fill('shop-db.acme.example');
    await box('rotate-username').fill('shop_ro');
    await box('rotate-secret').fill(canary.core);
    await box('rotate-verification').selectOption('NONE');
    await press('Plan');
    await page.getByText('2 connections would get the new secret.').waitFor();
    await opened.served.gateway.outage('chartbrew', 'slow');
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('mutation RotateSecret')) return route.continue();
      await route.fetch();
      return route.abort();
    });
    await press('Replace the secret in 2 connections');
    await page.getByText('The run began, and its answer is missing.').waitFor();
    await page.unroute('**/graphql');
    await press('Replace the secret in 2 connections');
    await page.getByText('2 connections now have the new secret.').waitFor();
    expect((await written('chartbrew')).length).toBe(1);
    expect(await leftBehind()).toEqual([]);
    // The browser itself reports the request that was aborted.
    watched.complaints.splice(0);
  });

  it('a rotation one by one tells which connection still has the old secret', async () => {
    await opened.served.gateway.resetAll();
    await press('Rotate another secret');
    await watched.page.getByLabel('One by one').check();
    await box('rotate-name').fill('shop');
    await watched.page.getByLabel(/^Shop · Chartbrew/).check();
    await box('rotate-secret').fill(canary.core);
    await press('Plan');
    await watched.page.getByText('1 connection would get the new secret.').waitFor();
    await opened.served.gateway.outage('chartbrew', 'reset');
    await press('Replace the secret in 1 connection');
    await watched.page.getByText('0 connections now have the new secret.').waitFor();
    expect(await watched.page.getByText('These connections have, or may have, the old secret').count()).toBe(1);
    expect(await leftBehind()).toEqual([]);
    await opened.served.gateway.resetAll();
  });

  it('the forms fit into 360 pixels, in dark colours without findings', async () => {
    const narrow = await opened.watch({ viewport: { width: 360, height: 740 }, colorScheme: 'dark' });
    const edited = `/connections/${await idOf('production_orders')}/edit`;
    for (const path of ['/create', edited, '/rotate']) {
      await narrow.open(path);
      if (path === '/create') await chooseCell(narrow.page, 'SNOWFLAKE', ['credible']);
      if (path === edited) await narrow.page.waitForSelector('#root_config_host');
      expect(await overflowOf(narrow.page), path).toBe(0);
      expect(await seriousFindings(narrow.page), path).toEqual([]);
    }
    await narrow.page.context().close();
  });

  it('the browser complained about nothing', () => {
    expect(watched.complaints).toEqual([]);
  });
});
