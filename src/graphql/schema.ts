// The schema factory: the whole GraphQL schema follows from the vendors and dialects that it gets.
import type { GraphQLSchema } from 'graphql';
import { addPatchInputs } from './inputs/patches.ts';
import { addSettingsInputs } from './inputs/settings.ts';
import { addCreateConnection } from './mutations/create-connection.ts';
import { addCreateConnections } from './mutations/create-connections.ts';
import { addDeleteConnection } from './mutations/delete-connection.ts';
import { addRotateConnectionSecret } from './mutations/rotate-connection-secret.ts';
import { addTestConnection } from './mutations/test-connection.ts';
import { addTestConnectionConfig } from './mutations/test-connection-config.ts';
import { addUpdateConnection } from './mutations/update-connection.ts';
import { addAuditQuery } from './queries/audit.ts';
import { addCatalogueQueries } from './queries/catalogue.ts';
import { addConnectionQueries } from './queries/connections.ts';
import { addFederation } from './queries/federation.ts';
import { addNode, addNodeQueries } from './queries/node.ts';
import { addOperationQuery } from './queries/operation.ts';
import { addViewer } from './queries/viewer.ts';
import { addVendorQueries } from './queries/vendors.ts';
import { createSchemaContext, type SchemaContext, type SchemaParts } from './schema-builder.ts';
import { typePrefixer, prefixTypes } from './type-prefix.ts';
import { addAuditPage } from './types/audit-page.ts';
import { addConnection } from './types/connection.ts';
import { addPageTypes } from './types/connection-page.ts';
import { addEnums } from './types/enums.ts';
import { addErrors } from './types/errors.ts';
import { addScalars } from './types/scalars.ts';
import { addSupport } from './types/vendor-dialect-support.ts';
import { addVendorInstance } from './types/vendor-instance.ts';

export interface SubgraphOptions {
  /** Prefix of the name of every type except Connection. */
  readonly typePrefix?: string | undefined;
  /** Whether the root fields of the subgraph have @authenticated. */
  readonly isAuthenticated?: boolean;
}

function addRootTypes({ builder }: SchemaContext): void {
  builder.queryType({ description: 'All read operations. They never change anything at a vendor.' });
  builder.mutationType({
    description:
      'All operations that change or test connections at a vendor. Each returns a union of its success type and the types of expected failures.',
  });
}

/**
 * Returns the schema that clients see.
 * @param subgraph also makes it a subgraph of Apollo Federation.
 */
export function createSchema(parts: SchemaParts, subgraph?: SubgraphOptions): GraphQLSchema {
  const schemaContext = createSchemaContext(parts);
  addRootTypes(schemaContext);
  addScalars(schemaContext);
  const enums = addEnums(schemaContext);
  const Node = addNode(schemaContext);
  addErrors(schemaContext, enums);
  const page = addPageTypes(schemaContext, enums);
  const AuditPage = addAuditPage(schemaContext, page);
  addConnection(schemaContext, enums, [Node], AuditPage);
  const Support = addSupport(schemaContext, enums);
  addVendorInstance(schemaContext, enums, page, [Node]);

  addVendorQueries(schemaContext, enums, Support);
  addCatalogueQueries(schemaContext, enums, Support);
  addConnectionQueries(schemaContext, page);
  addNodeQueries(schemaContext, Node);
  addViewer(schemaContext);
  addOperationQuery(schemaContext);
  addAuditQuery(schemaContext, AuditPage);

  const settings = addSettingsInputs(schemaContext);
  addCreateConnections(schemaContext, settings, page, addCreateConnection(schemaContext, settings));
  const UpdateResult = addUpdateConnection(schemaContext, addPatchInputs(schemaContext));
  addRotateConnectionSecret(schemaContext, enums, page, UpdateResult);
  addDeleteConnection(schemaContext);
  const TestResult = addTestConnection(schemaContext);
  addTestConnectionConfig(schemaContext, settings, TestResult);

  if (!subgraph) return schemaContext.builder.toSchema();
  const { typePrefix = '', isAuthenticated = false } = subgraph;
  const nameType = typePrefixer(typePrefix);
  addFederation(schemaContext, nameType, isAuthenticated);
  const schema = schemaContext.builder.toSchema();
  return typePrefix === '' ? schema : prefixTypes(schema, nameType);
}
