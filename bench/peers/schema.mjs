// The schema of the bare peers: as much of Patchbay's as the workloads ask for, with the resolvers that a team writes by hand.
import { createSchema } from 'graphql-yoga';
import { nodeOf } from '../rows.mjs';
import { fetchList, fetchOne, postOne } from './upstream-client.mjs';

const serverConfig = (name) => `
  type ${name} implements ServerConfig {
    host: String
    port: Int
    database: String
    username: String
    password: MaskedSecret!
  }`;

export const typeDefs = `
  enum Vendor { LOOKER }
  enum Dialect { POSTGRES MYSQL REDSHIFT MSSQL }
  enum SecretStatus { SET NOT_SET UNKNOWN }
  type MaskedSecret { status: SecretStatus! }
  interface ServerConfig { host: String port: Int database: String username: String password: MaskedSecret! }
  ${['PostgresConfig', 'MySqlConfig', 'RedshiftConfig', 'MsSqlConfig'].map(serverConfig).join('\n')}
  union ConnectionConfig = PostgresConfig | MySqlConfig | RedshiftConfig | MsSqlConfig
  type LookerDetails { maxConnections: Int poolTimeoutSeconds: Int dbTimezone: String queryTimezone: String tmpSchema: String }
  union VendorDetails = LookerDetails
  interface Node { id: ID! }
  type Connection implements Node {
    id: ID!
    name: String!
    vendor: Vendor!
    dialect: Dialect!
    host: String
    database: String
    username: String
    config: ConnectionConfig!
    details: VendorDetails!
  }
  type ConnectionPage { totalCount: Int nodes: [Connection!]! }
  input ConnectionFilter { instance: [ID!] }
  type Query {
    connections(first: Int = 50, filter: ConnectionFilter): ConnectionPage!
    nodes(ids: [ID!]!): [Node]!
  }
  input PostgresInput { host: String port: Int database: String username: String password: String }
  input ConnectionConfigInput { postgres: PostgresInput }
  input CreateConnectionInput { instance: ID! name: String! config: ConnectionConfigInput! }
  type CreateConnectionSuccess { connection: Connection! }
  union CreateConnectionResult = CreateConnectionSuccess
  type Mutation { createConnection(input: CreateConnectionInput!): CreateConnectionResult! }
`;

const connectionOf = (instance, row) => ({ __typename: 'Connection', id: `${instance}:${row.name}`, ...nodeOf(row) });

const resolvers = {
  Query: {
    connections: async (_root, { first, filter }) => {
      const rows = await fetchList(filter.instance[0]);
      return {
        totalCount: rows.length,
        nodes: rows.slice(0, first).map((row) => connectionOf(filter.instance[0], row)),
      };
    },
    nodes: (_root, { ids }) =>
      Promise.all(
        ids.map(async (id) => {
          const [instance, name] = id.split(':');
          const row = await fetchOne(instance, name);
          return row && connectionOf(instance, row);
        }),
      ),
  },
  Mutation: {
    createConnection: async (_root, { input }) => {
      const { host, port, database, username, password } = input.config.postgres;
      const row = await postOne(input.instance, {
        name: input.name,
        dialect_name: 'postgres',
        host,
        port: String(port),
        database,
        username,
        password,
      });
      return { __typename: 'CreateConnectionSuccess', connection: connectionOf(input.instance, row) };
    },
  },
};

export const schema = createSchema({ typeDefs, resolvers });
