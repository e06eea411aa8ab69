// The whole lifecycle of connections at Omni, in every dialect that it supports: each is created, read, refused a test, updated
// field by field, given a new secret and moved to the trash. What each step sends is typed from the vendor's notes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickNth } from '../../support/quick.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import type { DialectKey } from '../create-case.ts';
import { omniCreateCases } from './create-cases/index.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';
import { OTHER_KEY_IN_JSON } from '../../support/keys.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

type Values = Readonly<Record<string, unknown>>;

const NEW_KEY = `{"type":"service_account","project_id":"acme-web","private_key_id":"key-secret-9","private_key":${OTHER_KEY_IN_JSON},"client_email":"bi@acme-web.iam.gserviceaccount.com"}`;

/** The sign-in secret of each dialect, which Omni stores as `passwordUnencrypted`. */
const SIGN_INS: readonly (readonly [DialectKey, string])[] = [
  ['athena', 'secretAccessKey'],
  ['bigquery', 'serviceAccountKey'],
  ['clickhouse', 'password'],
  ['databricks', 'accessToken'],
  ['databricksLakebase', 'password'],
  ['exasol', 'password'],
  ['mariadb', 'password'],
  ['motherduck', 'accessToken'],
  ['mssql', 'password'],
  ['mysql', 'password'],
  ['oracle', 'password'],
  ['postgres', 'password'],
  ['redshift', 'password'],
  ['sapHana', 'password'],
  ['snowflake', 'password'],
  ['starrocks', 'password'],
  ['trino', 'password'],
];

const minimal = (dialect: DialectKey): Values =>
  omniCreateCases.find((cell) => cell.dialect === dialect && cell.label.startsWith('minimal'))?.config ?? {};

/** The updates of fields that are not secret, in order: the input, the PATCH, and the reported details. */
const STEPS: readonly (readonly [string, Values, Values, Values])[] = [
  ['gives it a role', { baseRole: 'QUERIER' }, { baseRole: 'QUERIER' }, { baseRole: 'QUERIER' }],
  [
    'gives it an environment without values',
    { environmentUserAttribute: { attributeName: 'region' } },
    { environmentUserAttribute: { attributeName: 'region', defaultValues: null } },
    { environmentUserAttribute: { attributeName: 'region', defaultValues: null } },
  ],
  [
    'gives that values',
    { environmentUserAttribute: { attributeName: 'region', defaultValues: ['eu', 'us'] } },
    { environmentUserAttribute: { attributeName: 'region', defaultValues: ['eu', 'us'] } },
    { environmentUserAttribute: { attributeName: 'region', defaultValues: ['eu', 'us'] } },
  ],
  [
    'gives that another name, and keeps the values that are told',
    { environmentUserAttribute: { attributeName: 'area' } },
    { environmentUserAttribute: { attributeName: 'area', defaultValues: ['eu', 'us'] } },
    { environmentUserAttribute: { attributeName: 'area', defaultValues: ['eu', 'us'] } },
  ],
  [
    'takes its values away, and changes the role',
    { baseRole: 'VIEWER', environmentUserAttribute: { attributeName: 'area', defaultValues: null } },
    { baseRole: 'VIEWER', environmentUserAttribute: { attributeName: 'area', defaultValues: null } },
    { baseRole: 'VIEWER', environmentUserAttribute: { attributeName: 'area', defaultValues: null } },
  ],
  [
    'takes the environment away',
    { environmentUserAttribute: null },
    { environmentUserAttribute: null },
    { baseRole: 'VIEWER', environmentUserAttribute: null },
  ],
];

describe.each(quickNth(SIGN_INS, 6))('A connection to %s at Omni', (dialect, field) => {
  const secret = field === 'serviceAccountKey' ? NEW_KEY : 'pw-secret-9';

  it('a connection to %s at Omni is created, read, updated, given a new secret and moved to the trash', async () => {
    const { id, vendorId } = await createForUpdate(gateway, {
      instance: 'omni',
      name: `life-${dialect}`,
      config: { [dialect]: minimal(dialect) },
    });
    const path = `/api/v1/connections/${vendorId}`;

    const { data } = await gateway.ask(`query ($id: ID!) { connection(id: $id) { name } }`, { id });
    expect(data.connection.name).toBe(`life-${dialect}`);

    const untested = await recordSent(gateway, 'omni', () => runMutation(gateway, 'testConnection', { id }));
    expect(untested.received).toEqual([]);
    expect(untested.result).toMatchObject({
      __typename: 'UnsupportedError',
      capability: 'TEST_SAVED',
      alternatives: ['LOOKER', 'CHARTBREW'],
    });

    for (const [what, omni, body, reported] of STEPS) {
      const act = () => runMutation(gateway, 'updateConnection', { id, options: { omni } });
      const { result, sent, received } = await recordSent(gateway, 'omni', act);
      expect(result, what).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
      expect(sent, what).toEqual([[`PATCH ${path}`, body]]);
      expect(received.map((request) => `${request.method} ${request.path}`)).toEqual([
        `GET ${path}`,
        `PATCH ${path}`,
        `GET ${path}`,
      ]);
      expect(result.connection.details, what).toMatchObject(reported);
    }

    const config = { [dialect]: { [field]: { replace: secret } } };
    const rotated = await recordSent(gateway, 'omni', () => runMutation(gateway, 'updateConnection', { id, config }));
    expect(rotated.sent).toEqual([[`PATCH ${path}`, { passwordUnencrypted: secret }]]);
    expect(rotated.result.connection.secrets).toContainEqual({ path: ['config', dialect, field], status: 'SET' });

    const removed = await recordSent(gateway, 'omni', () => runMutation(gateway, 'deleteConnection', { id }));
    expect(removed.sent).toEqual([[`DELETE ${path}`]]);
    expect(removed.result).toEqual({
      __typename: 'DeleteConnectionSuccess',
      deletedId: id,
      archived: true,
      warnings: [
        {
          path: null,
          code: 'ARCHIVED_WITH_CONTENT',
          message:
            "Omni moved the connection with its models and content to the trash. They can be restored in Omni's web page only.",
        },
        {
          path: null,
          code: 'SECRETS_ERASED',
          message:
            'Omni erased the passwords and keys of the connection for good. Provide them again if the connection is restored.',
        },
      ],
    });

    const again = await recordSent(gateway, 'omni', () => runMutation(gateway, 'deleteConnection', { id }));
    expect(again.sent).toEqual([[`DELETE ${path}`]]);
    expect(again.result).toMatchObject({ __typename: 'NotFoundError', id });
    const late = await recordSent(gateway, 'omni', () => runMutation(gateway, 'updateConnection', { id, config }));
    expect(late.sent).toEqual([]);
    expect(late.result).toMatchObject({ __typename: 'NotFoundError', id });
  });
});

it('Omni cannot rename or test a connection', async () => {
  const { data } = await gateway.ask('{ vendorInstance(id: "omni") { capabilities } }');
  expect(data.vendorInstance.capabilities).toEqual(['LIST', 'READ', 'CREATE', 'UPDATE', 'DELETE', 'UPDATE_SECRETS']);
});
