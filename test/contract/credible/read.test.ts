// Reads of the connections of the Credible sandbox. Every field of the schema is selected.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { idOf, startWatchedGateway } from '../../support/watched-gateway.ts';
import { listWhole } from '../../support/whole-connection.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

const byName = async (name: string) => listWhole(gateway, { instance: ['credible'], name: { equals: name } });

describe('A read of Credible', () => {
  it('a read returns every field of a connection, and reports a secret that Credible returns as SET', async () => {
    expect(await byName('warehouse_snowflake')).toEqual([
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
  ])('a read returns the settings and the tables of %s', async (name, config, details) => {
    const [row] = await byName(name);
    expect(row?.['config']).toEqual(config);
    expect(row?.['details']).toMatchObject(details);
  });
});
