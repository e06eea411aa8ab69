// Reads of connections at Chartbrew, whose lists report less than a read by id, and whose answers contain many
// secrets. Every field of the schema is selected. The expected values are those of the sandbox's rows.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { idOf, startWatchedGateway } from '../../support/watched-gateway.ts';
import { listWhole, readWhole } from '../../support/whole-connection.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

const byName = async (name: string) => listWhole(gateway, { instance: ['chartbrew'], name: { equals: name } });

const noTls = { enabled: null, verify: null, mode: null, ca: 'NOT_SET', certificate: 'NOT_SET', key: 'NOT_SET' };

const secrets = (password: string) => [
  { path: ['config', 'postgres', 'password'], status: password },
  { path: ['config', 'postgres', 'tls', 'ca'], status: 'NOT_SET' },
  { path: ['config', 'postgres', 'tls', 'certificate'], status: 'NOT_SET' },
  { path: ['config', 'postgres', 'tls', 'key'], status: 'NOT_SET' },
  { path: ['config', 'postgres', 'connectionString'], status: 'NOT_SET' },
  { path: ['options', 'chartbrew', 'ssh', 'password'], status: 'NOT_SET' },
  { path: ['options', 'chartbrew', 'ssh', 'privateKey'], status: 'SET' },
  { path: ['options', 'chartbrew', 'ssh', 'passphrase'], status: 'SET' },
];

describe('lists and reads at Chartbrew', () => {
  const ledger = {
    id: idOf('v1:c:chartbrew:18'),
    vendorId: '18',
    name: 'Ledger',
    vendor: 'CHARTBREW',
    dialect: 'POSTGRES',
    vendorDialect: 'postgres',
    host: 'ledger-db.internal',
    database: 'ledger',
    username: 'ledger_ro',
    completeness: 'FULL',
    createdAt: '2025-11-20T11:45:00.000Z',
    updatedAt: '2026-02-01T07:00:00.000Z',
    deletedAt: null,
    capabilities: ['READ', 'UPDATE', 'RENAME', 'DELETE', 'UPDATE_SECRETS', 'TEST_SAVED'],
  };
  const config = {
    __typename: 'PostgresConfig',
    host: 'ledger-db.internal',
    port: 5432,
    database: 'ledger',
    schema: null,
    username: 'ledger_ro',
    connectionString: 'NOT_SET',
    flavor: 'STANDARD',
    tls: { ...noTls, enabled: false, verify: false, mode: 'require' },
  };
  const details = {
    __typename: 'ChartbrewDetails',
    teamId: 7,
    projectIds: [4],
    active: true,
    ssh: {
      enabled: true,
      host: 'bastion.acme.example',
      port: 22,
      username: 'tunnel',
      jumpHost: null,
      jumpPort: null,
      password: 'NOT_SET',
      privateKey: 'SET',
      passphrase: 'SET',
    },
    subType: 'postgres',
    allowsPrivateHost: null,
    oauthEmail: null,
  };
  it('a list at Chartbrew does not report whether a password is stored', async () => {
    expect(await byName('Ledger')).toEqual([
      {
        ...ledger,
        config: { ...config, password: 'UNKNOWN' },
        details: { ...details, discoveredSchema: null },
        secrets: secrets('UNKNOWN'),
      },
    ]);
  });

  it('a read by id at Chartbrew reports the password status and the discovered schema', async () => {
    const column = { type: 'VARCHAR(255)', allowNull: true };
    expect(await readWhole(gateway, [ledger.id])).toEqual([
      {
        ...ledger,
        config: { ...config, password: 'SET' },
        details: {
          ...details,
          discoveredSchema: {
            tables: ['entries'],
            description: { entries: { id: column, account: column, amount: column } },
          },
        },
        secrets: secrets('SET'),
      },
    ]);
  });

  it.each([
    ['Sensor metrics', { flavor: 'TIMESCALE', tls: { ...noTls, enabled: true, verify: false, mode: 'require' } }],
    [
      'Reporting (RDS)',
      { flavor: 'RDS', tls: { ...noTls, enabled: true, verify: true, mode: 'verify-full', ca: 'SET' } },
    ],
    ['App (Supabase)', { flavor: 'SUPABASE', connectionString: 'SET', host: null, port: null, username: null }],
    ['Shop', { __typename: 'MySqlConfig', flavor: 'STANDARD', port: 3306 }],
    [
      'Shop replica (RDS)',
      {
        flavor: 'RDS',
        connectionString: 'SET',
        tls: { ...noTls, enabled: true, verify: true, mode: 'verify-ca', ca: 'SET' },
      },
    ],
    [
      'Clickstream',
      {
        __typename: 'ClickHouseConfig',
        host: 'clickstream.acme.example',
        port: 8443,
        // Chartbrew checks the certificate, although the row says `require`.
        tls: { ...noTls, enabled: true, verify: true, mode: null },
      },
    ],
    ['Orders (Mongo)', { __typename: 'MongoDbConfig', connectionString: 'SET', host: null, srv: true, options: null }],
    [
      'Events (Mongo)',
      {
        host: 'events-mongo.acme.example',
        port: 27_017,
        database: 'events',
        srv: false,
        options: [
          { name: 'authSource', value: 'SET' },
          { name: 'replicaSet', value: 'SET' },
        ],
        tls: null,
      },
    ],
    // At the vendor this URL contains a user and a password.
    [
      'Status page',
      {
        __typename: 'ApiConfig',
        baseUrl: 'https://status.acme.example/api',
        authentication: { kind: 'BASIC', basic: { username: 'monitor', password: 'SET' }, bearer: 'NOT_SET' },
        headers: null,
      },
    ],
    [
      'Billing API',
      {
        baseUrl: 'https://billing.acme.example/v2',
        authentication: { kind: 'BEARER', basic: null, bearer: 'SET' },
        headers: [
          { name: 'X-Api-Key', value: 'SET' },
          { name: 'Accept', value: 'SET' },
        ],
      },
    ],
    [
      'Chat presence',
      {
        __typename: 'RealtimeDbConfig',
        databaseUrl: 'https://acme-chat-default-rtdb.firebaseio.example',
        authOverrideUid: null,
        serviceAccountKey: 'SET',
      },
    ],
    ['Mobile app', { __typename: 'FirestoreConfig', projectId: 'acme-mobile', serviceAccountKey: 'SET' }],
    ['Website traffic', { __typename: 'GoogleAnalyticsConfig', oauthId: '0c6f9b1e-52a4-4f0e-9d3c-6a1f7d1b2c33' }],
    ['Lifecycle mails', { __typename: 'CustomerIoConfig', region: 'eu', apiKey: 'UNKNOWN' }],
    ['Engineering tickets', { __typename: 'OtherConfig', host: 'acme.atlassian.example', username: null }],
  ])('the connection %s at Chartbrew has its settings', async (name, expected) => {
    const [row] = await byName(name);
    expect(row?.['config']).toMatchObject(expected);
  });

  it('a read by id reports the account of an OAuth grant', async () => {
    const [row] = await readWhole(gateway, [idOf('v1:c:chartbrew:24')]);
    expect(row).toMatchObject({
      name: 'Website traffic',
      vendorDialect: 'googleAnalytics',
      details: { oauthEmail: 'analytics@acme.example' },
    });
  });

  it('a read by id reports that a Customer.io key is set', async () => {
    const [row] = await readWhole(gateway, [idOf('v1:c:chartbrew:26')]);
    expect(row).toMatchObject({
      name: 'Lifecycle mails',
      config: { apiKey: 'SET' },
      secrets: [{ path: ['config', 'customerIo', 'apiKey'], status: 'SET' }],
    });
  });
});
