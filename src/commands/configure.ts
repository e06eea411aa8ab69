// Reads the configuration for `start`, and reads it again when it is asked to.
import {
  ConfigError,
  loadConfig,
  parseConfig,
  type ConfigSources,
  type GatewayConfig,
} from '../config/parse-config.ts';
import type { Gateway } from '../gateway.ts';
import { classNameOf, type Log } from '../observability/log.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { env, onSignal, UsageError } from './process.ts';
import { startSandboxFromEnvironment } from './sandbox.ts';

/** How often the configuration file is looked at, in milliseconds. */
const WATCH_MS = 2000;

type Environment = ConfigSources['environment'];

/** The environment as the configuration file is read with it. */
export interface ConfigEnvironment {
  readonly values: Environment;
  /** Deletes variables from the environment of the process, so that no child process and no diagnostic report contains their values. */
  readonly hide: (names: readonly string[]) => void;
}

/** Returns the environment. It keeps what is hidden, because a reload reads the variables again. */
export function readEnvironment(): ConfigEnvironment {
  const values = { ...env };
  return {
    values,
    hide: (names) => {
      for (const name of names) delete env[name];
    },
  };
}

/** Returns the configuration of a file; without a file, one of sandbox vendors that this starts. @throws ConfigError and UsageError */
export async function configure(
  path: string | undefined,
  environment: Environment,
): Promise<{ config: GatewayConfig; sandbox: Sandbox | null }> {
  if (!path && environment['NODE_ENV'] === 'production') {
    throw new UsageError(
      'There is no configuration. In production the sandbox does not replace it: use --config FILE or PATCHBAY_CONFIG.',
    );
  }
  const { vendors } = await import('../vendors/index.ts');
  const sources = { vendors, environment };
  if (path) return { config: await loadConfig(path, sources), sandbox: null };
  const sandbox = await startSandboxFromEnvironment();
  return { config: parseConfig({ instances: sandbox.instances }, sources), sandbox };
}

/** What reads a file again. */
export interface Reloading {
  readonly path: string;
  readonly environment: ConfigEnvironment;
  readonly gateway: Gateway;
  readonly log: Log;
  /** Returns whether the file has changed since it was read. */
  readonly hasChanged: () => boolean;
}

/** Reads the configuration again and replaces it. A configuration with mistakes is reported, and the one of before stays. */
async function reload({ path, gateway, environment, log }: Reloading): Promise<void> {
  try {
    const { vendors } = await import('../vendors/index.ts');
    const config = await loadConfig(path, { vendors, environment: environment.values });
    const report = await gateway.reload(config);
    environment.hide(config.variables);
    log.info('configuration reloaded', report);
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [classNameOf(error)];
    log.error('the configuration cannot be used; the one of before stays in use', { problems });
  }
}

/**
 * Reads the configuration again at each SIGHUP.
 * @param onChange whether it is also read again when its file changes.
 */
export function reloadOnDemand(onChange: boolean, reloading: Reloading): void {
  const { hasChanged } = reloading;
  onSignal('SIGHUP', () => {
    hasChanged();
    void reload(reloading);
  });
  if (!onChange) return;
  const look = () => {
    if (hasChanged()) void reload(reloading);
  };
  setInterval(look, WATCH_MS).unref();
}
