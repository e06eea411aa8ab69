// Patchbay with Relay: a list that grows by pages, one connection, and mutations that change the store.
import {
  commitMutation,
  ConnectionHandler,
  createOperationDescriptor,
  Environment,
  fetchQuery,
  getRequest,
  graphql,
  Network,
  RecordSource,
  Store,
  type GraphQLTaggedNode,
  type MutationParameters,
} from 'relay-runtime';
import type { relayConnectionQuery } from './__generated__/relayConnectionQuery.graphql.ts';
import type { relayCreateMutation } from './__generated__/relayCreateMutation.graphql.ts';
import type { relayDeleteMutation } from './__generated__/relayDeleteMutation.graphql.ts';
import type { relayListQuery } from './__generated__/relayListQuery.graphql.ts';

/** The secrets that are being sent, by the tokens that stand for them in the variables. */
const secrets = new Map<string, string>();

/**
 * Returns a token for a secret. Relay keeps the arguments of mutations as keys of its store, so they hold the token. The network
 * replaces it by the secret, once.
 */
export function hideSecret(secret: string): string {
  const token = `hidden-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
  secrets.set(token, secret);
  return token;
}

/** Returns the JSON of a request with the secrets in place of their tokens, and forgets them. */
function bodyOf(query: string | null, variables: object): string {
  const used: string[] = [];
  const body = JSON.stringify({ query, variables }, (_name, value: unknown) => {
    const secret = typeof value === 'string' ? secrets.get(value) : undefined;
    if (secret === undefined) return value;
    used.push(String(value));
    return secret;
  });
  for (const token of used) secrets.delete(token);
  return body;
}

/** Returns an environment. @param token null where the gateway authenticates nobody. */
export function createEnvironment(url: string, token: string | null): Environment {
  const network = Network.create(async ({ text }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      body: bodyOf(text ?? null, variables),
    });
    return response.json();
  });
  return new Environment({ network, store: new Store(new RecordSource()) });
}

const ListQuery = graphql`
  query relayListQuery($first: Int!, $after: String) {
    connections(first: $first, after: $after) @connection(key: "relay_connections") {
      __id
      edges {
        node {
          id
          name
          vendor
          dialect
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

const ConnectionQuery = graphql`
  query relayConnectionQuery($id: ID!) {
    node(id: $id) {
      __typename
      ... on Connection {
        id
        name
        config {
          ... on ServerConfig {
            host
            password {
              status
            }
          }
        }
      }
    }
  }
`;

const CreateMutation = graphql`
  mutation relayCreateMutation($input: CreateConnectionInput!, $lists: [ID!]!) {
    createConnection(input: $input) {
      __typename
      ... on CreateConnectionSuccess {
        connection @prependNode(connections: $lists, edgeTypeName: "ConnectionEdge") {
          id
          name
          vendor
          dialect
        }
      }
      ... on ValidationError {
        issues {
          path
          message
        }
      }
      ... on Error {
        message
        requestId
      }
    }
  }
`;

const DeleteMutation = graphql`
  mutation relayDeleteMutation($input: DeleteConnectionInput!, $lists: [ID!]!) {
    deleteConnection(input: $input) {
      __typename
      ... on DeleteConnectionSuccess {
        deletedId @deleteEdge(connections: $lists)
      }
    }
  }
`;

/** Reads a page, which the store appends to the pages before it, and returns the list so far. */
export async function readPage(environment: Environment, first: number, after: string | null) {
  const variables = { first, after };
  // What is not retained may be removed from the store.
  environment.retain(createOperationDescriptor(getRequest(ListQuery), variables));
  const list = await fetchQuery<relayListQuery>(environment, ListQuery, variables).toPromise();
  return list?.connections;
}

/** Returns what the store has of the list, without a request. */
export function storedList(environment: Environment): relayListQuery['response']['connections'] {
  const { fragment } = createOperationDescriptor(getRequest(ListQuery), { first: 0 });
  return (environment.lookup(fragment).data as relayListQuery['response']).connections;
}

/** Reads one connection. Null when there is none. @throws Error when it could not be read. */
export async function readConnection(environment: Environment, id: string) {
  const found = await fetchQuery<relayConnectionQuery>(environment, ConnectionQuery, { id }).toPromise();
  return found?.node?.__typename === 'Connection' ? found.node : null;
}

/** The lists that mutations change. */
const lists = [ConnectionHandler.getConnectionID('client:root', 'relay_connections')];

const commit = <Mutation extends MutationParameters>(
  environment: Environment,
  mutation: GraphQLTaggedNode,
  variables: Mutation['variables'],
): Promise<Mutation['response']> =>
  new Promise((resolve, reject) => {
    commitMutation<Mutation>(environment, { mutation, variables, onCompleted: resolve, onError: reject });
  });

/** Creates a connection, which the store puts at the top of the list. The secrets of the input are tokens of `hideSecret`. */
export async function createConnection(
  environment: Environment,
  input: relayCreateMutation['variables']['input'],
): Promise<relayCreateMutation['response']['createConnection']> {
  return (await commit<relayCreateMutation>(environment, CreateMutation, { input, lists })).createConnection;
}

/** Deletes a connection, which the store removes from all lists. */
export async function deleteConnection(environment: Environment, id: string): Promise<boolean> {
  const { deleteConnection: result } = await commit<relayDeleteMutation>(environment, DeleteMutation, {
    input: { id },
    lists,
  });
  return result.__typename === 'DeleteConnectionSuccess';
}
