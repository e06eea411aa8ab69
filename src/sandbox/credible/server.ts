// The Credible sandbox: the connections of one project in Credible's admin API. Reads return every secret, as the vendor's open-source
// engine does, so that tests can check that the gateway never passes them on.
import { createHash } from 'node:crypto';
import type { SandboxRequest, SandboxResponse, SandboxVendor } from '../server.ts';
import { credibleSeeds } from './data.ts';
import { connectionFault, isObject, parseJson, typeRuleOf, typeRules, type Json, type TypeRule } from './rules.ts';
import { testFault } from './connection-tests.ts';

export const credibleCredentials = { token: 'sandbox-credible-token' } as const;

const knownProject = '/api/v0/organizations/acme/projects/analytics';
const connectionsPath = /^(\/api\/v0\/organizations\/[^/]+\/projects\/[^/]+)\/connections(?:\/([^/]+))?$/;

type Connection = Json & { readonly name: string };

const failure = (status: number, code: string, message: string): SandboxResponse => ({
  status,
  body: { code, message },
});

const withServerFields = (connection: Connection, rule: TypeRule): Connection => ({
  ...connection,
  resource: `${knownProject}/connections/${connection.name}`,
  attributes: rule.attributes,
});

const invalid = (message: string): SandboxResponse => failure(400, 'INVALID_ARGUMENT', message);

const parsedBody = (body: Buffer): { readonly sent: Json } | { readonly refused: SandboxResponse } => {
  const parsed = parseJson(body.toString());
  if (!parsed.ok) return { refused: failure(500, 'INTERNAL', parsed.message) };
  return isObject(parsed.value) ? { sent: parsed.value } : { refused: invalid('the body must be a connection object') };
};

// The vendor's documents do not say how a test is answered. The status and the code are assumptions.
const tested = (connection: Connection): SandboxResponse => {
  const fault = testFault(connection[`${String(connection.type)}Connection`]);
  return fault === undefined ? { status: 200, body: connection } : failure(400, 'FAILED_PRECONDITION', fault);
};

const create = (connections: Map<string, Connection>, sent: Json, isDryRun: boolean): SandboxResponse => {
  const { name, type } = sent;
  if (typeof name !== 'string' || name === '') return invalid('name is required');
  if (typeof type !== 'string') return invalid('type is required');
  const rule = typeRuleOf(type);
  if (!rule) return invalid(`Unsupported connection type: ${type}`);
  const fault = connectionFault(sent, name, type, rule);
  if (fault !== undefined) return invalid(fault);
  const unindexed = { indexingStatus: null, indexingStatusLastUpdated: null };
  if (isDryRun) return tested(withServerFields({ ...sent, name, ...unindexed }, rule));
  if (connections.has(name)) return failure(409, 'ALREADY_EXISTS', `Connection "${name}" already exists`);
  const indexing = { indexingStatus: 'PENDING', indexingStatusLastUpdated: new Date().toISOString() };
  const made = withServerFields({ ...sent, name, ...indexing }, rule);
  connections.set(name, made);
  return { status: 201, body: made };
};

// Read-only fields and the name never change. If the type changes, the block of the old type stays with its secret, as in the
// vendor's engine.
const update = (connections: Map<string, Connection>, stored: Connection, sent: Json): SandboxResponse => {
  const { indexingStatus, indexingStatusLastUpdated, name } = stored;
  const merged: Connection = { ...stored, ...sent, indexingStatus, indexingStatusLastUpdated, name };
  const { type } = merged;
  if (typeof type !== 'string') return invalid('type is required');
  const rule = typeRuleOf(type);
  if (!rule) return invalid(`Unsupported connection type: ${type}`);
  const block = `${type}Connection`;
  const fault = connectionFault({ ...sent, [block]: merged[block] }, name, type, rule);
  if (fault !== undefined) return invalid(fault);
  const changed = withServerFields(merged, rule);
  const answer = tested(changed);
  if (answer.status === 200) connections.set(name, changed);
  return answer;
};

const isAuthorized = ({ headers }: SandboxRequest): boolean =>
  headers.authorization === `Bearer ${credibleCredentials.token}` ||
  headers.authorization === `ApiKey ${credibleCredentials.token}`;

// An unknown route is answered with JSON to a GET and with an HTML page to any other method.
const unrouted = ({ method, path }: SandboxRequest): SandboxResponse =>
  method === 'GET'
    ? failure(404, 'NOT_FOUND', `No such path: ${path}`)
    : {
        status: 404,
        body: `<!DOCTYPE html>\n<html lang="en"><body><pre>Cannot ${method} ${path}</pre></body></html>\n`,
      };

const opaqueTag = (etag: string): string => etag.trim().replace(/^W\//, '');

// Express sends a weak ETag, and answers 304 if the caller already has the body.
const answerGet = ({ headers }: SandboxRequest, body: unknown): SandboxResponse => {
  const text = JSON.stringify(body);
  const digest = createHash('sha1').update(text).digest('base64').slice(0, 27);
  const etag = `W/"${Buffer.byteLength(text).toString(16)}-${digest}"`;
  const cachedTags = (headers['if-none-match'] ?? '').split(',').map(opaqueTag);
  const isCached = cachedTags.includes('*') || cachedTags.includes(opaqueTag(etag));
  return isCached ? { status: 304, headers: { etag } } : { status: 200, headers: { etag }, body };
};

type Operation = 'list' | 'create' | 'one' | 'update' | 'remove';

const operations: Readonly<Record<string, Operation>> = {
  'GET all': 'list',
  'POST all': 'create',
  'GET one': 'one',
  'PATCH one': 'update',
  'DELETE one': 'remove',
};

export const createSandboxCredible = (): SandboxVendor => {
  const connections = new Map<string, Connection>(
    credibleSeeds.map((seed) => [seed.name, withServerFields(seed, typeRules[seed.type])]),
  );
  return (request) => {
    if (!isAuthorized(request)) return failure(401, 'UNAUTHENTICATED', 'A valid access token is required');
    const [matched, project, name] = connectionsPath.exec(request.path) ?? [];
    const operation = operations[`${request.method} ${name === undefined ? 'all' : 'one'}`];
    if (matched === undefined || operation === undefined) return unrouted(request);
    if (project !== knownProject) return failure(404, 'NOT_FOUND', 'Organization or project not found');
    if (operation === 'list') return answerGet(request, [...connections.values()]);
    const found = connections.get(name ?? '');
    if (operation !== 'create' && !found) return failure(404, 'NOT_FOUND', `Connection "${name}" not found`);
    if (found && operation === 'one') return answerGet(request, found);
    if (found && operation === 'remove') {
      connections.delete(found.name);
      return { status: 204 };
    }
    const parsed = parsedBody(request.body);
    if ('refused' in parsed) return parsed.refused;
    if (found) return update(connections, found, parsed.sent);
    const isDryRun = (request.query.get('dryRun') ?? 'false') !== 'false';
    return create(connections, parsed.sent, isDryRun);
  };
};
