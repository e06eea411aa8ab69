// Everything that the schema tells of a connection, so that a test notices a field that nobody thought of.
import { getNamedType, isObjectType, isUnionType, type GraphQLOutputType, type GraphQLSchema } from 'graphql';
import type { Answer, TestGateway } from './gateway.ts';

/** Selects every field of a type, down to the leaves. */
function selectAll(type: GraphQLOutputType, leaveOut: readonly string[] = []): string {
  const named = getNamedType(type);
  if (isUnionType(named)) {
    const members = named.getTypes().map((member) => `... on ${member.name} ${selectAll(member)}`);
    return `{ __typename ${members.join(' ')} }`;
  }
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).filter(({ name }) => !leaveOut.includes(name));
  return `{ ${fields.map((field) => `${field.name} ${selectAll(field.type)}`).join(' ')} }`;
}

/** A selection of every field of a type. */
export function selectAllOf(schema: GraphQLSchema, name: string): string {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isUnionType(type)) throw new Error(`The schema has no ${name}.`);
  return selectAll(type);
}

/** All fields of Connection but its instance. */
export function wholeConnection({ gateway }: TestGateway): string {
  const type = gateway.schema.getType('Connection');
  if (!isObjectType(type)) throw new Error('The schema has no type Connection.');
  return selectAll(type, ['instance']);
}

/**
 * An answer's data in short: a masked secret as its status.
 * @throws Error for one that shows another mask than it should.
 */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  if (!('mask' in value)) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
  const { status, mask } = value as { status?: unknown; mask: unknown };
  if (mask !== (status === 'SET' ? '••••••••' : null)) throw new Error(`A secret shows ${JSON.stringify(value)}.`);
  return status;
}

type Values = Readonly<Record<string, unknown>>;

/** A whole connection, in short. */
export type Row = Values & {
  readonly id: string;
  readonly config: Values;
  readonly details: Values;
  readonly secrets: readonly { readonly path: readonly string[]; readonly status: string }[];
};

/** The key of an input for an enum value of the schema: `DATABRICKS_LAKEBASE` is `databricksLakebase`. */
export const keyOf = (word: unknown): string =>
  String(word)
    .toLowerCase()
    .replaceAll(/_(.)/g, (_match, letter: string) => letter.toUpperCase());

const rowsOf = ({ data, text }: Answer, rows: unknown): Row[] => {
  if (!Array.isArray(rows)) throw new Error(`No rows: ${text} ${JSON.stringify(data)}`);
  return plain(rows) as Row[];
};

/** Whole connections as the list tells them. */
export async function listWhole(gateway: TestGateway, filter: Readonly<Record<string, unknown>>): Promise<Row[]> {
  const query = `query ($filter: ConnectionFilter) {
    connections(first: 200, filter: $filter) { nodes ${wholeConnection(gateway)} }
  }`;
  const answer = await gateway.ask(query, { filter });
  return rowsOf(answer, answer.data?.connections?.nodes);
}

/** Whole connections as each is told by its id. */
export async function readWhole(gateway: TestGateway, ids: readonly string[]): Promise<Row[]> {
  const query = `query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection ${wholeConnection(gateway)} } }`;
  const answer = await gateway.ask(query, { ids });
  return rowsOf(answer, answer.data?.nodes);
}
