// Omni's connection API in small: list, get one, create, written from the vendor's documents.
// It must not know any adapter, and like Omni it forgets whatever a read does not show.
import { randomUUID } from 'node:crypto';
import type { SandboxRequest, SandboxResponse, SandboxVendor } from './server.ts';
import {
  blank,
  createFields,
  dialects,
  firstConnections,
  type Kind,
  type OmniConnection,
  readOnlyDialects,
  type Substitute,
} from './omni-data.ts';

export const omniCredentials = { apiKey: 'sandbox-omni-key' };

type Json = Readonly<Record<string, unknown>>;

const connectionsPath = '/api/v1/connections';

const fail = (status: number, detail: string): SandboxResponse => ({ status, body: { detail, status } });
const badRequest = (problem: string): SandboxResponse => fail(400, `Bad Request: ${problem}`);
const required = (field: string): string => `${field}: Required`;
const unrecognized = (keys: readonly string[]): string =>
  `formErrors: Unrecognized key(s) in object: ${keys.map((key) => `'${key}'`).join(', ')}`;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isMissing = (value: unknown): boolean => value === undefined || value === '';
const textOrNull = (value: unknown): string | null => (isText(value) && value !== '' ? value : null);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const choices: Readonly<Record<string, readonly string[]>> = {
  sortField: ['database', 'dialect', 'name'],
  sortDirection: ['asc', 'desc'],
  includeDeleted: ['true', 'false'],
};
const queryKeys = new Set([...Object.keys(choices), 'name', 'database', 'dialect']);

const wantedDialects = (query: URLSearchParams): readonly string[] =>
  (query.get('dialect') ?? '')
    .split(',')
    .map((dialect) => dialect.trim())
    .filter((dialect) => dialect !== '');

function refusalOfQuery(query: URLSearchParams): SandboxResponse | undefined {
  const strangers = [...new Set(query.keys())].filter((key) => !queryKeys.has(key));
  if (strangers.length > 0) return badRequest(unrecognized(strangers));
  for (const [key, allowed] of Object.entries(choices)) {
    const value = query.get(key);
    if (value === null || allowed.includes(value)) continue;
    const expected = allowed.map((choice) => `'${choice}'`).join(' | ');
    return badRequest(`${key}: Invalid enum value. Expected ${expected}, received '${value}'`);
  }
  const unknown = wantedDialects(query).filter(
    (dialect) => !Object.hasOwn(dialects, dialect) && !readOnlyDialects.includes(dialect),
  );
  return unknown.length > 0 ? fail(400, `Invalid dialect(s): ${unknown.join(', ')}`) : undefined;
}

const holds = (value: string | null, part: string | null): boolean =>
  part === null || (value ?? '').toLowerCase().includes(part.toLowerCase());

/** By one field without regard to case, connections without a value last; as created where no field is named. */
function sorted(found: readonly OmniConnection[], query: URLSearchParams): readonly OmniConnection[] {
  const field = query.get('sortField');
  if (field !== 'database' && field !== 'dialect' && field !== 'name') return found;
  const key = (connection: OmniConnection): string => (connection[field] ?? '\uffff').toLowerCase();
  const ascending = found.toSorted((a, b) => Number(key(a) > key(b)) - Number(key(a) < key(b)));
  return query.get('sortDirection') === 'desc' ? ascending.toReversed() : ascending;
}

function select(all: readonly OmniConnection[], query: URLSearchParams): readonly OmniConnection[] {
  const wanted = wantedDialects(query);
  const found = all.filter(
    ({ name, database, dialect, deletedAt }) =>
      (deletedAt === null || query.get('includeDeleted') === 'true') &&
      holds(name, query.get('name')) &&
      holds(database, query.get('database')) &&
      (wanted.length === 0 || wanted.includes(dialect)),
  );
  return sorted(found, query);
}

const typeName = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const kindProblems = {
  string: (value) => (isText(value) ? undefined : `Expected string, received ${typeName(value)}`),
  boolean: (value) => (typeof value === 'boolean' ? undefined : `Expected boolean, received ${typeName(value)}`),
  integer: (value) => {
    if (typeof value !== 'number') return `Expected number, received ${typeName(value)}`;
    return Number.isInteger(value) ? undefined : 'Expected integer, received float';
  },
  list: (value) => (isText(value) || (Array.isArray(value) && value.every(isText)) ? undefined : 'Invalid input'),
} satisfies Record<Kind, (value: unknown) => string | undefined>;

// This check and the next two give only the first problem they find: Omni tells one at a time.
function typeProblem(body: Json): string | undefined {
  const strangers = Object.keys(body).filter((key) => !Object.hasOwn(createFields, key));
  if (strangers.length > 0) return unrecognized(strangers);
  for (const [field, kind] of Object.entries(createFields)) {
    const problem = body[field] === undefined ? undefined : kindProblems[kind](body[field]);
    if (problem !== undefined) return `${field}: ${problem}`;
  }
  return undefined;
}

function valueProblem(body: Json): string | undefined {
  if (Number(body['queryTimeoutSeconds'] ?? 0) > 3600) {
    return 'queryTimeoutSeconds: Number must be less than or equal to 3600';
  }
  for (const field of ['externalOauthAuthorizationUrl', 'externalOauthTokenUrl']) {
    const url = body[field];
    if (isText(url) && !(url.startsWith('https://') && URL.canParse(url))) return `${field}: Invalid url`;
  }
  if (!isMissing(body['host']) && !isMissing(body['hostOverride'])) {
    return 'hostOverride: Please provide either host or hostOverride, not both';
  }
  const isFullHost = isText(body['host']) && /snowflakecomputing/i.test(body['host']);
  if (body['dialect'] === 'snowflake' && isFullHost) {
    return 'host: Please only include your Snowflake account identifier';
  }
  return undefined;
}

const substitutes = {
  privateKey: (body) => !isMissing(body['privateKey']),
  oauth: (body) =>
    !isMissing(body['oauthClientId']) || /oauth|workload-identity/.test(String(body['authenticationType'])),
  machine: (body) => body['useMachineAuth'] === true,
  role: (body) => !isMissing(body['awsRoleArn']),
} satisfies Record<Substitute, (body: Json) => boolean>;

function isServiceAccountKey(text: unknown): boolean {
  const key = isText(text) ? parsed(text) : undefined;
  if (!isObject(key) || key['type'] !== 'service_account') return false;
  return ['project_id', 'private_key', 'client_email'].every((field) => isText(key[field]) && key[field] !== '');
}

/** What the dialect cannot do without. An empty password counts as a password: only leaving it out is documented. */
function needProblem(body: Json, dialect: string): string | undefined {
  const { needs = [], instead = [], withPassword = [], unlessOauth = [] } = dialects[dialect] ?? {};
  const isSpared = instead.some((substitute) => substitutes[substitute](body));
  const isOauth = instead.includes('oauth') && substitutes.oauth(body);
  const wanted = ['name', ...needs, ...(isSpared ? [] : withPassword), ...(isOauth ? [] : unlessOauth)];
  const lacks = (field: string): boolean =>
    isMissing(body[field]) && !(field === 'host' && dialect === 'snowflake' && !isMissing(body['hostOverride']));
  const lacking = wanted.find(lacks);
  if (lacking !== undefined) return required(lacking);

  const password = body['passwordUnencrypted'];
  if (password === undefined && !isSpared) return required('passwordUnencrypted');
  if (dialect === 'bigquery' && password !== undefined && !isServiceAccountKey(password)) {
    return 'passwordUnencrypted: Invalid service account JSON';
  }
  const isUnlicensed = dialect === 'oracle' && body['acceptsLicense'] !== true;
  return isUnlicensed ? 'acceptsLicense: The license terms must be accepted' : undefined;
}

function refusalOfBody(body: Json): SandboxResponse | undefined {
  const { dialect } = body;
  if (isMissing(dialect)) return badRequest(required('dialect'));
  if (!isText(dialect) || !Object.hasOwn(dialects, dialect)) return fail(400, 'Invalid connection dialect');
  const problem = typeProblem(body) ?? valueProblem(body) ?? needProblem(body, dialect);
  return problem === undefined ? undefined : badRequest(problem);
}

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
  /** Requests a minute that one key may make; no limit when it is left out. */
  readonly perMinute?: number;
  readonly now?: () => number;
}

export const createSandboxOmni = ({ perMinute, now = Date.now }: OmniOptions = {}): SandboxVendor => {
  const connections = new Map(firstConnections.map((connection) => [connection.id, connection]));
  let recent: readonly number[] = [];

  const guard = ({ headers }: SandboxRequest): SandboxResponse | undefined => {
    const key = /^bearer (\S+)$/i.exec(headers['authorization'] ?? '')?.[1];
    if (key === undefined) return badRequest('Missing or malformed authorization header');
    if (key !== omniCredentials.apiKey) return fail(403, 'Invalid bearer token');
    if (perMinute === undefined) return undefined;
    recent = recent.filter((time) => time > now() - 60_000);
    if (recent.length >= perMinute) return fail(429, 'Too many requests');
    recent = [...recent, now()];
    return undefined;
  };

  const list = ({ query }: SandboxRequest): SandboxResponse =>
    refusalOfQuery(query) ?? { status: 200, body: { connections: select([...connections.values()], query) } };

  const getOne = (id: string): SandboxResponse => {
    const connection = connections.get(id.toLowerCase());
    return connection ? { status: 200, body: { connection } } : fail(404, 'Connection not found');
  };

  const create = (request: SandboxRequest): SandboxResponse => {
    const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
    const body = isJson ? parsed(request.body.toString()) : undefined;
    if (body === undefined) return badRequest('Invalid JSON');
    if (!isObject(body)) return badRequest(`formErrors: Expected object, received ${typeName(body)}`);
    const refusal = refusalOfBody(body);
    if (refusal !== undefined) return refusal;
    const connection = keep(body, now());
    connections.set(connection.id, connection);
    return { status: 201, body: { success: true, data: connection.id } };
  };

  return (request) => {
    const { method, path } = request;
    const refusal = guard(request);
    if (refusal !== undefined) return refusal;
    if (method === 'GET' && path === '/openapi.json') {
      return { status: 200, body: { openapi: '3.1.0', info: { title: 'Omni API', version: '1.0.0' }, paths: {} } };
    }
    const id = /^\/api\/v1\/connections\/([^/]+)$/.exec(path)?.[1];
    if (path === connectionsPath && method === 'GET') return list(request);
    if (path === connectionsPath && method === 'POST') return create(request);
    if (id !== undefined && method === 'GET') return getOne(id);
    return path === connectionsPath || id !== undefined ? fail(400, 'Invalid method') : fail(404, 'Not found');
  };
};
