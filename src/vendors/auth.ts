// Signing in with a key that goes into every request, and the one second try when a vendor refuses it.
import type { Credential } from '../domain/credential.ts';
import type { Call } from '../domain/vendor.ts';
import type { HttpClient } from '../http/client.ts';
import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import { failWhen } from '../http/fail-when.ts';
import { HttpFailure } from '../http/failures.ts';

type Headers = Readonly<Record<string, string>>;

export interface Auth {
  headers(call: Call): Promise<Headers>;
  /** After a refusal: whether there is something newer to try than what was sent. */
  renew(refused: Headers, call: Call): Promise<boolean>;
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
  };
};

export type Send = (request: HttpRequest) => Promise<HttpAnswer>;

/** What is there before the deadline; until then nothing was sent. */
const before = <T>(deadline: AbortSignal, result: Promise<T>): Promise<T> => {
  const { over, letGo } = failWhen(deadline, () => new HttpFailure('TIMEOUT', { mayHaveArrived: false }));
  return Promise.race([result, over]).finally(letGo);
};

/** Sends with credentials; when they are refused and newer ones are to be had, once more with those. */
export const createSend =
  (http: HttpClient, auth: Auth, isRefusal: (answer: HttpAnswer) => boolean): Send =>
  async (request) => {
    const call = { signal: request.signal };
    // One for all of it: a login that is slow leaves the request less time.
    const deadline = request.deadline ?? http.deadline(request.kind);
    const attempt = async (headers: Headers) =>
      http.send({ ...request, deadline, headers: { ...request.headers, ...headers } });
    const headers = await before(deadline, auth.headers(call));
    const answer = await attempt(headers);
    if (!isRefusal(answer) || !(await before(deadline, auth.renew(headers, call)))) return answer;
    return attempt(await before(deadline, auth.headers(call)));
  };
