// An issuer of JWTs: its keys, its tokens, and an HTTP server on the loopback interface that serves the keys.
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from 'jose';

export const ISSUER = 'https://issuer.example';
export const AUDIENCE = 'patchbay';
/** The time at which the tests begin, in milliseconds. */
export const START = Date.parse('2026-05-01T10:00:00Z');

export interface IssuerKey {
  readonly kid: string;
  readonly algorithm: string;
  readonly privateKey: CryptoKey;
  /** The public key, as an issuer publishes it. */
  readonly jwk: JWK;
}

export async function makeKey(kid: string, algorithm = 'RS256'): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { kid, algorithm, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: algorithm, use: 'sig' } };
}

/** Returns the claims of a valid token. Its name is long enough to be found in a text. */
export const claimsAt = (time: number): JWTPayload => ({
  iss: ISSUER,
  aud: AUDIENCE,
  sub: 'reports-of-the-night',
  scope: 'connections:read',
  exp: time / 1000 + 600,
});

export const sign = async (key: IssuerKey, claims: JWTPayload, kid: string | null = key.kid): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, ...(kid === null ? {} : { kid }) }).sign(key.privateKey);

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Returns a signed token whose header has this `typ`. */
export const signAs = async (typ: string, key: IssuerKey, claims: JWTPayload): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ }).sign(key.privateKey);

/** Returns a JWT whose header and signature are made by hand. */
export const forge = (header: object, claims: JWTPayload, signature: (signed: string) => string): string => {
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${signature(signed)}`;
};

export interface IssuerServer {
  readonly url: string;
  /** The paths of all requests. */
  readonly paths: string[];
  /** Answers each later request. */
  answer: (response: ServerResponse) => void;
  /** Answers each later request with these keys. */
  readonly publish: (...keys: readonly IssuerKey[]) => void;
  readonly close: () => Promise<void>;
}

export async function startIssuer(...keys: readonly IssuerKey[]): Promise<IssuerServer> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? '');
    issuer.answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer: IssuerServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    paths,
    answer: () => {},
    publish: (...published) => {
      issuer.answer = (response) => response.end(JSON.stringify({ keys: published.map(({ jwk }) => jwk) }));
    },
    close: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  issuer.publish(...keys);
  return issuer;
}
