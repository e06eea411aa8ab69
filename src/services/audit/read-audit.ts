// Reads the audit for callers: which entries a caller may see, and pages of them.
import { globPattern, mayDoAnywhere, patternsOf, type Caller } from '../../domain/caller.ts';
import { BadInputError, badInputOf, PermissionError } from '../../domain/errors.ts';
import { decodeId } from '../../domain/ids.ts';
import { badCursor, checkSize, readCursor, writeCursor } from '../../domain/pagination.ts';
import { isShortText } from '../../domain/short-text.ts';
import type { Secret } from '../../secrets/secret.ts';
import { findInstance, locationOf, type Registry } from '../registry.ts';
import type { AuditFilter, AuditPosition, AuditSelection, StoredEntry } from './audit-store.ts';

const ACTION = 'audit:read';

/** The order of all pages, as cursors have it. */
const ORDER = 'ENDED_AT:DESC';

/** Conditions on entries, as callers send them. An entry meets all that are there. */
export interface AuditQuery {
  /** Global id of a connection. */
  readonly connection?: string | null | undefined;
  /** Key or global id of an instance. */
  readonly instance?: string | null | undefined;
  readonly caller?: string | null | undefined;
  readonly mutation?: readonly string[] | null | undefined;
  readonly outcome?: readonly string[] | null | undefined;
  readonly since?: Date | null | undefined;
  readonly until?: Date | null | undefined;
  readonly secret?: Secret | null | undefined;
}

export interface PageRequest {
  readonly first: number;
  /** Cursor; null for the first page. */
  readonly after: string | null;
}

export interface AuditPage {
  readonly edges: readonly { readonly cursor: string; readonly node: StoredEntry }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

const ID = /^[0-9a-f]{32}$/;

/** @throws BadInputError when it is no cursor of the audit. */
function positionOf(after: string): AuditPosition {
  const { value, id } = readCursor(after, ORDER);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || !ID.test(id)) throw badCursor();
  return { at: value, id };
}

function checkText(text: string, path: readonly string[]): void {
  if (isShortText(text)) return;
  throw new BadInputError('Must be 1 to 255 characters, none of them a control character.', path);
}

/** Returns the problems of `first` and `after` of an audit query. The list is empty when both are valid. */
export const auditPageProblems = ({ first, after }: PageRequest): readonly BadInputError[] => [
  ...badInputOf(() => checkSize(first)),
  ...badInputOf(() => after !== null && positionOf(after)),
];

/** Returns the problems of the filter of an audit query. The list is empty when the filter is valid. */
export const auditQueryProblems = ({
  caller,
  mutation,
  outcome,
  since,
  until,
}: AuditQuery): readonly BadInputError[] => [
  ...badInputOf(() => typeof caller === 'string' && checkText(caller, ['filter', 'caller'])),
  ...(mutation ?? []).flatMap((name, at) => badInputOf(() => checkText(name, ['filter', 'mutation', String(at)]))),
  ...(outcome ?? []).flatMap((name, at) => badInputOf(() => checkText(name, ['filter', 'outcome', String(at)]))),
  ...(since && until && since >= until ? [new BadInputError('Must be later than `since`.', ['filter', 'until'])] : []),
];

/** What a page is read with. */
export interface AuditContext {
  readonly registry: Registry;
  readonly caller: Caller;
  /** Returns the tag of a secret. */
  readonly auditTag: (secret: Secret) => string;
  /** Reads the entries of a selection. Those of one query are read together. */
  readonly loaders: { readonly audit: { load(selection: AuditSelection): Promise<readonly StoredEntry[]> } };
}

/** Returns the key that a key or a global id of an instance names, whether or not the instance is configured. */
function instanceKeyOf(keyOrId: string): string {
  const decoded = decodeId(keyOrId);
  return decoded?.kind === 'instance' ? decoded.key : keyOrId;
}

/** Returns the keys of the instances that a query names: its own, and that of its connection. */
function namedInstances({ connection, instance }: AuditQuery): string[] {
  const decoded = decodeId(connection ?? '');
  return [
    ...(typeof instance === 'string' ? [instanceKeyOf(instance)] : []),
    ...(decoded?.kind === 'connection' ? [decoded.key] : []),
  ];
}

/** @throws PermissionError when the caller may not read the audit, or not of an instance that it sees. */
function authorize({ registry, caller }: AuditContext, { connection, instance }: AuditQuery): void {
  findInstance(registry, instance ?? '')?.require?.(ACTION);
  locationOf(registry, connection ?? '')?.instance.require?.(ACTION);
  if (mayDoAnywhere(caller, ACTION)) return;
  throw new PermissionError(`This needs the scope ${ACTION}.`, {}, ACTION);
}

/** Returns whether no entry can meet the query, so that the store need not be asked. An instance that is hidden is like one that is unknown. */
function findsNothing(query: AuditQuery, visible: readonly string[] | null): boolean {
  const { connection, mutation, outcome } = query;
  const patterns = visible?.map(globPattern);
  const isHidden = (key: string) => patterns?.every((pattern) => !pattern.test(key)) ?? false;
  const isNoConnection = typeof connection === 'string' && decodeId(connection)?.kind !== 'connection';
  return isNoConnection || mutation?.length === 0 || outcome?.length === 0 || namedInstances(query).some(isHidden);
}

function filterOf({ auditTag }: AuditContext, query: AuditQuery): AuditFilter {
  const { connection, instance, caller, mutation, outcome, since, until, secret } = query;
  return {
    connection: connection ?? undefined,
    instance: typeof instance === 'string' ? instanceKeyOf(instance) : undefined,
    tag: secret ? auditTag(secret) : undefined,
    caller: caller ?? undefined,
    mutations: mutation ?? undefined,
    outcomes: outcome ?? undefined,
    since: since?.getTime(),
    until: until?.getTime(),
  };
}

/** Returns what the store is asked for a page; null when the page is empty in any case. @throws as `readAudit`. */
function selectionOf(context: AuditContext, query: AuditQuery, { first, after }: PageRequest): AuditSelection | null {
  authorize(context, query);
  checkSize(first);
  const position = after === null ? null : positionOf(after);
  const visible = patternsOf(context.caller, ACTION);
  if (findsNothing(query, visible)) return null;
  // One entry more tells whether there is a next page.
  return { filter: filterOf(context, query), visible, count: first + 1, after: position };
}

/** Returns the page of the entries that were read for it. */
const toPage = (entries: readonly StoredEntry[], { first, after }: PageRequest): AuditPage => ({
  edges: entries.slice(0, first).map((node) => ({ cursor: writeCursor(ORDER, { value: node.at, id: node.id }), node })),
  hasNextPage: entries.length > first,
  hasPreviousPage: after !== null,
});

/**
 * Returns a page of the audit.
 * @throws BadInputError for an invalid page; PermissionError when the caller may not read this; VendorUnavailableError when the store
 * fails.
 */
export async function readAudit(context: AuditContext, query: AuditQuery, page: PageRequest): Promise<AuditPage> {
  const selection = selectionOf(context, query, page);
  return toPage(selection ? await context.loaders.audit.load(selection) : [], page);
}
