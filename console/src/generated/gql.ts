/* eslint-disable */
import * as types from './graphql.ts';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "query ConsoleStart {\n  viewer {\n    name\n    scopes\n    expiresAt\n  }\n  vendors {\n    vendor\n    label\n    instances {\n      id\n      key\n      label\n      vendor\n      capabilities\n    }\n  }\n  dialects {\n    dialect\n    label\n  }\n}": typeof types.ConsoleStartDocument,
    "query ConnectionList($first: Int!, $after: String, $filter: ConnectionFilter, $orderBy: ConnectionOrder) {\n  connections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    totalCount\n    nodes {\n      ...ConnectionRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    sources {\n      instance {\n        id\n        label\n      }\n      isStale\n      readAt\n      error {\n        __typename\n        ... on Error {\n          message\n        }\n      }\n    }\n    unsearchable {\n      id\n      label\n    }\n  }\n}\n\nfragment ConnectionRow on Connection {\n  id\n  name\n  vendor\n  dialect\n  vendorDialect\n  host\n  database\n  username\n  updatedAt\n  completeness\n  instance {\n    id\n    key\n    label\n  }\n  secrets {\n    path\n    status\n  }\n}": typeof types.ConnectionListDocument,
};
const documents: Documents = {
    "query ConsoleStart {\n  viewer {\n    name\n    scopes\n    expiresAt\n  }\n  vendors {\n    vendor\n    label\n    instances {\n      id\n      key\n      label\n      vendor\n      capabilities\n    }\n  }\n  dialects {\n    dialect\n    label\n  }\n}": types.ConsoleStartDocument,
    "query ConnectionList($first: Int!, $after: String, $filter: ConnectionFilter, $orderBy: ConnectionOrder) {\n  connections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    totalCount\n    nodes {\n      ...ConnectionRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    sources {\n      instance {\n        id\n        label\n      }\n      isStale\n      readAt\n      error {\n        __typename\n        ... on Error {\n          message\n        }\n      }\n    }\n    unsearchable {\n      id\n      label\n    }\n  }\n}\n\nfragment ConnectionRow on Connection {\n  id\n  name\n  vendor\n  dialect\n  vendorDialect\n  host\n  database\n  username\n  updatedAt\n  completeness\n  instance {\n    id\n    key\n    label\n  }\n  secrets {\n    path\n    status\n  }\n}": types.ConnectionListDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ConsoleStart {\n  viewer {\n    name\n    scopes\n    expiresAt\n  }\n  vendors {\n    vendor\n    label\n    instances {\n      id\n      key\n      label\n      vendor\n      capabilities\n    }\n  }\n  dialects {\n    dialect\n    label\n  }\n}"): (typeof documents)["query ConsoleStart {\n  viewer {\n    name\n    scopes\n    expiresAt\n  }\n  vendors {\n    vendor\n    label\n    instances {\n      id\n      key\n      label\n      vendor\n      capabilities\n    }\n  }\n  dialects {\n    dialect\n    label\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ConnectionList($first: Int!, $after: String, $filter: ConnectionFilter, $orderBy: ConnectionOrder) {\n  connections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    totalCount\n    nodes {\n      ...ConnectionRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    sources {\n      instance {\n        id\n        label\n      }\n      isStale\n      readAt\n      error {\n        __typename\n        ... on Error {\n          message\n        }\n      }\n    }\n    unsearchable {\n      id\n      label\n    }\n  }\n}\n\nfragment ConnectionRow on Connection {\n  id\n  name\n  vendor\n  dialect\n  vendorDialect\n  host\n  database\n  username\n  updatedAt\n  completeness\n  instance {\n    id\n    key\n    label\n  }\n  secrets {\n    path\n    status\n  }\n}"): (typeof documents)["query ConnectionList($first: Int!, $after: String, $filter: ConnectionFilter, $orderBy: ConnectionOrder) {\n  connections(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {\n    totalCount\n    nodes {\n      ...ConnectionRow\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    sources {\n      instance {\n        id\n        label\n      }\n      isStale\n      readAt\n      error {\n        __typename\n        ... on Error {\n          message\n        }\n      }\n    }\n    unsearchable {\n      id\n      label\n    }\n  }\n}\n\nfragment ConnectionRow on Connection {\n  id\n  name\n  vendor\n  dialect\n  vendorDialect\n  host\n  database\n  username\n  updatedAt\n  completeness\n  instance {\n    id\n    key\n    label\n  }\n  secrets {\n    path\n    status\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;