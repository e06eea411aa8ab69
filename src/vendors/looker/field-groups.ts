// The groups among what only Looker takes and tells: key files, the override for derived tables, its description of the
// dialect, its snippets; with their names in DBConnection. What becomes of their values is none of its business.
import {
  choice,
  credentialSecret,
  flag,
  group,
  hostName,
  integer,
  list,
  nameInside,
  SAFE,
  secret,
  text,
} from '../../fields/fields.ts';
import { wireFieldOf, type WireTable } from '../../domain/vendor.ts';

/** A table of the fields of one group, as part of the table of what holds it. */
export const within = (holder: string, place: string, table: WireTable): WireTable =>
  Object.fromEntries(
    Object.entries(table).map(([key, entry]) => {
      const field = wireFieldOf(entry);
      return [`${holder}.${key}`, { ...field, wire: `${place}.${field.wire}` }];
    }),
  );

const P12 = { P12: 'PKCS#12; as base64.' };
const JSON_FILE = { JSON: 'Key file of a Google service account; its text or base64 of it.' };
const P8 = { P8: 'Private key (PKCS#8); its PEM text or base64 of it. Not for a PDT override.' };

const keyFile = (types: Readonly<Record<string, string>>) =>
  group(
    'LookerCertificate',
    'A key file, of a dialect whose own settings have no field for it.',
    {
      body: credentialSecret('The file: base64, or as it is where it is PEM or JSON.', {
        required: true,
        toldByGroup: true,
        form: 'file',
      }),
      fileType: choice('LookerCertificateType', 'What the file is.', types, { required: true }),
    },
    { isUnit: true, safeToChange: SAFE.signIn },
  );

export const certificate = keyFile({ ...JSON_FILE, ...P8, ...P12 });
export const certificateWire = {
  'certificate.body': { wire: 'certificate', derived: true },
  'certificate.fileType': { wire: 'file_type', derived: true },
} as const satisfies WireTable;

export const driverTexts = {
  jdbcAdditionalParams: secret('Driver parameters as key=value joined by &. May hold credentials, so never shown.', {
    form: 'driverText',
  }),
  afterConnectStatements: secret('SQL that runs after each connect. May hold credentials, so never shown.', {
    form: 'driverText',
  }),
};

const overrideFields = {
  host: hostName('Host name or address of the database server.', {}),
  port: integer('TCP port of the database server.', { min: 1, max: 65_535, example: 5432 }),
  username: text('Database user to sign in as.', { example: 'pdt_builder' }),
  password: credentialSecret('Password of that database user.'),
  database: nameInside('Database to connect to.', { example: 'analytics' }),
  schema: nameInside('Schema that unqualified table names mean.', { example: 'scratch' }),
  serviceName: text('TNS service name.', { example: 'ORCLPDB1' }),
  ...driverTexts,
};

const overrideDescription = 'What is other while persistent derived tables are built and looked after.';

// Of the key files of an override Looker takes .json and .p12 alone; the GraphQL types are those of `certificate`, which
// comes first and has all three.
export const pdtOverride = group(
  'LookerPdtOverride',
  overrideDescription,
  { ...overrideFields, certificate: keyFile({ ...JSON_FILE, ...P12 }) },
  { removable: true, safeToChange: SAFE.removal },
);
export const toldPdtOverride = group('LookerPdtOverride', overrideDescription, {
  context: text('When the override holds; Looker knows `pdt` alone.'),
  ...overrideFields,
  certificate: secret('A key file of its own.'),
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

/** Where DBConnection keeps the override. */
export const OVERRIDE = 'pdt_context_override';

export const pdtOverrideWire = within('pdtOverride', OVERRIDE, { ...overrideWire, ...certificateWire });
export const toldPdtOverrideWire = within('pdtOverride', OVERRIDE, {
  context: 'context',
  ...overrideWire,
  certificate: 'certificate',
});

export const dialectDetails = group(
  'LookerDialect',
  'What Looker says of the dialect itself.',
  {
    name: text("Looker's own word for it."),
    label: text('How Looker calls it to people.'),
    supportsCostEstimate: flag('Whether the cost of a query can be estimated.'),
    costEstimateStyle: text('How that is done.'),
    persistentTableIndexes: text('Index columns of persistent derived tables.'),
    persistentTableSortkeys: text('Sort key columns of persistent derived tables.'),
    persistentTableDistkey: text('Distribution key column of persistent derived tables.'),
    supportsStreaming: flag('Whether results are streamed.'),
    automaticallyRunSqlRunnerSnippets: flag('Whether snippets of SQL Runner run by themselves.'),
    connectionTests: list('Tests that can be run on such a connection.', text('A test by name, as connect.')),
    supportsInducer: flag('Whether models can be generated from SQL.'),
    supportsMultipleDatabases: flag('Whether one connection reaches several databases.'),
    supportsPersistentDerivedTables: flag('Whether Looker can build persistent derived tables.'),
    hasSslSupport: flag('Whether TLS can be set by the driver parameters.'),
  },
  { outputName: 'LookerDialect' },
);

export const dialectDetailsWire = within('dialectDetails', 'dialect', {
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
      name: text('The word by which Looker knows it.'),
      label: text('How it is called to people.'),
      sql: text('The query itself.'),
    },
    { outputName: 'LookerSnippet' },
  ),
);
export const snippetsWire = { wire: 'snippets', items: { name: 'name', label: 'label', sql: 'sql' } } as const;
