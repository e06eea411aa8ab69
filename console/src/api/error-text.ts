// What to tell when a request has no data.
import type { CombinedError } from 'urql';
import { texts } from '../texts.ts';

/** Returns why a request failed, as a sentence: the gateway's own message, or that the gateway could not be reached. */
export function errorText({ networkError, graphQLErrors }: CombinedError): string {
  const [first] = graphQLErrors;
  if (first) return first.message;
  return networkError ? texts.errors.unreachable : texts.errors.unknown;
}
