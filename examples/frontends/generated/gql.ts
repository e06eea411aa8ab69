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
    "fragment ListRow on Connection {\n  id\n  name\n  vendor\n  dialect\n  host\n  database\n}\n\nquery ConnectionPage($first: Int!, $after: String, $filter: ConnectionFilter) {\n  connections(first: $first, after: $after, filter: $filter) {\n    edges {\n      cursor\n      node {\n        ...ListRow\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    isComplete\n  }\n}\n\nquery ConnectionById($id: ID!) {\n  node(id: $id) {\n    __typename\n    ... on Connection {\n      ...ListRow\n      config {\n        __typename\n        ... on ServerConfig {\n          username\n          password {\n            status\n          }\n        }\n      }\n    }\n  }\n}\n\nmutation CreateConnection($input: CreateConnectionInput!) {\n  createConnection(input: $input) {\n    __typename\n    ... on CreateConnectionSuccess {\n      connection {\n        ...ListRow\n      }\n    }\n    ... on ValidationError {\n      issues {\n        path\n        code\n        message\n      }\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}\n\nmutation UpdateConnection($input: UpdateConnectionInput!) {\n  updateConnection(input: $input) {\n    __typename\n    ... on UpdateConnectionSuccess {\n      connection {\n        ...ListRow\n      }\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}\n\nmutation DeleteConnection($input: DeleteConnectionInput!) {\n  deleteConnection(input: $input) {\n    __typename\n    ... on DeleteConnectionSuccess {\n      deletedId\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}": typeof types.ListRowFragmentDoc,
};
const documents: Documents = {
    "fragment ListRow on Connection {\n  id\n  name\n  vendor\n  dialect\n  host\n  database\n}\n\nquery ConnectionPage($first: Int!, $after: String, $filter: ConnectionFilter) {\n  connections(first: $first, after: $after, filter: $filter) {\n    edges {\n      cursor\n      node {\n        ...ListRow\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    isComplete\n  }\n}\n\nquery ConnectionById($id: ID!) {\n  node(id: $id) {\n    __typename\n    ... on Connection {\n      ...ListRow\n      config {\n        __typename\n        ... on ServerConfig {\n          username\n          password {\n            status\n          }\n        }\n      }\n    }\n  }\n}\n\nmutation CreateConnection($input: CreateConnectionInput!) {\n  createConnection(input: $input) {\n    __typename\n    ... on CreateConnectionSuccess {\n      connection {\n        ...ListRow\n      }\n    }\n    ... on ValidationError {\n      issues {\n        path\n        code\n        message\n      }\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}\n\nmutation UpdateConnection($input: UpdateConnectionInput!) {\n  updateConnection(input: $input) {\n    __typename\n    ... on UpdateConnectionSuccess {\n      connection {\n        ...ListRow\n      }\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}\n\nmutation DeleteConnection($input: DeleteConnectionInput!) {\n  deleteConnection(input: $input) {\n    __typename\n    ... on DeleteConnectionSuccess {\n      deletedId\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}": types.ListRowFragmentDoc,
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
export function graphql(source: "fragment ListRow on Connection {\n  id\n  name\n  vendor\n  dialect\n  host\n  database\n}\n\nquery ConnectionPage($first: Int!, $after: String, $filter: ConnectionFilter) {\n  connections(first: $first, after: $after, filter: $filter) {\n    edges {\n      cursor\n      node {\n        ...ListRow\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    isComplete\n  }\n}\n\nquery ConnectionById($id: ID!) {\n  node(id: $id) {\n    __typename\n    ... on Connection {\n      ...ListRow\n      config {\n        __typename\n        ... on ServerConfig {\n          username\n          password {\n            status\n          }\n        }\n      }\n    }\n  }\n}\n\nmutation CreateConnection($input: CreateConnectionInput!) {\n  createConnection(input: $input) {\n    __typename\n    ... on CreateConnectionSuccess {\n      connection {\n        ...ListRow\n      }\n    }\n    ... on ValidationError {\n      issues {\n        path\n        code\n        message\n      }\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}\n\nmutation UpdateConnection($input: UpdateConnectionInput!) {\n  updateConnection(input: $input) {\n    __typename\n    ... on UpdateConnectionSuccess {\n      connection {\n        ...ListRow\n      }\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}\n\nmutation DeleteConnection($input: DeleteConnectionInput!) {\n  deleteConnection(input: $input) {\n    __typename\n    ... on DeleteConnectionSuccess {\n      deletedId\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}"): (typeof documents)["fragment ListRow on Connection {\n  id\n  name\n  vendor\n  dialect\n  host\n  database\n}\n\nquery ConnectionPage($first: Int!, $after: String, $filter: ConnectionFilter) {\n  connections(first: $first, after: $after, filter: $filter) {\n    edges {\n      cursor\n      node {\n        ...ListRow\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n    totalCount\n    isComplete\n  }\n}\n\nquery ConnectionById($id: ID!) {\n  node(id: $id) {\n    __typename\n    ... on Connection {\n      ...ListRow\n      config {\n        __typename\n        ... on ServerConfig {\n          username\n          password {\n            status\n          }\n        }\n      }\n    }\n  }\n}\n\nmutation CreateConnection($input: CreateConnectionInput!) {\n  createConnection(input: $input) {\n    __typename\n    ... on CreateConnectionSuccess {\n      connection {\n        ...ListRow\n      }\n    }\n    ... on ValidationError {\n      issues {\n        path\n        code\n        message\n      }\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}\n\nmutation UpdateConnection($input: UpdateConnectionInput!) {\n  updateConnection(input: $input) {\n    __typename\n    ... on UpdateConnectionSuccess {\n      connection {\n        ...ListRow\n      }\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}\n\nmutation DeleteConnection($input: DeleteConnectionInput!) {\n  deleteConnection(input: $input) {\n    __typename\n    ... on DeleteConnectionSuccess {\n      deletedId\n    }\n    ... on Error {\n      message\n      requestId\n    }\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;