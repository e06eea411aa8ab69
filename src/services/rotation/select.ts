// Which connections a rotation is about, as their vendors have them now. What could not be looked through is named.
import type { LocatedConnection, Instance } from '../../domain/instance.ts';
import { NotFoundError, ValidationError, VendorError } from '../../domain/errors.ts';
import type { ValidationIssue } from '../../domain/issue.ts';
import { issue } from '../../domain/issues.ts';
import { getConnections } from '../get-connections.ts';
import type { Reads } from '../reads.ts';
import { placeOf, type Registry } from '../registry.ts';
import { idPath, MATCH, MOST_CONNECTIONS, type RotationMatch, type RotationSelector } from './input.ts';
import { leadsTo } from './server.ts';
import { reviewRoute } from './route.ts';

export interface Selected {
  /** Global id, as it was sent. */
  readonly id: string;
  readonly instance: Instance;
  /** Null when its vendor could not be asked. */
  readonly connection: LocatedConnection | null;
  /** Why it could not be asked now. */
  readonly error: VendorError | null;
  /** Where in the input it was named. */
  readonly path: readonly string[];
  /** Why the match does not include it; null for one that was named. */
  readonly problem: ValidationIssue | null;
}

export interface Selection {
  readonly selected: readonly Selected[];
  readonly unsearchable: readonly Instance[];
}

/** What a rotation is done with. */
export interface Means {
  readonly registry: Registry;
  readonly reads: Reads;
  /** Takes whatever was thrown, and logs it when it is a vendor's failure. */
  readonly report: (thrown: unknown) => void;
  /** Whether the request's time is over: nothing is begun then. */
  readonly isOver: () => boolean;
}

type Answer<T> = { readonly value: T; readonly error: null } | { readonly value: null; readonly error: VendorError };

/** A vendor's failure as data. */
async function answerOf<T>(promise: Promise<T>, report: Means['report']): Promise<Answer<T>> {
  try {
    return { value: await promise, error: null };
  } catch (error) {
    report(error);
    if (error instanceof VendorError) return { value: null, error };
    throw error;
  }
}

/** Whether a secret is stored decides what is done: a list that leaves it out is not enough. */
const FIELDS: ReadonlySet<string> = new Set(['secrets']);

function readAll({ registry, reads, report }: Means, ids: readonly string[]) {
  const wanted = ids.map((id) => ({ id, fields: FIELDS }));
  return Promise.all(getConnections(registry, reads, wanted, { isFresh: true }).map((one) => answerOf(one, report)));
}

/** @throws NotFoundError for an id that names nothing: the first of them. */
async function byIds(means: Means, sent: readonly string[]): Promise<Selected[]> {
  const ids = [...new Set(sent)];
  const places = ids.map((id) => {
    const place = placeOf(means.registry, id);
    if (!place) throw new NotFoundError(id);
    return place;
  });
  const answers = await readAll(means, ids);
  const selected = places.map(({ instance }, at): Selected => {
    const id = ids[at] as string;
    const { value: connection, error } = answers[at] as Answer<LocatedConnection | null>;
    if (!connection && !error) throw new NotFoundError(id);
    if (connection?.deletedAt) {
      throw new NotFoundError(id, `It is in the trash of ${instance.vendor.label}; restore it there.`);
    }
    return { id, instance, connection, error, path: idPath(sent.indexOf(id)), problem: null };
  });
  // Some vendors' ids can be spelled in more than one way.
  const isFirst = ({ connection }: Selected, at: number) =>
    !connection || selected.findIndex((other) => other.connection?.id === connection.id) === at;
  return selected.filter(isFirst);
}

interface Search {
  readonly instance: Instance;
  /** Null when the instance never tells what is looked for, or did not give its list now. */
  readonly rows: readonly LocatedConnection[] | null;
  readonly error: VendorError | null;
}

async function search({ reads, report }: Means, instance: Instance, match: RotationMatch): Promise<Search> {
  if (instance.vendor.notReported.includes('host')) return { instance, rows: null, error: null };
  const asked = await answerOf(reads.list(instance, { includeDeleted: false, isFresh: true }), report);
  const error = asked.error ?? asked.value.error;
  if (!asked.error && error) report(error);
  if (error || !asked.value) return { instance, rows: null, error };
  return { instance, rows: asked.value.rows.filter((row) => leadsTo(match, row)), error: null };
}

/** Rows of a list as a read by id tells them, where that is more; without those that are gone, or lead elsewhere, since. */
async function readWhole(
  means: Means,
  rows: readonly LocatedConnection[],
  match: RotationMatch,
): Promise<readonly Selected[]> {
  const short = rows.filter(({ instance }) => instance.vendor.reportedOnlyById !== undefined);
  const answers = await readAll(
    means,
    short.map(({ id }) => id),
  );
  return rows.flatMap((row): Selected[] => {
    const { id, instance } = row;
    const answer = answers[short.indexOf(row)];
    const connection = answer && !answer.error ? answer.value : row;
    if (!connection || !leadsTo(match, connection)) return [];
    const problem = reviewRoute(match, connection);
    return [{ id, instance, connection, error: answer?.error ?? null, path: MATCH, problem }];
  });
}

/** Why a match selects nothing: the failure of an instance that may have it, or that there is no such connection. */
function nothingFound(searches: readonly Search[]): Error {
  const failed = searches.find(({ error }) => error !== null)?.error;
  if (failed) return failed;
  const untold = searches.filter(({ rows }) => rows === null).map(({ instance }) => instance.label);
  const byHand =
    untold.length === 0 ? '' : ` Look by hand at those that do not tell host and user: ${untold.join(', ')}.`;
  const message = `No connection leads to this server as this user, wherever that could be searched. Check host, port and username, or name the connections by \`ids\`.${byHand}`;
  return new ValidationError([issue(MATCH, 'INVALID', message)]);
}

/** @throws ValidationError when more match than can be changed at once, or none; VendorError when none do where it can be seen. */
async function byMatch(means: Means, match: RotationMatch): Promise<Selection> {
  const instances = means.registry.instances.filter(({ vendor }) => match.vendor?.includes(vendor.kind) ?? true);
  const searches = await Promise.all(instances.map(async (one) => search(means, one, match)));
  const rows = searches.flatMap((one) => one.rows ?? []);
  if (rows.length > MOST_CONNECTIONS) {
    const message = `It matches ${rows.length} connections, and at most ${MOST_CONNECTIONS} can be changed at once; add \`port\` or \`vendor\`, or name them by \`ids\`.`;
    throw new ValidationError([issue(MATCH, 'TOO_LONG', message)]);
  }
  const selected = await readWhole(means, rows, match);
  if (selected.length === 0) throw nothingFound(searches);
  return { selected, unsearchable: searches.flatMap((one) => (one.rows === null ? [one.instance] : [])) };
}

/** @throws NotFoundError, ValidationError, VendorError before anything is written. */
export async function select(means: Means, { ids, match }: RotationSelector): Promise<Selection> {
  if (match) return byMatch(means, match);
  return { selected: await byIds(means, ids ?? []), unsearchable: [] };
}
