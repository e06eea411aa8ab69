// The schema as a subgraph publishes it: entities with their keys, PageInfo shareable, and nothing that would stand in the way
// of another subgraph (Relay's node belongs to the graph that clients see) or of a composer (Apollo's knows no @oneOf).
import {
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  visit,
  type ConstDirectiveNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import type { NameType } from './type-prefix.ts';

// The oldest version that has all that is used: every router knows it.
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])';

const directive = (text: string): readonly ConstDirectiveNode[] =>
  (parse(`type X ${text}`).definitions[0] as ObjectTypeDefinitionNode).directives ?? [];

const KEY = directive('@key(fields: "id")');
const SHAREABLE = directive('@shareable');

/** Types and fields of Query that clients of this gateway alone may see, beside those of federation itself. */
const LEFT_OUT = new Set(['node', 'nodes']);
const isLeftOut = (name: string): boolean => LEFT_OUT.has(name) || name.startsWith('_');

export function printSubgraph(schema: GraphQLSchema, nameType: NameType): string {
  const Node = nameType('Node');
  const directives = new Map([
    ['Connection', KEY],
    [nameType('VendorInstance'), KEY],
    [nameType('PageInfo'), SHAREABLE],
  ]);
  const unlessLeftOut = (node: { readonly name: { readonly value: string } }) =>
    node.name.value === Node || isLeftOut(node.name.value) ? null : undefined;
  const document = visit(parse(printSchema(lexicographicSortSchema(schema))), {
    ScalarTypeDefinition: unlessLeftOut,
    UnionTypeDefinition: unlessLeftOut,
    InterfaceTypeDefinition: unlessLeftOut,
    // They have one directive, @oneOf: what it asks is asked at execution too.
    InputObjectTypeDefinition: (node) => ({ ...node, directives: [] }),
    ObjectTypeDefinition: (node) => {
      const { name, interfaces = [], fields = [] } = node;
      if (isLeftOut(name.value)) return null;
      return {
        ...node,
        directives: directives.get(name.value) ?? [],
        interfaces: interfaces.filter((one) => one.name.value !== Node),
        fields: name.value === 'Query' ? fields.filter((field) => !isLeftOut(field.name.value)) : fields,
      };
    },
  });
  return `${LINK}\n\n${print(document)}\n`;
}
