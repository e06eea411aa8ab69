// Adds the field of a mutation to the schema.
import type { InputRef } from '@pothos/core';
import type { SchemaContext } from '../schema-builder.ts';
import type { ResultUnion } from '../types/result-union.ts';
import { mutationExtensions } from './mutation-plugin.ts';
import type { AuditedInput } from './audit-mutation.ts';
import type { Mutation, Plan } from './run-mutation.ts';

interface MutationField<Input extends AuditedInput, P extends Plan, Result> extends Mutation<Input, P, Result> {
  readonly description: string;
  readonly input: InputRef<Input>;
  readonly inputDescription: string;
  readonly result: ResultUnion<Result>;
}

/** Adds a mutation with one argument, `input`. Its field only declares types: run-mutation.ts does the work. */
export function addMutation<Input extends AuditedInput, P extends Plan, Result>(
  { builder }: SchemaContext,
  { description, input, inputDescription, result, ...mutation }: MutationField<Input, P, Result>,
): void {
  builder.mutationField(mutation.name, (t) =>
    t.field({
      type: result,
      description,
      args: { input: t.arg({ type: input, required: true, description: inputDescription }) },
      extensions: mutationExtensions(mutation),
      // This value is never returned. When this resolver is called, the check of formats has passed.
      resolve: () => null as never,
    }),
  );
}
