// Counts the work in progress, so that a reload and the end of the process can wait for it.

export interface Activity {
  /** How much work is in progress. */
  readonly count: number;
  /** Notes that work begins. Returns the function to call, once, when it ends. */
  readonly begin: () => () => void;
  /** Resolves when no work is in progress. It may be called several times. */
  readonly whenIdle: () => Promise<void>;
}

/** Returns an activity without work. */
export function createActivity(): Activity {
  let count = 0;
  let waiting: (() => void)[] = [];
  return {
    get count() {
      return count;
    },
    begin: () => {
      count += 1;
      let hasEnded = false;
      return () => {
        if (hasEnded) return;
        hasEnded = true;
        count -= 1;
        if (count > 0) return;
        const resolved = waiting;
        waiting = [];
        for (const resolve of resolved) resolve();
      };
    },
    whenIdle: () =>
      new Promise((resolve) => {
        if (count === 0) resolve();
        else waiting.push(resolve);
      }),
  };
}
