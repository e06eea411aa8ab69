// A gateway over hostile vendors, with one instance for each vendor and behavior. It records everything that leaves the gateway: log
// records, entries of the idempotency store, and what the process prints.
import type { GraphQLFieldResolver } from 'graphql';
import { vendors } from '../../../src/gateway.ts';
import { Secret } from '../../../src/secrets/secret.ts';
import { createLog, type Log, type LogFields } from '../../../src/observability/log.ts';
import type { IdempotencyStore } from '../../../src/services/idempotency/idempotency.ts';
import { createMemoryStore } from '../../../src/services/idempotency/memory-store.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../../support/gateway.ts';
import { recordSpans } from '../../support/recorded-spans.ts';
import { ACTIONS } from '../../../src/domain/caller.ts';
import { hashOf } from '../../authorization/tokens.ts';
import { makeNumber, type Canary } from '../canary.ts';
import { deepText } from '../collect-texts.ts';
import { startHostileVendors, type HostileVendors } from './hostile-vendors.ts';
import { BEHAVIORS } from './scenarios.ts';

export const instanceKeyOf = (vendor: VendorName, behavior: string): string => `${vendor}-${behavior}`;

const behaviorOfKey = (key: string) => {
  const [vendor = '', ...behavior] = key.split('-');
  return { vendor: vendor as VendorName, answers: BEHAVIORS[behavior.join('-')] };
};

/** Returns the texts of all secrets in a value. */
function secretTextsIn(value: unknown, depth = 0): string[] {
  if (value instanceof Secret) return [value.reveal()];
  if (value === null || typeof value !== 'object' || depth > 12) return [];
  return Object.values(value).flatMap((entry) => secretTextsIn(entry, depth + 1));
}

/** What an adapter with a bug throws. Each quotes a text: in a message, in a cause, as a text, or in an object without a class. */
const BUGS: readonly ((text: string) => unknown)[] = [
  (text) => new Error(`cannot use ${text}`),
  (text) => new TypeError('bad', { cause: { text } }),
  (text) => text,
  (text) => ({ message: text, text }),
  (text) => Object.assign(new Error('bad'), { extensions: { text, http: { headers: { 'x-leak': 'no' } } } }),
];

let thrown = 0;
const throwBug = (draft: unknown): never => {
  thrown += 1;
  throw BUGS[thrown % BUGS.length]?.(JSON.stringify(secretTextsIn(draft)));
};

const VENDORS_WITH_BUGS = vendors.map((vendor) => ({
  ...vendor,
  connect: (context: Parameters<typeof vendor.connect>[0]) => {
    const api = vendor.connect(context);
    const isBroken = context.label.endsWith('-bug');
    return isBroken ? { ...api, create: throwBug, update: throwBug, testDraft: throwBug } : api;
  },
})) as unknown as typeof vendors;

export type Printed = Readonly<Record<'stdout' | 'stderr', string[]>>;

export interface RecordedOutputs {
  /** Log records as objects, with everything in them. */
  readonly records: unknown[];
  /** What the gateway passed to the idempotency store. */
  readonly stored: unknown[];
  /** What was written to the process's own outputs. */
  readonly printed: Printed;
}

export interface HostileGateway extends RecordedOutputs {
  /** The secret in the token of the caller. All requests have the token. */
  readonly tokenCanary: Canary;
  /** The header with the token. */
  readonly authorization: string;
  /** The section `auth` of the configuration. */
  readonly auth: Record<string, unknown>;
  readonly gateway: TestGateway;
  readonly vendors: HostileVendors;
  /** The context of the last mutation. */
  readonly context: () => unknown;
  readonly post: (body: string, signal?: AbortSignal) => Promise<Response>;
  readonly close: () => Promise<void>;
}

function spyOnStore(stored: unknown[]): IdempotencyStore {
  const store = createMemoryStore();
  return {
    ...store,
    begin: (...given) => (stored.push(given), store.begin(...given)),
    finish: (...given) => (stored.push(given), store.finish(...given)),
    release: (...given) => (stored.push(given), store.release(...given)),
  };
}

function spyOnLog(lines: string[], records: unknown[]): Log {
  const log = createLog({ write: (line) => void lines.push(line) }, { level: 'debug' });
  const spy = (level: 'info' | 'error' | 'debug') => (event: string, fields?: LogFields) => {
    records.push({ event, fields });
    log[level]?.(event, fields);
  };
  return {
    audit: (fields) => {
      records.push({ event: 'audit', fields });
      log.audit(fields);
    },
    info: spy('info'),
    error: spy('error'),
    debug: spy('debug'),
  };
}

const TO_STDERR = ['warn', 'error', 'trace'] as const;
const TO_STDOUT = ['log', 'info', 'debug', 'dir'] as const;

/** Records what the process prints. The console is replaced too, because under a test runner it does not use the process's streams. */
function spyOnOutputs(): { printed: Printed; restore: () => void } {
  const printed: Printed = { stdout: [], stderr: [] };
  const undo: (() => void)[] = [];
  for (const name of ['stdout', 'stderr'] as const) {
    const stream = process[name];
    const write = stream.write.bind(stream);
    stream.write = (text: string | Uint8Array) => {
      printed[name].push(Buffer.from(text as string).toString());
      return true;
    };
    undo.push(() => {
      stream.write = write;
    });
    for (const method of name === 'stdout' ? TO_STDOUT : TO_STDERR) {
      const before = console[method];
      console[method] = (...args: unknown[]) => void printed[name].push(args.map(deepText).join(' '));
      undo.push(() => {
        console[method] = before;
      });
    }
  }
  return { printed, restore: () => undo.forEach((restore) => restore()) };
}

/** Called with the context and the arguments of each mutation. */
export type ObserveMutation = (context: unknown, args: unknown) => void;

type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** Calls `observe` before each mutation. An operation with the name `ResolverBug` throws a bug that quotes its secrets. */
function observeMutations({ gateway }: TestGateway, observe: ObserveMutation): void {
  for (const field of Object.values(gateway.schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve as Resolver;
    field.resolve = ((source, args, context, info) => {
      observe(context, args);
      if (info.operation.name?.value === 'ResolverBug') throwBug(args);
      return resolve(source, args, context, info);
    }) as Resolver;
  }
}

/** Long enough for a slow machine. */
const LONG_TIMEOUTS = { connectMs: 60_000, listMs: 60_000, readMs: 60_000, writeMs: 60_000, testMs: 60_000 };
const SHORT_TIMEOUTS = { connectMs: 300, listMs: 500, readMs: 500, writeMs: 500, testMs: 500 };

/** Starts a gateway over hostile vendors. @param observe called before each mutation. */
export async function startHostileGateway(
  observe: ObserveMutation = () => {},
  options: { readonly vendors?: typeof vendors; readonly behaviors?: readonly string[] } = {},
): Promise<HostileGateway> {
  const endRecording = recordSpans();
  const hostile = await startHostileVendors(behaviorOfKey);
  const records: unknown[] = [];
  const stored: unknown[] = [];
  const lines: string[] = [];
  const { port } = new URL(hostile.origin);
  const outputs = spyOnOutputs();
  // Of digits only, because two canaries of letters have pieces in common.
  const tokenCanary = makeNumber();
  const token = `pbt_${tokenCanary.core.padEnd(43, 'x')}`;
  const authorization = `Bearer ${token}`;
  const auth = { mode: 'tokens', tokens: [{ name: 'caller', hash: hashOf(token), scopes: Object.keys(ACTIONS) }] };
  const started = await startTestGateway({
    server: { graphiql: true },
    auth,
    limits: { perMinute: { requests: 1_000_000, tests: 10_000, rotations: 10_000 } },
    createGateway: {
      vendors: options.vendors ?? VENDORS_WITH_BUGS,
      idempotencyStore: spyOnStore(stored),
      logger: spyOnLog(lines, records),
    },
    instances: (sandbox) =>
      sandbox.flatMap((instance) =>
        (options.behaviors ?? Object.keys(BEHAVIORS)).map((behavior) => {
          const key = instanceKeyOf(instance.vendor as VendorName, behavior);
          const origin = behavior === 'tls' ? `https://127.0.0.1:${port}` : hostile.origin;
          const baseUrl = `${origin}/${key}${new URL(instance.baseUrl).pathname.replace(/\/$/, '')}`;
          return {
            ...instance,
            key,
            label: key,
            baseUrl,
            timeouts: behavior === 'hang' ? SHORT_TIMEOUTS : LONG_TIMEOUTS,
          };
        }),
      ),
  });
  const gateway: TestGateway = {
    ...started,
    log: lines,
    ask: async (query, variables, headers) => started.ask(query, variables, { authorization, ...headers }),
  };
  let last: unknown;
  observeMutations(gateway, (context, args) => {
    last = context;
    observe(context, args);
  });
  return {
    tokenCanary,
    authorization,
    auth,
    gateway,
    vendors: hostile,
    records,
    stored: stored,
    printed: outputs.printed,
    context: () => last,
    post: async (body, signal) =>
      gateway.gateway.fetch(
        new Request('http://127.0.0.1/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization },
          body,
          ...(signal && { signal }),
        }),
      ),
    close: async () => {
      outputs.restore();
      endRecording();
      await started.close();
      await hostile.close();
    },
  };
}
