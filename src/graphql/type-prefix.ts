// A prefix on the names of types, for a graph in which another subgraph has an Error, a Warning or a Vendor of its own. Connection
// keeps its name: it is what other subgraphs extend.
import {
  GraphQLSchema,
  isAbstractType,
  isSpecifiedScalarType,
  parse,
  visit,
  type GraphQLAbstractType,
  type GraphQLNamedType,
} from 'graphql';

/** The name of a type in the schema that is served, by the name that this code gives it. */
export type NameType = (name: string) => string;

const KEEP = new Set(['Connection', 'Query', 'Mutation', 'String', 'Int', 'Float', 'Boolean', 'ID']);

export const nameTypes =
  (prefix: string): NameType =>
  (name) =>
    KEEP.has(name) || name.startsWith('_') ? name : `${prefix}${name}`;

/** What an abstract type is resolved to: by its name in the code, or, where its types were asked themselves, by its new one. */
function renameAnswers(type: GraphQLAbstractType, names: ReadonlyMap<string, string>): void {
  const { resolveType } = type;
  if (!resolveType) return;
  const renamed = (name: string | undefined) => name && (names.get(name) ?? name);
  type.resolveType = (...args) => {
    const name = resolveType(...args);
    return name instanceof Promise ? name.then(renamed) : renamed(name);
  };
}

/** Renames the types of a schema that nobody has seen yet, in place; the schema given back knows them by their new names. */
export function prefixTypes(schema: GraphQLSchema, nameType: NameType): GraphQLSchema {
  const types: GraphQLNamedType[] = Object.values(schema.getTypeMap());
  const names = new Map(types.map(({ name }) => [name, nameType(name)]));
  for (const type of types.filter((one) => !isSpecifiedScalarType(one))) {
    type.name = nameType(type.name);
    if (isAbstractType(type)) renameAnswers(type, names);
  }
  return new GraphQLSchema(schema.toConfig());
}

/** A document with the types that it names renamed, its layout and comments kept. */
export function prefixDocument(text: string, nameType: NameType): string {
  const places: { readonly start: number; readonly end: number }[] = [];
  visit(parse(text), { NamedType: ({ name }) => void (name.loc && places.push(name.loc)) });
  return places.reduceRight(
    (document, { start, end }) => document.slice(0, start) + nameType(document.slice(start, end)) + document.slice(end),
    text,
  );
}
