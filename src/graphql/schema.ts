// The schema factory: everything GraphQL follows from the vendors and dialects it is given.
import type { GraphQLSchema } from 'graphql';
import { addCatalogue, addSupport } from './queries/catalogue.ts';
import { addConnection } from './types/connection.ts';
import { addEnums } from './types/enums.ts';
import { addErrors } from './types/errors.ts';
import { addFederation } from './queries/federation.ts';
import { addPatchInputs } from './inputs/patches.ts';
import { addSettingsInputs } from './inputs/settings.ts';
import { createSchemaContext, type SchemaParts } from './schema-builder.ts';
import { addCreateConnection } from './mutations/create-connection.ts';
import { addCreateConnections } from './mutations/create-connections.ts';
import { addDeleteConnection } from './mutations/delete-connection.ts';
import { addRotateConnectionSecret } from './mutations/rotate-connection-secret.ts';
import { addTestConnection } from './mutations/test-connection.ts';
import { addUpdateConnection } from './mutations/update-connection.ts';
import { addNode, addNodeQueries } from './queries/node.ts';
import { addPageTypes } from './types/connection-page.ts';
import { addScalars } from './types/scalars.ts';
import { nameTypes, prefixTypes } from './type-prefix.ts';
import { addVendors } from './queries/vendors.ts';

export interface SubgraphOptions {
  /** Stands before the name of every type but Connection. */
  readonly typePrefix?: string | undefined;
}

/** The schema that clients see. @param subgraph also makes it a subgraph of Apollo Federation. */
export function createSchema(parts: SchemaParts, subgraph?: SubgraphOptions): GraphQLSchema {
  const schemaContext = createSchemaContext(parts);
  schemaContext.builder.queryType({ description: 'What can be read.' });
  schemaContext.builder.mutationType({
    description: 'What can be changed. A failure that is to be expected is a member of the result.',
  });
  addScalars(schemaContext);
  const enums = addEnums(schemaContext);
  const Node = addNode(schemaContext);
  addErrors(schemaContext, enums);
  addConnection(schemaContext, enums, [Node]);
  const page = addPageTypes(schemaContext, enums);
  const Support = addSupport(schemaContext, enums);
  addVendors(schemaContext, enums, page, [Node], Support);
  addCatalogue(schemaContext, enums, Support);
  addNodeQueries(schemaContext, Node, page);
  const settings = addSettingsInputs(schemaContext);
  addCreateConnections(schemaContext, settings, page, addCreateConnection(schemaContext, settings));
  addRotateConnectionSecret(
    schemaContext,
    enums,
    page,
    addUpdateConnection(schemaContext, addPatchInputs(schemaContext)),
  );
  addDeleteConnection(schemaContext);
  addTestConnection(schemaContext, settings);
  if (!subgraph) return schemaContext.builder.toSchema();
  const { typePrefix = '' } = subgraph;
  const nameType = nameTypes(typePrefix);
  addFederation(schemaContext, nameType);
  const schema = schemaContext.builder.toSchema();
  return typePrefix === '' ? schema : prefixTypes(schema, nameType);
}
