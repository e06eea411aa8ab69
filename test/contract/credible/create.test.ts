// Rules for a create at Credible besides a dialect's fields: the sources of a DuckDB, each by the rules of
// its kind, their names, and Credible's own names. Also answers that lack what was sent.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxResponse } from '../../../src/sandbox/server.ts';
import { create, refusalOf, storedSecrets, reportedValues } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { startStubbedGateway, type StubbedGateway } from '../../support/stub-vendor.ts';
import { everyField } from '../every-field.ts';
import { PRIVATE_KEY } from '../../support/keys.ts';

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

type Values = Readonly<Record<string, unknown>>;

const duckdb = (...attached: readonly Values[]) => ({
  instance: 'credible',
  name: 'lake',
  config: { duckdb: { attached } },
});
const gcs = { gcs: { keyId: 'GOOG1EXAMPLE', secret: 'gcs-secret-1' } };

const refusedInside = async (source: Values): Promise<string[]> => {
  const [kind = ''] = Object.keys(source);
  const issues = await refusalOf(gateway, duckdb({ name: 'first', source: gcs }, { name: 'second', source }));
  const start = `config.duckdb.attached.1.source.${kind}.`;
  expect(issues.every((issue) => issue.startsWith(start))).toBe(true);
  return issues.map((issue) => issue.slice(start.length));
};

const TLS = ['tls.ca', 'tls.certificate', 'tls.enabled', 'tls.key', 'tls.mode', 'tls.verify'];
const OAUTH = ['oauth.audience', 'oauth.authorizationUrl', 'oauth.clientId', 'oauth.clientSecret', 'oauth.tokenUrl'];

describe('A source of a new DuckDB', () => {
  it.each([
    ['postgres', {}, ['host']],
    ['snowflake', {}, ['account', 'password', 'username', 'warehouse']],
    ['snowflake', { account: 'a', username: 'u', privateKey: PRIVATE_KEY }, ['warehouse']],
    ['gcs', {}, ['keyId', 'secret']],
    ['gcs', { keyId: null, secret: 'gcs-secret-1' }, ['keyId']],
    ['s3', {}, ['accessKeyId', 'secretAccessKey']],
    ['s3', { accessKeyId: 'AKIA', region: 'eu-central-1', sessionToken: 's3-secret-1' }, ['secretAccessKey']],
  ])('a DuckDB source without a required field is refused for %s: %j', async (kind, values, missing) => {
    expect(await refusedInside({ [kind]: values })).toEqual(missing.map((field) => `${field} REQUIRED`));
  });

  it.each([
    ['postgres', { ...everyField.postgres, connectionString: null }, ['flavor', 'schema', ...TLS]],
    ['bigquery', everyField.bigquery, ['dataset', 'serviceAccountEmail']],
    ['snowflake', everyField.snowflake, ['hostOverride', ...OAUTH, ...TLS]],
  ])('a DuckDB source with a field that Credible does not accept for %s is refused', async (kind, values, refused) => {
    expect(await refusedInside({ [kind]: values })).toEqual(refused.map((field) => `${field} NOT_ALLOWED`));
  });

  it('a DuckDB source with two contradictory settings is refused', async () => {
    const connectionString = 'postgresql://bi:url-secret-1@db.acme.example/orders';
    const postgres = { host: 'db.acme.example', password: 'pw-secret-1', connectionString };
    expect(await refusedInside({ postgres })).toEqual(['host EXCLUSIVE', 'password EXCLUSIVE']);
  });

  it('a DuckDB source with an invalid value is refused', async () => {
    const s3 = { accessKeyId: 'AKIA', secretAccessKey: 's3-secret-1', endpoint: 'https://u:url-secret-1@s3.example' };
    expect(await refusedInside({ s3 })).toEqual(['endpoint INVALID']);
    expect(await refusedInside({ postgres: { host: 'https://db.acme.example', port: 0 } })).toEqual([
      'host INVALID',
      'port OUT_OF_RANGE',
    ]);
    expect(await refusedInside({ bigquery: { serviceAccountKey: 'no-json-secret-1' } })).toEqual([
      'serviceAccountKey INVALID',
    ]);
  });

  it('the issue of a refused DuckDB source has the reason', async () => {
    const postgres = { host: 'db', tls: { enabled: true } };
    const { result } = await create(gateway, duckdb({ name: 'a', source: { postgres } }));
    expect(result.issues).toMatchObject([
      { message: 'Credible has no `tls.enabled` for `postgres` in `attached`: it has no setting for encryption.' },
    ]);
  });
});

describe('The attachments of a new DuckDB', () => {
  it.each([[[]], [null]])('a DuckDB without attachments is refused: %j', async (attached) => {
    const input = { instance: 'credible', name: 'lake', config: { duckdb: { attached } } };
    expect(await refusalOf(gateway, input)).toEqual(['config.duckdb.attached REQUIRED']);
  });

  it('the catalogue says that a DuckDB needs at least one attachment', async () => {
    const query = '{ dialect(dialect: DUCKDB) { support { vendor createSchema } } }';
    const { support } = (await gateway.ask(query)).data.dialect;
    const { createSchema } = support.find(({ vendor }: { vendor: string }) => vendor === 'CREDIBLE');
    expect(createSchema).toMatchObject({ required: ['attached'], properties: { attached: { minItems: 1 } } });
  });

  it.each(['1st', 'or-ders', 'or ders', 'a.b', 'ärger', 'orders;'])(
    'a DuckDB source cannot have the name %j',
    async (name) => {
      expect(await refusalOf(gateway, duckdb({ name: 'ok', source: gcs }, { name, source: gcs }))).toEqual([
        'config.duckdb.attached.1.name INVALID',
      ]);
    },
  );

  it.each([
    [['orders', 'ads', 'orders'], [2]],
    // DuckDB treats these as the same name.
    [
      ['orders', 'Orders', 'ORDERS', '_orders'],
      [1, 2],
    ],
  ])('two DuckDB sources cannot have the same name: %j', async (names, repeated) => {
    expect(await refusalOf(gateway, duckdb(...names.map((name) => ({ name, source: gcs }))))).toEqual(
      repeated.map((at) => `config.duckdb.attached.${at}.name INVALID`),
    );
  });

  it.each(['_', 'A1', 'orders_2', '_Orders'])('a DuckDB source may have the name %s', async (name) => {
    const { result } = await create(gateway, { ...duckdb({ name, source: gcs }), name: `lake-${name}` });
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess' });
    await gateway.reset('credible');
  });

  it('all issues of a DuckDB are reported at once', async () => {
    const attached = [
      { name: '1st', source: { postgres: { schema: 'sales' } } },
      { name: 'files', source: { gcs: { secret: 'gcs-secret-1' } } },
      { name: 'files', source: { bigquery: { dataset: 'events' } } },
    ];
    expect(await refusalOf(gateway, { ...duckdb(...attached), name: 'two words' })).toEqual([
      'config.duckdb.attached.0.name INVALID',
      'config.duckdb.attached.0.source.postgres.host REQUIRED',
      'config.duckdb.attached.0.source.postgres.schema NOT_ALLOWED',
      'config.duckdb.attached.1.source.gcs.keyId REQUIRED',
      'config.duckdb.attached.2.name INVALID',
      'config.duckdb.attached.2.source.bigquery.dataset NOT_ALLOWED',
      'name INVALID',
    ]);
  });
});

describe('The name of a new connection at Credible', () => {
  it('a connection at Credible cannot have the name of the built-in DuckDB', async () => {
    const input = { instance: 'credible', name: 'duckdb', config: { mysql: { host: 'db.acme.example' } } };
    expect(await refusalOf(gateway, input)).toEqual(['name INVALID']);
  });
});

describe('An incomplete answer of Credible to a create', () => {
  const input = duckdb(
    { name: 'orders', source: { postgres: { host: 'db.acme.example', password: 'pw-secret-1' } } },
    { name: 'files', source: gcs },
  );
  const orders = { name: 'orders', type: 'postgres', postgresConnection: { host: 'db.acme.example' } };
  const files = { name: 'files', type: 'gcs', gcsConnection: { keyId: 'GOOG1EXAMPLE' } };
  const PASSWORD = 'config.duckdb.attached.0.source.postgres.password';

  const createAt = async (attachedDatabases: unknown) => {
    answer = { status: 201, body: { name: 'lake', type: 'duckdb', duckdbConnection: { attachedDatabases } } };
    const { result, text } = await create(stubbed.gateway, input);
    expect(text).not.toMatch(/secret-\d/);
    return result.connection;
  };

  it('a create reports the sent secrets as SET even if the answer lacks them', async () => {
    const { config, secrets } = await createAt([orders, files]);
    expect(storedSecrets(secrets)).toEqual([PASSWORD, 'config.duckdb.attached.1.source.gcs.secret']);
    expect(reportedValues(config)).toMatchObject({
      attached: [
        { source: { host: 'db.acme.example', password: 'SET', connectionString: 'UNKNOWN' } },
        { source: { keyId: 'GOOG1EXAMPLE', secret: 'SET' } },
      ],
    });
  });

  it.each([
    ['the answer lacks the list', undefined, []],
    ['the answer lacks a source', [orders], [PASSWORD]],
    ['the answer has an unknown kind', [orders, { ...files, type: 'azure' }], [PASSWORD]],
    ['the answer has another kind', [orders, { ...orders, name: 'files' }], [PASSWORD]],
  ])('a create reports only the fields that a source has: %s', async (_what, attached, stored) => {
    const { config, secrets } = await createAt(attached);
    expect(storedSecrets(secrets)).toEqual(stored);
    expect(reportedValues(config)).toMatchObject({ __typename: 'DuckDbConfig' });
    expect(config.attached?.length).toBe(attached?.length);
  });
});

describe('The server of a new Trino connection', () => {
  it.each([
    ['https://trino.acme.example', undefined],
    ['https://trino.acme.example', null],
    ['https://trino.acme.example', {}],
    ['https://trino.acme.example', { enabled: null }],
    ['https://trino.acme.example', { enabled: true }],
    ['http://trino.acme.example', { enabled: false }],
  ])('the server of Trino is sent as %s with tls %j', async (server, tls) => {
    await gateway.reset('credible');
    const trino = { host: 'trino.acme.example', port: 8443, tls };
    const { result } = await create(gateway, { instance: 'credible', name: 'line', config: { trino } });
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess' });
    expect(await gateway.posted('credible')).toEqual([
      { name: 'line', type: 'trino', trinoConnection: { server, port: 8443 } },
    ]);
    await gateway.reset('credible');
  });
});

describe('A create that Credible refuses', () => {
  const trino = { host: 'trino.acme.example', port: 8443, password: 'pw-secret-1' };

  it.each([
    ['trinoConnection.server pw-secret-1 must start with http://', { trino }, 'trino.host'],
    ['trinoConnection.peakaKey is wrong', { trino }, 'trino.peakaKey'],
    ['trinoConnection.server and port do not go together', { trino }, 'trino'],
    ['accessToken pw-secret-1 is expired', { motherduck: { accessToken: 'pw-secret-1' } }, 'motherduck.accessToken'],
    [
      'duckdbConnection.attachedDatabases[0].gcsConnection.secret pw-secret-1',
      { duckdb: { attached: [{ name: 'a', source: { gcs: { keyId: 'k', secret: 'pw-secret-1' } } }] } },
      'duckdb.attached',
    ],
  ])('the refusal of %s is reported by a field of the input', async (message, config, path) => {
    answer = { status: 400, body: { code: 'INVALID_ARGUMENT', message } };
    const { result, text } = await create(stubbed.gateway, { instance: 'credible', name: 'refused', config });
    expect(text).not.toMatch(/secret-\d/);
    expect(result).toMatchObject({ __typename: 'ValidationError' });
    expect(result.issues).toMatchObject([
      { path: ['input', 'config', ...path.split('.')], code: 'INVALID', source: 'VENDOR' },
    ]);
  });
});
