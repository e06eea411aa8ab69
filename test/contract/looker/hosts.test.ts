// Hosts that Patchbay derives from a region or an account at Looker. The domain follows from the partition of the cloud. A read is the reverse of
// a write, and no host is built from a missing value.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, issuesOf, refusalOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { listRows } from '../../support/stub-rows.ts';
import { startLookerStubWithRow, type Values } from './stub.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const athena = (region: string) => ({ athena: { region, s3StagingDir: 's3://acme/a/' } });
const snowflake = (account: string) => ({ snowflake: { account, database: 'D' } });

const HOSTS: readonly (readonly [config: Values, host: string])[] = [
  [athena('eu-central-1'), 'athena.eu-central-1.amazonaws.com'],
  [athena('us-gov-west-1'), 'athena.us-gov-west-1.amazonaws.com'],
  [athena('cn-north-1'), 'athena.cn-north-1.amazonaws.com.cn'],
  [athena('cn-northwest-1'), 'athena.cn-northwest-1.amazonaws.com.cn'],
  [athena('us-iso-east-1'), 'athena.us-iso-east-1.c2s.ic.gov'],
  [athena('us-isob-east-1'), 'athena.us-isob-east-1.sc2s.sgov.gov'],
  [athena('eusc-de-east-1'), 'athena.eusc-de-east-1.amazonaws.eu'],
  [snowflake('xy12345.eu-west-1'), 'xy12345.eu-west-1.snowflakecomputing.com'],
  [snowflake('xy12345.cn-northwest-1.aws'), 'xy12345.cn-northwest-1.aws.snowflakecomputing.cn'],
  [snowflake('acme-cn'), 'acme-cn.snowflakecomputing.com'],
];

describe('A host that follows from a region or an account', () => {
  it.each(HOSTS)('a derived host has the domain of its partition and is read back: %j', async (config, host) => {
    await gateway.reset('looker');
    const { result } = await create(gateway, { instance: 'looker', name: 'cell', config });
    const [body] = (await gateway.posted('looker')) as Values[];
    expect(body?.['host']).toBe(host);
    const [given = {}] = Object.values(config) as Values[];
    const field = 'region' in given ? 'region' : 'account';
    expect(result.connection.config[field]).toBe(given[field]);
    expect(result.connection.config.hostOverride ?? null).toBeNull();
    await gateway.reset('looker');
  });

  it.each(['xx-central-1', 'EU-CENTRAL-1', 'cn', 'eu-central', 'us-isox-east-1', 'eu-central-1.evil', 'null'])(
    'no host is derived from a region of an unknown partition: %s',
    async (region) => {
      expect(await refusalOf(gateway, { instance: 'looker', name: 'cell', config: athena(region) })).toEqual([
        'config.athena.region INVALID',
      ]);
    },
  );

  const ROWS: readonly (readonly [dialect: string, host: unknown, told: Values])[] = [
    ['athena', 'athena.cn-north-1.amazonaws.com.cn', { region: 'cn-north-1' }],
    ['athena', 'ATHENA.CN-NORTH-1.AMAZONAWS.COM.CN.', { region: 'cn-north-1' }],
    // Hosts that no region results in.
    ['athena', 'athena.cn-north-1.amazonaws.com', { region: null }],
    ['athena', 'athena.eu-west-1.amazonaws.com.cn', { region: null }],
    ['athena', 'athena.us-iso-east-1.amazonaws.com', { region: null }],
    ['athena', 'athena.eu-west-1.amazonaws.com.evil.example', { region: null }],
    ['athena', 'athena-fips.us-east-1.amazonaws.com', { region: null }],
    ['athena', '', { region: null }],
    ['athena', null, { region: null }],
    ['snowflake', 'ACME.snowflakecomputing.COM', { account: 'ACME', hostOverride: null }],
    ['snowflake', 'acme.cn-north-1.snowflakecomputing.cn', { account: 'acme.cn-north-1', hostOverride: null }],
    ['snowflake', 'acme.snowflakecomputing.cn', { account: null, hostOverride: 'acme.snowflakecomputing.cn' }],
    ['snowflake', 'snowflakecomputing.com', { account: null, hostOverride: 'snowflakecomputing.com' }],
    ['snowflake', null, { account: null, hostOverride: null }],
  ];

  it('a region or an account is read only from a host that they result in', async () => {
    const rows = await listRows(
      'looker',
      ROWS.map(([dialect_name, host], at) => ({ name: `r${at}`, dialect_name, host })),
    );
    ROWS.forEach(([, host, expected], at) => {
      expect(rows[`r${at}`]?.config, String(host)).toMatchObject(expected);
    });
  });
});

const NO_SECRETS = {
  has_password: false,
  uses_key_pair_auth: false,
  uses_service_auth: false,
  jdbc_additional_params: null,
  after_connect_statements: null,
};
const cleared = { privateKey: { clear: true } };
const noFile = { options: { looker: { certificate: { clear: true } } } };

const hostOverride = (host: string) => ({ config: { snowflake: { hostOverride: host } } });

describe('A Snowflake account and a host name', () => {
  const ofChina = {
    dialect_name: 'snowflake',
    host: 'acme.cn-north-1.snowflakecomputing.cn',
    database: 'D',
    ...NO_SECRETS,
    has_password: true,
    jdbc_additional_params: 'account=acme.cn-north-1',
  };

  it('an account and the host that it results in are the same server', async () => {
    const { update, sent } = await startLookerStubWithRow(ofChina);
    expect(await update(hostOverride('ACME.cn-north-1.snowflakecomputing.cn'))).toMatchObject({
      __typename: 'UpdateConnectionSuccess',
    });
    expect(await sent()).toEqual([{ host: 'ACME.cn-north-1.snowflakecomputing.cn' }]);
  });

  it('an account and another host are different servers, and no stored secret is sent from one to the other', async () => {
    const { update, sent } = await startLookerStubWithRow(ofChina);
    expect(issuesOf(await update(hostOverride('acme.cn-north-1.snowflakecomputing.com')))).toEqual([
      'input.config.snowflake.password SECRET_NEEDED',
      'input.config.snowflake.privateKey SECRET_NEEDED',
      'input.options.looker.certificate SECRET_NEEDED',
    ]);
    expect(await sent()).toEqual([]);
  });
});

describe('A stored host that cannot be read as an account or a region', () => {
  it('an unreadable host does not change when another field changes', async () => {
    const host = 'vpce-1.athena.eu-west-1.vpce.amazonaws.com';
    const { update, sent } = await startLookerStubWithRow({ dialect_name: 'athena', host, ...NO_SECRETS });
    expect(await update({ config: { athena: { catalog: 'web', region: null } } })).toMatchObject({
      __typename: 'UpdateConnectionSuccess',
    });
    expect(await update({ config: { athena: { region: 'cn-north-1' } } })).toMatchObject({
      __typename: 'UpdateConnectionSuccess',
    });
    expect(await sent()).toEqual([{ database: 'web' }, { host: 'athena.cn-north-1.amazonaws.com.cn' }]);
  });

  const ownHost = { dialect_name: 'snowflake', host: 'acme.privatelink.example', ...NO_SECRETS };
  const withoutHost = { config: { snowflake: { hostOverride: null, ...cleared } }, ...noFile };

  it('the host is derived from the account when the host override is cleared', async () => {
    const { update, sent } = await startLookerStubWithRow({ ...ownHost, jdbc_additional_params: 'account=acme' });
    await update(withoutHost);
    expect(await sent()).toEqual([
      { host: 'acme.snowflakecomputing.com', certificate: null, uses_key_pair_auth: false },
    ]);
  });

  it('the host override cannot be cleared when the account is unknown', async () => {
    const { update, sent } = await startLookerStubWithRow(ownHost);
    expect(issuesOf(await update(withoutHost))).toEqual(['input.config.snowflake.account REQUIRED']);
    expect(await sent()).toEqual([]);
  });
});

describe('An update of a connection of which Looker reports no settings', () => {
  const CHANGES: readonly (readonly [dialect: string, changes: readonly Values[]])[] = [
    ['athena', [{ region: null }, { s3StagingDir: null }, { catalog: 'c' }, { s3StagingDir: 's3://acme/a/' }]],
    ['databricks', [{ host: null }, { httpPath: null }, { schema: 's' }, { httpPath: '/sql/1' }]],
    ['bigquery_standard_sql', [{ projectId: null }, { dataset: null }, { dataset: 'd' }, { projectId: 'p' }]],
    ['snowflake', [{ account: null }, { hostOverride: null }, { role: 'R' }, { warehouse: null }, { account: 'a' }]],
    ['postgres', [{ host: null }, { port: null }, { port: 1 }, { database: 'd' }]],
    ['oracle', [{ serviceName: null }, { usesTns: true }, { host: 'h' }]],
  ];

  it.each(CHANGES)('an update never writes a text built from a missing value: %s', async (dialect_name, changes) => {
    const key = dialect_name === 'bigquery_standard_sql' ? 'bigquery' : dialect_name;
    const clears = key === 'snowflake' ? cleared : {};
    const options = key === 'snowflake' ? noFile : {};
    const { update, sent } = await startLookerStubWithRow({
      dialect_name,
      host: null,
      database: null,
      port: null,
      ...NO_SECRETS,
    });
    for (const change of changes) {
      await update({ config: { [key]: { ...change, ...clears } }, ...options });
      await update({ config: { [key]: { ...change, ...clears } }, options: { looker: { portUserAttribute: null } } });
    }
    const bodies = await sent();
    expect(bodies.length).toBeGreaterThan(0);
    expect(JSON.stringify(bodies)).not.toMatch(/undefined|null[.&=]|[.&=/]null|"null"|\[object|NaN/);
  });
});
