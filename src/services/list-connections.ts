// Lists the connections of several instances as one list. The instances are called concurrently; Patchbay filters, sorts and pages,
// because no vendor can page. The result names an instance that fails, and still has the rows of the others.
import type { LocatedConnection, Instance } from '../domain/instance.ts';
import { badInputOf, VendorError, type BadInputError } from '../domain/errors.ts';
import { mergeAndPage, pageProblems, type Page } from '../domain/pagination.ts';
import type { ListRead } from './cached-reads.ts';
import { requireInstance, roleOf, type Registry } from './registry.ts';
import { orderText, sortedRows, type Order, type SortedRows } from './sorted-lists.ts';

/** A condition on a text, without case. At most one of the fields is provided. */
export interface TextFilter {
  readonly equals?: string | null;
  readonly contains?: string | null;
  readonly startsWith?: string | null;
  readonly in?: readonly string[] | null;
}

export interface ListFilter {
  readonly vendor?: readonly string[] | null;
  /** Keys or global ids. */
  readonly instance?: readonly string[] | null;
  readonly dialect?: readonly string[] | null;
  readonly name?: TextFilter | null;
  readonly host?: TextFilter | null;
  readonly database?: TextFilter | null;
  readonly includeDeleted?: boolean | null;
}

export interface ListRequest {
  readonly first: number;
  readonly after: string | null;
  readonly filter: ListFilter;
  readonly orderBy: Order;
  /** The only instance to list, in addition to the filter; null for all. */
  readonly within: Instance | null;
  /** Whether the rows may be without `details`, because the query selects nothing of them. */
  readonly withoutDetails: boolean;
}

/** The outcome of the list at one instance. */
export interface Source {
  readonly instance: Instance;
  /** Number of rows that match the filter; null when the instance failed and no cached list replaces its answer. */
  readonly count: number | null;
  readonly durationMs: number;
  /** When the vendor returned the rows; null when there are none. */
  readonly readAt: Date | null;
  /** Whether the rows are those of an earlier read, because the instance failed now. */
  readonly isStale: boolean;
  readonly error: VendorError | null;
}

export interface ConnectionPage extends Page<LocatedConnection> {
  /** Number of rows of all pages; null when it is not known, because an instance failed. */
  readonly totalCount: number | null;
  /** Whether all instances answered. */
  readonly isComplete: boolean;
  readonly sources: readonly Source[];
  /** Instances that do not report the host or the database that the filter needs. */
  readonly unsearchable: readonly Instance[];
}

/** Returns the list of an instance. The loader of the request calls each instance once per query. */
export type LoadList = (
  instance: Instance,
  request: { readonly includeDeleted: boolean; readonly withoutDetails: boolean },
) => Promise<ListRead>;

/** Returns whether a text, which is in lower case, is the one that a filter asks for. The filter is read once for all rows. */
function textCheck({ equals, contains, startsWith, in: accepted }: TextFilter): (text: string) => boolean {
  const wanted = (equals ?? contains ?? startsWith ?? '').toLowerCase();
  if (equals != null) return (text) => text === wanted;
  if (contains != null) return (text) => text.includes(wanted);
  if (startsWith != null) return (text) => text.startsWith(wanted);
  const all = new Set(accepted?.map((text) => text.toLowerCase()));
  return (text) => all.has(text);
}

type RowCheck = (row: LocatedConnection) => boolean;

/** Returns the check of one text of a row. A row without the text does not match. */
function rowCheck(filter: TextFilter | null | undefined, read: (row: LocatedConnection) => string | null): RowCheck {
  if (!filter) return () => true;
  const matches = textCheck(filter);
  return (row) => {
    const text = read(row);
    return text !== null && matches(text.toLowerCase());
  };
}

/** Returns the instances that the request lists. @throws BadInputError for an unknown instance. */
function requestedInstances(registry: Registry, { filter: { vendor, instance }, within }: ListRequest): Instance[] {
  const wanted = instance?.map((keyOrId, at) => requireInstance(registry, keyOrId, ['filter', 'instance', String(at)]));
  return registry.instances.filter(
    (candidate) =>
      (!within || candidate === within) &&
      (!vendor || vendor.includes(candidate.vendor.kind)) &&
      (!wanted || wanted.includes(candidate)),
  );
}

/** Returns whether rows match a filter. */
function filterCheck(registry: Registry, { dialect, name, host, database }: ListFilter): RowCheck {
  const checks = [
    rowCheck(name, (row) => row.name),
    rowCheck(host, (row) => roleOf(registry, row, 'host')),
    rowCheck(database, (row) => roleOf(registry, row, 'database')),
  ];
  return (row) => (!dialect || dialect.includes(row.dialect)) && checks.every((check) => check(row));
}

/** Returns the sorted rows that match the filter. */
function matchingRows(registry: Registry, { filter, orderBy }: ListRequest, rows: ListRead['rows']): SortedRows {
  const sorted = sortedRows(registry, rows, orderBy, filter.includeDeleted === true);
  const hasConditions = [filter.dialect, filter.name, filter.host, filter.database].some((condition) => condition);
  if (!hasConditions) return sorted;
  const matches = filterCheck(registry, filter);
  return sorted.filter(({ item }) => matches(item));
}

/** Returns the matching rows of one instance, sorted, and its outcome. @throws only for a bug. */
async function listInstance(registry: Registry, instance: Instance, request: ListRequest, load: LoadList) {
  const startedAt = performance.now();
  const source = (rest: Pick<Source, 'count' | 'readAt' | 'isStale' | 'error'>): Source => ({
    instance,
    durationMs: Math.round(performance.now() - startedAt),
    ...rest,
  });
  try {
    const { filter, withoutDetails } = request;
    const { rows, readAt, error } = await load(instance, {
      includeDeleted: filter.includeDeleted === true,
      withoutDetails,
    });
    const matching = matchingRows(registry, request, rows);
    return { rows: matching, source: source({ count: matching.length, readAt, isStale: error !== null, error }) };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { rows: [], source: source({ count: null, readAt: null, isStale: false, error }) };
  }
}

/** Returns the problems of a list request. It makes no call. */
export const listProblems = (registry: Registry, request: ListRequest): readonly BadInputError[] => [
  ...pageProblems(orderText(request.orderBy), request.first, request.after),
  ...badInputOf(() => requestedInstances(registry, request)),
];

/** Returns a page of connections. @throws BadInputError for the first problem that `listProblems` returns, before any call. */
export async function listConnections(
  registry: Registry,
  request: ListRequest,
  load: LoadList,
): Promise<ConnectionPage> {
  const { filter, orderBy, first, after } = request;
  const [problem] = listProblems(registry, request);
  if (problem) throw problem;
  const roles = (['host', 'database'] as const).filter((role) => filter[role]);
  const instances = requestedInstances(registry, request);
  const unsearchable = instances.filter(({ vendor }) => roles.some((role) => vendor.notReported.includes(role)));
  const searchable = instances.filter((instance) => !unsearchable.includes(instance));
  const answers = await Promise.all(searchable.map((instance) => listInstance(registry, instance, request, load)));
  const lists = answers.map(({ rows }) => rows);
  const sources = answers.map((answer) => answer.source);
  const isComplete = sources.every(({ error }) => error === null);
  return {
    ...mergeAndPage(lists, orderText(orderBy), first, after),
    totalCount: sources.every(({ count }) => count !== null)
      ? lists.reduce((sum, { length }) => sum + length, 0)
      : null,
    isComplete,
    sources,
    unsearchable,
  };
}
