// A real OpenID provider on the loopback interface: a service gets an access token with its client credentials, and queries the gateway
// with it. The provider rotates its keys, and stops.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';

const AUDIENCE = 'https://patchbay.example';
const CLIENT = { id: 'nightly-reports', secret: 'client-secret-of-the-test' };
const SCOPES = 'connections:read connections:test@omni';
const QUERY = '{ viewer { name scopes } connections(first: 1, filter: { instance: ["looker"] }) { totalCount } }';

async function makeKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' };
}

let server: Server;
let issuer: string;
/** Handles the requests to the provider. A provider has its keys for its whole life, so a rotation makes another. */
let provider: Provider;
let time = Date.now();
let gateway: TestGateway;

const createProvider = (...keys: readonly JWK[]): Provider =>
  new Provider(issuer, {
    jwks: { keys: [...keys] },
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        grant_types: ['client_credentials'],
        id_token_signed_response_alg: 'ES256',
        redirect_uris: [],
        response_types: [],
      },
    ],
    scopes: SCOPES.split(' '),
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: SCOPES,
          audience: AUDIENCE,
          accessTokenTTL: 3600,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  });

/** Returns an access token for the client. */
async function getToken(scope = SCOPES): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${CLIENT.id}:${CLIENT.secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: AUDIENCE, scope }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (body.access_token === undefined) throw new Error(JSON.stringify(body));
  return body.access_token;
}

const askWith = async (token: string) => gateway.ask(QUERY, {}, { authorization: `Bearer ${token}` });

beforeAll(async () => {
  server = createServer((request, response) => {
    provider.callback()(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const jwt = { issuer, audience: AUDIENCE, algorithms: ['ES256'], jwksUrl: `${issuer}/jwks`, nameClaim: 'client_id' };
  gateway = await startTestGateway({ auth: { mode: 'jwt', jwt }, createGateway: { clock: () => time } });
});
afterAll(async () => {
  await gateway.close();
  server.closeAllConnections();
  if (server.listening) server.close();
});

it('a service with client credentials queries the gateway, also while keys are rotated and when the provider is stopped', async () => {
  const [first, second] = [await makeKey('first'), await makeKey('second')];
  provider = createProvider(first);
  const token = await getToken();
  const { status, data } = await askWith(token);
  expect(status).toBe(200);
  expect(data).toEqual({
    viewer: { name: 'nightly-reports', scopes: ['connections:read', 'connections:test@omni'] },
    connections: { totalCount: 15 },
  });

  // The provider signs with a new key, and still publishes the old one.
  provider = createProvider(second, first);
  time += 30_000;
  const renewed = await getToken('connections:read');
  expect((await askWith(renewed)).data.viewer.scopes).toEqual(['connections:read']);
  expect((await askWith(token)).status).toBe(200);

  // The old key is removed.
  provider = createProvider(second);
  time += 600_001;
  expect((await askWith(renewed)).status).toBe(200);
  expect((await askWith(token)).status).toBe(401);

  const unknown = await (async () => {
    provider = createProvider(await makeKey('third'));
    return getToken();
  })();
  server.closeAllConnections();
  server.close();
  time += 600_001;
  expect((await askWith(renewed)).status).toBe(200);
  const refused = await askWith(unknown);
  expect([refused.status, refused.errors?.[0]?.message]).toEqual([401, 'The key of the token is not known.']);
});
