// For tests that read: a gateway that remembers every answer, so that at its end a stored secret can be hunted in all of
// them and in the log; and which calls a question cost.
import { expect } from 'vitest';
import { startTestGateway, type TestGateway, type TestGatewayOptions, type VendorName } from './gateway.ts';

export const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const satisfies readonly VendorName[];

/** A global id, or what pretends to be one. */
export const idOf = (text: string): string => Buffer.from(text).toString('base64url');

/** Words in every secret that the sandbox holds, and the credentials with which the gateway signs in. */
const SECRETS = [
  'sandbox-secret',
  'stored-',
  // These two are kept as base64.
  'stored-thelook-private-key',
  'stored-finance-private-key',
  'sandbox-looker-secret',
  'sandbox-omni-key',
  'sandbox-credible-token',
  'sandbox-chartbrew-key',
];

/** A text as it is, and what is sure to be in the base64 of any text around it, one form for each offset, if that is long enough. */
function tracesOf(secret: string): string[] {
  const encoded = [0, 1, 2].map((offset) => {
    const packed = Buffer.from(' '.repeat(offset) + secret).toString('base64');
    return packed.slice(offset === 0 ? 0 : 4, Math.floor((offset + secret.length) / 3) * 4);
  });
  return [secret, ...encoded.filter(({ length }) => length >= 8)];
}

/** What of the sandbox's secrets is in a text. */
export const secretsIn = (text: string): string[] => SECRETS.flatMap(tracesOf).filter((trace) => text.includes(trace));

/** Closing it fails when any answer or line of the log held a secret. */
export async function startWatchedGateway(options?: TestGatewayOptions): Promise<TestGateway> {
  const gateway = await startTestGateway(options);
  const answers: string[] = [];
  return {
    ...gateway,
    ask: async (query, variables) => {
      const answer = await gateway.ask(query, variables);
      answers.push(answer.text);
      return answer;
    },
    close: async () => {
      await gateway.close();
      expect(secretsIn([...answers, ...gateway.log].join('\n')), 'secrets in answers or log').toEqual([]);
    },
  };
}

export type Calls = Readonly<Record<VendorName, readonly string[]>>;

const journal = async (gateway: TestGateway, vendor: VendorName): Promise<string[]> =>
  (await gateway.received(vendor)).map(({ method, path, query }) => `${method} ${path}${query ? `?${query}` : ''}`);

/** What reached the vendors while something ran. A reset would not do: it ends Looker's session, which costs a call. */
export async function callsDuring<T>(gateway: TestGateway, run: () => Promise<T>): Promise<[T, Calls]> {
  const before = await Promise.all(VENDORS.map((vendor) => journal(gateway, vendor)));
  const result = await run();
  const after = await Promise.all(VENDORS.map((vendor) => journal(gateway, vendor)));
  const [looker = [], omni = [], credible = [], chartbrew = []] = after.map((all, at) => all.slice(before[at]?.length));
  return [result, { looker, omni, credible, chartbrew }];
}

export const NO_CALLS: Calls = { looker: [], omni: [], credible: [], chartbrew: [] };

/** One list call to each. */
export const ONE_LIST_EACH: Calls = {
  looker: ['GET /api/4.0/connections'],
  omni: ['GET /api/v1/connections'],
  credible: ['GET /api/v0/organizations/acme/projects/analytics/connections'],
  chartbrew: ['GET /team/7/connections'],
};
