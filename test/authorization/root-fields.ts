// One operation for each root field, and the scope that it needs. It concerns the Looker of the sandbox, or an instance that is not
// configured: those must not be told apart by a caller who may not see Looker.

/** The key of an instance that is not configured. It is as long as that of Looker. */
export const UNKNOWN = 'lookex';

/** Returns the global id of a connection, as the gateway writes it. */
export const connectionIdAt = (instance: string): string =>
  Buffer.from(`v1:c:${instance}:production_orders`).toString('base64url');
const instanceIdOf = (instance: string): string => Buffer.from(`v1:i:${instance}`).toString('base64url');

interface RootField {
  /** The scope that the operation needs at the instance; null when it needs none. */
  readonly scope: string | null;
  readonly operation: (instance: string) => { readonly query: string; readonly variables?: Record<string, unknown> };
}

const config = {
  postgres: { host: 'db.example.com', port: 5432, database: 'orders', username: 'bi', password: 'correct horse' },
};

const mutation = (name: string, input: object): { query: string; variables: Record<string, unknown> } => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename ... on Error { message }
    ... on PermissionError { missingScope } } }`;
  return { query, variables: { input } };
};

export const ROOT_FIELDS: Readonly<Record<string, RootField>> = {
  'Query.connections': {
    scope: 'connections:read',
    operation: (instance) => ({
      query: `{ connections(filter: { instance: ["${instance}"] }) { totalCount isComplete nodes { name }
        unsearchable { key } sources { instance { key } count error { __typename ... on Error { message } ... on PermissionError { missingScope } } } } }`,
    }),
  },
  'Query.connection': {
    scope: 'connections:read',
    operation: (instance) => ({ query: `{ connection(id: "${connectionIdAt(instance)}") { name } }` }),
  },
  'Query.node': {
    scope: 'connections:read',
    operation: (instance) => ({ query: `{ node(id: "${connectionIdAt(instance)}") { __typename } }` }),
  },
  'Query.nodes': {
    scope: 'connections:read',
    operation: (instance) => ({ query: `{ nodes(ids: ["${connectionIdAt(instance)}"]) { __typename } }` }),
  },
  'Query._entities': {
    scope: 'connections:read',
    operation: (instance) => ({
      query: `{ _entities(representations: [{ __typename: "Connection", id: "${connectionIdAt(instance)}" }]) { __typename } }`,
    }),
  },
  'Query.audit': {
    scope: 'audit:read',
    operation: (instance) => ({
      query: `{ audit(filter: { instance: "${instance}" }) { nodes { mutation instances } pageInfo { hasNextPage } }
        other: audit(filter: { connection: "${connectionIdAt(instance)}" }) { nodes { mutation instances } } }`,
    }),
  },
  'Query.vendors': { scope: null, operation: () => ({ query: '{ vendors { vendor instances { key } } }' }) },
  'Query.vendorInstance': {
    scope: null,
    operation: (instance) => ({ query: `{ vendorInstance(id: "${instanceIdOf(instance)}") { key label host } }` }),
  },
  'Query.dialects': { scope: null, operation: () => ({ query: '{ dialects { dialect } }' }) },
  'Query.dialect': { scope: null, operation: () => ({ query: '{ dialect(dialect: POSTGRES) { dialect } }' }) },
  'Query.viewer': { scope: null, operation: () => ({ query: '{ viewer { name scopes } }' }) },
  // It shows only what the caller itself has done.
  'Query.operation': {
    scope: null,
    operation: () => ({
      query:
        '{ operation(by: { key: { mutation: CREATE_CONNECTIONS, idempotencyKey: "k" } }) { id targets { state } } }',
    }),
  },
  'Query._service': { scope: null, operation: () => ({ query: '{ _service { sdl } }' }) },
  'Mutation.createConnection': {
    scope: 'connections:write',
    operation: (instance) => mutation('createConnection', { instance, name: 'fresh', config }),
  },
  'Mutation.createConnections': {
    scope: 'connections:write',
    operation: (instance) => mutation('createConnections', { name: 'fresh_too', config, targets: [{ instance }] }),
  },
  'Mutation.updateConnection': {
    scope: 'connections:write',
    operation: (instance) => mutation('updateConnection', { id: connectionIdAt(instance), name: 'renamed' }),
  },
  'Mutation.deleteConnection': {
    scope: 'connections:delete',
    operation: (instance) => mutation('deleteConnection', { id: connectionIdAt(instance) }),
  },
  'Mutation.testConnection': {
    scope: 'connections:test',
    operation: (instance) => mutation('testConnection', { id: connectionIdAt(instance) }),
  },
  'Mutation.testConnectionConfig': {
    scope: 'connections:test',
    operation: (instance) => mutation('testConnectionConfig', { instance, config }),
  },
  'Mutation.rotateConnectionSecret': {
    scope: 'secrets:rotate',
    operation: (instance) =>
      mutation('rotateConnectionSecret', {
        connections: { ids: [connectionIdAt(instance)] },
        field: 'PASSWORD',
        secret: 'new horse battery',
        dryRun: true,
      }),
  },
};
