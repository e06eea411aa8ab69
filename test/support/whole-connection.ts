// Reads connections with every field of the schema that vendors report, so that a test also covers fields that are added later.
import { getNamedType, isObjectType, isUnionType, type GraphQLOutputType, type GraphQLSchema } from 'graphql';
import type { Answer, TestGateway } from './gateway.ts';

/** What the gateway itself remembers of a connection. The tests of the audit read these fields. */
const REMEMBERED = new Set(['history', 'lastRotatedAt']);

/** Returns a selection of every field of a type that vendors report, down to the leaves. */
function selectAll(type: GraphQLOutputType, leaveOut: readonly string[] = []): string {
  const named = getNamedType(type);
  if (isUnionType(named)) {
    const members = named.getTypes().map((member) => `... on ${member.name} ${selectAll(member)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).filter(
    ({ name }) => !leaveOut.includes(name) && !REMEMBERED.has(name),
  );
  return `{ ${fields.map((field) => `${field.name} ${selectAll(field.type)}`).join(' ')} }`;
}

/** Returns a selection of every field of the type with this name. */
export function selectAllOf(schema: GraphQLSchema, name: string): string {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isUnionType(type)) throw new Error(`The schema has no ${name}.`);
  return selectAll(type);
}

/** Returns a selection of every field of Connection that vendors report, except `instance`. @param leaveOut more fields to leave out. */
export function wholeConnection({ gateway }: TestGateway, leaveOut: readonly string[] = []): string {
  const type = gateway.schema.getType('Connection');
  if (!isObjectType(type)) throw new Error('The schema has no type Connection.');
  return selectAll(type, ['instance', ...leaveOut]);
}

/**
 * Returns a value with each masked secret replaced by its status.
 * @throws Error when a secret has a wrong mask.
 */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  if (!('mask' in value)) return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
  const { status, mask } = value as { status?: unknown; mask: unknown };
  if (mask !== (status === 'SET' ? '••••••••' : null)) throw new Error(`A secret shows ${JSON.stringify(value)}.`);
  return status;
}

type Values = Readonly<Record<string, unknown>>;

/** A whole connection, with secrets as their status. */
export type Row = Values & {
  readonly id: string;
  readonly config: Values;
  readonly details: Values;
  readonly secrets: readonly { readonly path: readonly string[]; readonly status: string }[];
};

/** Returns the input key of an enum value: `databricksLakebase` for `DATABRICKS_LAKEBASE`. */
export const keyOf = (word: unknown): string =>
  String(word)
    .toLowerCase()
    .replaceAll(/_(.)/g, (_match, letter: string) => letter.toUpperCase());

const rowsOf = ({ data, text }: Answer, rows: unknown): Row[] => {
  if (!Array.isArray(rows)) throw new Error(`No rows: ${text} ${JSON.stringify(data)}`);
  return plain(rows) as Row[];
};

/** Returns the whole connections of a list. */
export async function listWhole(gateway: TestGateway, filter: Readonly<Record<string, unknown>>): Promise<Row[]> {
  const query = `query ($filter: ConnectionFilter) {
    connections(first: 200, filter: $filter) { nodes ${wholeConnection(gateway)} }
  }`;
  const answer = await gateway.ask(query, { filter });
  return rowsOf(answer, answer.data?.connections?.nodes);
}

/** Returns whole connections, each read by its id. */
export async function readWhole(gateway: TestGateway, ids: readonly string[]): Promise<Row[]> {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection ${wholeConnection(gateway)} } }`;
  const answer = await gateway.ask(query, { ids });
  return rowsOf(answer, answer.data?.nodes);
}
