// Reads the list page by page, by cursors.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useClient, type CombinedError } from 'urql';
import { authorization } from '../api/session.ts';
import { ConnectionListDocument, type ConnectionListQuery, type ConnectionRowFragment } from '../generated/graphql.ts';
import { variablesOf, type View } from './view.ts';

type Page = ConnectionListQuery['connections'];

/** The part of the list that was read. */
export interface Pages {
  readonly rows: readonly ConnectionRowFragment[];
  /** How many connections the whole list has. Null when an instance could not be read. */
  readonly totalCount: number | null;
  readonly sources: Page['sources'];
  readonly unsearchable: Page['unsearchable'];
  readonly hasMore: boolean;
}

type Variables = ReturnType<typeof variablesOf>;

/** The answer to the latest request. */
interface State {
  /** The filter and the order of the answer; null before the first one. */
  readonly variables: Variables | null;
  readonly pages: Pages | null;
  readonly cursor: string | null;
  readonly error: CombinedError | undefined;
}

const NOTHING: State = { variables: null, pages: null, cursor: null, error: undefined };

/** The most that the gateway returns at once. */
const PAGE_SIZE = 200;

/** Makes the gateway ask the vendors again instead of using a cached list. */
const FRESH = {
  requestPolicy: 'network-only' as const,
  fetchOptions: () => ({ headers: { ...authorization(), 'cache-control': 'no-cache' } }),
};

function append(before: Pages | null, { nodes, totalCount, sources, unsearchable, pageInfo }: Page): Pages {
  return {
    rows: [...(before?.rows ?? []), ...nodes],
    totalCount: totalCount ?? null,
    sources,
    unsearchable,
    hasMore: pageInfo.hasNextPage,
  };
}

/** Reads the list of a view. The rows of the view before stay until those of the new one arrive. */
export function usePages(view: View) {
  const client = useClient();
  const [state, setState] = useState(NOTHING);
  const [isWaiting, setIsWaiting] = useState(false);
  const { text, host, vendor, instance, dialect, order, isDescending } = view;
  const variables = useMemo(
    () => variablesOf({ text, host, vendor, instance, dialect, order, isDescending }),
    [text, host, vendor, instance, dialect, order, isDescending],
  );
  /** Only the answer to the latest request counts. */
  const latest = useRef(0);

  const read = useCallback(
    async (before: Pages | null, after: string | null, isFresh: boolean) => {
      const request = ++latest.current;
      const asked = { ...variables, first: PAGE_SIZE, after };
      const { data, error } = await client.query(ConnectionListDocument, asked, isFresh ? FRESH : {}).toPromise();
      if (request !== latest.current) return;
      setIsWaiting(false);
      const page = data?.connections;
      setState((last) =>
        page
          ? { variables, pages: append(before, page), cursor: page.pageInfo.endCursor ?? null, error: undefined }
          : { ...last, variables, error },
      );
    },
    [client, variables],
  );

  useEffect(() => void read(null, null, false), [read]);

  const { pages, cursor, error } = state;
  const isReading = isWaiting || state.variables !== variables;
  const readMore = useCallback(() => {
    if (isReading || error || !pages?.hasMore) return;
    setIsWaiting(true);
    void read(pages, cursor, false);
  }, [read, pages, cursor, error, isReading]);
  const readAgain = useCallback(() => {
    setIsWaiting(true);
    void read(null, null, true);
  }, [read]);
  return { pages, error, isReading, readMore, readAgain };
}
