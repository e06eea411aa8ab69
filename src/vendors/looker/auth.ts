// Looker's login: client id and secret for a token that lives an hour. One login serves any number of calls.
import type { Credential } from '../../secrets/credential.ts';
import type { HttpClient } from '../../http/client.ts';
import type { HttpAnswer } from '../../http/request.ts';
import { failureToError, HttpFailure } from '../../http/failures.ts';
import type { Auth } from '../auth.ts';
import { badAnswer, credentialsRejected, statusToError } from '../ask.ts';
import { lookerTokenWire } from './wire.ts';

export interface LookerCredentials {
  readonly clientId: Credential;
  readonly clientSecret: Credential;
}

interface Token {
  readonly authorization: string;
  readonly expiresAt: number;
}

/** Taken as expired this early, so that a token does not end on the way. */
const MARGIN_MS = 10_000;

export function createLookerAuth(http: HttpClient, { clientId, clientSecret }: LookerCredentials, who: string): Auth {
  let token: Promise<Token> | null = null;

  async function askForToken(): Promise<HttpAnswer> {
    const form = new URLSearchParams({
      client_id: clientId.current().reveal(),
      client_secret: clientSecret.current().reveal(),
    });
    try {
      // The shortest deadline: all later calls wait for this login, and one that hangs must not outlive the first of them.
      return await http.send({ kind: 'list', method: 'POST', path: '/login', body: { form } });
    } catch (error) {
      // Nothing is done before a login: a failed one is never an unknown outcome.
      throw error instanceof HttpFailure ? failureToError(error, who, null) : error;
    }
  }

  const reload = async (): Promise<boolean> => {
    const changed = await Promise.all([clientId.reload(), clientSecret.reload()]);
    return changed.includes(true);
  };

  async function logIn(): Promise<Token> {
    let answer = await askForToken();
    // Looker says 404 for a wrong id or secret.
    const isRefused = () => answer.status === 404 || answer.status === 401;
    if (isRefused() && (await reload())) answer = await askForToken();
    if (isRefused()) throw credentialsRejected(who, { status: answer.status });
    const asked = { label: who, verifyOutcome: null };
    if (answer.status !== 200) throw statusToError(answer, asked);
    const body = lookerTokenWire.safeParse(answer.json);
    if (!body.success || !/^[\x21-\x7e]+$/.test(body.data.access_token)) throw badAnswer(answer, asked);
    return {
      authorization: `Bearer ${body.data.access_token}`,
      expiresAt: Date.now() + body.data.expires_in * 1000 - MARGIN_MS,
    };
  }

  /** The token in use, or the login under way; a failed login is not kept. */
  function current(): Promise<Token> {
    if (token) return token;
    const login = logIn();
    token = login;
    login.catch(() => {
      if (token === login) token = null;
    });
    return login;
  }

  return {
    headers: async () => {
      const held = token;
      if (held && (await held).expiresAt <= Date.now() && token === held) token = null;
      return { authorization: (await current()).authorization };
    },
    renew: async (refused) => {
      // Of many calls that were refused with one token, the first drops it and all share the next login.
      const held = token;
      if (held && (await held).authorization === refused['authorization'] && token === held) token = null;
      return true;
    },
    credentials: () => [clientId.current(), clientSecret.current()],
  };
}
