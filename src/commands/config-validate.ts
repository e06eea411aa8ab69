// The command `config validate`: finds everything in a configuration that `start` would refuse. It calls no vendor and does not listen.
import { ConfigError, loadConfig, type GatewayConfig } from '../config/parse-config.ts';
import { createGateway, createMemoryStore, vendors } from '../gateway.ts';
import { env, failAtEnd, print, requireConfig, SILENT_LOG, toIndentedLines } from './process.ts';
import { toTable } from './table.ts';

export interface ValidateOptions {
  /** Whether the report is JSON. */
  readonly json?: boolean | undefined;
}

/** The report in JSON. Its keys are documented in docs/commands.md. */
interface Report {
  readonly valid: boolean;
  /** Each begins with the path of the key. */
  readonly problems: readonly string[];
  /** Possible mistakes, each with the path of the key. */
  readonly warnings: readonly string[];
  /** Where the gateway listens; null for a configuration with problems. */
  readonly listen: { readonly host: string; readonly port: number; readonly tls: boolean } | null;
  /** How callers are authenticated; null for a configuration with problems. */
  readonly auth: { readonly mode: string } | null;
  /** Empty for a configuration with problems. */
  readonly instances: readonly { readonly key: string; readonly vendor: string; readonly host: string }[];
}

/** Returns the configuration. @throws ConfigError for everything that prevents a start. */
async function loadForStart(path: string): Promise<GatewayConfig> {
  const config = await loadConfig(path, { vendors, environment: env });
  // Some mistakes are found only when all parts meet, such as a document of the manifest that the schema refuses.
  // The database of a store is not opened: this command changes nothing.
  const options = { logger: SILENT_LOG, idempotencyStore: createMemoryStore() };
  await (await createGateway(config, options)).close();
  return config;
}

const reportOf = ({ server, auth, instances, warnings }: GatewayConfig): Report => ({
  valid: true,
  problems: [],
  warnings,
  listen: { host: server.host, port: server.port, tls: server.tls !== null },
  auth: { mode: auth.mode },
  instances: instances.map(({ key, vendor, http }) => ({ key, vendor: vendor.kind, host: new URL(http.baseUrl).host })),
});

const reportOfProblems = (problems: readonly string[]): Report => ({
  valid: false,
  problems,
  warnings: [],
  listen: null,
  auth: null,
  instances: [],
});

/** Returns a host as a URL has it: an IPv6 address is in brackets. */
const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/** Prints the report of a valid configuration for people. */
function printSummary({ listen, auth, instances, warnings }: Report): void {
  print('The configuration is valid.');
  if (listen) print(`Address: ${listen.tls ? 'https' : 'http'}://${bracketed(listen.host)}:${listen.port}`);
  if (auth) print(`Authentication: ${auth.mode}\n`);
  print(toTable([['Instance', 'Vendor', 'Host'], ...instances.map(({ key, vendor, host }) => [key, vendor, host])]));
  if (warnings.length > 0) print(`\nThe configuration may have mistakes:\n${toIndentedLines(warnings)}`);
}

/** Runs the command. @throws UsageError without a file. @throws ConfigError for mistakes in it, unless the report is JSON. */
export async function validateConfig(path: string | undefined, { json = false }: ValidateOptions): Promise<void> {
  const file = requireConfig(path);
  if (!json) return printSummary(reportOf(await loadForStart(file)));
  const report = await loadForStart(file).then(reportOf, (error: unknown) => {
    if (!(error instanceof ConfigError)) throw error;
    failAtEnd(1);
    return reportOfProblems(error.problems);
  });
  print(JSON.stringify(report, null, 2));
}
