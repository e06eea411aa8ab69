// The Looker sandbox: login, logout, versions and connections of Looker's API 4.0, written from the vendor's documents.
import { randomBytes } from 'node:crypto';
import { firstConnections, type StoredConnection } from './data.ts';
import { documentation_url, isObject, isUnset, type Json, parsed, refusal, refusalOf } from './rules.ts';
import { keep, merged, secretsIn } from './store.ts';
import { isInternal, testResults } from './connection-tests.ts';
import { showChosen, showConnection } from './view.ts';
import type { SandboxRequest, SandboxResponse, SandboxVendor } from '../server.ts';

export const lookerCredentials = { clientId: 'sandbox-looker-client', clientSecret: 'sandbox-looker-secret' };

const base = '/api/4.0';
const tokenSeconds = 3600;

const fail = (status: number, message: string): SandboxResponse => ({ status, body: { message, documentation_url } });
const badRequest = fail(400, 'Bad Request');
const forbidden = fail(403, 'Forbidden');
const notFound = fail(404, 'Not found');
const taken = fail(409, 'Resource Already Exists');

function versions({ headers }: SandboxRequest): SandboxResponse {
  const origin = `http://${headers['host']}`;
  const swagger_url = `${origin}${base}/swagger.json`;
  const current = { version: '4.0', full_version: '4.0.26.12', status: 'current', swagger_url };
  return {
    status: 200,
    body: {
      looker_release_version: '26.12.3',
      current_version: current,
      supported_versions: [current],
      api_server_url: origin,
      web_server_url: origin,
    },
  };
}

const percentDecoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

const hasType = ({ headers }: SandboxRequest, type: string): boolean =>
  headers['content-type']?.split(';')[0]?.trim().toLowerCase() === type;

const bodyOf = (request: SandboxRequest): Json | undefined => {
  const body = hasType(request, 'application/json') ? parsed(request.body.toString()) : undefined;
  return isObject(body) ? body : undefined;
};

function getOne(found: StoredConnection, { query }: SandboxRequest): SandboxResponse {
  const body = showChosen([found], query)?.[0];
  return body === undefined ? badRequest : { status: 200, body };
}

function test(connection: StoredConnection, { query }: SandboxRequest): SandboxResponse {
  if (isInternal(connection)) return refusal('connection_name', 'invalid', 'Internal connections cannot be tested.');
  return { status: 200, body: testResults(connection, query.get('tests')) };
}

/** Tests settings without saving them. They need no name. */
function testConfig(request: SandboxRequest): SandboxResponse {
  const body = bodyOf(request);
  if (body === undefined) return badRequest;
  // The real server calls the missing field `dialect` here.
  if (isUnset(body['dialect_name'])) return refusal('dialect', 'missing_field', 'This field is required.');
  const unsaved = { ...body, name: 'unsaved' };
  return refusalOf(unsaved) ?? test(keep(unsaved, { upkeep: {} }), request);
}

/** The clock can be replaced, so that a test can let a token expire. */
interface LookerOptions {
  readonly now?: () => number;
}

const tokenOf = ({ headers }: SandboxRequest): string =>
  /^(?:token|bearer) (\S+)$/i.exec(headers['authorization'] ?? '')?.[1] ?? '';

/** Returns the access tokens, with the operations that create, check and delete them. */
function createTokens(now: () => number) {
  const tokenEnds = new Map<string, number>();

  const login = (request: SandboxRequest): SandboxResponse => {
    const form = new URLSearchParams(request.body.toString());
    const isKnown =
      hasType(request, 'application/x-www-form-urlencoded') &&
      form.get('client_id') === lookerCredentials.clientId &&
      form.get('client_secret') === lookerCredentials.clientSecret;
    // Looker answers 404, not 401, for unknown credentials.
    if (!isKnown) return notFound;
    const access_token = randomBytes(20).toString('hex');
    tokenEnds.set(access_token, now() + tokenSeconds * 1000);
    return { status: 200, body: { access_token, token_type: 'Bearer', expires_in: tokenSeconds, refresh_token: null } };
  };

  return {
    login,
    isValid: (request: SandboxRequest): boolean => (tokenEnds.get(tokenOf(request)) ?? 0) > now(),
    logout: (request: SandboxRequest): SandboxResponse => {
      tokenEnds.delete(tokenOf(request));
      return { status: 204 };
    },
  };
}

/** Returns the connections, with the operations on them. */
function createStore(now: () => number) {
  const connections = new Map(firstConnections.map((connection) => [connection.name, connection]));

  const list = ({ query }: SandboxRequest): SandboxResponse => {
    const body = showChosen([...connections.values()], query);
    return body === undefined ? badRequest : { status: 200, body };
  };

  const create = (request: SandboxRequest): SandboxResponse => {
    const body = bodyOf(request);
    if (body === undefined) return badRequest;
    const problem = refusalOf(body);
    if (problem !== undefined) return problem;
    const connection = keep(body, { upkeep: { created_at: new Date(now()).toISOString().replace('Z', '+00:00') } });
    if (connections.has(connection.name)) return taken;
    connections.set(connection.name, connection);
    return { status: 200, body: showConnection(connection) };
  };

  const update = (found: StoredConnection, request: SandboxRequest): SandboxResponse => {
    const sent = bodyOf(request);
    if (sent === undefined) return badRequest;
    if (found.upkeep.managed === true) return forbidden;
    const body = merged(found, sent);
    const problem = refusalOf(body);
    if (problem !== undefined) return problem;
    const { upkeep, snippets } = found;
    const connection = keep(body, { upkeep, ...(snippets && { snippets }) });
    if (connection.name !== found.name) {
      if (connections.has(connection.name)) return taken;
      connections.delete(found.name);
    }
    connections.set(connection.name, connection);
    return { status: 200, body: showConnection(connection) };
  };

  const remove = ({ name, upkeep }: StoredConnection): SandboxResponse => {
    // The operation declares no 403, so a connection that must not be deleted is reported as not found.
    if (upkeep.managed === true) return notFound;
    connections.delete(name);
    return { status: 204 };
  };

  const removeOverride = ({ override, ...found }: StoredConnection, context: string): SandboxResponse => {
    if (context !== 'pdt') return refusal('override_context', 'invalid', 'Must be pdt.');
    if (override === undefined) return notFound;
    connections.set(found.name, found);
    return { status: 204 };
  };

  return {
    list,
    create,
    update,
    remove,
    removeOverride,
    find: (name: string) => connections.get(name.toLowerCase()),
    secrets: () => Object.fromEntries([...connections.values()].map((row) => [row.name, secretsIn(row)])),
  };
}

export const createSandboxLooker = ({ now = Date.now }: LookerOptions = {}): SandboxVendor => {
  const tokens = createTokens(now);
  const store = createStore(now);

  const ofOne = (request: SandboxRequest, encodedName: string, rest: string): SandboxResponse => {
    const name = percentDecoded(encodedName);
    if (name === undefined) return badRequest;
    const found = store.find(name);
    if (found === undefined) return notFound;
    const task = `${request.method} ${rest}`;
    if (task === 'GET ') return getOne(found, request);
    if (task === 'PATCH ') return store.update(found, request);
    if (task === 'DELETE ') return store.remove(found);
    if (task === 'PUT /test') return test(found, request);
    const context = /^DELETE \/connection_override\/([^/]+)$/.exec(task)?.[1];
    return context === undefined ? notFound : store.removeOverride(found, context);
  };

  const answer = (request: SandboxRequest): SandboxResponse => {
    const route = `${request.method} ${request.path}`;
    if (route === 'GET /alive') return { status: 200, body: 'alive' };
    if (route === 'GET /versions' || route === `GET ${base}/versions`) return versions(request);
    if (route === `POST ${base}/login`) return tokens.login(request);

    // Other paths are those of the web page. The text of its answer is an assumption.
    if (!request.path.startsWith(`${base}/`)) return { status: 404, body: '<html><body>Page not found</body></html>' };
    if (!tokens.isValid(request)) return fail(401, 'Requires authentication.');

    if (route === `DELETE ${base}/logout`) return tokens.logout(request);
    if (route === `GET ${base}/connections`) return store.list(request);
    if (route === `POST ${base}/connections`) return store.create(request);
    if (route === `PUT ${base}/connections/test`) return testConfig(request);
    const [, name, rest = ''] = /^\/api\/4\.0\/connections\/([^/]+)(\/.+)?$/.exec(request.path) ?? [];
    return name === undefined ? notFound : ofOne(request, name, rest);
  };

  return Object.assign(answer, { secrets: store.secrets });
};
