// The credentials of the gateway: one login for any number of calls, one more after a refusal, and a mounted file that
// has changed is read again.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOOKER_LIST_WITHOUT_DETAILS } from '../support/watched-gateway.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { callsTo, journalOf } from '../support/journal.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';

const LOGIN = 'POST /api/4.0/login';

const countOf = async (gateway: TestGateway, vendor: VendorName) => {
  const query = 'query ($instance: ID!) { connections(filter: { instance: [$instance] }) { totalCount } }';
  return (await gateway.ask(query, { instance: vendor })).data.connections.totalCount as unknown;
};

/** Sends the same query this many times concurrently. */
const atOnce = async (times: number, gateway: TestGateway) =>
  Promise.all(Array.from({ length: times }, () => countOf(gateway, 'looker')));

const logins = async (origin: string) => (await callsTo(origin)).filter((call) => call === LOGIN).length;

describe('The token of the gateway at Looker', () => {
  let gateway: TestGateway;
  beforeEach(async () => {
    gateway = await startTestGateway();
  });
  afterEach(() => gateway.close());

  it('fifty concurrent queries at Looker cost one login, which sends a form and no query string', async () => {
    const { origin } = gateway.sandbox.servers.looker;
    expect(await atOnce(50, gateway)).toEqual(Array.from({ length: 50 }, () => 15));
    expect(await logins(origin)).toBe(1);
    const [login, ...lists] = await journalOf(origin);
    expect(login).toMatchObject({ method: 'POST', path: '/api/4.0/login', query: '' });
    expect(login?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(login?.body).toBe('client_id=sandbox-looker-client&client_secret=sandbox-looker-secret');
    expect(new Set(lists.map(({ headers }) => headers['authorization'])).size).toBe(1);
  });

  it('an ended token costs one more login at Looker, however many calls use it', async () => {
    const { origin } = gateway.sandbox.servers.looker;
    await countOf(gateway, 'looker');
    const { headers } = (await journalOf(origin)).at(-1) ?? {};
    const authorization = headers?.['authorization'] ?? '';
    const out = await fetch(`${origin}/api/4.0/logout`, { method: 'DELETE', headers: { authorization } });
    expect(out.status).toBe(204);
    expect(await atOnce(20, gateway)).toEqual(Array.from({ length: 20 }, () => 15));
    expect(await logins(origin)).toBe(2);
  });

  it('the gateway logs in only once more when Looker refuses every token', async () => {
    const stubbed = await startStubbedGateway('looker', ({ path }) =>
      path.endsWith('/login')
        ? { status: 200, body: { access_token: 'token-1', expires_in: 3600 } }
        : { status: 401, body: { message: 'Requires authentication.' } },
    );
    expect(await countOf(stubbed.gateway, 'looker')).toBeNull();
    const call = LOOKER_LIST_WITHOUT_DETAILS;
    expect(await callsTo(stubbed.origin)).toEqual([LOGIN, call, LOGIN, call]);
    await stubbed.close();
  });

  it('a Looker token is renewed before it expires', async () => {
    const stubbed = await startStubbedGateway('looker', ({ path }) =>
      path.endsWith('/login')
        ? { status: 200, body: { access_token: 'token-1', expires_in: 5 } }
        : { status: 200, body: [] },
    );
    expect([await countOf(stubbed.gateway, 'looker'), await countOf(stubbed.gateway, 'looker')]).toEqual([0, 0]);
    expect(await logins(stubbed.origin)).toBe(2);
    await stubbed.close();
  });
});

describe('A credential of the gateway in a mounted file', () => {
  let folder: string;
  let gateway: TestGateway | undefined;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'patchbay-'));
  });
  afterEach(async () => {
    await gateway?.close();
    await rm(folder, { recursive: true });
  });

  const places = [
    { vendor: 'looker', setting: 'clientSecret', right: 'sandbox-looker-secret', rows: 15 },
    { vendor: 'omni', setting: 'apiKey', right: 'sandbox-omni-key', rows: 11 },
    { vendor: 'credible', setting: 'token', right: 'sandbox-credible-token', rows: 12 },
    { vendor: 'chartbrew', setting: 'apiKey', right: 'sandbox-chartbrew-key', rows: 16 },
  ] as const;

  async function startWithFile({ vendor, setting }: (typeof places)[number], content: string) {
    const file = join(folder, 'credential');
    await writeFile(file, content);
    gateway = await startTestGateway({
      instances: (all) => all.map((one) => (one.vendor === vendor ? { ...one, [setting]: `\${file:${file}}` } : one)),
    });
    const { origin } = gateway.sandbox.servers[vendor];
    // The credential of each call. Looker's is in the login form.
    const used = async () =>
      (await journalOf(origin))
        .filter(({ path }) => vendor !== 'looker' || path.endsWith('/login'))
        .map(({ headers, body }) => (vendor === 'looker' ? body : headers['authorization'])?.split(/[ =]/).at(-1));
    return { running: gateway, file, used };
  }

  it.each(places)('a credential in a file is read again when $vendor refuses the old one', async (place) => {
    const { running, file, used } = await startWithFile(place, 'old-credential\n');
    await writeFile(file, `${place.right}\n`);
    expect(await countOf(running, place.vendor)).toBe(place.rows);
    expect(await used()).toEqual(['old-credential', place.right]);
  });

  it.each(places)('an unchanged credential that $vendor refuses is not sent twice', async (place) => {
    const { running, used } = await startWithFile(place, 'old-credential');
    expect(await countOf(running, place.vendor)).toBeNull();
    expect(await used()).toEqual(['old-credential']);
  });

  it.each(places)('another wrong credential in the file is tried once at $vendor', async (place) => {
    const { running, file, used } = await startWithFile(place, 'old-credential');
    await writeFile(file, 'other-credential');
    expect(await countOf(running, place.vendor)).toBeNull();
    expect(await used()).toEqual(['old-credential', 'other-credential']);
  });

  it.each(places)('the current credential stays in use when its file is missing: $vendor', async (place) => {
    const { running, file, used } = await startWithFile(place, place.right);
    await rm(file);
    expect(await countOf(running, place.vendor)).toBe(place.rows);
    expect(await used()).toEqual([place.right]);
  });
});
