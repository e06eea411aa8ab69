// The operations that are sent to the gateway while a vendor fails, and their outcomes in one line of text. A new operation needs an
// entry here, its own requests in vendors.ts and its column in the faults.
import type { TestGateway, VendorName } from '../../support/gateway.ts';
import { create, idOf, remove, test, testConfig, update } from './mutations.ts';
import { ERROR, describeError, describeTopLevelAnswer, type ReportedError } from './describe-error.ts';
import { VENDORS } from './vendors.ts';

/** `test` tests a saved connection, `testConfig` tests settings that are not saved. */
export type OperationName = 'list' | 'get' | 'create' | 'update' | 'delete' | 'test' | 'testConfig';

export interface OperationContext {
  readonly gateway: TestGateway;
  readonly vendor: VendorName;
  /** Key of the instance that fails. */
  readonly key: string;
}

export interface OperationResult {
  /** The answer to the caller, in one line. */
  readonly outcome: string;
  /** The row count of each other instance in the same answer, or its error. */
  readonly others?: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** The row counts of the sandbox instances, which the same list calls. */
export const OTHERS = { looker: 15, omni: 11, credible: 12, chartbrew: 16 };

interface ReportedSource extends Record<'instance', { readonly key: string }> {
  readonly count: number | null;
  readonly error: ReportedError | null;
}

async function list({ gateway, key }: OperationContext): Promise<OperationResult> {
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
    sources: ReportedSource[];
    isComplete: boolean;
    totalCount: number | null;
  };
  const names = nodes.filter(({ instance }) => instance.key === key).map(({ name }) => name);
  const source = sources.find(({ instance }) => instance.key === key);
  const words = [
    source?.error && describeError(source.error),
    (source?.error === null || names.length > 0) && ['rows', ...names].join(' '),
    // isComplete and totalCount must agree with the source. The outcome names a difference.
    isComplete !== (source?.error === null) && `isComplete ${isComplete}`,
    (totalCount === null) !== (source?.count === null) && `totalCount ${totalCount}`,
  ];
  const others = sources.filter(({ instance }) => instance.key !== key);
  return {
    outcome: words.filter(Boolean).join(', '),
    others: Object.fromEntries(others.map(({ instance, error, count }) => [instance.key, error ?? count])),
    text: answer.text,
  };
}

/** Reads a connection by its vendor id. */
export async function readById({ gateway, key }: OperationContext, vendorId: string): Promise<OperationResult> {
  const id = idOf(key, vendorId);
  const answer = await gateway.ask('query ($id: ID!) { connection(id: $id) { name } }', { id });
  return { outcome: describeTopLevelAnswer(answer), text: answer.text };
}

export const OPERATIONS: Readonly<Record<OperationName, (context: OperationContext) => Promise<OperationResult>>> = {
  list,
  get: async (context) => readById(context, VENDORS[context.vendor].id),
  create,
  update,
  delete: remove,
  test,
  testConfig,
};
