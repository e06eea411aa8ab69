// A gateway over scripted vendors: one server that acts as any number of vendors, each with its own state. A script says
// whether a write is carried out, and what the gateway receives as its answer.
import { onTestFinished } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { createSandboxCredible } from '../../src/sandbox/credible/server.ts';
import { createSandboxLooker, lookerCredentials } from '../../src/sandbox/looker/server.ts';
import { createSandboxOmni } from '../../src/sandbox/omni/server.ts';
import { type SandboxResponse, type SandboxVendor } from '../../src/sandbox/server.ts';
import { createManualDeadline } from '../support/manual-deadline.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions, type VendorName } from '../support/gateway.ts';
import { journalOf, startVendorServer } from '../support/journal.ts';

export interface Fault {
  /** Whether the write is carried out, whatever the answer says. */
  readonly isDone: boolean;
  readonly answer: SandboxResponse | 'nothing' | 'a cut line';
}

export interface Script {
  readonly create?: Fault | undefined;
  readonly remove?: Fault | undefined;
}

/** A scripted vendor. Its key is the key of its instance. */
export interface Role {
  readonly key: string;
  readonly vendor: VendorName;
  readonly script?: Script;
  /** Handles the requests in place of the sandbox. */
  readonly handler?: SandboxVendor;
  /** Further settings of the instance. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const SANDBOXES: Readonly<Record<VendorName, () => SandboxVendor>> = {
  looker: createSandboxLooker,
  omni: createSandboxOmni,
  credible: createSandboxCredible,
  chartbrew: createSandboxChartbrew,
};

/** Returns the role with the deadline of the writes that get no answer. It ends when such a write has reached the vendor. */
const withDeadline = (role: Role) => ({
  ...role,
  deadline: [role.script?.create, role.script?.remove].some((fault) => fault?.answer === 'nothing')
    ? createManualDeadline()
    : null,
});

const scripted =
  ({ vendor, script = {}, handler = SANDBOXES[vendor](), deadline }: ReturnType<typeof withDeadline>): SandboxVendor =>
  async (request) => {
    const isCreate = request.method === 'POST' && request.path.endsWith('/connections');
    const fault = isCreate ? script.create : request.method === 'DELETE' ? script.remove : undefined;
    if (!fault) return handler(request);
    if (fault.isDone) await handler(request);
    if (fault.answer === 'nothing') {
      deadline?.end();
      return new Promise(() => {});
    }
    // The server resets the connection when the vendor throws.
    if (fault.answer === 'a cut line') throw new Error('cut');
    return fault.answer;
  };

export interface ScriptedGateway extends TestGateway {
  /** Returns the names of the connections that were created at a vendor and still exist. Reads them by plain HTTP. */
  readonly createdNamesOf: (role: Role) => Promise<string[]>;
  /** Returns `key METHOD` of the creates and deletes, in the order in which they reached the vendors. */
  readonly writes: () => Promise<string[]>;
}

type Names = readonly { readonly name: string }[];

const LISTS: Readonly<Record<VendorName, (origin: string) => Promise<Names>>> = {
  looker: async (origin) => {
    const { clientId: client_id, clientSecret: client_secret } = lookerCredentials;
    const body = new URLSearchParams({ client_id, client_secret });
    const login = await fetch(`${origin}/api/4.0/login`, { method: 'POST', body });
    const { access_token } = (await login.json()) as { access_token: string };
    return get(`${origin}/api/4.0/connections`, `Bearer ${access_token}`);
  },
  omni: async (origin) =>
    (await get<{ connections: Names }>(`${origin}/api/v1/connections`, 'Bearer sandbox-omni-key')).connections,
  credible: async (origin) =>
    get(`${origin}/api/v0/organizations/acme/projects/analytics/connections`, 'Bearer sandbox-credible-token'),
  chartbrew: async (origin) => get(`${origin}/team/7/connections`, 'Bearer sandbox-chartbrew-key'),
};

async function get<T = Names>(url: string, authorization: string): Promise<T> {
  const answer = await fetch(url, { headers: { authorization } });
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`);
  return (await answer.json()) as T;
}

export async function startScriptedGateway(
  roles: readonly Role[],
  options: TestGatewayOptions = {},
): Promise<ScriptedGateway> {
  const scriptedRoles = roles.map(withDeadline);
  const vendors = new Map(scriptedRoles.map((role) => [role.key, scripted(role)]));
  const route: SandboxVendor = (request) => {
    const [, key = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(request.path) ?? [];
    const vendor = vendors.get(key);
    return vendor ? vendor({ ...request, path }) : { status: 404 };
  };
  const server = await startVendorServer(() => route);
  const gateway = await startTestGateway({
    ...options,
    instances: (sandbox) => [
      ...scriptedRoles.map((role) => {
        const plain = sandbox.find(({ vendor }) => vendor === role.vendor);
        const { pathname } = new URL(plain?.baseUrl ?? '');
        const baseUrl = `${server.origin}/${role.key}${pathname.replace(/\/$/, '')}`;
        return {
          ...plain,
          key: role.key,
          baseUrl,
          ...(role.deadline && { timeouts: { writeMs: role.deadline.durationMs } }),
          ...role.settings,
        };
      }),
      ...(options.instances?.(sandbox) ?? []),
    ],
  });
  const initialNames = Object.fromEntries(
    await Promise.all(
      Object.entries(gateway.sandbox.servers).map(async ([vendor, { origin }]) => {
        const rows = await LISTS[vendor as VendorName](origin);
        return [vendor, new Set(rows.map(({ name }) => name))] as const;
      }),
    ),
  );
  return {
    ...gateway,
    createdNamesOf: async ({ key, vendor }) => {
      const rows = await LISTS[vendor](`${server.origin}/${key}`);
      return rows.map(({ name }) => name).filter((name) => !initialNames[vendor]?.has(name));
    },
    writes: async () =>
      (await journalOf(server.origin))
        .filter(({ method, path }) => method === 'DELETE' || (method === 'POST' && path.endsWith('/connections')))
        .map(({ method, path }) => `${path.split('/')[1]} ${method}`),
    close: async () => {
      await gateway.close();
      await server.close();
    },
  };
}

/** Starts a scripted gateway that is closed when the test ends. */
export async function useScriptedGateway(...args: Parameters<typeof startScriptedGateway>): Promise<ScriptedGateway> {
  const gateway = await startScriptedGateway(...args);
  onTestFinished(() => gateway.close());
  return gateway;
}
