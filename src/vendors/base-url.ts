// Reviews the path of an instance's base URL. Each vendor's API has its own path, and a proxy may add a prefix.
import type { BaseUrlReview } from './define-vendor.ts';

/** Returns the path of a URL without slashes at its end. */
export const pathOf = ({ pathname }: URL): string => pathname.replace(/\/+$/, '');

/** A common mistake in a base URL. */
interface Mistake {
  /** Matches the path of a URL with this mistake. */
  readonly path: RegExp;
  readonly problem: string;
}

/**
 * Returns the review of base URLs that must end in a path.
 * @param mistakes common mistakes. The problem of the first that matches is reported.
 */
export const mustEndIn =
  (end: string, ...mistakes: readonly Mistake[]) =>
  (url: URL): BaseUrlReview => {
    const path = pathOf(url);
    if (path.endsWith(end)) return {};
    const mistake = mistakes.find((entry) => entry.path.test(path));
    const advice = `the address must end in ${end}`;
    return { problem: mistake ? `${mistake.problem}; ${advice}` : `is not the address of the API; ${advice}` };
  };
