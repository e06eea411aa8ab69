// Sends requests with an instance's credentials, and sends a refused request once more when there are newer credentials. A vendor's
// words are wrapped here together with those credentials, because a vendor may quote them.
import type { Credential } from '../secrets/credential.ts';
import { Secret } from '../secrets/secret.ts';
import { VendorText } from '../secrets/vendor-text.ts';
import type { Call } from '../domain/instance.ts';
import type { HttpClient } from '../http/client.ts';
import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import { rejectOnAbort } from '../http/reject-on-abort.ts';
import { HttpFailure } from '../http/failures.ts';

type Headers = Readonly<Record<string, string>>;

/** How requests to one instance are authenticated. */
export interface Auth {
  /** Returns the headers that authenticate a request. */
  headers(call: Call): Promise<Headers>;
  /** Checks, after a refusal, whether there are newer credentials than those that were sent. It may fetch them. */
  renew(refused: Headers, call: Call): Promise<boolean>;
  /** Returns the configured credentials that the headers are made of. */
  credentials(): readonly Secret[];
}

/** Returns the authentication by a key in the Authorization header. A refused key that comes from a file is read again. */
export const keyAuth = (credential: Credential, scheme: string): Auth => {
  const authorization = () => `${scheme} ${credential.current().reveal()}`;
  return {
    headers: async () => ({ authorization: authorization() }),
    renew: async (refused) => {
      // Another call may have read the new key in the meantime.
      if (authorization() !== refused['authorization']) return true;
      return credential.reload();
    },
    credentials: () => [credential.current()],
  };
};

/** Wraps a text of the vendor; null when there is none. */
type Quote = (text: unknown) => VendorText | null;

/** A vendor's answer to an authenticated request. */
export interface VendorReply extends HttpAnswer {
  /** The vendor's words in a refusal; null when there are none. */
  readonly words?: VendorText | null;
  /** Wraps another text of this answer. */
  readonly quote?: Quote;
}

/** Sends a request and returns the answer, whatever its status. @throws HttpFailure when no answer arrives. */
export type Send = (request: HttpRequest) => Promise<VendorReply>;

/** Returns the vendor's words in the JSON of a refusal. */
export type WordsIn = (json: unknown) => unknown;

/** Returns the result of a promise. @throws HttpFailure when the deadline ends first. The request has not been sent then. */
const withDeadline = <T>(deadline: AbortSignal, result: Promise<T>): Promise<T> => {
  const { rejected, stopListening } = rejectOnAbort(
    deadline,
    () => new HttpFailure('TIMEOUT', { mayHaveArrived: false }),
  );
  return Promise.race([result, rejected]).finally(stopListening);
};

/** Returns all secrets of a request: the configured credentials, and the values of the headers without their scheme. */
const secretsOf = (auth: Auth, headers: Headers): Secret[] => [
  ...auth.credentials(),
  ...Object.values(headers).map((header) => new Secret(header.replace(/^\w+ /, ''))),
];

const toReply = (answer: HttpAnswer, credentials: readonly Secret[], wordsIn: WordsIn): VendorReply => {
  const quote: Quote = (text) => (typeof text === 'string' && text !== '' ? new VendorText(text, credentials) : null);
  return { ...answer, words: answer.status > 299 ? quote(wordsIn(answer.json)) : null, quote };
};

/**
 * Returns a `Send` that authenticates requests. It sends a request once more when the vendor refuses the credentials and there are
 * newer ones.
 * @param isRefusal checks whether an answer refuses the credentials.
 * @param wordsIn returns the vendor's words in a refusal; by default none are shown.
 */
export const createSend =
  (http: HttpClient, auth: Auth, isRefusal: (answer: HttpAnswer) => boolean, wordsIn: WordsIn = () => null): Send =>
  async (request) => {
    const call = { signal: request.signal };
    // The login and both attempts share one deadline.
    const deadline = request.deadline ?? http.deadline(request.kind);
    const attempt = async (headers: Headers) =>
      http.send({ ...request, deadline, headers: { ...request.headers, ...headers } });
    const headers = await withDeadline(deadline, auth.headers(call));
    const credentials = secretsOf(auth, headers);
    const answer = await attempt(headers);
    if (!isRefusal(answer) || !(await withDeadline(deadline, auth.renew(headers, call)))) {
      return toReply(answer, credentials, wordsIn);
    }
    const renewed = await withDeadline(deadline, auth.headers(call));
    return toReply(await attempt(renewed), [...credentials, ...secretsOf(auth, renewed)], wordsIn);
  };
