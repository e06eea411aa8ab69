// Prints the schema as a subgraph of Apollo Federation: entities with their keys, and PageInfo as shareable. It leaves out what other
// subgraphs may define too (Relay's `node`, `nodes` and Node, and `viewer`) and what Apollo's composer does not know (@oneOf).
import {
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
  visit,
  type ConstDirectiveNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import type { NameType } from './type-prefix.ts';

// The oldest version of Federation 2 that has the directives used here, so that every router supports it.
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.0", import: ["@key", "@shareable"])';

/** The link of a subgraph whose root fields have @authenticated: Federation 2.5 is the first version with it. */
const LINK_WITH_AUTHENTICATED =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable", "@authenticated"])';

const directive = (text: string): readonly ConstDirectiveNode[] =>
  (parse(`type X ${text}`).definitions[0] as ObjectTypeDefinitionNode).directives ?? [];

const KEY = directive('@key(fields: "id")');
const SHAREABLE = directive('@shareable');
const AUTHENTICATED = directive('@authenticated');

/** Fields of Query that are not part of the subgraph. Names that start with `_` are Federation's own, and left out too. */
const LEFT_OUT = new Set(['node', 'nodes', 'viewer']);
const isLeftOut = (name: string): boolean => LEFT_OUT.has(name) || name.startsWith('_');

const ROOT_TYPES = new Set(['Query', 'Mutation']);

const rootFields = (fields: readonly FieldDefinitionNode[], isAuthenticated: boolean): FieldDefinitionNode[] =>
  fields
    .filter((field) => !isLeftOut(field.name.value))
    .map((field) => (isAuthenticated ? { ...field, directives: AUTHENTICATED } : field));

/**
 * Returns the SDL of the subgraph.
 * @param isAuthenticated whether the root fields have @authenticated, so that a router refuses requests without a valid token.
 */
export function printSubgraph(schema: GraphQLSchema, nameType: NameType, isAuthenticated = false): string {
  const Node = nameType('Node');
  const Viewer = nameType('Viewer');
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
    // Their only directive is @oneOf. Execution checks the same rule.
    InputObjectTypeDefinition: (node) => ({ ...node, directives: [] }),
    ObjectTypeDefinition: (node) => {
      const { name, interfaces = [], fields = [] } = node;
      if (name.value === Viewer || isLeftOut(name.value)) return null;
      return {
        ...node,
        directives: directives.get(name.value) ?? [],
        interfaces: interfaces.filter(({ name: implemented }) => implemented.value !== Node),
        fields: ROOT_TYPES.has(name.value) ? rootFields(fields, isAuthenticated) : fields,
      };
    },
  });
  return `${isAuthenticated ? LINK_WITH_AUTHENTICATED : LINK}\n\n${print(document)}\n`;
}
