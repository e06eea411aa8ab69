// Sends queries to a gateway in the type names of its schema, and the same queries to Patchbay itself.
import { afterAll, beforeAll, expect } from 'vitest';
import { startSupergraph, type Answer, type Ask, type GatewayName, type Supergraph } from '../supergraph.ts';

const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const;

type Variables = Record<string, unknown>;

export interface Stage {
  /** Patchbay's name for a type. */
  readonly type: (name: string) => string;
  readonly supergraph: () => Supergraph;
  /** Asks a gateway; in the document ~ stands before the name of a type of Patchbay. */
  readonly ask: (gateway: GatewayName, document: string, variables?: Variables) => Promise<Answer>;
  /** Asks Patchbay itself, without what the neighbours add. */
  readonly askDirect: (document: string, variables?: Variables) => Promise<Answer>;
  /** Asks a gateway and, over vendors in the same state, Patchbay: what both can tell must be the same. Gives the gateway's. */
  readonly askBoth: (gateway: GatewayName, document: string, variables?: Variables) => Promise<Answer>;
  /** Puts every vendor back to its first state. */
  readonly reset: () => Promise<void>;
}

/** What the neighbours add to Patchbay's types; Patchbay itself has no such field. */
const OWNER = 'owner { name }';

/** An id of a request is never twice the same; that there is one is what can be told of it. */
const settle = (answer: Answer): Answer =>
  JSON.parse(JSON.stringify(answer), (key, value: unknown) =>
    key === 'requestId' && typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
      ? 'a request'
      : value,
  ) as Answer;

export function stageWith(typePrefix: string): Stage {
  let supergraph: Supergraph | undefined;
  beforeAll(async () => {
    supergraph = await startSupergraph(typePrefix);
  });
  afterAll(() => supergraph?.close());

  const running = () => supergraph as Supergraph;
  const reset = async () => void (await Promise.all(VENDORS.map((vendor) => running().patchbay.reset(vendor))));
  const askIn = async (ask: Ask, document: string, variables?: Variables) =>
    settle(await ask(document.replaceAll('~', typePrefix), variables));
  const askGateway: Stage['ask'] = (gateway, ...question) => askIn(running().ask(gateway), ...question);
  const askDirect: Stage['askDirect'] = (document, variables) =>
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
