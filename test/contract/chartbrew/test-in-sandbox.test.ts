// Failed tests of connections at the Chartbrew sandbox, saved and unsaved. The sandbox quotes the URL with the password.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, issuesOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { ENCRYPTED_OPENSSH_KEY } from '../../support/keys.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

type Values = Readonly<Record<string, unknown>>;

const server = { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' };
const wrong = { ...server, password: 'wrong-secret-1' };
const ssh = { enabled: true, host: 'ssh.acme.example', username: 'tunnel', password: 'ssh-secret-1' };

const key = (privateKey: string) => JSON.stringify({ project_id: 'acme', private_key: privateKey });

const REFUSED_USER = 'The database refuses this user or password.';
const NO_HOST = 'No server has this host name, as the vendor sees it.';
const NO_LISTENER = 'Nothing listens at this host and port, or a firewall is in the way.';
const NO_REASON = 'Chartbrew could not connect, and gives no reason that can be shown.';
const PRIVATE = 'Chartbrew is not allowed to call private addresses. Its operator can allow it.';
const API_SAID_401 = 'The API answered with 401.';
const NO_AUTHORITY =
  "The authority that issued the server's certificate is not trusted by the vendor; provide the certificate of that authority.";
const NO_TRUST = "The server's certificate cannot be trusted, or the server does not support TLS.";
const NO_TLS = 'The settings require TLS, but the server does not support it.';
const NOT_LET_IN =
  'The server does not allow this user to sign in: there is no such user, or its rules (pg_hba.conf) require another address, database, encryption or client certificate.';
const verified = { enabled: true, mode: 'verify-full' };

const failed = ([vendorOutcome, message]: readonly unknown[]) => ({
  outcome: 'FAILED',
  checks: [{ name: 'connect', outcome: 'FAILED', vendorOutcome, message }],
});

describe('A refusal by the database is a completed test', () => {
  it.each<[string, string, Values, saved: readonly unknown[], unsaved?: readonly unknown[]]>([
    ['PostgreSQL: a wrong password', 'postgres', wrong, ['28P01', REFUSED_USER]],
    ['PostgreSQL: a host that does not exist', 'postgres', { ...server, host: 'db.invalid' }, ['ENOTFOUND', NO_HOST]],
    ['PostgreSQL: a closed port', 'postgres', { ...server, port: 1 }, ['ECONNREFUSED', NO_LISTENER]],
    [
      'PostgreSQL: an unknown certificate authority',
      'postgres',
      { ...server, host: 'db.private-ca.example', tls: verified },
      ['SELF_SIGNED_CERT_IN_CHAIN', NO_AUTHORITY],
    ],
    [
      'PostgreSQL: no client certificate',
      'postgres',
      { ...server, host: 'db.client-cert.example', tls: verified },
      ['28000', NOT_LET_IN],
      [
        'CLIENT_CERTIFICATE_REQUIRED',
        'The server requires a client certificate, and the vendor presented none that it accepts.',
      ],
    ],
    [
      'PostgreSQL: no encryption',
      'postgres',
      { ...server, host: 'db.only-tls.example' },
      ['28000', NOT_LET_IN],
      [
        '28000',
        "The server's rules (pg_hba.conf) do not allow this user to sign in from the vendor's address, to this database, or without encryption.",
      ],
    ],
    [
      'PostgreSQL: encryption that the server does not support',
      'postgres',
      { ...server, host: 'db.no-tls.example', tls: verified },
      ['SequelizeConnectionError', NO_REASON],
      ['HANDSHAKE_NO_SSL_SUPPORT', NO_TLS],
    ],
    ['MySQL: a wrong password', 'mysql', wrong, ['ER_ACCESS_DENIED_ERROR', REFUSED_USER]],
    [
      'MySQL: a wrong password in the connection string',
      'mysql',
      { connectionString: 'mysql://bi:wrong-secret-1@db.acme.example/orders' },
      ['ER_ACCESS_DENIED_ERROR', REFUSED_USER],
    ],
    [
      'MySQL: a database without access',
      'mysql',
      { ...server, database: 'forbidden' },
      ['ER_DBACCESS_DENIED_ERROR', 'The user may not do what the test needs.'],
    ],
    [
      'MySQL: an unknown certificate authority',
      'mysql',
      { ...server, host: 'db.private-ca.example', tls: verified },
      ['HANDSHAKE_SSL_ERROR', NO_TRUST],
      ['SELF_SIGNED_CERT_IN_CHAIN', NO_AUTHORITY],
    ],
    [
      'MySQL: encryption that the server does not support',
      'mysql',
      { ...server, host: 'db.no-tls.example', tls: verified },
      ['HANDSHAKE_NO_SSL_SUPPORT', NO_TLS],
    ],
    [
      'MySQL: no encryption',
      'mysql',
      { ...server, host: 'db.only-tls.example' },
      ['ER_SECURE_TRANSPORT_REQUIRED', 'The server accepts only encrypted connections.'],
    ],
    [
      'ClickHouse: an unknown certificate authority',
      'clickhouse',
      { ...server, host: 'ch.private-ca.example', tls: { enabled: true } },
      [null, NO_REASON],
      ['SELF_SIGNED_CERT_IN_CHAIN', NO_AUTHORITY],
    ],
    ['ClickHouse: a wrong password', 'clickhouse', wrong, [null, NO_REASON], ['AuthenticationFailed', REFUSED_USER]],
    [
      'ClickHouse: a closed port',
      'clickhouse',
      { ...server, port: 1 },
      [null, NO_REASON],
      ['ECONNREFUSED', NO_LISTENER],
    ],
    ['MongoDB: a wrong password', 'mongodb', wrong, ['AuthenticationFailed', REFUSED_USER]],
    ['MongoDB: a closed port', 'mongodb', { ...server, port: 1 }, ['ECONNREFUSED', NO_LISTENER]],
    [
      'an API: a wrong password',
      'api',
      {
        baseUrl: 'https://api.acme.example',
        authentication: { basic: { username: 'bi', password: 'wrong-secret-1' } },
        headers: [{ name: 'X-Api-Key', value: 'entry-secret-1' }],
      },
      ['StatusCodeError', API_SAID_401],
    ],
    [
      'an API: a wrong address',
      'api',
      { baseUrl: 'https://api.acme.example/private', authentication: { bearer: 'token-secret-1' } },
      ['SSRF_BLOCKED', PRIVATE],
    ],
    [
      'an API: a host that does not exist',
      'api',
      { baseUrl: 'https://api.invalid', authentication: { bearer: 'token-secret-1' } },
      ['ENOTFOUND', NO_HOST],
    ],
    [
      'Google Analytics: no grant',
      'googleAnalytics',
      { oauthId: '7d1f3a52-0c44-4f0e-9a77-0d3f3e1b9c21' },
      [null, NO_REASON],
      [null, "Chartbrew has no such Google grant. A user must give it on Chartbrew's web page."],
    ],
    [
      'Realtime Database: a wrong key',
      'realtimeDb',
      { serviceAccountKey: key('key-secret-1') },
      ['app/invalid-credential', 'The key in the service account cannot be read.'],
    ],
    [
      'Firestore: a wrong key',
      'firestore',
      { serviceAccountKey: key('-----BEGIN PRIVATE KEY-----\nwrong-secret-1\n-----END PRIVATE KEY-----\n') },
      [null, NO_REASON],
      ['UNAUTHENTICATED', 'The service refuses the key or token.'],
    ],
    [
      'Customer.io: a wrong key',
      'customerIo',
      { region: 'eu', apiKey: 'wrong-secret-1' },
      ['StatusCodeError', API_SAID_401],
    ],
  ])('%s', async (_what, dialect, settings, saved, unsaved = saved) => {
    const config = { [dialect]: settings };
    // Chartbrew uses no tunnel with a connection string, and PostgreSQL fails through a tunnel.
    const hasTunnel = dialect === 'mysql' && !('connectionString' in settings);
    const rest = hasTunnel ? { options: { chartbrew: { ssh } } } : {};
    const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'refused', config, ...rest });
    expect((await runMutation(gateway, 'testConnection', { id })).test).toEqual({
      ...failed(saved),
      connection: { id },
    });
    const draft = { instance: 'chartbrew', config, ...rest };
    const before = (await gateway.ask('{ connections { totalCount } }')).data.connections.totalCount;
    expect((await runMutation(gateway, 'testConnectionConfig', draft)).test).toEqual({
      ...failed(unsaved),
      connection: null,
    });
    // The test saves nothing.
    expect((await gateway.ask('{ connections { totalCount } }')).data.connections.totalCount).toBe(before);
  });

  it.each<[Values, readonly unknown[]]>([
    [{ host: 'ssh.invalid' }, ['SSH_HOST_NOT_FOUND', 'No SSH server has this host name, as the vendor sees it.']],
    [
      { port: 1 },
      ['SSH_CONNECT', 'Nothing listens at the host and port of the SSH server, or a firewall is in the way.'],
    ],
    [
      { password: 'wrong-secret-1' },
      ['SSH_AUTHENTICATION_FAILED', 'The SSH server refuses this user, password or key.'],
    ],
    [
      { privateKey: ENCRYPTED_OPENSSH_KEY, passphrase: 'wrong-secret-1' },
      ['SSH_KEY_PASSPHRASE', 'The passphrase does not decrypt the private key of the SSH user, or is missing.'],
    ],
  ])('a test in which the SSH server refuses the connection is a completed test: %j', async (tunnel, unsaved) => {
    const options = { chartbrew: { ssh: { ...ssh, ...tunnel } } };
    const settings = { instance: 'chartbrew', config: { mysql: server }, options };
    const { id } = await createForUpdate(gateway, { name: 'tunnel', ...settings });
    // The test of a saved connection returns no message.
    expect((await runMutation(gateway, 'testConnection', { id })).test).toEqual({
      ...failed([null, NO_REASON]),
      connection: { id },
    });
    expect((await runMutation(gateway, 'testConnectionConfig', settings)).test).toEqual({
      ...failed(unsaved),
      connection: null,
    });
  });

  it('a test passes again after the secret is corrected', async () => {
    const { id } = await createForUpdate(gateway, {
      instance: 'chartbrew',
      name: 'rotated',
      config: { postgres: wrong },
    });
    const testIt = async () => (await runMutation(gateway, 'testConnection', { id })).test.outcome;
    expect(await testIt()).toBe('FAILED');
    const { sent } = await recordSent(gateway, 'chartbrew', () =>
      runMutation(gateway, 'updateConnection', { id, config: { postgres: { password: { replace: 'pw-secret-2' } } } }),
    );
    expect(sent.map(([, body]) => body)).toEqual([{ password: 'pw-secret-2' }]);
    expect(await testIt()).toBe('PASSED');
  });
});

describe('A secret that is longer than its column at Chartbrew', () => {
  const long = `pw-secret-1${'x'.repeat(60_000)}`;
  const config = { mysql: { ...server, password: long } };
  const tooLong = ['input.config.mysql.password TOO_LONG'];

  it('a secret that is too long for its column is refused by a create and by an update, and the issue names the field', async () => {
    const { result } = await create(gateway, { instance: 'chartbrew', name: 'long', config });
    expect(issuesOf(result)).toEqual(tooLong);
    const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'short', config: { mysql: server } });
    const change = { mysql: { password: { replace: long } } };
    expect(issuesOf(await runMutation(gateway, 'updateConnection', { id, config: change }))).toEqual(tooLong);
  });
});
