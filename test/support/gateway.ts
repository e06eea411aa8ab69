// A gateway over a sandbox of its own, both in this process: what a test asks goes through GraphQL and real HTTP.
import type { GraphQLSchema } from 'graphql';
import { createGateway, createSchema, dialects, parseConfig, vendors, type Gateway } from '../../src/gateway.ts';
import { createLog } from '../../src/observability/log.ts';
import { startSandbox, type Sandbox, type SandboxInstance } from '../../src/sandbox/index.ts';
import type { RecordedRequest } from '../../src/sandbox/server.ts';
import { journalOf, registerServer, resetServer } from './journal.ts';

export type VendorName = keyof Sandbox['servers'];

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
  readonly data: any;
  readonly errors: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[] | undefined;
}

export interface TestGateway {
  readonly gateway: Gateway;
  readonly sandbox: Sandbox;
  /** Everything that was logged, line by line. */
  readonly log: string[];
  /** Sends a query or mutation as JSON. */
  readonly ask: (query: string, variables?: Record<string, unknown>) => Promise<Answer>;
  /** What reached a vendor since the last reset, without logins. */
  readonly received: (vendor: VendorName) => Promise<RecordedRequest[]>;
  /** Bodies of the POSTs that reached a vendor, parsed, without logins. */
  readonly posted: (vendor: VendorName) => Promise<unknown[]>;
  /** Puts a vendor back to its first state. */
  readonly reset: (vendor: VendorName) => Promise<void>;
  /** Puts all four back. */
  readonly resetAll: () => Promise<void>;
  /** hang: it never answers; reset: it cuts the line; none: it works. */
  readonly outage: (vendor: VendorName, mode: 'hang' | 'reset' | 'none') => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface TestGatewayOptions {
  /** Changes the instances of the sandbox, or adds to them. */
  readonly instances?: (sandbox: readonly SandboxInstance[]) => readonly unknown[];
  readonly server?: Record<string, unknown>;
  readonly audit?: Record<string, unknown>;
  readonly federation?: Record<string, unknown>;
  readonly createGateway?: Parameters<typeof createGateway>[1];
}

/** The address of an instance's API at another server: its path stays. */
export const addressAt = (origin: string, { baseUrl }: SandboxInstance): string => origin + new URL(baseUrl).pathname;

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text.startsWith('{') ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, text, data: body.data, errors: body.errors };
}

/** Every question is a call, as often as a test asks: what spares and refuses calls has tests of its own, which set it. */
export const NO_ECONOMY = {
  cache: { ttlMs: 0, staleMs: 0 },
  rateLimit: { perMinute: 100_000 },
  breaker: { failures: 0 },
};

let usual: GraphQLSchema | null = null;

/** Most gateways of the tests have the same schema; one that has another, or whose plugins change it, makes its own. */
function schemaFor({ federation, createGateway: own = {} }: TestGatewayOptions): { schema?: GraphQLSchema } {
  if (federation || own.vendors || own.dialects) return {};
  return { schema: (usual ??= createSchema({ vendors, dialects }, {})) };
}

async function startRegisteredSandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox(0);
  const unregister = Object.values(sandbox.servers).map(registerServer);
  return {
    ...sandbox,
    close: async () => {
      for (const forget of unregister) forget();
      await sandbox.close();
    },
  };
}

export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const sandbox = await startRegisteredSandbox();
  const log: string[] = [];
  const plain: readonly SandboxInstance[] = sandbox.instances.map((one) => ({ ...one, ...NO_ECONOMY }) as never);
  const instances = options.instances?.(plain) ?? plain;
  const config = parseConfig(
    {
      server: { graphiql: false, ...options.server },
      audit: options.audit,
      federation: options.federation,
      instances,
    },
    { vendors: options.createGateway?.vendors ?? vendors, environment: {} },
  );
  const gateway = await createGateway(config, {
    log: createLog({ write: (line) => void log.push(line) }),
    ...schemaFor(options),
    ...options.createGateway,
  });
  const control = async (vendor: VendorName, path: string, init?: RequestInit) =>
    fetch(`${sandbox.servers[vendor].origin}/__sandbox/${path}`, init);
  const received = async (vendor: VendorName) =>
    (await journalOf(sandbox.servers[vendor].origin)).filter(({ path }) => !path.endsWith('/login'));
  const reset = (vendor: VendorName) => resetServer(sandbox.servers[vendor].origin);
  return {
    gateway,
    sandbox,
    log,
    ask: async (query, variables) =>
      read(
        await gateway.fetch(
          new Request('http://127.0.0.1/graphql', {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ query, variables }),
          }),
        ),
      ),
    received,
    posted: async (vendor) =>
      (await received(vendor)).filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body) as unknown),
    reset,
    resetAll: async () => void (await Promise.all((['looker', 'omni', 'credible', 'chartbrew'] as const).map(reset))),
    outage: async (vendor, mode) => void (await control(vendor, 'outage', { method: 'POST', body: mode })),
    close: async () => {
      await gateway.close();
      await sandbox.close();
    },
  };
}
