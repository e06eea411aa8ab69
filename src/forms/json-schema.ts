// JSON Schema (draft 2020-12) of a definition as a caller writes it: plain types, secrets as write-only text.
import * as z from 'zod';
import { isField, metaOf, type FieldMeta, type Fields } from '../fields/field-meta.ts';

export type JsonSchema = Record<string, unknown>;

const WHOLE_WORDS: Readonly<Record<string, string>> = {
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

/** How a form calls a field: `projectId` is "Project ID". */
export function titleOf(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ')
    .map((word) => WHOLE_WORDS[word] ?? word)
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export type Properties = Record<string, JsonSchema>;
export const propertiesOf = (schema: JsonSchema): Properties => (schema['properties'] ?? {}) as Properties;

/** No key but those of the definition; only the parts that make no sense without are required. */
function close(fields: Fields, schema: JsonSchema): void {
  const parts = Object.entries(fields.shape);
  const readOnly = parts.filter(([, part]) => metaOf(part).only === 'output').map(([name]) => name);
  for (const name of readOnly) delete propertiesOf(schema)[name];
  const required = parts.filter(([, part]) => metaOf(part).isRequired).map(([name]) => name);
  delete schema['required'];
  if (required.length > 0) schema['required'] = required;
  schema['additionalProperties'] = false;
}

/** One alternative for each field, which it then has. */
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
  if (meta.kind === 'group' || meta.kind === 'oneOf') close(zodSchema as Fields, schema);
  describeKind(schema, meta);
}

/** Titles come last: a type that stands in several places is one object until zod is done with all of them. */
function withTitles(schema: JsonSchema): JsonSchema {
  const { properties, items, oneOf } = schema as { properties?: Properties; items?: JsonSchema; oneOf?: JsonSchema[] };
  const named = Object.entries(properties ?? {}).map(([name, property]) => {
    return [name, { title: titleOf(name), ...withTitles(property) }] as const;
  });
  return {
    ...schema,
    ...(properties ? { properties: Object.fromEntries(named) } : {}),
    ...(items ? { items: withTitles(items) } : {}),
    ...(oneOf ? { oneOf: oneOf.map(withTitles) } : {}),
  };
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
  close(fields, schema);
  return withTitles(schema);
}
