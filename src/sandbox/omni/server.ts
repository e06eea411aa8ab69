// The Omni sandbox: list, get, create, update and move to trash, written from the vendor's documents. It stores only the fields that a
// read returns, and the secrets.
import { randomUUID } from 'node:crypto';
import { blank, firstConnections, firstSecrets, type OmniConnection, secretFields, type Secrets } from './data.ts';
import { refusalOfQuery, select } from './list.ts';
import { badRequest, bodyOf, fail, isMissing, isText, type Json, refusalOfBody } from './rules.ts';
import { problemOfUpdate, updated } from './update.ts';
import type { SandboxRequest, SandboxResponse, SandboxVendor } from '../server.ts';

export const omniCredentials = { apiKey: 'sandbox-omni-key' };

const connectionsPath = '/api/v1/connections';

const notFound = fail(404, 'Connection not found');

/** Whose key it is. */
const identity = {
  keyScope: 'organization',
  orgRole: 'ORG_ADMIN',
  rolesByModel: {},
  rolesByModelTruncated: false,
  user: { id: '7f0d8a52-6f0e-4c8e-9d0c-2b6f2f1f6a10', membershipId: '0a6c1d1e-53a1-4f7e-8f0b-9d8d6f2b7c11' },
};

const textOrNull = (value: unknown): string | null => (isText(value) && value !== '' ? value : null);

const secretsOf = (body: Json): Secrets =>
  Object.fromEntries(secretFields.filter((key) => !isMissing(body[key])).map((key) => [key, body[key]]));

function keep(body: Json, now: number): OmniConnection {
  const createdAt = new Date(now).toISOString();
  return {
    ...blank,
    id: randomUUID(),
    name: String(body['name']),
    dialect: String(body['dialect']),
    database: textOrNull(body['database']),
    defaultSchema: textOrNull(body['defaultSchema']),
    baseRole: textOrNull(body['baseRole']),
    createdAt,
    updatedAt: createdAt,
  };
}

interface OmniOptions {
  /** The rate limit in requests per minute. There is no limit if it is left out. */
  readonly perMinute?: number;
  /**
   * Behaves like a server from before 2026-07, which cannot get or delete a connection or change its credentials. The number is the
   * status of its answer to an unknown method.
   */
  readonly older?: 400 | 405;
  readonly now?: () => number;
}

/** Returns a function that refuses requests without the API key, and requests above the rate limit. */
function createGuard(perMinute: number | undefined, now: () => number) {
  let recent: readonly number[] = [];
  return ({ headers }: SandboxRequest): SandboxResponse | undefined => {
    const key = /^bearer (\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
    if (key === undefined) return badRequest('Missing or malformed authorization header');
    if (key !== omniCredentials.apiKey) return fail(403, 'Invalid bearer token');
    if (perMinute === undefined) return undefined;
    recent = recent.filter((time) => time > now() - 60_000);
    if (recent.length >= perMinute) return fail(429, 'Too many requests');
    recent = [...recent, now()];
    return undefined;
  };
}

/** Returns the connections and their secrets, with the operations on them. */
function createStore(canChangeCredentials: boolean, now: () => number) {
  const connections = new Map(firstConnections.map((connection) => [connection.id, connection]));
  const secrets = new Map<string, Secrets>(Object.entries(firstSecrets));

  const list = ({ query }: SandboxRequest): SandboxResponse =>
    refusalOfQuery(query) ?? { status: 200, body: { connections: select([...connections.values()], query) } };

  const create = (request: SandboxRequest): SandboxResponse => {
    const sent = bodyOf(request);
    if ('refusal' in sent) return sent.refusal;
    const refusal = refusalOfBody(sent.body);
    if (refusal !== undefined) return refusal;
    const connection = keep(sent.body, now());
    connections.set(connection.id, connection);
    secrets.set(connection.id, secretsOf(sent.body));
    return { status: 201, body: { success: true, data: connection.id } };
  };

  const update = (found: OmniConnection, request: SandboxRequest): SandboxResponse => {
    // Only DELETE declares 410.
    if (found.deletedAt !== null) return notFound;
    if (request.body.length === 0) return badRequest('Empty request body');
    const sent = bodyOf(request);
    if ('refusal' in sent) return sent.refusal;
    const problem = problemOfUpdate(sent.body, found.dialect, canChangeCredentials);
    if (problem !== undefined) return badRequest(problem);
    const { connection, message } = updated(found, sent.body, new Date(now()).toISOString());
    connections.set(found.id, connection);
    secrets.set(found.id, { ...secrets.get(found.id), ...secretsOf(sent.body) });
    return { status: 200, body: { success: true, message } };
  };

  /** Deletes the secrets. The connection can still be read. */
  const moveToTrash = (found: OmniConnection): SandboxResponse => {
    if (found.deletedAt !== null) return fail(410, 'The connection has already been archived.');
    const deletedAt = new Date(now()).toISOString();
    connections.set(found.id, { ...found, deletedAt, updatedAt: deletedAt });
    secrets.delete(found.id);
    return { status: 200, body: { success: true, message: 'Connection moved to trash.' } };
  };

  return {
    list,
    create,
    update,
    moveToTrash,
    find: (id: string) => connections.get(id.toLowerCase()),
    secrets: () => Object.fromEntries([...connections.keys()].map((id) => [id, secrets.get(id) ?? {}])),
  };
}

export const createSandboxOmni = ({ perMinute, older, now = Date.now }: OmniOptions = {}): SandboxVendor => {
  const store = createStore(older === undefined, now);
  const guard = createGuard(perMinute, now);
  const invalidMethod = fail(older ?? 400, 'Invalid method');

  const ofOne = (request: SandboxRequest, id: string): SandboxResponse => {
    const { method } = request;
    const known = older === undefined ? ['GET', 'PATCH', 'DELETE'] : ['PATCH'];
    if (!known.includes(method)) return invalidMethod;
    const found = store.find(id);
    if (found === undefined) return notFound;
    if (method === 'PATCH') return store.update(found, request);
    return method === 'DELETE' ? store.moveToTrash(found) : { status: 200, body: { connection: found } };
  };

  const answer = (request: SandboxRequest): SandboxResponse => {
    const { method, path } = request;
    const refusal = guard(request);
    if (refusal !== undefined) return refusal;
    if (method === 'GET' && path === '/openapi.json') {
      return { status: 200, body: { openapi: '3.1.0', info: { title: 'Omni API', version: '1.0.0' }, paths: {} } };
    }
    if (path === '/api/v1/whoami' && method === 'GET' && older === undefined) return { status: 200, body: identity };
    if (path === connectionsPath && method === 'GET') return store.list(request);
    if (path === connectionsPath && method === 'POST') return store.create(request);
    if (path === connectionsPath) return invalidMethod;
    const id = /^\/api\/v1\/connections\/([^/]+)$/.exec(path)?.[1];
    return id === undefined ? fail(404, 'Not found') : ofOne(request, id);
  };

  return Object.assign(answer, { secrets: store.secrets });
};
