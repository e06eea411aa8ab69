// Parses a file and the environment into the gateway's configuration. All problems are reported together, by path and without
// values. Credentials are wrapped as soon as they are read.
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import type { Credential } from '../secrets/credential.ts';
import type { VendorModule } from '../vendors/define-vendor.ts';
import { parseInstance, type InstanceConfig } from './parse-instance.ts';
import { readConfigFile } from './read-file.ts';
import type { Environment } from './references.ts';
import { isLoopback, parseAuth, type AuthConfig } from './parse-auth.ts';
import { parseDocuments, type DocumentsConfig } from './parse-documents.ts';
import { parseConsole, type ConsoleMode } from './parse-console.ts';
import { auditSchema, federationSchema, serverSchema } from './config-schema.ts';
import { limitsSchema, type LimitsConfig } from './limits-schema.ts';
import {
  logSchema,
  operationsSchema,
  tracingSchema,
  type LogConfig,
  type OperationsConfig,
  type TracingConfig,
} from './observability-schema.ts';
import { ConfigError, isRecord, parseOptional, type ParseContext } from './parse-section.ts';
import { parseStore, type StoreConfig } from './parse-store.ts';

export type { InstanceConfig } from './parse-instance.ts';
export { ConfigError } from './parse-section.ts';

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  /** The time in milliseconds after which a request starts no more calls to vendors. */
  readonly requestMs: number;
  /** The time in milliseconds for which the process finishes requests after SIGTERM. */
  readonly shutdownMs: number;
  /** Whether the configuration is read again when its file changes. */
  readonly reloadOnChange: boolean;
  /** Whether each instance is checked after the start. */
  readonly checkAtStart: boolean;
  readonly graphiql: boolean;
  /** The files for HTTPS; null for HTTP. */
  readonly tls: { readonly certFile: string; readonly keyFile: string; readonly hstsSeconds: number } | null;
  /** Whether queries may read the schema by __schema and __type. */
  readonly introspection: boolean;
  /** Whether errors suggest names of the schema. */
  readonly suggestions: boolean;
  /** Whether GET executes queries. */
  readonly get: boolean;
  /** The origins whose pages may call the gateway. */
  readonly corsOrigins: readonly string[];
  /** The addresses and CIDRs of proxies whose X-Forwarded-For is believed. */
  readonly trustProxy: readonly string[];
  readonly documents: DocumentsConfig;
}

export interface AuditConfig {
  /** The key of the tags of secrets in the audit; undefined for a random key for each process. */
  readonly key: Credential | undefined;
  /** How many days entries are kept. */
  readonly retentionDays: number;
}

export interface FederationConfig {
  /** The prefix of every type name except Connection. */
  readonly typePrefix?: string | undefined;
  readonly inlineTrace: boolean;
  /** Whether the root fields of the subgraph have @authenticated. */
  readonly authenticated: boolean;
}

export interface GatewayConfig {
  readonly server: ServerConfig;
  readonly auth: AuthConfig;
  readonly limits: LimitsConfig;
  readonly log: LogConfig;
  readonly tracing: TracingConfig;
  /** The port for operators; null where the port of the gateway serves them too. */
  readonly operations: OperationsConfig | null;
  readonly audit: AuditConfig;
  readonly store: StoreConfig;
  readonly federation: FederationConfig;
  /** Whether the console is served, and whether it offers to change anything. */
  readonly console: ConsoleMode;
  readonly instances: readonly InstanceConfig[];
  /** The names of the environment variables that the file references. */
  readonly variables: readonly string[];
  /** Possible mistakes, each with its path. */
  readonly warnings: readonly string[];
}

function reportDuplicates(keys: readonly unknown[], { problems }: ParseContext): void {
  const seen = new Map<unknown, number>();
  keys.forEach((key, index) => {
    if (typeof key !== 'string') return;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, index);
    else problems.push(`instances[${index}].key: is already the key of instances[${first}]`);
  });
}

/** Checks whether two PEM files hold a certificate and its private key. */
function isCertificateWithKey({ certFile, keyFile }: NonNullable<ServerConfig['tls']>): boolean {
  try {
    createSecureContext({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
    return true;
  } catch {
    return false;
  }
}

function parseServer(raw: unknown, reading: ParseContext): ServerConfig | null {
  const { environment, problems } = reading;
  const parsed = parseOptional(serverSchema, raw, 'server', reading);
  const { HOST: host, PORT: port, NODE_ENV: mode } = environment;
  if (port && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    problems.push('PORT: must be a number between 0 and 65535');
  }
  if (!parsed) return null;
  const isOpen = mode !== 'production';
  const documents = parseDocuments(parsed, reading);
  if (parsed.graphiql && documents.trustedOnly) {
    problems.push('server.graphiql: has no use with `documents: trusted`, which refuses what is typed there');
  }
  if (parsed.tls && !isCertificateWithKey(parsed.tls)) {
    problems.push('server.tls: certFile and keyFile must be PEM files of a certificate and its private key');
  }
  const graphiql = parsed.graphiql ?? (isOpen && !documents.trustedOnly);
  return {
    host: host || parsed.host,
    port: port ? Number(port) : parsed.port,
    requestMs: parsed.requestMs,
    shutdownMs: parsed.shutdownMs,
    reloadOnChange: parsed.reloadOnChange,
    checkAtStart: parsed.checkAtStart,
    graphiql,
    tls: parsed.tls ?? null,
    // GraphiQL reads the schema.
    introspection: parsed.introspection ?? (isOpen || graphiql),
    suggestions: parsed.suggestions ?? isOpen,
    get: parsed.get ?? isOpen,
    corsOrigins: parsed.cors.origins,
    trustProxy: parsed.trustProxy,
    documents,
  };
}

function parseAudit(raw: unknown, reading: ParseContext): AuditConfig | null {
  const parsed = parseOptional(auditSchema, raw, 'audit', reading);
  return parsed && { key: parsed.key, retentionDays: parsed.retentionDays };
}

const parseFederation = (raw: unknown, reading: ParseContext): FederationConfig | null =>
  parseOptional(federationSchema, raw, 'federation', reading);

/** Everyone who reaches the port may do everything where callers are not authenticated. */
function reportOpenAddress({ host }: ServerConfig, auth: AuthConfig, { problems }: ParseContext): void {
  if (auth.mode !== 'none' || auth.insecure || isLoopback(host)) return;
  problems.push(
    'server.host: other machines can reach this address, and `auth.mode` is none. Set `auth.mode` to tokens or jwt, or `auth.insecure: true` behind a proxy that authenticates callers',
  );
}

/** Parses the sections about what operators see. Returns null after it reports the problems to the context. */
function parseObservability(root: Readonly<Record<string, unknown>>, reading: ParseContext) {
  const log = parseOptional(logSchema, root['log'], 'log', reading);
  const tracing = parseOptional(tracingSchema, root['tracing'], 'tracing', reading);
  const rawOperations = root['operations'] ?? null;
  const operations =
    rawOperations === null ? null : parseOptional(operationsSchema, rawOperations, 'operations', reading);
  return log && tracing && { log, tracing, operations };
}

export interface ConfigSources {
  readonly vendors: readonly VendorModule[];
  readonly environment: Environment;
}

/**
 * Returns the configuration in a parsed document.
 * @throws ConfigError with all problems.
 */
export function parseConfig(document: unknown, { vendors, environment }: ConfigSources): GatewayConfig {
  const problems: string[] = [];
  const reading: ParseContext = { environment, problems, warnings: [], variables: new Set() };
  const root = isRecord(document) ? document : {};
  const {
    server: rawServer,
    auth: rawAuth,
    limits: rawLimits,
    log: _log,
    tracing: _tracing,
    operations: _operations,
    audit: rawAudit,
    store: rawStore,
    federation: rawFederation,
    console: rawConsole,
    instances: rawInstances,
    ...rest
  } = root;
  if (!isRecord(document)) problems.push('(file): must be a mapping with `instances`');
  problems.push(...Object.keys(rest).map((key) => `${key}: unknown key`));
  const server = parseServer(rawServer, reading);
  const auth = parseAuth(rawAuth, reading);
  if (server && auth) reportOpenAddress(server, auth, reading);
  const limits = parseOptional(limitsSchema, rawLimits, 'limits', reading);
  const observability = parseObservability(root, reading);
  const audit = parseAudit(rawAudit, reading);
  const store = parseStore(rawStore, audit?.key !== undefined, reading);
  const federation = parseFederation(rawFederation, reading);
  const consoleMode = parseConsole(
    rawConsole,
    { trustedOnly: server?.documents.trustedOnly === true, typePrefix: federation?.typePrefix },
    reading,
  );
  const list = Array.isArray(rawInstances) ? (rawInstances as unknown[]) : [];
  if (list.length === 0) problems.push('instances: must be a list of at least one instance');
  const instances = list.map((raw, index) => parseInstance(raw, ['instances', index], vendors, reading));
  // The resolved key; the unresolved key when the instance has another problem.
  const keys = list.map((raw, index) => instances[index]?.key ?? (isRecord(raw) ? raw['key'] : undefined));
  reportDuplicates(keys, reading);
  if (problems.length > 0 || !server || !auth || !limits || !observability || !audit || !store || !federation) {
    throw new ConfigError(problems);
  }
  return {
    server,
    auth,
    limits,
    ...observability,
    audit,
    store,
    federation,
    console: consoleMode,
    instances: instances.filter((instance) => instance !== null),
    variables: [...reading.variables],
    warnings: reading.warnings,
  };
}

/** Returns the configuration in a file. @throws ConfigError */
export const loadConfig = async (path: string, sources: ConfigSources): Promise<GatewayConfig> =>
  parseConfig(await readConfigFile(path), sources);

/**
 * Returns one section of a file. Other sections are ignored, so no credentials are needed.
 * @param parse parses the section; it returns null after it reports the problems to the context.
 * @throws ConfigError
 */
async function loadSection<T>(
  path: string,
  environment: Environment,
  key: string,
  parse: (raw: unknown, reading: ParseContext) => T | null,
): Promise<T> {
  const document = await readConfigFile(path);
  const problems: string[] = [];
  const reading: ParseContext = { environment, problems, warnings: [], variables: new Set() };
  const section = parse(isRecord(document) ? document[key] : undefined, reading);
  if (problems.length > 0 || !section) throw new ConfigError(problems);
  return section;
}

/** Returns the audit section of a file. Other sections are ignored, so no credentials are needed. @throws ConfigError */
export const loadAuditConfig = async (path: string, environment: Environment): Promise<AuditConfig> =>
  loadSection(path, environment, 'audit', parseAudit);

/** Returns the store section of a file. Other sections are ignored, so no credentials but its own are needed. @throws ConfigError */
export const loadStoreConfig = async (path: string, environment: Environment): Promise<StoreConfig> =>
  loadSection(path, environment, 'store', (raw, reading) => parseStore(raw, true, reading));

/** Returns the federation section of a file. Other sections are ignored, so no credentials are needed. @throws ConfigError */
export const loadFederationConfig = async (path: string, environment: Environment): Promise<FederationConfig> =>
  loadSection(path, environment, 'federation', parseFederation);
