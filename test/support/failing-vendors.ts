// The four sandbox vendors with scripted faults: a fault says whether a write is carried out, and what the gateway
// receives as its answer.
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { createSandboxCredible } from '../../src/sandbox/credible/server.ts';
import { createSandboxLooker } from '../../src/sandbox/looker/server.ts';
import { createSandboxOmni } from '../../src/sandbox/omni/server.ts';
import type { SandboxResponse, SandboxServer, SandboxVendor } from '../../src/sandbox/server.ts';
import { startTestGateway, type TestGateway, type VendorName } from './gateway.ts';
import { journalOf, startVendorServer } from './journal.ts';

export interface Fault {
  readonly isDone: boolean;
  readonly answer: SandboxResponse | 'a cut line';
}

export interface FaultyVendors {
  readonly gateway: TestGateway;
  /** Sets the fault of every later write at a vendor. Null removes it. */
  readonly setFault: (vendor: VendorName, fault: Fault | null) => void;
  /** Returns `METHOD /path` of the writes that the vendor received, without logins. */
  readonly writesTo: (vendor: VendorName) => Promise<string[]>;
  readonly close: () => Promise<void>;
}

const SANDBOXES: Readonly<Record<VendorName, () => SandboxVendor>> = {
  looker: createSandboxLooker,
  omni: createSandboxOmni,
  credible: createSandboxCredible,
  chartbrew: createSandboxChartbrew,
};

export async function startFaultyVendors(): Promise<FaultyVendors> {
  const faults = new Map<VendorName, Fault>();
  const faulty = (vendor: VendorName): SandboxVendor => {
    const sandbox = SANDBOXES[vendor]();
    return async (request) => {
      const isWrite = request.method !== 'GET' && !request.path.endsWith('/login');
      const fault = isWrite ? faults.get(vendor) : undefined;
      if (!fault) return sandbox(request);
      if (fault.isDone) await sandbox(request);
      // The server resets the connection when the vendor throws.
      if (fault.answer === 'a cut line') throw new Error('cut');
      return fault.answer;
    };
  };
  const vendors = Object.keys(SANDBOXES) as VendorName[];
  const started = await Promise.all(
    vendors.map(async (vendor) => [vendor, await startVendorServer(() => faulty(vendor))] as const),
  );
  const servers = new Map<string, SandboxServer>(started);
  const originOf = (vendor: string) => servers.get(vendor)?.origin ?? '';
  const gateway = await startTestGateway({
    instances: (sandbox) =>
      sandbox.map((instance) => {
        const path = new URL(instance.baseUrl).pathname.replace(/\/$/, '');
        return { ...instance, baseUrl: originOf(instance.vendor) + path };
      }),
  });
  return {
    gateway,
    setFault: (vendor, fault) => void (fault ? faults.set(vendor, fault) : faults.delete(vendor)),
    writesTo: async (vendor) =>
      (await journalOf(originOf(vendor))).flatMap(({ method, path }) =>
        method === 'GET' || path.endsWith('/login') ? [] : [`${method} ${path}`],
      ),
    close: async () => {
      await gateway.close();
      await Promise.all([...servers.values()].map((server) => server.close()));
    },
  };
}
