// Tests of connections at Chartbrew, saved and unsaved: how each kind of failure in the vendor's notes is reported, with
// Patchbay's messages and known codes. Also tests that could not be run, which are not failures of the database.
import { describe, expect, it } from 'vitest';
import type { SandboxResponse } from '../../../src/sandbox/server.ts';
import { issuesOf } from '../../support/create-connection.ts';
import { callsTo, journalOf } from '../../support/journal.ts';
import { createManualDeadline } from '../../support/manual-deadline.ts';
import { runMutation, wireOf } from '../../support/mutations.ts';
import { STUB_ID as id, startChartbrewStub } from './stub.ts';
import { CERTIFICATE, OTHER_PRIVATE_KEY } from '../../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

const SECRET = 'pw-secret-1';
const REFUSED_USER = 'The database refuses this user or password.';
const NO_LISTENER = 'Nothing listens at this host and port, or a firewall is in the way.';
const NO_HOST = 'No server has this host name, as the vendor sees it.';
const NO_REASON = 'Chartbrew could not connect, and gives no reason that can be shown.';
const NO_URL = /scheme:\/\/user:password@host\/database/;
const sequelize = (name: string, code: unknown) => ({
  name,
  parent: { code, detail: SECRET, sqlMessage: SECRET },
  original: { code, sqlMessage: SECRET },
});
const blocked = (reason: string) => ({
  code: 'SSRF_BLOCKED',
  reason,
  message: `Blocked: https://bi:${SECRET}@10.0.0.7`,
});
const apiFailure = (statusCode: unknown) => ({
  name: 'StatusCodeError',
  statusCode,
  message: `${String(statusCode)} - "${SECRET}"`,
  options: { headers: { authorization: `Bearer ${SECRET}` }, auth: { user: 'bi', pass: SECRET } },
  response: { body: SECRET, request: { headers: { authorization: SECRET } } },
});
const page = (text: string) => `<!DOCTYPE html>\n<html lang="en">\n<body>\n<pre>${text}</pre>\n</body>\n</html>\n`;

/** A reported failure: the vendor's code and Patchbay's message. */
type Told = readonly [vendorOutcome: string | null, message: string | RegExp];

const unavailable = (reason: string) => ({ __typename: 'VendorUnavailableError', unavailable: reason });

const failed = ([vendorOutcome, words]: Told) => {
  const message: unknown = typeof words === 'string' ? words : expect.stringMatching(words);
  const checks = [{ name: 'connect', outcome: 'FAILED', vendorOutcome, message }];
  return { __typename: 'TestConnectionSuccess', test: { outcome: 'FAILED', checks } };
};

describe('A failed test of a saved connection at Chartbrew', () => {
  it.each<[string, unknown, Told]>([
    ['for a wrong password of PostgreSQL', sequelize('SequelizeConnectionError', '28P01'), ['28P01', REFUSED_USER]],
    ['at a closed port', sequelize('SequelizeConnectionRefusedError', 'ECONNREFUSED'), ['ECONNREFUSED', NO_LISTENER]],
    [
      'for a wrong password of MySQL',
      sequelize('SequelizeAccessDeniedError', 'ER_ACCESS_DENIED_ERROR'),
      ['ER_ACCESS_DENIED_ERROR', REFUSED_USER],
    ],
    ['with a code at its end alone', { original: { code: 'ENOTFOUND' } }, ['ENOTFOUND', NO_HOST]],
    [
      'for a wrong password of MongoDB',
      { errorResponse: { errmsg: SECRET, code: 18 }, code: 18, codeName: 'AuthenticationFailed' },
      ['AuthenticationFailed', REFUSED_USER],
    ],
    [
      'at a closed port of MongoDB',
      { message: `connect ECONNREFUSED 127.0.0.1:1 (mongodb://bi:${SECRET}@x)`, reason: { servers: {} } },
      ['ECONNREFUSED', NO_LISTENER],
    ],
    ['at an API that refuses', apiFailure(401), ['StatusCodeError', 'The API answered with 401.']],
    ['at an API that fails', apiFailure(500), ['StatusCodeError', 'The API answered with 500.']],
    ['at an API with a number that is none', apiFailure(SECRET), [null, NO_REASON]],
    [
      'at a closed port of an API',
      { name: 'RequestError', message: 'Error: connect ECONNREFUSED 127.0.0.1:1', cause: {}, options: { uri: SECRET } },
      ['ECONNREFUSED', NO_LISTENER],
    ],
    ['without words, as ClickHouse', {}, [null, NO_REASON]],
    ['without a grant', { error: 'No oauth token' }, [null, /Google grant/]],
    ['at a private address', blocked('private_network'), ['SSRF_BLOCKED', /private addresses/]],
    ["at a cloud's own address", blocked('metadata_endpoint'), ['SSRF_BLOCKED', /metadata/]],
    ['at another scheme', blocked('invalid_scheme'), ['SSRF_BLOCKED', /http and https/]],
    ['at no address', blocked('invalid_url'), ['SSRF_BLOCKED', /base URL/]],
    ['for a reason of the policy that is not known', blocked(SECRET), ['SSRF_BLOCKED', /refuses to connect/]],
    ['for a type that is off', { code: 'SOURCE_DISABLED', message: SECRET }, ['SOURCE_DISABLED', /disabled this type/]],
    ['for a string that is no URL', { code: 'ERR_INVALID_URL', input: SECRET }, ['ERR_INVALID_URL', NO_URL]],
    [
      'with a known class alone',
      sequelize('SequelizeHostNotFoundError', SECRET),
      ['SequelizeHostNotFoundError', NO_HOST],
    ],
    ['with a class that says little', { name: 'SequelizeConnectionError' }, ['SequelizeConnectionError', NO_REASON]],
    [
      'with words that are not known',
      { name: SECRET, code: SECRET, codeName: SECRET, message: SECRET },
      [null, NO_REASON],
    ],
    ['with a code that is no text', sequelize('constructor', { toString: 1 }), [null, NO_REASON]],
    ['with a code of the language', sequelize('toString', 'constructor'), [null, NO_REASON]],
  ])('a failed test of a saved connection reports the known reason: %s', async (_what, body, reported) => {
    const { gateway, origin } = await startChartbrewStub({ 'GET test': { status: 400, body } });
    expect(await runMutation(gateway, 'testConnection', { id })).toMatchObject(failed(reported));
    expect(await callsTo(origin)).toEqual(['GET /team/7/connections/31', 'GET /team/7/connections/31/test']);
  });
});

describe('A passed test at Chartbrew', () => {
  it('a passed test reports that unknown test names were not run', async () => {
    const { gateway } = await startChartbrewStub({ 'GET test': { status: 200, body: { success: true } } });
    const { test } = await runMutation(gateway, 'testConnection', { id, tests: ['connect', 'query', 'cdt'] });
    const skipped = { outcome: 'SKIPPED', vendorOutcome: null, message: 'Chartbrew has one test, connect.' };
    expect(test).toMatchObject({
      outcome: 'PASSED',
      checks: [
        { name: 'connect', outcome: 'PASSED' },
        { name: 'query', ...skipped },
        { name: 'cdt', ...skipped },
      ],
    });
  });
});

const server = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi', password: SECRET };
const unsaved = { instance: 'chartbrew', name: 'draft', config: { postgres: server } };

describe('A test of unsaved settings at Chartbrew', () => {
  it('unsaved settings are sent to the test like to a create', async () => {
    const { gateway, origin } = await startChartbrewStub({ 'POST test': { status: 200, body: { success: true } } });
    const { test } = await runMutation(gateway, 'testConnectionConfig', unsaved);
    expect(test).toMatchObject({ outcome: 'PASSED', connection: null });
    const requests = await journalOf(origin);
    expect(await Promise.all(requests.map(wireOf))).toEqual([
      [
        'POST /team/7/connections/postgres/test',
        {
          name: 'draft',
          type: 'postgres',
          subType: 'postgres',
          host: 'db.acme.example',
          port: '5432',
          dbName: 'orders',
          username: 'bi',
          password: SECRET,
        },
      ],
    ]);
  });

  it('unsaved settings are sent with their files in one call', async () => {
    const { gateway, origin } = await startChartbrewStub({
      'POST test/files': { status: 200, body: { success: true } },
    });
    const { test } = await runMutation(gateway, 'testConnectionConfig', {
      instance: 'chartbrew',
      name: 'draft',
      config: { mysql: { ...server, tls: { enabled: true, ca: CERTIFICATE } } },
      options: {
        chartbrew: {
          ssh: { enabled: true, host: 'ssh.acme.example', username: 'hop', privateKey: OTHER_PRIVATE_KEY },
        },
      },
    });
    expect(test).toMatchObject({ outcome: 'PASSED' });
    const [request, ...more] = await journalOf(origin);
    expect(more).toEqual([]);
    const [call, parts] = request ? await wireOf(request) : [];
    const { connection, ...files } = parts ?? {};
    expect(call).toBe('POST /team/7/connections/mysql/test/files');
    expect(files).toEqual({ sslCa: CERTIFICATE, sshPrivateKey: OTHER_PRIVATE_KEY });
    expect(JSON.parse(String(connection))).toEqual({
      name: 'draft',
      type: 'mysql',
      subType: 'mysql',
      host: 'db.acme.example',
      port: '5432',
      dbName: 'orders',
      username: 'bi',
      password: SECRET,
      ssl: true,
      sslMode: 'verify-ca',
      useSsh: true,
      sshHost: 'ssh.acme.example',
      sshUsername: 'hop',
    });
  });

  it.each<[string, unknown, Told]>([
    ['refuse the user', `password authentication failed for user "bi" (${SECRET})`, ['28P01', REFUSED_USER]],
    ['refuse the user of MySQL', `Access denied for user '${SECRET}'`, ['ER_ACCESS_DENIED_ERROR', REFUSED_USER]],
    ['refuse the user of MongoDB', 'Authentication failed.', ['AuthenticationFailed', REFUSED_USER]],
    ['have a closed port', 'connect ECONNREFUSED 127.0.0.1:59999', ['ECONNREFUSED', NO_LISTENER]],
    [
      'have a closed port of ClickHouse',
      'Failed to fetch database schema: connect ECONNREFUSED 127.0.0.1:1',
      ['ECONNREFUSED', NO_LISTENER],
    ],
    [
      'meet an API that refuses',
      `401 - "{\\"token\\":\\"${SECRET}\\"}"`,
      ['StatusCodeError', 'The API answered with 401.'],
    ],
    ['are of a type that it does not know', 'No request type specified', [null, /does not know the type/]],
    ['are no URL', 'Invalid URL', [null, NO_URL]],
    ['are mangled', `Unable to parse ${SECRET}:%3Amongodb:`, [null, NO_URL]],
    ['lead to a private address', blocked('private_network'), ['SSRF_BLOCKED', /private addresses/]],
    ['fail in words that are not known', `The ${SECRET} broke`, [null, NO_REASON]],
    ['fail in very many words', `database ${'database '.repeat(200_000)}`, [null, NO_REASON]],
  ])('a test of unsaved settings that %s is a completed test', async (_what, body, reported) => {
    const { gateway } = await startChartbrewStub({ 'POST test': { status: 400, body } });
    expect(await runMutation(gateway, 'testConnectionConfig', unsaved)).toMatchObject(failed(reported));
  });

  it('a test of a connection string without a user is refused without a call', async () => {
    const { gateway, origin } = await startChartbrewStub({});
    const config = { mysql: { connectionString: 'mysql://url-secret-1.acme.example/orders' } };
    const result = await runMutation(gateway, 'testConnectionConfig', { instance: 'chartbrew', config });
    expect(issuesOf(result)).toEqual(['input.config.mysql.connectionString INVALID']);
    expect(await callsTo(origin)).toEqual([]);
  });

  it('Chartbrew refuses a test of settings that are too large', async () => {
    const { gateway } = await startChartbrewStub({ 'POST test': { status: 413, body: page(SECRET) } });
    expect(issuesOf(await runMutation(gateway, 'testConnectionConfig', unsaved))).toEqual(['input TOO_LONG']);
  });
});

describe('A test that Chartbrew could not run', () => {
  it.each<[string, SandboxResponse, Values]>([
    ['without the right to it', { status: 403, body: { message: 'Access denied' } }, { __typename: 'PermissionError' }],
    ['with a refused key', { status: 401, body: 'Unauthorized access.' }, unavailable('CREDENTIALS_REJECTED')],
    [
      'with the key of a user who is gone',
      { status: 400, body: 'Could not process the request. Please try again.' },
      unavailable('CREDENTIALS_REJECTED'),
    ],
    ['for now', { status: 429, body: SECRET }, { __typename: 'RateLimitedError' }],
    ['by a server that fails', { status: 500, body: page(SECRET) }, unavailable('SERVER_ERROR')],
    ['by a proxy before it', { status: 400, body: page(`Bad Request ${SECRET}`) }, unavailable('BAD_RESPONSE')],
    ['by a server that says nothing', { status: 400, body: '' }, unavailable('BAD_RESPONSE')],
    ['by a proxy that waited in vain', { status: 504, body: page(SECRET) }, unavailable('SERVER_ERROR')],
  ])('a test that could not be run is an error: %s', async (_what, answer, reported) => {
    const { gateway } = await startChartbrewStub({ 'GET test': answer, 'POST test': answer });
    expect(await runMutation(gateway, 'testConnection', { id })).toMatchObject(reported);
    expect(await runMutation(gateway, 'testConnectionConfig', unsaved)).toMatchObject(reported);
  });

  it('a test of a connection that was deleted meanwhile is not found', async () => {
    const { gateway } = await startChartbrewStub({ 'GET test': { status: 404, body: { error: 'Not Found' } } });
    expect(await runMutation(gateway, 'testConnection', { id })).toMatchObject({ __typename: 'NotFoundError', id });
  });

  it('a test that times out is an error, and the call for a saved connection is not aborted, because that may crash the server', async () => {
    const waiting: ((answer: SandboxResponse) => void)[] = [];
    const deadline = createManualDeadline();
    const never = () => {
      deadline.end();
      return new Promise<SandboxResponse>((resolve) => void waiting.push(resolve));
    };
    const timeouts = { testMs: deadline.durationMs };
    const { gateway, origin } = await startChartbrewStub({ 'GET test': never, 'POST test': never }, { timeouts });
    const timeout = { ...unavailable('TIMEOUT'), retryable: true };
    expect(await runMutation(gateway, 'testConnection', { id })).toMatchObject(timeout);
    expect(await runMutation(gateway, 'testConnectionConfig', unsaved)).toMatchObject(timeout);
    await expect.poll(async () => (await journalOf(origin)).at(-1)).toMatchObject({ method: 'POST', hungUp: true });
    const [, saved, ...more] = await journalOf(origin);
    expect(saved).toMatchObject({ method: 'GET', path: '/team/7/connections/31/test', body: '{}' });
    expect(saved).not.toHaveProperty('hungUp');
    expect(more).toHaveLength(1);
    for (const answer of waiting) answer({ status: 200, body: { success: true } });
  });
});
