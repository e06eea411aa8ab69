// Reads of the connections of the Omni sandbox. Every field of the schema is selected.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../../support/gateway.ts';
import { idOf, startWatchedGateway } from '../../support/watched-gateway.ts';
import { listWhole } from '../../support/whole-connection.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

const byName = async (name: string) => listWhole(gateway, { instance: ['omni'], name: { equals: name } });

describe('A read of Omni', () => {
  it('a read returns a PARTIAL connection: settings that Omni does not report are null', async () => {
    expect(await byName('Finance Warehouse')).toEqual([
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
  ])('a read returns the environment user attribute of %s: %j', async (name, environmentUserAttribute, flag) => {
    const [row] = await byName(name);
    expect(row?.['details']).toMatchObject({
      environmentUserAttribute,
      allowsBranchEnvironments: flag,
      switchesSchemaModel: flag,
    });
  });

  it('a read returns the BigQuery project from the database of the row, and OTHER for an unknown dialect', async () => {
    const [bigquery] = await byName('Web Analytics');
    expect(bigquery).toMatchObject({
      config: { projectId: 'acme-web-analytics', dataset: 'events', location: null, serviceAccountKey: 'UNKNOWN' },
    });
    const [unknown] = await byName('Event Stream');
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
