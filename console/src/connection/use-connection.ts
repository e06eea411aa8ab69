// Reads one connection.
import { useQuery } from 'urql';
import { ReadConnectionDocument, type ReadConnectionQuery } from '../generated/graphql.ts';

export type Connection = NonNullable<ReadConnectionQuery['connection']>;

/** Reads a connection: undefined until it is read, null when there is none. */
export function useConnection(id: string) {
  const [{ data, error }, ask] = useQuery({ query: ReadConnectionDocument, variables: { id } });
  const readAgain = () => ask({ requestPolicy: 'network-only' });
  return { connection: error ? undefined : data?.connection, error, readAgain };
}
