// What is left of a run: waiting for it to go, and counting the handles of the process.
import { setTimeout as pause } from 'node:timers/promises';

/** How long lines may take to close, and handles to go. */
const SETTLED_MS = 3000;

/** Waits until something is so, or for as long as it may take. */
export async function settled(isSo: () => boolean | Promise<boolean>, longestMs = SETTLED_MS): Promise<void> {
  const until = performance.now() + longestMs;
  while (!(await isSo()) && performance.now() < until) await pause(10);
}

const KINDS = /^(TCP|TLS|Timeout|Connect|GetAddrInfo|Pipe|Worker|MessagePort)/;

/** Handles that keep the process alive, by kind. */
export function countHandles(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo().filter((one) => KINDS.test(one))) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Those that there are more of than before. */
export function handlesBeside(before: ReadonlyMap<string, number>): Record<string, number> {
  const more = [...countHandles()].map(([kind, count]) => [kind, count - (before.get(kind) ?? 0)] as const);
  return Object.fromEntries(more.filter(([, count]) => count > 0));
}
