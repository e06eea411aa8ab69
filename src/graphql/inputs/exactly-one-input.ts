// An input object of which exactly one field is provided: the dialect, or the vendor, that the input is for.
import * as z from 'zod';
import type { AnyInput, InputFieldBuilder, InputValues, SchemaContext } from '../schema-builder.ts';

/** One field of such an input. */
export interface Alternative {
  readonly key: string;
  readonly type: AnyInput;
  /** The zod schema that checks the formats of its values. */
  readonly check: z.ZodObject;
  readonly description: string;
}

/** Adds an input object with a field for each alternative, of which exactly one must be provided. */
export const exactlyOneInput = (
  { builder }: SchemaContext,
  name: string,
  description: string,
  alternatives: readonly Alternative[],
): AnyInput =>
  builder.inputRef<InputValues>(name).implement({
    description,
    isOneOf: true,
    validate: { schema: z.object(Object.fromEntries(alternatives.map(({ key, check }) => [key, check.nullish()]))) },
    fields: (t: InputFieldBuilder) =>
      Object.fromEntries(
        alternatives.map((alternative) => [
          alternative.key,
          t.field({ type: alternative.type, description: alternative.description }),
        ]),
      ),
  });
