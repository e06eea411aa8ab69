// Mutations for the tests of the audit, and the query that reads it.
import type { Answer, TestGateway } from '../support/gateway.ts';

export const AUDIT = `query ($filter: AuditFilter, $first: Int, $after: String) {
  audit(filter: $filter, first: $first, after: $after) {
    nodes {
      endedAt mutation outcome status caller address instances connections secrets isReplay durationMs requestId traceId
      targets { instance connection status compensation }
    }
    edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

const ERRORS = '__typename ... on Error { message }';
const WRITTEN = 'connection { id }';

const SELECTIONS: Readonly<Record<string, string>> = {
  createConnection: `... on CreateConnectionSuccess { ${WRITTEN} }`,
  updateConnection: `... on UpdateConnectionSuccess { ${WRITTEN} }`,
  createConnections: `... on CreateConnectionsSuccess { fanOut { outcomes { status result {
    ... on CreateConnectionSuccess { ${WRITTEN} } } } } }`,
  rotateConnectionSecret: '... on RotateConnectionSecretSuccess { rotation { outcomes { status } } }',
};

type Input = Readonly<Record<string, unknown>>;

/** Returns the query of a mutation. @param more is added to the selection of its result. */
export function mutationOf(name: string, more = ''): string {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${name}(input: $input) { ${ERRORS} ${SELECTIONS[name] ?? ''} ${more} } }`;
}

/** Sends a mutation and returns its result. @throws Error when there is none. */
// oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
export async function mutate({ ask }: Pick<TestGateway, 'ask'>, name: string, input: Input): Promise<any> {
  const { data, text } = await ask(mutationOf(name), { input });
  if (!data?.[name]) throw new Error(text);
  return data[name];
}

/** A part of an entry in one line: the mutation, its outcome and its instances. */
export const brief = ({ mutation, outcome, instances }: Readonly<Record<string, unknown>>): string =>
  `${String(mutation)} ${String(outcome)} ${String(instances)}`;

/** Reads the audit. @throws Error when there is an error. */
export async function readAudit({ ask }: Pick<TestGateway, 'ask'>, variables: Readonly<Record<string, unknown>> = {}) {
  const { data, errors, text } = await ask(AUDIT, { ...variables });
  if (errors) throw new Error(text);
  return data.audit;
}

/** Returns the lines of the entries that meet conditions, the newest first. */
export const linesOf = async (gateway: Pick<TestGateway, 'ask'>, filter: Input = {}): Promise<string[]> =>
  (await readAudit(gateway, { filter })).nodes.map(brief);

/** Returns the messages of the errors, and their codes. */
export const refusalsOf = ({ errors = [] }: Answer): unknown[] =>
  errors.map(({ message, extensions }) => [extensions['code'], message]);

export const postgres = (password: string) => ({
  postgres: { host: 'db.acme.example', database: 'orders', username: 'bi', password },
});

/** Returns the input of a create. */
export const orders = (instance: string, name = 'orders', password = 'pw-secret-1') => ({
  instance,
  name,
  config: postgres(password),
});
