// File and environment become the gateway's configuration. Every mistake is told at once, by its path and never by its
// value; secrets are wrapped as soon as they are read.
import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument, type Document } from 'yaml';
import type * as z from 'zod';
import type { HttpSettings } from '../http/client.ts';
import { isCredential, type VendorModule } from '../vendors/module.ts';
import { createCredential, fill, readText, type Environment } from './references.ts';
import { instanceSchema, serverSchema } from './schema.ts';

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

export interface GatewayConfig {
  readonly server: ServerConfig;
  readonly instances: readonly InstanceConfig[];
}

/** Each problem on a line of its own: a path, and what is wrong there. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

type Path = readonly (string | number)[];

const spell = (path: Path): string =>
  path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('') || '(file)';

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

const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

function spellIssue(issue: z.core.$ZodIssue, path: Path, isMissing: boolean): string[] {
  const at = [...path, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${spell([...at, key])}: unknown key`);
  const what = issue.code === 'invalid_type' ? `must be ${withArticle(issue.expected)}` : issue.message;
  return [`${spell(at)}: ${isMissing ? `is missing${issue.code === 'invalid_type' ? `; it ${what}` : ''}` : what}`];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Stands for a text that could not be filled and was told of, so that it is not told of twice. */
const FAULTY = Symbol('faulty');

/** What goes with every step of the reading. */
interface Reading {
  readonly environment: Environment;
  /** Grows by every problem that is found. */
  readonly problems: string[];
}

/** Fills the references of a section's texts; those that the schema knows as credentials become Credentials. */
function fillSection(
  schema: z.ZodObject,
  raw: Record<string, unknown>,
  path: Path,
  { environment, problems }: Reading,
) {
  const walk = (value: unknown, at: Path, field?: z.core.$ZodType): unknown => {
    if (isRecord(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, [...at, key])]));
    }
    if (typeof value !== 'string') return value;
    try {
      return field && isCredential(field) ? createCredential(value, environment) : fill(value, environment);
    } catch (error) {
      problems.push(`${spell(at)}: ${(error as Error).message}`);
      return FAULTY;
    }
  };
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [key, walk(value, [...path, key], schema.shape[key])]),
  );
}

/** What the schema makes of a section; null when it refuses something. */
function parseSection<S extends z.ZodObject>(
  schema: S,
  filled: Record<string, unknown>,
  path: Path,
  { problems }: Reading,
): z.output<S> | null {
  const result = schema.safeParse(filled);
  if (result.success) return result.data;
  const unfilled = result.error.issues.filter(({ path: [key] }) => filled[key as string] === FAULTY);
  const issues = result.error.issues.filter((issue) => !unfilled.includes(issue));
  const at = (steps: readonly PropertyKey[]) =>
    steps.reduce<unknown>((value, step) => (isRecord(value) ? value[String(step)] : undefined), filled);
  problems.push(...issues.flatMap((issue) => spellIssue(issue, path, at(issue.path) === undefined)));
  return null;
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

function parseServer(raw: unknown, reading: Reading): ServerConfig | null {
  const { environment, problems } = reading;
  const isSection = raw === undefined || raw === null || isRecord(raw);
  if (!isSection) problems.push('server: must be a mapping');
  const filled = fillSection(serverSchema, isRecord(raw) ? raw : {}, ['server'], reading);
  const parsed = parseSection(serverSchema, filled, ['server'], reading);
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

export interface ConfigSources {
  readonly vendors: readonly VendorModule[];
  readonly environment: Environment;
}

/** @throws ConfigError with every problem that was found. */
export function parseConfig(document: unknown, { vendors, environment }: ConfigSources): GatewayConfig {
  const problems: string[] = [];
  const reading = { environment, problems };
  const root = isRecord(document) ? document : {};
  const { server: rawServer, instances: rawInstances, ...rest } = root;
  if (!isRecord(document)) problems.push('(file): must be a mapping with `instances`');
  problems.push(...Object.keys(rest).map((key) => `${key}: unknown key`));
  const server = parseServer(rawServer, reading);
  const list = Array.isArray(rawInstances) ? (rawInstances as unknown[]) : [];
  if (list.length === 0) problems.push('instances: must be a list of at least one instance');
  const instances = list.map((raw, at) => parseInstance(raw, ['instances', at], vendors, reading));
  // As filled; as written where the instance has another problem.
  const keys = list.map((raw, at) => instances[at]?.key ?? (isRecord(raw) ? raw['key'] : undefined));
  tellDuplicates(keys, reading);
  if (problems.length > 0 || !server) throw new ConfigError(problems);
  return { server, instances: instances.filter((instance) => instance !== null) };
}

/** An alias without an anchor comes to light only here; the parser's message quotes it, and it may be a password. */
function readDocument(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch {
    throw new ConfigError(['(file): has an alias that leads nowhere; put a text that begins with * in quotes']);
  }
}

/** Reads a YAML or JSON file (JSON is YAML). @throws ConfigError */
export async function loadConfig(path: string, sources: ConfigSources): Promise<GatewayConfig> {
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
  return parseConfig(readDocument(document), sources);
}
