// Which connections a rotation is about, as their vendors have them now. What could not be looked through is named.
import type { LocatedConnection } from '../../domain/connection.ts';
import { rolesOf } from '../../domain/dialect.ts';
import { NotFoundError, ValidationError, VendorError } from '../../domain/errors.ts';
import { valueAt } from '../../domain/fields.ts';
import { issue } from '../../domain/support.ts';
import type { Instance } from '../../domain/vendor.ts';
import { getConnections } from '../get-connections.ts';
import type { Reads } from '../reads.ts';
import { placeOf, type Registry } from '../registry.ts';
import { idPath, MATCH, MOST_CONNECTIONS, type RotationMatch, type RotationSelector } from './input.ts';

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
    return { id, instance, connection, error, path: idPath(sent.indexOf(id)) };
  });
  // Some vendors' ids can be spelled in more than one way.
  const isFirst = ({ connection }: Selected, at: number) =>
    !connection || selected.findIndex((other) => other.connection?.id === connection.id) === at;
  return selected.filter(isFirst);
}

function matches(registry: Registry, { host, port, username }: RotationMatch, row: LocatedConnection): boolean {
  const dialect = registry.dialects.find(({ key }) => key === row.dialect);
  const hosts = dialect ? rolesOf(dialect, row.config, 'host') : [];
  const toldPort = valueAt(row.config, 'port') ?? null;
  return (
    row.deletedAt === null &&
    hosts.some((one) => one.toLowerCase() === host.toLowerCase()) &&
    (port === undefined || port === null || toldPort === null || toldPort === port) &&
    valueAt(row.config, 'username') === username
  );
}

/** Null when the instance never tells what is looked for, or did not give its list now. */
async function matchesAt(means: Means, instance: Instance, match: RotationMatch): Promise<LocatedConnection[] | null> {
  const { registry, reads, report } = means;
  if (instance.vendor.untold.includes('host')) return null;
  const { value } = await answerOf(reads.list(instance, { includeDeleted: false, isFresh: true }), report);
  if (value?.error) report(value.error);
  if (!value || value.error) return null;
  return value.rows.filter((row) => matches(registry, match, row));
}

/** Rows of a list as a read by id tells them, where that is more; without those that are gone since. */
async function readWhole(means: Means, rows: readonly LocatedConnection[]): Promise<Selected[]> {
  const short = rows.filter(({ instance }) => instance.vendor.onlyById !== undefined);
  const answers = await readAll(
    means,
    short.map(({ id }) => id),
  );
  return rows.flatMap((row): Selected[] => {
    const { id, instance } = row;
    const answer = answers[short.indexOf(row)];
    const connection = answer && !answer.error ? answer.value : row;
    return connection ? [{ id, instance, connection, error: answer?.error ?? null, path: MATCH }] : [];
  });
}

/** @throws ValidationError when more match than can be changed at once. */
async function byMatch(means: Means, match: RotationMatch): Promise<Selection> {
  const instances = means.registry.instances.filter(({ vendor }) => match.vendor?.includes(vendor.kind) ?? true);
  const found = await Promise.all(instances.map(async (one) => matchesAt(means, one, match)));
  const rows = found.flatMap((one) => one ?? []);
  if (rows.length > MOST_CONNECTIONS) {
    const message = `It matches ${rows.length} connections, and at most ${MOST_CONNECTIONS} can be changed at once; add \`port\` or \`vendor\`, or name them by \`ids\`.`;
    throw new ValidationError([issue(MATCH, 'TOO_LONG', message)]);
  }
  return {
    selected: await readWhole(means, rows),
    unsearchable: instances.filter((_, at) => found[at] === null),
  };
}

/** @throws NotFoundError, ValidationError before anything is written. */
export async function select(means: Means, { ids, match }: RotationSelector): Promise<Selection> {
  if (match) return byMatch(means, match);
  return { selected: await byIds(means, ids ?? []), unsearchable: [] };
}
