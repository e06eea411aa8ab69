// One Pothos builder with the references that files share. Made anew for each schema: nothing here is global.
import SchemaBuilder, { type EnumRef, type ImplementableObjectRef, type InputRef } from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import ZodPlugin from '@pothos/plugin-zod';
import type { LocatedConnection } from '../domain/connection.ts';
import type { Dialect } from '../fields/dialect.ts';
import type { ValidationIssue } from '../domain/errors.ts';
import type { Secret, SecretStatus } from '../secrets/secret.ts';
import type { Instance, Vendor } from '../domain/vendor.ts';
import type { Registry } from '../services/registry.ts';
import { refused } from './mutations/run-mutation.ts';
import type { RequestContext } from './context.ts';
import type { Representation } from './queries/federation.ts';
import { toValidationError } from './format-issues.ts';

export interface SchemaParts {
  readonly vendors: readonly Vendor[];
  readonly dialects: readonly Dialect[];
}

export interface PothosTypes {
  Context: RequestContext;
  Scalars: {
    SecretString: { Input: Secret; Output: never };
    DateTime: { Input: never; Output: Date };
    BigInt: { Input: string; Output: string };
    JSONObject: { Input: never; Output: Record<string, unknown> };
    ID: { Input: string; Output: string };
    _Any: { Input: Representation; Output: never };
  };
}

/** What stands against a mutation's arguments beside their own types, by the mutation's name. */
export type Reviews = Map<string, (registry: Registry, args: Record<string, unknown>) => readonly ValidationIssue[]>;

const createBuilder = (reviews: Reviews) =>
  new SchemaBuilder<PothosTypes>({
    plugins: [ErrorsPlugin, ZodPlugin],
    errors: { directResult: true },
    zod: {
      validationError: (error, args, context, { fieldName, parentType }) => {
        const refuse = () => toValidationError(error, reviews.get(fieldName)?.(context.registry, args) ?? []);
        const { input = {} } = args as { readonly input?: object };
        return parentType.name === 'Mutation' ? refused(context, fieldName, input, refuse) : refuse();
      },
    },
  });

export type Builder = ReturnType<typeof createBuilder>;
export type InputFieldBuilder = Parameters<NonNullable<Parameters<Builder['inputType']>[1]['fields']>>[0];
type Types = Builder['$inferSchemaTypes'];

export interface SchemaContext extends SchemaParts {
  readonly builder: Builder;
  readonly reviews: Reviews;
  readonly Connection: ImplementableObjectRef<Types, LocatedConnection>;
  readonly VendorInstance: ImplementableObjectRef<Types, Instance>;
  readonly MaskedSecret: ImplementableObjectRef<Types, SecretStatus>;
  /** Enums and groups that several definitions share, by name: each becomes one type. */
  readonly shared: Map<string, unknown>;
}

export type AnyEnum = EnumRef<Types, string>;
export type AnyInput = InputRef<Record<string, unknown>>;

export function createSchemaContext(parts: SchemaParts): SchemaContext {
  const reviews: Reviews = new Map();
  const builder = createBuilder(reviews);
  return {
    ...parts,
    builder,
    reviews,
    Connection: builder.objectRef<LocatedConnection>('Connection'),
    VendorInstance: builder.objectRef<Instance>('VendorInstance'),
    MaskedSecret: builder.objectRef<SecretStatus>('MaskedSecret'),
    shared: new Map(),
  };
}
