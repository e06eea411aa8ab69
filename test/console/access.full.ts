// Who may use the console, and what it leaves behind: sign-in by token, buttons by scopes, a console for reading, and no secret anywhere.
import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isBrowserMissing } from '../browser/chromium.ts';
import { keptBy } from '../browser/storage.ts';
import { findCanary, makeCanary } from '../secrets/canary.ts';
import { openConsole, seriousFindings, type OpenConsole, type Watched } from './open-console.ts';

const hashOf = (token: string): string => `sha256:${createHash('sha256').update(token).digest('base64url')}`;

/** Waits until the screen has its data, and returns the texts of all buttons and links that may change something. */
async function offered(page: Page): Promise<string[]> {
  await page.getByRole('region', { name: 'What can be done' }).waitFor();
  const texts = await page.locator('a, button').allInnerTexts();
  return texts.filter((text) =>
    ['New connection', 'Rotate a secret', 'Edit', 'Delete', 'Test the connection'].includes(text),
  );
}

const openFirst = async ({ page }: Watched) => page.locator('tbody a').first().click();

describe.skipIf(isBrowserMissing)('the console of a gateway with tokens', () => {
  const reader = makeCanary();
  const writer = makeCanary();
  let opened: OpenConsole;
  let watched: Watched;

  const signIn = async (token: string) => {
    await watched.page.getByLabel('Token').fill(token);
    await watched.page.getByRole('button', { name: 'Sign in' }).click();
  };

  beforeAll(async () => {
    const tokens = [
      { name: 'reader', hash: hashOf(reader.core), scopes: ['connections:read@looker', 'connections:read@omni'] },
      {
        name: 'writer',
        hash: hashOf(writer.core),
        scopes: [
          'connections:read',
          'connections:write@look*',
          'connections:test@looker',
          'connections:delete@omni',
          'secrets:rotate@credible',
        ],
      },
    ];
    opened = await openConsole({ auth: { mode: 'tokens', tokens } });
    watched = await opened.watch();
    await watched.open('/');
  });
  afterAll(() => opened.close());

  it('without a token the page asks for one, and says so when it is refused', async () => {
    expect(await watched.page.locator('h1').innerText()).toBe('Sign in');
    expect(await seriousFindings(watched.page)).toEqual([]);
    await signIn('not-the-token');
    expect(await watched.page.getByRole('alert').innerText()).toBe(
      'The gateway refused this token. It may be wrong, or it has expired.',
    );
  });

  it('a token that may read two instances sees those alone, and no button that would be refused', async () => {
    await signIn(reader.core);
    await expect
      .poll(() => watched.page.getByLabel('Instance').locator('option').allInnerTexts())
      .toEqual(['All', 'Looker (sandbox)', 'Omni (sandbox)']);
    await openFirst(watched);
    expect(await offered(watched.page)).toEqual([]);
    expect(watched.answers.join('\n')).not.toMatch(
      /sandbox\)"[^}]*(?:credible|chartbrew)|"key":"(?:credible|chartbrew)"/i,
    );
    expect(await watched.page.getByText('Your token has no scope connections:delete for this instance.').count()).toBe(
      1,
    );
  });

  it('after signing out the page asks for a token again', async () => {
    await watched.page.getByRole('button', { name: 'Sign out' }).click();
    await expect.poll(() => watched.page.locator('h1').innerText()).toBe('Sign in');
    expect(await watched.page.getByRole('alert').count()).toBe(0);
  });

  it('a token for writing sees the buttons that its scopes and the instance allow', async () => {
    await signIn(writer.core);
    await watched.page.getByRole('link', { name: 'Connections', exact: true }).click();
    await watched.page.getByLabel('Vendor').selectOption('LOOKER');
    await expect.poll(() => watched.page.getByRole('alert').count()).toBe(0);
    await watched.page.getByRole('link', { name: 'billing', exact: true }).click();
    expect(await offered(watched.page)).toEqual(['New connection', 'Rotate a secret', 'Edit', 'Test the connection']);
    await watched.page.goBack();
    await watched.page.getByLabel('Vendor').selectOption('OMNI');
    await watched.page.getByRole('link', { name: 'Development Database' }).click();
    await watched.page.getByRole('button', { name: 'Delete' }).waitFor();
    expect(await offered(watched.page)).toEqual(['New connection', 'Rotate a secret', 'Delete']);
  });

  it('the token is nowhere but in the headers of requests', async () => {
    const { page, requests, answers, complaints } = watched;
    const kept = Object.entries(await keptBy(page)).map(([place, text]) => [place, text] as const);
    const places = [
      ...kept,
      ['the page', await page.content()],
      [
        'the fields',
        (await page.locator('input').evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value))).join(),
      ],
      ['URLs and bodies', requests.map(({ url, body }) => url + body).join('\n')],
      ['answers', answers.join('\n')],
      ['the console', complaints.join('\n')],
      ['the log', opened.served.gateway.log.join('\n')],
    ] as const;
    expect(places.filter(([, text]) => findCanary(text, [reader, writer])).map(([place]) => place)).toEqual([]);
    // The browser itself reports each 401.
    expect(complaints.filter((text) => !text.includes('401'))).toEqual([]);
    expect(requests.filter(({ body }) => body.includes('ConsoleStart')).length).toBeGreaterThanOrEqual(4);
  });

  it('a reload forgets the token', async () => {
    await watched.page.reload();
    await expect.poll(() => watched.page.locator('h1').innerText()).toBe('Sign in');
  });
});

describe.skipIf(isBrowserMissing)('the console for reading', () => {
  it('readOnly shows no button that changes anything, and the secrets of the vendors reach no place', async () => {
    const opened = await openConsole({ console: 'readOnly' });
    const watched = await opened.watch();
    await watched.open('/?instance=looker&q=production_orders');
    await openFirst(watched);
    expect(await offered(watched.page)).toEqual(['Test the connection']);
    expect(await watched.page.getByText('This console is for reading.').count()).toBe(3);
    const stored = await fetch(`${opened.served.gateway.sandbox.servers.looker.origin}/__sandbox/secrets`);
    const secrets = Object.values((await stored.json()) as Record<string, Record<string, string>>)
      .flatMap((ofConnection) => Object.values(ofConnection))
      .filter((secret) => secret.length > 6);
    expect(secrets.length).toBeGreaterThan(3);
    const texts = [await watched.page.content(), ...watched.answers];
    expect(secrets.filter((secret) => texts.some((text) => text.includes(secret)))).toEqual([]);
    await opened.close();
  });
});
