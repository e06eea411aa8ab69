// Reads the example answers in the vendors' documentation.
import { expect, it } from 'vitest';
import { listRows } from '../support/stub-rows.ts';

it("the example list in Omni's documentation is read", async () => {
  const rows = await listRows('omni', [
    {
      id: 'c0f12353-4817-4398-bcc0-d501e6dd2f64',
      name: 'Production Database',
      dialect: 'postgres',
      database: 'prod_db',
      deletedAt: null,
      userAttributeNameForConnectionEnvironments: 'environment',
      userAttributeValuesForDefaultEnvironment: 'prod',
      branchConnectionEnvironmentOverridesUserAttr: false,
      environmentConnectionSwitchesSchemaModel: false,
    },
    {
      id: '789e0123-e45b-67d8-a456-426614174000',
      name: 'Development Database',
      dialect: 'mysql',
      database: 'dev_db',
      deletedAt: null,
      userAttributeNameForConnectionEnvironments: null,
      userAttributeValuesForDefaultEnvironment: null,
      branchConnectionEnvironmentOverridesUserAttr: false,
      environmentConnectionSwitchesSchemaModel: false,
    },
  ]);
  expect(rows['Production Database']).toMatchObject({
    vendorId: 'c0f12353-4817-4398-bcc0-d501e6dd2f64',
    dialect: 'POSTGRES',
    completeness: 'PARTIAL',
    deletedAt: null,
    config: { __typename: 'PostgresConfig', database: 'prod_db', host: null, password: 'UNKNOWN' },
    details: {
      environmentUserAttribute: { attributeName: 'environment', defaultValues: ['prod'] },
      allowsBranchEnvironments: false,
      switchesSchemaModel: false,
    },
  });
  expect(rows['Development Database']).toMatchObject({
    dialect: 'MYSQL',
    config: { __typename: 'MySqlConfig', database: 'dev_db' },
    details: { environmentUserAttribute: null },
  });
});

it("a connection of Looker's API 4.0 is read with its dialect, permissions and unset values", async () => {
  const rows = await listRows('looker', [
    {
      name: 'warehouse',
      host: 'db.acme.example',
      port: '5432',
      database: 'app',
      schema: 'public',
      username: 'bi',
      db_timezone: null,
      tunnel_id: '',
      pdt_context_override: null,
      last_reap_at: '',
      oauth_application_id: null,
      dialect_name: 'postgres',
      dialect: {
        name: 'postgres',
        label: 'PostgreSQL 9.5+',
        connection_tests: ['connect', 'kill', 'query', 'tmp_db'],
        supports_cost_estimate: true,
        has_ssl_support: true,
      },
      managed: false,
      example: false,
      can: { show: true, test: true, update: true, destroy: false },
    },
  ]);
  expect(rows['warehouse']).toMatchObject({
    completeness: 'FULL',
    createdAt: null,
    config: { __typename: 'PostgresConfig', port: 5432, password: 'UNKNOWN', tls: { enabled: null } },
    details: {
      allowedActions: ['show', 'test', 'update'],
      dialectDetails: {
        name: 'postgres',
        label: 'PostgreSQL 9.5+',
        connectionTests: ['connect', 'kill', 'query', 'tmp_db'],
        supportsCostEstimate: true,
        hasSslSupport: true,
        costEstimateStyle: null,
      },
      tunnelId: null,
      lastReapedAt: null,
      pdtOverride: null,
      managed: false,
    },
  });
});
