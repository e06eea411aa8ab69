// Tells a replica of the writes of others: a store counts the writes at each instance, and every replica reads the counts each second.

/** A count of the writes at each instance, by the keys of the instances. A count that was read before and differs now means a write. */
export type WriteCounts = ReadonlyMap<string, string>;

/** How often the counts are read, in milliseconds. A count that does not arrive within this time has failed. */
const POLL_MS = 1000;

export interface FollowedWrites {
  /** Reads the counts. @throws when the store cannot be used. */
  readonly read: () => Promise<WriteCounts>;
  /** Called with the key of an instance at which somebody wrote. */
  readonly onWrite: (instance: string) => void;
  /** Called each second in which the counts cannot be read: then it is not known whether somebody wrote. */
  readonly onUnknown: () => void;
}

/**
 * Follows the writes of all replicas from now on. A write that was counted is told within two seconds: the counts are read within one
 * second, and what they say is told within another one, or else it is told that they cannot be read.
 * @returns the function that ends this.
 */
export function followWrites({ read, onWrite, onUnknown }: FollowedWrites): () => void {
  let counts: WriteCounts | null = null;
  let isReading = false;
  const poll = async () => {
    isReading = true;
    try {
      const next = await read();
      for (const [instance, count] of next) if (counts && counts.get(instance) !== count) onWrite(instance);
      counts = next;
    } catch {
      onUnknown();
    } finally {
      isReading = false;
    }
  };
  const timer = setInterval(() => void (isReading ? onUnknown() : poll()), POLL_MS);
  timer.unref();
  void poll();
  return () => clearInterval(timer);
}
