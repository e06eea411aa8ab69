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


export type ConsoleStartQuery = { viewer: { name: string, scopes: Array<string>, expiresAt: string | null }, vendors: Array<{ vendor: Vendor, label: string, instances: Array<{ id: string, key: string, label: string, vendor: Vendor, capabilities: Array<Capability> }> }> };


export const ConsoleStartDocument = {"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"ConsoleStart"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"scopes"}},{"kind":"Field","name":{"kind":"Name","value":"expiresAt"}}]}},{"kind":"Field","name":{"kind":"Name","value":"vendors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"instances"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"key"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"vendor"}},{"kind":"Field","name":{"kind":"Name","value":"capabilities"}}]}}]}}]}}]} as unknown as DocumentNode<ConsoleStartQuery, ConsoleStartQueryVariables>;