// Patchbay with Apollo Client: a list that grows by pages, one connection, and mutations that change the cache.
import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { isAbstractType, type GraphQLSchema } from 'graphql';
import {
  ConnectionByIdDocument,
  ConnectionPageDocument,
  CreateConnectionDocument,
  DeleteConnectionDocument,
  type CreateConnectionInput,
} from './generated/graphql.ts';
import { problemsOf, type Problems } from './problems.ts';

/** Returns the types of each interface and union, which the cache needs for fragments. Do this when you build, and keep the result. */
export const possibleTypesOf = (schema: GraphQLSchema): Record<string, string[]> =>
  Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter(isAbstractType)
      .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );

/** The list is one for each filter and order, whatever its pages are. */
const pages = relayStylePagination(['filter', 'orderBy']);

/** Returns a client. @param token null where the gateway authenticates nobody. */
export function createClient(uri: string, token: string | null, possibleTypes: Record<string, string[]>): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri, headers: token === null ? {} : { authorization: `Bearer ${token}` } }),
    cache: new InMemoryCache({
      possibleTypes,
      typePolicies: {
        Query: { fields: { connections: pages } },
        VendorInstance: { fields: { connections: pages } },
        // These objects have no id. Two queries may select different fields of them.
        Connection: { fields: { config: { merge: true }, details: { merge: true } } },
      },
    }),
  });
}

/** Returns the list, which begins with its first page. */
export const watchList = (client: ApolloClient, first: number) =>
  client.watchQuery({ query: ConnectionPageDocument, variables: { first } });

/** Reads the next page, which the cache appends to the list. Returns false when the list is complete. */
export async function readMore(list: ReturnType<typeof watchList>): Promise<boolean> {
  const info = list.getCurrentResult().data?.connections?.pageInfo;
  if (!info?.hasNextPage) return false;
  await list.fetchMore({ variables: { after: info.endCursor } });
  return true;
}

/** Reads one connection. Null when there is none. @throws Error when it could not be read. */
export async function readConnection(client: ApolloClient, id: string) {
  const { data } = await client.query({ query: ConnectionByIdDocument, variables: { id } });
  return data?.node?.__typename === 'Connection' ? data.node : null;
}

/** Creates a connection. Returns what a form shows; null after a success. @throws Error without an answer of the gateway. */
export async function createConnection(client: ApolloClient, input: CreateConnectionInput): Promise<Problems | null> {
  const { data } = await client.mutate({
    mutation: CreateConnectionDocument,
    variables: { input },
    // The new connection may belong to any list, at any place. Lists that are shown are read again, the others when they are needed.
    update: (cache, { data: written }) => {
      if (written?.createConnection.__typename !== 'CreateConnectionSuccess') return;
      cache.evict({ id: 'ROOT_QUERY', fieldName: 'connections' });
    },
  });
  if (!data) throw new Error('The gateway gave no answer.');
  return problemsOf(data.createConnection);
}

/** Deletes a connection, and removes it from all lists without another request. @throws Error without an answer of the gateway. */
export async function deleteConnection(client: ApolloClient, id: string): Promise<boolean> {
  const { data } = await client.mutate({
    mutation: DeleteConnectionDocument,
    variables: { input: { id } },
    update: (cache, { data: written }) => {
      if (written?.deleteConnection.__typename !== 'DeleteConnectionSuccess') return;
      cache.evict({ id: cache.identify({ __typename: 'Connection', id: written.deleteConnection.deletedId }) });
      cache.gc();
    },
  });
  if (!data) throw new Error('The gateway gave no answer.');
  return data.deleteConnection.__typename === 'DeleteConnectionSuccess';
}
