// Starts a gateway and a sandbox in this process. Queries go through GraphQL, and vendor calls through real HTTP.
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
  /** The body of the response. */
  readonly text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
  readonly data: any;
  readonly errors: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[] | undefined;
}

export interface TestGateway {
  readonly gateway: Gateway;
  readonly sandbox: Sandbox;
  /** All lines that the gateway logged. */
  readonly log: string[];
  /** Sends a query or mutation as JSON. */
  readonly ask: (
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  /** Returns the requests that a vendor received since the last reset, without logins. */
  readonly received: (vendor: VendorName) => Promise<RecordedRequest[]>;
  /** Returns the parsed bodies of the POSTs that a vendor received, without logins. */
  readonly posted: (vendor: VendorName) => Promise<unknown[]>;
  /** Resets a vendor to its initial state. */
  readonly reset: (vendor: VendorName) => Promise<void>;
  /** Resets all four vendors. */
  readonly resetAll: () => Promise<void>;
  /** Sets how a vendor fails. hang: it never answers. reset: it resets connections. slow: it answers two seconds late. none: it works. */
  readonly outage: (vendor: VendorName, mode: 'hang' | 'reset' | 'slow' | 'none') => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface TestGatewayOptions {
  /** Returns the instances of the gateway, from those of the sandbox. */
  readonly instances?: (sandbox: readonly SandboxInstance[]) => readonly unknown[];
  readonly server?: Record<string, unknown>;
  readonly auth?: Record<string, unknown>;
  readonly limits?: Record<string, unknown>;
  readonly audit?: Record<string, unknown>;
  readonly store?: Record<string, unknown>;
  readonly federation?: Record<string, unknown>;
  readonly tracing?: Record<string, unknown>;
  readonly operations?: Record<string, unknown>;
  /** Whether the console is served; off by default. */
  readonly console?: 'off' | 'readOnly' | 'full';
  /** The environment that the configuration is parsed with; empty by default. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly createGateway?: Parameters<typeof createGateway>[1];
}

/** An address that refuses connections: only root can listen on port 1, so nothing does. A port that was just closed may be taken again. */
export const REFUSING_ORIGIN = 'http://127.0.0.1:1';

/** Returns the base URL of an instance at another server, with the same path. */
export const addressAt = (origin: string, { baseUrl }: SandboxInstance): string => origin + new URL(baseUrl).pathname;

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  const body = text.startsWith('{') ? JSON.parse(text) : {};
  return { status: response.status, headers: response.headers, text, data: body.data, errors: body.errors };
}

/** Wide enough for a machine that runs much else. Where a deadline matters, a test sets its own. */
const WIDE_TIMEOUTS = { connectMs: 30_000, listMs: 30_000, readMs: 60_000 };

/** Switches off caches, rate limits and circuit breakers, so that every query makes its calls. test/vendor-calls tests these features. */
export const NO_ECONOMY = {
  cache: { ttlMs: 0, staleMs: 0 },
  rateLimit: { perMinute: 100_000 },
  breaker: { failures: 0 },
};

let sharedSchema: GraphQLSchema | null = null;

/** Returns the schema that most test gateways share. Gateways with other vendors, dialects or federation build their own. */
function schemaFor({ federation, createGateway: gatewayOptions = {} }: TestGatewayOptions): { schema?: GraphQLSchema } {
  if (federation || gatewayOptions.vendors || gatewayOptions.dialects) return {};
  return { schema: (sharedSchema ??= createSchema({ vendors, dialects }, {})) };
}

async function startRegisteredSandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox(0);
  const unregister = Object.values(sandbox.servers).map(registerServer);
  return {
    ...sandbox,
    close: async () => {
      for (const unregisterServer of unregister) unregisterServer();
      await sandbox.close();
    },
  };
}

export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const sandbox = await startRegisteredSandbox();
  const log: string[] = [];
  const plain: readonly SandboxInstance[] = sandbox.instances.map(
    (instance) => ({ ...instance, timeouts: WIDE_TIMEOUTS, ...NO_ECONOMY }) as never,
  );
  const instances = options.instances?.(plain) ?? plain;
  const config = parseConfig(
    {
      server: { graphiql: false, ...options.server },
      ...(options.auth ? { auth: options.auth } : {}),
      ...(options.limits ? { limits: options.limits } : {}),
      audit: options.audit,
      store: options.store,
      tracing: options.tracing,
      operations: options.operations,
      federation: options.federation,
      console: options.console ?? 'off',
      instances,
    },
    { vendors: options.createGateway?.vendors ?? vendors, environment: options.environment ?? {} },
  );
  const gateway = await createGateway(config, {
    logger: createLog({ write: (line) => void log.push(line) }),
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
    ask: async (query, variables, headers = {}) =>
      read(
        await gateway.fetch(
          new Request('http://127.0.0.1/graphql', {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
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
