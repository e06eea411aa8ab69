// A match leaves out a connection with a special route: one whose settings, such as a tunnel, may send the secret to another server than its
// host. The rotation reports the connection and does not write it. A caller can select it by its id.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { vendorWithRows } from '../support/stub-rows.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { idOf, idsOf, rotate, statuses, type RotateInput } from './rotate.ts';
import { startScriptedGateway, type ScriptedGateway } from './scripted-vendors.ts';

const NEW = 'pw-secret-7';
const HOST = 'routes.acme.example';
const VENDORS = ['looker', 'credible', 'chartbrew'] as const;

let scripted: ScriptedGateway;
beforeAll(async () => {
  scripted = await startScriptedGateway(VENDORS.map((vendor) => ({ key: vendor, vendor })));
});
afterAll(() => scripted.close());

let count = 0;
const CREATE = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) {
  __typename ... on ValidationError { issues { path message } } ... on CreateConnectionSuccess { connection { id } }
} }`;

type Settings = Readonly<Record<string, unknown>>;

/** A connection with its own user, so that a match finds only this one. */
async function create(vendor: string, dialect: string, settings: Settings, options?: Settings) {
  count += 1;
  const [username, name] = [`user_${count}`, `route_${count}`];
  const server = { host: HOST, port: 5432, database: 'shop', password: 'pw-secret-1', username };
  const config = { [dialect]: { ...server, ...settings } };
  const input = { instance: vendor, name, config, ...(options && { options: { [vendor]: options } }) };
  const { data, text } = await scripted.ask(CREATE, { input });
  expect(text).toContain('"CreateConnectionSuccess"');
  return { id: data.createConnection.connection.id as string, username };
}

async function insertAtChartbrew(row: Settings) {
  count += 1;
  const username = `user_${count}`;
  const server = { name: `route ${count}`, host: HOST, port: '5432', dbName: 'shop', password: 'secret-1' };
  return {
    id: idOf('chartbrew', await scripted.insertChartbrewRow('chartbrew', { ...server, ...row, username })),
    username,
  };
}

const writes = () =>
  VENDORS.flatMap((vendor) => scripted.receivedBy(vendor)).filter(({ kind }) => kind === 'write').length;

const specialRoute = (settings: string) =>
  `Its settings may send the secret to another server (${settings}). Name its id in \`ids\` to include it.`;

/** Runs a rotation by match, as a dry run and then for real. Returns both answers and the number of writes. */
async function outcomesOf(match: RotateInput) {
  const before = writes();
  const answers: unknown[] = [];
  for (const dryRun of [true, false]) {
    const { outcomes, remaining } = await rotate(scripted, { connections: { match }, secret: NEW, dryRun });
    const brief = outcomes.map(({ id, status, result, verification }) => ({ id, status, result, verification }));
    answers.push({ outcomes: brief, remaining: idsOf(remaining) });
  }
  return { answers, writes: writes() - before };
}

/** Returns the expected outcomes of both runs for a connection that is reported and not written. */
function reported(id: string, message: string) {
  const issues = [
    { path: ['input', 'connections', 'match'], code: 'NOT_ALLOWED', message, source: 'GATEWAY', vendorMessage: null },
  ];
  const result = { __typename: 'ValidationError', message: 'One value was refused.', issues };
  const expected = { outcomes: [{ id, status: 'REFUSED', result, verification: null }], remaining: [id] };
  return { answers: [expected, expected], writes: 0 };
}

/** Returns the statuses of a rotation that names the connection by its id. */
const byIdUntested = async (id: string) =>
  statuses(await rotate(scripted, { connections: { ids: [id] }, secret: NEW, verification: 'NONE' }));

const none = {};

const LOOKER_SPECIAL_ROUTES: readonly (readonly [string, Settings, string])[] = [
  ['an SSH tunnel', { tunnelId: '3' }, 'options.looker.tunnelId'],
  ['a local port of a tunnel', { customLocalPort: 10_017 }, 'options.looker.customLocalPort'],
  ['driver parameters', { jdbcAdditionalParams: 'socksProxyHost=x' }, 'options.looker.jdbcAdditionalParams'],
  ['statements after the connect', { afterConnectStatements: 'SET x = 1' }, 'options.looker.afterConnectStatements'],
  ['a host that is a user attribute', { userAttributeFields: ['host'] }, 'options.looker.userAttributeFields'],
  ['a requested driver version', { driverVersionRequested: 'other' }, 'options.looker.driverVersionRequested'],
  ['another scratch host', { tmpHost: 'other.example' }, 'options.looker.tmpHost'],
  ['an override', { pdtOverride: { host: 'other.example' } }, 'options.looker.pdtOverride'],
  ['an OAuth application', { oauthApplicationId: '7' }, 'options.looker.oauthApplicationId'],
  [
    'an impersonated account',
    { impersonatedServiceAccount: 'a@b.example' },
    'options.looker.impersonatedServiceAccount',
  ],
  [
    'a tunnel and driver parameters',
    { tunnelId: '3', jdbcAdditionalParams: 'socksProxyHost=x' },
    'options.looker.tunnelId, options.looker.jdbcAdditionalParams',
  ],
];

describe('a match and a special route at Looker', () => {
  it.each(LOOKER_SPECIAL_ROUTES)(
    'a connection with a special route is not written, except by its id: %s',
    async (_what, options, named) => {
      const { id, username } = await create('looker', 'postgres', none, options);
      expect(await outcomesOf({ host: HOST, username })).toEqual(reported(id, specialRoute(named)));
      expect(await byIdUntested(id)).toEqual(['DONE']);
    },
  );

  it('a port that is a user attribute makes the route special', async () => {
    const options = { portUserAttribute: 'db_port', userAttributeFields: ['port'] };
    const { id, username } = await create('looker', 'postgres', { port: null }, options);
    const named = 'options.looker.userAttributeFields, options.looker.portUserAttribute';
    expect(await outcomesOf({ host: HOST, username })).toEqual(reported(id, specialRoute(named)));
  });

  it('TNS makes the route special', async () => {
    const settings = { port: 1521, usesTns: true, serviceName: 'SHOP.ACME.EXAMPLE' };
    const { id, username } = await create('looker', 'oracle', settings);
    const named = 'config.oracle.usesTns, config.oracle.serviceName';
    expect(await outcomesOf({ host: HOST, username })).toEqual(reported(id, specialRoute(named)));
  });

  it.each([
    ['acme-private', 'config.snowflake.hostOverride'],
    ['acme.privatelink.example', 'config.snowflake.account'],
  ])('a host override in addition to an account makes the route special: %s', async (host, named) => {
    const server = { account: 'acme-private', hostOverride: 'acme.privatelink.example' };
    const snowflake = { ...server, host: undefined, port: undefined, database: 'D' };
    const { id, username } = await create('looker', 'snowflake', snowflake);
    expect(await outcomesOf({ host, username })).toEqual(reported(id, specialRoute(named)));
  });
});

const MONGO = { type: 'mongodb', subType: 'mongodb', port: '27017' };
const POSTGRES = { type: 'postgres', subType: 'postgres' };

const CHARTBREW_SPECIAL_ROUTES: readonly (readonly [string, Settings, string])[] = [
  ['options of a URL', { ...MONGO, options: [{ replicaSet: 'rs0' }] }, 'config.mongodb.options'],
  [
    'a proxy, in another case',
    { ...MONGO, options: [{ PROXYHOST: '127.0.0.1' }, { proxyPort: '1' }] },
    'config.mongodb.options',
  ],
  ['options in the name of a database', { ...MONGO, dbName: 'd?proxyHost=127.0.0.1' }, 'config.mongodb.database'],
  ['a name that cuts options off', { ...MONGO, dbName: 'd#' }, 'config.mongodb.database'],
  ['options behind a host', { ...MONGO, host: `${HOST}/d?proxyHost=127.0.0.1&x=` }, 'config.mongodb.host'],
  ['a DNS record', { ...MONGO, srv: true, port: null }, 'config.mongodb.srv'],
  [
    'a connection string beside the parts',
    { ...POSTGRES, connectionString: 'postgres://a:secret-1@other.example/shop' },
    'config.postgres.connectionString',
  ],
  [
    'driver parameters in the name of a database',
    { ...POSTGRES, dbName: 'd?host=other.example' },
    'config.postgres.database',
  ],
  ['a flavor that is another product', { ...POSTGRES, subType: 'timescaledb' }, 'config.postgres.flavor'],
  [
    'an SSH tunnel',
    { ...POSTGRES, useSsh: true, sshHost: 'bastion.example', sshPort: 22, sshUsername: 't' },
    'options.chartbrew.ssh',
  ],
  [
    'a tunnel of which Chartbrew does not report whether it is used',
    { ...POSTGRES, useSsh: null, sshHost: 'b.example' },
    'options.chartbrew.ssh',
  ],
];

describe('a match and a special route at Chartbrew', () => {
  it.each(CHARTBREW_SPECIAL_ROUTES)(
    'a connection with a special route is not written, except by its id: %s',
    async (_what, row, named) => {
      const { id, username } = await insertAtChartbrew(row);
      expect(await outcomesOf({ host: HOST, username })).toEqual(reported(id, specialRoute(named)));
    },
  );

  it('a connection with options in its URL is rotated by its id', async () => {
    const { id } = await insertAtChartbrew({ ...MONGO, options: [{ replicaSet: 'rs0' }] });
    expect(await byIdUntested(id)).toEqual(['DONE']);
  });

  it('connections with a direct route are rotated although others have a special route', async () => {
    const { id: plain, username } = await insertAtChartbrew(POSTGRES);
    const tunnel = { ...POSTGRES, useSsh: true, sshHost: 'bastion.example' };
    const row = { name: 'tunnel', host: HOST, port: '5432', dbName: 'shop', password: 'secret-1', username, ...tunnel };
    const other = idOf('chartbrew', await scripted.insertChartbrewRow('chartbrew', row));
    const rotation = await rotate(scripted, { connections: { match: { host: HOST, username } }, secret: NEW });
    expect(rotation.outcomes.map(({ id, status }) => [id, status])).toEqual([
      [other, 'REFUSED'],
      [plain, 'DONE'],
    ]);
    expect(idsOf(rotation.remaining)).toEqual([other]);
  });
});

const byPort = (settings: string) => `${specialRoute(settings)} A match with \`port\` compares that.`;

describe('the port of a match', () => {
  it.each([
    ['looker', 'postgres', 5433],
    ['looker', 'mysql', 5432],
    ['credible', 'mysql', 3307],
    ['chartbrew', 'clickhouse', 8443],
  ])('a match must name a port that is not the usual one: %s %s %d', async (vendor, dialect, port) => {
    const { id, username } = await create(vendor, dialect, { port });
    expect(await outcomesOf({ host: HOST, username })).toEqual(reported(id, byPort(`config.${dialect}.port`)));
    const match = { host: HOST, port, username };
    const rotation = await rotate(scripted, { connections: { match }, secret: NEW });
    expect(statuses(rotation)).toEqual(['DONE']);
  });

  it('an unknown dialect has no usual port', async () => {
    const { id, username } = await create('looker', 'other', { dialectName: 'vertica', port: 5433 });
    expect(await outcomesOf({ host: HOST, username })).toEqual(reported(id, byPort('config.other.port')));
    const named = await rotate(scripted, {
      connections: { match: { host: HOST, port: 5433, username } },
      secret: NEW,
      dryRun: true,
    });
    expect(statuses(named)).toEqual(['PLANNED']);
  });

  it.each([
    ['looker', 'postgres', null, none],
    ['looker', 'mssql', 1433, none],
    ['looker', 'trino', 8080, { database: undefined, catalog: 'hive', tls: { enabled: true } }],
    ['chartbrew', 'clickhouse', 8443, { tls: { enabled: true } }],
    ['credible', 'postgres', null, none],
  ])('a match without a port uses the usual port: %s %s %s', async (vendor, dialect, port, settings) => {
    const { id, username } = await create(vendor, dialect, { port, ...settings });
    const rotation = await rotate(scripted, { connections: { match: { host: HOST, username } }, secret: NEW });
    expect(rotation.outcomes.map((outcome) => [outcome.id, outcome.status])).toEqual([[id, 'DONE']]);
  });

  it('a connection that reports no port matches only the usual port', async () => {
    const { id, username } = await create('looker', 'postgres', { port: null });
    const plan = (port: number) =>
      rotate(scripted, { connections: { match: { host: HOST, port, username } }, secret: NEW, dryRun: true });
    expect(idsOf((await plan(5432)).outcomes)).toEqual([id]);
    await expect(plan(5433)).rejects.toThrow('No connection leads to this server as this user');
  });
});

describe('a match and a direct route', () => {
  it.each([
    [
      'encryption without a check of the certificate',
      'looker',
      'postgres',
      { tls: { enabled: true, verify: false } },
      none,
    ],
    ['no encryption', 'looker', 'postgres', { tls: { enabled: false } }, none],
    ['time zones', 'looker', 'postgres', none, { dbTimezone: 'UTC', queryTimezone: 'America/Argentina/Ushuaia' }],
    ['a Looker dialect name', 'looker', 'postgres', none, { dialectName: 'azure_postgres' }],
    ['limits and a scratch schema', 'looker', 'postgres', none, { maxConnections: 5, tmpSchema: 'scratch' }],
    ['a tunnel that is off', 'chartbrew', 'postgres', none, { ssh: { enabled: false, host: 'bastion.example' } }],
    ['the standard flavor', 'chartbrew', 'postgres', { flavor: 'STANDARD' }, none],
    ['a schema', 'looker', 'postgres', { schema: 'public' }, none],
    ['tables to index', 'credible', 'postgres', none, { includeTables: ['sales.*'] }],
    ['MongoDB without options', 'chartbrew', 'mongodb', { port: 27_017 }, none],
  ])('a direct route may have %s', async (_what, vendor, dialect, settings, options) => {
    const { id, username } = await create(vendor, dialect, settings, options);
    const rotation = await rotate(scripted, { connections: { match: { host: HOST, username } }, secret: NEW });
    expect(rotation.outcomes.map((outcome) => [outcome.id, outcome.status])).toEqual([[id, 'DONE']]);
  });

  it.each([
    ['capitals and a dot', 'looker', 'postgres', { host: 'Db-7.Acme.EXAMPLE' }, 'db-7.acme.example.'],
    ['IPv6', 'looker', 'postgres', { host: '2001:db8::15' }, '[2001:0DB8:0:0:0:0:0:15]'],
    ['letters outside ASCII', 'looker', 'postgres', { host: 'bücher.example' }, 'xn--bcher-kva.example'],
    ['an account by its host', 'credible', 'snowflake', { account: 'acme-seven' }, 'ACME-Seven.snowflakecomputing.com'],
    ['a host by its account', 'looker', 'snowflake', { account: 'Acme-Eight' }, 'acme-eight'],
  ])('a match finds a host in every spelling: %s', async (_what, vendor, dialect, settings, host) => {
    const isSnowflake = dialect === 'snowflake';
    const more = isSnowflake ? { host: undefined, port: undefined, warehouse: 'WH', database: 'D' } : none;
    const { id, username } = await create(vendor, dialect, { ...more, ...settings });
    const rotation = await rotate(scripted, { connections: { match: { host, username } }, secret: NEW });
    expect(rotation.outcomes.map((outcome) => [outcome.id, outcome.status])).toEqual([[id, 'DONE']]);
  });
});

describe('a route that the vendor does not report in full', () => {
  it('a match leaves out a Chartbrew connection of a dialect whose settings are not all reported', async () => {
    const { id, username } = await insertAtChartbrew({ type: 'oracle', subType: 'oracle', port: null });
    const message =
      'Chartbrew does not report all its settings, so its route to the server is unknown. Name its id in `ids` to include it.';
    expect(await outcomesOf({ host: HOST, username })).toEqual(reported(id, message));
  });

  const row = {
    name: 'old_one',
    dialect_name: 'postgres',
    host: HOST,
    port: '5432',
    username: 'bi',
    has_password: true,
  };

  it('a match leaves out a Looker connection when Looker does not report driver parameters and statements', async () => {
    const stubbed = await startStubbedGateway('looker', vendorWithRows('looker', [row]));
    const match = { host: HOST, username: 'bi', vendor: ['LOOKER'] };
    const { outcomes } = await rotate(stubbed.gateway, { connections: { match }, secret: NEW });
    await stubbed.close();
    expect(outcomes).toMatchObject([{ id: idOf('looker', 'old_one'), status: 'REFUSED' }]);
    expect(outcomes[0]?.result?.issues?.[0]?.message).toBe(
      specialRoute('options.looker.jdbcAdditionalParams, options.looker.afterConnectStatements'),
    );
  });
});
