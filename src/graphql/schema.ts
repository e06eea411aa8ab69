// The schema factory: everything GraphQL follows from the vendors and dialects it is given.
import type { GraphQLSchema } from 'graphql';
import { addCatalogue, addSupport } from './catalogue.ts';
import { addConnection } from './connection.ts';
import { addEnums } from './enums.ts';
import { addErrors } from './errors.ts';
import { createKit, type SchemaParts } from './kit.ts';
import { addCreateConnection } from './mutations/create-connection.ts';
import { addNode, addNodeQueries } from './nodes.ts';
import { addPageTypes } from './page.ts';
import { addScalars } from './scalars.ts';
import { addVendors } from './vendors.ts';

export function createSchema(parts: SchemaParts): GraphQLSchema {
  const kit = createKit(parts);
  kit.builder.queryType({ description: 'What can be read.' });
  kit.builder.mutationType({
    description: 'What can be changed. A failure that is to be expected is a member of the result.',
  });
  addScalars(kit);
  const enums = addEnums(kit);
  const Node = addNode(kit);
  addErrors(kit, enums);
  addConnection(kit, enums, [Node]);
  const page = addPageTypes(kit, enums);
  const Support = addSupport(kit, enums);
  addVendors(kit, enums, page, [Node], Support);
  addCatalogue(kit, enums, Support);
  addNodeQueries(kit, Node, page);
  addCreateConnection(kit);
  return kit.builder.toSchema();
}
