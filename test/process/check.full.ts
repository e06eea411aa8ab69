// `check` asks every instance step by step whether the gateway can work with it, and says what to do where it cannot.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox, type SandboxInstance } from '../../src/sandbox/index.ts';
import { EXPIRED, KEY, OTHER_HOST, VALID } from '../faults/table/certificates.ts';
import { failed, useProcesses, type Start } from './run.ts';

const { start, file } = useProcesses();

const CANARY = '7Canary';

let sandbox: Sandbox;
const servers: Server[] = [];
beforeAll(async () => {
  sandbox = await startSandbox(0);
});
afterAll(async () => {
  await sandbox.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Replaces what differs from run to run: ports of five digits, and the time at the end of each row. */
const normalized = (text: string): string =>
  text
    .replaceAll(/(127\.0\.0\.[12]):\d{5}/g, '$1:00000')
    .replaceAll(/^(.*(?:ok|failed|skipped|unknown) +)\d+$/gm, '$1n');

/** For a machine that runs much else. A test of a timeout sets its own. */
const PATIENT = { timeouts: { connectMs: 60_000, listMs: 60_000, readMs: 60_000 } };

let files = 0;
/** Runs `check` with the most verbose log, of which no line may be among its output. */
async function check(instances: readonly object[], args: readonly string[] = [], options: Start = {}) {
  files += 1;
  const path = await file(
    `check-${files}.json`,
    JSON.stringify({ log: { level: 'debug' }, instances: instances.map((one) => ({ ...PATIENT, ...one })) }),
  );
  const run = start(['check', '--config', path, ...args], options);
  const status = await run.ended;
  expect(run.printed.stderr).toBe('');
  expect(run.printed.stdout).not.toContain(CANARY);
  return { status, text: normalized(run.printed.stdout) };
}

const CREDENTIALS = ['clientSecret', 'apiKey', 'token'];
const withWrongCredential = (instance: SandboxInstance): object =>
  Object.fromEntries(
    Object.entries(instance).map(([name, value]) => [name, CREDENTIALS.includes(name) ? CANARY : value]),
  );
const atWrongUrl = (instance: SandboxInstance): object => {
  const { origin, pathname } = new URL(instance.baseUrl);
  return { ...instance, baseUrl: `${origin}/elsewhere${pathname.replace(/\/$/, '')}` };
};

const lines = (...all: string[]): string => `${all.join('\n')}\n`;

describe.concurrent('check of all four vendors', { timeout: 120_000 }, () => {
  it('check prints a table when everything is right, and exits with 0', async () => {
    expect(await check(sandbox.instances)).toEqual({
      status: 0,
      text: lines(
        'Instance   Vendor     Host             Reach  TLS      API  Credential  List  Create   ms',
        'looker     looker     127.0.0.1:00000  ok     skipped  ok   ok          ok    ok       n',
        'omni       omni       127.0.0.1:00000  ok     skipped  ok   ok          ok    ok       n',
        'credible   credible   127.0.0.1:00000  ok     skipped  ok   ok          ok    unknown  n',
        'chartbrew  chartbrew  127.0.0.1:00000  ok     skipped  ok   ok          ok    ok       n',
      ),
    });
  });

  it('check says which credential is refused, and exits with 2', async () => {
    expect(await check(sandbox.instances.map(withWrongCredential))).toEqual({
      status: 2,
      text: lines(
        'Instance   Vendor     Host             Reach  TLS      API  Credential  List     Create   ms',
        'looker     looker     127.0.0.1:00000  ok     skipped  ok   failed      skipped  skipped  n',
        'omni       omni       127.0.0.1:00000  ok     skipped  ok   failed      skipped  skipped  n',
        'credible   credible   127.0.0.1:00000  ok     skipped  ok   failed      skipped  skipped  n',
        'chartbrew  chartbrew  127.0.0.1:00000  ok     skipped  ok   failed      skipped  skipped  n',
        '',
        'looker: Looker refuses the credential (404). Check clientId and clientSecret: they belong to one API key of a user of this Looker.',
        'omni: Omni refuses the credential (403). Check apiKey: it belongs to this organization and is not revoked.',
        'credible: Credible refuses the credential (401). Check token with tokenType, or apiKey: it has not expired and is of the configured kind.',
        'chartbrew: Chartbrew refuses the credential (401). Check apiKey: it is not revoked, and its user still exists.',
      ),
    });
  });

  it('check says that a vendor has stopped', async () => {
    // The sandbox listens at another address. A port of a stopped server may be used by another test.
    const stopped = sandbox.instances.map((one) => ({
      ...one,
      baseUrl: one.baseUrl.replace('127.0.0.1', '127.0.0.2'),
    }));
    const advice =
      'The connection is refused. Check the port in baseUrl, that in proxy where it is set, and that the server runs.';
    expect(await check(stopped)).toEqual({
      status: 2,
      text: lines(
        'Instance   Vendor     Host             Reach   TLS      API      Credential  List     Create   ms',
        'looker     looker     127.0.0.2:00000  failed  skipped  skipped  skipped     skipped  skipped  n',
        'omni       omni       127.0.0.2:00000  failed  skipped  skipped  skipped     skipped  skipped  n',
        'credible   credible   127.0.0.2:00000  failed  skipped  skipped  skipped     skipped  skipped  n',
        'chartbrew  chartbrew  127.0.0.2:00000  failed  skipped  skipped  skipped     skipped  skipped  n',
        '',
        `looker: ${advice}`,
        `omni: ${advice}`,
        `credible: ${advice}`,
        `chartbrew: ${advice}`,
      ),
    });
  });

  it('check says what a base URL looks like when another server or path answers', async () => {
    expect(await check(sandbox.instances.map(atWrongUrl))).toEqual({
      status: 2,
      text: lines(
        'Instance   Vendor     Host             Reach  TLS      API     Credential  List     Create   ms',
        'looker     looker     127.0.0.1:00000  ok     skipped  failed  skipped     skipped  skipped  n',
        'omni       omni       127.0.0.1:00000  ok     skipped  failed  skipped     skipped  skipped  n',
        'credible   credible   127.0.0.1:00000  ok     skipped  failed  skipped     skipped  skipped  n',
        'chartbrew  chartbrew  127.0.0.1:00000  ok     skipped  failed  skipped     skipped  skipped  n',
        '',
        'looker: The address answers (404), but not as the API of Looker does. The base URL of Looker ends in /api/4.0, such as https://acme.cloud.looker.com/api/4.0.',
        'omni: The address answers (404), but not as the API of Omni does. The base URL of Omni ends in /api, such as https://acme.omniapp.co/api.',
        'credible: The address answers (404), but not as the API of Credible does. The base URL of Credible ends in /api/v0, such as https://acme.admin.credibledata.com/api/v0. Check organization and project, too.',
        'chartbrew: The address answers (404), but not as the API of Chartbrew does. The base URL of Chartbrew is that of its API, such as https://api.chartbrew.com or http://localhost:4019, without the team.',
      ),
    });
  });
});

type Reply = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>];

/** The replies by the first part of the path, and by the last part where one is named. The canary is in every text. */
const REPLIES: Readonly<Record<string, Reply>> = {
  forbidden: [403, { detail: CANARY }],
  limited: [429, CANARY, { 'retry-after': '30' }],
  broken: [503, CANARY],
  moved: [302, CANARY, { location: `/${CANARY}` }],
  page: [200, `<html>${CANARY}</html>`],
  'older whoami': [404, { detail: CANARY }],
  'member whoami': [200, { keyScope: 'user', orgRole: 'MEMBER', user: { id: CANARY } }],
  'editor connections': [200, []],
  'editor apikey': [403, { message: CANARY }],
  'viewer login': [200, { access_token: CANARY, expires_in: 3600 }],
  'hidden login': [200, { access_token: CANARY, expires_in: 3600 }],
  'hidden connections': [404, { message: 'Not found', documentation_url: CANARY }],
  'viewer connections': [200, [{ name: CANARY, can: { create: false } }]],
};

/** Answers requests as REPLIES says, with an empty list of Omni to all others. It never answers below `/slow/`. */
const answers: RequestListener = ({ url = '' }, response) => {
  const parts = new URL(url, 'http://any').pathname.split('/').slice(1);
  const [first = ''] = parts;
  if (first === 'slow') return;
  const [status, body, headers] = REPLIES[`${first} ${parts.at(-1)}`] ?? REPLIES[first] ?? [200, { connections: [] }];
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};

const omniAt = (key: string, baseUrl: string, more: object = {}): object => ({
  key,
  vendor: 'omni',
  baseUrl,
  apiKey: CANARY,
  timeouts: { listMs: 60_000 },
  ...more,
});

// The process finds no host, whatever its name is. Nothing leaves this machine.
const WITHOUT_DNS = [
  '--import',
  `data:text/javascript,${encodeURIComponent(
    `import dns from 'node:dns';
     dns.lookup = (_host, _options, done) => setImmediate(done, Object.assign(new Error('no'), { code: 'ENOTFOUND' }));`,
  )}`,
];

describe.concurrent('check of single failures', { timeout: 120_000 }, () => {
  it('check explains refusals, limits, faults and rights in words of the operator', async () => {
    const origin = `http://127.0.0.1:${await listen(createServer(answers))}`;
    const kinds = ['slow', 'forbidden', 'limited', 'broken', 'moved', 'page', 'older', 'member'];
    const instances = [
      ...kinds.map((kind) =>
        omniAt(kind, `${origin}/${kind}/api`, kind === 'slow' ? { timeouts: { listMs: 500 } } : {}),
      ),
      { key: 'editor', vendor: 'chartbrew', baseUrl: `${origin}/editor`, teamId: 7, apiKey: CANARY },
      ...['hidden', 'viewer'].map((kind) => ({
        key: kind,
        vendor: 'looker',
        baseUrl: `${origin}/${kind}/api/4.0`,
        clientId: 'id',
        clientSecret: CANARY,
      })),
    ];
    const { status, text } = await check(instances);
    expect(status).toBe(2);
    expect(text).toBe(
      lines(
        'Instance   Vendor     Host             Reach   TLS      API      Credential  List     Create   ms',
        'slow       omni       127.0.0.1:00000  failed  skipped  skipped  skipped     skipped  skipped  n',
        'forbidden  omni       127.0.0.1:00000  ok      skipped  ok       ok          failed   skipped  n',
        'limited    omni       127.0.0.1:00000  ok      skipped  ok       unknown     failed   skipped  n',
        'broken     omni       127.0.0.1:00000  ok      skipped  failed   skipped     skipped  skipped  n',
        'moved      omni       127.0.0.1:00000  ok      skipped  failed   skipped     skipped  skipped  n',
        'page       omni       127.0.0.1:00000  ok      skipped  failed   skipped     skipped  skipped  n',
        'older      omni       127.0.0.1:00000  ok      skipped  ok       ok          ok       unknown  n',
        'member     omni       127.0.0.1:00000  ok      skipped  ok       ok          ok       failed   n',
        'editor     chartbrew  127.0.0.1:00000  ok      skipped  ok       ok          ok       failed   n',
        'hidden     looker     127.0.0.1:00000  ok      skipped  ok       ok          failed   skipped  n',
        'viewer     looker     127.0.0.1:00000  ok      skipped  ok       ok          ok       failed   n',
        '',
        'slow: The server did not answer in time. Try again, or raise timeouts.listMs.',
        "forbidden: The credential may not list connections (403). The key must be an Organization Admin's.",
        'limited: Omni accepts no more requests for now (429). Try again in 30 seconds.',
        'broken: The server failed (503). Try again later. The logs of Omni, or of a proxy before it, say why.',
        'moved: The address answers with a redirect. Use the address to which it leads as baseUrl.',
        'page: The address answers (200), but not as the API of Omni does. The base URL of Omni ends in /api, such as https://acme.omniapp.co/api.',
        "member: The credential may list connections, and may not create them. The key must be an Organization Admin's.",
        'editor: The credential may list connections, and may not create them. Check teamId. The key must be of an owner or an admin of that team.',
        'hidden: The credential may not list connections (404). The user of the API key needs the permission manage_project_connections, or the role Admin.',
        'viewer: The credential may list connections, and may not create them. The user of the API key needs the permission manage_project_connections, or the role Admin.',
      ),
    );
  });

  it('check explains problems of certificates and names the key caFile', async () => {
    const secureAt = async (cert: string) =>
      `https://127.0.0.1:${await listen(createTlsServer({ cert, key: KEY }, answers))}/any/api`;
    const plain = `https://127.0.0.1:${await listen(createServer(answers))}/any/api`;
    const [valid, expired, other] = await Promise.all([VALID, EXPIRED, OTHER_HOST].map(secureAt));
    const caFiles = await Promise.all(
      [VALID, EXPIRED, OTHER_HOST].map(async (pem, index) => file(`ca-${index}.pem`, pem)),
    );
    const { status, text } = await check([
      omniAt('trusted', valid ?? '', { caFile: caFiles[0] }),
      omniAt('unknown', valid ?? ''),
      omniAt('expired', expired ?? '', { caFile: caFiles[1] }),
      omniAt('other', other ?? '', { caFile: caFiles[2] }),
      omniAt('plain', plain),
    ]);
    expect(status).toBe(2);
    expect(text).toBe(
      lines(
        'Instance  Vendor  Host             Reach  TLS     API      Credential  List     Create   ms',
        'trusted   omni    127.0.0.1:00000  ok     ok      ok       ok          ok       unknown  n',
        'unknown   omni    127.0.0.1:00000  ok     failed  skipped  skipped     skipped  skipped  n',
        'expired   omni    127.0.0.1:00000  ok     failed  skipped  skipped     skipped  skipped  n',
        'other     omni    127.0.0.1:00000  ok     failed  skipped  skipped     skipped  skipped  n',
        'plain     omni    127.0.0.1:00000  ok     failed  skipped  skipped     skipped  skipped  n',
        '',
        'unknown: The certificate of the server is from an authority that is not trusted. Name the PEM file with the certificate of the authority in caFile.',
        'expired: The certificate of the server has expired. Have it renewed, and check the clock of this machine.',
        'other: The certificate of the server is for another host name. Use a host name of the certificate in baseUrl.',
        'plain: The server does not speak TLS at this port. Check the port in baseUrl, and https:// at its beginning.',
      ),
    );
  });

  it('check says that a host name is not found', async () => {
    const { status, text } = await check([omniAt('omni', 'https://nowhere.example/api')], [], { node: WITHOUT_DNS });
    expect(status).toBe(2);
    expect(text).toBe(
      lines(
        'Instance  Vendor  Host             Reach   TLS      API      Credential  List     Create   ms',
        'omni      omni    nowhere.example  failed  skipped  skipped  skipped     skipped  skipped  n',
        '',
        'omni: The host name is not found. Check the host in baseUrl, that in proxy where it is set, and the DNS of this machine.',
      ),
    );
  });
});

describe.concurrent('the arguments and the JSON of check', { timeout: 120_000 }, () => {
  it('check asks only the named instances, and prints JSON with --json', async () => {
    const [looker, omni, credible] = sandbox.instances;
    const instances = [looker ?? {}, withWrongCredential(omni as SandboxInstance), credible ?? {}];
    const { status, text } = await check(instances, ['omni', 'credible', '--json']);
    expect(status).toBe(2);
    const { ok, instances: rows } = JSON.parse(text) as { ok: boolean; instances: { ms: number }[] };
    expect(ok).toBe(false);
    expect(rows.map(({ ms, ...rest }) => ({ ...rest, hasTime: Number.isInteger(ms) && ms >= 0 }))).toEqual([
      {
        key: 'omni',
        vendor: 'omni',
        host: '127.0.0.1:00000',
        ok: false,
        steps: { reach: 'ok', tls: 'skipped', api: 'ok', credential: 'failed', list: 'skipped', create: 'skipped' },
        failure: {
          step: 'credential',
          problem: 'Omni refuses the credential (403).',
          advice: 'Check apiKey: it belongs to this organization and is not revoked.',
        },
        hasTime: true,
      },
      {
        key: 'credible',
        vendor: 'credible',
        host: '127.0.0.1:00000',
        ok: true,
        steps: { reach: 'ok', tls: 'skipped', api: 'ok', credential: 'ok', list: 'ok', create: 'unknown' },
        failure: null,
        hasTime: true,
      },
    ]);
  });

  it('check exits with 1 for mistakes in the arguments and in the configuration', async () => {
    const path = await file('one.json', JSON.stringify({ instances: [sandbox.instances[1]] }));
    expect(await failed(start(['check']))).toBe(
      'There is no configuration. Name the file with --config FILE or PATCHBAY_CONFIG.\n',
    );
    expect(await failed(start(['check', CANARY, '--config', path]))).toBe(
      'There is no instance with one of these keys. The configuration has: omni.\n',
    );
    const empty = await file('empty.json', '{}');
    expect(await failed(start(['check', '--config', empty]))).toBe(
      'The configuration cannot be used:\n  instances: must be a list of at least one instance\n',
    );
  });

  it('the table in docs/commands.md is what check prints', async () => {
    const page = await readFile(new URL('../../docs/commands.md', import.meta.url), 'utf8');
    const shown = /^```text\n(Instance [^]*?)^```/m.exec(page)?.[1] ?? '';
    const [looker, omni, credible, chartbrew] = sandbox.instances as [object, SandboxInstance, SandboxInstance, object];
    const { text } = await check([looker, withWrongCredential(omni), atWrongUrl(credible), chartbrew]);
    expect(text).toBe(normalized(shown));
  });
});
