// The groups of fields that only Looker has, with their wire names in DBConnection: key files, the override for persistent derived
// tables (PDT), the description of the dialect, and the snippets of SQL Runner.
import {
  choice,
  credentialSecret,
  flag,
  group,
  hostName,
  integer,
  list,
  nameInside,
  secret,
  text,
} from '../../../fields/define-fields.ts';
import { SAFE_REASONS } from '../../../fields/safe-reasons.ts';
import { wireFieldOf, type WireTable } from '../../../domain/dialect-support.ts';

/** Returns the wire table of a group's fields as a part of the table of the whole connection. */
const tableWithin = (groupKey: string, groupWire: string, table: WireTable): WireTable =>
  Object.fromEntries(
    Object.entries(table).map(([key, entry]) => {
      const field = wireFieldOf(entry);
      return [`${groupKey}.${key}`, { ...field, wire: `${groupWire}.${field.wire}` }];
    }),
  );

const P12 = { P12: 'PKCS#12 file, provided as base64.' };
const JSON_FILE = { JSON: 'JSON key file of a Google service account, provided as its text or as base64.' };
const P8 = { P8: 'Private key in PKCS#8, provided as its PEM text or as base64. It is not allowed in a PDT override.' };

const keyFile = (types: Readonly<Record<string, string>>) =>
  group(
    'LookerCertificate',
    'Key file for a dialect that has no field for it in `config`.',
    {
      body: credentialSecret(
        'Content of the file. PEM and JSON files may be provided as text or as base64, other files as base64 only.',
        {
          isRequired: true,
          isReportedByGroup: true,
          format: 'file',
        },
      ),
      fileType: choice('LookerCertificateType', 'Format of the key file: JSON, P8 or P12.', types, {
        isRequired: true,
      }),
    },
    { isUnit: true, safeToChange: SAFE_REASONS.signIn },
  );

export const certificate = keyFile({ ...JSON_FILE, ...P8, ...P12 });
export const certificateWire = {
  'certificate.body': { wire: 'certificate', derived: true },
  'certificate.fileType': { wire: 'file_type', derived: true },
} as const satisfies WireTable;

export const driverTexts = {
  jdbcAdditionalParams: secret(
    'Driver parameters as key=value pairs, joined by &. They may hold credentials, so they are never reported.',
    {
      format: 'driverText',
    },
  ),
  afterConnectStatements: secret(
    'SQL that runs after each connect to the database. It may hold credentials, so it is never reported.',
    {
      format: 'driverText',
    },
  ),
};

const overrideFields = {
  host: hostName('Host name or IP address of the database server. Null means that the override has none.', {}),
  port: integer('TCP port of the database server. Null means that the override has none.', {
    min: 1,
    max: 65_535,
    example: 5432,
  }),
  username: text('Database user that builds the tables. Null means that the override has none.', {
    example: 'pdt_builder',
  }),
  password: credentialSecret('Password of the database user that builds the tables.'),
  database: nameInside('Database in which the tables are built. Null means that the override has none.', {
    example: 'analytics',
  }),
  schema: nameInside('Default schema for table names without a schema. Null means that the override has none.', {
    example: 'scratch',
  }),
  serviceName: text('TNS service name of an Oracle database. Null means that the override has none.', {
    example: 'ORCLPDB1',
  }),
  ...driverTexts,
};

const overrideDescription =
  'Settings that replace those of the connection while Looker builds and maintains persistent derived tables.';

// In an override Looker accepts only .json and .p12 files. The GraphQL types are those of the option `certificate`, which has all
// three types of files.
export const pdtOverride = group(
  'LookerPdtOverride',
  overrideDescription,
  { ...overrideFields, certificate: keyFile({ ...JSON_FILE, ...P12 }) },
  { isRemovable: true, safeToChange: SAFE_REASONS.removal },
);
export const reportedPdtOverride = group('LookerPdtOverride', overrideDescription, {
  context: text('Context in which Looker uses the override. Looker has one context, `pdt`.'),
  ...overrideFields,
  certificate: secret('Status of the key file of the override.'),
});

const overrideWire = {
  host: 'host',
  port: { wire: 'port', as: 'text' },
  username: 'username',
  password: 'password',
  database: 'database',
  schema: 'schema',
  serviceName: 'pdt_service_name',
  jdbcAdditionalParams: 'jdbc_additional_params',
  afterConnectStatements: 'after_connect_statements',
} as const satisfies Record<keyof typeof overrideFields, WireTable[string]>;

/** The wire name of the override. */
export const OVERRIDE = 'pdt_context_override';

export const pdtOverrideWire = tableWithin('pdtOverride', OVERRIDE, { ...overrideWire, ...certificateWire });
export const reportedPdtOverrideWire = tableWithin('pdtOverride', OVERRIDE, {
  context: 'context',
  ...overrideWire,
  certificate: 'certificate',
});

export const dialectDetails = group(
  'LookerDialect',
  'Properties of the dialect that Looker reports.',
  {
    name: text("Looker's name of the dialect."),
    label: text('Label of the dialect in the user interface of Looker.'),
    supportsCostEstimate: flag('Whether Looker can estimate the cost of a query.'),
    costEstimateStyle: text(
      'Method by which Looker estimates the cost of a query. Null means that Looker does not report it.',
    ),
    persistentTableIndexes: text(
      'Support of index columns in persistent derived tables. Null means that Looker does not report it.',
    ),
    persistentTableSortkeys: text(
      'Support of sort key columns in persistent derived tables. Null means that Looker does not report it.',
    ),
    persistentTableDistkey: text(
      'Support of a distribution key column in persistent derived tables. Null means that Looker does not report it.',
    ),
    supportsStreaming: flag('Whether Looker streams query results.'),
    automaticallyRunSqlRunnerSnippets: flag('Whether SQL Runner runs snippets automatically.'),
    connectionTests: list(
      'Names of the tests that Looker can run on a connection.',
      text('Name of a test, such as connect.'),
    ),
    supportsInducer: flag('Whether Looker can generate a model from SQL.'),
    supportsMultipleDatabases: flag('Whether one connection can read several databases.'),
    supportsPersistentDerivedTables: flag('Whether Looker can build persistent derived tables.'),
    hasSslSupport: flag('Whether driver parameters can configure TLS.'),
  },
  { outputName: 'LookerDialect' },
);

export const dialectDetailsWire = tableWithin('dialectDetails', 'dialect', {
  name: 'name',
  label: 'label',
  supportsCostEstimate: 'supports_cost_estimate',
  costEstimateStyle: 'cost_estimate_style',
  persistentTableIndexes: 'persistent_table_indexes',
  persistentTableSortkeys: 'persistent_table_sortkeys',
  persistentTableDistkey: 'persistent_table_distkey',
  supportsStreaming: 'supports_streaming',
  automaticallyRunSqlRunnerSnippets: 'automatically_run_sql_runner_snippets',
  connectionTests: 'connection_tests',
  supportsInducer: 'supports_inducer',
  supportsMultipleDatabases: 'supports_multiple_databases',
  supportsPersistentDerivedTables: 'supports_persistent_derived_tables',
  hasSslSupport: 'has_ssl_support',
} satisfies Record<keyof typeof dialectDetails.shape, string>);

export const snippets = list(
  'Queries that SQL Runner offers for the connection.',
  group(
    'LookerSnippet',
    'A query that SQL Runner offers.',
    {
      name: text('Name by which Looker identifies the query.'),
      label: text('Label of the query in the user interface of Looker.'),
      sql: text('SQL text of the query.'),
    },
    { outputName: 'LookerSnippet' },
  ),
);
export const snippetsWire = { wire: 'snippets', items: { name: 'name', label: 'label', sql: 'sql' } } as const;
