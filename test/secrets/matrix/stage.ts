// A gateway over hostile vendors, one instance for each vendor and way to answer, with a place to look at for every way out.
import type { GraphQLFieldResolver } from 'graphql';
import { vendors } from '../../../src/gateway.ts';
import { Secret } from '../../../src/secrets/secret.ts';
import { createLog, type Log, type LogFields } from '../../../src/observability/log.ts';
import { createMemoryStore, type IdempotencyStore } from '../../../src/services/idempotency/idempotency.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../../support/gateway.ts';
import { deepText } from '../collect-texts.ts';
import { startHostile, type HostileServer } from './hostile.ts';
import { CASTS } from './paths.ts';

export const keyOf = (vendor: VendorName, cast: string): string => `${vendor}-${cast}`;

const castOfKey = (key: string) => {
  const [vendor = '', ...cast] = key.split('-');
  return { vendor: vendor as VendorName, answers: CASTS[cast.join('-')] };
};

/** All texts of the secrets in a value. */
function revealed(value: unknown, depth = 0): string[] {
  if (value instanceof Secret) return [value.reveal()];
  if (value === null || typeof value !== 'object' || depth > 12) return [];
  return Object.values(value).flatMap((one) => revealed(one, depth + 1));
}

/** Adapters with a bug, which quote what they hold: as a message, a cause, a text, or an object of no class. */
const bugs: readonly ((text: string) => unknown)[] = [
  (text) => new Error(`cannot use ${text}`),
  (text) => new TypeError('bad', { cause: { text } }),
  (text) => text,
  (text) => ({ message: text, text }),
  (text) => Object.assign(new Error('bad'), { extensions: { text, http: { headers: { 'x-leak': 'no' } } } }),
];

let thrown = 0;
const throwBug = (draft: unknown): never => {
  thrown += 1;
  throw bugs[thrown % bugs.length]?.(JSON.stringify(revealed(draft)));
};

const withBugs = vendors.map((vendor) => ({
  ...vendor,
  connect: (place: Parameters<typeof vendor.connect>[0]) => {
    const api = vendor.connect(place);
    const isBroken = place.label.endsWith('-bug');
    return isBroken ? { ...api, create: throwBug, update: throwBug, testDraft: throwBug } : api;
  },
})) as unknown as typeof vendors;

export type Printed = Readonly<Record<'stdout' | 'stderr', string[]>>;

export interface Looked {
  /** Log records as objects, with everything in them. */
  readonly records: unknown[];
  /** What the idempotency store was given. */
  readonly kept: unknown[];
  /** What was written to the process's own outputs. */
  readonly printed: Printed;
}

export interface Stage extends Looked {
  readonly gateway: TestGateway;
  readonly hostile: HostileServer;
  /** The context of the last mutation. */
  readonly context: () => unknown;
  readonly post: (body: string, signal?: AbortSignal) => Promise<Response>;
  readonly close: () => Promise<void>;
}

function spyOnStore(kept: unknown[]): IdempotencyStore {
  const store = createMemoryStore();
  return {
    begin: (key, fingerprint) => (kept.push([key, fingerprint]), store.begin(key, fingerprint)),
    finish: (key, value) => (kept.push([key, value]), store.finish(key, value)),
    release: (key) => (kept.push([key]), store.release(key)),
  };
}

function spyOnLog(lines: string[], records: unknown[]): Log {
  const log = createLog({ write: (line) => void lines.push(line) });
  const spy = (level: 'info' | 'error') => (event: string, fields?: LogFields) => {
    records.push({ event, fields });
    log[level](event, fields);
  };
  return { info: spy('info'), error: spy('error') };
}

const TO_STDERR = ['warn', 'error', 'trace'] as const;
const TO_STDOUT = ['log', 'info', 'debug', 'dir'] as const;

/** Keeps what the process prints; the console writes past its streams under a test runner. */
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
  return { printed, restore: () => undo.forEach((one) => one()) };
}

/** Is shown what a mutation's resolver has. */
export type See = (context: unknown, args: unknown) => void;

type Resolver = GraphQLFieldResolver<unknown, unknown>;

/** Looks over the shoulder of every mutation, and breaks those that ask for it by their name. */
function watchMutations({ gateway }: TestGateway, see: See): void {
  for (const field of Object.values(gateway.schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve as Resolver;
    field.resolve = ((source, args, context, info) => {
      see(context, args);
      if (info.operation.name?.value === 'ResolverBug') throwBug(args);
      return resolve(source, args, context, info);
    }) as Resolver;
  }
}

/** Long enough for a machine that has much else to do. */
const PACE = { connectMs: 10_000, listMs: 20_000, readMs: 20_000, writeMs: 20_000, testMs: 20_000 };
const HURRIED = { connectMs: 300, listMs: 500, readMs: 500, writeMs: 500, testMs: 500 };

export async function startStage(
  see: See = () => {},
  options: { readonly vendors?: typeof vendors; readonly casts?: readonly string[] } = {},
): Promise<Stage> {
  const hostile = await startHostile(castOfKey);
  const records: unknown[] = [];
  const kept: unknown[] = [];
  const lines: string[] = [];
  const { port } = new URL(hostile.origin);
  const outputs = spyOnOutputs();
  const started = await startTestGateway({
    server: { graphiql: true },
    createGateway: {
      vendors: options.vendors ?? withBugs,
      idempotencyStore: spyOnStore(kept),
      log: spyOnLog(lines, records),
    },
    instances: (sandbox) =>
      sandbox.flatMap((one) =>
        (options.casts ?? Object.keys(CASTS)).map((cast) => {
          const key = keyOf(one.vendor as VendorName, cast);
          const origin = cast === 'tls' ? `https://127.0.0.1:${port}` : hostile.origin;
          const baseUrl = `${origin}/${key}${new URL(one.baseUrl).pathname.replace(/\/$/, '')}`;
          return { ...one, key, label: key, baseUrl, timeouts: cast === 'hang' ? HURRIED : PACE };
        }),
      ),
  });
  const gateway = { ...started, log: lines };
  let last: unknown;
  watchMutations(gateway, (context, args) => {
    last = context;
    see(context, args);
  });
  return {
    gateway,
    hostile,
    records,
    kept,
    printed: outputs.printed,
    context: () => last,
    post: async (body, signal) =>
      gateway.gateway.fetch(
        new Request('http://127.0.0.1/graphql', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
          ...(signal && { signal }),
        }),
      ),
    close: async () => {
      outputs.restore();
      await started.close();
      await hostile.close();
    },
  };
}
