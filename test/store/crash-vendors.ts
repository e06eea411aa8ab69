// Vendors for the crash tests: one server that acts as many Lookers and Chartbrews, each with its own state. It counts what arrived and
// what was carried out, and holds a write for as long as a test wants.
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { createSandboxLooker } from '../../src/sandbox/looker/server.ts';
import type { SandboxInstance } from '../../src/sandbox/index.ts';
import type { SandboxRequest, SandboxResponse } from '../../src/sandbox/server.ts';
import { NO_ECONOMY } from '../support/gateway.ts';
import { startVendorServer } from '../support/journal.ts';

const SANDBOXES = { looker: createSandboxLooker, chartbrew: createSandboxChartbrew };
export type CrashVendor = keyof typeof SANDBOXES;
export type WriteKind = 'create' | 'change' | 'remove';

const kindOf = ({ method, path }: SandboxRequest): WriteKind | null => {
  if (method === 'GET' || path.endsWith('/login')) return null;
  return method === 'DELETE' ? 'remove' : method === 'POST' ? 'create' : 'change';
};

interface Held {
  readonly act: () => SandboxResponse | Promise<SandboxResponse>;
  readonly answer: (response: SandboxResponse) => void;
}

const NO_WRITES = { create: 0, change: 0, remove: 0 };

/** One vendor of the server. */
export class StubVendor {
  readonly key: string;
  readonly vendor: CrashVendor;
  /** The kind of writes that get no answer for now; null for none. */
  holds: WriteKind | null = null;
  /** Whether creates are refused. */
  refusesCreates = false;
  arrived = { ...NO_WRITES };
  done = { ...NO_WRITES };
  readonly #sandbox: ReturnType<(typeof SANDBOXES)[CrashVendor]>;
  #held: Held[] = [];

  constructor(key: string, vendor: CrashVendor) {
    this.key = key;
    this.vendor = vendor;
    this.#sandbox = SANDBOXES[vendor]();
  }

  /** How many writes wait for an answer. */
  get waiting(): number {
    return this.#held.length;
  }

  /** Forgets what was counted. */
  begin(): void {
    this.arrived = { ...NO_WRITES };
    this.done = { ...NO_WRITES };
    this.holds = null;
    this.refusesCreates = false;
  }

  async handle(request: SandboxRequest): Promise<SandboxResponse> {
    const kind = kindOf(request);
    if (!kind) return this.#sandbox(request);
    this.arrived[kind] += 1;
    if (kind === 'create' && this.refusesCreates) return { status: 403, body: {} };
    const act = async () => {
      const response = await this.#sandbox(request);
      if (response.status < 300) this.done[kind] += 1;
      return response;
    };
    if (kind !== this.holds) return act();
    return new Promise((answer) => void this.#held.push({ act, answer }));
  }

  /** Answers the writes that wait. @param happens whether they are carried out; otherwise they get 504. */
  async goOn(happens: boolean): Promise<void> {
    this.holds = null;
    const held = this.#held;
    this.#held = [];
    for (const { act, answer } of held) answer(happens ? await act() : { status: 504, body: {} });
  }
}

/** Starts the server. @returns the vendors, by pairs, and the settings of their instances. */
export async function startCrashVendors(pairs: number, sandbox: readonly SandboxInstance[]) {
  const vendors = Array.from({ length: pairs }, (_, at) => ({
    looker: new StubVendor(`looker${at}`, 'looker'),
    chartbrew: new StubVendor(`chartbrew${at}`, 'chartbrew'),
  }));
  const all = vendors.flatMap((pair) => [pair.looker, pair.chartbrew]);
  const byKey = new Map(all.map((vendor) => [vendor.key, vendor]));
  const server = await startVendorServer(() => async (request) => {
    const [, key = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(request.path) ?? [];
    return byKey.get(key)?.handle({ ...request, path }) ?? { status: 404 };
  });
  const instances = all.map(({ key, vendor }) => {
    const plain = sandbox.find((one) => one.vendor === vendor);
    const path = new URL(plain?.baseUrl ?? '').pathname.replace(/\/$/, '');
    return { ...plain, ...NO_ECONOMY, key, label: key, baseUrl: `${server.origin}/${key}${path}` };
  });
  return { vendors, instances, close: async () => server.close() };
}
