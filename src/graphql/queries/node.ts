// Global object identification, as Relay defines it: the interface Node and the queries `node` and `nodes`.
import type { GraphQLResolveInfo } from 'graphql';
import { BadInputError } from '../../domain/errors.ts';
import { decodeId } from '../../domain/ids.ts';
import { findInstance } from '../../services/registry.ts';
import { withArgumentCheck } from '../define-argument-check.ts';
import type { RequestContext } from '../context.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { selectedFields } from '../selected-fields.ts';

/** The most ids that `nodes` accepts. */
const MAX_IDS = 100;

interface NodeShape {
  readonly id?: string;
}

/** Adds the interface Node. */
export const addNode = ({ builder }: SchemaContext) =>
  builder.interfaceRef<NodeShape>('Node').implement({
    description: 'An object with a global id, as Relay defines it: a connection or an instance.',
    fields: (t) => ({
      id: t.id({
        description: 'Global id of the object. It is opaque: clients must not take it apart.',
        resolve: ({ id }) => id ?? '',
      }),
    }),
  });

/** Returns the object with a global id; null when there is none. @throws VendorError */
async function load(
  id: string,
  { registry, loaders }: RequestContext,
  info: GraphQLResolveInfo,
): Promise<NodeShape | null> {
  return decodeId(id)?.kind === 'instance'
    ? (findInstance(registry, id) as NodeShape | null)
    : loaders.connection.load({ id, fields: selectedFields(info) });
}

/** Adds the queries `node` and `nodes`. */
export function addNodeQueries({ builder }: SchemaContext, Node: ReturnType<typeof addNode>): void {
  builder.queryFields((t) => ({
    node: t.field({
      type: Node,
      nullable: true,
      description: 'The connection or instance with this global id. Null when there is none.',
      args: { id: t.arg.id({ required: true, description: 'Global id of a connection or an instance.' }) },
      resolve: (_root, { id }, context, info) => load(id, context, info),
    }),
    nodes: t.field({
      type: [Node],
      nullable: { list: false, items: true },
      description:
        'The connections and instances with these global ids, in the order of the ids. An item is null when nothing has its id.',
      args: {
        ids: t.arg.idList({
          required: true,
          description: `Global ids of connections and instances; at most ${MAX_IDS}.`,
        }),
      },
      extensions: withArgumentCheck<{ ids: readonly string[] }>(({ ids }) =>
        ids.length > MAX_IDS ? [new BadInputError(`Must not hold more than ${MAX_IDS} ids.`, ['ids'], 'TOO_LONG')] : [],
      ),
      resolve: (_root, { ids }, context, info) => ids.map((id) => load(id, context, info)),
    }),
  }));
}
