// Sends one mutation at a time: while an answer is awaited, nothing more is sent.
import { useRef, useState } from 'react';
import type { TypedDocumentNode } from 'urql';
import { useSend, type Sent } from './send.ts';

/** Returns a function that sends a mutation, or returns null while an answer is awaited; and whether one is. */
export function useSendOnce() {
  const send = useSend();
  const [isBusy, setIsBusy] = useState(false);
  // The second click of a double click comes before the button is disabled.
  const isSending = useRef(false);
  const sendOnce = async <Data, Variables extends object>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Sent<Data> | null> => {
    if (isSending.current) return null;
    isSending.current = true;
    setIsBusy(true);
    const answer = await send(document, variables);
    isSending.current = false;
    setIsBusy(false);
    return answer;
  };
  return { sendOnce, isBusy };
}
