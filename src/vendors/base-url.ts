// The path of an instance's address. Each vendor's API has its own, to which the adapter appends; a proxy may put a prefix before it.
import type { BaseUrlReview } from './module.ts';

/** A path without slashes at its end. */
export const pathOf = ({ pathname }: URL): string => pathname.replace(/\/+$/, '');

interface Mistake {
  readonly path: RegExp;
  readonly problem: string;
}

/**
 * A review of addresses that must end in one path.
 * @param mistakes what else is known of some paths that do not; the first that matches is told.
 */
export const mustEndIn =
  (end: string, ...mistakes: readonly Mistake[]) =>
  (url: URL): BaseUrlReview => {
    const path = pathOf(url);
    if (path.endsWith(end)) return {};
    const known = mistakes.find((one) => one.path.test(path));
    const advice = `the address must end in ${end}`;
    return { problem: known ? `${known.problem}; ${advice}` : `is not the address of the API; ${advice}` };
  };
