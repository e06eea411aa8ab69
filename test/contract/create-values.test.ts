// Values that a create refuses: each with its path in the input, once, before any call.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalOf } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { CERTIFICATE, OTHER_CERTIFICATE, OTHER_PRIVATE_KEY } from '../support/keys.ts';

let gateway: TestGateway;
beforeAll(async () => {
  // The limit of a field is tested. It has the path of the input.
  gateway = await startTestGateway({ limits: { listItems: 1000 } });
});
afterAll(() => gateway.close());

const server = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const tlsFiles = { ca: CERTIFICATE, certificate: OTHER_CERTIFICATE, key: OTHER_PRIVATE_KEY };

describe('A value that no vendor accepts', () => {
  const withPassword = (password: string) => ({ postgres: { ...server, password } });

  it.each([
    ['the mask of a stored secret', 'looker', withPassword('••••••••'), 'config.postgres.password INVALID'],
    ['the text of a printed secret', 'looker', withPassword('[secret]'), 'config.postgres.password INVALID'],
    ['an empty secret', 'looker', withPassword(''), 'config.postgres.password TOO_SHORT'],
    ['a secret of more than 1 MiB', 'looker', withPassword('x'.repeat(1_048_577)), 'config.postgres.password TOO_LONG'],
    [
      'the mask in place of a key file',
      'omni',
      { bigquery: { location: 'us', serviceAccountKey: '••••••••' } },
      'config.bigquery.serviceAccountKey INVALID',
    ],
    [
      'an incomplete Unicode character',
      'looker',
      { postgres: { ...server, username: 'bi\ud83d' } },
      'config.postgres.username INVALID',
    ],
    ['an empty text', 'looker', { postgres: { ...server, username: '' } }, 'config.postgres.username TOO_SHORT'],
    ['a port of 0', 'looker', { postgres: { ...server, port: 0 } }, 'config.postgres.port OUT_OF_RANGE'],
    ['a port of 99999', 'looker', { postgres: { ...server, port: 99_999 } }, 'config.postgres.port OUT_OF_RANGE'],
    [
      'a host with a credential in it',
      'looker',
      { postgres: { ...server, host: 'bi:pw-secret-1@db' } },
      'config.postgres.host INVALID',
    ],
    [
      'a whole host name as account',
      'looker',
      { snowflake: { account: 'acme.snowflakecomputing.com', database: 'D' } },
      'config.snowflake.account INVALID',
    ],
    [
      'a key file that is not JSON',
      'looker',
      { bigquery: { projectId: 'p', dataset: 'd', serviceAccountKey: 'key-secret-1' } },
      'config.bigquery.serviceAccountKey INVALID',
    ],
    [
      'a connection string without a user',
      'chartbrew',
      { postgres: { connectionString: 'postgresql://db.acme.example/url-secret-1' } },
      'config.postgres.connectionString INVALID',
    ],
    [
      'a flavor of another dialect',
      'chartbrew',
      { mysql: { ...server, flavor: 'TIMESCALE' } },
      'config.mysql.flavor INVALID',
    ],
    [
      'an unknown mode',
      'chartbrew',
      { mysql: { ...server, tls: { enabled: true, mode: 'strict' } } },
      'config.mysql.tls.mode INVALID',
    ],
    [
      'certificates without encryption',
      'chartbrew',
      { mysql: { ...server, tls: tlsFiles } },
      'config.mysql.tls.enabled REQUIRED',
    ],
    [
      'a URL with a user in it',
      'chartbrew',
      { api: { baseUrl: 'https://bi:url-secret-1@api.acme.example' } },
      'config.api.baseUrl INVALID',
    ],
    [
      'a URL with a query',
      'chartbrew',
      { api: { baseUrl: 'https://api.acme.example/v1?key=url-secret-1' } },
      'config.api.baseUrl INVALID',
    ],
    ['a text that is not a URL', 'chartbrew', { api: { baseUrl: 'api.acme.example' } }, 'config.api.baseUrl INVALID'],
    [
      'a database URL with a token',
      'chartbrew',
      {
        realtimeDb: {
          databaseUrl: 'https://acme.firebaseio.com?auth=url-secret-1',
          serviceAccountKey: '{"project_id":"acme"}',
        },
      },
      'config.realtimeDb.databaseUrl INVALID',
    ],
    [
      'an endpoint with a user in it, in a nested input',
      'credible',
      {
        duckdb: {
          attached: [
            { name: 'orders', source: { postgres: { host: 'db.acme.example' } } },
            {
              name: 'files',
              source: {
                s3: {
                  accessKeyId: 'AKIA',
                  secretAccessKey: 'pw-secret-1',
                  endpoint: 'bi:url-secret-1@s3.acme.example',
                },
              },
            },
          ],
        },
      },
      'config.duckdb.attached.1.source.s3.endpoint INVALID',
    ],
    [
      'the mask as a header',
      'chartbrew',
      {
        api: {
          baseUrl: 'https://api.acme.example',
          headers: [
            { name: 'X-Team', value: 'team-secret-1' },
            { name: 'X-Key', value: '••••••••' },
          ],
        },
      },
      'config.api.headers.1.value INVALID',
    ],
    [
      'a header without a name',
      'chartbrew',
      { api: { baseUrl: 'https://api.acme.example', headers: [{ name: '', value: 'header-secret-1' }] } },
      'config.api.headers.0.name TOO_SHORT',
    ],
    [
      'more options than a list may hold',
      'chartbrew',
      {
        mongodb: {
          host: 'mongo.acme.example',
          database: 'shop',
          options: Array.from({ length: 101 }, (_, at) => ({ name: `o${at}`, value: 'option-secret-1' })),
        },
      },
      'config.mongodb.options TOO_LONG',
    ],
    [
      'a scheme before a host',
      'credible',
      { trino: { host: 'https://trino.acme.example', port: 443 } },
      'config.trino.host INVALID',
    ],
    [
      'a license that is not accepted',
      'omni',
      { oracle: { ...server, acceptsLicense: false } },
      'config.oracle.acceptsLicense INVALID',
    ],
    [
      'a region that Customer.io does not have',
      'chartbrew',
      { customerIo: { region: 'asia', apiKey: 'key-secret-1' } },
      'config.customerIo.region INVALID',
    ],
  ])('a value that no vendor accepts is refused: %s', async (_what, instance, config, issue) => {
    expect(await refusalOf(gateway, { instance, name: 'cell', config })).toEqual([issue]);
  });

  it.each([
    ['a blank at Looker', 'looker', 'two words', 'name INVALID'],
    ['a slash at Looker', 'looker', 'a/b', 'name INVALID'],
    ['a dot at Credible', 'credible', 'a.b', 'name INVALID'],
    ['an empty name', 'chartbrew', '', 'name TOO_SHORT'],
    ['an incomplete Unicode character', 'omni', 'orders \ud83d', 'name INVALID'],
  ])('a name that no vendor accepts is refused: %s', async (_what, instance, name, issue) => {
    expect(await refusalOf(gateway, { instance, name, config: { postgres: server } })).toEqual([issue]);
  });

  it.each([
    ['an instance that is not configured', 'nowhere', {}, 'instance INVALID'],
    ['options of another vendor', 'omni', { options: { chartbrew: { active: true } } }, 'options.chartbrew MISMATCH'],
    [
      'a Looker dialect name of another dialect',
      'looker',
      { options: { looker: { dialectName: 'mysql_8' } } },
      'options.looker.dialectName INVALID',
    ],
    [
      'a comma in a list that Omni joins by commas',
      'omni',
      { options: { omni: { includeSchemas: ['a,b'] } } },
      'options.omni.includeSchemas INVALID',
    ],
    [
      'a longer time than Omni accepts',
      'omni',
      { options: { omni: { queryTimeoutSeconds: 3601 } } },
      'options.omni.queryTimeoutSeconds OUT_OF_RANGE',
    ],
    [
      'the mask in the options',
      'looker',
      { options: { looker: { afterConnectStatements: '••••••••' } } },
      'options.looker.afterConnectStatements INVALID',
    ],
    [
      'a table name without a schema',
      'credible',
      { options: { credible: { excludeTables: ['orders'] } } },
      'options.credible.excludeTables INVALID',
    ],
  ])('an invalid value outside `config` is refused: %s', async (_what, instance, more, issue) => {
    expect(await refusalOf(gateway, { instance, name: 'cell', config: { postgres: server }, ...more })).toEqual([
      issue,
    ]);
  });
});
