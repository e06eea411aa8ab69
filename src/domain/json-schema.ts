// JSON Schema (draft 2020-12) of a definition: plain types, secrets as writeOnly text.
import * as z from 'zod';
import { metaOf, type Fields } from './fields.ts';

type JsonSchema = Record<string, unknown>;

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
  // What a vendor requires is another matter: the definition itself requires nothing.
  if (kind === 'group') delete jsonSchema['required'];
}

/** The schema of a definition's values as a caller writes them. */
export function jsonSchemaOf(fields: Fields): JsonSchema {
  const schema = z.toJSONSchema(fields, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== fields) describe(zodSchema, jsonSchema);
    },
  }) as JsonSchema;
  delete schema['required'];
  return { ...schema, additionalProperties: false };
}
