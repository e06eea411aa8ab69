// From one definition the input of a change to it: plain fields as in a create, with null for what is cleared; of a secret,
// which null keeps, it is said in words.
import * as z from 'zod';
import { metaOf, type Fields, type FieldSchema } from '../fields/field-meta.ts';
import { unitsOf } from '../fields/walk-fields.ts';
import { isSecretUnit } from '../fields/changes.ts';
import {
  deriveInput,
  inputTypeOf,
  isWritten,
  once,
  open,
  stemOf,
  type InputOptions,
  type InputType,
} from './derive.ts';
import type { AnyInput, InputFieldBuilder, InputValues, SchemaContext } from './schema-builder.ts';

const KEEP = 'Keep: leave the field out, or null. Replace: { replace }. Clear: { clear: true }.';

const hasSecrets = (fields: Fields): boolean => unitsOf(fields).some(({ meta }) => isSecretUnit(meta));

/** What checks a definition as a caller changes it. */
export function nullishPatch(fields: Fields): z.ZodObject {
  const shape = Object.entries(fields.shape)
    .filter(([, schema]) => isWritten(schema))
    .map(([name, schema]) => [name, check(schema).nullish()] as const);
  return z.object(Object.fromEntries(shape));
}

function check(schema: FieldSchema): z.ZodType {
  const meta = metaOf(schema);
  if (isSecretUnit(meta)) {
    const clear = z.literal(true, 'Must be true; to keep what is there leave the field out.');
    return z.object({ replace: open(schema).nullish(), clear: clear.nullish() });
  }
  const isChanged = meta.kind === 'group' && hasSecrets(schema as Fields);
  return isChanged ? nullishPatch(schema as Fields) : open(schema);
}

/** `replace` or `clear`, for what is written whole. */
const replaceOrClear = (
  schemaContext: SchemaContext,
  name: string,
  replace: InputType,
  description: string,
): AnyInput =>
  once(schemaContext, name, () =>
    schemaContext.builder.inputRef<InputValues>(name).implement({
      description: `${description} ${KEEP}`,
      isOneOf: true,
      fields: (t: InputFieldBuilder) => ({
        replace: t.field({ type: replace, description: 'What takes its place.' }),
        clear: t.boolean({ description: 'true: nothing is to be stored any more, where the vendor can do that.' }),
      }),
    }),
  );

function patchTypeOf(schemaContext: SchemaContext, schema: FieldSchema): InputType | [InputType] {
  const meta = metaOf(schema);
  if (meta.kind === 'secret')
    return replaceOrClear(schemaContext, 'SecretPatch', 'SecretString', 'What becomes of a stored secret.');
  if (meta.isUnit) {
    const replace = inputTypeOf(schemaContext, schema) as InputType;
    return replaceOrClear(schemaContext, `${stemOf(meta)}Patch`, replace, meta.description);
  }
  const isChanged = meta.kind === 'group' && hasSecrets(schema as Fields);
  if (!isChanged) return inputTypeOf(schemaContext, schema);
  return derivePatch(schemaContext, `${stemOf(meta)}Patch`, schema as Fields, { description: meta.description });
}

/** The patch of a definition. It is checked with the whole argument (`nullishPatch`). */
export const derivePatch = (
  schemaContext: SchemaContext,
  name: string,
  fields: Fields,
  { description }: InputOptions,
): AnyInput =>
  once(schemaContext, name, () =>
    schemaContext.builder.inputRef<InputValues>(name).implement({
      description,
      fields: (t: InputFieldBuilder) =>
        Object.fromEntries(
          Object.entries(fields.shape)
            .filter(([, schema]) => isWritten(schema))
            .map(([key, schema]) => [
              key,
              t.field({ type: patchTypeOf(schemaContext, schema), description: metaOf(schema).description }),
            ]),
        ),
    }),
  );

/** The patch of what a vendor takes: its input again where no secret is in it and nothing is other. */
export const patchOrInput = (
  schemaContext: SchemaContext,
  typeName: string,
  fields: Fields,
  input: Fields,
  options: InputOptions,
): AnyInput =>
  fields === input && !hasSecrets(fields)
    ? deriveInput(schemaContext, `${typeName}Input`, fields, options)
    : derivePatch(schemaContext, `${typeName}Patch`, fields, options);
