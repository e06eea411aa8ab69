// A small Credible: the admin API's connections of one project, kept in memory.
// It echoes every secret on reads, as the vendor's open-source engine does: the gateway must survive that.
// It must not know any adapter.
import { createHash } from 'node:crypto';
import type { SandboxRequest, SandboxResponse, SandboxVendor } from './server.ts';
import { credibleSeeds, type CredibleType } from './credible-data.ts';

export const credibleCredentials = { token: 'sandbox-credible-token' } as const;

const knownProject = '/api/v0/organizations/acme/projects/analytics';
const connectionsPath = /^(\/api\/v0\/organizations\/[^/]+\/projects\/[^/]+)\/connections(?:\/([^/]+))?$/;

type Json = Readonly<Record<string, unknown>>;
type Connection = Json & { readonly name: string };
/** The first thing wrong with what was sent, in words; undefined when all is well. */
type Fault = string | undefined;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const failure = (status: number, code: string, message: string): SandboxResponse => ({
  status,
  body: { code, message },
});

type Parsed = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

// The parser's own words quote the text they choked on; the vendor hands them to the caller, secrets and all.
const parseJson = (text: string): Parsed => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) };
  }
};

const kinds = {
  text: { fits: (value: unknown) => typeof value === 'string', words: 'a string' },
  integer: { fits: Number.isInteger, words: 'an integer' },
  number: { fits: (value: unknown) => typeof value === 'number', words: 'a number' },
  list: { fits: Array.isArray, words: 'an array' },
} as const;

interface BlockRule {
  readonly fields: Readonly<Record<string, keyof typeof kinds>>;
  readonly required?: readonly string[];
  /** Refuses fields it does not know; other blocks keep whatever they are sent. */
  readonly closed?: boolean;
  readonly check?: (at: string, block: Json) => Fault;
}

interface TypeRule extends BlockRule {
  readonly attributes: Json;
}

const attributes = (dialectName: string, isPool: boolean, canStream: boolean): Json => ({
  dialectName,
  isPool,
  canPersist: true,
  canStream,
});

const texts = (...names: readonly string[]): Readonly<Record<string, 'text'>> =>
  Object.fromEntries(names.map((name) => [name, 'text' as const]));

const typeRules = {
  postgres: {
    attributes: attributes('postgres', true, true),
    fields: { ...texts('host', 'databaseName', 'userName', 'password', 'connectionString'), port: 'integer' },
  },
  bigquery: {
    attributes: attributes('standardsql', false, true),
    fields: {
      ...texts('defaultProjectId', 'billingProjectId', 'location', 'serviceAccountKeyJson'),
      ...texts('maximumBytesBilled', 'queryTimeoutMilliseconds'),
    },
    check: (_at, { serviceAccountKeyJson: key }) => {
      const parsed = typeof key === 'string' ? parseJson(key) : undefined;
      return parsed?.ok === false ? parsed.message : undefined;
    },
  },
  snowflake: {
    attributes: attributes('snowflake', true, true),
    fields: {
      ...texts('account', 'username', 'password', 'privateKey', 'privateKeyPass'),
      ...texts('warehouse', 'database', 'schema', 'role'),
      responseTimeoutMilliseconds: 'integer',
    },
    required: ['account', 'username', 'warehouse'],
    check: (at, block) =>
      block.password || block.privateKey ? undefined : `${at}.password or ${at}.privateKey is required`,
  },
  trino: {
    attributes: attributes('trino', false, false),
    fields: { ...texts('server', 'catalog', 'schema', 'user', 'password', 'peakaKey'), port: 'number' },
    required: ['server'],
    check: (at, { server }) =>
      /^https?:\/\/[^/\s]/.test(String(server)) ? undefined : `${at}.server must start with http:// or https://`,
  },
  mysql: {
    attributes: attributes('mysql', false, false),
    fields: { ...texts('host', 'database', 'user', 'password'), port: 'integer' },
  },
  duckdb: {
    attributes: attributes('duckdb', false, true),
    fields: { attachedDatabases: 'list' },
    required: ['attachedDatabases'],
    closed: true,
    check: attachmentsFault,
  },
  motherduck: {
    attributes: attributes('duckdb', false, true),
    fields: texts('accessToken', 'database'),
    required: ['accessToken'],
  },
} satisfies Readonly<Record<CredibleType, TypeRule>>;

const attachmentRules = {
  bigquery: typeRules.bigquery,
  snowflake: typeRules.snowflake,
  postgres: typeRules.postgres,
  gcs: { fields: texts('keyId', 'secret') },
  s3: { fields: texts('accessKeyId', 'secretAccessKey', 'region', 'endpoint', 'sessionToken') },
} satisfies Readonly<Record<string, BlockRule>>;

const lookUp = <Rule>(rules: Readonly<Record<string, Rule>>, name: unknown): Rule | undefined =>
  typeof name === 'string' && Object.hasOwn(rules, name) ? rules[name] : undefined;

function blockFault(at: string, block: unknown, rule: BlockRule): Fault {
  if (!isObject(block)) return `${at} must be an object`;
  for (const [field, value] of Object.entries(block)) {
    const kind = lookUp(rule.fields, field);
    if (kind === undefined && rule.closed) return `${at}.${field} is not supported`;
    if (kind !== undefined && !kinds[kind].fits(value)) return `${at}.${field} must be ${kinds[kind].words}`;
  }
  const missing = rule.required?.find((field) => block[field] === undefined || block[field] === '');
  return missing === undefined ? rule.check?.(at, block) : `${at}.${missing} is required`;
}

function attachmentsFault(at: string, { attachedDatabases }: Json): Fault {
  const list: readonly unknown[] = Array.isArray(attachedDatabases) ? attachedDatabases : [];
  if (list.length === 0) return `${at} needs at least one attached database`;
  for (const [index, attached] of list.entries()) {
    const here = `${at}.attachedDatabases[${index}]`;
    if (!isObject(attached)) return `${here} must be an object`;
    if (typeof attached.name !== 'string') return `${here}.name must be a string`;
    if (!lookUp(attachmentRules, attached.type)) return `${here}.type is not supported`;
    for (const [type, rule] of Object.entries(attachmentRules)) {
      const block = attached[`${type}Connection`];
      const fault = block === undefined ? undefined : blockFault(`${here}.${type}Connection`, block, rule);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

const tablePattern = /^[a-zA-Z0-9_-]+\.(?:[a-zA-Z0-9_-]+|\*)$/;

const tablesFault = (sent: Json): Fault => {
  const wrong = ['includeTables', 'excludeTables'].find((field) => {
    const tables = sent[field] ?? [];
    return !Array.isArray(tables) || !tables.every((table) => typeof table === 'string' && tablePattern.test(table));
  });
  if (wrong !== undefined) return `${wrong} must be a list of schema.table or schema.*`;
  const { excludeAllTables = false } = sent;
  return typeof excludeAllTables === 'boolean' ? undefined : 'excludeAllTables must be a boolean';
};

const connectionFault = (sent: Json, name: string, type: string, rule: TypeRule): Fault => {
  if (!/^[a-zA-Z0-9_-]+$/.test(name)) return 'name must match ^[a-zA-Z0-9_-]+$';
  if (name === 'duckdb') return 'name duckdb is reserved';
  const block = `${type}Connection`;
  if (sent[block] === undefined) return `${block} is required for type ${type}`;
  const stray = Object.keys(typeRules).find((other) => other !== type && sent[`${other}Connection`] !== undefined);
  if (stray !== undefined) return `${stray}Connection is not allowed for type ${type}`;
  return blockFault(block, sent[block], rule) ?? tablesFault(sent);
};

const withServerFields = (connection: Connection, rule: TypeRule): Connection => ({
  ...connection,
  resource: `${knownProject}/connections/${connection.name}`,
  attributes: rule.attributes,
});

const create = (connections: Map<string, Connection>, body: Buffer): SandboxResponse => {
  const parsed = parseJson(body.toString());
  if (!parsed.ok) return failure(500, 'INTERNAL', parsed.message);
  const invalid = (message: string) => failure(400, 'INVALID_ARGUMENT', message);
  const sent = parsed.value;
  if (!isObject(sent)) return invalid('the body must be a connection object');
  const { name, type } = sent;
  if (typeof name !== 'string' || name === '') return invalid('name is required');
  if (typeof type !== 'string') return invalid('type is required');
  const rule: TypeRule | undefined = lookUp<TypeRule>(typeRules, type);
  if (!rule) return invalid(`Unsupported connection type: ${type}`);
  const fault = connectionFault(sent, name, type, rule);
  if (fault !== undefined) return invalid(fault);
  if (connections.has(name)) return failure(409, 'ALREADY_EXISTS', `Connection "${name}" already exists`);
  const indexing = { indexingStatus: 'PENDING', indexingStatusLastUpdated: new Date().toISOString() };
  const made = withServerFields({ ...sent, name, ...indexing }, rule);
  connections.set(name, made);
  return { status: 201, body: made };
};

const isAuthorized = ({ headers }: SandboxRequest): boolean =>
  headers.authorization === `Bearer ${credibleCredentials.token}` ||
  headers.authorization === `ApiKey ${credibleCredentials.token}`;

// A route the vendor lacks: JSON to a GET, a page to any other verb.
const unrouted = ({ method, path }: SandboxRequest): SandboxResponse =>
  method === 'GET'
    ? failure(404, 'NOT_FOUND', `No such path: ${path}`)
    : {
        status: 404,
        body: `<!DOCTYPE html>\n<html lang="en"><body><pre>Cannot ${method} ${path}</pre></body></html>\n`,
      };

const opaque = (mark: string): string => mark.trim().replace(/^W\//, '');

// Express marks what it sends with a weak ETag, and sends nothing of what its caller has already.
const answerGet = ({ headers }: SandboxRequest, body: unknown): SandboxResponse => {
  const text = JSON.stringify(body);
  const digest = createHash('sha1').update(text).digest('base64').slice(0, 27);
  const etag = `W/"${Buffer.byteLength(text).toString(16)}-${digest}"`;
  const held = (headers['if-none-match'] ?? '').split(',').map(opaque);
  const isHeld = held.includes('*') || held.includes(opaque(etag));
  return isHeld ? { status: 304, headers: { etag } } : { status: 200, headers: { etag }, body };
};

export const createSandboxCredible = (): SandboxVendor => {
  const connections = new Map<string, Connection>(
    credibleSeeds.map((seed) => [seed.name, withServerFields(seed, typeRules[seed.type])]),
  );
  return (request) => {
    if (!isAuthorized(request)) return failure(401, 'UNAUTHENTICATED', 'A valid access token is required');
    const [matched, project, name] = connectionsPath.exec(request.path) ?? [];
    if (matched === undefined) return unrouted(request);
    if (project !== knownProject) return failure(404, 'NOT_FOUND', 'Organization or project not found');
    // A dry run is not spoken here yet; saving it instead would be the one wrong answer.
    const isDryRun = (request.query.get('dryRun') ?? 'false') !== 'false';
    if (name === undefined && request.method === 'POST' && !isDryRun) return create(connections, request.body);
    if (request.method !== 'GET') return unrouted(request);
    if (name === undefined) return answerGet(request, [...connections.values()]);
    const found = connections.get(name);
    return found ? answerGet(request, found) : failure(404, 'NOT_FOUND', `Connection "${name}" not found`);
  };
};
