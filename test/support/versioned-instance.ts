// An instance over a store that holds nothing but its version: what was read tells how old it is. Calls go on only when a
// test says so: each is answered from the store as it was at one moment between its beginning and its answer.
import type { Connection } from '../../src/domain/connection.ts';
import { OutcomeUnknownError, VendorUnavailableError, type VendorError } from '../../src/domain/errors.ts';
import type { Instance } from '../../src/domain/instance.ts';
import { looker } from '../../src/vendors/looker/index.ts';

/** A call that is under way. */
export interface PendingCall {
  /** Takes what the store has now, once; later looks change nothing. */
  look(): void;
  answer(): void;
  fail(): void;
}

/** A list as the store answered it. */
export interface AnsweredList {
  readonly includeDeleted: boolean;
  readonly version: number;
  readonly at: number;
  /** Place of its beginning in the order of events. */
  readonly began: number;
}

export interface VersionedInstance {
  readonly instance: Instance;
  readonly pending: PendingCall[];
  readonly answered: AnsweredList[];
  version(): number;
  /** A change at the vendor. */
  change(): void;
  /** A write that is done when the test looks at it; it resolves with the version that it made. */
  write(): Promise<number>;
}

/** The failure of a call whose callers have all left. */
export const LEFT = 'nobody waits';

const failed = (what: string): VendorError => new VendorUnavailableError(what, 'CONNECT');

export const versionOf = (row: Connection | undefined): number => Number(row?.name);

const row = (seen: number) => ({ vendorId: 'c', name: String(seen), dialect: 'postgres' }) as unknown as Connection;

export function createVersionedInstance(
  cache: Instance['cache'],
  now: () => number,
  order: () => number,
): VersionedInstance {
  let version = 0;
  const pending: PendingCall[] = [];
  const answered: AnsweredList[] = [];

  function call<T>(
    look: () => number,
    answer: (seen: number) => T,
    error: (seen: number | null) => Error,
    signal?: AbortSignal,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      let seen: number | null = null;
      const see = () => (seen ??= look());
      const end = (settle: () => void) => {
        pending.splice(pending.indexOf(one), 1);
        settle();
      };
      const one: PendingCall = {
        look: () => void see(),
        answer: () =>
          end(() => {
            if (signal?.aborted) return reject(failed(LEFT));
            try {
              resolve(answer(see()));
            } catch (thrown) {
              reject(thrown);
            }
          }),
        fail: () => end(() => reject(signal?.aborted ? failed(LEFT) : error(seen))),
      };
      pending.push(one);
    });
  }

  const instance: Instance = {
    key: 'played',
    label: 'played',
    host: 'played.example',
    vendor: looker,
    cache,
    rateLimit: () => null,
    deadline: () => AbortSignal.timeout(10_000),
    api: {
      list: ({ signal, includeDeleted, etag }) => {
        const began = order();
        const tell = (seen: number) => {
          answered.push({ includeDeleted, version: seen, at: now(), began });
          return etag === `v${seen}` ? 'unchanged' : { rows: [row(seen)], etag: `v${seen}` };
        };
        return call(
          () => version,
          tell,
          () => failed('list failed'),
          signal,
        );
      },
      get: (_id, { signal }) =>
        call(
          () => version,
          row,
          () => failed('get failed'),
          signal,
        ),
      check: async () => {},
    },
  };

  return {
    instance,
    pending,
    answered,
    version: () => version,
    change: () => {
      version += 1;
    },
    write: () =>
      call(
        () => {
          version += 1;
          return version;
        },
        (made) => made,
        (made) => (made === null ? failed('write failed') : new OutcomeUnknownError('no answer', 'Look for it.')),
      ),
  };
}

/** Lets everything go on that waits for nothing outside. */
export const settle = async (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
