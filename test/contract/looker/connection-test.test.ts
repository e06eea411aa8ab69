// Tests of connections at Looker, saved and unsaved: what is requested, and how the answer is reported.
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { SandboxResponse } from '../../../src/sandbox/server.ts';
import { issuesOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.reset('looker'));
afterAll(() => gateway.close());

const PATH = '/api/4.0/connections';
const idOf = (name: string): string => Buffer.from(`v1:c:looker:${name}`).toString('base64url');
const passed = (name: string) => ({ name, outcome: 'PASSED', vendorOutcome: 'success', message: null });
const noSuchTest = (name: string) => ({
  name,
  outcome: 'SKIPPED',
  vendorOutcome: null,
  message: 'Looker has no test of this name for the connection.',
});
const ask = (input: Values) => recordSent(gateway, 'looker', () => runMutation(gateway, 'testConnection', input));
const askUnsaved = async (input: Values) => {
  // After a reset the first call must log in again.
  await gateway.ask('query ($id: ID!) { connection(id: $id) { name } }', { id: idOf('clickstream') });
  return recordSent(gateway, 'looker', () =>
    runMutation(gateway, 'testConnectionConfig', { instance: 'looker', ...input }),
  );
};

describe('A test of a saved connection at Looker', () => {
  it('a test of a saved connection runs the tests that Looker runs by default', async () => {
    const { result, sent } = await ask({ id: idOf('clickstream') });
    expect(sent).toEqual([[`PUT ${PATH}/clickstream/test`]]);
    expect(result.test).toMatchObject({ outcome: 'PASSED', checks: ['connect', 'kill', 'query'].map(passed) });
  });

  it('only known tests are requested, each once', async () => {
    const { result, sent } = await ask({ id: idOf('clickstream'), tests: ['query', 'tmp_db', 'query', 'no,such'] });
    expect(sent).toEqual([[`PUT ${PATH}/clickstream/test?tests=query`]]);
    expect(result.test).toMatchObject({
      outcome: 'PASSED',
      checks: [passed('query'), noSuchTest('tmp_db'), noSuchTest('no,such')],
    });
  });

  it('a test with only unknown names is not requested', async () => {
    const { result, sent } = await ask({ id: idOf('clickstream'), tests: ['tmp_db'] });
    expect(sent).toEqual([]);
    expect(result.test).toMatchObject({ outcome: 'SKIPPED', checks: [noSuchTest('tmp_db')] });
  });

  it('a connection that Looker manages is not tested', async () => {
    const { sent, result } = await ask({ id: idOf('looker__internal__analytics'), tests: ['connect'] });
    expect(sent).toEqual([]);
    expect(result).toMatchObject({
      __typename: 'TestConnectionSuccess',
      test: { outcome: 'SKIPPED', checks: [{ name: 'connect', outcome: 'SKIPPED', vendorOutcome: null }] },
    });
  });

  it('a test in which the database refuses is a completed test', async () => {
    const config = { postgres: { host: 'db.acme.example', username: 'bi', password: 'wrong-secret-1' } };
    const { id } = await createForUpdate(gateway, { instance: 'looker', name: 'refused', config });
    const { result } = await ask({ id, tests: ['connect', 'query'] });
    const failed = {
      outcome: 'FAILED',
      vendorOutcome: '28P01',
      message: 'The database refuses this user or password.',
    };
    expect(result.test).toMatchObject({
      outcome: 'FAILED',
      checks: [
        { name: 'connect', ...failed },
        { name: 'query', ...failed },
      ],
    });
  });
});

describe('A test of unsaved settings at Looker', () => {
  const config = { postgres: { host: 'db.acme.example', username: 'bi', password: 'pw-secret-1' } };
  const body = { dialect_name: 'postgres', host: 'db.acme.example', username: 'bi', password: 'pw-secret-1' };

  it('a test of unsaved settings sends the same body as a create', async () => {
    const { result, sent } = await askUnsaved({ config, name: 'orders', tests: ['connect', 'query'] });
    expect(sent).toEqual([[`PUT ${PATH}/test?tests=connect%2Cquery`, { name: 'orders', ...body }]]);
    expect(result.test).toMatchObject({
      outcome: 'PASSED',
      checks: [passed('connect'), passed('query')],
      connection: null,
    });
  });

  it('a test of unsaved settings needs no name, and reports unknown test names', async () => {
    const { result, sent } = await askUnsaved({ config, tests: ['connect', 'nonsense', 'no such'] });
    expect(sent).toEqual([[`PUT ${PATH}/test?tests=connect%2Cnonsense`, body]]);
    expect(result.test.checks).toEqual([passed('connect'), noSuchTest('nonsense'), noSuchTest('no such')]);
  });

  it('a test of unsaved settings saves nothing', async () => {
    await askUnsaved({ config, name: 'orders' });
    const { data } = await gateway.ask('query ($id: ID!) { connection(id: $id) { name } }', { id: idOf('orders') });
    expect(data.connection).toBeNull();
  });

  it('a test of an unknown host is a completed test', async () => {
    const { result } = await askUnsaved({
      config: { postgres: { ...config.postgres, host: 'db.invalid' } },
      tests: ['connect'],
    });
    expect(result.test).toMatchObject({
      outcome: 'FAILED',
      checks: [
        {
          name: 'connect',
          vendorOutcome: 'ENOTFOUND',
          message: 'No server has this host name, as the vendor sees it.',
        },
      ],
    });
  });

  it('settings that Looker refuses in a test are reported by their path', async () => {
    const { result } = await askUnsaved({ config: { other: { dialectName: 'nonsense', host: 'db.acme.example' } } });
    expect(issuesOf(result)).toEqual(['input.config.other.dialectName INVALID']);
    const file = { certificate: { body: 'no-secret-1', fileType: 'P8' } };
    const own = await askUnsaved({ config, options: { looker: file } });
    expect(issuesOf(own.result)).toEqual(['input.options.looker.certificate.body INVALID']);
    expect(own.sent).toEqual([]);
  });
});

const row = { name: 'orders', dialect_name: 'postgres', host: 'db.acme.example' };

/** Runs a test that Looker answers with this, and returns the result. */
async function answered(answer: SandboxResponse, tests?: readonly string[]) {
  const { gateway: stubbed, close } = await startStubbedGateway('looker', ({ method, path }) => {
    if (path.endsWith('/login')) return { status: 200, body: { access_token: 'token-1', expires_in: 3600 } };
    return method === 'PUT' ? answer : { status: 200, body: row };
  });
  onTestFinished(close);
  const input = tests ? { tests } : {};
  const saved = await runMutation(stubbed, 'testConnection', { id: idOf('orders'), ...input });
  const config = { postgres: { host: 'db.acme.example', password: 'pw-secret-1' } };
  const unsaved = await runMutation(stubbed, 'testConnectionConfig', { instance: 'looker', config, ...input });
  return { saved, unsaved };
}

describe("Looker's answer to a test", () => {
  const secret = 'pw-secret-1';
  const all = { message: secret, connection_string: `jdbc:x?password=${secret}` };
  const bad = { __typename: 'VendorUnavailableError', unavailable: 'BAD_RESPONSE' };

  it('the result of a test has messages of Patchbay, and only fixed texts of Looker', async () => {
    const body = [
      { name: 'connect', status: 'error', ...all },
      { name: secret, status: 'success', ...all },
      { name: 'query', status: 'deferred', ...all },
      { name: 'kill', status: secret, ...all },
      { name: 'cdt', status: 'later', message: {}, connection_string: secret },
    ];
    const neither = 'Looker reports neither a success nor a failure.';
    const { saved, unsaved } = await answered({ status: 200, body });
    expect(saved.test).toMatchObject({
      outcome: 'FAILED',
      checks: [
        {
          name: 'connect',
          outcome: 'FAILED',
          vendorOutcome: 'error',
          message: 'Looker gives no reason that can be shown.',
        },
        { name: 'test', outcome: 'PASSED', vendorOutcome: 'success', message: null },
        { name: 'query', outcome: 'WARNED', vendorOutcome: 'deferred', message: neither },
        { name: 'kill', outcome: 'WARNED', vendorOutcome: null, message: neither },
        { name: 'cdt', outcome: 'WARNED', vendorOutcome: 'later', message: neither },
      ],
    });
    expect(unsaved.test.checks).toEqual(saved.test.checks);
  });

  it.each([
    ['a row without a name', [{ status: 'success' }]],
    ['a row without a status', [{ name: 'connect', message: secret }]],
    ['a row of other types', [{ name: 5, status: null }]],
    ['a good row and none', [{ name: 'connect', status: 'success' }, {}]],
    ['rows that are texts', ['connect']],
    ['an object', { name: 'connect', status: 'success' }],
    ['a page', `<html>${secret}</html>`],
    ['nothing', undefined],
    ['null', null],
  ])('an answer that is not a test result is unusable: %s', async (_what, body) => {
    const { saved, unsaved } = await answered({ status: 200, body });
    expect([saved, unsaved]).toMatchObject([bad, bad]);
  });

  it.each([
    ['PASSED', ['success', 'success']],
    ['WARNED', ['success', 'deferred']],
    ['WARNED', ['deferred', 'success']],
    ['FAILED', ['success', 'error']],
    ['FAILED', ['deferred', 'error', 'success']],
  ])('the outcome of a test is the worst outcome of its checks: %s of %j', async (outcome, words) => {
    const body = words.map((status, at) => ({ name: `check${at}`, status }));
    const { saved, unsaved } = await answered({ status: 200, body });
    expect([saved.test.outcome, unsaved.test.outcome]).toEqual([outcome, outcome]);
  });

  it('a test result without checks is not a success', async () => {
    const { saved, unsaved } = await answered({ status: 200, body: [] });
    const reported = { outcome: 'WARNED', checks: [{ name: 'connect', message: 'Looker reports no test.' }] };
    expect([saved.test, unsaved.test]).toMatchObject([reported, reported]);
  });

  it('a test of a dialect without a list of tests reports the tests that exist', async () => {
    const { saved } = await answered({ status: 200, body: [{ name: 'connect', status: 'success' }] }, [
      'connect',
      'kill',
    ]);
    expect(saved.test.checks).toEqual([passed('connect'), noSuchTest('kill')]);
  });

  it.each([
    [200, bad, bad],
    [403, { __typename: 'PermissionError' }, { __typename: 'PermissionError' }],
    [404, { __typename: 'NotFoundError' }, bad],
    [422, bad, { __typename: 'ValidationError', issues: [{ path: ['input', 'config', 'postgres'] }] }],
    [429, { __typename: 'RateLimitedError' }, { __typename: 'RateLimitedError' }],
    [504, { unavailable: 'SERVER_ERROR' }, { unavailable: 'SERVER_ERROR' }],
  ])('a failed test is reported by its status %i, without quoting the answer', async (status, ofSaved, ofUnsaved) => {
    const body = { message: secret, errors: [{ field: secret, code: 'invalid', message: secret }] };
    const { saved, unsaved } = await answered({ status, body });
    expect(saved).toMatchObject(ofSaved);
    expect(unsaved).toMatchObject(ofUnsaved);
  });
});
