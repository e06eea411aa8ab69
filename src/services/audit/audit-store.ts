// What a store of audit entries offers: it keeps an entry for each mutation, and finds entries again.
import type { AuditRecord } from '../../domain/audit-entry.ts';

/** The position of an entry: entries are ordered by their time, and entries of one millisecond by their ids. */
export interface AuditPosition {
  /** When the mutation ended, in milliseconds since 1970, on the clock of the store. */
  readonly at: number;
  readonly id: string;
}

/** An entry as a store returns it: the tags of its secrets are only compared. */
export interface StoredEntry extends AuditPosition, Omit<AuditRecord, 'id' | 'endedAt' | 'secrets' | 'secretChanges'> {
  /** The paths of the secrets that were sent. */
  readonly secrets: readonly string[];
}

/** Conditions on entries. An entry meets all that are there. */
export interface AuditFilter {
  /** Global id of a connection. */
  readonly connection?: string | undefined;
  /** Key of an instance. */
  readonly instance?: string | undefined;
  /** Tag of a secret. */
  readonly tag?: string | undefined;
  /** Name of a caller. */
  readonly caller?: string | undefined;
  readonly mutations?: readonly string[] | undefined;
  readonly outcomes?: readonly string[] | undefined;
  /** The first time, in milliseconds. */
  readonly since?: number | undefined;
  /** The first time that is too late, in milliseconds. */
  readonly until?: number | undefined;
}

/** Which entries are read: the newest that meet the filter. */
export interface AuditSelection {
  readonly filter: AuditFilter;
  /** Patterns of keys, in which `*` stands for any characters: only entries with instances are read, and each of these matches one. Null for all entries. */
  readonly visible: readonly string[] | null;
  /** How many entries are read at most. */
  readonly count: number;
  /** Only older entries are read; null for no limit. */
  readonly after: AuditPosition | null;
}

/** When a secret of a connection was last set. */
export interface SecretTime {
  /** Global id of the connection. */
  readonly connection: string;
  /** Path of the field, as in the input of a create: `config.postgres.password`. */
  readonly path: string;
  /** In milliseconds since 1970, on the clock of the store. */
  readonly at: number;
}

/** Stores entries. Each method throws when the store cannot be used. */
export interface AuditStore {
  /** Stores an entry. It changes nothing when the entry is stored already. */
  append(record: AuditRecord): Promise<void>;
  /** Returns the entries of each selection, the newest first. A database runs one statement for all selections. */
  read(selections: readonly AuditSelection[]): Promise<readonly (readonly StoredEntry[])[]>;
  /** Returns when the secrets of connections were last set. A secret of which that is not known is left out. */
  secretTimes(connections: readonly string[]): Promise<readonly SecretTime[]>;
}

/** Returns the texts by which an entry is found: its connections, its instances and the tags of its secrets, each once. */
export const termsOf = ({ connections, instances, secrets }: AuditRecord): string[] => [
  ...new Set([
    ...connections.map((id) => `connection:${id}`),
    ...instances.map((key) => `instance:${key}`),
    ...secrets.map(({ tag }) => `secret:${tag}`),
  ]),
];

/** Returns the texts that a filter looks for. The first one is likely to be the rarest. */
export const wantedTerms = ({ connection, instance, tag }: AuditFilter): string[] => [
  ...(tag === undefined ? [] : [`secret:${tag}`]),
  ...(connection === undefined ? [] : [`connection:${connection}`]),
  ...(instance === undefined ? [] : [`instance:${instance}`]),
];

/** An entry that is stored within this time, in milliseconds, has the time at which it was stored: clocks of replicas are not compared. */
const AT_ONCE_MS = 1000;

/** Returns how long ago a mutation ended whose entry is stored now, in milliseconds. It is 0 unless the store failed before. */
export function ageOf({ endedAt }: AuditRecord): number {
  const ageMs = performance.now() - endedAt;
  return Math.abs(ageMs) < AT_ONCE_MS ? 0 : Math.round(ageMs);
}

/** Returns the entry of a record. */
export const toStored = (record: AuditRecord, at: number): StoredEntry => ({
  id: record.id,
  at,
  requestId: record.requestId,
  ...(record.traceId !== undefined && { traceId: record.traceId }),
  caller: record.caller,
  address: record.address,
  mutation: record.mutation,
  instances: record.instances,
  connections: record.connections,
  outcome: record.outcome,
  ...(record.status !== undefined && { status: record.status }),
  ...(record.targets && { targets: record.targets }),
  isReplay: record.isReplay,
  durationMs: record.durationMs,
  secrets: record.secrets.map(({ path }) => path),
});
