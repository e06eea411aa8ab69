// Sends queries to a gateway in the type names of its schema, and the same queries to Patchbay itself.
import { afterAll, beforeAll, expect } from 'vitest';
import { startSupergraph, type Answer, type Ask, type GatewayName, type Supergraph } from '../supergraph.ts';

const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const;

type Variables = Record<string, unknown>;

export interface SupergraphClient {
  /** Patchbay's name for a type. */
  readonly type: (name: string) => string;
  readonly supergraph: () => Supergraph;
  /** Sends a query to a gateway. A ~ before a type name becomes the type prefix. */
  readonly ask: (gateway: GatewayName, document: string, variables?: Variables) => Promise<Answer>;
  /** Sends a query to Patchbay itself, without the fields of the other subgraphs. */
  readonly askDirect: (document: string, variables?: Variables) => Promise<Answer>;
  /** Sends a query to a gateway and to Patchbay, with the vendors in the same state. Expects equal answers and returns the gateway's. */
  readonly askBoth: (gateway: GatewayName, document: string, variables?: Variables) => Promise<Answer>;
  /** Restores the first connections of every vendor. */
  readonly reset: () => Promise<void>;
}

/** The field that another subgraph adds to Patchbay's types. Patchbay itself does not have it. */
const OWNER = 'owner { name }';

/** Returns the answer with a fixed text in place of each request id, because every request has another id. */
const withoutRequestIds = (answer: Answer): Answer =>
  JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    key === 'requestId' && typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
      ? 'a request'
      : value,
  ) as Answer;

/** Starts a supergraph before the tests of the suite, and returns a client of its gateways. */
export function createSupergraphClient(typePrefix: string): SupergraphClient {
  let supergraph: Supergraph | undefined;
  beforeAll(async () => {
    supergraph = await startSupergraph(typePrefix);
  });
  afterAll(() => supergraph?.close());

  const running = () => supergraph as Supergraph;
  const reset = async () => void (await Promise.all(VENDORS.map((vendor) => running().patchbay.reset(vendor))));
  const askIn = async (ask: Ask, document: string, variables?: Variables) =>
    withoutRequestIds(await ask(document.replaceAll('~', typePrefix), variables));
  const askGateway: SupergraphClient['ask'] = (gateway, ...query) => askIn(running().ask(gateway), ...query);
  const askDirect: SupergraphClient['askDirect'] = (document, variables) =>
    askIn(running().askPatchbay, document.replaceAll(OWNER, ''), variables);
  return {
    type: (name) => `${typePrefix}${name}`,
    supergraph: running,
    ask: askGateway,
    askDirect,
    askBoth: async (gateway, document, variables) => {
      await reset();
      const direct = await askDirect(document, variables);
      await reset();
      const answer = await askGateway(gateway, document, variables);
      expect([answer.errors, direct.errors]).toEqual([undefined, undefined]);
      expect(answer.data).toMatchObject(direct.data as object);
      return answer;
    },
    reset,
  };
}
