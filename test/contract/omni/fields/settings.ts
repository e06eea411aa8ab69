// The other writable fields at Omni, and the fields that only Omni writes, in the order of the field map.
import { field, writeSample, readSample, type Field } from '../../../support/field-samples.ts';
import { PRIVATE_KEY } from '../../create-case.ts';
import { servers } from './sign-in.ts';

const option = (wire: string, name: string, type: string, value: unknown, on = 'postgres', sends = value): Field =>
  field(wire, [writeSample(`OmniOptionsInput.${name}: ${type}`, `options.omni.${name}`, value, sends, { on })]);

const settings: readonly Field[] = [
  field('warehouse', [
    writeSample('SnowflakeInput.warehouse: String', 'config.snowflake.warehouse', 'WH_2', 'WH_2'),
    writeSample('DatabricksInput.httpPath: String', 'config.databricks.httpPath', '/sql/2', '/sql/2'),
  ]),
  field('region', [
    writeSample('BigQueryInput.location: String', 'config.bigquery.location', 'europe-west1', 'europe-west1'),
    writeSample('AthenaInput.region: String', 'config.athena.region', 'us-east-1', 'us-east-1'),
  ]),
  field('defaultSchema', [
    ...servers.map(([key, name]) => writeSample(`${name}Input.schema: String`, `config.${key}.schema`, 'eu', 'eu')),
    writeSample('TrinoInput.schema: String', 'config.trino.schema', 'eu', 'eu'),
    writeSample('AthenaInput.schema: String', 'config.athena.schema', 'eu', 'eu'),
    writeSample('DatabricksInput.schema: String', 'config.databricks.schema', 'eu', 'eu'),
    writeSample('SnowflakeInput.schema: String', 'config.snowflake.schema', 'EU', 'EU'),
    writeSample('MotherDuckInput.schema: String', 'config.motherduck.schema', 'eu', 'eu'),
    writeSample('BigQueryInput.dataset: String', 'config.bigquery.dataset', 'ads', 'ads'),
    ...servers.map(([key, name]) =>
      readSample(`${name}Config.schema: String`, 'eu', 'config.schema', 'eu', { on: key }),
    ),
    readSample('TrinoConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'trino' }),
    readSample('AthenaConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'athena' }),
    readSample('DatabricksConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'databricks' }),
    readSample('SnowflakeConfig.schema: String', 'EU', 'config.schema', 'EU', { on: 'snowflake' }),
    readSample('MotherDuckConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'motherduck' }),
    readSample('OtherConfig.schema: String', 'eu', 'config.schema', 'eu', { on: 'other' }),
    readSample('BigQueryConfig.dataset: String', 'ads', 'config.dataset', 'ads', { on: 'bigquery' }),
  ]),
  field('awsRoleArn', [
    writeSample(
      'AthenaInput.roleArn: String',
      'config.athena.roleArn',
      'arn:aws:iam::1:role/bi',
      'arn:aws:iam::1:role/bi',
      {
        on: 'athenaAlone',
      },
    ),
  ]),
  field('useMachineAuth', [
    writeSample('AthenaInput.machineAuthentication: Boolean', 'config.athena.machineAuthentication', true, true, {
      on: 'athenaAlone',
    }),
    writeSample(
      'DatabricksInput.machineAuthentication: Boolean',
      'config.databricks.machineAuthentication',
      true,
      true,
      {
        on: 'databricksByOAuth',
      },
    ),
  ]),
  field(
    'trustServerCertificate',
    ['mssql', 'exasol', 'clickhouse', 'trino', 'sapHana'].flatMap((key) => [
      writeSample('TlsInput.verify: Boolean', `config.${key}.tls.verify`, true, false),
      writeSample('TlsInput.verify: Boolean', `config.${key}.tls.verify`, false, true),
    ]),
  ),
  field('acceptsLicense', [
    writeSample('OracleInput.acceptsLicense: Boolean', 'config.oracle.acceptsLicense', true, true),
  ]),
  field('authenticationType', [
    writeSample(
      'OmniOptionsInput.authenticationType: String',
      'options.omni.authenticationType',
      'mssql-active-directory-password',
      'mssql-active-directory-password',
      { on: 'mssql' },
    ),
    writeSample(
      'SnowflakeInput.privateKey: SecretString',
      'config.snowflake.privateKey',
      PRIVATE_KEY,
      'snowflake-keypair',
      {
        on: 'snowflakeByKey',
      },
    ),
    writeSample(
      'OmniOptionsInput.workloadIdentityAudience: String',
      'options.omni.workloadIdentityAudience',
      '//iam.googleapis.com/p',
      'bigquery-workload-identity-federation',
      { on: 'bigqueryAlone' },
    ),
  ]),
  option('wifAudience', 'workloadIdentityAudience', 'String', '//iam.googleapis.com/p', 'bigqueryAlone'),
  field('wifServiceAccountEmail', [
    writeSample(
      'OmniOptionsInput.workloadIdentityServiceAccount: String',
      'options.omni.workloadIdentityServiceAccount',
      'wif@acme.example',
      'wif@acme.example',
      { on: 'bigqueryAlone', beside: { 'options.omni.workloadIdentityAudience': '//iam.googleapis.com/p' } },
    ),
  ]),
  field('maxBillingBytes', [
    writeSample(
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
    writeSample('OmniOptionsInput.baseRole: String', 'options.omni.baseRole', 'QUERIER', 'QUERIER'),
    readSample('OmniDetails.baseRole: String', 'VIEWER', 'details.baseRole', 'VIEWER'),
  ]),
];

const onlyRead: readonly Field[] = [
  field('id', [
    readSample(
      'Connection.vendorId: String!',
      '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
      'vendorId',
      '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
    ),
  ]),
  field('createdAt', [
    readSample('Connection.createdAt: DateTime', '2026-01-15T08:30:00Z', 'createdAt', '2026-01-15T08:30:00.000Z'),
  ]),
  field('updatedAt', [
    readSample('Connection.updatedAt: DateTime', '2026-01-15T08:30:00Z', 'updatedAt', '2026-01-15T08:30:00.000Z'),
  ]),
  field('deletedAt', [
    readSample('Connection.deletedAt: DateTime', '2026-01-15T08:30:00Z', 'deletedAt', '2026-01-15T08:30:00.000Z'),
  ]),
  field('allowBranchConnectionEnvironments', [
    readSample('OmniDetails.allowsBranchEnvironments: Boolean', true, 'details.allowsBranchEnvironments', true),
    readSample('OmniDetails.allowsBranchEnvironments: Boolean', false, 'details.allowsBranchEnvironments', false, {
      on: 'withOlderName',
    }),
  ]),
  field('branchConnectionEnvironmentOverridesUserAttr', [
    readSample('OmniDetails.allowsBranchEnvironments: Boolean', true, 'details.allowsBranchEnvironments', true),
  ]),
  field('environmentConnectionSwitchesSchemaModel', [
    readSample('OmniDetails.switchesSchemaModel: Boolean', true, 'details.switchesSchemaModel', true),
  ]),
  field('userAttributeNameForConnectionEnvironments', [
    readSample(
      'OmniEnvironment.attributeName: String!',
      'region',
      'details.environmentUserAttribute.attributeName',
      'region',
    ),
    readSample('OmniDetails.environmentUserAttribute: OmniEnvironment', null, 'details.environmentUserAttribute', null),
  ]),
  field(
    'userAttributeValuesForDefaultEnvironment',
    [['eu', 'us'], ['eu'], 'eu'].map((raw) =>
      readSample(
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
