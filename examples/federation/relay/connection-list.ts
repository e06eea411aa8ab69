// A list that grows by pages, and one row of it, as a Relay app declares them. Nothing here runs: `npm run relay` compiles it
// against Patchbay's schema.
import { graphql } from 'react-relay';

/** The next page is Relay's to ask for: it reads edges, cursors and pageInfo. */
export const connectionList = graphql`
  fragment connectionList_query on Query
  @refetchable(queryName: "connectionListNextPageQuery")
  @argumentDefinitions(
    first: { type: "Int", defaultValue: 20 }
    after: { type: "String" }
    filter: { type: "ConnectionFilter" }
  ) {
    connections(first: $first, after: $after, filter: $filter) @connection(key: "connectionList_connections") {
      edges {
        node {
          id
          ...connectionList_row
        }
      }
      isComplete
    }
  }
`;

/** Refetched by node(id). */
export const connectionRow = graphql`
  fragment connectionList_row on Connection @refetchable(queryName: "connectionListRowQuery") {
    name
    vendor
    dialect
    config {
      ... on ServerConfig {
        host
        port
      }
    }
  }
`;

export const connectionListQuery = graphql`
  query connectionListQuery {
    ...connectionList_query
  }
`;

export const connectionByIdQuery = graphql`
  query connectionListByIdQuery($id: ID!) {
    node(id: $id) {
      id
      ... on Connection {
        ...connectionList_row @alias(as: "row")
        secrets {
          path
          status
        }
      }
    }
  }
`;
