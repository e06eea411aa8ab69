// Checks what a run leaves behind: waits for connections to close, and counts the handles of the process.
import { setTimeout as pause } from 'node:timers/promises';

/** The longest time, in milliseconds, that connections and handles may take to close. */
const SETTLED_MS = 3000;

/** Waits until a condition holds, or until the time is over. */
export async function waitUntil(isReached: () => boolean | Promise<boolean>, longestMs = SETTLED_MS): Promise<void> {
  const until = performance.now() + longestMs;
  while (!(await isReached()) && performance.now() < until) await pause(10);
}

const KINDS = /^(TCP|TLS|Timeout|Connect|GetAddrInfo|Pipe|Worker|MessagePort)/;

/** Returns the number of handles that keep the process alive, by kind. */
export function countHandles(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo().filter((resource) => KINDS.test(resource))) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Returns how many handles of each kind were added since `before`. */
export function newHandlesSince(before: ReadonlyMap<string, number>): Record<string, number> {
  const more = [...countHandles()].map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)] as const);
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}
