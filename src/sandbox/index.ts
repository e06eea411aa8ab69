// The sandbox: four small HTTP servers on loopback that behave like the vendors. The sandbox is the other side of the wire, so it imports
// nothing from the rest of src/. Each vendor's folder has the same files:
// - server.ts creates the vendor: its routes, its authentication, its state;
// - data.ts has the fields and the first connections;
// - rules.ts has the checks of a request's body and the vendor's error messages, written from the vendor's documents;
// - connection-tests.ts decides how a connection test ends (Omni has none).
// A part of a long file is in a file of its own: store.ts, view.ts, list.ts, update.ts, connection-tests/.
import { chartbrewCredentials, createSandboxChartbrew } from './chartbrew/server.ts';
import { createSandboxCredible, credibleCredentials } from './credible/server.ts';
import { createSandboxLooker, lookerCredentials } from './looker/server.ts';
import { createSandboxOmni, omniCredentials } from './omni/server.ts';
import { startSandboxServer, type SandboxServer } from './server.ts';

/** An instance as in a configuration file. Its credentials are in plain text, because they open nothing else. */
export interface SandboxInstance {
  readonly key: string;
  readonly vendor: string;
  readonly label: string;
  readonly baseUrl: string;
  readonly [setting: string]: string | number;
}

export interface Sandbox {
  readonly instances: readonly SandboxInstance[];
  /** The server of each vendor. */
  readonly servers: Readonly<Record<'looker' | 'omni' | 'credible' | 'chartbrew', SandboxServer>>;
  close(): Promise<void>;
}

/**
 * Starts the four vendors.
 * @param firstPort the first of four consecutive ports; 0 uses any free ports.
 */
export async function startSandbox(firstPort: number): Promise<Sandbox> {
  const port = (at: number) => (firstPort === 0 ? 0 : firstPort + at);
  const [looker, omni, credible, chartbrew] = await Promise.all([
    startSandboxServer(() => createSandboxLooker(), port(0)),
    startSandboxServer(() => createSandboxOmni(), port(1)),
    startSandboxServer(() => createSandboxCredible(), port(2)),
    startSandboxServer(() => createSandboxChartbrew(), port(3)),
  ]);
  return {
    servers: { looker, omni, credible, chartbrew },
    instances: [
      {
        key: 'looker',
        vendor: 'looker',
        label: 'Looker (sandbox)',
        baseUrl: `${looker.origin}/api/4.0`,
        ...lookerCredentials,
      },
      { key: 'omni', vendor: 'omni', label: 'Omni (sandbox)', baseUrl: `${omni.origin}/api`, ...omniCredentials },
      {
        key: 'credible',
        vendor: 'credible',
        label: 'Credible (sandbox)',
        baseUrl: `${credible.origin}/api/v0`,
        organization: 'acme',
        project: 'analytics',
        ...credibleCredentials,
      },
      {
        key: 'chartbrew',
        vendor: 'chartbrew',
        label: 'Chartbrew (sandbox)',
        baseUrl: chartbrew.origin,
        ...chartbrewCredentials,
      },
    ],
    close: async () => {
      await Promise.all([looker, omni, credible, chartbrew].map((server) => server.close()));
    },
  };
}
