// The command `check`: asks every instance of a configuration, step by step, whether the gateway can work with it.
import { loadConfig, type GatewayConfig, type InstanceConfig } from '../config/parse-config.ts';
import { createGateway, vendors } from '../gateway.ts';
import { createHealthCheck } from '../services/check-instance-health.ts';
import { checkInstance, STEPS, type InstanceCheck, type Step } from '../services/check-instance.ts';
import { env, failAtEnd, print, requireConfig, SILENT_LOG, UsageError } from './process.ts';
import { toTable } from './table.ts';

export interface CheckOptions {
  /** Whether the report is JSON. */
  readonly json?: boolean | undefined;
}

/** The exit status when an instance failed. 1 is that of a mistake in the arguments or the configuration. */
const INSTANCE_FAILED = 2;

/** The result for one instance. Its keys are documented in docs/commands.md. */
interface Row extends InstanceCheck {
  readonly key: string;
  readonly vendor: string;
  readonly host: string;
  readonly ok: boolean;
}

const HEADINGS: Readonly<Record<Step, string>> = {
  reach: 'Reach',
  tls: 'TLS',
  api: 'API',
  credential: 'Credential',
  list: 'List',
  create: 'Create',
};

/** Returns the configured instances with these keys; all without keys. @throws UsageError when a key has no instance. */
function select({ instances }: GatewayConfig, keys: readonly string[]): readonly InstanceConfig[] {
  const known = instances.map(({ key }) => key);
  if (keys.some((key) => !known.includes(key))) {
    throw new UsageError(`There is no instance with one of these keys. The configuration has: ${known.join(', ')}.`);
  }
  return keys.length === 0 ? instances : instances.filter(({ key }) => keys.includes(key));
}

/** Checks the instances of a configuration side by side, and returns one row for each, in their order. */
async function checkAll(config: GatewayConfig): Promise<Row[]> {
  const gateway = await createGateway(config, { logger: SILENT_LOG });
  const checkHealth = createHealthCheck();
  try {
    return await Promise.all(
      gateway.instances.map(async (instance, index) => {
        const isTls = config.instances[index]?.http.baseUrl.startsWith('https:') ?? false;
        const { steps, ms, failure } = await checkInstance(instance, { isTls, checkHealth });
        const { key, vendor, host } = instance;
        return { key, vendor: vendor.kind, host, ok: failure === null, steps, ms, failure };
      }),
    );
  } finally {
    await gateway.close();
  }
}

function printRows(rows: readonly Row[]): void {
  const headings = ['Instance', 'Vendor', 'Host', ...STEPS.map((step) => HEADINGS[step]), 'ms'];
  const cells = rows.map(({ key, vendor, host, steps, ms }) => [
    key,
    vendor,
    host,
    ...STEPS.map((step) => steps[step]),
    String(ms),
  ]);
  print(toTable([headings, ...cells]));
  const lines = rows.flatMap(({ key, failure }) => (failure ? [`${key}: ${failure.problem} ${failure.advice}`] : []));
  if (lines.length > 0) print(`\n${lines.join('\n')}`);
}

/**
 * Runs the command.
 * @param keys the keys of the instances to check; empty for all.
 * @throws UsageError without a file, or when a key has no instance. @throws ConfigError for mistakes in the file.
 */
export async function check(
  path: string | undefined,
  keys: readonly string[],
  { json = false }: CheckOptions,
): Promise<void> {
  const config = await loadConfig(requireConfig(path), { vendors, environment: env });
  const rows = await checkAll({ ...config, instances: select(config, keys) });
  const ok = rows.every((row) => row.ok);
  if (json) print(JSON.stringify({ ok, instances: rows }, null, 2));
  else printRows(rows);
  if (!ok) failAtEnd(INSTANCE_FAILED);
}
