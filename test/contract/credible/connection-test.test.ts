// Tests of settings at Credible by a dry run. The result is reported with Patchbay's messages, whatever form the answer has, because the
// vendor's documentation does not define the form.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxResponse } from '../../../src/sandbox/server.ts';
import { issuesOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { createManualDeadline } from '../../support/manual-deadline.ts';
import { startStubbedGateway, type StubbedGateway } from '../../support/stub-vendor.ts';
import { runMutation, recordSent } from '../../support/mutations.ts';

type Values = Readonly<Record<string, unknown>>;

/** The current answer of the stub Credible. */
let answer: SandboxResponse = { status: 500 };
let stubbed: StubbedGateway;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  stubbed = await startStubbedGateway('credible', () => answer);
});
afterAll(async () => {
  await stubbed.close();
  await gateway.close();
});

const postgres = { host: 'pg.acme.example', username: 'bi', password: 'pw-secret-1' };
const test = (on: TestGateway, rest: Values = {}) =>
  runMutation(on, 'testConnectionConfig', { instance: 'credible', config: { postgres }, ...rest });
const refused = (status: number, message: string, code: unknown = status): SandboxResponse => ({
  status,
  body: { code, message },
});

const PASSED = { name: 'connect', outcome: 'PASSED', vendorOutcome: null, message: null };
const failed = (vendorOutcome: string | null, message: string) => ({
  name: 'connect',
  outcome: 'FAILED',
  vendorOutcome,
  message,
});
const NO_REASON = failed(null, 'Credible could not connect, and gives no reason that can be shown.');
const REFUSED_USER = failed('28P01', 'The database refuses this user or password.');
const NO_HOST = failed('ENOTFOUND', 'No server has this host name, as the vendor sees it.');

describe('A test of settings at Credible', () => {
  it.each([
    [{ ...postgres, password: 'wrong-secret-1' }, REFUSED_USER],
    [{ ...postgres, host: 'db.invalid' }, NO_HOST],
    [{ connectionString: 'postgresql://bi:p@ss-secret-1@pg.invalid/orders' }, NO_HOST],
  ])('a failed dry run is a completed test: %j', async (settings, check) => {
    const result = await test(gateway, { config: { postgres: settings } });
    expect(result).toMatchObject({
      __typename: 'TestConnectionSuccess',
      test: { outcome: 'FAILED', checks: [check], connection: null },
    });
  });

  it('an @ in the password of a connection string is sent percent-encoded, because the engine would split the string there', async () => {
    const settings = { connectionString: 'postgresql://bi:p@ss-secret-1@pg.acme.example/orders' };
    const { result, sent } = await recordSent(gateway, 'credible', () =>
      test(gateway, { config: { postgres: settings } }),
    );
    expect(result.test).toMatchObject({ outcome: 'PASSED', checks: [PASSED] });
    expect(sent).toMatchObject([
      [
        expect.stringContaining('dryRun=true'),
        { postgresConnection: { connectionString: 'postgresql://bi:p%40ss-secret-1@pg.acme.example/orders' } },
      ],
    ]);
  });

  it('requested test names are reported as unknown, because Credible has none', async () => {
    const { test: tested } = await test(gateway, { tests: ['query', 'tmp_table'] });
    const message = 'Credible has only one test, and it has no name.';
    expect(tested).toMatchObject({
      outcome: 'PASSED',
      checks: [
        PASSED,
        { name: 'query', outcome: 'SKIPPED', vendorOutcome: null, message },
        { name: 'tmp_table', outcome: 'SKIPPED', vendorOutcome: null, message },
      ],
    });
  });

  it('a dry run also sends the index settings', async () => {
    const options = { credible: { excludeAllTables: true } };
    const { sent } = await recordSent(gateway, 'credible', () => test(gateway, { name: 'orders', options }));
    expect(sent).toEqual([
      [
        'POST /api/v0/organizations/acme/projects/analytics/connections?dryRun=true',
        {
          name: 'orders',
          type: 'postgres',
          postgresConnection: { host: 'pg.acme.example', userName: 'bi', password: 'pw-secret-1' },
          excludeAllTables: true,
        },
      ],
    ]);
  });

  it.each<[Values, string]>([
    [{ name: 'two words' }, 'input.name INVALID'],
    [{ config: { postgres: {} } }, 'input.config.postgres.host REQUIRED'],
    [{ config: { motherduck: { database: 'a' } } }, 'input.config.motherduck.accessToken SECRET_NEEDED'],
  ])('invalid settings are refused without a dry run: %j', async (rest, problem) => {
    const { result, sent } = await recordSent(gateway, 'credible', () => test(gateway, rest));
    expect(issuesOf(result)).toEqual([problem]);
    expect(sent).toEqual([]);
  });
});

describe('The answer of Credible to a dry run', () => {
  it.each<[SandboxResponse, Values]>([
    [{ status: 200, body: { name: 'patchbay_test', postgresConnection: { password: 'echo-secret-1' } } }, PASSED],
    [{ status: 201, body: { name: 'patchbay_test', type: 'postgres', indexingStatus: null } }, PASSED],
    [{ status: 200, body: { status: 'ok', errorMessage: '' } }, PASSED],
    [
      { status: 200, body: { status: 'failed', errorMessage: 'connect ECONNREFUSED 10.0.0.1 echo-secret-1' } },
      failed('ECONNREFUSED', 'Nothing listens at this host and port, or a firewall is in the way.'),
    ],
    [{ status: 200, body: { status: 'failed', errorMessage: 'echo-secret-1' } }, NO_REASON],
    [{ status: 200, body: { status: 'failed' } }, NO_REASON],
    [refused(400, 'password authentication failed for user "echo-secret-1"'), REFUSED_USER],
    [refused(422, 'getaddrinfo ENOTFOUND echo-secret-1'), NO_HOST],
    [
      refused(424, 'FATAL: database "echo-secret-1" does not exist'),
      failed('3D000', 'The server has no database of this name.'),
    ],
    [refused(500, 'getaddrinfo ENOTFOUND echo-secret-1'), NO_HOST],
    [refused(400, 'echo-secret-1', 'FAILED_PRECONDITION'), NO_REASON],
  ])('the answer %j to a dry run is read as its result', async (given, check) => {
    answer = given;
    const result = await test(stubbed.gateway);
    expect(result).toMatchObject({ __typename: 'TestConnectionSuccess', test: { checks: [check] } });
    expect(result.test.outcome).toBe(check['outcome']);
  });

  it.each<[SandboxResponse, string]>([
    [refused(400, 'postgresConnection.host echo-secret-1 is wrong'), 'input.config.postgres.host INVALID'],
    [refused(400, 'echo-secret-1', 'INVALID_ARGUMENT'), 'input.config.postgres INVALID'],
    [refused(422, 'excludeTables must be a list'), 'input.options.credible.excludeTables INVALID'],
    [refused(400, 'connection name is bad'), 'input.name INVALID'],
    [{ status: 400, body: '<html>echo-secret-1</html>' }, 'input.config.postgres INVALID'],
    [refused(409, 'Connection "orders" already exists', 'ALREADY_EXISTS'), 'input.name INVALID'],
    [refused(500, 'Connection "orders" already exists'), 'input.name INVALID'],
  ])('the answer %j to a dry run is a refusal of a field', async (given, problem) => {
    answer = given;
    const result = await test(stubbed.gateway, { name: 'orders' });
    expect(issuesOf(result)).toEqual([problem]);
    expect(result.issues).toMatchObject([{ source: 'VENDOR' }]);
  });

  it.each<[SandboxResponse, Values]>([
    [refused(401, 'no', 'UNAUTHENTICATED'), { unavailable: 'CREDENTIALS_REJECTED' }],
    [refused(403, 'no', 'PERMISSION_DENIED'), { __typename: 'PermissionError' }],
    [refused(404, 'no such project', 'NOT_FOUND'), { unavailable: 'BAD_RESPONSE', vendorStatus: 404 }],
    [refused(500, 'echo-secret-1'), { unavailable: 'SERVER_ERROR' }],
    [refused(502, 'connect ETIMEDOUT echo-secret-1'), { unavailable: 'SERVER_ERROR', vendorStatus: 502 }],
    [{ status: 200, body: '<html>echo-secret-1</html>' }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 201, body: {} }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 204 }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 200 }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 200, body: 'null' }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 200, body: [] }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 200, body: { success: true } }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 200, body: { success: false, name: 'patchbay_test' } }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 200, body: { status: 'unknown' } }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 200, body: { message: 'echo-secret-1' } }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 200, body: { name: 'other', type: 'postgres' } }, { unavailable: 'BAD_RESPONSE' }],
    [{ status: 200, body: { name: 'patchbay_test', type: 'mysql' } }, { unavailable: 'BAD_RESPONSE' }],
    // This case is the last, because the gateway then sends nothing for a while.
    [refused(429, 'no'), { __typename: 'RateLimitedError' }],
  ])('the answer %j means that the dry run could not be run', async (given, expected) => {
    answer = given;
    expect(await test(stubbed.gateway)).toMatchObject(expected);
  });

  it('a dry run without an answer is an error', async () => {
    const deadline = createManualDeadline();
    const unanswered = () => {
      deadline.end();
      return new Promise<SandboxResponse>(() => {});
    };
    const silent = await startStubbedGateway('credible', unanswered, { timeouts: { testMs: deadline.durationMs } });
    expect(await test(silent.gateway)).toMatchObject({ __typename: 'VendorUnavailableError', unavailable: 'TIMEOUT' });
    await silent.close();
  });
});
