// JSON Schema (draft 2020-12) of a definition: plain types, secrets as writeOnly text.
import * as z from 'zod';
import { isField, metaOf, type Fields } from './fields.ts';

type JsonSchema = Record<string, unknown>;

/** No key but those of the definition; none is required, for what a vendor requires is another matter. */
function close(jsonSchema: JsonSchema): void {
  delete jsonSchema['required'];
  jsonSchema['additionalProperties'] = false;
}

function describe(zodSchema: z.core.$ZodType, jsonSchema: JsonSchema): void {
  const { kind, description, standard, values } = metaOf(zodSchema);
  jsonSchema['description'] = description;
  if (standard !== undefined) jsonSchema['examples'] = [standard];
  if (kind === 'secret') Object.assign(jsonSchema, { type: 'string', format: 'password', writeOnly: true });
  if (kind === 'bigInt') jsonSchema['examples'] = ['1000000000'];
  if (values) {
    jsonSchema['oneOf'] = Object.entries(values).map(([value, title]) => ({ const: value, title }));
    delete jsonSchema['enum'];
  }
  if (kind === 'group') close(jsonSchema);
}

/** The schema of a definition's values as a caller writes them. */
export function jsonSchemaOf(fields: Fields): JsonSchema {
  const schema = z.toJSONSchema(fields, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (isField(zodSchema)) describe(zodSchema, jsonSchema);
    },
  }) as JsonSchema;
  close(schema);
  return schema;
}
