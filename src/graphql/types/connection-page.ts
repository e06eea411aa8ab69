// The type ConnectionPage, which every list of connections returns, and the arguments and resolver of such a list.
import type { InputRef, UnionRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { LocatedConnection, Instance } from '../../domain/instance.ts';
import { MAX_PAGE } from '../../domain/pagination.ts';
import type { VendorError } from '../../domain/errors.ts';
import {
  listConnections,
  listProblems,
  type ConnectionPage,
  type ListFilter,
  type ListRequest,
  type Source,
} from '../../services/list-connections.ts';
import { selectsNoDetails } from '../../services/get-connections.ts';
import { withArgumentCheck } from '../define-argument-check.ts';
import type { RequestContext } from '../context.ts';
import type { Enums } from './enums.ts';
import { SOURCE_ERRORS } from './errors.ts';
import { selectedFields } from '../selected-fields.ts';
import type { SchemaContext, Types } from '../schema-builder.ts';
import { addFilter, addOrder } from '../inputs/connection-list.ts';

interface Edge {
  readonly cursor: string;
  readonly node: LocatedConnection;
}

/** Adds SourceError: the expected failures of a read at a vendor. */
const addSourceError = ({ builder }: SchemaContext): UnionRef<Types, VendorError> =>
  // An error union and not a plain union: graphql-js treats a value that is an Error as the failure of its field.
  builder.errorUnion('SourceError', {
    description: 'Why an instance could not be read.',
    types: [...SOURCE_ERRORS],
  });

const addSource = ({ builder, VendorInstance }: SchemaContext, SourceError: UnionRef<Types, VendorError>) =>
  builder.objectRef<Source>('ConnectionSource').implement({
    description:
      'What one instance contributed to a list of connections: the number of connections and the time of the read, or the error of the read.',
    fields: (t) => ({
      instance: t.expose('instance', { type: VendorInstance, description: 'The instance that was read.' }),
      count: t.exposeInt('count', {
        nullable: true,
        description:
          'How many connections of this instance match the filter, on all pages. Null when the instance could not be read.',
      }),
      durationMs: t.exposeInt('durationMs', {
        description: 'How long the read of this instance took, in milliseconds.',
      }),
      readAt: t.expose('readAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the vendor returned the list that is used here. Null when there is no list.',
      }),
      isStale: t.exposeBoolean('isStale', {
        description:
          'Whether the instance could not be read now and a cached list is used in its place; `readAt` says from when.',
      }),
      error: t.expose('error', {
        type: SourceError,
        nullable: true,
        description: 'Why the instance could not be read now. Null when the read succeeded.',
      }),
    }),
  });

/** What any page has. */
interface AnyPage {
  readonly edges: readonly { readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

const addPageInfo = ({ builder }: SchemaContext) =>
  builder.objectRef<AnyPage>('PageInfo').implement({
    description: 'The position of a page in its list, as Relay defines it.',
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage', { description: 'Whether items follow after this page.' }),
      hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
        description: 'Whether there are items before this page.',
      }),
      startCursor: t.string({
        nullable: true,
        description: 'Cursor of the first item on the page. Null when the page is empty.',
        resolve: ({ edges }) => edges[0]?.cursor ?? null,
      }),
      endCursor: t.string({
        nullable: true,
        description:
          'Cursor of the last item on the page: the value of `after` for the next page. Null when the page is empty.',
        resolve: ({ edges }) => edges.at(-1)?.cursor ?? null,
      }),
    }),
  });

const addEdge = ({ builder, Connection }: SchemaContext) =>
  builder.objectRef<Edge>('ConnectionEdge').implement({
    description: 'One connection of a page, with its cursor.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description: 'Position of the connection in the list. Pass it as `after` to get the connections that follow.',
      }),
      node: t.expose('node', { type: Connection, description: 'The connection at this position.' }),
    }),
  });

function addPage(schemaContext: SchemaContext) {
  const { builder, Connection, VendorInstance } = schemaContext;
  const SourceError = addSourceError(schemaContext);
  const SourceRef = addSource(schemaContext, SourceError);
  const PageInfo = addPageInfo(schemaContext);
  const EdgeRef = addEdge(schemaContext);
  const Page = builder.objectRef<ConnectionPage>('ConnectionPage').implement({
    description:
      'One page of a list of connections. It is a connection type as Relay defines it, and also says which instances were read.',
    fields: (t) => ({
      edges: t.expose('edges', { type: [EdgeRef], description: 'The connections of this page with their cursors.' }),
      nodes: t.field({
        type: [Connection],
        description: 'The connections of this page without their cursors.',
        resolve: ({ edges }) => edges.map(({ node }) => node),
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'The position of this page in the list.',
        resolve: (page) => page,
      }),
      totalCount: t.exposeInt('totalCount', {
        nullable: true,
        description:
          'How many connections match the filter, on all pages. Null when an instance could not be read and Patchbay has no cached list of it: the count would be too low.',
      }),
      isComplete: t.exposeBoolean('isComplete', {
        description:
          'Whether every instance that was called answered this request. If not, `sources` says which instances did not.',
      }),
      sources: t.expose('sources', {
        type: [SourceRef],
        description:
          'What each instance contributed to the list: one entry for each instance that was called, in the order of the configuration.',
      }),
      unsearchable: t.expose('unsearchable', {
        type: [VendorInstance],
        description:
          'The instances that were not called, because their vendor never reports a field that the filter compares, such as the host. Their connections are not in the list, although they may match.',
      }),
    }),
  });
  return { Page, SourceError, PageInfo };
}

export interface PageTypes extends ReturnType<typeof addPage> {
  readonly Filter: InputRef<ListFilter>;
  readonly Order: InputRef<ListRequest['orderBy']>;
}

/** Adds ConnectionPage, its parts, and the inputs of a list. */
export function addPageTypes(schemaContext: SchemaContext, enums: Enums): PageTypes {
  return { ...addPage(schemaContext), Filter: addFilter(schemaContext, enums), Order: addOrder(schemaContext) };
}

/** Returns the arguments of a field that lists connections. */
export const pageArgs = ({ builder }: SchemaContext, { Filter, Order }: PageTypes) =>
  builder.args((t) => ({
    first: t.int({ defaultValue: 50, description: `How many connections a page has at most: 0 to ${MAX_PAGE}.` }),
    after: t.string({
      description:
        'Cursor after which the page begins: the `endCursor` of the previous page. When it is left out, the first page is returned.',
    }),
    filter: t.field({
      type: Filter,
      description: 'Conditions that the listed connections meet. When it is left out, all connections are listed.',
    }),
    orderBy: t.field({
      type: Order,
      defaultValue: { field: 'NAME', direction: 'ASC' },
      description: 'How the list is sorted. When it is left out, the list is sorted by name in ascending order.',
    }),
  }));

interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly filter?: ListFilter | null | undefined;
  readonly orderBy?: ListRequest['orderBy'] | null | undefined;
}

const toRequest = (args: PageArgs, within: Instance | null, withoutDetails: boolean): ListRequest => ({
  first: args.first ?? 50,
  after: args.after ?? null,
  filter: args.filter ?? {},
  orderBy: args.orderBy ?? { field: 'NAME', direction: 'ASC' },
  within,
  withoutDetails,
});

/** Returns the `extensions` of a field that lists connections: its arguments are checked before execution. */
export const pageArgsCheck = () =>
  withArgumentCheck<PageArgs>((args, registry) => listProblems(registry, toRequest(args, null, true)));

/**
 * Resolves a field that lists connections.
 * @param within the only instance whose connections are listed; null for all instances.
 */
export const resolvePage = (
  args: PageArgs,
  { registry, loaders }: RequestContext,
  info: GraphQLResolveInfo,
  within: Instance | null = null,
) => listConnections(registry, toRequest(args, within, selectsNoDetails(selectedFields(info))), loaders.list);
