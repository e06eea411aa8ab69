// Patchbay as a subgraph of Apollo Federation v2: the query `_service`, by which a router reads the schema, and `_entities`, by
// which it follows references to entities. References are loaded through the same data loader as all other ids, so that many
// of them cost few calls.
import { valueFromASTUntyped, GraphQLError, type GraphQLResolveInfo, type ValueNode } from 'graphql';
import { mayDoAnywhere } from '../../domain/caller.ts';
import { BadInputError, PermissionError } from '../../domain/errors.ts';
import { decodeId } from '../../domain/ids.ts';
import { findInstance } from '../../services/registry.ts';
import type { RequestContext } from '../context.ts';
import type { Representation, SchemaContext } from '../schema-builder.ts';
import { selectedFields } from '../selected-fields.ts';
import { printSubgraph } from '../subgraph-sdl.ts';
import type { NameType } from '../type-prefix.ts';

function asRepresentation(value: unknown, node?: ValueNode): Representation {
  const { __typename } = (value ?? {}) as Partial<Representation>;
  if (typeof __typename === 'string') return value as Representation;
  throw new GraphQLError('An _Any must be an object with the name of its type as __typename.', {
    nodes: node ?? null,
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** @throws PermissionError unless the request comes from a router, or from a caller who may act as one. */
function requireRouter({ caller, router }: RequestContext): void {
  const action = 'federation:entities';
  if (mayDoAnywhere(caller, action) || (router && mayDoAnywhere(router, action))) return;
  const message = `This needs the scope ${action}, in the token of the caller or in that of the router.`;
  throw new PermissionError(message, {}, action);
}

/** Returns the entity of a reference; null when nothing has its id. @throws BadInputError, VendorError */
async function resolveReference(
  { __typename, id }: Representation,
  nameType: NameType,
  { registry, loaders }: RequestContext,
  info: GraphQLResolveInfo,
) {
  if (typeof id !== 'string') throw new BadInputError('A reference to an entity needs its `id` as a text.');
  if (__typename === 'Connection') return loaders.connection.load({ id, fields: selectedFields(info) });
  const instance = nameType('VendorInstance');
  if (__typename === instance) return decodeId(id)?.kind === 'instance' ? findInstance(registry, id) : null;
  throw new BadInputError(`The entities here are Connection and ${instance}.`);
}

/** Adds the queries `_service` and `_entities`, and their types. */
export function addFederation(
  { builder, Connection, VendorInstance }: SchemaContext,
  nameType: NameType,
  isAuthenticated: boolean,
): void {
  builder.scalarType('_Any', {
    description:
      'A reference to an entity of Apollo Federation: an object with `__typename` and the fields of its key.',
    serialize: () => {
      throw new Error('A reference is never an output.');
    },
    parseValue: (value) => asRepresentation(value),
    parseLiteral: (node, variables) => asRepresentation(valueFromASTUntyped(node, variables), node),
  });
  const Entity = builder.unionType('_Entity', {
    description: 'The entities of Apollo Federation: the types that other subgraphs may refer to by their keys.',
    types: [Connection, VendorInstance],
  });
  const Service = builder.objectRef<{ readonly sdl: string }>('_Service').implement({
    description: 'This subgraph, as a composer of Apollo Federation reads it.',
    fields: (t) => ({
      sdl: t.exposeString('sdl', {
        nullable: true,
        description: 'The schema of this subgraph in SDL, with the directives of Apollo Federation v2.',
      }),
    }),
  });
  let sdl: string | null = null;
  builder.queryFields((t) => ({
    _service: t.field({
      type: Service,
      description: 'For composers of Apollo Federation: the schema of this subgraph.',
      resolve: (_root, _args, context, { schema }) => {
        requireRouter(context);
        return { sdl: (sdl ??= printSubgraph(schema, nameType, isAuthenticated)) };
      },
    }),
    _entities: t.field({
      type: [Entity],
      nullable: { list: false, items: true },
      description:
        'For routers of Apollo Federation: the entities of the references, in their order. An item is null when nothing has its key, and null with an error when its vendor could not be read.',
      args: {
        representations: t.arg({
          type: ['_Any'],
          required: true,
          description:
            'References to entities, each with its type and its key; at most 1000, or the limit `limits.entities` of the gateway.',
        }),
      },
      resolve: (_root, { representations }, context, info) => {
        requireRouter(context);
        return representations.map((reference) => resolveReference(reference, nameType, context, info));
      },
    }),
  }));
}
