// How far the run of a rotation is. The gateway is asked by the idempotency key of the run, because the mutation answers at its end.
import { useEffect, useState } from 'react';
import { useClient } from 'urql';
import { RotationProgressDocument, type OperationTargetState } from '../generated/graphql.ts';

/** What is known of the write at each connection, by the id of the connection. */
export type Progress = ReadonlyMap<string, OperationTargetState>;

const NOTHING_KNOWN: Progress = new Map();

/** The pause between an answer and the next question. */
const PAUSE_MS = 1000;

const waitFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Returns what is known, and asks again while the run goes on. A question that fails is asked again too.
 * @param idempotencyKey the key of a run that goes on; null while nothing runs.
 */
export function useProgress(idempotencyKey: string | null): Progress {
  const client = useClient();
  const [progress, setProgress] = useState(NOTHING_KNOWN);
  useEffect(() => {
    if (idempotencyKey === null) return undefined;
    const run = new AbortController();
    const ask = async () => {
      while (!run.signal.aborted) {
        const question = client.query(RotationProgressDocument, { idempotencyKey }, { requestPolicy: 'network-only' });
        const { data } = await question.toPromise();
        const targets = data?.operation?.targets ?? [];
        if (!run.signal.aborted && targets.length > 0) {
          setProgress(new Map(targets.map(({ connectionId, state }) => [connectionId ?? '', state])));
        }
        await waitFor(PAUSE_MS);
      }
    };
    void ask();
    return () => run.abort();
  }, [client, idempotencyKey]);
  return progress;
}
