// How the Chartbrew sandbox connects to a database: with TLS, through SSH, or by the URL that it builds from MongoDB's parts. Also which
// servers receive a password. Every expected value is typed from the vendor notes, or from the sandbox's own rules.
import { describe, expect, test } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { useSandbox } from '../support/sandbox-call.ts';

const connections = '/team/7/connections';
const { send, upload } = useSandbox(createSandboxChartbrew, 'Bearer sandbox-chartbrew-key');

type Row = Readonly<Record<string, unknown>>;

const deliveries = async () => (await send('GET', '/__sandbox/deliveries')).json;
const testUnsaved = async (row: Row) => send('POST', `${connections}/${String(row['type'])}/test`, row);

/** Creates a row with files and tests it. */
async function testSaved(row: Row, files: readonly string[] = []) {
  const { id } = (await send('POST', connections, row)).json;
  const form = new FormData();
  for (const name of files) form.append(name, new Blob(['PEM']), `${name}.pem`);
  if (files.length > 0) await upload(`${connections}/${id}/files`, form);
  return send('GET', `${connections}/${id}/test`);
}

const sql = { dbName: 'shop', username: 'bi', password: 'pw-secret-1' };
const mysql = { type: 'mysql', host: 'db.acme.example', ...sql };
const postgres = { type: 'postgres', host: 'db.acme.example', ...sql };
const mongodb = { type: 'mongodb', host: 'mongo.acme.example', ...sql };

describe('a test of TLS at the sandbox Chartbrew', () => {
  const certificate = ['sslCert', 'sslKey'];
  test.each<[string, Row, readonly string[], unknown]>([
    ['require checks nothing', { host: 'db.private-ca.example', ssl: true, sslMode: 'require' }, [], undefined],
    ['prefer checks nothing', { host: 'db.private-ca.example', ssl: true, sslMode: 'prefer' }, [], undefined],
    [
      'verify-ca checks the authority',
      { host: 'db.private-ca.example', ssl: true, sslMode: 'verify-ca' },
      [],
      'SELF_SIGNED_CERT_IN_CHAIN',
    ],
    [
      'verify-ca uses an uploaded authority',
      { host: 'db.private-ca.example', ssl: true, sslMode: 'verify-ca' },
      ['sslCa'],
      undefined,
    ],
    [
      'verify-full checks the authority',
      { host: 'db.private-ca.example', ssl: true, sslMode: 'verify-full' },
      [],
      'SELF_SIGNED_CERT_IN_CHAIN',
    ],
    [
      'verify-full presents a client certificate',
      { host: 'db.client-cert.example', ssl: true, sslMode: 'verify-full' },
      certificate,
      undefined,
    ],
    [
      'verify-ca presents no client certificate',
      { host: 'db.client-cert.example', ssl: true, sslMode: 'verify-ca' },
      certificate,
      '28000',
    ],
    [
      'require presents no client certificate',
      { host: 'db.client-cert.example', ssl: true, sslMode: 'require' },
      certificate,
      '28000',
    ],
    [
      'disable requires encryption nevertheless',
      { host: 'db.only-tls.example', ssl: true, sslMode: 'disable' },
      [],
      undefined,
    ],
    ['only ssl: false is without encryption', { host: 'db.only-tls.example', sslMode: 'verify-full' }, [], '28000'],
    ['timescaledb requires encryption', { host: 'db.only-tls.example', subType: 'timescaledb' }, [], undefined],
  ])('TLS to PostgreSQL: %s', async (_what, row, files, code) => {
    const answer = await testSaved({ ...postgres, ...row }, files);
    expect([answer.status, answer.json.parent?.code]).toEqual([code === undefined ? 200 : 400, code]);
  });

  test.each([
    ['an unknown certificate authority', 'db.private-ca.example', 'HANDSHAKE_SSL_ERROR'],
    ['a server without TLS', 'db.no-tls.example', 'HANDSHAKE_NO_SSL_SUPPORT'],
    ['a server that requires a client certificate', 'db.client-cert.example', 'ER_ACCESS_DENIED_ERROR'],
  ])('TLS to MySQL: %s', async (_what, host, code) => {
    const answer = await testSaved({ ...mysql, host, ssl: true, sslMode: 'verify-full' });
    expect(answer).toMatchObject({ status: 400, json: { parent: { code } } });
  });

  test.each([{ sslMode: 'require' }, { sslMode: 'verify-ca' }])(
    'TLS to ClickHouse always checks the certificate: %j',
    async (row) => {
      const whole = { ...mysql, type: 'clickhouse', host: 'ch.private-ca.example', ssl: true, ...row };
      expect(await testSaved(whole, ['sslCa'])).toMatchObject({ status: 400, text: '{}' });
      expect((await testUnsaved(whole)).text).toMatch(
        /^Failed to fetch database schema: self-signed certificate in certificate chain /,
      );
    },
  );

  test('a user can sign in to the server, but not to the database', async () => {
    const answer = await testUnsaved({ ...mysql, dbName: 'forbidden' });
    expect(answer.text).toMatch(/^Access denied for user 'bi'@'%' to database 'forbidden'/);
    expect(await testSaved({ ...mysql, dbName: 'forbidden' })).toMatchObject({
      json: { name: 'SequelizeConnectionError', parent: { code: 'ER_DBACCESS_DENIED_ERROR' } },
    });
  });
});

describe('a test through SSH at the sandbox Chartbrew', () => {
  const ssh = {
    useSsh: true,
    sshHost: 'ssh.acme.example',
    sshPort: 22,
    sshUsername: 'tunnel',
    sshPassword: 'ssh-secret-1',
  };

  test.each<[Row, string]>([
    [{ sshHost: 'ssh.invalid' }, 'SSH tunnel error: getaddrinfo ENOTFOUND ssh.invalid'],
    [{ sshPort: 1 }, 'SSH tunnel error: connect ECONNREFUSED 127.0.0.1:1'],
    [{ sshHost: '' }, 'SSH tunnel error: connect ECONNREFUSED 127.0.0.1:22'],
    [{ sshPassword: 'wrong-secret-1' }, 'SSH tunnel error: All configured authentication methods failed'],
    [{ sshPassword: '' }, 'SSH tunnel error: All configured authentication methods failed'],
  ])('SSH to MySQL with %j fails, and a saved connection gets no message', async (row, words) => {
    const whole = { ...mysql, ...ssh, ...row };
    expect(await testSaved(whole)).toMatchObject({ status: 400, text: '{}' });
    expect((await testUnsaved(whole)).text.startsWith(words)).toBe(true);
  });

  test('a passphrase that does not decrypt the SSH key fails', async () => {
    const form = new FormData();
    form.append('connection', JSON.stringify({ ...mysql, ...ssh, sshPassphrase: 'wrong-secret-1' }));
    form.append('sshPrivateKey', new Blob(['PEM']), 'key.pem');
    const { text } = await upload(`${connections}/mysql/test/files`, form);
    expect(text).toMatch(/^SSH tunnel error: Cannot parse privateKey: .* bad passphrase\?/);
    expect(await deliveries()).toEqual([]);
  });

  test('SSH to PostgreSQL fails in the Chartbrew server itself', async () => {
    expect(await testSaved({ ...postgres, ...ssh })).toMatchObject({ status: 400, text: '{}' });
    expect(await testUnsaved({ ...postgres, ...ssh })).toMatchObject({ status: 400 });
  });

  test('SSH is not used for ClickHouse, with a connection string, or when it is off', async () => {
    const off = { ...ssh, sshHost: 'ssh.invalid' };
    const connectionString = 'postgres://bi:pw-secret-1@db.acme.example:5432/shop';
    const statuses = [
      await testUnsaved({ ...mysql, type: 'clickhouse', ...off }),
      await testUnsaved({ type: 'postgres', connectionString, ...off }),
      await testUnsaved({ ...mysql, ...off, useSsh: false }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([200, 200, 200]);
  });

  test('the tunnel and the database each receive their own password', async () => {
    expect((await testSaved({ ...mysql, ...ssh })).status).toBe(200);
    expect(await deliveries()).toEqual([
      { source: 'ssh', host: 'ssh.acme.example', port: '22', tls: 'none', password: 'ssh-secret-1' },
      {
        source: 'mysql',
        host: 'db.acme.example',
        port: '3306',
        tls: 'none',
        via: 'ssh.acme.example:22',
        password: 'pw-secret-1',
      },
    ]);
  });
});

describe('the record of sent passwords at the sandbox Chartbrew', () => {
  test.each<[string, Row, unknown]>([
    ['mysql', { ...mysql, ssl: true }, { port: '3306', tls: 'unverified' }],
    ['mysql', { ...mysql, port: '3307', ssl: true, sslMode: 'verify-ca' }, { port: '3307', tls: 'verified' }],
    ['postgres', postgres, { port: '5432', tls: 'none' }],
    [
      'postgres',
      { type: 'postgres', connectionString: 'postgres://bi:pw-secret-1@db.acme.example/shop?sslmode=require' },
      { port: '5432', tls: 'unverified' },
    ],
    ['clickhouse', { ...mysql, type: 'clickhouse', ssl: true }, { port: '8443', tls: 'verified' }],
  ])('the password of %s is sent to its server, saved and unsaved: %j', async (source, row, more) => {
    await testSaved(row);
    await testUnsaved(row);
    const connection = { source, host: 'db.acme.example', password: 'pw-secret-1', ...(more as Row) };
    expect(await deliveries()).toEqual([connection, connection]);
  });

  test.each([{ host: 'gone.invalid' }, { port: '1' }])(
    'a server that is not reached receives no password: %j',
    async (row) => {
      for (const type of ['mysql', 'postgres', 'clickhouse', 'mongodb']) await testUnsaved({ ...mysql, type, ...row });
      await testUnsaved({ ...postgres, host: 'db.private-ca.example', ssl: true, sslMode: 'verify-full' });
      expect(await deliveries()).toEqual([]);
    },
  );

  test('a reset clears the record of sent passwords', async () => {
    await testUnsaved(mysql);
    await send('POST', '/__sandbox/reset');
    expect(await deliveries()).toEqual([]);
  });
});

describe('a test of MongoDB with separate fields sends the password', () => {
  const own = {
    source: 'mongodb',
    host: 'mongo.acme.example',
    port: '27017',
    tls: 'none',
    mechanism: 'DEFAULT',
    password: 'pw-secret-1',
  };
  const proxy = { ...own, host: 'proxy.example', port: '1080' };
  const both = [proxy, own];

  test.each<[string, Row, readonly unknown[]]>([
    ['only to the server', {}, [own]],
    ['to the server in the DNS record', { srv: true }, [{ ...own, tls: 'verified' }]],
    [
      'to each of the servers',
      { host: 'a.example,b.example:27018' },
      [
        { ...own, host: 'a.example' },
        { ...own, host: 'b.example', port: '27018' },
      ],
    ],
    [
      'through a proxy',
      { options: [{ proxyHost: 'proxy.example' }, { proxyPort: '54888' }] },
      [{ ...proxy, port: '54888' }, own],
    ],
    ['through a proxy whose option name is in any case', { options: [{ PROXYHOST: 'proxy.example' }] }, both],
    ['through a proxy whose option name is percent-encoded', { options: [{ 'proxy%48ost': 'proxy.example' }] }, both],
    [
      'through a proxy that the value of another option contains',
      { options: [{ appName: 'x&proxyHost=proxy.example' }] },
      both,
    ],
    [
      'through a proxy that the name of another option contains',
      { options: [{ 'appName=x&proxyHost': 'proxy.example' }] },
      both,
    ],
    ['through a proxy that the name of the database contains', { dbName: 'd?proxyHost=proxy.example' }, both],
    [
      'without TLS',
      { options: [{ authMechanism: 'PLAIN' }, { authSource: '$external' }] },
      [{ ...own, mechanism: 'PLAIN' }],
    ],
    ['under TLS', { options: [{ tls: 'true' }] }, [{ ...own, tls: 'verified' }]],
    ['under TLS when the option has its other name', { options: [{ SSL: 'true' }] }, [{ ...own, tls: 'verified' }]],
    [
      'under TLS without a check of the certificate',
      { options: [{ tls: 'true' }, { tlsInsecure: 'true' }] },
      [{ ...own, tls: 'unverified' }],
    ],
    ['without TLS when a # cuts the option off', { dbName: 'd#', options: [{ tls: 'true' }] }, [own]],
    ['without TLS when a value contains a #', { options: [{ appName: 'a#' }, { tls: 'true' }] }, [own]],
    [
      'as the first of two equal options says',
      { options: [{ proxyHost: 'proxy.example' }, { proxyHost: 'b.example' }] },
      both,
    ],
    ['as the first key of an option says', { options: [{ appName: 'x', proxyHost: 'proxy.example' }] }, [own]],
    ['to no server without a user', { username: '' }, []],
    ['to no server without a host', { host: '' }, []],
    ['to no server with a port and a DNS record', { srv: true, port: '27017' }, []],
    ['to no server through a proxy that does not exist', { options: [{ proxyHost: 'gone.invalid' }] }, []],
  ])('%s', async (_what, row, expected) => {
    await testUnsaved({ ...mongodb, ...row });
    expect(await deliveries()).toEqual(expected);
    await testSaved({ ...mongodb, ...row });
    expect(await deliveries()).toEqual([...expected, ...expected]);
  });

  test.each<[string, readonly unknown[]]>([
    ['mongodb://bi:pw-secret-1@mongo.acme.example/shop', [own]],
    ['mongodb://bi:p@ss-secret-1@mongo.acme.example/shop', [{ ...own, password: 'p@ss-secret-1' }]],
    ['mongodb://bi:pw-secret-1@mongo.acme.example/shop?proxyHost=proxy.example', both],
    ['mongodb+srv://bi:pw-secret-1@mongo.acme.example/shop', [{ ...own, tls: 'verified' }]],
  ])('the password of the connection string is sent as the driver reads it: %s', async (connectionString, expected) => {
    await testUnsaved({ ...mongodb, host: 'other.example', connectionString });
    expect(await deliveries()).toEqual(expected);
  });
});
