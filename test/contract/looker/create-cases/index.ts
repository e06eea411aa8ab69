// The create cases of Looker, and its issues for an empty input and for an input with every field.
import type { CreateCase, VendorRules } from '../../create-case.ts';
import { lookerCloudCreateCases } from './clouds.ts';
import { lookerOracleCreateCases } from './oracle.ts';
import { lookerServerCreateCases } from './servers.ts';
import { lookerSqlCreateCases } from './sql.ts';
import { lookerWarehouseCreateCases } from './warehouses.ts';

export const lookerCreateCases: readonly CreateCase[] = [
  ...lookerSqlCreateCases,
  ...lookerServerCreateCases,
  ...lookerWarehouseCreateCases,
  ...lookerCloudCreateCases,
  ...lookerOracleCreateCases,
];

const TLS_FILES = ['tls.ca', 'tls.certificate', 'tls.key', 'tls.mode'];
const OAUTH = ['oauth.audience', 'oauth.authorizationUrl', 'oauth.clientId', 'oauth.clientSecret', 'oauth.tokenUrl'];
const server = { missing: ['host'], refused: TLS_FILES };

export const lookerRules: VendorRules = {
  athena: { missing: ['region', 's3StagingDir'], refused: ['machineAuthentication', 'roleArn', ...TLS_FILES] },
  bigquery: {
    missing: ['dataset', 'projectId'],
    refused: ['billingProjectId', 'location', 'maximumBytesBilled', 'queryTimeoutMs'],
  },
  clickhouse: server,
  databricks: {
    missing: ['host', 'httpPath'],
    refused: ['catalog', 'machineAuthentication', ...OAUTH, ...TLS_FILES],
  },
  exasol: server,
  mariadb: server,
  mssql: server,
  mysql: { missing: ['host'], refused: ['connectionString', 'flavor', ...TLS_FILES] },
  oracle: { missing: ['host'], refused: ['acceptsLicense', ...TLS_FILES] },
  postgres: { missing: ['host'], refused: ['connectionString', 'flavor', ...TLS_FILES] },
  redshift: server,
  sapHana: server,
  snowflake: {
    missing: ['account', 'database'],
    refused: [...OAUTH, 'queryTimeoutMs', ...TLS_FILES],
  },
  trino: { missing: ['host'], refused: ['peakaKey', 'tls.verify', ...TLS_FILES] },
  other: { missing: ['dialectName', 'host'], refused: TLS_FILES },
};
