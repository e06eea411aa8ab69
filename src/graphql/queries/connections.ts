// The queries that read connections: one by its id, and the list over all instances.
import type { SchemaContext } from '../schema-builder.ts';
import { selectedFields } from '../selected-fields.ts';
import { pageArgsCheck, pageArgs, resolvePage, type PageTypes } from '../types/connection-page.ts';

/** Adds the queries `connection` and `connections`. */
export function addConnectionQueries(schemaContext: SchemaContext, page: PageTypes): void {
  schemaContext.builder.queryFields((t) => ({
    connection: t.field({
      type: schemaContext.Connection,
      nullable: true,
      description:
        'One connection by its global id. Null when there is none; null with an error when its vendor could not be read.',
      args: {
        id: t.arg.id({
          required: true,
          description: 'Global id of the connection, as lists and creates return it.',
        }),
      },
      resolve: (_root, { id }, { loaders }, info) => loaders.connection.load({ id, fields: selectedFields(info) }),
    }),
    connections: t.field({
      type: page.Page,
      description:
        'The connections of all instances, which are read at the same time. An instance that could not be read is named in `sources`, and the connections of the other instances are still listed.',
      args: pageArgs(schemaContext, page),
      extensions: pageArgsCheck(),
      resolve: (_root, args, context, info) => resolvePage(args, context, info),
    }),
  }));
}
