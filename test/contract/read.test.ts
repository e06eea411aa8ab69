// What is told of one connection, field by field, at Omni and Credible (Looker and Chartbrew have files of their own):
// every field of the schema is selected, and expected as the sandbox's rows have it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { idOf, startWatchedGateway, VENDORS } from '../support/watched-gateway.ts';
import { listWhole, readWhole, type Row } from '../support/whole-connection.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

const byName = async (vendor: string, name: string) =>
  listWhole(gateway, { instance: [vendor], name: { equals: name } });

describe('a connection at any vendor', () => {
  const volatile = { password: null, apiKey: null, discoveredSchema: null, oauthEmail: null };
  // Chartbrew's lists leave out the password, the discovered schema and the account behind a grant.
  const asListed = ({ config, details, secrets, ...row }: Row) => ({
    ...row,
    config: { ...config, ...volatile },
    details: { ...details, ...volatile },
    secrets: secrets.map(({ path }) => path),
  });

  it.each(VENDORS)('reads the same in the list and by its id: %s', async (vendor) => {
    const listed = await listWhole(gateway, { instance: [vendor], includeDeleted: true });
    const read = await readWhole(
      gateway,
      listed.map(({ id }) => id),
    );
    expect(listed.length).toBeGreaterThanOrEqual(12);
    const comparable = (row: Row) => (vendor === 'chartbrew' ? asListed(row) : row);
    expect(read.map(comparable)).toEqual(listed.map(comparable));
  });
});

describe('at Omni', () => {
  it('a connection is partial: what Omni forgets is null', async () => {
    expect(await byName('omni', 'Finance Warehouse')).toEqual([
      {
        id: idOf('v1:c:omni:5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21'),
        vendorId: '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
        name: 'Finance Warehouse',
        vendor: 'OMNI',
        dialect: 'SNOWFLAKE',
        vendorDialect: 'snowflake',
        host: null,
        database: 'FINANCE',
        username: null,
        completeness: 'PARTIAL',
        createdAt: '2024-06-03T12:00:00.000Z',
        updatedAt: '2026-01-15T08:30:00.000Z',
        deletedAt: null,
        capabilities: ['READ', 'UPDATE', 'DELETE', 'UPDATE_SECRETS'],
        config: {
          __typename: 'SnowflakeConfig',
          account: null,
          hostOverride: null,
          warehouse: null,
          database: 'FINANCE',
          schema: 'PUBLIC',
          role: null,
          username: null,
          password: 'UNKNOWN',
          privateKey: 'UNKNOWN',
          privateKeyPassphrase: 'NOT_SET',
          oauth: { clientId: null, clientSecret: 'UNKNOWN', audience: null, authorizationUrl: null, tokenUrl: null },
          queryTimeoutMs: null,
          tls: null,
        },
        details: {
          __typename: 'OmniDetails',
          baseRole: 'VIEWER',
          environmentUserAttribute: { attributeName: 'region', defaultValues: ['us-east', 'us-west'] },
          allowsBranchEnvironments: true,
          switchesSchemaModel: false,
        },
        secrets: [
          { path: ['config', 'snowflake', 'password'], status: 'UNKNOWN' },
          { path: ['config', 'snowflake', 'privateKey'], status: 'UNKNOWN' },
          { path: ['config', 'snowflake', 'oauth', 'clientSecret'], status: 'UNKNOWN' },
        ],
      },
    ]);
  });

  it.each([
    // An older server shows one value as plain text.
    ['Production Database', { attributeName: 'environment', defaultValues: ['prod'] }, false],
    ['Web Analytics', null, false],
    ['Event Stream', null, null],
  ])('%s has the environment %j', async (name, environmentUserAttribute, flag) => {
    const [row] = await byName('omni', name);
    expect(row?.['details']).toMatchObject({
      environmentUserAttribute,
      allowsBranchEnvironments: flag,
      switchesSchemaModel: flag,
    });
  });

  it('a project is in the database, and an unknown word is OTHER', async () => {
    const [bigquery] = await byName('omni', 'Web Analytics');
    expect(bigquery).toMatchObject({
      config: { projectId: 'acme-web-analytics', dataset: 'events', location: null, serviceAccountKey: 'UNKNOWN' },
    });
    const [unknown] = await byName('omni', 'Event Stream');
    expect(unknown).toMatchObject({ dialect: 'OTHER', vendorDialect: 'singlestore', secrets: [] });
    expect(unknown?.['config']).toEqual({
      __typename: 'OtherConfig',
      host: null,
      port: null,
      database: null,
      schema: null,
      username: null,
      password: 'UNKNOWN',
      tls: null,
    });
  });
});

describe('at Credible', () => {
  it('a connection is told whole, and an echoed secret as set', async () => {
    expect(await byName('credible', 'warehouse_snowflake')).toEqual([
      {
        id: idOf('v1:c:credible:warehouse_snowflake'),
        vendorId: 'warehouse_snowflake',
        name: 'warehouse_snowflake',
        vendor: 'CREDIBLE',
        dialect: 'SNOWFLAKE',
        vendorDialect: 'snowflake',
        host: 'acme-eu_west_1',
        database: 'ANALYTICS',
        username: 'MALLOY_SVC',
        completeness: 'FULL',
        createdAt: null,
        updatedAt: null,
        deletedAt: null,
        capabilities: ['READ', 'UPDATE', 'DELETE', 'UPDATE_SECRETS'],
        config: {
          __typename: 'SnowflakeConfig',
          account: 'acme-eu_west_1',
          hostOverride: null,
          warehouse: 'REPORTING_WH',
          database: 'ANALYTICS',
          schema: 'MARTS',
          role: 'REPORTER',
          username: 'MALLOY_SVC',
          password: 'SET',
          privateKey: 'UNKNOWN',
          privateKeyPassphrase: 'UNKNOWN',
          oauth: null,
          queryTimeoutMs: 120_000,
          tls: null,
        },
        details: {
          __typename: 'CredibleDetails',
          resource: '/api/v0/organizations/acme/projects/analytics/connections/warehouse_snowflake',
          includeTables: null,
          excludeTables: null,
          excludeAllTables: null,
          dialectName: 'snowflake',
          isPool: true,
          canPersist: true,
          canStream: true,
          indexing: 'RETRY',
          indexingUpdatedAt: '2026-06-20T22:15:41.000Z',
        },
        secrets: [
          { path: ['config', 'snowflake', 'password'], status: 'SET' },
          { path: ['config', 'snowflake', 'privateKey'], status: 'UNKNOWN' },
          { path: ['config', 'snowflake', 'privateKeyPassphrase'], status: 'UNKNOWN' },
        ],
      },
    ]);
  });

  const server = { host: null, port: null, database: null, schema: null, username: null, tls: null, flavor: null };

  it.each([
    [
      'orders_postgres',
      {
        __typename: 'PostgresConfig',
        ...server,
        host: 'orders-db.acme.example',
        port: 5432,
        database: 'orders',
        username: 'malloy_reader',
        password: 'SET',
        connectionString: 'UNKNOWN',
      },
      { includeTables: ['sales.orders', 'sales.order_lines', 'finance.*'], excludeAllTables: false },
    ],
    [
      'support-postgres',
      { __typename: 'PostgresConfig', ...server, password: 'UNKNOWN', connectionString: 'SET' },
      { includeTables: null, excludeTables: ['backup.records', 'temp_data.*'], indexing: 'FAILED' },
    ],
    [
      'marketing_bigquery',
      {
        __typename: 'BigQueryConfig',
        projectId: 'acme-marketing',
        billingProjectId: 'acme-billing',
        location: 'EU',
        dataset: null,
        serviceAccountEmail: null,
        serviceAccountKey: 'SET',
        maximumBytesBilled: '10737418240',
        queryTimeoutMs: 600_000,
      },
      { dialectName: 'standardsql', isPool: false, indexing: 'INDEXED' },
    ],
    [
      'lakehouse_trino',
      {
        __typename: 'TrinoConfig',
        host: 'trino.acme.example',
        port: 8443,
        catalog: 'iceberg',
        schema: 'curated',
        username: 'malloy',
        password: 'SET',
        peakaKey: 'UNKNOWN',
        tls: { enabled: true, verify: null, mode: null, ca: 'NOT_SET', certificate: 'NOT_SET', key: 'NOT_SET' },
      },
      { dialectName: 'trino', canStream: false, indexing: 'PENDING' },
    ],
    [
      'scratch_motherduck',
      { __typename: 'MotherDuckConfig', database: 'scratch', schema: null, accessToken: 'SET' },
      { indexing: null, indexingUpdatedAt: null },
    ],
  ])('%s has its settings and tables', async (name, config, details) => {
    const [row] = await byName('credible', name);
    expect(row?.['config']).toEqual(config);
    expect(row?.['details']).toMatchObject(details);
  });
});
