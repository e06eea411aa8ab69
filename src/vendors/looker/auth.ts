// Authenticates requests to Looker: logs in with client id and client secret for a token that is valid for an hour, and shares it
// among all calls.
import type { HttpClient } from '../../http/client.ts';
import { failureToError, HttpFailure } from '../../http/failures.ts';
import type { HttpAnswer } from '../../http/request.ts';
import type { Credential } from '../../secrets/credential.ts';
import { badAnswer, credentialsRejected, statusToError } from '../send-and-parse.ts';
import type { Auth } from '../auth.ts';
import { lookerNotFoundWire, lookerTokenWire } from './wire.ts';

export interface LookerCredentials {
  readonly clientId: Credential;
  readonly clientSecret: Credential;
}

interface Token {
  readonly authorization: string;
  /** In ms since 1970. */
  readonly expiresAt: number;
}

/** A token counts as expired this many ms early, so that it does not expire while a request is on its way. */
const MARGIN_MS = 10_000;

/** Sends one login. A failed login is never an unknown outcome, since no request was sent before it. */
async function sendLogin(
  http: HttpClient,
  { clientId, clientSecret }: LookerCredentials,
  label: string,
): Promise<HttpAnswer> {
  const form = new URLSearchParams({
    client_id: clientId.current().reveal(),
    client_secret: clientSecret.current().reveal(),
  });
  try {
    // The kind with the shortest deadline: all later calls wait for this login.
    return await http.send({ kind: 'list', method: 'POST', path: '/login', body: { form } });
  } catch (error) {
    throw error instanceof HttpFailure ? failureToError(error, label, null) : error;
  }
}

/** Looker answers 404 for a wrong id or secret. Another server, or another path, answers 404 without Looker's JSON. */
const isRefused = ({ status, json }: HttpAnswer): boolean =>
  status === 401 || (status === 404 && lookerNotFoundWire.safeParse(json).success);

/** Returns the token in the answer to a login. @throws VendorError when Looker refuses the login or the answer has no token. */
function tokenIn(answer: HttpAnswer, label: string): Token {
  if (isRefused(answer)) throw credentialsRejected(label, { status: answer.status });
  const context = { label, verifyOutcome: null };
  if (answer.status !== 200) throw statusToError(answer, context);
  const body = lookerTokenWire.safeParse(answer.json);
  if (!body.success || !/^[\x21-\x7e]+$/.test(body.data.access_token)) throw badAnswer(answer, context);
  return {
    authorization: `Bearer ${body.data.access_token}`,
    expiresAt: Date.now() + body.data.expires_in * 1000 - MARGIN_MS,
  };
}

/** Returns how requests to one Looker are authenticated. `label` names the instance in messages. */
export function createAuth(http: HttpClient, credentials: LookerCredentials, label: string): Auth {
  const { clientId, clientSecret } = credentials;
  /** The current token, or the login in flight. */
  let token: Promise<Token> | null = null;

  async function logIn(): Promise<Token> {
    let answer = await sendLogin(http, credentials, label);
    if (isRefused(answer)) {
      const reloads = await Promise.all([clientId.reload(), clientSecret.reload()]);
      if (reloads.includes(true)) answer = await sendLogin(http, credentials, label);
    }
    return tokenIn(answer, label);
  }

  function currentToken(): Promise<Token> {
    if (token) return token;
    const login = logIn();
    token = login;
    // A failed login is not cached.
    login.catch(() => {
      if (token === login) token = null;
    });
    return login;
  }

  return {
    headers: async () => {
      const cached = token;
      if (cached && (await cached).expiresAt <= Date.now() && token === cached) token = null;
      return { authorization: (await currentToken()).authorization };
    },
    replaceRefused: async (refused) => {
      // The next call of `headers` logs in. Of several calls that were refused with one token, the first drops it and all share that login.
      const cached = token;
      if (cached && (await cached).authorization === refused['authorization'] && token === cached) token = null;
      return true;
    },
    credentials: () => [clientId.current(), clientSecret.current()],
  };
}
