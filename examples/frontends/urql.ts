// Patchbay with urql: a list that grows by pages, one connection, and mutations after which the list is read again.
import { cacheExchange, Client, fetchExchange, type OperationResult } from '@urql/core';
import {
  ConnectionByIdDocument,
  ConnectionPageDocument,
  CreateConnectionDocument,
  DeleteConnectionDocument,
  type ConnectionPageQuery,
  type ConnectionPageQueryVariables,
  type CreateConnectionInput,
} from './generated/graphql.ts';
import { problemsOf, type Problems } from './problems.ts';

/** Returns a client. @param token null where the gateway authenticates nobody. */
export function createClient(url: string, token: string | null): Client {
  return new Client({
    url,
    // A URL with the variables would be kept in logs and in the history of the browser.
    preferGetMethod: false,
    fetchOptions: token === null ? {} : { headers: { authorization: `Bearer ${token}` } },
    exchanges: [cacheExchange, fetchExchange],
  });
}

type Page = ConnectionPageQuery['connections'];

/**
 * Watches one page of the list, and returns a function that ends it. The page is read again after each mutation that returns a
 * connection.
 */
export function watchPage(
  client: Client,
  variables: ConnectionPageQueryVariables,
  onPage: (page: Page) => void,
): () => void {
  // An empty page holds no connection. The type name tells the cache that it is a page of connections nevertheless.
  const context = { additionalTypenames: ['Connection'] };
  const watched = client
    .query(ConnectionPageDocument, variables, context)
    .subscribe(({ data }: OperationResult<ConnectionPageQuery>) => {
      if (data) onPage(data.connections);
    });
  return () => watched.unsubscribe();
}

/** Reads one connection. Null when there is none. @throws Error when it could not be read. */
export async function readConnection(client: Client, id: string) {
  const { data, error } = await client.query(ConnectionByIdDocument, { id }).toPromise();
  if (error) throw error;
  return data?.node?.__typename === 'Connection' ? data.node : null;
}

/** Creates a connection. Returns what a form shows; null after a success. @throws Error without an answer of the gateway. */
export async function createConnection(client: Client, input: CreateConnectionInput): Promise<Problems | null> {
  const { data, error } = await client.mutation(CreateConnectionDocument, { input }).toPromise();
  if (!data) throw error ?? new Error('The gateway gave no answer.');
  return problemsOf(data.createConnection);
}

/** Deletes a connection. The pages that are watched are read again. @throws Error without an answer of the gateway. */
export async function deleteConnection(client: Client, id: string): Promise<boolean> {
  // The answer holds no connection, so the cache is told what it is about.
  const context = { additionalTypenames: ['Connection'] };
  const { data, error } = await client.mutation(DeleteConnectionDocument, { input: { id } }, context).toPromise();
  if (!data) throw error ?? new Error('The gateway gave no answer.');
  return data.deleteConnection.__typename === 'DeleteConnectionSuccess';
}
