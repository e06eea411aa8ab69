// File and environment become the gateway's configuration. Every mistake is told at once, by its path and never by its
// value; secrets are wrapped as soon as they are read.
import type * as z from 'zod';
import type { Credential } from '../secrets/credential.ts';
import type { VendorModule } from '../vendors/module.ts';
import { parseInstance, type InstanceConfig } from './instance.ts';
import { readConfigFile } from './read-file.ts';
import type { Environment } from './references.ts';
import { auditSchema, federationSchema, serverSchema } from './schema.ts';
import { ConfigError, resolveSection, isRecord, parseSection, type ParseContext } from './sections.ts';

export type { InstanceConfig } from './instance.ts';
export { ConfigError } from './sections.ts';

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly requestMs: number;
  readonly graphiql: boolean;
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
  /** What may be a mistake, by its path. */
  readonly warnings: readonly string[];
}

function reportDuplicates(keys: readonly unknown[], { problems }: ParseContext): void {
  const seen = new Map<unknown, number>();
  keys.forEach((key, at) => {
    if (typeof key !== 'string') return;
    const first = seen.get(key);
    if (first === undefined) seen.set(key, at);
    else problems.push(`instances[${at}].key: is the key of instances[${first}] already`);
  });
}

/** A section that may be left out; null when something is wrong with it. */
function parseOptional<S extends z.ZodObject>(schema: S, raw: unknown, key: string, reading: ParseContext) {
  const isSection = raw === undefined || raw === null || isRecord(raw);
  if (!isSection) reading.problems.push(`${key}: must be a mapping`);
  const filled = resolveSection(schema, isRecord(raw) ? raw : {}, [key], reading);
  return parseSection(schema, filled, [key], reading);
}

function parseServer(raw: unknown, reading: ParseContext): ServerConfig | null {
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

function parseAudit(raw: unknown, reading: ParseContext): AuditConfig | null {
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
  const reading: ParseContext = { environment, problems, warnings: [], variables: new Set() };
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
  reportDuplicates(keys, reading);
  if (problems.length > 0 || !server || !audit || !federation) throw new ConfigError(problems);
  const known = instances.filter((instance) => instance !== null);
  const { variables, warnings } = reading;
  return { server, audit, federation, instances: known, variables: [...variables], warnings };
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
    warnings: [],
    variables: new Set(),
  });
  if (problems.length > 0 || !audit) throw new ConfigError(problems);
  return audit;
}
