// Prints the schema as SDL: what clients see, or the subgraph that routers of Apollo Federation compose.
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import type { SubgraphOptions } from './schema.ts';
import { printSubgraph } from './subgraph-sdl.ts';
import { prefixTypes, typePrefixer } from './type-prefix.ts';

/**
 * Returns the SDL that clients see, sorted by name.
 * @param schema a schema that createSchema returned without options, and that is not in use.
 * @param typePrefix prefix of the name of every type except Connection.
 */
export const printApiSchema = (schema: GraphQLSchema, typePrefix = ''): string =>
  `${printSchema(lexicographicSortSchema(prefixTypes(schema, typePrefixer(typePrefix))))}\n`;

/** Returns the SDL of the subgraph, sorted by name. @param schema as that of printApiSchema. */
export function printSubgraphSchema(
  schema: GraphQLSchema,
  { typePrefix = '', isAuthenticated }: SubgraphOptions = {},
): string {
  const nameType = typePrefixer(typePrefix);
  return printSubgraph(prefixTypes(schema, nameType), nameType, isAuthenticated);
}
