// The input field `tests`, which both mutations that test a connection have.
import type { InputFieldBuilder } from '../schema-builder.ts';

/** Returns the field `tests` of an input. */
export const testNamesField = (t: InputFieldBuilder) =>
  t.stringList({
    description:
      "The checks to run, by the vendor's names (Looker: connect, query and others). When it is left out, the vendor runs its default checks. A check that the vendor does not have gets the outcome SKIPPED.",
  });
