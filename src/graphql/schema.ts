// The schema factory: everything GraphQL follows from the vendors and dialects it is given.
import type { GraphQLSchema } from 'graphql';
import { addCatalogue, addSupport } from './catalogue.ts';
import { addConnection } from './connection.ts';
import { addEnums } from './enums.ts';
import { addErrors } from './errors.ts';
import { addFederation } from './federation.ts';
import { addPatchInputs } from './inputs/patches.ts';
import { addSettingsInputs } from './inputs/settings.ts';
import { createKit, type SchemaParts } from './kit.ts';
import { addCreateConnection } from './mutations/create-connection.ts';
import { addCreateConnections } from './mutations/create-connections.ts';
import { addDeleteConnection } from './mutations/delete-connection.ts';
import { addRotateConnectionSecret } from './mutations/rotate-connection-secret.ts';
import { addTestConnection } from './mutations/test-connection.ts';
import { addUpdateConnection } from './mutations/update-connection.ts';
import { addNode, addNodeQueries } from './nodes.ts';
import { addPageTypes } from './page.ts';
import { addScalars } from './scalars.ts';
import { nameTypes, prefixTypes } from './type-prefix.ts';
import { addVendors } from './vendors.ts';

export interface SubgraphOptions {
  /** Stands before the name of every type but Connection. */
  readonly typePrefix?: string | undefined;
}

/** The schema that clients see. @param subgraph also makes it a subgraph of Apollo Federation. */
export function createSchema(parts: SchemaParts, subgraph?: SubgraphOptions): GraphQLSchema {
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
  const settings = addSettingsInputs(kit);
  addCreateConnections(kit, settings, page, addCreateConnection(kit, settings));
  addRotateConnectionSecret(kit, enums, page, addUpdateConnection(kit, addPatchInputs(kit)));
  addDeleteConnection(kit);
  addTestConnection(kit, settings);
  if (!subgraph) return kit.builder.toSchema();
  const { typePrefix = '' } = subgraph;
  const nameType = nameTypes(typePrefix);
  addFederation(kit, nameType);
  const schema = kit.builder.toSchema();
  return typePrefix === '' ? schema : prefixTypes(schema, nameType);
}
