// File and environment become the gateway's configuration. Every mistake is told at once, by its path and never by its
// value; secrets are wrapped as soon as they are read.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import type { Credential } from './domain/credential.ts';
import { INSTANCE_KEY } from './domain/ids.ts';
import { Secret } from './domain/secret.ts';
import type { HttpSettings } from './http/client.ts';
import { isCredential, type VendorModule } from './vendors/module.ts';

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly graphiql: boolean;
}

export interface InstanceConfig {
  readonly key: string;
  readonly label: string;
  readonly vendor: VendorModule;
  readonly http: HttpSettings;
  /** What the vendor's own `settings` made of the rest. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface GatewayConfig {
  readonly server: ServerConfig;
  readonly instances: readonly InstanceConfig[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Each problem on a line of its own: a path, and what is wrong there. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const milliseconds = (what: string, standard: number) =>
  z.int().min(1).max(600_000).default(standard).describe(`${what}, in milliseconds; ${standard} when left out.`);

const timeoutsSchema = z
  .strictObject({
    connectMs: milliseconds('Longest wait for a connection', 3000),
    listMs: milliseconds('Longest time for a list', 5000),
    readMs: milliseconds('Longest time for any other read', 15_000),
    writeMs: milliseconds('Longest time for a write', 60_000),
    testMs: milliseconds('Longest time for a test of a connection', 90_000),
  })
  .describe('How long this vendor is waited for.');

const commonShape = {
  key: z
    .string()
    .regex(INSTANCE_KEY, 'Must be lower-case letters, digits and -, beginning with a letter or digit, at most 63.')
    .describe('Names the instance in ids and queries. Never change it: ids hold it.'),
  label: z.string().min(1).max(100).optional().describe('What people call the instance; the key when left out.'),
  baseUrl: z.string().describe("Base URL of the vendor's API."),
  timeouts: timeoutsSchema.prefault({}),
  caFile: z
    .string()
    .min(1)
    .optional()
    .describe('PEM file of the authorities to trust for this vendor, in place of the usual ones.'),
  proxy: z.string().optional().describe('URL of an HTTP proxy to go through.'),
  allowInsecureHttp: z.boolean().default(false).describe('Allow http:// to a host that is not this machine.'),
};

const serverSchema = z
  .strictObject({
    host: z.string().min(1).default('127.0.0.1').describe('Address to listen at; HOST overrides it.'),
    port: z.int().min(0).max(65_535).default(4000).describe('Port to listen at; PORT overrides it.'),
    graphiql: z.boolean().optional().describe('Whether GraphiQL is served; on unless NODE_ENV is production.'),
  })
  .describe('Where the gateway listens.');

const instanceSchema = (vendor: VendorModule) =>
  z.strictObject({
    ...commonShape,
    vendor: z.literal(vendor.kind).describe(vendor.description),
    ...vendor.settings.shape,
  });

/** The configuration as JSON Schema (draft 2020-12), for editors. */
export function configJsonSchema(vendors: readonly VendorModule[]): object {
  const schema = z.strictObject({
    server: serverSchema.optional(),
    instances: z
      .array(z.union(vendors.map(instanceSchema)))
      .describe('The places where connections live, in the order of lists.'),
  });
  return z.toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (isCredential(zodSchema)) Object.assign(jsonSchema, { type: 'string', writeOnly: true });
    },
  });
}

type Path = readonly (string | number)[];
type Problems = string[];

const spell = (path: Path): string =>
  path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('') || '(file)';

const REFERENCE = /\$\{(file:)?([^}]*)\}/g;

/** Fills `${NAME}` and `${file:path}`. @throws Error whose message says which could not be filled. */
function fill(template: string, environment: Environment, read: (path: string) => string): string {
  return template.replace(REFERENCE, (_match, file: string | undefined, name: string) => {
    if (file) {
      try {
        return read(name).trimEnd();
      } catch {
        throw new Error('names a file that cannot be read');
      }
    }
    const value = environment[name];
    if (value === undefined || value === '')
      throw new Error(`needs the environment variable ${name}, which is not set`);
    return value;
  });
}

const readText = (path: string): string => readFileSync(path, 'utf8');

/** Control characters in a credential would break the header that carries it. */
const SENDABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;

function createCredential(template: string, environment: Environment): Credential {
  const make = (): string => {
    const text = fill(template, environment, readText);
    if (!SENDABLE.test(text)) throw new Error('must be printable ASCII text without blanks around it');
    return text;
  };
  let text = make();
  let secret = new Secret(text);
  return {
    current: () => secret,
    // Only a mounted file can have changed since the start.
    reload: async () => {
      try {
        const fresh = make();
        if (fresh === text) return false;
        text = fresh;
        secret = new Secret(fresh);
        return true;
      } catch {
        return false;
      }
    },
  };
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

function spellIssue(issue: z.core.$ZodIssue, path: Path): string[] {
  const at = [...path, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${spell([...at, key])}: unknown key`);
  if (issue.code === 'invalid_type') return [`${spell(at)}: must be there, as ${issue.expected}`];
  return [`${spell(at)}: ${issue.message}`];
}

function parseWith<S extends z.ZodType>(schema: S, value: unknown, path: Path, problems: Problems): z.output<S> | null {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  problems.push(...result.error.issues.flatMap((issue) => spellIssue(issue, path)));
  return null;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fills the references of an instance's texts; those that are credentials become Credentials. */
function fillInstance(
  raw: Record<string, unknown>,
  vendor: VendorModule,
  path: Path,
  env: Environment,
  problems: Problems,
) {
  const walk = (value: unknown, at: Path, schema?: z.core.$ZodType): unknown => {
    if (isRecord(value)) {
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, [...at, key])]));
    }
    if (typeof value !== 'string') return value;
    try {
      return schema && isCredential(schema) ? createCredential(value, env) : fill(value, env, readText);
    } catch (error) {
      problems.push(`${spell(at)}: ${(error as Error).message}`);
      return FAULTY;
    }
  };
  return Object.fromEntries(
    Object.entries(raw).map(([key, value]) => [key, walk(value, [...path, key], vendor.settings.shape[key])]),
  );
}

/** Stands for a value that was told of already, so that it is not told of twice. */
const FAULTY = Symbol('faulty');

function readCa(caFile: string | undefined, path: Path, problems: Problems): string | undefined {
  if (caFile === undefined) return undefined;
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
  environment: Environment,
  problems: Problems,
): InstanceConfig | null {
  const kinds = vendors.map(({ kind }) => kind).join(', ');
  const vendor = isRecord(raw) ? vendors.find(({ kind }) => kind === raw['vendor']) : undefined;
  if (!isRecord(raw) || !vendor) {
    problems.push(`${spell([...path, 'vendor'])}: must be one of ${kinds}`);
    return null;
  }
  const filled = fillInstance(raw, vendor, path, environment, problems);
  const faulty = Object.keys(filled).filter((key) => filled[key] === FAULTY);
  const found: Problems = [];
  const parsed = parseWith(instanceSchema(vendor), filled, path, found);
  problems.push(...found.filter((problem) => !faulty.some((key) => problem.startsWith(`${spell([...path, key])}:`))));
  // What was given is checked further even where something else is missing.
  const allowInsecureHttp = filled['allowInsecureHttp'] === true;
  for (const key of ['baseUrl', 'proxy']) {
    const value = filled[key];
    const problem = typeof value === 'string' ? urlProblem(value, allowInsecureHttp || key === 'proxy') : null;
    if (problem) problems.push(`${spell([...path, key])}: ${problem}`);
  }
  const ca = readCa(typeof filled['caFile'] === 'string' ? filled['caFile'] : undefined, path, problems);
  if (!parsed) return null;
  const conflict = vendor.settingsProblem?.(parsed);
  if (conflict) problems.push(`${spell(path)}: ${conflict}`);
  const { key, label, baseUrl, timeouts, proxy } = parsed;
  return { key, label: label ?? key, vendor, settings: parsed, http: { baseUrl, timeouts, ca, proxy } };
}

function tellDuplicates(raw: readonly unknown[], problems: Problems): void {
  const seen = new Map<unknown, number>();
  raw.forEach((one, at) => {
    if (!isRecord(one) || typeof one['key'] !== 'string') return;
    const first = seen.get(one['key']);
    if (first === undefined) seen.set(one['key'], at);
    else problems.push(`instances[${at}].key: is the key of instances[${first}] already`);
  });
}

function parseServer(raw: unknown, environment: Environment, problems: Problems): ServerConfig | null {
  const parsed = parseWith(serverSchema, raw ?? {}, ['server'], problems);
  const { HOST: host, PORT: port, NODE_ENV: mode } = environment;
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    problems.push('PORT: must be a number between 0 and 65535');
  }
  return (
    parsed && {
      host: host || parsed.host,
      port: port === undefined ? parsed.port : Number(port),
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
  const problems: Problems = [];
  const root = isRecord(document) ? document : {};
  const { server: rawServer, instances: rawInstances, ...rest } = root;
  if (!isRecord(document)) problems.push('(file): must be a mapping with `instances`');
  problems.push(...Object.keys(rest).map((key) => `${key}: unknown key`));
  const server = parseServer(rawServer, environment, problems);
  const list = Array.isArray(rawInstances) ? (rawInstances as unknown[]) : [];
  if (list.length === 0) problems.push('instances: must be a list of at least one instance');
  tellDuplicates(list, problems);
  const instances = list.map((raw, at) => parseInstance(raw, ['instances', at], vendors, environment, problems));
  if (problems.length > 0 || !server) throw new ConfigError(problems);
  return { server, instances: instances.filter((instance) => instance !== null) };
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
  return parseConfig(document.toJS(), sources);
}
