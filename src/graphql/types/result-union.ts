// The result union of a mutation: what it came to, or one of the failures that are to be expected.
import type { Builder, SchemaContext } from '../schema-builder.ts';

type UnionOptions = Parameters<Builder['errorUnion']>[1];

/**
 * @param success name of the member that is no failure.
 * @param errors classes of domain/errors.ts.
 */
export const resultUnion = (
  { builder }: SchemaContext,
  name: string,
  description: string,
  success: { readonly name: string },
  errors: readonly unknown[],
) =>
  builder.errorUnion(name, {
    description,
    types: [success, ...errors] as unknown as UnionOptions['types'],
    // A failure is known by its class before this is asked.
    resolveType: () => success.name as never,
  });
