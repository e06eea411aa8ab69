// Rows with values of the wrong type and unknown dialects are listed, with null for values that cannot be
// read. Only a row without an id cannot be listed, which is reported.
import { describe, expect, it } from 'vitest';
import type { VendorName } from '../support/gateway.ts';
import { startGatewayWithRows, listRows, vendorIdOf, type WireRow } from '../support/stub-rows.ts';
import { idOf, VENDORS } from '../support/watched-gateway.ts';
import { plain, wholeConnection } from '../support/whole-connection.ts';

const words = (text: string): string[] => text.trim().split(/\s+/);

// Every used key of a row, except those of its id.
const KEYS = {
  looker: words(`
    dialect_name host port database schema username has_password uses_key_pair_auth ssl verify_ssl can
    jdbc_additional_params after_connect_statements named_driver_version_requested named_driver_version_actual
    db_timezone query_timezone max_connections max_queries max_queries_per_user max_billing_gigabytes pool_timeout
    connection_pooling cost_estimate_enabled tmp_db_name tmp_db_host maintenance_cron pdt_concurrency
    pdt_api_control_enabled always_retry_failed_builds sql_runner_precache_tables sql_writing_with_info_schema
    disable_context_comment query_holding_disabled user_db_credentials user_attribute_fields tunnel_id
    uses_application_default_credentials impersonated_service_account oauth_application_id bq_storage_project_id
    bq_roles_verified custom_local_port pdts_enabled uses_oauth uses_instance_oauth uses_service_auth created_at
    supports_data_studio_link user_id example managed last_regen_at last_reap_at default_bq_connection p4sa_name`),
  omni: words(`
    name dialect database defaultSchema baseRole createdAt updatedAt deletedAt allowBranchConnectionEnvironments
    branchConnectionEnvironmentOverridesUserAttr environmentConnectionSwitchesSchemaModel
    userAttributeNameForConnectionEnvironments userAttributeValuesForDefaultEnvironment`),
  credible: words(`
    type resource attributes includeTables excludeTables excludeAllTables indexingStatus indexingStatusLastUpdated
    postgresConnection mysqlConnection bigqueryConnection snowflakeConnection trinoConnection duckdbConnection
    motherduckConnection`),
  chartbrew: words(`
    name type subType team_id project_ids oauth_id active host port dbName username password connectionString options
    authentication firebaseServiceAccount srv ssl sslMode sslCa sslCert sslKey schema useSsh sshHost sshPort sshUsername sshJumpHost sshJumpPort hasSshPassword hasSshPassphrase
    hasSshPrivateKey allowPrivateHost createdAt updatedAt OAuth`),
} satisfies Record<VendorName, readonly string[]>;

const DIALECT_KEYS = { looker: 'dialect_name', omni: 'dialect', credible: 'type', chartbrew: 'type' };
const DIALECT_WORDS = {
  looker: ['postgres', 'mysql', 'bigquery_standard_sql', 'snowflake', 'quantumdb', 'constructor', ''],
  omni: words(
    `postgres mysql bigquery snowflake mssql oracle trino databricks athena motherduck quantumdb constructor`,
  ),
  credible: words('postgres mysql bigquery snowflake trino duckdb motherduck quantumdb constructor').concat(''),
  chartbrew: words(`
    api clickhouse customerio firestore googleAnalytics mongodb mysql postgres realtimedb quantumdb constructor`).concat(
    '',
  ),
};
const JUNK = [null, '', 'x', 'constructor', '-7', '1e400', '☃\u0000', 0, -1, 1.5, 1e300, true, false];
const DEEP_JUNK = [...JUNK, [], [null, [], {}, 5, 'a'], {}, { host: 1, port: {}, a: { b: [] } }];

const idFor = (vendor: VendorName, at: number): WireRow => {
  if (vendor === 'omni') return { id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` };
  return vendor === 'chartbrew' ? { id: at + 1 } : { name: `r${at}` };
};

/** Returns rows in which every key has the same wrong value, for each value and dialect, and rows without keys. */
function junkRows(vendor: VendorName): WireRow[] {
  const blocks = words(`
    host port databaseName userName account queryTimeoutMilliseconds maximumBytesBilled dialectName server accessToken
    attachedDatabases`);
  const bodies = DEEP_JUNK.flatMap((junk) => {
    const flat = Object.fromEntries(KEYS[vendor].map((key) => [key, junk]));
    const block = Object.fromEntries(blocks.map((key) => [key, junk]));
    const nested = ['attributes', ...KEYS.credible.filter((key) => key.endsWith('Connection'))];
    const deep = { ...flat, ...Object.fromEntries(nested.map((key) => [key, block])) };
    const typed = DIALECT_WORDS[vendor].flatMap((word) =>
      [flat, deep].map((body) => ({ ...body, [DIALECT_KEYS[vendor]]: word })),
    );
    return [flat, ...typed];
  });
  return [{}, { surprise: { a: [1] } }, ...bodies].map((body, at) => ({ ...body, ...idFor(vendor, at) }));
}

describe('a row with values of the wrong types', () => {
  it.each(VENDORS)('a row with wrong values at %s is listed and read by its id', async (vendor) => {
    const rows = junkRows(vendor);
    expect(rows.length).toBeGreaterThan(180);
    const gateway = await startGatewayWithRows(vendor, rows);
    const { ask, log } = gateway;
    const whole = wholeConnection(gateway);
    const list = await ask(`{ connections(filter: { instance: ["${vendor}"], includeDeleted: true }, first: 200) {
      totalCount sources { error { __typename } } nodes ${whole}
    } }`);
    expect(list.errors).toBeUndefined();
    expect(list.data.connections).toMatchObject({ totalCount: rows.length, sources: [{ error: null }] });
    const ids = rows.map((row) => idOf(`v1:c:${vendor}:${vendorIdOf(row)}`));
    for (let from = 0; from < ids.length; from += 100) {
      const read = await ask(`query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection ${whole} } }`, {
        ids: ids.slice(from, from + 100),
      });
      expect(read.errors).toBeUndefined();
      expect(read.data.nodes).not.toContain(null);
      plain(read.data.nodes);
    }
    expect(log).toEqual([]);
  });
});

describe('the values of a row', () => {
  it('in a row of Looker, numbers are read as text, text as numbers, and other types as null', async () => {
    const rows = await listRows('looker', [
      {
        name: 'odd',
        dialect_name: 'postgres',
        host: { name: 'db' },
        port: 5432.5,
        database: 17,
        username: true,
        ssl: 'true',
        max_connections: '30',
        max_queries: 3_000_000_000,
        created_at: 'yesterday',
        last_regen_at: 1_784_019_600,
        last_reap_at: '17',
        can: 'everything',
        user_attribute_fields: ['host', 5, null],
      },
      { name: 'bare' },
      { name: 'new', dialect_name: 'quantumdb', host: 'q.acme.example' },
    ]);
    expect(rows['odd']).toMatchObject({
      createdAt: null,
      config: { host: null, port: null, database: '17', username: null, tls: { enabled: null }, password: 'UNKNOWN' },
      details: {
        maxConnections: 30,
        maxQueries: null,
        lastRegeneratedAt: '2026-07-14T09:00:00.000Z',
        lastReapedAt: null,
        allowedActions: null,
        userAttributeFields: ['host', '5'],
      },
    });
    expect(rows['bare']).toMatchObject({ dialect: 'OTHER', vendorDialect: '', createdAt: null });
    expect(rows['new']).toMatchObject({
      dialect: 'OTHER',
      vendorDialect: 'quantumdb',
      config: { host: 'q.acme.example' },
    });
  });

  it('in a row of Credible, numbers are read as text, text as numbers, and other types as null', async () => {
    const rows = await listRows('credible', [
      {
        name: 'odd',
        type: 'bigquery',
        bigqueryConnection: { defaultProjectId: 5, maximumBytesBilled: 1_000_000, queryTimeoutMilliseconds: 'soon' },
        includeTables: ['a.b', null, 5, {}],
        indexingStatus: 'PONDERING',
        indexingStatusLastUpdated: 5,
      },
      { name: 'broken', type: 'postgres', postgresConnection: 'postgresql://u:hidden-pw@db' },
    ]);
    expect(rows['odd']).toMatchObject({
      config: { projectId: '5', maximumBytesBilled: '1000000', queryTimeoutMs: null, serviceAccountKey: 'UNKNOWN' },
      details: { includeTables: ['a.b', '5'], indexing: null, indexingUpdatedAt: null },
    });
    expect(rows['broken']).toMatchObject({ config: { host: null, password: 'UNKNOWN', connectionString: 'UNKNOWN' } });
    expect(JSON.stringify(rows)).not.toContain('hidden-pw');
  });

  it('in a row of Chartbrew, numbers are read as text, text as numbers, and other types as null', async () => {
    const rows = await listRows('chartbrew', [
      {
        id: 1,
        name: 'odd',
        type: 'postgres',
        host: 5432,
        port: 'five',
        sslMode: 'constructor',
        team_id: '7',
        schema: [],
      },
      { id: 2, name: 'flavored', type: 'mysql', subType: 'rdsPostgres', project_ids: ['3', {}, 4], createdAt: '5' },
      { id: 3, name: 'clicks', type: 'clickhouse', sslCa: '.connectionFiles/a', ssl: 1 },
      { id: 4, name: 'other', type: 'quantumdb', sslCa: '.connectionFiles/a', ssl: 1 },
    ]);
    expect(rows['odd']).toMatchObject({
      config: { host: '5432', port: null, tls: { mode: 'constructor', verify: null } },
      details: { teamId: 7, discoveredSchema: null },
    });
    expect(rows['flavored']).toMatchObject({
      createdAt: null,
      config: { flavor: null },
      details: { projectIds: [3, 4] },
    });
    // Chartbrew uses no uploaded file for ClickHouse.
    expect(rows['clicks']).toMatchObject({ config: { tls: { enabled: null, ca: 'NOT_SET', key: 'NOT_SET' } } });
    expect(rows['other']).toMatchObject({ config: { tls: { enabled: null, ca: 'SET', key: 'UNKNOWN' } } });
  });
});

describe('a row whose name or dialect has the wrong type', () => {
  const omniId = '00000000-0000-4000-8000-000000000000';
  it.each<[VendorName, WireRow, name: string, word: string]>([
    ['looker', { name: 'orders', dialect_name: 5 }, 'orders', ''],
    ['looker', { name: 'orders', dialect_name: { name: 'postgres' } }, 'orders', ''],
    ['omni', { id: omniId, name: 5, dialect: 'postgres' }, '', 'postgres'],
    ['omni', { id: omniId, name: ['orders'], dialect: 5 }, '', ''],
    ['credible', { name: 'orders', type: ['postgres'] }, 'orders', ''],
    ['chartbrew', { id: 1, name: 5, type: 'postgres' }, '', 'postgres'],
    ['chartbrew', { id: 1, name: { first: 'orders' }, type: true }, '', ''],
  ])(
    'a row at %s is listed with an empty name or dialect when it has the wrong type: %j',
    async (vendor, row, name, word) => {
      const rows = await listRows(vendor, [row]);
      expect(rows[name]).toMatchObject({
        name,
        vendorDialect: word,
        dialect: word === 'postgres' ? 'POSTGRES' : 'OTHER',
      });
    },
  );
});

describe('a row without an id', () => {
  it.each<[VendorName, readonly WireRow[]]>([
    ['looker', [{ name: 'good' }, { name: null }]],
    ['omni', [{ id: '00000000-0000-4000-8000-000000000000' }, { name: 'bad' }]],
    ['credible', [{ name: 'good' }, { name: 5 }]],
    ['chartbrew', [{ id: 1 }, { id: 'one' }]],
  ])(
    'a row without an id at %s makes the list an error, because a list must not silently leave out rows',
    async (vendor, rows) => {
      const { ask } = await startGatewayWithRows(vendor, rows);
      const { data, errors } = await ask(`{ connections(first: 200) {
      totalCount isComplete nodes { instance { key } }
      sources { instance { key } error { ... on VendorUnavailableError { unavailable vendorStatus } } }
    } }`);
      expect(errors).toBeUndefined();
      expect(data.connections).toMatchObject({ totalCount: null, isComplete: false });
      expect(data.connections.nodes).not.toContainEqual({ instance: { key: vendor } });
      expect(data.connections.sources).toContainEqual({
        instance: { key: vendor },
        error: { unavailable: 'BAD_RESPONSE', vendorStatus: 200 },
      });
    },
  );
});
