// Global object identification (Relay), and the two roots by which connections are read.
import type { GraphQLResolveInfo } from 'graphql';
import { BadInputError } from '../../domain/errors.ts';
import { decodeId } from '../../domain/ids.ts';
import { findInstance } from '../../services/registry.ts';
import { checkedBefore } from '../argument-check.ts';
import type { RequestContext } from '../context.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { selectedFields } from '../selected-fields.ts';
import { checkedPage, pageArgs, resolvePage, type PageTypes } from '../types/connection-page.ts';

/** The most ids that `nodes` takes. */
const MAX_IDS = 100;

interface NodeShape {
  readonly id?: string;
}

export const addNode = ({ builder }: SchemaContext) =>
  builder.interfaceRef<NodeShape>('Node').implement({
    description: 'Anything that has a global id.',
    fields: (t) => ({
      id: t.id({ nullable: false, description: 'Opaque: never take it apart.', resolve: ({ id }) => id ?? '' }),
    }),
  });

async function load(
  id: string,
  { registry, loaders }: RequestContext,
  info: GraphQLResolveInfo,
): Promise<NodeShape | null> {
  return decodeId(id)?.kind === 'instance'
    ? (findInstance(registry, id) as NodeShape | null)
    : loaders.connection.load({ id, fields: selectedFields(info) });
}

export function addNodeQueries(schemaContext: SchemaContext, Node: ReturnType<typeof addNode>, page: PageTypes): void {
  schemaContext.builder.queryFields((t) => ({
    connection: t.field({
      type: schemaContext.Connection,
      description:
        'One connection; null when there is none of this id. When its vendor could not be asked: null with an error.',
      args: { id: t.arg.id({ required: true, description: 'Its global id, as lists and creates give it.' }) },
      resolve: (_root, { id }, { loaders }, info) => loaders.connection.load({ id, fields: selectedFields(info) }),
    }),
    connections: t.field({
      type: page.Page,
      nullable: false,
      description:
        'The connections of all instances, asked side by side. One that fails is named in `sources`; the others are listed all the same.',
      args: pageArgs(schemaContext, page),
      extensions: checkedPage(),
      resolve: (_root, args, context) => resolvePage(args, context),
    }),
    node: t.field({
      type: Node,
      description: 'Whatever has this id; null when nothing has.',
      args: { id: t.arg.id({ required: true, description: 'Global id of a connection or an instance.' }) },
      resolve: (_root, { id }, context, info) => load(id, context, info),
    }),
    nodes: t.field({
      type: [Node],
      nullable: { list: false, items: true },
      description: 'Whatever has these ids, in their order; null where nothing has.',
      args: {
        ids: t.arg.idList({ required: true, description: `Global ids; at most ${MAX_IDS}.` }),
      },
      extensions: checkedBefore<{ ids: readonly string[] }>(({ ids }) =>
        ids.length > MAX_IDS ? [new BadInputError(`Must not hold more than ${MAX_IDS} ids.`, ['ids'], 'TOO_LONG')] : [],
      ),
      resolve: (_root, { ids }, context, info) => ids.map((id) => load(id, context, info)),
    }),
  }));
}
