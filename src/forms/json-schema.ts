// JSON Schema (draft 2020-12) of a field definition, for the values that a caller sends. A secret is a write-only text.
import * as z from 'zod';
import { isField, metaOf, type FieldMeta, type Fields } from '../fields/field-meta.ts';

export type JsonSchema = Record<string, unknown>;

/** Words of field names that a title spells in another way. */
const TITLE_WORDS: Readonly<Record<string, string>> = {
  api: 'API',
  arn: 'ARN',
  aws: 'AWS',
  ca: 'CA',
  id: 'ID',
  ids: 'IDs',
  jdbc: 'JDBC',
  ms: '(ms)',
  oauth: 'OAuth',
  pdt: 'PDT',
  s3: 'S3',
  sql: 'SQL',
  srv: 'SRV',
  ssh: 'SSH',
  tls: 'TLS',
  tns: 'TNS',
  uid: 'UID',
  url: 'URL',
};

/** Returns the title of a field in a form: "Project ID" for `projectId`. */
export function titleOf(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ')
    .map((word) => TITLE_WORDS[word] ?? word)
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export type Properties = Record<string, JsonSchema>;
/** Returns the properties of a schema; an empty object when it has none. */
export const propertiesOf = (schema: JsonSchema): Properties => (schema['properties'] ?? {}) as Properties;

/** Allows only the fields of the definition, without those that are only read. Only fields with `isRequired` are required. */
function restrictToFields(fields: Fields, schema: JsonSchema): void {
  const entries = Object.entries(fields.shape);
  const readOnly = entries.filter(([, field]) => metaOf(field).only === 'output').map(([name]) => name);
  for (const name of readOnly) delete propertiesOf(schema)[name];
  const required = entries.filter(([, field]) => metaOf(field).isRequired).map(([name]) => name);
  delete schema['required'];
  if (required.length > 0) schema['required'] = required;
  schema['additionalProperties'] = false;
}

/** Returns one schema for each field of a one-of group, which requires that field. */
function alternativesOf(schema: JsonSchema): JsonSchema[] {
  return Object.entries(propertiesOf(schema)).map(([name, property]) => ({
    type: 'object',
    title: titleOf(name),
    properties: { [name]: property },
    required: [name],
    additionalProperties: false,
  }));
}

function describeKind(schema: JsonSchema, { kind, values }: FieldMeta): void {
  if (kind === 'secret') Object.assign(schema, { type: 'string', minLength: 1, format: 'password', writeOnly: true });
  if (values) {
    schema['oneOf'] = Object.entries(values).map(([value, title]) => ({ const: value, title }));
    delete schema['enum'];
  }
  if (kind === 'oneOf') {
    schema['oneOf'] = alternativesOf(schema);
    for (const key of ['properties', 'required', 'additionalProperties']) delete schema[key];
  }
}

function describe(zodSchema: z.core.$ZodType, schema: JsonSchema): void {
  const meta = metaOf(zodSchema);
  schema['description'] = meta.description;
  if (meta.example !== undefined) schema['examples'] = [meta.example];
  if (meta.kind === 'group' || meta.kind === 'oneOf') restrictToFields(zodSchema as Fields, schema);
  describeKind(schema, meta);
}

/** Returns a schema with a title for every property. While zod converts, all uses of one type share one object, so titles are added later. */
function withTitles(schema: JsonSchema): JsonSchema {
  const { properties, items, oneOf } = schema as { properties?: Properties; items?: JsonSchema; oneOf?: JsonSchema[] };
  const titled = Object.entries(properties ?? {}).map(([name, property]) => {
    return [name, { title: titleOf(name), ...withTitles(property) }] as const;
  });
  return {
    ...schema,
    ...(properties ? { properties: Object.fromEntries(titled) } : {}),
    ...(items ? { items: withTitles(items) } : {}),
    ...(oneOf ? { oneOf: oneOf.map(withTitles) } : {}),
  };
}

/** Returns the JSON Schema of what a caller may send for these fields, whatever the vendor. */
export function jsonSchemaOf(fields: Fields): JsonSchema {
  const schema = z.toJSONSchema(fields, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (isField(zodSchema)) describe(zodSchema, jsonSchema);
    },
  }) as JsonSchema;
  restrictToFields(fields, schema);
  return withTitles(schema);
}
