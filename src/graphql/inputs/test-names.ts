// The input field `tests`, which both mutations that test a connection have.
import type { InputFieldBuilder } from '../schema-builder.ts';

/** Returns the field `tests` of an input. */
export const testNamesField = (t: InputFieldBuilder) =>
  t.stringList({
    description:
      "The checks to run, by the vendor's names (Looker: connect, query and others). The vendor's default checks when left out. The outcome of a name that the vendor does not have is SKIPPED.",
  });
