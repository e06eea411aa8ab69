// Connections at the Chartbrew sandbox whose test fails, saved and unsaved: it quotes the URL that was tried, with the password.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { make, run, sentBy } from './life-asking.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

type Values = Readonly<Record<string, unknown>>;

const server = { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' };
const wrong = { ...server, password: 'wrong-secret-1' };
const ssh = { enabled: true, host: 'ssh.acme.example', username: 'tunnel', password: 'ssh-secret-1' };

const REFUSED_USER = 'The database refuses this user or password.';
const NO_HOST = 'No server has this host name, as the vendor sees it.';
const NO_LISTENER = 'Nothing listens at this host and port, or a firewall is in the way.';
const NO_REASON = 'Chartbrew could not connect, and gives no reason that can be told.';
const PRIVATE = 'Chartbrew may not call private addresses; its operator can let it.';
const API_SAID_401 = 'The API answered with 401.';

const failed = ([vendorOutcome, message]: readonly unknown[]) => ({
  outcome: 'FAILED',
  checks: [{ name: 'connect', outcome: 'FAILED', vendorOutcome, message }],
});

describe('A database that refuses is a test that ran', () => {
  it.each<[string, string, Values, saved: readonly unknown[], unsaved?: readonly unknown[]]>([
    ['PostgreSQL: the password', 'postgres', wrong, ['28P01', REFUSED_USER]],
    ['PostgreSQL: the host', 'postgres', { ...server, host: 'db.invalid' }, ['ENOTFOUND', NO_HOST]],
    ['PostgreSQL: the port', 'postgres', { ...server, port: 1 }, ['ECONNREFUSED', NO_LISTENER]],
    ['MySQL: the password', 'mysql', wrong, ['ER_ACCESS_DENIED_ERROR', REFUSED_USER]],
    [
      'MySQL: the string',
      'mysql',
      { connectionString: 'mysql://bi:wrong-secret-1@db.acme.example/orders' },
      ['ER_ACCESS_DENIED_ERROR', REFUSED_USER],
    ],
    ['ClickHouse: the password', 'clickhouse', wrong, [null, NO_REASON], ['AuthenticationFailed', REFUSED_USER]],
    ['ClickHouse: the port', 'clickhouse', { ...server, port: 1 }, [null, NO_REASON], ['ECONNREFUSED', NO_LISTENER]],
    ['MongoDB: the password', 'mongodb', wrong, ['AuthenticationFailed', REFUSED_USER]],
    ['MongoDB: the port', 'mongodb', { ...server, port: 1 }, ['ECONNREFUSED', NO_LISTENER]],
    [
      'an API: the password',
      'api',
      {
        baseUrl: 'https://api.acme.example',
        authentication: { basic: { username: 'bi', password: 'wrong-secret-1' } },
        headers: [{ name: 'X-Api-Key', value: 'entry-secret-1' }],
      },
      ['StatusCodeError', API_SAID_401],
    ],
    [
      'an API: the address',
      'api',
      { baseUrl: 'https://api.acme.example/private', authentication: { bearer: 'token-secret-1' } },
      ['SSRF_BLOCKED', PRIVATE],
    ],
    [
      'an API: the host',
      'api',
      { baseUrl: 'https://api.invalid', authentication: { bearer: 'token-secret-1' } },
      ['ENOTFOUND', NO_HOST],
    ],
    [
      'Customer.io: the key',
      'customerIo',
      { region: 'eu', apiKey: 'wrong-secret-1' },
      ['StatusCodeError', API_SAID_401],
    ],
  ])('%s', async (_what, dialect, settings, saved, unsaved = saved) => {
    const config = { [dialect]: settings };
    const hasTunnel = ['postgres', 'mysql'].includes(dialect) && !('connectionString' in settings);
    const rest = hasTunnel ? { options: { chartbrew: { ssh } } } : {};
    const { id } = await make(gateway, { instance: 'chartbrew', name: 'refused', config, ...rest });
    expect((await run(gateway, 'testConnection', { id })).test).toEqual({ ...failed(saved), connection: { id } });
    const draft = { instance: 'chartbrew', config, ...rest };
    const before = (await gateway.ask('{ connections { totalCount } }')).data.connections.totalCount;
    expect((await run(gateway, 'testConnectionConfig', draft)).test).toEqual({ ...failed(unsaved), connection: null });
    // Nothing is saved by it.
    expect((await gateway.ask('{ connections { totalCount } }')).data.connections.totalCount).toBe(before);
  });

  it('is told once the secret is right again', async () => {
    const { id } = await make(gateway, { instance: 'chartbrew', name: 'rotated', config: { postgres: wrong } });
    const testIt = async () => (await run(gateway, 'testConnection', { id })).test.outcome;
    expect(await testIt()).toBe('FAILED');
    const { sent } = await sentBy(gateway, 'chartbrew', () =>
      run(gateway, 'updateConnection', { id, config: { postgres: { password: { replace: 'pw-secret-2' } } } }),
    );
    expect(sent.map(([, body]) => body)).toEqual([{ password: 'pw-secret-2' }]);
    expect(await testIt()).toBe('PASSED');
  });
});
