// The type AuditPage, which every list of audit entries returns, and the arguments of such a list.
import type { AuditTarget } from '../../domain/audit-entry.ts';
import { MAX_PAGE } from '../../domain/pagination.ts';
import type { StoredEntry } from '../../services/audit/audit-store.ts';
import type { AuditPage, PageRequest } from '../../services/audit/read-audit.ts';
import type { SchemaContext } from '../schema-builder.ts';
import type { PageTypes } from './connection-page.ts';

const addTarget = ({ builder }: SchemaContext) =>
  builder.objectRef<AuditTarget>('AuditTarget').implement({
    description: 'What a mutation that has several targets did at one of them.',
    fields: (t) => ({
      instance: t.exposeString('instance', {
        nullable: true,
        description: 'Key of the instance. Null when the id of the connection named none.',
      }),
      connection: t.exposeID('connection', {
        nullable: true,
        description: 'Global id of the connection. Null when there is none.',
      }),
      status: t.exposeString('status', {
        description: 'The status that the result of the mutation had for this target.',
      }),
      compensation: t.string({
        nullable: true,
        description: 'Whether the created connection was deleted again. Null when there was no compensation.',
        resolve: ({ compensation }) => compensation ?? null,
      }),
    }),
  });

function addEntry(schemaContext: SchemaContext) {
  const Target = addTarget(schemaContext);
  return schemaContext.builder.objectRef<StoredEntry>('AuditEntry').implement({
    description: 'One mutation: who sent it, where, when, and how it ended. It has no value of the input.',
    fields: (t) => ({
      endedAt: t.field({
        type: 'DateTime',
        description: 'When the mutation ended, on the clock of the store.',
        resolve: ({ at }) => new Date(at),
      }),
      mutation: t.exposeString('mutation', {
        description: 'Name of the field of the mutation, such as createConnection.',
      }),
      outcome: t.exposeString('outcome', {
        description:
          'Name of the type of the result, such as CreateConnectionSuccess or ValidationError, without `federation.typePrefix`. INTERNAL_SERVER_ERROR when the mutation failed by a bug.',
      }),
      status: t.string({
        nullable: true,
        description: 'The status of a fan-out as a whole. Null for any other mutation.',
        resolve: ({ status }) => status ?? null,
      }),
      caller: t.exposeString('caller', {
        description: 'Name of the token or subject of the JWT. It is `anonymous` without authentication.',
      }),
      address: t.exposeString('address', {
        nullable: true,
        description: 'Address of the client. Null when the request did not come through a socket.',
      }),
      instances: t.exposeStringList('instances', {
        description: 'Keys of the instances that the input named or the mutation wrote to.',
      }),
      connections: t.exposeIDList('connections', {
        description: 'Global ids of the connections that the input named or the mutation wrote.',
      }),
      targets: t.field({
        type: [Target],
        description: 'The outcome of each target of a fan-out or a rotation. Empty for any other mutation.',
        resolve: ({ targets }) => targets ?? [],
      }),
      secrets: t.exposeStringList('secrets', {
        description:
          'Path of each secret in the input, joined by dots: input.config.postgres.password. Whether it was stored depends on `outcome`.',
      }),
      isReplay: t.exposeBoolean('isReplay', {
        description: 'Whether nothing was done, because the idempotency key returned the answer of an earlier request.',
      }),
      durationMs: t.exposeInt('durationMs', { description: 'How long the mutation took, in milliseconds.' }),
      requestId: t.exposeString('requestId', { description: 'Id of the request, which the log has too.' }),
      traceId: t.string({
        nullable: true,
        description: 'Id of the trace that the request belongs to. Null when it belongs to none.',
        resolve: ({ traceId }) => traceId ?? null,
      }),
    }),
  });
}

/** Adds AuditPage and its parts. */
export function addAuditPage(schemaContext: SchemaContext, { PageInfo }: Pick<PageTypes, 'PageInfo'>) {
  const { builder } = schemaContext;
  const Entry = addEntry(schemaContext);
  const Edge = builder.objectRef<AuditPage['edges'][number]>('AuditEdge').implement({
    description: 'One audit entry of a page, with its cursor.',
    fields: (t) => ({
      cursor: t.exposeString('cursor', {
        description: 'Position of the entry in the list. Pass it as `after` to get the older entries.',
      }),
      node: t.expose('node', { type: Entry, description: 'The entry at this position.' }),
    }),
  });
  return builder.objectRef<AuditPage>('AuditPage').implement({
    description: 'One page of a list of audit entries, the newest first. It is a connection type as Relay defines it.',
    fields: (t) => ({
      edges: t.expose('edges', { type: [Edge], description: 'The entries of this page with their cursors.' }),
      nodes: t.field({
        type: [Entry],
        description: 'The entries of this page without their cursors.',
        resolve: ({ edges }) => edges.map(({ node }) => node),
      }),
      pageInfo: t.field({
        type: PageInfo,
        description: 'The position of this page in the list.',
        resolve: (page) => page,
      }),
    }),
  });
}

export type AuditPageRef = ReturnType<typeof addAuditPage>;

/** Returns the arguments of a field that lists entries. @param defaultSize how many entries a page has by default. */
export const auditPageArgs = ({ builder }: SchemaContext, defaultSize: number) =>
  builder.args((t) => ({
    first: t.int({
      defaultValue: defaultSize,
      description: `How many entries a page has at most: 0 to ${MAX_PAGE}.`,
    }),
    after: t.string({
      description:
        'Cursor after which the page begins: the `endCursor` of the previous page. When it is left out, the page has the newest entries.',
    }),
  }));

interface AuditPageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
}

/** Returns the page that arguments ask for. */
export const toPageRequest = ({ first, after }: AuditPageArgs, defaultSize: number): PageRequest => ({
  first: first ?? defaultSize,
  after: after ?? null,
});
