// Adds a prefix to the names of types, for a supergraph in which another subgraph has an Error, a Warning or a Vendor too. Connection
// keeps its name, because other subgraphs extend it.
import {
  GraphQLSchema,
  isAbstractType,
  isSpecifiedScalarType,
  parse,
  visit,
  type GraphQLAbstractType,
  type GraphQLNamedType,
} from 'graphql';

/** Returns the name of a type in the served schema. @param name its name in this code. */
export type NameType = (name: string) => string;

const UNCHANGED_NAMES = new Set(['Connection', 'Query', 'Mutation', 'String', 'Int', 'Float', 'Boolean', 'ID']);

/** Returns the function that adds the prefix to the names of types. */
export const typePrefixer =
  (prefix: string): NameType =>
  (name) =>
    UNCHANGED_NAMES.has(name) || name.startsWith('_') ? name : `${prefix}${name}`;

/** Makes an abstract type resolve to the new names of its types. `isTypeOf` already gives new names; those stay. */
function renameResolvedTypes(type: GraphQLAbstractType, names: ReadonlyMap<string, string>): void {
  const { resolveType } = type;
  if (!resolveType) return;
  const renamed = (name: string | undefined) => name && (names.get(name) ?? name);
  type.resolveType = (...args) => {
    const name = resolveType(...args);
    return name instanceof Promise ? name.then(renamed) : renamed(name);
  };
}

/** Returns a schema whose types have their new names. Changes the types in place, so the schema passed must not be in use. */
export function prefixTypes(schema: GraphQLSchema, nameType: NameType): GraphQLSchema {
  const types: GraphQLNamedType[] = Object.values(schema.getTypeMap());
  const names = new Map(types.map(({ name }) => [name, nameType(name)]));
  for (const type of types.filter((candidate) => !isSpecifiedScalarType(candidate))) {
    type.name = nameType(type.name);
    if (isAbstractType(type)) renameResolvedTypes(type, names);
  }
  return new GraphQLSchema(schema.toConfig());
}

/** Returns a document in which the types have their new names. Its layout and comments stay. */
export function prefixDocument(text: string, nameType: NameType): string {
  const locations: { readonly start: number; readonly end: number }[] = [];
  visit(parse(text), { NamedType: ({ name }) => void (name.loc && locations.push(name.loc)) });
  return locations.reduceRight(
    (document, { start, end }) => document.slice(0, start) + nameType(document.slice(start, end)) + document.slice(end),
    text,
  );
}
