// The result union of a mutation: its success, or one of the failures that are to be expected.
import type { ObjectRef, UnionRef } from '@pothos/core';
import type { ExpectedError } from '../../domain/errors.ts';
import type { Builder, SchemaContext, Types } from '../schema-builder.ts';

type UnionOptions = Parameters<Builder['errorUnion']>[1];

/** A union whose values are successes or expected failures. */
export type ResultUnion<Success> = UnionRef<Types, Success | ExpectedError>;

/**
 * Returns a new result union.
 * @param success the member that is no failure.
 * @param errors classes of domain/errors.ts.
 */
export const resultUnion = <Success>(
  { builder }: SchemaContext,
  name: string,
  description: string,
  success: ObjectRef<Types, Success>,
  errors: readonly unknown[],
): ResultUnion<Success> =>
  // Pothos infers the shape of a union from a literal list of members. Here the lists are parameters, hence the casts.
  builder.errorUnion(name, {
    description,
    types: [success, ...errors] as unknown as UnionOptions['types'],
    // The errors plugin recognises a failure by its class before it calls this.
    resolveType: () => success.name as never,
  });
