// What Chartbrew's adapter refuses besides missing and unknown fields: settings that exclude each other, values that the server
// would not understand, and an unsupported tunnel. All are refused before any call, with advice. Also answers to a create that
// report less than was sent.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, refusalOf, storedSecrets, reportedValues } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { KEY_IN_JSON, PRIVATE_KEY } from '../../support/keys.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const KEY_FILE = `{"type":"service_account","private_key_id":"key-secret-1","private_key":${KEY_IN_JSON}}`;
const mongodb = { host: 'mongo.acme.example', database: 'shop' };
const mongoUrl = 'mongodb+srv://bi:url-secret-1@cluster0.acme.example/shop';
const options = [{ name: 'replicaSet', value: 'rs-secret-1' }];

describe('The input of a create at Chartbrew', () => {
  it.each<[string, Readonly<Record<string, unknown>>, readonly string[]]>([
    [
      'with a connection string beside all of its parts',
      {
        mongodb: {
          ...mongodb,
          port: 27_017,
          username: 'bi',
          password: 'pw-secret-1',
          srv: false,
          options,
          connectionString: mongoUrl,
        },
      },
      [
        'config.mongodb.database EXCLUSIVE',
        'config.mongodb.host EXCLUSIVE',
        'config.mongodb.options EXCLUSIVE',
        'config.mongodb.password EXCLUSIVE',
        'config.mongodb.port EXCLUSIVE',
        'config.mongodb.srv EXCLUSIVE',
        'config.mongodb.username EXCLUSIVE',
      ],
    ],
    [
      'with a port and a DNS record that has the port',
      { mongodb: { ...mongodb, srv: true, port: 27_017 } },
      ['config.mongodb.port EXCLUSIVE'],
    ],
    [
      'with a host and no database, because Chartbrew would store the text "undefined"',
      { mongodb: { host: 'mongo.acme.example' } },
      ['config.mongodb.database REQUIRED'],
    ],
    [
      'with a connection string that has no user',
      { mongodb: { connectionString: 'mongodb+srv://url-secret-1.acme.example/shop' } },
      ['config.mongodb.connectionString INVALID'],
    ],
    [
      'with a connection string that has no password',
      { mongodb: { connectionString: 'mongodb+srv://url-secret-1@cluster0.acme.example/shop' } },
      ['config.mongodb.connectionString INVALID'],
    ],
    [
      'for MongoDB with `tls`, because its encryption is an option',
      { mongodb: { ...mongodb, tls: { verify: true } } },
      ['config.mongodb.tls.verify NOT_ALLOWED'],
    ],
    [
      'for MySQL with a TLS mode that contradicts `verify`',
      {
        mysql: {
          host: 'my.acme.example',
          database: 'clicks',
          username: 'bi',
          tls: { enabled: true, mode: 'require', verify: true },
        },
      },
      ['config.mysql.tls.verify EXCLUSIVE'],
    ],
    [
      'for MySQL with an unknown TLS mode',
      {
        mysql: {
          host: 'my.acme.example',
          database: 'clicks',
          username: 'bi',
          tls: { enabled: true, mode: 'constructor', verify: true },
        },
      },
      ['config.mysql.tls.mode INVALID'],
    ],
    [
      'with a region that Customer.io does not have',
      { customerIo: { region: 'EU', apiKey: 'pw-secret-1' } },
      ['config.customerIo.region INVALID'],
    ],
    [
      'with a credential in the address of an API',
      { api: { baseUrl: 'https://u:pw-secret-1@api.acme.example' } },
      ['config.api.baseUrl INVALID'],
    ],
    [
      'with a token in the query of an API',
      { api: { baseUrl: 'https://api.acme.example?token=pw-secret-1' } },
      ['config.api.baseUrl INVALID'],
    ],
    [
      'with a credential in the address of a database',
      { realtimeDb: { databaseUrl: 'https://acme.firebaseio.com/?auth=pw-secret-1', serviceAccountKey: KEY_FILE } },
      ['config.realtimeDb.databaseUrl INVALID'],
    ],
    [
      'with a key file that is not a JSON object',
      { firestore: { serviceAccountKey: '["key-secret-1"]' } },
      ['config.firestore.serviceAccountKey INVALID'],
    ],
    [
      'with an empty header',
      { api: { baseUrl: 'https://api.acme.example', headers: [{ name: 'X-Api-Key', value: '' }] } },
      ['config.api.headers.0.value TOO_SHORT'],
    ],
    [
      'with the mask in place of a token',
      { api: { baseUrl: 'https://api.acme.example', authentication: { bearer: '••••••••' } } },
      ['config.api.authentication.bearer INVALID'],
    ],
  ])('a create at Chartbrew is refused %s', async (_what, config, issues) => {
    expect(await refusalOf(gateway, { instance: 'chartbrew', name: 'cell', config })).toEqual(issues);
  });

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['clickhouse', { host: 'ch.acme.example', database: 'clicks', username: 'bi' }],
    ['mongodb', mongodb],
    ['api', { baseUrl: 'https://api.acme.example' }],
    ['realtimeDb', { serviceAccountKey: KEY_FILE }],
    ['firestore', { serviceAccountKey: KEY_FILE }],
    ['googleAnalytics', { oauthId: '0c6f9b1e-52a4-4f0e-9d3c-6a1f7d1b2c33' }],
    ['customerIo', { region: 'eu', apiKey: 'pw-secret-1' }],
  ])('a create of %s is refused with a tunnel, which Chartbrew does not use for it', async (dialect, config) => {
    const ssh = { enabled: true, host: 'bastion.acme.example', password: 'ssh-secret-1', privateKey: PRIVATE_KEY };
    const input = {
      instance: 'chartbrew',
      name: 'cell',
      config: { [dialect]: config },
      options: { chartbrew: { ssh } },
    };
    expect(await refusalOf(gateway, input)).toEqual([
      'options.chartbrew.ssh.enabled NOT_ALLOWED',
      'options.chartbrew.ssh.host NOT_ALLOWED',
      'options.chartbrew.ssh.password NOT_ALLOWED',
      'options.chartbrew.ssh.privateKey NOT_ALLOWED',
    ]);
  });
});

describe('The advice in an issue of a create', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['how MongoDB is encrypted', { mongodb: { ...mongodb, tls: { enabled: true } } }, '`tls=true`'],
    ['what may stand in for the parts', { mongodb: { host: 'mongo.acme.example' } }, '`connectionString`'],
    ['which regions there are', { customerIo: { region: 'apac', apiKey: 'pw-secret-1' } }, 'one of us, eu'],
    ['what takes the place of a port', { mongodb: { ...mongodb, srv: true, port: 27_017 } }, '`srv`'],
    ['that ClickHouse has no default schema', { clickhouse: { schema: 'sales' } }, 'name it in the queries'],
  ])('the advice in an issue of Chartbrew says %s', async (_what, config, words) => {
    const { result } = await create(gateway, { instance: 'chartbrew', name: 'cell', config });
    expect(result.issues.map(({ message }: { message: string }) => message).join(' ')).toContain(words);
  });
});

interface Support {
  readonly support: readonly { readonly vendor: string; readonly note: string | null }[];
}

const noteOf = ({ support }: Support) => support.find(({ vendor }) => vendor === 'CHARTBREW')?.note;

describe('The catalogue of dialects', () => {
  it('the catalogue has the notes on a type at Chartbrew', async () => {
    const { data } = await gateway.ask(`{
      clickhouse: dialect(dialect: CLICKHOUSE) { support { vendor note } }
      googleAnalytics: dialect(dialect: GOOGLE_ANALYTICS) { support { vendor note } }
    }`);
    expect(noteOf(data.clickhouse)).toMatch(/Only newer Chartbrew servers support it/);
    expect(noteOf(data.googleAnalytics)).toMatch(/browser/);
  });
});

describe('The answer of Chartbrew to a create', () => {
  const baseUrl = 'https://api.acme.example';
  const headers = [
    { name: 'X-Api-Key', value: 'entry-secret-1' },
    { name: 'X-Team', value: 'entry-secret-2' },
  ];

  it.each<[string, Readonly<Record<string, unknown>>, readonly string[], unknown]>([
    ['headers', {}, [], { kind: 'NONE' }],
    [
      'one of the headers',
      { options: [{ 'X-Api-Key': 'entry-secret-1' }] },
      ['config.api.headers.0.value'],
      { kind: 'NONE' },
    ],
    ['all but the kind', { options: 5, authentication: {} }, [], { kind: 'NONE' }],
  ])('a create is a success even if the answer lacks %s', async (_what, row, stored, authentication) => {
    const body = { id: 7, type: 'api', host: baseUrl, ...row };
    const stubbed = await startStubbedGateway('chartbrew', () => ({ status: 200, body }));
    try {
      const { result, text } = await create(stubbed.gateway, {
        instance: 'chartbrew',
        name: 'api',
        config: { api: { baseUrl, headers } },
      });
      expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
      expect(storedSecrets(result.connection.secrets)).toEqual(stored);
      expect(reportedValues(result.connection.config)).toMatchObject({ baseUrl, authentication });
      expect(text).not.toMatch(/secret-\d/);
    } finally {
      await stubbed.close();
    }
  });

  it('a create whose answer lacks the sign-in reports the token that was sent', async () => {
    const stubbed = await startStubbedGateway('chartbrew', () => ({ status: 200, body: { id: 7, type: 'api' } }));
    try {
      const authentication = { bearer: 'token-secret-1' };
      const config = { api: { baseUrl, authentication } };
      const { result } = await create(stubbed.gateway, { instance: 'chartbrew', name: 'api', config });
      expect(storedSecrets(result.connection.secrets)).toEqual(['config.api.authentication.bearer']);
    } finally {
      await stubbed.close();
    }
  });
});
