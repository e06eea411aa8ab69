// Omni's support table: its name for each dialect, and the wire name of each field in the body of a create.
import { other } from '../../dialects/other.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import type { OptionScope } from '../../domain/vendor.ts';
import { cloudDialects } from './dialects/cloud-dialects.ts';
import type { OmniOption } from './fields.ts';
import { serverDialects } from './dialects/server-dialects.ts';

export const omniDialects: Readonly<Record<string, DialectSupport>> = {
  ...serverDialects,
  ...cloudDialects,
  other: {
    dialect: other,
    vendorDialect: null,
    readOnly: true,
    fields: { database: 'database', schema: 'defaultSchema', password: 'passwordUnencrypted' },
    required: [],
  },
};

const onlyFor = (...dialects: (keyof typeof omniDialects)[]): OptionScope => ({ dialects, inOtherDialects: 'IGNORED' });

/** Options that Omni documents for some dialects only. It accepts them for other dialects too and ignores them there. */
export const omniOptionScopes: Partial<Record<OmniOption, OptionScope>> = {
  workloadIdentityAudience: onlyFor('bigquery'),
  workloadIdentityServiceAccount: onlyFor('bigquery'),
  semanticLayerIntegration: onlyFor('snowflake', 'databricks'),
  semanticLayerTopics: onlyFor('snowflake', 'databricks'),
  inferRelationshipsFromForeignKeys: onlyFor('postgres', 'snowflake'),
  includeOtherCatalogs: onlyFor('bigquery', 'snowflake', 'motherduck', 'databricks', 'trino', 'athena'),
  authenticationType: onlyFor('bigquery', 'mssql', 'snowflake', 'databricks', 'athena'),
};

/** Advice for dialects that Omni does not have. */
export const omniInsteadOf = {
  duckdb: 'Use motherduck for a DuckDB that MotherDuck hosts.',
  mongodb: 'Omni reads MongoDB through the MongoDB connector of Trino: use trino.',
  firestore: 'Export it to BigQuery and use bigquery.',
  googleAnalytics: 'Export Google Analytics to BigQuery and use bigquery.',
};
