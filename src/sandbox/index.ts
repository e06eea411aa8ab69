// The four vendors in small, on loopback, and how to reach them. Nothing here knows an adapter.
import { chartbrewCredentials, createSandboxChartbrew } from './chartbrew/server.ts';
import { createSandboxCredible, credibleCredentials } from './credible/server.ts';
import { createSandboxLooker, lookerCredentials } from './looker/server.ts';
import { createSandboxOmni, omniCredentials } from './omni/server.ts';
import { startSandboxServer, type SandboxServer } from './server.ts';

/** An instance as the configuration file would have it, its credentials in clear: there is nothing behind them. */
export interface SandboxInstance {
  readonly key: string;
  readonly vendor: string;
  readonly label: string;
  readonly baseUrl: string;
  readonly [setting: string]: string | number;
}

export interface Sandbox {
  readonly instances: readonly SandboxInstance[];
  /** By vendor. */
  readonly servers: Readonly<Record<'looker' | 'omni' | 'credible' | 'chartbrew', SandboxServer>>;
  close(): Promise<void>;
}

/** @param firstPort of four in a row; 0 takes any free ones. */
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
