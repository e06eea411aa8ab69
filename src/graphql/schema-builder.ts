// The Pothos builder, and the context in which one schema is built: the builder with the types that several files refer to.
import SchemaBuilder, { type EnumRef, type ImplementableObjectRef, type InputRef } from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import ZodPlugin from '@pothos/plugin-zod';
import type { LocatedConnection, Instance } from '../domain/instance.ts';
import type { Dialect } from '../fields/dialect.ts';
import { ValidationError } from '../domain/errors.ts';
import type { Secret, SecretStatus } from '../secrets/secret.ts';
import type { Vendor } from '../domain/vendor.ts';
import type { RequestContext } from './context.ts';
import { formatIssues } from './format-issues.ts';
import { MUTATIONS_PLUGIN } from './mutations/mutation-plugin.ts';

/** The input of `_entities` in Apollo Federation: a reference to an entity by the name of its type and its key. */
export interface Representation {
  readonly __typename: string;
  readonly id?: unknown;
}

export interface SchemaParts {
  readonly vendors: readonly Vendor[];
  readonly dialects: readonly Dialect[];
}

export interface PothosTypes {
  DefaultFieldNullability: false;
  Context: RequestContext;
  Scalars: {
    SecretString: { Input: Secret; Output: never };
    DateTime: { Input: Date; Output: Date };
    BigInt: { Input: string; Output: string };
    JSONObject: { Input: never; Output: Record<string, unknown> };
    ID: { Input: string; Output: string };
    _Any: { Input: Representation; Output: never };
  };
}

/**
 * Returns a new builder.
 *
 * The formats of single fields are checked by @pothos/plugin-zod, as the project's requirements order. Its successor
 * @pothos/plugin-validation takes any Standard Schema. Patchbay would gain nothing by it: the definitions are zod schemas
 * with synchronous checks that transform no value, and the issues must be zod's own, because `ValidationCode` is derived from
 * their codes, which the Standard Schema does not have.
 */
const createBuilder = () =>
  new SchemaBuilder<PothosTypes>({
    // The first plugin is the outermost: an error becomes a member of the result union after the mutation has run, and the
    // mutation runs around the check of formats.
    plugins: [ErrorsPlugin, MUTATIONS_PLUGIN, ZodPlugin],
    defaultFieldNullability: false,
    errors: { directResult: true },
    zod: { validationError: (error) => new ValidationError(formatIssues(error)) },
  });

export type Builder = ReturnType<typeof createBuilder>;
export type InputFieldBuilder = Parameters<NonNullable<Parameters<Builder['inputType']>[1]['fields']>>[0];
export type Types = Builder['$inferSchemaTypes'];

export interface SchemaContext extends SchemaParts {
  readonly builder: Builder;
  readonly Connection: ImplementableObjectRef<Types, LocatedConnection>;
  readonly VendorInstance: ImplementableObjectRef<Types, Instance>;
  readonly MaskedSecret: ImplementableObjectRef<Types, SecretStatus>;
  /** Types that several definitions share, by their names. */
  readonly shared: Map<string, unknown>;
}

/** The interfaces of a type that has a global id. */
export type NodeInterfaces<T extends 'Connection' | 'VendorInstance' = 'Connection'> = Parameters<
  SchemaContext[T]['implement']
>[0]['interfaces'];

export type AnyEnum = EnumRef<Types, string>;
/** The values of an input whose fields are known at run time only, in the form that Pothos infers for them. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- Pothos reads `unknown` as this type
export type InputValues = { [name: string]: NonNullable<unknown> | null | undefined };
export type AnyInput = InputRef<InputValues>;

export function createSchemaContext(parts: SchemaParts): SchemaContext {
  const builder = createBuilder();
  return {
    ...parts,
    builder,
    Connection: builder.objectRef<LocatedConnection>('Connection'),
    VendorInstance: builder.objectRef<Instance>('VendorInstance'),
    MaskedSecret: builder.objectRef<SecretStatus>('MaskedSecret'),
    shared: new Map(),
  };
}
