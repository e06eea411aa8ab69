// A check of a field's arguments that runs before a request is executed: what it refuses would otherwise be an error of that field
// during execution, and null for everything up to the next field that may be null.
import type { GraphQLField } from 'graphql';
import type { BadInputError } from '../domain/errors.ts';
import type { Registry } from '../services/registry.ts';

/** @param args as the field's resolver gets them. */
export type CheckArguments<A> = (args: A, registry: Registry) => readonly BadInputError[];

const KEY = 'patchbay.checkArguments';

/** For the `extensions` of a field. */
export const checkedBefore = <A>(check: CheckArguments<A>): Readonly<Record<string, unknown>> => ({ [KEY]: check });

export const checkOf = ({ extensions }: GraphQLField<unknown, unknown>): CheckArguments<unknown> | null =>
  (extensions[KEY] as CheckArguments<unknown> | undefined) ?? null;
