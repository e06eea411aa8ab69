// Finds the connections of a rotation and reads each of them from its vendor.
import type { Instance, LocatedConnection } from '../../domain/instance.ts';
import { NotFoundError, ValidationError, VendorError } from '../../domain/errors.ts';
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import { getConnections } from '../get-connections.ts';
import type { CachedReads } from '../cached-reads.ts';
import { requireLocation, type Registry } from '../registry.ts';
import type { ReportFailure } from '../failure-report.ts';
import { idPath, MATCH, MAX_CONNECTIONS, type RotationMatch, type RotationSelector } from './rotation-input.ts';
import { leadsTo } from './database-server.ts';
import { reviewRoute } from './special-route.ts';

export interface Selected {
  /** The global id as the caller sent it. */
  readonly id: string;
  readonly instance: Instance;
  /** Null when its vendor did not answer. */
  readonly connection: LocatedConnection | null;
  /** The failure of its vendor. */
  readonly error: VendorError | null;
  /** The path in the input that names it. */
  readonly path: readonly string[];
  /** Why the match does not include it; null for a connection that the caller named by its id. */
  readonly problem: ValidationIssue | null;
}

export interface Selection {
  readonly selected: readonly Selected[];
  /** The instances that the match could not search. */
  readonly unsearchable: readonly Instance[];
}

/** What the steps of a rotation need in addition to its input. */
export interface RotationContext {
  readonly registry: Registry;
  readonly reads: CachedReads;
  readonly report: ReportFailure;
  /** Returns whether the time of the request is over. No further work starts then. */
  readonly isOver: () => boolean;
}

type Answer<T> = { readonly value: T; readonly error: null } | { readonly value: null; readonly error: VendorError };

/** Returns the answer of a vendor, or its failure. @throws any other error. */
async function answerOf<T>(promise: Promise<T>, report: ReportFailure): Promise<Answer<T>> {
  try {
    return { value: await promise, error: null };
  } catch (error) {
    report(error);
    if (error instanceof VendorError) return { value: null, error };
    throw error;
  }
}

/** The fields to read: a rotation depends on which secrets are stored, and some lists do not report that. */
const FIELDS: ReadonlySet<string> = new Set(['secrets']);

function readAll({ registry, reads, report }: RotationContext, ids: readonly string[]) {
  const wanted = ids.map((id) => ({ id, fields: FIELDS }));
  return Promise.all(
    getConnections(registry, reads, wanted, { isFresh: true }).map((answer) => answerOf(answer, report)),
  );
}

/** Returns the connections with these ids. @throws NotFoundError for the first id that names no connection. */
async function byIds(context: RotationContext, sent: readonly string[]): Promise<Selected[]> {
  const ids = [...new Set(sent)];
  const locations = ids.map((id) => requireLocation(context.registry, id));
  const answers = await readAll(context, ids);
  const selected = locations.map(({ id, instance }, at): Selected => {
    const { value: connection, error } = answers[at] as Answer<LocatedConnection | null>;
    if (!connection && !error) throw new NotFoundError(id);
    if (connection?.deletedAt) {
      throw new NotFoundError(id, `It is in the trash of ${instance.vendor.label}; restore it there.`);
    }
    return { id, instance, connection, error, path: idPath(sent.indexOf(id)), problem: null };
  });
  // Some vendors accept several spellings of one id.
  const isFirst = ({ connection }: Selected, at: number) =>
    !connection || selected.findIndex((other) => other.connection?.id === connection.id) === at;
  return selected.filter(isFirst);
}

/** Returns why a match does not include a connection, which it found before; null when it does. */
const reviewMatch = (match: RotationMatch, connection: LocatedConnection): ValidationIssue | null =>
  leadsTo(match, connection)
    ? reviewRoute(match, connection)
    : issue(MATCH, 'INVALID', 'It no longer leads to this server as this user.');

interface Search {
  readonly instance: Instance;
  /** Null when the vendor does not report hosts, or did not answer. */
  readonly rows: readonly LocatedConnection[] | null;
  readonly error: VendorError | null;
}

async function search({ reads, report }: RotationContext, instance: Instance, match: RotationMatch): Promise<Search> {
  if (instance.vendor.notReported.includes('host')) return { instance, rows: null, error: null };
  const read = async () => {
    instance.require?.('secrets:rotate');
    return reads.list(instance, { includeDeleted: false, isFresh: true });
  };
  const answer = await answerOf(read(), report);
  const error = answer.error ?? answer.value.error;
  if (!answer.error && error) report(error);
  if (error || !answer.value) return { instance, rows: null, error };
  return { instance, rows: answer.value.rows.filter((row) => leadsTo(match, row)), error: null };
}

/**
 * Returns the rows of a list, read by id when the vendor then reports more. A row that is gone, or that leads to another server since
 * the list was read, is left out.
 */
async function readWhole(
  context: RotationContext,
  rows: readonly LocatedConnection[],
  match: RotationMatch,
): Promise<readonly Selected[]> {
  const incomplete = rows.filter(({ instance }) => instance.vendor.reportedOnlyById !== undefined);
  const answers = await readAll(
    context,
    incomplete.map(({ id }) => id),
  );
  return rows.flatMap((row): Selected[] => {
    const { id, instance } = row;
    const answer = answers[incomplete.indexOf(row)];
    const connection = answer && !answer.error ? answer.value : row;
    if (!connection || !leadsTo(match, connection)) return [];
    const problem = reviewRoute(match, connection);
    return [{ id, instance, connection, error: answer?.error ?? null, path: MATCH, problem }];
  });
}

/** Returns the error for a match without connections: the failure of an instance that may have some, or that there is none. */
function nothingFound(searches: readonly Search[]): Error {
  const failed = searches.find(({ error }) => error !== null)?.error;
  if (failed) return failed;
  const unsearched = searches.filter(({ rows }) => rows === null).map(({ instance }) => instance.label);
  const byHand =
    unsearched.length === 0
      ? ''
      : ` Check these instances yourself, because they do not report host and user: ${unsearched.join(', ')}.`;
  const message = `No connection leads to this server as this user, at any instance that could be searched. Check host, port and username, or name the connections by \`ids\`.${byHand}`;
  return new ValidationError([issue(MATCH, 'INVALID', message)]);
}

/**
 * Returns the connections that match.
 * @throws ValidationError when none match or too many do; VendorError when none match and an instance did not answer.
 */
async function byMatch(context: RotationContext, match: RotationMatch): Promise<Selection> {
  const instances = context.registry.instances.filter(({ vendor }) => match.vendor?.includes(vendor.kind) ?? true);
  const searches = await Promise.all(instances.map(async (instance) => search(context, instance, match)));
  const rows = searches.flatMap((found) => found.rows ?? []);
  if (rows.length > MAX_CONNECTIONS) {
    const message = `It matches ${rows.length} connections, and at most ${MAX_CONNECTIONS} can be changed at once; add \`port\` or \`vendor\`, or name them by \`ids\`.`;
    throw new ValidationError([issue(MATCH, 'TOO_LONG', message)]);
  }
  const selected = await readWhole(context, rows, match);
  if (selected.length === 0) throw nothingFound(searches);
  return { selected, unsearchable: searches.flatMap((found) => (found.rows === null ? [found.instance] : [])) };
}

/**
 * Returns the connections of a rotation that an earlier attempt began, as they are now.
 * @throws NotFoundError when the instance of one of them is not configured any more.
 */
export async function selectAgain(
  context: RotationContext,
  { match }: RotationSelector,
  ids: readonly string[],
): Promise<Selected[]> {
  const answers = await readAll(context, ids);
  return ids.map((id, at): Selected => {
    const { value: connection, error } = answers[at] as Answer<LocatedConnection | null>;
    const { instance } = requireLocation(context.registry, id);
    const problem = match && connection ? reviewMatch(match, connection) : null;
    return { id, instance, connection, error, path: match ? MATCH : idPath(at), problem };
  });
}

/** Returns the connections of a rotation. @throws NotFoundError, ValidationError, VendorError before anything is written. */
export async function selectConnections(
  context: RotationContext,
  { ids, match }: RotationSelector,
): Promise<Selection> {
  if (match) return byMatch(context, match);
  return { selected: await byIds(context, ids ?? []), unsearchable: [] };
}
