// An instance over a store that contains only its version, so that a read shows how old it is. A call ends only when the
// test says so. Its answer is the store's state at one moment between its beginning and its end.
import type { Connection } from '../../src/domain/connection.ts';
import { OutcomeUnknownError, VendorUnavailableError, type VendorError } from '../../src/domain/errors.ts';
import type { Instance } from '../../src/domain/instance.ts';
import { looker } from '../../src/vendors/looker/index.ts';

/** A call in flight. */
export interface PendingCall {
  /** Reads the store. Only the first call has an effect. */
  look(): void;
  answer(): void;
  fail(): void;
}

/** A list that was answered. */
export interface AnsweredList {
  readonly includeDeleted: boolean;
  readonly version: number;
  readonly at: number;
  /** The position of its beginning in the order of events. */
  readonly began: number;
}

export interface VersionedInstance {
  readonly instance: Instance;
  readonly pending: PendingCall[];
  readonly answered: AnsweredList[];
  version(): number;
  /** Changes the store without the gateway. */
  change(): void;
  /** Starts a write. It is carried out at look(), and resolves with the version that it creates. */
  write(): Promise<number>;
}

/** The message of a call that all callers have left. */
export const LEFT = 'nobody waits';

const failed = (message: string): VendorError => new VendorUnavailableError(message, 'CONNECT');

export const versionOf = (row: Connection | undefined): number => Number(row?.name);

const row = (storeVersion: number) =>
  ({ vendorId: 'c', name: String(storeVersion), dialect: 'postgres' }) as unknown as Connection;

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
    answer: (storeVersion: number) => T,
    error: (storeVersion: number | null) => Error,
    signal?: AbortSignal,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      let storeVersion: number | null = null;
      const readStore = () => (storeVersion ??= look());
      const end = (settle: () => void) => {
        pending.splice(pending.indexOf(pendingCall), 1);
        settle();
      };
      const pendingCall: PendingCall = {
        look: () => void readStore(),
        answer: () =>
          end(() => {
            if (signal?.aborted) return reject(failed(LEFT));
            try {
              resolve(answer(readStore()));
            } catch (thrown) {
              reject(thrown);
            }
          }),
        fail: () => end(() => reject(signal?.aborted ? failed(LEFT) : error(storeVersion))),
      };
      pending.push(pendingCall);
    });
  }

  const instance: Instance = {
    key: 'stub',
    label: 'stub',
    host: 'stub.example',
    vendor: looker,
    cache,
    rateLimit: () => null,
    deadline: () => AbortSignal.timeout(10_000),
    api: {
      list: ({ signal, includeDeleted, known }) => {
        const began = order();
        const answerList = (storeVersion: number) => {
          answered.push({ includeDeleted, version: storeVersion, at: now(), began });
          const listVersion = { etag: `v${storeVersion}`, digest: '' };
          return known?.etag === listVersion.etag ? 'unchanged' : { rows: [row(storeVersion)], version: listVersion };
        };
        return call(
          () => version,
          answerList,
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

/** Waits until all pending promises and callbacks have run. */
export const settle = async (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
