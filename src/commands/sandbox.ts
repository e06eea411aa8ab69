// The command `sandbox`: starts the four sandbox vendors alone. `start` without a configuration starts them beside the gateway.
import type { Sandbox } from '../sandbox/index.ts';
import { env, print, stopOnSignal, UsageError } from './process.ts';

/** Starts the sandbox vendors at the ports that SANDBOX_PORT names. @throws UsageError when the ports cannot be used. */
export async function startSandboxFromEnvironment(): Promise<Sandbox> {
  const first = env['SANDBOX_PORT'] ?? '4011';
  if (!/^\d{1,5}$/.test(first) || Number(first) > 65_532) {
    throw new UsageError('SANDBOX_PORT must be a number between 0 and 65532.');
  }
  const { startSandbox } = await import('../sandbox/index.ts');
  try {
    return await startSandbox(Number(first));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new UsageError(
      `A port of the sandbox (${first} and the next three) is in use. Set SANDBOX_PORT to another one, or to 0.`,
    );
  }
}

/** Prints the addresses and the credentials of the sandbox vendors. */
export function describeSandbox({ instances }: Sandbox): void {
  print('Sandbox vendors (in memory; these credentials open nothing else):');
  for (const { key, label: _label, vendor: _vendor, baseUrl, ...credentials } of instances) {
    const list = Object.entries(credentials).map(([name, value]) => `${name}=${value}`);
    print(`  ${key.padEnd(10)} ${baseUrl}  ${list.join(' ')}`);
  }
}

/** Runs the command. It ends by a signal. */
export async function runSandbox(): Promise<void> {
  const sandbox = await startSandboxFromEnvironment();
  stopOnSignal(async () => {
    await sandbox.close();
    return true;
  });
  describeSandbox(sandbox);
}
