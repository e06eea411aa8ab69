// Values that several create cases of Omni share: a server's address and user, and every option of Omni, as provided and as
// sent. Also the warnings about ignored options.
const server = { username: 'bi_reader', password: 'pw-secret-1' };
const serverSent = { username: 'bi_reader', passwordUnencrypted: 'pw-secret-1' };

export const reach = { ...server, host: 'db.acme.example', database: 'orders' };
export const reachSent = { ...serverSent, host: 'db.acme.example', database: 'orders' };
export const coordinator = { ...server, host: 'trino.acme.example', catalog: 'hive' };
export const coordinatorSent = { ...serverSent, host: 'trino.acme.example', database: 'hive' };

export const everyOption = {
  baseRole: 'QUERIER',
  includeSchemas: ['sales', 'ads'],
  includeOtherCatalogs: ['crm', 'web'],
  offloadedSchemas: ['archive', 'raw'],
  scratchSchema: 'omni_scratch',
  queryTimeoutSeconds: 600,
  systemTimezone: 'UTC',
  queryTimezone: 'Europe/Berlin',
  allowsUserSpecificTimezones: false,
  authenticationType: 'mssql-sql-authentication',
  workloadIdentityAudience: '//iam.googleapis.com/projects/1/pools/p',
  workloadIdentityServiceAccount: 'wif@acme-web.iam.gserviceaccount.com',
  inferRelationshipsFromForeignKeys: true,
  inferRelationshipsFromColumnNames: false,
  alwaysScopeViewNames: true,
  semanticLayerIntegration: true,
  semanticLayerTopics: false,
};

export const everyOptionSent = {
  baseRole: 'QUERIER',
  includeSchemas: 'sales,ads',
  includeOtherCatalogs: 'crm,web',
  offloadedSchemas: 'archive,raw',
  scratchSchema: 'omni_scratch',
  queryTimeoutSeconds: 600,
  systemTimezone: 'UTC',
  queryTimezone: 'Europe/Berlin',
  allowsUserSpecificTimezones: false,
  authenticationType: 'mssql-sql-authentication',
  wifAudience: '//iam.googleapis.com/projects/1/pools/p',
  wifServiceAccountEmail: 'wif@acme-web.iam.gserviceaccount.com',
  inferRelationshipsFromForeignKeys: true,
  inferRelationshipsFromColumnNames: false,
  alwaysScopeViewNames: true,
  enableDbSemanticLayerIntegration: true,
  enableDbSemanticLayerTopics: false,
};

/** The details that a read returns: only one option. */
export const everyOptionReported = { __typename: 'OmniDetails', baseRole: 'QUERIER' };

export const ignored = (...options: readonly string[]): string[] =>
  options.map((option) => `options.omni.${option} FIELD_IGNORED`);

export const ignoredByMost = ignored(
  'authenticationType',
  'includeOtherCatalogs',
  'inferRelationshipsFromForeignKeys',
  'semanticLayerIntegration',
  'semanticLayerTopics',
  'workloadIdentityAudience',
  'workloadIdentityServiceAccount',
);
