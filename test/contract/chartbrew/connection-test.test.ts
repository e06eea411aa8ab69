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
    ['a wrong password of PostgreSQL', sequelize('SequelizeConnectionError', '28P01'), ['28P01', REFUSED_USER]],
    ['a closed port', sequelize('SequelizeConnectionRefusedError', 'ECONNREFUSED'), ['ECONNREFUSED', NO_LISTENER]],
    [
      'a wrong password of MySQL',
      sequelize('SequelizeAccessDeniedError', 'ER_ACCESS_DENIED_ERROR'),
      ['ER_ACCESS_DENIED_ERROR', REFUSED_USER],
    ],
    ['a code only at the end of the text', { original: { code: 'ENOTFOUND' } }, ['ENOTFOUND', NO_HOST]],
    [
      'a wrong password of MongoDB',
      { errorResponse: { errmsg: SECRET, code: 18 }, code: 18, codeName: 'AuthenticationFailed' },
      ['AuthenticationFailed', REFUSED_USER],
    ],
    [
      'a closed port of MongoDB',
      { message: `connect ECONNREFUSED 127.0.0.1:1 (mongodb://bi:${SECRET}@x)`, reason: { servers: {} } },
      ['ECONNREFUSED', NO_LISTENER],
    ],
    ['an API that refuses the request', apiFailure(401), ['StatusCodeError', 'The API answered with 401.']],
    ['an API that fails', apiFailure(500), ['StatusCodeError', 'The API answered with 500.']],
    ['an API with an invalid status number', apiFailure(SECRET), [null, NO_REASON]],
    [
      'a closed port of an API',
      { name: 'RequestError', message: 'Error: connect ECONNREFUSED 127.0.0.1:1', cause: {}, options: { uri: SECRET } },
      ['ECONNREFUSED', NO_LISTENER],
    ],
    ['an answer without a text, as ClickHouse gives', {}, [null, NO_REASON]],
    ['a missing OAuth grant', { error: 'No oauth token' }, [null, /Google grant/]],
    ['a private address', blocked('private_network'), ['SSRF_BLOCKED', /private addresses/]],
    ['the metadata address of a cloud', blocked('metadata_endpoint'), ['SSRF_BLOCKED', /metadata/]],
    ['a URL with another scheme', blocked('invalid_scheme'), ['SSRF_BLOCKED', /http and https/]],
    ['a missing address', blocked('invalid_url'), ['SSRF_BLOCKED', /base URL/]],
    ['an unknown reason of the SSRF policy', blocked(SECRET), ['SSRF_BLOCKED', /refuses to connect/]],
    [
      'a type that is disabled',
      { code: 'SOURCE_DISABLED', message: SECRET },
      ['SOURCE_DISABLED', /disabled this type/],
    ],
    ['a connection string that is not a URL', { code: 'ERR_INVALID_URL', input: SECRET }, ['ERR_INVALID_URL', NO_URL]],
    [
      'a known error class without a code',
      sequelize('SequelizeHostNotFoundError', SECRET),
      ['SequelizeHostNotFoundError', NO_HOST],
    ],
    [
      'an error class without a known reason',
      { name: 'SequelizeConnectionError' },
      ['SequelizeConnectionError', NO_REASON],
    ],
    ['an unknown text', { name: SECRET, code: SECRET, codeName: SECRET, message: SECRET }, [null, NO_REASON]],
    ['a code that is not a text', sequelize('constructor', { toString: 1 }), [null, NO_REASON]],
    ['an error code of JavaScript', sequelize('toString', 'constructor'), [null, NO_REASON]],
  ])('a failed test of a saved connection reports the reason, if it is known: %s', async (_what, body, reported) => {
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
    [
      'PostgreSQL refuses the user',
      `password authentication failed for user "bi" (${SECRET})`,
      ['28P01', REFUSED_USER],
    ],
    ['MySQL refuses the user', `Access denied for user '${SECRET}'`, ['ER_ACCESS_DENIED_ERROR', REFUSED_USER]],
    ['MongoDB refuses the user', 'Authentication failed.', ['AuthenticationFailed', REFUSED_USER]],
    ['the port is closed', 'connect ECONNREFUSED 127.0.0.1:59999', ['ECONNREFUSED', NO_LISTENER]],
    [
      'the port of ClickHouse is closed',
      'Failed to fetch database schema: connect ECONNREFUSED 127.0.0.1:1',
      ['ECONNREFUSED', NO_LISTENER],
    ],
    [
      'the API refuses the request',
      `401 - "{\\"token\\":\\"${SECRET}\\"}"`,
      ['StatusCodeError', 'The API answered with 401.'],
    ],
    ['Chartbrew does not know the type', 'No request type specified', [null, /does not know the type/]],
    ['the address is not a URL', 'Invalid URL', [null, NO_URL]],
    ['the URL is malformed', `Unable to parse ${SECRET}:%3Amongodb:`, [null, NO_URL]],
    ['the address is private', blocked('private_network'), ['SSRF_BLOCKED', /private addresses/]],
    ['Chartbrew answers with an unknown text', `The ${SECRET} broke`, [null, NO_REASON]],
    ['Chartbrew answers with a very long text', `database ${'database '.repeat(200_000)}`, [null, NO_REASON]],
  ])('a failed test of unsaved settings is a completed test: %s', async (_what, body, reported) => {
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
    [
      'the gateway has no permission',
      { status: 403, body: { message: 'Access denied' } },
      { __typename: 'PermissionError' },
    ],
    [
      'the key of the gateway is refused',
      { status: 401, body: 'Unauthorized access.' },
      unavailable('CREDENTIALS_REJECTED'),
    ],
    [
      'the user of the key does not exist any more',
      { status: 400, body: 'Could not process the request. Please try again.' },
      unavailable('CREDENTIALS_REJECTED'),
    ],
    ['the rate limit is reached', { status: 429, body: SECRET }, { __typename: 'RateLimitedError' }],
    ['the server fails', { status: 500, body: page(SECRET) }, unavailable('SERVER_ERROR')],
    ['a proxy answers with a page', { status: 400, body: page(`Bad Request ${SECRET}`) }, unavailable('BAD_RESPONSE')],
    ['the answer is empty', { status: 400, body: '' }, unavailable('BAD_RESPONSE')],
    ['a proxy reports a timeout', { status: 504, body: page(SECRET) }, unavailable('SERVER_ERROR')],
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
