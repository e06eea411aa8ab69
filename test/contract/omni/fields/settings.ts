// What else Omni can be told of a connection, and what it tells by itself, in the order of the field map.
import { field, takes, tells, type Field } from '../../../support/field-walk.ts';
import { PRIVATE_KEY } from '../../create-case.ts';
import { servers } from './sign-in.ts';

const option = (wire: string, name: string, type: string, value: unknown, on = 'postgres', sends = value): Field =>
  field(wire, [takes(`OmniOptionsInput.${name}: ${type}`, `options.omni.${name}`, value, sends, { on })]);

const settings: readonly Field[] = [
  field('warehouse', [
    takes('SnowflakeInput.warehouse: String', 'config.snowflake.warehouse', 'WH_2', 'WH_2'),
    takes('DatabricksInput.httpPath: String', 'config.databricks.httpPath', '/sql/2', '/sql/2'),
  ]),
  field('region', [
    takes('BigQueryInput.location: String', 'config.bigquery.location', 'europe-west1', 'europe-west1'),
    takes('AthenaInput.region: String', 'config.athena.region', 'us-east-1', 'us-east-1'),
  ]),
  field('defaultSchema', [
    ...servers.map(([key, name]) => takes(`${name}Input.schema: String`, `config.${key}.schema`, 'eu', 'eu')),
    takes('TrinoInput.schema: String', 'config.trino.schema', 'eu', 'eu'),
    takes('AthenaInput.schema: String', 'config.athena.schema', 'eu', 'eu'),
    takes('DatabricksInput.schema: String', 'config.databricks.schema', 'eu', 'eu'),
    takes('SnowflakeInput.schema: String', 'config.snowflake.schema', 'EU', 'EU'),
    takes('MotherDuckInput.schema: String', 'config.motherduck.schema', 'eu', 'eu'),
    takes('BigQueryInput.dataset: String', 'config.bigquery.dataset', 'ads', 'ads'),
    ...servers.map(([key, name]) => tells(`${name}Config.schema: String`, 'eu', 'config.schema', 'eu', { on: key })),
    tells('TrinoConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'trino' }),
    tells('AthenaConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'athena' }),
    tells('DatabricksConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'databricks' }),
    tells('SnowflakeConfig.schema: String', 'EU', 'config.schema', 'EU', { on: 'snowflake' }),
    tells('MotherDuckConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'motherduck' }),
    tells('OtherConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'other' }),
    tells('BigQueryConfig.dataset: String', 'ads', 'config.dataset', 'ads', { on: 'bigquery' }),
  ]),
  field('awsRoleArn', [
    takes('AthenaInput.roleArn: String', 'config.athena.roleArn', 'arn:aws:iam::1:role/bi', 'arn:aws:iam::1:role/bi', {
      on: 'athenaAlone',
    }),
  ]),
  field('useMachineAuth', [
    takes('AthenaInput.machineAuthentication: Boolean', 'config.athena.machineAuthentication', true, true, {
      on: 'athenaAlone',
    }),
    takes('DatabricksInput.machineAuthentication: Boolean', 'config.databricks.machineAuthentication', true, true, {
      on: 'databricksByOAuth',
    }),
  ]),
  field(
    'trustServerCertificate',
    ['mssql', 'exasol', 'clickhouse', 'trino', 'sapHana'].flatMap((key) => [
      takes('TlsInput.verify: Boolean', `config.${key}.tls.verify`, true, false),
      takes('TlsInput.verify: Boolean', `config.${key}.tls.verify`, false, true),
    ]),
  ),
  field('acceptsLicense', [takes('OracleInput.acceptsLicense: Boolean', 'config.oracle.acceptsLicense', true, true)]),
  field('authenticationType', [
    takes(
      'OmniOptionsInput.authenticationType: String',
      'options.omni.authenticationType',
      'mssql-active-directory-password',
      'mssql-active-directory-password',
      { on: 'mssql' },
    ),
    takes('SnowflakeInput.privateKey: SecretString', 'config.snowflake.privateKey', PRIVATE_KEY, 'snowflake-keypair', {
      on: 'snowflakeByKey',
    }),
    takes(
      'OmniOptionsInput.workloadIdentityAudience: String',
      'options.omni.workloadIdentityAudience',
      '//iam.googleapis.com/p',
      'bigquery-workload-identity-federation',
      { on: 'bigqueryAlone' },
    ),
  ]),
  option('wifAudience', 'workloadIdentityAudience', 'String', '//iam.googleapis.com/p', 'bigqueryAlone'),
  field('wifServiceAccountEmail', [
    takes(
      'OmniOptionsInput.workloadIdentityServiceAccount: String',
      'options.omni.workloadIdentityServiceAccount',
      'wif@acme.example',
      'wif@acme.example',
      { on: 'bigqueryAlone', beside: { 'options.omni.workloadIdentityAudience': '//iam.googleapis.com/p' } },
    ),
  ]),
  field('maxBillingBytes', [
    takes(
      'BigQueryInput.maximumBytesBilled: BigInt',
      'config.bigquery.maximumBytesBilled',
      '9007199254740993',
      '9007199254740993',
    ),
  ]),
  option('includeSchemas', 'includeSchemas', '[String!]', ['a', 'b'], 'postgres', 'a,b'),
  option('includeOtherCatalogs', 'includeOtherCatalogs', '[String!]', ['c', 'd'], 'bigquery', 'c,d'),
  option('offloadedSchemas', 'offloadedSchemas', '[String!]', ['e', 'f'], 'postgres', 'e,f'),
  option('scratchSchema', 'scratchSchema', 'String', 'omni_scratch'),
  option('queryTimeoutSeconds', 'queryTimeoutSeconds', 'Int', 3600),
  option('systemTimezone', 'systemTimezone', 'String', 'UTC'),
  option('queryTimezone', 'queryTimezone', 'String', 'NONE'),
  option('allowsUserSpecificTimezones', 'allowsUserSpecificTimezones', 'Boolean', true),
  option('enableDbSemanticLayerIntegration', 'semanticLayerIntegration', 'Boolean', true, 'snowflake'),
  option('enableDbSemanticLayerTopics', 'semanticLayerTopics', 'Boolean', true, 'snowflake'),
  option('inferRelationshipsFromForeignKeys', 'inferRelationshipsFromForeignKeys', 'Boolean', true),
  option('inferRelationshipsFromColumnNames', 'inferRelationshipsFromColumnNames', 'Boolean', false),
  option('alwaysScopeViewNames', 'alwaysScopeViewNames', 'Boolean', true),
  field('baseRole', [
    takes('OmniOptionsInput.baseRole: String', 'options.omni.baseRole', 'QUERIER', 'QUERIER'),
    tells('OmniDetails.baseRole: String', 'VIEWER', 'details.baseRole', 'VIEWER'),
  ]),
];

const onlyRead: readonly Field[] = [
  field('id', [
    tells(
      'Connection.vendorId: String!',
      '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
      'vendorId',
      '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
    ),
  ]),
  field('createdAt', [
    tells('Connection.createdAt: DateTime', '2026-01-15T08:30:00Z', 'createdAt', '2026-01-15T08:30:00.000Z'),
  ]),
  field('updatedAt', [
    tells('Connection.updatedAt: DateTime', '2026-01-15T08:30:00Z', 'updatedAt', '2026-01-15T08:30:00.000Z'),
  ]),
  field('deletedAt', [
    tells('Connection.deletedAt: DateTime', '2026-01-15T08:30:00Z', 'deletedAt', '2026-01-15T08:30:00.000Z'),
  ]),
  field('allowBranchConnectionEnvironments', [
    tells('OmniDetails.allowsBranchEnvironments: Boolean', true, 'details.allowsBranchEnvironments', true),
    tells('OmniDetails.allowsBranchEnvironments: Boolean', false, 'details.allowsBranchEnvironments', false, {
      on: 'withOlderName',
    }),
  ]),
  field('branchConnectionEnvironmentOverridesUserAttr', [
    tells('OmniDetails.allowsBranchEnvironments: Boolean', true, 'details.allowsBranchEnvironments', true),
  ]),
  field('environmentConnectionSwitchesSchemaModel', [
    tells('OmniDetails.switchesSchemaModel: Boolean', true, 'details.switchesSchemaModel', true),
  ]),
  field('userAttributeNameForConnectionEnvironments', [
    tells(
      'OmniEnvironment.attributeName: String!',
      'region',
      'details.environmentUserAttribute.attributeName',
      'region',
    ),
    tells('OmniDetails.environmentUserAttribute: OmniEnvironment', null, 'details.environmentUserAttribute', null),
  ]),
  field(
    'userAttributeValuesForDefaultEnvironment',
    [['eu', 'us'], ['eu'], 'eu'].map((raw) =>
      tells(
        'OmniEnvironment.defaultValues: [String!]',
        raw,
        'details.environmentUserAttribute.defaultValues',
        raw === 'eu' ? ['eu'] : raw,
        { on: 'withEnvironment' },
      ),
    ),
  ),
];

export const omniSettings: readonly Field[] = [...settings, ...onlyRead];
