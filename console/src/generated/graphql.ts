/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
/** The operations that an instance, or one connection, can allow. */
export type Capability =
  /** Create a connection with a dialect that the vendor supports. */
  | 'CREATE'
  /** Delete a saved connection. */
  | 'DELETE'
  /** List the connections of an instance. */
  | 'LIST'
  /** Read one connection by its id. */
  | 'READ'
  /** Change the name of a saved connection. */
  | 'RENAME'
  /** Test a saved connection with the secrets that its vendor stores. */
  | 'TEST_SAVED'
  /** Test settings of a connection without saving them. */
  | 'TEST_UNSAVED'
  /** Change those settings of a saved connection that the `updateSchema` of its dialect contains. */
  | 'UPDATE'
  /** Replace the secrets of a saved connection. */
  | 'UPDATE_SECRETS';

/** How much of a connection's settings its vendor reports. */
export type Completeness =
  /** The vendor reports all settings except secrets. */
  | 'FULL'
  /** The vendor reports a part of the settings (Omni: five fields). All other fields are null, although they may be set. */
  | 'PARTIAL';

/** Conditions on the connections to list. A connection is listed when it meets every condition that is provided. An empty list matches nothing. */
export type ConnectionFilter = {
  /** The database of the connection meets this condition, whatever the dialect calls it (database, project, catalog). */
  database?: StringFilter | null | undefined;
  /** The connection has one of these dialects. */
  dialect?: Array<Dialect> | null | undefined;
  /** The host of the connection meets this condition, whatever the dialect calls it (host, account). Instances whose vendor never reports a host are not searched; see `unsearchable`. */
  host?: StringFilter | null | undefined;
  /** Whether connections in the vendor's trash are listed too. Only Omni has a trash. */
  includeDeleted?: boolean | null | undefined;
  /** The connection is stored at one of these instances, each named by its key or its id. */
  instance?: Array<string | number> | null | undefined;
  /** The name of the connection meets this condition. */
  name?: StringFilter | null | undefined;
  /** The connection is stored by one of these products. */
  vendor?: Array<Vendor> | null | undefined;
};

/** How a list of connections is sorted. Connections with equal values are sorted by their ids. */
export type ConnectionOrder = {
  /** Whether the smallest or the largest value comes first. */
  direction?: OrderDirection;
  /** The field by which the list is sorted. */
  field: ConnectionOrderField;
};

/** The field by which a list of connections is sorted. Upper and lower case are not distinguished. Connections without a value come last. */
export type ConnectionOrderField =
  /** Sort by the time of creation. Not every vendor reports it. */
  | 'CREATED_AT'
  /** Sort by the database, whatever the dialect calls it. */
  | 'DATABASE'
  /** Sort by the dialect of the connection. */
  | 'DIALECT'
  /** Sort by the name of the connection. */
  | 'NAME'
  /** Sort by the product that stores the connection. */
  | 'VENDOR';

/** The kinds of database or API that a connection can lead to. */
export type Dialect =
  /** A JSON API that is reached over HTTP. */
  | 'API'
  /** Amazon Athena, with an access key, a role or the identity of the machine that the vendor runs on. */
  | 'ATHENA'
  /** Google BigQuery, with a service account. */
  | 'BIGQUERY'
  /** ClickHouse, over its HTTP interface. With TLS the usual port is 8443. */
  | 'CLICKHOUSE'
  /** Customer.io, with an App API key. */
  | 'CUSTOMER_IO'
  /** Databricks SQL, with a personal access token or OAuth. */
  | 'DATABRICKS'
  /** Databricks Lakebase, a PostgreSQL service of Databricks. */
  | 'DATABRICKS_LAKEBASE'
  /** DuckDB with other databases and cloud storage attached to it. */
  | 'DUCKDB'
  /** Exasol, an in-memory database for analytics. */
  | 'EXASOL'
  /** Google Cloud Firestore, with a service account. */
  | 'FIRESTORE'
  /** Google Analytics, with an OAuth grant that a user gave on the vendor's web page. */
  | 'GOOGLE_ANALYTICS'
  /** MariaDB, with the MariaDB driver. */
  | 'MARIADB'
  /** MongoDB or a service with the same protocol. */
  | 'MONGODB'
  /** MotherDuck, a cloud service for DuckDB, with an access token. */
  | 'MOTHERDUCK'
  /** Microsoft SQL Server or Azure SQL. */
  | 'MSSQL'
  /** MySQL or a product with the same protocol. */
  | 'MYSQL'
  /** Oracle Database, found by its host or by a TNS service name. */
  | 'ORACLE'
  /** A dialect that this schema does not list. `vendorDialect` has the vendor's name for it. */
  | 'OTHER'
  /** PostgreSQL or a product with the same protocol. */
  | 'POSTGRES'
  /** Firebase Realtime Database, with a service account. */
  | 'REALTIME_DB'
  /** Amazon Redshift, with a user name and a password. */
  | 'REDSHIFT'
  /** SAP HANA, over the port of its SQL interface. */
  | 'SAP_HANA'
  /** Snowflake, with a password, a key pair or OAuth. */
  | 'SNOWFLAKE'
  /** StarRocks, over the MySQL protocol. */
  | 'STARROCKS'
  /** Trino or Starburst. The connection is encrypted unless tls.enabled is false. */
  | 'TRINO';

/** Whether a list is sorted in ascending or descending order. */
export type OrderDirection =
  /** Ascending order: the smallest value comes first. */
  | 'ASC'
  /** Descending order: the largest value comes first. */
  | 'DESC';

/** Whether a vendor stores a secret. */
export type SecretStatus =
  /** The vendor stores no secret in this field. */
  | 'NOT_SET'
  /** The vendor stores a secret in this field. */
  | 'SET'
  /** The vendor does not report whether it stores a secret in this field. */
  | 'UNKNOWN';

/** One condition on a text. Upper and lower case are not distinguished. */
export type StringFilter =
  {   /** The text contains this value. */
  contains: string; equals?: never; in?: never; startsWith?: never; }
  |  { contains?: never;   /** The text is equal to this value. */
  equals: string; in?: never; startsWith?: never; }
  |  { contains?: never; equals?: never;   /** The text is equal to one of these values. An empty list matches nothing. */
  in: Array<string>; startsWith?: never; }
  |  { contains?: never; equals?: never; in?: never;   /** The text starts with this value. */
  startsWith: string; };

/** The BI products that store connections and that this gateway supports. */
export type Vendor =
  /** Chartbrew, hosted or self-hosted. */
  | 'CHARTBREW'
  /** Credible (credibledata.com), by its admin API. */
  | 'CREDIBLE'
  /** Looker (Google Cloud), API 4.0. */
  | 'LOOKER'
  /** Omni (omniapp.co). Reads report few of the fields that were written. */
  | 'OMNI';

export type ConsoleStartQueryVariables = Exact<{ [key: string]: never; }>;


export type ConsoleStartQuery = { viewer: { name: string, scopes: Array<string>, expiresAt: string | null }, vendors: Array<{ vendor: Vendor, label: string, instances: Array<{ id: string, key: string, label: string, vendor: Vendor, capabilities: Array<Capability> }> }>, dialects: Array<{ dialect: Dialect, label: string }> };

export type ConnectionListQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: ConnectionFilter | null | undefined;
  orderBy?: ConnectionOrder | null | undefined;
}>;


export type ConnectionListQuery = { connections: { totalCount: number | null, nodes: Array<{ id: string, name: string, vendor: Vendor, dialect: Dialect, vendorDialect: string, host: string | null, database: string | null, username: string | null, updatedAt: string | null, completeness: Completeness, instance: { id: string, key: string, label: string }, secrets: Array<{ path: Array<string>, status: SecretStatus }> }>, pageInfo: { hasNextPage: boolean, endCursor: string | null }, sources: Array<{ isStale: boolean, readAt: string | null, instance: { id: string, label: string }, error:
        | { __typename: 'PermissionError', message: string }
        | { __typename: 'RateLimitedError', message: string }
        | { __typename: 'VendorUnavailableError', message: string }
       | null }>, unsearchable: Array<{ id: string, label: string }> } };

export type ConnectionRowFragment = { id: string, name: string, vendor: Vendor, dialect: Dialect, vendorDialect: string, host: string | null, database: string | null, username: string | null, updatedAt: string | null, completeness: Completeness, instance: { id: string, key: string, label: string }, secrets: Array<{ path: Array<string>, status: SecretStatus }> };

export const ConnectionRowFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"vendorDialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completeness"}},{"kind":"Field","name":{"kind":"Name","value":"instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<ConnectionRowFragment, unknown>;
export const ConsoleStartDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleStart"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"vendors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"instances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"dialects"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]} as unknown as DocumentNode<ConsoleStartQuery, ConsoleStartQueryVariables>;
export const ConnectionListDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConnectionList"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"filter"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionFilter"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"ConnectionOrder"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"connections"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}},{"kind":"Argument","name":{"kind":"Name","value":"filter"},"value":{"kind":"Variable","name":{"kind":"Name","value":"filter"}}},{"kind":"Argument","name":{"kind":"Name","value":"orderBy"},"value":{"kind":"Variable","name":{"kind":"Name","value":"orderBy"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionRow"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}},{"kind":"Field","name":{"kind":"Name","value":"sources"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"isStale"}},{"kind":"Field","name":{"kind":"Name","value":"readAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Error"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"message"}}]}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"unsearchable"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionRow"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Connection"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"dialect"}},{"kind":"Field","name":{"kind":"Name","value":"vendorDialect"}},{"kind":"Field","name":{"kind":"Name","value":"host"}},{"kind":"Field","name":{"kind":"Name","value":"database"}},{"kind":"Field","name":{"kind":"Name","value":"username"}},{"kind":"Field","name":{"kind":"Name","value":"updatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"completeness"}},{"kind":"Field","name":{"kind":"Name","value":"instance"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}}]}},{"kind":"Field","name":{"kind":"Name","value":"secrets"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"path"}},{"kind":"Field","name":{"kind":"Name","value":"status"}}]}}]}}]} as unknown as DocumentNode<ConnectionListQuery, ConnectionListQueryVariables>;