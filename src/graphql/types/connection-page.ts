// The list of connections: its pages, and what each instance contributed.
import type { InputRef } from '@pothos/core';
import type { LocatedConnection } from '../../domain/connection.ts';
import { MAX_PAGE } from '../../domain/page.ts';
import type { Instance } from '../../domain/vendor.ts';
import {
  listConnections,
  listProblems,
  type ConnectionPage,
  type ListFilter,
  type ListRequest,
  type Source,
} from '../../services/list-connections.ts';
import { checkedBefore } from '../argument-check.ts';
import type { RequestContext } from '../context.ts';
import type { Enums } from './enums.ts';
import { SOURCE_ERRORS } from './errors.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { addFilter, addOrder } from '../inputs/connection-list.ts';

interface Edge {
  readonly cursor: string;
  readonly node: LocatedConnection;
}

function addSource({ builder, VendorInstance }: SchemaContext) {
  // Not a plain union: graphql-js takes a value that is an Error for the failure of its field.
  const SourceError = builder.errorUnion('SourceError', {
    description: 'Why an instance could not be asked.',
    types: [...SOURCE_ERRORS],
  });
  const ref = builder.objectRef<Source>('ConnectionSource').implement({
    description: 'What one instance contributed to a list.',
    fields: (t) => ({
      instance: t.expose('instance', {
        type: VendorInstance,
        nullable: false,
        description: 'The instance that was asked.',
      }),
      count: t.exposeInt('count', {
        description: 'How many of its connections match the filter; null when it could not be asked.',
      }),
      durationMs: t.exposeInt('durationMs', { nullable: false, description: 'How long it took, in milliseconds.' }),
      readAt: t.expose('readAt', {
        type: 'DateTime',
        description: 'When the vendor gave this list; null when it gave none.',
      }),
      isStale: t.exposeBoolean('isStale', {
        nullable: false,
        description: 'Whether the instance could not be asked now and its last good list stands in; see `readAt`.',
      }),
      error: t.field({
        type: SourceError,
        description: 'Why it could not be asked; null when it answered.',
        resolve: ({ error }) => error as never,
      }),
    }),
  });
  return { ref, SourceError };
}

function addPage(schemaContext: SchemaContext) {
  const { builder, Connection, VendorInstance } = schemaContext;
  const { ref: SourceRef, SourceError } = addSource(schemaContext);
  const PageInfo = builder.objectRef<ConnectionPage>('PageInfo').implement({
    description: 'Where a page stands in its list.',
    fields: (t) => ({
      hasNextPage: t.exposeBoolean('hasNextPage', { nullable: false, description: 'Whether more follow.' }),
      hasPreviousPage: t.exposeBoolean('hasPreviousPage', {
        nullable: false,
        description: 'Whether some stand before it.',
      }),
      startCursor: t.string({
        description: 'Cursor of the first on the page.',
        resolve: ({ edges }) => edges[0]?.cursor ?? null,
      }),
      endCursor: t.string({
        description: 'Cursor of the last on the page: `after` of the next.',
        resolve: ({ edges }) => edges.at(-1)?.cursor ?? null,
      }),
    }),
  });
  const EdgeRef = builder.objectRef<Edge>('ConnectionEdge').implement({
    description: 'A connection at its place in the list.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', { nullable: false, description: 'Its place, to go on from with `after`.' }),
      node: t.expose('node', { type: Connection, nullable: false, description: 'The connection that stands there.' }),
    }),
  });
  const Page = builder.objectRef<ConnectionPage>('ConnectionPage').implement({
    description: 'A page of connections. It has the shape that Relay reads, and says which instances it comes from.',
    fields: (t) => ({
      edges: t.field({
        type: [EdgeRef],
        nullable: false,
        description: 'The connections with their cursors.',
        resolve: ({ edges }) => [...edges],
      }),
      nodes: t.field({
        type: [Connection],
        nullable: false,
        description: 'The connections alone.',
        resolve: ({ edges }) => edges.map(({ node }) => node),
      }),
      pageInfo: t.field({
        type: PageInfo,
        nullable: false,
        description: 'Where the page stands.',
        resolve: (page) => page,
      }),
      totalCount: t.exposeInt('totalCount', {
        description:
          'How many match the filter; null when a source gave no list, for a count that is silently short would be a lie.',
      }),
      isComplete: t.exposeBoolean('isComplete', {
        nullable: false,
        description: 'Whether every instance that was asked answered now.',
      }),
      sources: t.field({
        type: [SourceRef],
        nullable: false,
        description: 'One for each instance that was asked, in the order of the configuration.',
        resolve: ({ sources }) => [...sources],
      }),
      unsearchable: t.field({
        type: [VendorInstance],
        nullable: false,
        description:
          'Instances whose vendor never tells a field that the filter asks for: their connections cannot match, and they were not asked.',
        resolve: ({ unsearchable }) => [...unsearchable],
      }),
    }),
  });
  return { Page, SourceError };
}

export interface PageTypes extends ReturnType<typeof addPage> {
  readonly Filter: InputRef<ListFilter>;
  readonly Order: InputRef<ListRequest['orderBy']>;
}

export function addPageTypes(schemaContext: SchemaContext, enums: Enums): PageTypes {
  return { ...addPage(schemaContext), Filter: addFilter(schemaContext, enums), Order: addOrder(schemaContext) };
}

/** The arguments of every list of connections. */
export const pageArgs = ({ builder }: SchemaContext, { Filter, Order }: PageTypes) =>
  builder.args((t) => ({
    first: t.int({ defaultValue: 50, description: `How many to give; at most ${MAX_PAGE}.` }),
    after: t.string({ description: 'Cursor to go on from: `endCursor` of the page before.' }),
    filter: t.field({ type: Filter, description: 'Which connections to list; all when left out.' }),
    orderBy: t.field({
      type: Order,
      defaultValue: { field: 'NAME', direction: 'ASC' },
      description: 'How to sort them.',
    }),
  }));

interface PageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly filter?: ListFilter | null | undefined;
  readonly orderBy?: ListRequest['orderBy'] | null | undefined;
}

const toRequest = (args: PageArgs, within: Instance | null): ListRequest => ({
  first: args.first ?? 50,
  after: args.after ?? null,
  filter: args.filter ?? {},
  orderBy: args.orderBy ?? { field: 'NAME', direction: 'ASC' },
  within,
});

/** For the `extensions` of every list of connections. */
export const checkedPage = () =>
  checkedBefore<PageArgs>((args, registry) => listProblems(registry, toRequest(args, null)));

/** @param within lists the connections of this instance alone. */
export const resolvePage = (args: PageArgs, { registry, loaders }: RequestContext, within: Instance | null = null) =>
  listConnections(registry, toRequest(args, within), loaders.list);
