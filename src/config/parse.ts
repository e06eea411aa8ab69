// File and environment become the gateway's configuration. Every mistake is told at once, by its path and never by its
// value; secrets are wrapped as soon as they are read.
import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';
import type { Credential } from '../domain/credential.ts';
import type { HttpSettings } from '../http/client.ts';
import type { VendorModule } from '../vendors/module.ts';
import { readText, type Environment } from './references.ts';
import { auditSchema, federationSchema, instanceSchema, serverSchema } from './schema.ts';
import { ConfigError, fillSection, isRecord, parseSection, spell, type Path, type Reading } from './sections.ts';

export { ConfigError } from './sections.ts';

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly requestMs: number;
  readonly graphiql: boolean;
}

export interface InstanceConfig {
  readonly key: string;
  readonly label: string;
  readonly vendor: VendorModule;
  readonly http: HttpSettings;
  readonly cache: { readonly ttlMs: number; readonly staleMs: number };
  /** Requests in a minute; no limit when undefined. */
  readonly perMinute: number | undefined;
  /** What the vendor's own `settings` made of the rest. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface AuditConfig {
  /** Tags the secrets of the audit; a random one for each process when undefined. */
  readonly key: Credential | undefined;
}

export interface FederationConfig {
  /** Stands before the name of every type but Connection. */
  readonly typePrefix?: string | undefined;
  readonly inlineTrace: boolean;
}

export interface GatewayConfig {
  readonly server: ServerConfig;
  readonly audit: AuditConfig;
  readonly federation: FederationConfig;
  readonly instances: readonly InstanceConfig[];
  /** Names of the environment's variables that the file refers to. */
  readonly variables: readonly string[];
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What is wrong with an address to call; null when nothing is. */
function urlProblem(text: string, allowInsecureHttp: boolean): string | null {
  if (!URL.canParse(text)) return 'is not a valid URL';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return 'must not hold credentials; use the keys meant for them';
  if (url.search !== '' || url.hash !== '') return 'must not have a query or fragment';
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return 'must begin with https://';
  if (LOOPBACK.test(url.hostname) || allowInsecureHttp) return null;
  return 'must begin with https:// (http is for this machine; allowInsecureHttp: true lifts that)';
}

function readCa(caFile: unknown, path: Path, { problems }: Reading): string | undefined {
  if (typeof caFile !== 'string') return undefined;
  try {
    const pem = readText(caFile);
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
    problems.push(`${spell([...path, 'caFile'])}: holds no PEM certificate`);
  } catch {
    problems.push(`${spell([...path, 'caFile'])}: names a file that cannot be read`);
  }
  return undefined;
}

function parseInstance(
  raw: unknown,
  path: Path,
  vendors: readonly VendorModule[],
  reading: Reading,
): InstanceConfig | null {
  const { problems } = reading;
  const vendor = isRecord(raw) ? vendors.find(({ kind }) => kind === raw['vendor']) : undefined;
  if (!isRecord(raw) || !vendor) {
    const kinds = vendors.map(({ kind }) => kind).join(', ');
    problems.push(`${spell([...path, 'vendor'])}: must be one of ${kinds}`);
    return null;
  }
  const schema = instanceSchema(vendor);
  const filled = fillSection(schema, raw, path, reading);
  const parsed = parseSection(schema, filled, path, reading);
  // What was given is checked further even where something else is missing.
  const allowInsecureHttp = filled['allowInsecureHttp'] === true;
  for (const key of ['baseUrl', 'proxy']) {
    const value = filled[key];
    const problem = typeof value === 'string' ? urlProblem(value, allowInsecureHttp || key === 'proxy') : null;
    if (problem) problems.push(`${spell([...path, key])}: ${problem}`);
  }
  const ca = readCa(filled['caFile'], path, reading);
  const conflict = vendor.settingsProblem?.(filled);
  if (conflict) problems.push(`${spell(path)}: ${conflict}`);
  if (!parsed) return null;
  const { key, label, baseUrl, timeouts, proxy, cache, rateLimit, breaker } = parsed;
  return {
    key,
    label: label ?? key,
    vendor,
    settings: parsed,
    http: { baseUrl, timeouts, ca, proxy, breaker },
    cache: { ttlMs: cache.ttlMs ?? vendor.listTtlMs ?? 0, staleMs: cache.staleMs },
    perMinute: rateLimit.perMinute ?? vendor.perMinute,
  };
}

function tellDuplicates(keys: readonly unknown[], { problems }: Reading): void {
  const seen = new Map<unknown, number>();
  keys.forEach((key, at) => {
    if (typeof key !== 'string') return;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, at);
    else problems.push(`instances[${at}].key: is the key of instances[${first}] already`);
  });
}

/** A section that may be left out; null when something is wrong with it. */
function parseOptional<S extends z.ZodObject>(schema: S, raw: unknown, key: string, reading: Reading) {
  const isSection = raw === undefined || raw === null || isRecord(raw);
  if (!isSection) reading.problems.push(`${key}: must be a mapping`);
  const filled = fillSection(schema, isRecord(raw) ? raw : {}, [key], reading);
  return parseSection(schema, filled, [key], reading);
}

function parseServer(raw: unknown, reading: Reading): ServerConfig | null {
  const { environment, problems } = reading;
  const parsed = parseOptional(serverSchema, raw, 'server', reading);
  const { HOST: host, PORT: port, NODE_ENV: mode } = environment;
  if (port && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    problems.push('PORT: must be a number between 0 and 65535');
  }
  return (
    parsed && {
      host: host || parsed.host,
      port: port ? Number(port) : parsed.port,
      requestMs: parsed.requestMs,
      graphiql: parsed.graphiql ?? mode !== 'production',
    }
  );
}

function parseAudit(raw: unknown, reading: Reading): AuditConfig | null {
  const parsed = parseOptional(auditSchema, raw, 'audit', reading);
  return parsed && { key: parsed.key };
}

export interface ConfigSources {
  readonly vendors: readonly VendorModule[];
  readonly environment: Environment;
}

/** @throws ConfigError with every problem that was found. */
export function parseConfig(document: unknown, { vendors, environment }: ConfigSources): GatewayConfig {
  const problems: string[] = [];
  const reading: Reading = { environment, problems, variables: new Set() };
  const root = isRecord(document) ? document : {};
  const { server: rawServer, audit: rawAudit, federation: rawFederation, instances: rawInstances, ...rest } = root;
  if (!isRecord(document)) problems.push('(file): must be a mapping with `instances`');
  problems.push(...Object.keys(rest).map((key) => `${key}: unknown key`));
  const server = parseServer(rawServer, reading);
  const audit = parseAudit(rawAudit, reading);
  const federation = parseOptional(federationSchema, rawFederation, 'federation', reading);
  const list = Array.isArray(rawInstances) ? (rawInstances as unknown[]) : [];
  if (list.length === 0) problems.push('instances: must be a list of at least one instance');
  const instances = list.map((raw, at) => parseInstance(raw, ['instances', at], vendors, reading));
  // As filled; as written where the instance has another problem.
  const keys = list.map((raw, at) => instances[at]?.key ?? (isRecord(raw) ? raw['key'] : undefined));
  tellDuplicates(keys, reading);
  if (problems.length > 0 || !server || !audit || !federation) throw new ConfigError(problems);
  const known = instances.filter((instance) => instance !== null);
  return { server, audit, federation, instances: known, variables: [...reading.variables] };
}

/** An alias without an anchor comes to light only here; the parser's message quotes it, and it may be a password. */
function readDocument(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch {
    throw new ConfigError(['(file): has an alias that leads nowhere; put a text that begins with * in quotes']);
  }
}

/** What a YAML or JSON file holds (JSON is YAML). */
async function readConfigFile(path: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new ConfigError(['(file): cannot be read']);
  }
  const lines = new LineCounter();
  // The parser's own messages quote the file.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw new ConfigError(
      document.errors.map(({ code, pos }) => {
        const { line, col } = lines.linePos(pos[0]);
        return `(file) line ${line}, column ${col}: is not valid YAML (${code})`;
      }),
    );
  }
  return readDocument(document);
}

/** The configuration in a file. @throws ConfigError */
export const loadConfig = async (path: string, sources: ConfigSources): Promise<GatewayConfig> =>
  parseConfig(await readConfigFile(path), sources);

/** The audit's part of a file alone: who computes a tag need not have the credentials of the vendors. @throws ConfigError */
export async function loadAuditConfig(path: string, environment: Environment): Promise<AuditConfig> {
  const document = await readConfigFile(path);
  const problems: string[] = [];
  const audit = parseAudit(isRecord(document) ? document['audit'] : undefined, {
    environment,
    problems,
    variables: new Set(),
  });
  if (problems.length > 0 || !audit) throw new ConfigError(problems);
  return audit;
}
