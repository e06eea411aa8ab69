// Derives the input of an update from the same field definitions as the input of a create. A plain field has a value, or null
// to clear it. A secret has an object with the fields `replace` and `clear`, because null keeps a secret.
import * as z from 'zod';
import { metaOf, type Fields, type FieldSchema } from '../fields/field-meta.ts';
import { unitsOf } from '../fields/walk-fields.ts';
import { isSecretUnit } from '../fields/changes.ts';
import {
  deriveInput,
  inputTypeOf,
  isInputField,
  sharedType,
  inputFieldCheck,
  typeStemOf,
  type InputOptions,
  type InputType,
} from './derive-types.ts';
import type { AnyInput, InputFieldBuilder, InputValues, SchemaContext } from './schema-builder.ts';

const HOW_TO_CHANGE =
  'To keep the stored value, leave the field out or send null. To replace it, send { replace }. To clear it, send { clear: true }.';

const hasSecrets = (fields: Fields): boolean => unitsOf(fields).some(({ meta }) => isSecretUnit(meta));

/** Returns the zod schema that checks the formats of a patch. */
export function patchCheck(fields: Fields): z.ZodObject {
  const shape = Object.entries(fields.shape)
    .filter(([, schema]) => isInputField(schema))
    .map(([name, schema]) => [name, patchFieldCheck(schema).nullish()] as const);
  return z.object(Object.fromEntries(shape));
}

function patchFieldCheck(schema: FieldSchema): z.ZodType {
  const meta = metaOf(schema);
  if (isSecretUnit(meta)) {
    const clear = z.literal(true, 'Must be true. To keep the stored value, leave the field out.');
    return z.object({ replace: inputFieldCheck(schema).nullish(), clear: clear.nullish() });
  }
  const isChanged = meta.kind === 'group' && hasSecrets(schema as Fields);
  return isChanged ? patchCheck(schema as Fields) : inputFieldCheck(schema);
}

/** Returns an input with the fields `replace` and `clear`, for a unit that an update replaces as a whole. */
const replaceOrClear = (
  schemaContext: SchemaContext,
  name: string,
  replace: InputType,
  description: string,
): AnyInput =>
  sharedType(schemaContext, name, () =>
    schemaContext.builder.inputRef<InputValues>(name).implement({
      description: `${description} ${HOW_TO_CHANGE}`,
      isOneOf: true,
      fields: (t: InputFieldBuilder) => ({
        replace: t.field({ type: replace, description: 'The new value, which replaces the stored one.' }),
        clear: t.boolean({
          description: 'True clears the stored value, if the vendor supports that. False is refused.',
        }),
      }),
    }),
  );

function patchTypeOf(schemaContext: SchemaContext, schema: FieldSchema): InputType | [InputType] {
  const meta = metaOf(schema);
  if (meta.kind === 'secret')
    return replaceOrClear(schemaContext, 'SecretPatch', 'SecretString', 'The change of a stored secret.');
  if (meta.isUnit) {
    const replace = inputTypeOf(schemaContext, schema) as InputType;
    return replaceOrClear(schemaContext, `${typeStemOf(meta)}Patch`, replace, meta.description);
  }
  const isChanged = meta.kind === 'group' && hasSecrets(schema as Fields);
  if (!isChanged) return inputTypeOf(schemaContext, schema);
  return derivePatch(schemaContext, `${typeStemOf(meta)}Patch`, schema as Fields, { description: meta.description });
}

/** Returns the input of an update. Its formats are checked with the whole argument, by `patchCheck`. */
export const derivePatch = (
  schemaContext: SchemaContext,
  name: string,
  fields: Fields,
  { description }: InputOptions,
): AnyInput =>
  sharedType(schemaContext, name, () =>
    schemaContext.builder.inputRef<InputValues>(name).implement({
      description,
      fields: (t: InputFieldBuilder) =>
        Object.fromEntries(
          Object.entries(fields.shape)
            .filter(([, schema]) => isInputField(schema))
            .map(([key, schema]) => [
              key,
              t.field({ type: patchTypeOf(schemaContext, schema), description: metaOf(schema).description }),
            ]),
        ),
    }),
  );

/** Returns the input of an update of a vendor's options: the input of a create, when it has the same fields and no secret. */
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
