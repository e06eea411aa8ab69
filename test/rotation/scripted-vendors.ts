// A gateway over scripted vendors: one server that acts as any number of vendors, each with its own state. A vendor may fail for
// one kind of call. Tests read what a vendor has stored directly, without its failures.
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
import { createManualDeadline } from '../support/manual-deadline.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions, type VendorName } from '../support/gateway.ts';

export type CallKind = 'list' | 'read' | 'test' | 'write';

export interface Fault {
  readonly at: CallKind;
  /** Whether the call is carried out, whatever the answer says. */
  readonly isDone: boolean;
  readonly answer: SandboxResponse | 'nothing' | 'a cut line';
}

/** A scripted vendor. Its key is the key of its instance. */
export interface Role {
  readonly key: string;
  readonly vendor: VendorName;
  readonly fault?: Fault;
  /** Runs before the vendor handles a call. */
  readonly before?: (kind: CallKind, vendor: SandboxVendor) => Promise<unknown>;
  /** Further settings of the instance. */
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
  ({ fault, before, deadline }: ReturnType<typeof withDeadline>, vendor: SandboxVendor): SandboxVendor =>
  async (request) => {
    const kind = kindOf(request);
    if (kind) await before?.(kind, vendor);
    if (!fault || kind !== fault.at) return vendor(request);
    if (fault.isDone) await vendor(request);
    if (fault.answer === 'nothing') {
      deadline?.end();
      return new Promise(() => {});
    }
    // The server resets the connection when the vendor throws.
    if (fault.answer === 'a cut line') throw new Error('cut');
    return fault.answer;
  };

/** Returns a request of a vendor's own user, which does not pass the failures. */
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

/** Returns what a vendor has stored of a connection: the secrets if the vendor never shows them, else the whole row. */
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
  /** Creates a row by Chartbrew's own API, without the gateway and its checks. Returns its id. */
  readonly insertChartbrewRow: (key: string, row: Readonly<Record<string, unknown>>) => Promise<string>;
  /** Updates a row in the same way. */
  readonly updateChartbrewRow: (key: string, id: string, row: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Returns the calls that a vendor received, without logins. */
  readonly receivedBy: (key: string) => readonly Received[];
}

/** The timeout setting for each kind of call. */
const TIMES: Readonly<Record<CallKind, string>> = { list: 'listMs', read: 'readMs', test: 'testMs', write: 'writeMs' };

/** Returns the role with the deadline of the calls that get no answer. It ends when such a call has reached the vendor. */
const withDeadline = (role: Role) => ({
  ...role,
  deadline: role.fault?.answer === 'nothing' ? createManualDeadline() : null,
});

const timeoutsOf = ({ fault, deadline }: ReturnType<typeof withDeadline>): object =>
  fault && deadline ? { timeouts: { [TIMES[fault.at]]: deadline.durationMs } } : {};

export async function startScriptedGateway(
  roles: readonly Role[],
  options: TestGatewayOptions = {},
): Promise<ScriptedGateway> {
  const vendors = new Map(roles.map(({ key, vendor }) => [key, SANDBOXES[vendor]()]));
  const vendorOf = (key: string): SandboxVendor => {
    const vendor = vendors.get(key);
    if (!vendor) throw new Error(`No scripted vendor has the key ${key}.`);
    return vendor;
  };
  const scriptedRoles = roles.map(withDeadline);
  const handlers = new Map(scriptedRoles.map((role) => [role.key, withFault(role, vendorOf(role.key))]));
  const received = new Map(roles.map(({ key }) => [key, [] as Received[]]));
  const server = await startSandboxServer(
    () => (request) => {
      const [, key = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(request.path) ?? [];
      const vendorRequestSeen = { ...request, path };
      const call = `${request.method} ${path}${request.query.size > 0 ? `?${request.query.toString()}` : ''}`;
      const kind = kindOf(vendorRequestSeen);
      if (kind) received.get(key)?.push({ kind, call, body: request.body.toString() });
      return handlers.get(key)?.(vendorRequestSeen) ?? { status: 404 };
    },
    0,
  );
  const gateway = await startTestGateway({
    // The rotation's own limit of ids is tested. It has the path of the input.
    limits: { listItems: 1000 },
    ...options,
    instances: (sandbox) => [
      ...scriptedRoles.map((role) => {
        const { key, vendor, settings } = role;
        const plain = sandbox.find((instance) => instance.vendor === vendor);
        const baseUrl = `${server.origin}/${key}${new URL(plain?.baseUrl ?? '').pathname.replace(/\/$/, '')}`;
        return { ...plain, key, baseUrl, ...timeoutsOf(role), ...settings };
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
