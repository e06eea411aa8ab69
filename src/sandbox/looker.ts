// Looker's API 4.0 in small: login and logout, versions, and the connections, written from the vendor's documents.
// It must not know any adapter: it judges requests as Looker would.
import { randomBytes } from 'node:crypto';
import {
  documentation_url,
  isObject,
  isText,
  isUnset,
  overridden,
  parsed,
  refusalOf,
  type Json,
} from './looker-rules.ts';
import type { SandboxRequest, SandboxResponse, SandboxVendor } from './server.ts';
import {
  dialects,
  dialectTests,
  firstConnections,
  overrideFields,
  plainFields,
  secretFields,
  type Secrets,
  type StoredConnection,
  type StoredOverride,
} from './looker-data.ts';

export const lookerCredentials = { clientId: 'sandbox-looker-client', clientSecret: 'sandbox-looker-secret' };

const base = '/api/4.0';
const tokenSeconds = 3600;

const fail = (status: number, message: string): SandboxResponse => ({ status, body: { message, documentation_url } });
const badRequest = fail(400, 'Bad Request');
const notFound = fail(404, 'Not found');

const textOrNull = (value: unknown): string | null => (isText(value) ? value : null);

function showOverride({ fields, secrets }: StoredOverride): Json {
  const twins = overrideFields.flatMap((key) => [
    [key, fields[key] ?? null],
    [`pdt_${key}`, fields[key] ?? null],
  ]);
  const pdt_service_name = fields.pdt_service_name ?? null;
  return { context: 'pdt', ...Object.fromEntries(twins), pdt_service_name, has_password: !isUnset(secrets.password) };
}

function showDialect(name: string): Json {
  const { label, severalDatabases = false, costEstimate = false, noDerivedTables = false } = dialects.get(name) ?? {};
  return {
    name,
    label,
    supports_cost_estimate: costEstimate,
    cost_estimate_style: costEstimate ? 'standard' : null,
    persistent_table_indexes: '',
    persistent_table_sortkeys: '',
    persistent_table_distkey: '',
    supports_streaming: true,
    automatically_run_sql_runner_snippets: true,
    connection_tests: dialectTests(name),
    supports_inducer: false,
    supports_multiple_databases: severalDatabases,
    supports_persistent_derived_tables: !noDerivedTables,
    has_ssl_support: true,
  };
}

const unsetFields = Object.fromEntries(Object.entries(plainFields).map(([key, { unset }]) => [key, unset]));
const readRights = 'index index_limited show explore access_data run_sql_queries refresh_schemas cost_estimate create';

function showConnection(stored: StoredConnection): Json {
  const { name, dialectName, fields, secrets, override, snippets = [], upkeep } = stored;
  const changeable = upkeep.managed !== true;
  const rights = readRights.split(' ').map((right) => [right, true]);
  const isBigQuery = dialectName.startsWith('bigquery');
  return {
    can: { ...Object.fromEntries(rights), test: changeable, update: changeable, destroy: changeable },
    name,
    dialect: showDialect(dialectName),
    dialect_name: dialectName,
    snippets,
    ...unsetFields,
    ...fields,
    pdts_enabled: !isUnset(fields.tmp_db_name),
    named_driver_version_actual: null,
    has_password: !isUnset(secrets.password),
    uses_oauth: !isUnset(fields.oauth_application_id),
    uses_instance_oauth: false,
    uses_service_auth: isBigQuery && !isUnset(secrets.certificate),
    supports_data_studio_link: isBigQuery,
    created_at: upkeep.created_at ?? '',
    user_id: '1',
    example: upkeep.example ?? false,
    last_regen_at: upkeep.last_regen_at ?? '',
    last_reap_at: upkeep.last_reap_at ?? '',
    pdt_context_override: override === undefined ? null : showOverride(override),
    managed: upkeep.managed ?? false,
    default_bq_connection: false,
    p4sa_name: null,
  };
}

/** `name,dialect(label)`; undefined when the text cannot be read. Names nobody knows are passed over. */
function project(whole: Json, fields: string): Json | undefined {
  const kept: Record<string, unknown> = {};
  for (const part of fields.split(/,(?![^()]*\))/)) {
    const [, key, nested] = /^\s*(\w+)(?:\(([^()]*)\))?\s*$/.exec(part) ?? [];
    if (key === undefined) return undefined;
    if (!Object.hasOwn(whole, key)) continue;
    const value = whole[key];
    kept[key] = nested !== undefined && isObject(value) ? project(value, nested) : value;
  }
  return kept;
}

function showChosen(stored: readonly StoredConnection[], query: URLSearchParams): readonly Json[] | undefined {
  const fields = query.get('fields') ?? '';
  const whole = stored.map(showConnection);
  if (fields === '') return whole;
  const chosen = whole.map((connection) => project(connection, fields));
  return chosen.every((connection) => connection !== undefined) ? chosen : undefined;
}

const secretsOf = (read: (key: string) => unknown): Secrets =>
  Object.fromEntries(secretFields.map((key) => [key, read(key)]).filter(([, value]) => !isUnset(value)));

function keepOverride(override: unknown): StoredOverride | undefined {
  if (!isObject(override)) return undefined;
  const fields = Object.fromEntries(overrideFields.map((key) => [key, textOrNull(overridden(override, key))]));
  const pdt_service_name = textOrNull(override['pdt_service_name']);
  return { fields: { ...fields, pdt_service_name }, secrets: secretsOf((key) => overridden(override, key)) };
}

/** What Looker keeps of a body that it takes. */
function keep(body: Json, now: number): StoredConnection {
  const sent = Object.entries(plainFields).map(([key, { unset }]) => [key, body[key] ?? unset]);
  // Personal credentials push out the shared ones, even those of the same request.
  const isPersonal = body['user_db_credentials'] === true;
  const { password, ...otherSecrets } = secretsOf((key) => body[key]);
  const override = keepOverride(body['pdt_context_override']);
  return {
    name: String(body['name']).toLowerCase(),
    dialectName: String(body['dialect_name']),
    fields: { ...Object.fromEntries(sent), ...(isPersonal && { username: null }) },
    secrets: { ...otherSecrets, ...(password !== undefined && !isPersonal && { password }) },
    ...(override && { override }),
    upkeep: { created_at: new Date(now).toISOString().replace('Z', '+00:00') },
  };
}

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

/** One clock, so that a test can let an hour pass. */
interface LookerOptions {
  readonly now?: () => number;
}

export const createSandboxLooker = ({ now = Date.now }: LookerOptions = {}): SandboxVendor => {
  const tokenEnds = new Map<string, number>();
  const connections = new Map(firstConnections.map((connection) => [connection.name, connection]));

  const login = (request: SandboxRequest): SandboxResponse => {
    const form = new URLSearchParams(request.body.toString());
    const isKnown =
      hasType(request, 'application/x-www-form-urlencoded') &&
      form.get('client_id') === lookerCredentials.clientId &&
      form.get('client_secret') === lookerCredentials.clientSecret;
    // Not 401: Looker says that it found no such API key.
    if (!isKnown) return notFound;
    const access_token = randomBytes(20).toString('hex');
    tokenEnds.set(access_token, now() + tokenSeconds * 1000);
    return { status: 200, body: { access_token, token_type: 'Bearer', expires_in: tokenSeconds, refresh_token: null } };
  };

  const list = ({ query }: SandboxRequest): SandboxResponse => {
    const body = showChosen([...connections.values()], query);
    return body === undefined ? badRequest : { status: 200, body };
  };

  const getOne = (encodedName: string, { query }: SandboxRequest): SandboxResponse => {
    const name = percentDecoded(encodedName);
    if (name === undefined) return badRequest;
    const found = connections.get(name.toLowerCase());
    if (found === undefined) return notFound;
    const body = showChosen([found], query)?.[0];
    return body === undefined ? badRequest : { status: 200, body };
  };

  const create = (request: SandboxRequest): SandboxResponse => {
    const body = hasType(request, 'application/json') ? parsed(request.body.toString()) : undefined;
    if (!isObject(body)) return badRequest;
    const refusal = refusalOf(body);
    if (refusal !== undefined) return refusal;
    const connection = keep(body, now());
    if (connections.has(connection.name)) return fail(409, 'Resource Already Exists');
    connections.set(connection.name, connection);
    return { status: 200, body: showConnection(connection) };
  };

  return (request) => {
    const route = `${request.method} ${request.path}`;
    if (route === 'GET /alive') return { status: 200, body: 'alive' };
    if (route === 'GET /versions' || route === `GET ${base}/versions`) return versions(request);
    if (route === `POST ${base}/login`) return login(request);

    const token = /^(?:token|bearer) (\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
    if ((tokenEnds.get(token) ?? 0) <= now()) return fail(401, 'Requires authentication.');

    if (route === `DELETE ${base}/logout`) {
      tokenEnds.delete(token);
      return { status: 204 };
    }
    if (route === `GET ${base}/connections`) return list(request);
    if (route === `POST ${base}/connections`) return create(request);
    const name = /^GET \/api\/4\.0\/connections\/([^/]+)$/.exec(route)?.[1];
    return name === undefined ? notFound : getOne(name, request);
  };
};
