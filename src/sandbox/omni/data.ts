// The data of the Omni sandbox: the fields of a create, the required fields of each dialect, and the first connections.

export interface OmniConnection {
  readonly id: string;
  readonly name: string;
  readonly dialect: string;
  readonly database: string | null;
  readonly defaultSchema: string | null;
  readonly baseRole: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
  readonly allowBranchConnectionEnvironments: boolean | null;
  readonly branchConnectionEnvironmentOverridesUserAttr: boolean | null;
  readonly environmentConnectionSwitchesSchemaModel: boolean | null;
  readonly userAttributeNameForConnectionEnvironments: string | null;
  /** Older versions return a string, newer versions a list. */
  readonly userAttributeValuesForDefaultEnvironment: readonly string[] | string | null;
}

/** Fields that are stored and never returned. */
export const secretFields = ['passwordUnencrypted', 'privateKey', 'oauthClientSecretUnencrypted'] as const;
export type Secrets = Readonly<Partial<Record<(typeof secretFields)[number], string>>>;

export type Kind = 'string' | 'integer' | 'boolean' | 'list';

/** All fields that a create accepts. Unknown fields are refused. */
export const createFields: Readonly<Record<string, Kind>> = {
  dialect: 'string',
  name: 'string',
  host: 'string',
  hostOverride: 'string',
  port: 'integer',
  database: 'string',
  username: 'string',
  passwordUnencrypted: 'string',
  privateKey: 'string',
  baseRole: 'string',
  warehouse: 'string',
  region: 'string',
  defaultSchema: 'string',
  includeSchemas: 'string',
  includeOtherCatalogs: 'string',
  offloadedSchemas: 'list',
  queryTimeoutSeconds: 'integer',
  maxBillingBytes: 'string',
  scratchSchema: 'string',
  systemTimezone: 'string',
  queryTimezone: 'string',
  allowsUserSpecificTimezones: 'boolean',
  trustServerCertificate: 'boolean',
  acceptsLicense: 'boolean',
  authenticationType: 'string',
  awsRoleArn: 'string',
  useMachineAuth: 'boolean',
  oauthClientId: 'string',
  oauthClientSecretUnencrypted: 'string',
  externalOauthAudience: 'string',
  externalOauthAuthorizationUrl: 'string',
  externalOauthTokenUrl: 'string',
  wifAudience: 'string',
  wifServiceAccountEmail: 'string',
  enableDbSemanticLayerIntegration: 'boolean',
  enableDbSemanticLayerTopics: 'boolean',
  inferRelationshipsFromForeignKeys: 'boolean',
  inferRelationshipsFromColumnNames: 'boolean',
  alwaysScopeViewNames: 'boolean',
};

/** The sign-in methods that replace a password. */
export type Substitute = 'privateKey' | 'oauth' | 'machine' | 'role';

interface DialectNeeds {
  readonly needs: readonly string[];
  readonly instead?: readonly Substitute[];
  /** Fields that are required only for sign-in with a password. */
  readonly withPassword?: readonly string[];
  /** Fields that are required unless OAuth is used. */
  readonly unlessOauth?: readonly string[];
}

const server: DialectNeeds = { needs: ['host', 'port', 'database', 'username'] };

export const dialects: Readonly<Record<string, DialectNeeds>> = {
  athena: { needs: ['region'], instead: ['role', 'machine'], withPassword: ['username'] },
  bigquery: { needs: ['region'], instead: ['oauth'] },
  clickhouse: server,
  databricks: { needs: ['host', 'warehouse'], instead: ['machine', 'oauth'] },
  databricks_lakebase: server,
  exasol: server,
  mariadb: server,
  motherduck: { needs: ['database'] },
  mssql: { needs: [...server.needs, 'defaultSchema'] },
  mysql: server,
  oracle: { needs: [...server.needs, 'acceptsLicense'] },
  postgres: server,
  redshift: server,
  sap_hana: server,
  snowflake: {
    needs: ['host', 'database'],
    instead: ['privateKey', 'oauth'],
    unlessOauth: ['username', 'warehouse'],
  },
  starrocks: server,
  trino: server,
};

/** Dialect names that only reads return. The vendor's documents disagree on the names. */
export const readOnlyDialects: readonly string[] = ['duckdb', 'singlestore', 'sqlserver'];

/** The values that a read returns for unset fields. */
export const blank = {
  database: null,
  defaultSchema: null,
  baseRole: null,
  deletedAt: null,
  allowBranchConnectionEnvironments: false,
  branchConnectionEnvironmentOverridesUserAttr: false,
  environmentConnectionSwitchesSchemaModel: false,
  userAttributeNameForConnectionEnvironments: null,
  userAttributeValuesForDefaultEnvironment: null,
} satisfies Partial<OmniConnection>;

const at = (createdAt: string, updatedAt = createdAt): Pick<OmniConnection, 'createdAt' | 'updatedAt'> => ({
  createdAt,
  updatedAt,
});

export const firstConnections: readonly OmniConnection[] = [
  {
    ...blank,
    id: 'c0f12353-4817-4398-bcc0-d501e6dd2f64',
    name: 'Production Database',
    dialect: 'postgres',
    database: 'prod_db',
    defaultSchema: 'public',
    baseRole: 'QUERIER',
    ...at('2024-02-12T09:15:00.000Z', '2026-05-30T17:44:12.301Z'),
    userAttributeNameForConnectionEnvironments: 'environment',
    userAttributeValuesForDefaultEnvironment: 'prod',
  },
  {
    ...blank,
    id: '789e0123-e45b-47d8-a456-426614174000',
    name: 'Development Database',
    dialect: 'mysql',
    database: 'dev_db',
    ...at('2024-02-12T09:20:31.000Z'),
  },
  {
    ...blank,
    id: '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21',
    name: 'Finance Warehouse',
    dialect: 'snowflake',
    database: 'FINANCE',
    defaultSchema: 'PUBLIC',
    baseRole: 'VIEWER',
    ...at('2024-06-03T12:00:00.000Z', '2026-01-15T08:30:00.000Z'),
    allowBranchConnectionEnvironments: true,
    branchConnectionEnvironmentOverridesUserAttr: true,
    userAttributeNameForConnectionEnvironments: 'region',
    userAttributeValuesForDefaultEnvironment: ['us-east', 'us-west'],
  },
  {
    ...blank,
    id: '0f7d2f55-93a1-4f0c-8a6e-2a7f9b1c4d10',
    name: 'Web Analytics',
    dialect: 'bigquery',
    database: 'acme-web-analytics',
    defaultSchema: 'events',
    baseRole: 'QUERY_TOPICS',
    ...at('2024-07-22T14:05:09.120Z'),
  },
  {
    ...blank,
    id: 'a4c1d8e2-6b3f-4e57-9d20-1f8e7c6b5a43',
    name: 'Lakehouse',
    dialect: 'databricks',
    database: 'main',
    baseRole: 'NO_ACCESS',
    ...at('2024-10-01T06:45:00.000Z'),
  },
  {
    ...blank,
    id: '2e9b7c14-5d8a-4b36-8f02-6c3d1a0e9f58',
    name: 'Clickstream',
    dialect: 'athena',
    database: 'AwsDataCatalog',
    ...at('2024-11-19T20:10:55.000Z'),
  },
  {
    ...blank,
    id: 'd36a5f90-1c2b-4e8d-b7f4-9e0a8c7d6b25',
    name: 'ERP',
    // It was created as mssql; reads may return this name.
    dialect: 'sqlserver',
    database: 'ERP',
    defaultSchema: 'dbo',
    ...at('2025-01-07T10:00:00.000Z'),
  },
  {
    ...blank,
    id: '8c5e4d3b-2a19-4087-b6f5-e4d3c2b1a098',
    name: 'Notebook Ducks',
    dialect: 'motherduck',
    database: 'ducks',
    baseRole: 'MODELER',
    ...at('2025-03-03T03:03:03.000Z'),
  },
  {
    ...blank,
    id: '61f0e9d8-c7b6-4a59-8483-72615f4e3d2c',
    name: 'Marketing Redshift',
    dialect: 'redshift',
    database: 'marketing',
    ...at('2025-04-25T16:20:00.000Z'),
  },
  {
    ...blank,
    id: 'f9e8d7c6-b5a4-4392-8170-6f5e4d3c2b1a',
    name: 'Event Stream',
    // A dialect that a create does not accept.
    dialect: 'singlestore',
    database: null,
    allowBranchConnectionEnvironments: null,
    branchConnectionEnvironmentOverridesUserAttr: null,
    environmentConnectionSwitchesSchemaModel: null,
    ...at('2025-06-11T11:11:00.000Z'),
  },
  {
    ...blank,
    id: '3d2c1b0a-9f8e-4d7c-a6b5-c4d3e2f10918',
    name: 'Federated Queries',
    dialect: 'trino',
    database: 'hive',
    baseRole: 'Regional analyst',
    ...at('2025-08-30T19:00:00.000Z'),
  },
  {
    ...blank,
    id: '7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d',
    name: 'Old Production Database',
    dialect: 'postgres',
    database: 'prod_db_2023',
    defaultSchema: 'public',
    ...at('2023-01-16T08:00:00.000Z', '2024-02-13T10:00:00.000Z'),
    deletedAt: '2024-02-13T10:00:00.000Z',
  },
];

/** By the id of the connection. */
export const firstSecrets: Readonly<Record<string, Secrets>> = {
  'c0f12353-4817-4398-bcc0-d501e6dd2f64': { passwordUnencrypted: 'stored-production-password' },
  '789e0123-e45b-47d8-a456-426614174000': { passwordUnencrypted: 'stored-development-password' },
  '5b0c6f0e-7a35-4d0c-9a77-0d3f3e1b9c21': { privateKey: 'stored-finance-private-key' },
};
