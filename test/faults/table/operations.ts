// What is asked of the gateway while a vendor fails, and its answer in one line of words. One entry for each operation: a
// new one is added here, and its column in the faults.
import type { Answer, TestGateway, VendorName } from '../../support/gateway.ts';
import { VENDORS } from './vendors.ts';

export type OperationName = 'list' | 'get' | 'create';

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

export interface Operation {
  /** How its own requests to the vendor begin. */
  readonly method: 'GET' | 'POST';
  /** The instance's time for it. */
  readonly deadline: 'listMs' | 'readMs' | 'writeMs';
  readonly ask: (asked: Asked) => Promise<Seen>;
}

/** Rows of the sandbox, whose instances are asked beside the one that fails. */
export const OTHERS = { looker: 15, omni: 11, credible: 12, chartbrew: 16 };

const ERROR = `__typename
  ... on Error { message }
  ... on VendorError { vendorStatus }
  ... on VendorUnavailableError { unavailable retryable }
  ... on RateLimitedError { retryAfterMs }`;

interface ToldError {
  readonly __typename: string;
  readonly vendorStatus?: number | null;
  readonly unavailable?: string;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number | null;
}

const wordsOf = ({ __typename: type, unavailable, retryable, retryAfterMs, vendorStatus }: ToldError): string =>
  [
    type,
    unavailable,
    retryable === false ? 'final' : undefined,
    retryAfterMs === null ? 'null' : retryAfterMs,
    vendorStatus ?? undefined,
  ]
    .filter((word) => word !== undefined)
    .join(' ');

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

function wordsOfTop({ data, errors }: Answer): string {
  const [error, ...more] = errors ?? [];
  if (!error) return data.connection === null ? 'null' : `row ${data.connection.name}`;
  const { code, unavailable, retryAfterMs } = error.extensions;
  const beside = [more.length > 0 && `and ${more.length} more`, data?.connection !== null && 'not null'];
  const words = [code, unavailable, code === 'RATE_LIMITED' && String(retryAfterMs), ...beside];
  return words.filter(Boolean).join(' ');
}

/** Reads a connection by the vendor's id of it. */
export async function readOne({ gateway, key }: Asked, vendorId: string): Promise<Seen> {
  const id = Buffer.from(`v1:c:${key}:${vendorId}`).toString('base64url');
  const answer = await gateway.ask('query ($id: ID!) { connection(id: $id) { name } }', { id });
  return { outcome: wordsOfTop(answer), text: answer.text };
}

async function create({ gateway, key }: Asked): Promise<Seen> {
  const postgres = { host: 'db.example', port: 5432, database: 'shop', username: 'reader', password: 'pw-secret-1' };
  const answer = await gateway.ask(
    `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) {
      ${ERROR}
      ... on CreateConnectionSuccess { connection { name } }
    } }`,
    { input: { instance: key, name: 'orders', config: { postgres } } },
  );
  const result = answer.data.createConnection;
  const made = result.connection ? ` ${result.connection.name}` : '';
  return { outcome: wordsOf(result) + made, text: answer.text };
}

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  list: { method: 'GET', deadline: 'listMs', ask: list },
  get: { method: 'GET', deadline: 'readMs', ask: async (asked) => readOne(asked, VENDORS[asked.vendor].id) },
  create: { method: 'POST', deadline: 'writeMs', ask: create },
};
