// Reads of Chartbrew's rows of each type, usual and unusual. Nothing secret is returned, although the answers
// contain passwords, keys, tokens, headers and URLs in clear.
import { describe, expect, it } from 'vitest';
import { startGatewayWithRows, listRows, type WireRow } from '../../support/stub-rows.ts';
import { idOf } from '../../support/watched-gateway.ts';
import { readWhole, type Row } from '../../support/whole-connection.ts';

/** Lists the rows and returns what is reported, in their order. Checks that the answer has none of their secrets. */
async function tell(rows: readonly WireRow[]): Promise<Row[]> {
  const reported = await listRows(
    'chartbrew',
    rows.map((row, at) => ({ ...row, id: at + 1, name: `row${at}` })),
  );
  expect(JSON.stringify(reported)).not.toMatch(/secret-\d/);
  return rows.map((_, at) => reported[`row${at}`] as Row);
}

type Case<T = Readonly<Record<string, unknown>>> = readonly [type: string, row: WireRow, expected: T];

const key = {
  type: 'service_account',
  project_id: 'acme-web',
  private_key: '-----BEGIN PRIVATE KEY-----\nkey-secret-1\n-----END PRIVATE KEY-----\n',
  client_email: 'bi@acme-web.iam.gserviceaccount.com',
};

describe('a Chartbrew row of a known type', () => {
  const KNOWN: readonly Case[] = [
    [
      'clickhouse',
      {
        subType: 'clickhouse',
        host: 'ch.acme.example',
        port: '8443',
        dbName: 'clicks',
        ssl: true,
        sslMode: 'require',
      },
      {
        dialect: 'CLICKHOUSE',
        config: {
          __typename: 'ClickHouseConfig',
          host: 'ch.acme.example',
          port: 8443,
          database: 'clicks',
          schema: null,
          username: null,
          password: 'UNKNOWN',
          // Chartbrew checks the certificate in every mode and uses no uploaded file.
          tls: {
            enabled: true,
            verify: true,
            mode: null,
            ca: 'NOT_SET',
            certificate: 'NOT_SET',
            key: 'NOT_SET',
          },
        },
        details: { subType: 'clickhouse' },
      },
    ],
    [
      'mongodb',
      {
        host: 'mongo.acme.example',
        port: '27017',
        dbName: 'shop',
        username: 'bi_reader',
        password: 'pw-secret-1',
        connectionString: null,
        srv: false,
        ssl: false,
        sslMode: 'require',
        options: [{ replicaSet: 'rs0' }, { password: 'pw-secret-2' }],
      },
      {
        dialect: 'MONGODB',
        config: {
          __typename: 'MongoDbConfig',
          host: 'mongo.acme.example',
          port: 27_017,
          database: 'shop',
          username: 'bi_reader',
          password: 'SET',
          connectionString: 'NOT_SET',
          srv: false,
          options: [
            { name: 'replicaSet', value: 'SET' },
            { name: 'password', value: 'SET' },
          ],
          // Chartbrew does not use ssl for this type.
          tls: null,
        },
      },
    ],
    [
      'api',
      {
        host: 'https://u:pw-secret-1@api.acme.example/v1?token=pw-secret-2#pw-secret-3',
        username: 'pw-secret-4',
        password: 'pw-secret-5',
        ssl: true,
        authentication: { type: 'basic_auth', user: 'reports', pass: 'pw-secret-6' },
        options: [{ 'X-Api-Key': 'pw-secret-7' }, { Accept: '' }],
      },
      {
        dialect: 'API',
        config: {
          __typename: 'ApiConfig',
          baseUrl: 'https://api.acme.example/v1',
          authentication: { kind: 'BASIC', basic: { username: 'reports', password: 'SET' }, bearer: 'NOT_SET' },
          headers: [
            { name: 'X-Api-Key', value: 'SET' },
            { name: 'Accept', value: 'NOT_SET' },
          ],
        },
      },
    ],
    [
      'realtimedb',
      {
        connectionString: 'https://u:pw-secret-1@acme-default-rtdb.firebaseio.com/?auth=pw-secret-2',
        username: 'reporting',
        firebaseServiceAccount: key,
      },
      {
        dialect: 'REALTIME_DB',
        config: {
          __typename: 'RealtimeDbConfig',
          databaseUrl: 'https://acme-default-rtdb.firebaseio.com/',
          authOverrideUid: 'reporting',
          serviceAccountKey: 'SET',
        },
      },
    ],
    [
      'firestore',
      { firebaseServiceAccount: key, host: 'pw-secret-2' },
      {
        dialect: 'FIRESTORE',
        config: { __typename: 'FirestoreConfig', projectId: 'acme-web', serviceAccountKey: 'SET' },
      },
    ],
    [
      'googleAnalytics',
      {
        oauth_id: '0c6f9b1e-52a4-4f0e-9d3c-6a1f7d1b2c33',
        OAuth: { id: 'x', email: 'bi@acme.example', type: 'google' },
      },
      {
        dialect: 'GOOGLE_ANALYTICS',
        config: { __typename: 'GoogleAnalyticsConfig', oauthId: '0c6f9b1e-52a4-4f0e-9d3c-6a1f7d1b2c33' },
        details: { oauthEmail: 'bi@acme.example' },
        secrets: [],
      },
    ],
    [
      'customerio',
      { host: 'eu', password: 'pw-secret-1' },
      {
        dialect: 'CUSTOMER_IO',
        config: { __typename: 'CustomerIoConfig', region: 'eu', apiKey: 'SET' },
      },
    ],
  ];

  it('a row of a known type is read with all its fields', async () => {
    const reported = await tell(KNOWN.map(([type, row]) => ({ type, ...row })));
    expect(reported).toMatchObject(
      KNOWN.map(([type, , expected]) => ({ vendorDialect: type, completeness: 'FULL', ...expected })),
    );
  });

  const SECRETS: readonly (readonly [type: string, dialect: string, fields: readonly string[]])[] = [
    ['mongodb', 'mongodb', ['password', 'connectionString']],
    ['api', 'api', ['authentication.basic.password', 'authentication.bearer']],
    ['realtimedb', 'realtimeDb', ['serviceAccountKey']],
    ['firestore', 'firestore', ['serviceAccountKey']],
    ['customerio', 'customerIo', ['apiKey']],
  ];

  it('a connection lists the secrets of its type, and none of a tunnel that it does not have', async () => {
    const reported = await tell(SECRETS.map(([type]) => ({ type })));
    expect(reported.map(({ secrets }) => secrets.map(({ path }) => path.join('.')))).toEqual(
      SECRETS.map(([, dialect, fields]) => fields.map((field) => `config.${dialect}.${field}`)),
    );
  });

  it('each header and option is listed by its position', async () => {
    const [row] = await tell([{ type: 'api', options: [{ 'X-Api-Key': 'pw-secret-1' }, { Accept: null }] }]);
    expect(row?.secrets).toEqual([
      { path: ['config', 'api', 'authentication', 'basic', 'password'], status: 'NOT_SET' },
      { path: ['config', 'api', 'authentication', 'bearer'], status: 'NOT_SET' },
      { path: ['config', 'api', 'headers', '0', 'value'], status: 'SET' },
      { path: ['config', 'api', 'headers', '1', 'value'], status: 'NOT_SET' },
    ]);
  });

  it('a row of type api is an API, whatever its subType', async () => {
    const subTypes = ['strapi', 'stripe', 'something new', null];
    const reported = await tell(
      subTypes.map((subType) => ({ type: 'api', subType, host: 'https://cms.acme.example' })),
    );
    expect(reported).toMatchObject(
      subTypes.map((subType) => ({
        dialect: 'API',
        config: { baseUrl: 'https://cms.acme.example' },
        details: { subType },
      })),
    );
  });
});

describe('the sign-in of an API at Chartbrew', () => {
  const none = { kind: 'NONE', basic: null, bearer: 'NOT_SET' };
  const other = { kind: 'OTHER', basic: null, bearer: 'NOT_SET' };

  const WAYS: readonly (readonly [what: string, authentication: unknown, expected: unknown])[] = [
    ['not told', undefined, none],
    ['null', null, none],
    ['an empty text', '', none],
    ['an empty object', {}, none],
    ['no_auth', { type: 'no_auth', token: 'token-secret-1' }, none],
    ['none', { type: 'none' }, none],
    ['an unknown type', { type: 'api_key', token: 'token-secret-1' }, other],
    ['a type by the name of a prototype', { type: 'constructor' }, other],
    ['a type that is no text', { type: 5 }, other],
    ['a text', 'token-secret-1', other],
    ['a number', 5, other],
    [
      'bearer_token',
      { type: 'bearer_token', token: 'token-secret-1', user: 'bi', pass: 'pw-secret-1' },
      { kind: 'BEARER', basic: null, bearer: 'SET' },
    ],
    [
      'bearer_token without one',
      { type: 'bearer_token', token: '' },
      { kind: 'BEARER', basic: null, bearer: 'NOT_SET' },
    ],
    [
      'basic_auth of odd kinds',
      { type: 'basic_auth', user: 17, pass: null, token: 'token-secret-1' },
      { kind: 'BASIC', basic: { username: '17', password: 'NOT_SET' }, bearer: 'NOT_SET' },
    ],
    [
      'basic_auth without user and password',
      { type: 'basic_auth' },
      { kind: 'BASIC', basic: { username: null, password: 'NOT_SET' }, bearer: 'NOT_SET' },
    ],
  ];

  it('the sign-in of an API is read even if some values are malformed', async () => {
    const reported = await tell(WAYS.map(([, authentication]) => ({ type: 'api', authentication })));
    expect(WAYS.map(([what], at) => [what, reported[at]?.config['authentication']])).toEqual(
      WAYS.map(([what, , expected]) => [what, expected]),
    );
  });
});

describe('the named values of a Chartbrew row', () => {
  const LISTS: readonly (readonly [what: string, options: unknown, expected: unknown])[] = [
    ['not told', undefined, null],
    ['null', null, null],
    ['a text', 'pw-secret-1', null],
    ['an object', { a: 'pw-secret-1' }, null],
    ['an empty list', [], []],
    [
      'objects of several keys and of none',
      [{ a: 'pw-secret-1', b: '' }, {}, { c: null }],
      [
        { name: 'a', value: 'SET' },
        { name: 'b', value: 'NOT_SET' },
        { name: 'c', value: 'NOT_SET' },
      ],
    ],
    [
      'values of other kinds',
      [{ a: 5 }, { b: false }, { c: { d: 'pw-secret-1' } }, { '': 'pw-secret-2' }],
      [
        { name: 'a', value: 'SET' },
        { name: 'b', value: 'SET' },
        { name: 'c', value: 'SET' },
      ],
    ],
    ['items of other kinds', [null, 'pw-secret-1', 5, ['pw-secret-2'], { a: 'b' }], [{ name: 'a', value: 'SET' }]],
  ];

  it.each([
    ['api', 'headers'],
    ['mongodb', 'options'],
  ])('the named values of %s are read even if some are malformed', async (type, field) => {
    const reported = await tell(LISTS.map(([, options]) => ({ type, options })));
    expect(LISTS.map(([what], at) => [what, reported[at]?.config[field]])).toEqual(
      LISTS.map(([what, , expected]) => [what, expected]),
    );
  });
});

describe('values of the wrong type in a Chartbrew row', () => {
  const ODD: readonly Case[] = [
    [
      'mongodb',
      { host: 7, port: 27_017, dbName: false, username: ['a'], connectionString: '', srv: 'true' },
      { host: '7', port: 27_017, database: null, username: null, connectionString: 'NOT_SET', srv: null },
    ],
    ['api', { host: ['https://api.acme.example'] }, { baseUrl: null, headers: null }],
    ['api', { host: 'u:pw-secret-1@api.acme.example:8080/v1' }, { baseUrl: 'api.acme.example:8080/v1' }],
    ['api', { host: 'https://u:pw/secret-1@api.acme.example' }, { baseUrl: null }],
    [
      'realtimedb',
      { connectionString: 5, username: '', firebaseServiceAccount: '' },
      { databaseUrl: '5', authOverrideUid: null, serviceAccountKey: 'NOT_SET' },
    ],
    ['firestore', { firebaseServiceAccount: 'key-secret-1' }, { projectId: null, serviceAccountKey: 'SET' }],
    ['firestore', { firebaseServiceAccount: { project_id: {} } }, { projectId: null, serviceAccountKey: 'SET' }],
    ['firestore', { firebaseServiceAccount: null }, { projectId: null, serviceAccountKey: 'NOT_SET' }],
    ['googleAnalytics', { oauth_id: {}, OAuth: 'bi@acme.example' }, { oauthId: null }],
    ['customerio', { host: 'https://u:pw-secret-1@eu', password: null }, { region: 'eu', apiKey: 'NOT_SET' }],
    ['customerio', { host: 'u:pw/secret-1@eu' }, { region: null, apiKey: 'UNKNOWN' }],
    [
      'clickhouse',
      { host: 'https://u:pw-secret-1@ch.acme.example/x', port: '' },
      { host: 'ch.acme.example', port: null },
    ],
  ];

  it('values of the wrong type are read as null, and no credential in a URL is shown', async () => {
    const reported = await tell(ODD.map(([type, row]) => ({ type, ...row })));
    expect(ODD.map(([type, row], at) => [type, row, reported[at]?.config])).toMatchObject(ODD);
  });
});

describe('a Chartbrew row of an unknown type', () => {
  it('a row of an unknown type has the dialect OTHER, and its site is the host', async () => {
    const types = ['jira', 'stripeOfficial', 'oracle', 'Mongodb', 'constructor'];
    const row = {
      host: 'https://u:pw-secret-1@acme.atlassian.example/x',
      authentication: { type: 'api_token', email: 'reports@acme.example', apiToken: 'token-secret-1' },
      options: { projectKeys: ['ENG'] },
    };
    expect(await tell(types.map((type) => ({ ...row, type })))).toMatchObject(
      types.map((type) => ({
        dialect: 'OTHER',
        vendorDialect: type,
        completeness: 'PARTIAL',
        config: { __typename: 'OtherConfig', host: 'acme.atlassian.example' },
        secrets: [],
      })),
    );
  });
});

describe('every key of a documented Chartbrew answer', () => {
  it('a read by id returns every documented key that is not secret', async () => {
    const row = {
      id: 31,
      team_id: 7,
      project_ids: ['3', '4'],
      oauth_id: '0c6f9b1e-52a4-4f0e-9d3c-6a1f7d1b2c33',
      name: 'Everything',
      type: 'postgres',
      subType: 'timescaledb',
      active: true,
      host: 'pg.acme.example',
      dbName: 'orders',
      port: '5432',
      username: 'bi_reader',
      password: 'pw-secret-1',
      srv: false,
      options: {},
      connectionString: 'postgresql://bi:pw-secret-2@pg.acme.example/orders',
      authentication: { type: 'bearer_token', token: 'pw-secret-3' },
      firebaseServiceAccount: key,
      ssl: true,
      sslMode: 'require',
      sslCa: '.connectionFiles/ca-secret-1',
      sslCert: '.connectionFiles/cert-secret-1',
      sslKey: '.connectionFiles/key-secret-2',
      schema: { tables: ['orders'] },
    };
    const gateway = await startGatewayWithRows('chartbrew', [row]);
    const rows = await readWhole(gateway, [idOf('v1:c:chartbrew:31')]);
    expect(rows).toEqual([
      expect.objectContaining({
        vendorId: '31',
        name: 'Everything',
        dialect: 'POSTGRES',
        vendorDialect: 'postgres',
        config: {
          __typename: 'PostgresConfig',
          host: 'pg.acme.example',
          port: 5432,
          database: 'orders',
          schema: null,
          username: 'bi_reader',
          password: 'SET',
          connectionString: 'SET',
          flavor: 'TIMESCALE',
          tls: { enabled: true, verify: false, mode: 'require', ca: 'SET', certificate: 'SET', key: 'SET' },
        },
        details: expect.objectContaining({
          teamId: 7,
          projectIds: [3, 4],
          active: true,
          subType: 'timescaledb',
          discoveredSchema: { tables: ['orders'] },
        }),
      }),
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/secret-\d/);
  });

  it('a discovered schema that is nested deeper than 100 levels is not reported', async () => {
    const nested = (levels: number): unknown => (levels === 0 ? 'orders' : { tables: nested(levels - 1) });
    const [shallow, deep] = await tell([
      { type: 'postgres', schema: nested(100) },
      { type: 'postgres', schema: nested(101) },
    ]);
    expect(shallow?.['details']).toMatchObject({ discoveredSchema: nested(100) });
    expect(deep?.['details']).toMatchObject({ discoveredSchema: null });
  });
});
