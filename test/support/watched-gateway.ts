// A gateway that records every answer. When it is closed, it checks that no answer and no log line contains a stored secret. Also
// records which vendor calls a query makes.
import { expect } from 'vitest';
import { startTestGateway, type TestGateway, type TestGatewayOptions, type VendorName } from './gateway.ts';

export const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const satisfies readonly VendorName[];

/** Returns a text encoded as a global id. */
export const idOf = (text: string): string => Buffer.from(text).toString('base64url');

/** Texts in the secrets of the sandbox, and in the credentials of the gateway. */
const SECRETS = [
  'sandbox-secret',
  'stored-',
  // These two are stored as base64.
  'stored-thelook-private-key',
  'stored-finance-private-key',
  'sandbox-looker-secret',
  'sandbox-omni-key',
  'sandbox-credible-token',
  'sandbox-chartbrew-key',
];

/** Returns a secret, and its base64 at each of the three offsets inside a longer text. Forms under 8 characters are left out. */
function tracesOf(secret: string): string[] {
  const encoded = [0, 1, 2].map((offset) => {
    const packed = Buffer.from(' '.repeat(offset) + secret).toString('base64');
    return packed.slice(offset === 0 ? 0 : 4, Math.floor((offset + secret.length) / 3) * 4);
  });
  return [secret, ...encoded.filter(({ length }) => length >= 8)];
}

/** Returns the traces of the sandbox's secrets in a text. */
export const secretsIn = (text: string): string[] => SECRETS.flatMap(tracesOf).filter((trace) => text.includes(trace));

/** Starts a gateway whose close() fails when an answer or a log line contained a secret. */
export async function startWatchedGateway(options?: TestGatewayOptions): Promise<TestGateway> {
  const gateway = await startTestGateway(options);
  const answers: string[] = [];
  return {
    ...gateway,
    ask: async (query, variables, headers) => {
      const answer = await gateway.ask(query, variables, headers);
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

/** Returns the result of `run` and the calls that the vendors received meanwhile. It does not reset the sandbox: that would end Looker's session. */
export async function callsDuring<T>(gateway: TestGateway, run: () => Promise<T>): Promise<[T, Calls]> {
  const before = await Promise.all(VENDORS.map((vendor) => journal(gateway, vendor)));
  const result = await run();
  const after = await Promise.all(VENDORS.map((vendor) => journal(gateway, vendor)));
  const [looker = [], omni = [], credible = [], chartbrew = []] = after.map((all, at) => all.slice(before[at]?.length));
  return [result, { looker, omni, credible, chartbrew }];
}

export const NO_CALLS: Calls = { looker: [], omni: [], credible: [], chartbrew: [] };

/** Looker's list for a query that selects neither details nor secrets: it has no field that only these need. */
export const LOOKER_LIST_WITHOUT_DETAILS =
  'GET /api/4.0/connections?fields=can%2Ccreated_at%2Cdatabase%2Cdialect_name%2Chas_password%2Chost%2Cjdbc_additional_params%2Cname%2Cport%2Cschema%2Cservice_name%2Cssl%2Cusername%2Cuses_key_pair_auth%2Cuses_service_auth%2Cuses_tns%2Cverify_ssl';

/** One list call to each vendor, for a query that selects neither details nor secrets. */
export const ONE_LIST_EACH: Calls = {
  looker: [LOOKER_LIST_WITHOUT_DETAILS],
  omni: ['GET /api/v1/connections'],
  credible: ['GET /api/v0/organizations/acme/projects/analytics/connections'],
  chartbrew: ['GET /team/7/connections'],
};
