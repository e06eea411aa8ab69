// A mask inside a longer secret: in a connection string, a header, driver parameters, a key or a key
// file. Every operation that accepts the secret refuses it, with the path of the secret.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createForUpdate, runMutation } from '../support/mutations.ts';
import { create, issuesOf, refusalOf } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { callsToAny, writesToAny } from '../support/journal.ts';
import { createMany } from '../fan-out/create-connections.ts';
import { rotateOrNot } from '../rotation/rotate.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.resetAll());
afterAll(() => gateway.close());

const server = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const snowflake = { account: 'acme', warehouse: 'W', database: 'D', username: 'BI' };
const pem = (body: string) => `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----\n`;
const keyFile = (values: Values) => JSON.stringify({ type: 'service_account', project_id: 'acme-web', ...values });

describe('A connection string with a placeholder', () => {
  it.each([
    'postgresql://bi:***@db.acme.example:5432/orders',
    'postgresql://bi:XXXXXXXXXX@db.acme.example:5432/orders',
    'postgresql://bi:xxxxx@db.acme.example/orders',
    'postgresql://bi:••••••••@db.acme.example/orders',
    'postgresql://bi:%E2%80%A2%E2%80%A2%E2%80%A2%E2%80%A2@db.acme.example/orders',
    'postgresql://bi:%2A%2A%2A%2A@db.acme.example/orders',
    'postgresql://bi:[REDACTED]@db.acme.example/orders',
    'postgresql://bi:%5BREDACTED%5D@db.acme.example/orders',
    'postgresql://bi:<password>@db.acme.example/orders',
    'postgresql://postgres:[YOUR-PASSWORD]@db.acme.supabase.example:5432/postgres',
    'postgresql://<user>:pw@db.acme.example/orders',
    'postgresql://bi:${DB_PASSWORD}@db.acme.example/orders',
    'postgresql://bi:{{ password }}@db.acme.example/orders',
    'postgresql://bi:pw@db.acme.example/orders?password=***',
    'postgresql://bi:pw@db.acme.example/orders?sslpassword=%2A%2A%2A',
    '${DATABASE_URL}',
  ])('a connection string that contains a placeholder is refused: %s', async (connectionString) => {
    for (const instance of ['credible', 'chartbrew']) {
      const config = { postgres: { connectionString } };
      const { result, text } = await create(gateway, { instance, name: 'one', config });
      expect(issuesOf(result)).toEqual(['input.config.postgres.connectionString INVALID']);
      expect(text).not.toContain('db.acme');
    }
  });

  it('a connection string is refused for its mask before any other issue', async () => {
    const config = { postgres: { connectionString: 'postgresql://***:***@{{ host }}:port/orders' } };
    const { result } = await create(gateway, { instance: 'credible', name: 'one', config });
    expect(result.issues).toMatchObject([
      { message: 'It contains a placeholder in place of a user or a password; send the whole string.' },
    ]);
  });
});

const api = (value: string) => ({
  api: { baseUrl: 'https://api.acme.example', headers: [{ name: 'Authorization', value }] },
});

const mongodb = (value: string) => ({
  mongodb: { host: 'db.acme.example', database: 'shop', options: [{ name: 'tlsCertificateKeyFilePassword', value }] },
});

describe('A mask is refused inside of', () => {
  it.each<[where: string, vendor: VendorName, config: Values, options: Values | undefined, issue: string]>([
    ['a header', 'chartbrew', api('Bearer ***'), undefined, 'config.api.headers.0.value INVALID'],
    [
      'a header of this name',
      'chartbrew',
      api('Authorization: Bearer [REDACTED]'),
      undefined,
      'config.api.headers.0.value INVALID',
    ],
    // bi:******
    ['a header in base64', 'chartbrew', api('Basic Ymk6KioqKioq'), undefined, 'config.api.headers.0.value INVALID'],
    ['a header of an API key', 'chartbrew', api('ApiKey xxxxxxxx'), undefined, 'config.api.headers.0.value INVALID'],
    ['an option of a URL', 'chartbrew', mongodb('<redacted>'), undefined, 'config.mongodb.options.0.value INVALID'],
    [
      'driver parameters',
      'looker',
      { postgres: server },
      { looker: { jdbcAdditionalParams: 'sslmode=require&password=***' } },
      'options.looker.jdbcAdditionalParams INVALID',
    ],
    [
      'driver parameters of an override',
      'looker',
      { postgres: server },
      { looker: { pdtOverride: { jdbcAdditionalParams: 'UID=bi;PWD=XXXXXXXXXX' } } },
      'options.looker.pdtOverride.jdbcAdditionalParams INVALID',
    ],
    [
      'a statement',
      'looker',
      { postgres: server },
      { looker: { afterConnectStatements: "ALTER USER bi IDENTIFIED BY '********'" } },
      'options.looker.afterConnectStatements INVALID',
    ],
    [
      'a private key',
      'omni',
      { snowflake: { ...snowflake, privateKey: pem('********') } },
      undefined,
      'config.snowflake.privateKey INVALID',
    ],
    [
      'a private key of dots',
      'omni',
      { snowflake: { ...snowflake, privateKey: pem('...') } },
      undefined,
      'config.snowflake.privateKey INVALID',
    ],
    [
      'a truncated private key',
      'credible',
      { snowflake: { ...snowflake, privateKey: pem('MIIEvQIBADANBg...kqhkiG9w0BAQ==') } },
      undefined,
      'config.snowflake.privateKey INVALID',
    ],
    [
      'a certificate',
      'chartbrew',
      {
        postgres: { ...server, tls: { enabled: true, ca: pem('[REDACTED]').replaceAll('PRIVATE KEY', 'CERTIFICATE') } },
      },
      undefined,
      'config.postgres.tls.ca INVALID',
    ],
    [
      'the key of a tunnel',
      'chartbrew',
      { postgres: server },
      { chartbrew: { ssh: { enabled: true, host: 'ssh.acme.example', username: 'hop', privateKey: pem('<hidden>') } } },
      'options.chartbrew.ssh.privateKey INVALID',
    ],
    [
      'a key file',
      'credible',
      { bigquery: { serviceAccountKey: keyFile({ private_key: '[REDACTED]' }) } },
      undefined,
      'config.bigquery.serviceAccountKey INVALID',
    ],
    [
      'the private key of a key file',
      'omni',
      { bigquery: { location: 'us', serviceAccountKey: keyFile({ private_key: pem('XXXXXXXX') }) } },
      undefined,
      'config.bigquery.serviceAccountKey INVALID',
    ],
    [
      'another value of a key file',
      'chartbrew',
      { firestore: { serviceAccountKey: keyFile({ client_secret: '********' }) } },
      undefined,
      'config.firestore.serviceAccountKey INVALID',
    ],
    [
      'a key file in base64',
      'looker',
      {
        bigquery: {
          projectId: 'p',
          dataset: 'd',
          serviceAccountKey: btoa(keyFile({ private_key: '(sensitive value)', client_email: 'bi@acme.example' })),
        },
      },
      undefined,
      'config.bigquery.serviceAccountKey INVALID',
    ],
    [
      'a key file in the options',
      'looker',
      { postgres: server },
      { looker: { certificate: { body: keyFile({ private_key: '***' }), fileType: 'JSON' } } },
      'options.looker.certificate.body INVALID',
    ],
  ])('%s', async (_where, instance, config, options, issue) => {
    expect(await refusalOf(gateway, { instance, name: 'one', config, ...(options && { options }) })).toEqual([issue]);
  });

  it('a text that only resembles a mask is accepted', async () => {
    const { result } = await create(gateway, {
      instance: 'looker',
      name: 'one',
      config: { postgres: server },
      options: {
        looker: {
          jdbcAdditionalParams: 'ciphers=*&warehouse={{ _user_attributes["warehouse"] }}&key=abc',
          afterConnectStatements: "SET app.tokens = '1'; SELECT * FROM pg_stat_activity; -- ***",
        },
      },
    });
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
  });
});

describe('A placeholder is refused before any write', () => {
  const url = 'mysql://bi:********@db.acme.example/orders';

  it('an update with a placeholder is refused before any write', async () => {
    const config = { mysql: { ...server, port: 3306 } };
    const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'one', config });
    const before = await writesToAny(gateway.sandbox.servers);
    const change = { config: { mysql: { connectionString: { replace: url } } } };
    expect(issuesOf(await runMutation(gateway, 'updateConnection', { id, ...change }))).toEqual([
      'input.config.mysql.connectionString.replace INVALID',
    ]);
    expect(await writesToAny(gateway.sandbox.servers)).toEqual(before);
  });

  it('a test of settings with a placeholder is refused before any call', async () => {
    const input = { instance: 'chartbrew', config: { mysql: { connectionString: url } } };
    expect(issuesOf(await runMutation(gateway, 'testConnectionConfig', input))).toEqual([
      'input.config.mysql.connectionString INVALID',
    ]);
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });

  it('a fan-out with a placeholder is refused before any write', async () => {
    const config = { postgres: { ...server, password: '(sensitive value)' } };
    const targets = [{ instance: 'looker' }, { instance: 'omni' }];
    const { __typename, issues } = await createMany(gateway, { name: 'one', targets, config });
    expect(__typename).toBe('ValidationError');
    expect(issues?.map(({ path }) => path.join('.'))).toEqual(['input.config.postgres.password']);
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });

  it.each([
    ['PASSWORD', '********** '],
    ['PRIVATE_KEY', pem('****')],
    ['SERVICE_ACCOUNT_KEY', keyFile({ private_key: '[REDACTED]' })],
    ['API_KEY', '{{ api_key }}'],
  ])('a rotation of %s with a placeholder is refused before any write', async (field, secret) => {
    const match = { host: 'db.acme.example', username: 'bi' };
    const { issues } = await rotateOrNot(gateway, { connections: { match }, field, secret });
    expect(issues?.map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual(['input.secret INVALID']);
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });
});
