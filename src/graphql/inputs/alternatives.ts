// An input of which one field is given: a dialect, or a vendor. One field for each definition, by which its values are checked.
import * as z from 'zod';
import type { AnyInput, InputFieldBuilder, SchemaContext } from '../schema-builder.ts';

export interface Alternative {
  readonly key: string;
  readonly type: AnyInput;
  /** What checks its values. */
  readonly check: z.ZodObject;
  readonly description: string;
}

export const alternativesInput = (
  { builder }: SchemaContext,
  name: string,
  description: string,
  alternatives: readonly Alternative[],
): AnyInput =>
  builder.inputRef<Record<string, unknown>>(name).implement({
    description,
    isOneOf: true,
    validate: { schema: z.object(Object.fromEntries(alternatives.map(({ key, check }) => [key, check.nullish()]))) },
    fields: (t: InputFieldBuilder) =>
      Object.fromEntries(
        alternatives.map((one) => [one.key, t.field({ type: one.type, description: one.description })]),
      ),
  });
