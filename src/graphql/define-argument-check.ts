// Checks of a field's arguments that run before a request is executed. If the field refused them during execution, its error would
// also make every field above it null, up to the next nullable one.
import type { GraphQLField } from 'graphql';
import type { BadInputError } from '../domain/errors.ts';
import type { Registry } from '../services/registry.ts';

/** Returns what is wrong with the arguments. @param args the arguments as the field's resolver gets them. */
export type CheckArguments<A> = (args: A, registry: Registry) => readonly BadInputError[];

const KEY = 'patchbay.checkArguments';

/** Returns the `extensions` of a field whose arguments are checked before execution. */
export const withArgumentCheck = <A>(check: CheckArguments<A>): Readonly<Record<string, unknown>> => ({ [KEY]: check });

/** Returns the check of a field; null when it has none. */
export const argumentCheckOf = ({ extensions }: GraphQLField<unknown, unknown>): CheckArguments<unknown> | null =>
  (extensions[KEY] as CheckArguments<unknown> | undefined) ?? null;
