// Creates that are refused by the vendor's table of fields: all issues at once, each with its path, before any call.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, issuesOf, refusalOf } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { CERTIFICATE, KEY_IN_JSON, OTHER_CERTIFICATE, PRIVATE_KEY } from '../support/keys.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const server = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const tlsFiles = { ca: CERTIFICATE, certificate: OTHER_CERTIFICATE, key: PRIVATE_KEY };
const allTls = { enabled: true, verify: true, mode: 'require', ...tlsFiles };
const allOauth = {
  clientId: 'client-1',
  clientSecret: 'oauth-secret-1',
  audience: 'https://snowflake.acme.example',
  authorizationUrl: 'https://login.acme.example/authorize',
  tokenUrl: 'https://login.acme.example/token',
};
const KEY_FILE = `{"type":"service_account","private_key_id":"key-secret-1","private_key":${KEY_IN_JSON},"client_email":"bi@acme.example"}`;

const TLS = ['tls.ca', 'tls.certificate', 'tls.enabled', 'tls.key', 'tls.mode', 'tls.verify'];
const TLS_FILES = ['tls.ca', 'tls.certificate', 'tls.key', 'tls.mode'];
const OAUTH = ['oauth.audience', 'oauth.authorizationUrl', 'oauth.clientId', 'oauth.clientSecret', 'oauth.tokenUrl'];

describe('The required fields of a create', () => {
  it.each([
    ['looker', 'postgres', ['host']],
    ['looker', 'mysql', ['host']],
    ['looker', 'bigquery', ['dataset', 'projectId']],
    ['looker', 'snowflake', ['account', 'database']],
    ['omni', 'postgres', ['database', 'host', 'password', 'port', 'username']],
    ['omni', 'mysql', ['database', 'host', 'password', 'port', 'username']],
    ['omni', 'bigquery', ['location', 'serviceAccountKey']],
    ['omni', 'snowflake', ['account', 'database', 'password', 'username', 'warehouse']],
    ['credible', 'postgres', ['host']],
    ['credible', 'mysql', ['host']],
    ['credible', 'snowflake', ['account', 'password', 'username', 'warehouse']],
    ['chartbrew', 'postgres', ['database', 'host', 'username']],
    ['chartbrew', 'mysql', ['database', 'host', 'username']],
  ])('an empty input reports all required fields at once: %s, %s', async (instance, dialect, missing) => {
    expect(await refusalOf(gateway, { instance, name: 'cell', config: { [dialect]: {} } })).toEqual(
      missing.map((field) => `config.${dialect}.${field} REQUIRED`),
    );
  });

  it('a missing field is reported for the chosen sign-in method, with its alternatives', async () => {
    const { result } = await create(gateway, {
      instance: 'omni',
      name: 'cell',
      config: { snowflake: { account: 'acme-fin', database: 'FINANCE', oauth: { clientId: 'client-1' } } },
    });
    expect(issuesOf(result)).toEqual(['input.config.snowflake.oauth.clientSecret REQUIRED']);
    expect(result.issues[0].message).toContain('`password`');
    expect(result.issues[0].message).toContain('`privateKey`');
  });

  it('a dialect that the vendor does not support reports neither missing fields nor wrong values', async () => {
    const config = { snowflake: { account: 'acme-fin.snowflakecomputing.com', queryTimeoutMs: 0 } };
    const { result } = await create(gateway, { instance: 'chartbrew', name: '', config });
    expect(result).toMatchObject({ __typename: 'UnsupportedError', alternatives: ['LOOKER', 'OMNI', 'CREDIBLE'] });
  });

  it('missing fields are reported together with wrong values, and each field once', async () => {
    expect(
      await refusalOf(gateway, {
        instance: 'omni',
        name: 'Orders',
        config: { postgres: { port: 99_999, database: '', username: 'bi', password: '••••••••', flavor: 'RDS' } },
        options: { looker: { maxQueries: -1 } },
      }),
    ).toEqual([
      'config.postgres.database TOO_SHORT',
      'config.postgres.flavor NOT_ALLOWED',
      'config.postgres.host REQUIRED',
      'config.postgres.password INVALID',
      'config.postgres.port OUT_OF_RANGE',
      'options.looker MISMATCH',
      'options.looker.maxQueries OUT_OF_RANGE',
    ]);
  });
});

describe('A field that the vendor does not accept for the dialect', () => {
  const snowflake = {
    account: 'acme-fin',
    database: 'FINANCE',
    warehouse: 'WH',
    username: 'SVC',
    password: 'pw-secret-1',
  };
  const bigquery = { projectId: 'acme-web', dataset: 'events', location: 'us', serviceAccountKey: KEY_FILE };
  const bigqueryLimits = { billingProjectId: 'acme-billing', maximumBytesBilled: '1000000', queryTimeoutMs: 1000 };
  const everyServerField = { ...server, schema: 'sales', flavor: 'STANDARD', tls: allTls };

  it.each([
    [
      'looker',
      'postgres',
      { ...everyServerField, connectionString: 'url-secret-1' },
      ['connectionString', 'flavor', ...TLS_FILES],
    ],
    [
      'looker',
      'mysql',
      { ...everyServerField, connectionString: 'url-secret-1' },
      ['connectionString', 'flavor', ...TLS_FILES],
    ],
    [
      'looker',
      'bigquery',
      { ...bigquery, ...bigqueryLimits },
      ['billingProjectId', 'location', 'maximumBytesBilled', 'queryTimeoutMs'],
    ],
    [
      'looker',
      'snowflake',
      { ...snowflake, oauth: allOauth, queryTimeoutMs: 1000, tls: allTls },
      [...OAUTH, 'queryTimeoutMs', ...TLS_FILES],
    ],
    [
      'omni',
      'postgres',
      { ...everyServerField, connectionString: 'url-secret-1' },
      ['connectionString', 'flavor', ...TLS],
    ],
    [
      'omni',
      'mysql',
      { ...everyServerField, connectionString: 'url-secret-1' },
      ['connectionString', 'flavor', ...TLS],
    ],
    ['omni', 'bigquery', { ...bigquery, ...bigqueryLimits }, ['billingProjectId', 'queryTimeoutMs']],
    [
      'omni',
      'snowflake',
      { ...snowflake, role: 'ANALYST', privateKeyPassphrase: 'pass-secret-1', queryTimeoutMs: 1000, tls: allTls },
      ['privateKeyPassphrase', 'queryTimeoutMs', 'role', ...TLS],
    ],
    ['credible', 'postgres', everyServerField, ['flavor', 'schema', ...TLS]],
    [
      'credible',
      'mysql',
      { ...everyServerField, connectionString: 'url-secret-1' },
      ['connectionString', 'flavor', 'schema', ...TLS],
    ],
    [
      'credible',
      'bigquery',
      { ...bigquery, serviceAccountEmail: 'bi@acme.example' },
      ['dataset', 'serviceAccountEmail'],
    ],
    [
      'credible',
      'snowflake',
      { ...snowflake, hostOverride: 'fin.acme.example', oauth: allOauth, tls: allTls },
      ['hostOverride', ...OAUTH, ...TLS],
    ],
    ['chartbrew', 'postgres', { ...server, schema: 'sales' }, ['schema']],
    ['chartbrew', 'mysql', { ...server, schema: 'sales' }, ['schema']],
  ])(
    'a field that the vendor does not accept for the dialect is refused: %s, %s',
    async (instance, dialect, config, refused) => {
      expect(await refusalOf(gateway, { instance, name: 'cell', config: { [dialect]: config } })).toEqual(
        refused.map((field) => `config.${dialect}.${field} NOT_ALLOWED`),
      );
    },
  );

  it.each([
    ['looker', { bigquery: { ...bigquery, location: 'us' } }, 'its API has no field for it'],
    ['looker', { postgres: { ...server, tls: { ca: CERTIFICATE } } }, 'install them on the Looker host'],
    ['omni', { snowflake: { ...snowflake, role: 'ANALYST' } }, "the user's default role"],
    ['credible', { postgres: { ...server, schema: 'sales' } }, 'no default schema'],
  ])('a field that the vendor does not accept is refused with advice: %s, %j', async (instance, config, advice) => {
    const { result } = await create(gateway, { instance, name: 'cell', config });
    expect(result.issues.map(({ message }: { message: string }) => message).join()).toContain(advice);
  });
});

describe('Contradictory values of a create', () => {
  const PARTS = ['database', 'host', 'password', 'port', 'username'];
  const url = 'postgresql://bi:url-secret-1@db.acme.example/orders';
  const mysqlUrl = 'mysql://bi:url-secret-1@db.acme.example/orders';

  it.each([
    ['credible', { postgres: { ...server, connectionString: url } }, PARTS.map((field) => `config.postgres.${field}`)],
    ['chartbrew', { postgres: { ...server, connectionString: url } }, PARTS.map((field) => `config.postgres.${field}`)],
    ['chartbrew', { mysql: { ...server, connectionString: mysqlUrl } }, PARTS.map((field) => `config.mysql.${field}`)],
    [
      'omni',
      {
        snowflake: {
          account: 'a',
          hostOverride: 'b.example',
          warehouse: 'WH',
          database: 'D',
          username: 'U',
          password: 'pw-secret-1',
        },
      },
      ['config.snowflake.hostOverride'],
    ],
    [
      'chartbrew',
      { postgres: { ...server, tls: { enabled: true, mode: 'require', verify: true } } },
      ['config.postgres.tls.verify'],
    ],
  ])('contradictory values are refused at %s: %j', async (instance, config, paths) => {
    expect(await refusalOf(gateway, { instance, name: 'cell', config })).toEqual(
      paths.map((path) => `${path} EXCLUSIVE`),
    );
  });

  it('a value that both `config` and the driver parameters of Looker set is refused', async () => {
    expect(
      await refusalOf(gateway, {
        instance: 'looker',
        name: 'cell',
        config: { snowflake: { account: 'acme-fin', database: 'FINANCE', warehouse: 'WH' } },
        options: { looker: { jdbcAdditionalParams: 'Warehouse=other-secret-1' } },
      }),
    ).toEqual(['options.looker.jdbcAdditionalParams EXCLUSIVE']);
  });
});
