// Sends mutations. React keeps neither their variables, which may hold secrets, nor their results.
import { useCallback } from 'react';
import { useClient, type CombinedError, type TypedDocumentNode } from 'urql';

/** The answer to a mutation: its data, or why there is none. */
export type Sent<Data> =
  { readonly data: Data; readonly error?: undefined } | { readonly data?: undefined; readonly error: CombinedError };

/**
 * Returns a function that sends a mutation. Unlike `useMutation` of urql, nothing keeps the variables after the answer.
 * The function never throws.
 */
export function useSend() {
  const client = useClient();
  return useCallback(
    async <Data, Variables extends object>(
      document: TypedDocumentNode<Data, Variables>,
      variables: Variables,
    ): Promise<Sent<Data>> => {
      const { data, error } = await client.mutation<Data, Variables>(document, variables).toPromise();
      if (data) return { data };
      if (error) return { error };
      throw new Error('The answer has neither data nor an error.');
    },
    [client],
  );
}
