// Sandboxes of which each may fail once asked for one kind of thing: one server that plays any number of vendors, each with a
// state of its own, and a gateway over all of them. What each of them holds is looked up behind the failures.
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { createSandboxCredible } from '../../src/sandbox/credible/server.ts';
import { createSandboxLooker } from '../../src/sandbox/looker/server.ts';
import { createSandboxOmni } from '../../src/sandbox/omni/server.ts';
import {
  startSandboxServer,
  type SandboxRequest,
  type SandboxResponse,
  type SandboxVendor,
} from '../../src/sandbox/server.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions, type VendorName } from '../support/gateway.ts';

export type CallKind = 'list' | 'read' | 'test' | 'write';

export interface Fault {
  readonly at: CallKind;
  /** Whether the vendor does what it was asked for, whatever it says. */
  readonly isDone: boolean;
  readonly answer: SandboxResponse | 'nothing' | 'a cut line';
}

/** A vendor of the stage. Its key is that of its instance. */
export interface Role {
  readonly key: string;
  readonly vendor: VendorName;
  readonly fault?: Fault;
  /** What goes on at the vendor before it does what it is asked for. */
  readonly before?: (kind: CallKind, vendor: SandboxVendor) => Promise<unknown>;
  /** Changes the instance. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const SANDBOXES: Readonly<Record<VendorName, () => SandboxVendor>> = {
  looker: createSandboxLooker,
  omni: createSandboxOmni,
  credible: createSandboxCredible,
  chartbrew: createSandboxChartbrew,
};

const isTest = ({ path, query }: SandboxRequest): boolean => path.endsWith('/test') || query.has('dryRun');

function kindOf(request: SandboxRequest): CallKind | null {
  if (request.path.endsWith('/login')) return null;
  if (request.method === 'GET') return request.path.endsWith('/connections') ? 'list' : 'read';
  return isTest(request) ? 'test' : 'write';
}

const withFault =
  ({ fault, before }: Role, vendor: SandboxVendor): SandboxVendor =>
  async (request) => {
    const kind = kindOf(request);
    if (kind) await before?.(kind, vendor);
    if (!fault || kind !== fault.at) return vendor(request);
    if (fault.isDone) await vendor(request);
    if (fault.answer === 'nothing') return new Promise(() => {});
    // The server cuts the line of a vendor that throws.
    if (fault.answer === 'a cut line') throw new Error('cut');
    return fault.answer;
  };

/** A request as a vendor's own user makes it, past the failures. */
export const vendorRequest = (
  method: string,
  path: string,
  authorization: string,
  body: unknown = '',
): SandboxRequest => ({
  method,
  path,
  query: new URLSearchParams(),
  headers: { authorization, 'content-type': 'application/json' },
  body: Buffer.from(body === '' ? '' : JSON.stringify(body)),
});

const CREDIBLE = '/api/v0/organizations/acme/projects/analytics/connections';

export const callCredible = async (vendor: SandboxVendor, method: string, name: string, body: unknown = '') =>
  (await vendor(vendorRequest(method, `${CREDIBLE}/${name}`, 'Bearer sandbox-credible-token', body))).body;

const secretsOf = ({ secrets }: SandboxVendor) => (secrets?.() ?? {}) as Record<string, unknown>;

/** What a vendor has stored of one connection: its secrets where it never shows them, else all of it. */
const STORED: Readonly<Record<VendorName, (vendor: SandboxVendor, id: string) => Promise<unknown>>> = {
  looker: async (vendor, id) => secretsOf(vendor)[id],
  omni: async (vendor, id) => secretsOf(vendor)[id],
  credible: async (vendor, id) => callCredible(vendor, 'GET', id),
  chartbrew: async (vendor, id) =>
    (await vendor(vendorRequest('GET', `/team/7/connections/${id}`, 'Bearer sandbox-chartbrew-key'))).body,
};

export interface Received {
  readonly kind: CallKind;
  /** `METHOD /path?query`. */
  readonly call: string;
  readonly body: string;
}

export interface ScriptedGateway extends TestGateway {
  readonly stored: (role: Role, id: string) => Promise<Record<string, unknown>>;
  /** Puts a row into a Chartbrew as its own API takes it, past the gateway and its checks. */
  readonly insertChartbrewRow: (key: string, row: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Changes a row of a Chartbrew in the same way. */
  readonly updateChartbrewRow: (key: string, id: string, row: Readonly<Record<string, unknown>>) => Promise<void>;
  /** What reached the vendor of a role, without logins; paths as the vendor sees them. */
  readonly receivedBy: (key: string) => readonly Received[];
}

/** Which time of an instance ends a call of each kind. */
const TIMES: Readonly<Record<CallKind, string>> = { list: 'listMs', read: 'readMs', test: 'testMs', write: 'writeMs' };

/** A call that nobody answers is given up soon. Calls of other kinds keep their time, however busy the machine is. */
const patienceFor = (fault?: Fault): object =>
  fault?.answer === 'nothing' ? { timeouts: { [TIMES[fault.at]]: 1000 } } : {};

export async function startScriptedGateway(
  roles: readonly Role[],
  options: TestGatewayOptions = {},
): Promise<ScriptedGateway> {
  const vendors = new Map(roles.map(({ key, vendor }) => [key, SANDBOXES[vendor]()]));
  const vendorOf = (key: string): SandboxVendor => {
    const vendor = vendors.get(key);
    if (!vendor) throw new Error(`Nobody plays ${key}.`);
    return vendor;
  };
  const cast = new Map(roles.map((role) => [role.key, withFault(role, vendorOf(role.key))]));
  const received = new Map(roles.map(({ key }) => [key, [] as Received[]]));
  const server = await startSandboxServer(
    () => (request) => {
      const [, key = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(request.path) ?? [];
      const asks = { ...request, path };
      const call = `${request.method} ${path}${request.query.size > 0 ? `?${request.query.toString()}` : ''}`;
      const kind = kindOf(asks);
      if (kind) received.get(key)?.push({ kind, call, body: request.body.toString() });
      return cast.get(key)?.(asks) ?? { status: 404 };
    },
    0,
  );
  const gateway = await startTestGateway({
    ...options,
    instances: (sandbox) => [
      ...roles.map(({ key, vendor, fault, settings }) => {
        const plain = sandbox.find((one) => one.vendor === vendor);
        const baseUrl = `${server.origin}/${key}${new URL(plain?.baseUrl ?? '').pathname.replace(/\/$/, '')}`;
        return { ...plain, key, baseUrl, ...patienceFor(fault), ...settings };
      }),
      ...(options.instances?.(sandbox) ?? []),
    ],
  });
  return {
    ...gateway,
    stored: async ({ key, vendor }, id) => (await STORED[vendor](vendorOf(key), id)) as Record<string, unknown>,
    insertChartbrewRow: async (key, row) => {
      const created = vendorRequest('POST', '/team/7/connections', 'Bearer sandbox-chartbrew-key', row);
      return String(((await vendorOf(key)(created)).body as { id: number }).id);
    },
    updateChartbrewRow: async (key, id, row) => {
      await vendorOf(key)(vendorRequest('PUT', `/team/7/connections/${id}`, 'Bearer sandbox-chartbrew-key', row));
    },
    receivedBy: (key) => received.get(key) ?? [],
    close: async () => {
      await gateway.close();
      await server.close();
    },
  };
}
