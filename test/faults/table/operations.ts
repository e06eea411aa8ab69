// The operations that are sent to the gateway while a vendor fails, and their outcomes in one line of words. A new operation needs an
// entry here, its own requests in vendors.ts and its column in the faults.
import type { TestGateway, VendorName } from '../../support/gateway.ts';
import { create, idOf, remove, test, testConfig, update } from './mutations.ts';
import { ERROR, wordsOf, wordsOfTop, type ToldError } from './error-words.ts';
import { VENDORS } from './vendors.ts';

/** `test` is of a saved connection, `testConfig` of settings that are not saved. */
export type OperationName = 'list' | 'get' | 'create' | 'update' | 'delete' | 'test' | 'testConfig';

export interface Asked {
  readonly gateway: TestGateway;
  readonly vendor: VendorName;
  /** Key of the instance that fails. */
  readonly key: string;
}

export interface Seen {
  /** What the caller was told, in a line. */
  readonly outcome: string;
  /** Rows of each other instance in the same answer, or what is told of it in their place. */
  readonly others?: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** Rows of the sandbox, whose instances are asked beside the one that fails. */
export const OTHERS = { looker: 15, omni: 11, credible: 12, chartbrew: 16 };

interface ToldSource extends Record<'instance', { readonly key: string }> {
  readonly count: number | null;
  readonly error: ToldError | null;
}

async function list({ gateway, key }: Asked): Promise<Seen> {
  const instances = [key, ...Object.keys(OTHERS)];
  const answer = await gateway.ask(
    `query ($instances: [ID!]) { connections(first: 200, filter: { instance: $instances }) {
      isComplete totalCount
      nodes { name instance { key } }
      sources { instance { key } count error { ${ERROR} } }
    } }`,
    { instances },
  );
  const { nodes, sources, isComplete, totalCount } = answer.data.connections as {
    nodes: { name: string; instance: { key: string } }[];
    sources: ToldSource[];
    isComplete: boolean;
    totalCount: number | null;
  };
  const names = nodes.filter(({ instance }) => instance.key === key).map(({ name }) => name);
  const own = sources.find(({ instance }) => instance.key === key);
  const words = [
    own?.error && wordsOf(own.error),
    (own?.error === null || names.length > 0) && ['rows', ...names].join(' '),
    // A list that is short must say so, and one that is whole too.
    isComplete !== (own?.error === null) && `isComplete ${isComplete}`,
    (totalCount === null) !== (own?.count === null) && `totalCount ${totalCount}`,
  ];
  const others = sources.filter(({ instance }) => instance.key !== key);
  return {
    outcome: words.filter(Boolean).join(', '),
    others: Object.fromEntries(others.map(({ instance, error, count }) => [instance.key, error ?? count])),
    text: answer.text,
  };
}

/** Reads a connection by the vendor's id of it. */
export async function readOne({ gateway, key }: Asked, vendorId: string): Promise<Seen> {
  const id = idOf(key, vendorId);
  const answer = await gateway.ask('query ($id: ID!) { connection(id: $id) { name } }', { id });
  return { outcome: wordsOfTop(answer), text: answer.text };
}

export const OPERATIONS: Readonly<Record<OperationName, (asked: Asked) => Promise<Seen>>> = {
  list,
  get: async (asked) => readOne(asked, VENDORS[asked.vendor].id),
  create,
  update,
  delete: remove,
  test,
  testConfig,
};
