// Signing in with a key that goes into every request, and the one second try when a vendor refuses it. What a vendor says is
// wrapped here together with what the gateway signed in with, which it may quote.
import type { Credential } from '../secrets/credential.ts';
import { Secret } from '../secrets/secret.ts';
import { VendorText } from '../secrets/vendor-text.ts';
import type { Call } from '../domain/vendor.ts';
import type { HttpClient } from '../http/client.ts';
import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import { rejectOnAbort } from '../http/reject-on-abort.ts';
import { HttpFailure } from '../http/failures.ts';

type Headers = Readonly<Record<string, string>>;

export interface Auth {
  headers(call: Call): Promise<Headers>;
  /** After a refusal: whether there is something newer to try than what was sent. */
  renew(refused: Headers, call: Call): Promise<boolean>;
  /** The credentials by which it comes to its headers. */
  credentials(): readonly Secret[];
}

/** A key in the Authorization header; read again once when it came from a file and was refused. */
export const keyAuth = (credential: Credential, scheme: string): Auth => {
  const authorization = () => `${scheme} ${credential.current().reveal()}`;
  return {
    headers: async () => ({ authorization: authorization() }),
    renew: async (refused) => {
      // Another call may have read the new key while this one was under way.
      if (authorization() !== refused['authorization']) return true;
      return credential.reload();
    },
    credentials: () => [credential.current()],
  };
};

/** A text of a vendor's, wrapped; null for none. */
type Quote = (text: unknown) => VendorText | null;

/** An answer, with the vendor's words in it where it is a refusal of what was asked, and not of a login on the way. */
export interface VendorReply extends HttpAnswer {
  readonly words?: VendorText | null;
  readonly quote?: Quote;
}

export type Send = (request: HttpRequest) => Promise<VendorReply>;

/** Where in the JSON of a refusal the vendor's words are. */
export type WordsIn = (json: unknown) => unknown;

/** What is there before the deadline; until then nothing was sent. */
const before = <T>(deadline: AbortSignal, result: Promise<T>): Promise<T> => {
  const { rejected, stopListening } = rejectOnAbort(
    deadline,
    () => new HttpFailure('TIMEOUT', { mayHaveArrived: false }),
  );
  return Promise.race([result, rejected]).finally(stopListening);
};

/** What was signed in with: the credentials, and what the header has behind the word for its scheme. */
const signedWith = (auth: Auth, headers: Headers): Secret[] => [
  ...auth.credentials(),
  ...Object.values(headers).map((header) => new Secret(header.replace(/^\w+ /, ''))),
];

const toReply = (answer: HttpAnswer, credentials: readonly Secret[], wordsIn: WordsIn): VendorReply => {
  const quote: Quote = (text) => (typeof text === 'string' && text !== '' ? new VendorText(text, credentials) : null);
  return { ...answer, words: answer.status > 299 ? quote(wordsIn(answer.json)) : null, quote };
};

/**
 * Sends with credentials; when they are refused and newer ones are to be had, once more with those.
 * @param wordsIn a vendor without one is never quoted in its refusals.
 */
export const createSend =
  (http: HttpClient, auth: Auth, isRefusal: (answer: HttpAnswer) => boolean, wordsIn: WordsIn = () => null): Send =>
  async (request) => {
    const call = { signal: request.signal };
    // One for all of it: a login that is slow leaves the request less time.
    const deadline = request.deadline ?? http.deadline(request.kind);
    const attempt = async (headers: Headers) =>
      http.send({ ...request, deadline, headers: { ...request.headers, ...headers } });
    const headers = await before(deadline, auth.headers(call));
    const credentials = signedWith(auth, headers);
    const answer = await attempt(headers);
    if (!isRefusal(answer) || !(await before(deadline, auth.renew(headers, call)))) {
      return toReply(answer, credentials, wordsIn);
    }
    const renewed = await before(deadline, auth.headers(call));
    return toReply(await attempt(renewed), [...credentials, ...signedWith(auth, renewed)], wordsIn);
  };
