// The types of all-limits.mjs, for the test that uses it.

/** How much of each a document has. */
interface Amounts {
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly rootFields: number;
  readonly listItems: number;
  /** The page size of the list in the list. It decides the complexity. */
  readonly first: number;
}

export const AT_ALL_LIMITS: Amounts;
export function documentOf(amounts: Amounts): string;
