// The requests of these tests: a short list of one instance, the input of a create, and the calls that a vendor received.
import type { Answer, TestGateway, VendorName } from '../support/gateway.ts';
import { startTestGateway } from '../support/gateway.ts';
import { callsTo } from '../support/journal.ts';

export const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const satisfies readonly VendorName[];

const ERROR = `__typename ... on Error { message } ... on VendorUnavailableError { unavailable retryAfterMs }
  ... on RateLimitedError { retryAfterMs }`;

const LIST = `query ($filter: ConnectionFilter) {
  connections(first: 200, filter: $filter) {
    totalCount isComplete nodes { name } sources { count readAt isStale error { ${ERROR} } }
  }
}`;

export interface Listed {
  readonly names: readonly string[];
  readonly totalCount: number | null;
  readonly isComplete: boolean;
  readonly count: number | null;
  /** In milliseconds. */
  readonly readAt: number | null;
  readonly isStale: boolean;
  readonly error: Readonly<Record<string, unknown>> | null;
}

/** Sends a query like ask(), with headers and with a signal that aborts the request. */
export async function askWith(
  { gateway }: TestGateway,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  { headers = {}, signal = null }: { headers?: Readonly<Record<string, string>>; signal?: AbortSignal | null },
): Promise<Pick<Answer, 'text' | 'data' | 'errors'>> {
  const request = new Request('http://127.0.0.1/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
    signal,
  });
  const text = await (await gateway.fetch(request)).text();
  return { text, ...(JSON.parse(text) as Pick<Answer, 'data' | 'errors'>) };
}

/** Lists the connections of one instance. */
export async function list(
  test: TestGateway,
  instance: string,
  how: Parameters<typeof askWith>[3] = {},
): Promise<Listed> {
  const { data, text } = await askWith(test, LIST, { filter: { instance: [instance] } }, how);
  if (!data?.connections) throw new Error(`No list: ${text}`);
  const { totalCount, isComplete, nodes, sources } = data.connections;
  const [{ count, readAt, isStale, error }] = sources;
  const names = (nodes as { name: string }[]).map(({ name }) => name);
  return { names, totalCount, isComplete, count, readAt: readAt && Date.parse(readAt), isStale, error };
}

export const freshly = { headers: { 'cache-control': 'no-cache' } } as const;

/** Returns `METHOD /path` of each request that a vendor received, without logins. */
export const callsOf = async (origin: string): Promise<string[]> =>
  (await callsTo(origin)).filter((call) => !call.endsWith('/login'));

export type Settings = Readonly<Record<string, unknown>>;

/** The settings of an instance whose configuration leaves these sections empty: their defaults apply. */
export const STANDARD = { cache: {}, rateLimit: {}, breaker: {} } as const satisfies Settings;

/**
 * Starts a gateway over a sandbox.
 * @param settings added to every instance.
 * @param now the clock, in milliseconds.
 */
export const startWith = async (settings: Settings, now?: () => number): Promise<TestGateway> =>
  startTestGateway({
    instances: (sandbox) => sandbox.map((one) => ({ ...one, ...settings })),
    ...(now ? { createGateway: { clock: now } } : {}),
  });

/** Inputs that create a Postgres connection at Omni and at Credible. */
export const NEW = {
  omni: {
    instance: 'omni',
    name: 'Fresh',
    config: {
      postgres: { host: 'db.example', port: 5432, database: 'shop', username: 'reader', password: 'pw-secret-1' },
    },
  },
  credible: {
    instance: 'credible',
    name: 'fresh',
    config: {
      postgres: { host: 'db.example', port: 5432, database: 'shop', username: 'reader', password: 'pw-secret-1' },
    },
  },
} as const;
