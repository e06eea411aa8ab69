// Patchbay as a subgraph of Apollo Federation v2: the two fields by which a router reads the schema and follows references to
// entities. A reference is read through the same loader as every other id, so that a thousand of them cost as little.
import { valueFromASTUntyped, GraphQLError, type GraphQLResolveInfo, type ValueNode } from 'graphql';
import { BadInputError } from '../../domain/errors.ts';
import { decodeId } from '../../domain/ids.ts';
import { findInstance } from '../../services/registry.ts';
import { checkedBefore } from '../argument-check.ts';
import type { RequestContext } from '../context.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { selectedFields } from '../selected-fields.ts';
import { printSubgraph } from '../subgraph-sdl.ts';
import type { NameType } from '../type-prefix.ts';

/** A reference to an entity: the name of its type and its key. */
export interface Representation {
  readonly __typename: string;
  readonly id?: unknown;
}

/** The most that one query may refer to. */
const MAX_REPRESENTATIONS = 1000;
const TOO_MANY = new BadInputError(
  `Must not hold more than ${MAX_REPRESENTATIONS} references.`,
  ['representations'],
  'TOO_LONG',
);

function asRepresentation(value: unknown, node?: ValueNode): Representation {
  const { __typename } = (value ?? {}) as Partial<Representation>;
  if (typeof __typename === 'string') return value as Representation;
  throw new GraphQLError('An _Any must be an object with the name of its type as __typename.', {
    nodes: node ?? null,
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** What a reference leads to; null where nothing has its id. @throws BadInputError, VendorError */
async function resolveReference(
  { __typename, id }: Representation,
  nameType: NameType,
  { registry, loaders }: RequestContext,
  info: GraphQLResolveInfo,
) {
  if (typeof id !== 'string') throw new BadInputError('A reference to an entity needs its `id`, as text.');
  if (__typename === 'Connection') return loaders.connection.load({ id, fields: selectedFields(info) });
  const instance = nameType('VendorInstance');
  if (__typename === instance) return decodeId(id)?.kind === 'instance' ? findInstance(registry, id) : null;
  throw new BadInputError(`The entities here are Connection and ${instance}.`);
}

export function addFederation({ builder, Connection, VendorInstance }: SchemaContext, nameType: NameType): void {
  builder.scalarType('_Any', {
    description: 'A reference to an entity: an object with `__typename` and the fields of its key.',
    serialize: () => {
      throw new Error('A reference is never an output.');
    },
    parseValue: (value) => asRepresentation(value),
    parseLiteral: (node, variables) => asRepresentation(valueFromASTUntyped(node, variables), node),
  });
  const Entity = builder.unionType('_Entity', {
    description: 'What other subgraphs may refer to by its key.',
    types: [Connection, VendorInstance],
  });
  const Service = builder.objectRef<{ readonly sdl: string }>('_Service').implement({
    description: 'This subgraph, as a composer reads it.',
    fields: (t) => ({
      sdl: t.exposeString('sdl', { description: 'Its schema with the directives of Apollo Federation v2.' }),
    }),
  });
  let sdl: string | null = null;
  builder.queryFields((t) => ({
    _service: t.field({
      type: Service,
      nullable: false,
      description: 'For composers: this schema as a subgraph.',
      resolve: (_root, _args, _context, { schema }) => ({ sdl: (sdl ??= printSubgraph(schema, nameType)) }),
    }),
    _entities: t.field({
      type: [Entity],
      nullable: { list: false, items: true },
      description:
        'For routers: what the references lead to, in their order; null where nothing has the key, null with an error where its vendor could not be asked.',
      args: {
        representations: t.arg({
          type: ['_Any'],
          required: true,
          description: `References to entities; at most ${MAX_REPRESENTATIONS}.`,
        }),
      },
      extensions: checkedBefore<{ representations: readonly Representation[] }>(({ representations }) =>
        representations.length > MAX_REPRESENTATIONS ? [TOO_MANY] : [],
      ),
      resolve: (_root, { representations }, context, info) =>
        representations.map((one) => resolveReference(one, nameType, context, info)),
    }),
  }));
}
