// Sends requests with an instance's credentials, and sends a refused request once more when there are newer credentials. A vendor's
// text is wrapped here together with those credentials, because a vendor may quote them.
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
  /**
   * Makes `headers` return newer credentials than those that the vendor refused. A key is read from its file again; a token is
   * dropped, so that the next call of `headers` logs in. Returns false when there are no newer credentials.
   */
  replaceRefused(refused: Headers, call: Call): Promise<boolean>;
  /** Returns the configured credentials that the headers are made of. */
  credentials(): readonly Secret[];
}

/** Returns the authentication by a key in the Authorization header. A refused key that comes from a file is read again. */
export const keyAuth = (credential: Credential, scheme: string): Auth => {
  const authorization = () => `${scheme} ${credential.current().reveal()}`;
  return {
    headers: async () => ({ authorization: authorization() }),
    replaceRefused: async (refused) => {
      // Another call may have read the new key in the meantime.
      if (authorization() !== refused['authorization']) return true;
      return credential.reload();
    },
    credentials: () => [credential.current()],
  };
};

/** Wraps a text of the vendor. Returns null when there is none. */
type ToVendorText = (text: unknown) => VendorText | null;

/** A vendor's answer to an authenticated request. */
export interface VendorReply extends HttpAnswer {
  /** The vendor text in a refusal; null when there is none. */
  readonly vendorText?: VendorText | null;
  /** Wraps another text of this answer. */
  readonly toVendorText?: ToVendorText;
}

/** Sends a request and returns the answer, whatever its status. @throws HttpFailure when no answer arrives. */
export type Send = (request: HttpRequest) => Promise<VendorReply>;

/** Returns the vendor text in the JSON of a refusal. */
export type VendorTextIn = (json: unknown) => unknown;

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

const toReply = (answer: HttpAnswer, credentials: readonly Secret[], vendorTextIn: VendorTextIn): VendorReply => {
  const toVendorText: ToVendorText = (text) =>
    typeof text === 'string' && text !== '' ? new VendorText(text, credentials) : null;
  return { ...answer, vendorText: answer.status > 299 ? toVendorText(vendorTextIn(answer.json)) : null, toVendorText };
};

/** Returns whether the vendor answers that it refuses the credentials. */
export const isUnauthorized = ({ status }: HttpAnswer): boolean => status === 401;

/**
 * Returns a `Send` that authenticates requests. It sends a request once more when the vendor refuses the credentials and newer
 * credentials exist.
 * @param isRefusal checks whether an answer refuses the credentials.
 * @param vendorTextIn returns the vendor text in a refusal; by default there is none.
 */
export const createAuthenticatedSend =
  (
    http: HttpClient,
    auth: Auth,
    isRefusal: (answer: HttpAnswer) => boolean,
    vendorTextIn: VendorTextIn = () => null,
  ): Send =>
  async (request) => {
    const call = { signal: request.signal };
    // The login and both attempts share one deadline.
    const deadline = request.deadline ?? http.deadline(request.kind);
    const attempt = async (headers: Headers) =>
      http.send({ ...request, deadline, headers: { ...request.headers, ...headers } });
    const headers = await withDeadline(deadline, auth.headers(call));
    const credentials = secretsOf(auth, headers);
    const answer = await attempt(headers);
    if (!isRefusal(answer) || !(await withDeadline(deadline, auth.replaceRefused(headers, call)))) {
      return toReply(answer, credentials, vendorTextIn);
    }
    const renewed = await withDeadline(deadline, auth.headers(call));
    return toReply(await attempt(renewed), [...credentials, ...secretsOf(auth, renewed)], vendorTextIn);
  };
