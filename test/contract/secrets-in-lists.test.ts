// Secrets inside lists are kept, replaced and cleared. A list is replaced as a whole, so the update must provide a stored secret again, or
// clear it with null. Every body is typed from the vendors' notes.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issuesOf } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { OTHER_KEY_IN_JSON, PRIVATE_KEY } from '../support/keys.ts';
import { startCredibleStub } from './credible/stub.ts';
import { createForUpdate, runMutation, recordSent } from '../support/mutations.ts';

type Values = Readonly<Record<string, unknown>>;
type Source = Readonly<Record<string, Values>>;

const ATTACHED = 'input.config.duckdb.attached';
const KEY = `{"type":"service_account","project_id":"acme-web","private_key":${OTHER_KEY_IN_JSON},"private_key_id":"key-secret-9"}`;

const pg = { host: 'pg.acme.example', port: 5432, databaseName: 'orders', userName: 'bi', password: 'old-secret-1' };
const pgGiven = { host: 'pg.acme.example', port: 5432, database: 'orders', username: 'bi' };
const s3 = { accessKeyId: 'AKIA', secretAccessKey: 'old-secret-2', region: 'eu-west-1', sessionToken: 'old-secret-3' };
const s3Given = { accessKeyId: 'AKIA', region: 'eu-west-1' };
const gcs = { keyId: 'GOOG1', secret: 'old-secret-4' };
const snowflake = { account: 'acme', username: 'BI', warehouse: 'WH', password: 'old-secret-5' };
const snowflakeGiven = { account: 'acme', username: 'BI', warehouse: 'WH' };
const bigquery = { defaultProjectId: 'acme-web', serviceAccountKeyJson: KEY };

const rows = {
  orders: { name: 'orders', type: 'postgres', postgresConnection: pg },
  files: { name: 'files', type: 's3', s3Connection: s3 },
  archive: { name: 'archive', type: 'gcs', gcsConnection: gcs },
  marts: { name: 'marts', type: 'snowflake', snowflakeConnection: snowflake },
  ads: { name: 'ads', type: 'bigquery', bigqueryConnection: bigquery },
};
const given = {
  orders: { name: 'orders', source: { postgres: pgGiven } },
  files: { name: 'files', source: { s3: s3Given } },
  archive: { name: 'archive', source: { gcs: { keyId: 'GOOG1' } } },
  marts: { name: 'marts', source: { snowflake: snowflakeGiven } },
  ads: { name: 'ads', source: { bigquery: { projectId: 'acme-web' } } },
};
type Name = keyof typeof rows;

/** Returns blocks without their secrets, as the admin API returns them. */
const withoutSecrets = (row: Values): Values => {
  const block = `${row['type'] as string}Connection`;
  const kept = Object.entries(row[block] as Values).filter(([, value]) => !/secret-\d/.test(String(value)));
  return { ...row, [block]: Object.fromEntries(kept) };
};

/** Updates the list. Returns the list that is sent, or undefined when none is sent. */
async function change(stored: readonly Values[], attached: unknown, more: Values = {}) {
  const stub = await startCredibleStub({ type: 'duckdb', duckdbConnection: { attachedDatabases: stored, ...more } });
  const result = await runMutation(stub.gateway, 'updateConnection', {
    id: stub.id,
    config: { duckdb: { attached } },
  });
  const sent = (await stub.changes()).map((body) => body['duckdbConnection'] as Values);
  return { result, sent: sent[0]?.['attachedDatabases'], block: sent[0], calls: sent.length };
}

const withValues = (name: Name, values: Values): Values => {
  const [kind, plain] = Object.entries(given[name].source as Source)[0] as [string, Values];
  return { name, source: { [kind]: { ...plain, ...values } } };
};

describe.each(['echoed', 'left out'])('A list whose secrets are %s by reads', (how) => {
  const row = (name: Name): Values => (how === 'echoed' ? rows[name] : withoutSecrets(rows[name]));

  it.each<[Name, Values, readonly string[]]>([
    ['orders', { port: 5433 }, ['postgres.password']],
    ['orders', { host: 'new.acme.example' }, ['postgres.password']],
    ['orders', { username: null }, ['postgres.password']],
    ['files', { region: 'us-east-1' }, ['s3.secretAccessKey', 's3.sessionToken']],
    ['files', { region: 'us-east-1', secretAccessKey: 'new-secret-8' }, ['s3.sessionToken']],
    ['files', { sessionToken: null }, ['s3.secretAccessKey']],
    ['archive', { keyId: 'GOOG2' }, ['gcs.secret']],
    ['marts', { role: 'ANALYST' }, ['snowflake.password']],
    ['ads', { location: 'EU' }, ['bigquery.serviceAccountKey']],
  ])('a changed list must provide its secrets again: %s with %j', async (name, values, needed) => {
    const { result, calls } = await change([row(name)], [withValues(name, values)]);
    // Of two sign-in methods, one that is not returned may be stored too.
    const asked = issuesOf(result).filter((issue) => !/privateKey SECRET/.test(issue));
    expect(asked).toEqual(needed.map((key) => `${ATTACHED}.0.source.${key} SECRET_NEEDED`));
    expect(calls).toBe(0);
  });

  it.each<[Name, Values, Values]>([
    ['orders', { port: 5433, password: 'new-secret-8' }, { ...pg, port: 5433, password: 'new-secret-8' }],
    ['orders', { password: null }, { host: pg.host, port: 5432, databaseName: 'orders', userName: 'bi' }],
    [
      'files',
      { secretAccessKey: 'new-secret-8', sessionToken: null },
      { accessKeyId: 'AKIA', secretAccessKey: 'new-secret-8', region: 'eu-west-1' },
    ],
    [
      'files',
      { secretAccessKey: 'new-secret-8', sessionToken: 'new-secret-7' },
      { ...s3, secretAccessKey: 'new-secret-8', sessionToken: 'new-secret-7' },
    ],
    ['archive', { secret: 'new-secret-8' }, { keyId: 'GOOG1', secret: 'new-secret-8' }],
    // A new sign-in method does not require the secrets of the old one.
    ['marts', { privateKey: PRIVATE_KEY }, { ...snowflakeGiven, privateKey: PRIVATE_KEY }],
    ['ads', { serviceAccountKey: null }, { defaultProjectId: 'acme-web' }],
  ])('a list with its secrets is written: %s with %j', async (name, values, block) => {
    const { result, sent } = await change([row(name)], [withValues(name, values)]);
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
    const { type } = rows[name];
    expect(sent).toEqual([{ name, type, [`${type}Connection`]: block }]);
  });

  it('a connection string requires no stored password, and separate fields require no stored connection string', async () => {
    const connectionString = 'postgresql://bi:url-secret-8@pg.acme.example/orders';
    const toText = await change([row('orders')], [{ name: 'orders', source: { postgres: { connectionString } } }]);
    expect(toText.sent).toEqual([{ name: 'orders', type: 'postgres', postgresConnection: { connectionString } }]);
    const text = how === 'echoed' ? { connectionString } : {};
    const stored = { name: 'orders', type: 'postgres', postgresConnection: text };
    const parts = { ...pgGiven, password: 'new-secret-8' };
    const toParts = await change([stored], [{ name: 'orders', source: { postgres: parts } }]);
    expect(toParts.sent).toEqual([
      { name: 'orders', type: 'postgres', postgresConnection: { ...pg, password: 'new-secret-8' } },
    ]);
  });

  const all = ['orders', 'files', 'archive', 'marts', 'ads'] as const;

  it('a list that is read and written back does not change', async () => {
    const { result, calls } = await change(
      all.map(row),
      all.map((name) => given[name]),
    );
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
    expect(calls).toBe(0);
  });

  it('a change of one item requires the secrets of all items', async () => {
    const list = all.map((name) => (name === 'archive' ? withValues('archive', { keyId: 'GOOG2' }) : given[name]));
    const { result, calls } = await change(all.map(row), list);
    expect(issuesOf(result)).toEqual(
      expect.arrayContaining([
        `${ATTACHED}.0.source.postgres.password SECRET_NEEDED`,
        `${ATTACHED}.1.source.s3.secretAccessKey SECRET_NEEDED`,
        `${ATTACHED}.1.source.s3.sessionToken SECRET_NEEDED`,
        `${ATTACHED}.2.source.gcs.secret SECRET_NEEDED`,
        `${ATTACHED}.3.source.snowflake.password SECRET_NEEDED`,
        `${ATTACHED}.4.source.bigquery.serviceAccountKey SECRET_NEEDED`,
      ]),
    );
    expect(calls).toBe(0);
  });

  it('an item is matched by its name, in any position and case', async () => {
    const list = [given.archive, { ...given.orders, name: 'ORDERS' }];
    const { result } = await change([row('orders'), row('archive')], list);
    expect(issuesOf(result)).toEqual([
      `${ATTACHED}.0.source.gcs.secret SECRET_NEEDED`,
      `${ATTACHED}.1.source.postgres.password SECRET_NEEDED`,
    ]);
  });

  it('an item with another name keeps no stored secret', async () => {
    const renamed = { ...given.orders, name: 'orders2' };
    const { result } = await change([row('orders')], [renamed]);
    expect(issuesOf(result)).toEqual([`${ATTACHED}.0.source.postgres.password SECRET_NEEDED`]);
    const none = await change(
      [row('orders')],
      [{ name: 'orders2', source: { postgres: { ...pgGiven, password: null } } }],
    );
    const { password: _password, ...block } = pg;
    expect(none.sent).toEqual([{ name: 'orders2', type: 'postgres', postgresConnection: block }]);
  });

  it('an item of another kind is a new item', async () => {
    const missing = await change([row('orders')], [{ name: 'orders', source: { gcs: { keyId: 'GOOG1' } } }]);
    expect(issuesOf(missing.result)).toEqual([`${ATTACHED}.0.source.gcs.secret REQUIRED`]);
    const source = { gcs: { keyId: 'GOOG1', secret: 'new-secret-8' } };
    const { sent } = await change([row('orders')], [{ name: 'orders', source }]);
    expect(sent).toEqual([{ name: 'orders', type: 'gcs', gcsConnection: { keyId: 'GOOG1', secret: 'new-secret-8' } }]);
  });

  it('a required secret of an item cannot be cleared', async () => {
    const { result } = await change([row('archive')], [withValues('archive', { secret: null })]);
    expect(issuesOf(result)).toEqual([`${ATTACHED}.0.source.gcs.secret REQUIRED`]);
  });
});

it('a missing field of an item is reported, even if the stored item lacks it too', async () => {
  const stored = { name: 'archive', type: 'gcs', gcsConnection: { secret: 'old-secret-4' } };
  const { result, calls } = await change([stored], [{ name: 'other', source: { gcs: { secret: 'new-secret-8' } } }]);
  expect(issuesOf(result)).toEqual([`${ATTACHED}.0.source.gcs.keyId REQUIRED`]);
  expect(calls).toBe(0);
});

describe('Unknown fields and kinds of list items', () => {
  it('unknown fields of an item are sent back with it', async () => {
    const attributes = { dialectName: 'postgres' };
    const stored = {
      ...rows.orders,
      attributes,
      readOnly: true,
      postgresConnection: { ...pg, sslmode: 'require', port: '5432' },
    };
    const extra = { ...rows.files, s3Connection: { ...s3, provider: 'config', chain: ['a'] } };
    const list = [
      withValues('orders', { password: 'new-secret-8', database: 'sales' }),
      withValues('files', { secretAccessKey: 'new-secret-8', sessionToken: null }),
    ];
    const { block } = await change([stored, extra], list, { setupSQL: 'SET TimeZone = UTC' });
    const { sessionToken: _sessionToken, ...kept } = { ...s3, provider: 'config', chain: ['a'] };
    expect(block).toEqual({
      setupSQL: 'SET TimeZone = UTC',
      attachedDatabases: [
        {
          name: 'orders',
          type: 'postgres',
          attributes,
          readOnly: true,
          postgresConnection: {
            ...pg,
            databaseName: 'sales',
            sslmode: 'require',
            port: '5432',
            password: 'new-secret-8',
          },
        },
        { name: 'files', type: 's3', s3Connection: { ...kept, secretAccessKey: 'new-secret-8' } },
      ],
    });
  });

  it.each<[Values, string, string]>([
    [{ postgresConnection: { ...pg, sslPassword: 'told-secret-7' } }, '0.source.postgres', 'sslPassword'],
    [{ proxy: { privateKey: 'told-secret-7' } }, '0.source.postgres', 'proxy.privateKey'],
    [{ postgresConnection: { ...pg, token: '*****' } }, '0.source.postgres', 'token'],
  ])('an unknown field of an item that may be a secret is never sent back: %j', async (more, place, name) => {
    const list = [withValues('orders', { password: 'new-secret-8' })];
    const { result, calls } = await change([{ ...rows.orders, ...more }], list);
    expect(issuesOf(result)).toEqual([`${ATTACHED}.${place} NOT_ALLOWED`]);
    expect(result.issues[0].message).toContain(`\`${name}\``);
    expect(calls).toBe(0);
    // The caller removes the item on purpose.
    const gone = await change(
      [{ ...rows.orders, ...more }, rows.archive],
      [withValues('archive', { secret: 'new-secret-8' })],
    );
    expect(gone.sent).toEqual([
      { name: 'archive', type: 'gcs', gcsConnection: { keyId: 'GOOG1', secret: 'new-secret-8' } },
    ]);
  });

  it.each([
    { name: 'blobs', type: 'azure', azureConnection: { accountName: 'acme' } },
    { name: 'lake', type: 'ducklake', ducklakeConnection: { storage: {} } },
    { name: 'what', type: null },
  ])('a list with an item of an unknown kind cannot be replaced (%j)', async (strange) => {
    const list = [withValues('orders', { password: 'new-secret-8', port: 1 })];
    const { result, calls } = await change([rows.orders, strange], list);
    expect(issuesOf(result)).toEqual([`${ATTACHED} NOT_ALLOWED`]);
    expect(calls).toBe(0);
  });

  it('a new list replaces an unreadable entry, with a warning', async () => {
    const list = [withValues('orders', { password: 'new-secret-8', port: 1 })];
    const { result, sent } = await change([rows.orders, 'told-secret-7' as never], list);
    expect(result.warnings).toMatchObject([
      { path: ['input', 'config', 'duckdb', 'attached'], code: 'FIELD_LEFT_OUT' },
    ]);
    expect(sent).toEqual([
      { name: 'orders', type: 'postgres', postgresConnection: { ...pg, port: 1, password: 'new-secret-8' } },
    ]);
  });

  it('a new list removes an entry without a name, with a warning', async () => {
    const list = [withValues('orders', { password: 'new-secret-8', port: 1 })];
    const { result, sent } = await change([rows.orders, { ...rows.archive, name: null }], list);
    expect(result.warnings).toMatchObject([
      { path: ['input', 'config', 'duckdb', 'attached'], code: 'FIELD_LEFT_OUT' },
    ]);
    expect(sent).toHaveLength(1);
  });

  it('unknown fields of an item are not sent to another host', async () => {
    const stored = { ...rows.orders, postgresConnection: { ...pg, databaseName: 'orders;password=told-secret-7' } };
    const moved = withValues('orders', { host: 'new.acme.example', password: 'new-secret-8' });
    const { result, calls } = await change([stored], [moved]);
    expect(issuesOf(result)).toEqual([`${ATTACHED}.0.source.postgres.database NOT_ALLOWED`]);
    expect(calls).toBe(0);
    const { sent } = await change([stored], [withValues('orders', { password: 'new-secret-8' })]);
    expect(sent).toEqual([
      {
        name: 'orders',
        type: 'postgres',
        postgresConnection: { ...stored.postgresConnection, password: 'new-secret-8' },
      },
    ]);
  });
});

describe('Lists of named values at Chartbrew', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  beforeEach(() => gateway.reset('chartbrew'));
  afterAll(() => gateway.close());

  const UPDATE = `mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) {
    __typename ... on ValidationError { issues { path code } }
  } }`;
  const api = { baseUrl: 'https://api.acme.example', headers: [{ name: 'X-Api-Key', value: 'old-secret-1' }] };
  const mongodb = {
    host: 'mongo.acme.example',
    database: 'events',
    username: 'bi',
    password: 'old-secret-1',
    options: [{ name: 'authSource', value: 'old-secret-2' }],
  };

  it.each<[string, Values, string, string[]]>([
    ['api', api, 'headers', ['input.config.api.headers.0.value TOO_SHORT']],
    [
      'mongodb',
      mongodb,
      'options',
      [
        'input.config.mongodb.options.0.name INVALID',
        'input.config.mongodb.options.0.value TOO_SHORT',
        'input.config.mongodb.password SECRET_NEEDED',
      ],
    ],
  ])('named values at Chartbrew must always have their values: %s', async (dialect, config, list, issues) => {
    const { id } = await createForUpdate(gateway, {
      instance: 'chartbrew',
      name: 'named',
      config: { [dialect]: config },
    });
    const ask = async (entry: Values) =>
      recordSent(gateway, 'chartbrew', () =>
        gateway.ask(UPDATE, { input: { id, config: { [dialect]: { [list]: [{ name: 'X-Api-Key', ...entry }] } } } }),
      );
    for (const entry of [{}, { value: null }]) {
      const { result, sent } = await ask(entry);
      expect(result.errors?.[0]?.message).toContain('value');
      expect(sent).toEqual([]);
    }
    const { result, sent } = await ask({ value: '' });
    expect(issuesOf(result.data.updateConnection)).toEqual(issues);
    expect(sent).toEqual([]);
  });
});
