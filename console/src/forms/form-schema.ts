// From the JSON Schemas of the catalogue to the schema of one form: what the form library draws, and in which order.
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { texts } from '../texts.ts';

export type Json = Readonly<Record<string, unknown>>;

/** The schemas of one vendor for one dialect. Null where the vendor accepts nothing. */
export interface VendorSchemas {
  /** The field of VendorOptionsInput. */
  readonly vendor: string;
  readonly config: Json | null;
  readonly options: Json | null;
}

/** Fields that are shown at once, wherever a dialect has them. The other optional fields are folded. */
const COMMON = ['host', 'port', 'account', 'projectId', 'database', 'dataset', 'schema', 'username', 'password'];

/** Secrets that usually are the content of a file. */
const FILES = ['ca', 'certificate', 'key', 'privateKey', 'serviceAccountKey', 'body'];

export const propertiesOf = (schema: RJSFSchema): Readonly<Record<string, RJSFSchema>> =>
  (schema.properties ?? {}) as Readonly<Record<string, RJSFSchema>>;

/** Returns the alternatives of a one-of group; an empty list for anything else, such as a choice of values. */
export const alternativesOf = ({ oneOf = [] }: RJSFSchema): readonly RJSFSchema[] =>
  (oneOf as readonly RJSFSchema[]).filter((alternative) => !('const' in alternative));

export const isSecret = (schema: RJSFSchema): boolean => schema.writeOnly === true;

const mapValues = <From, To>(record: Readonly<Record<string, From>>, map: (value: From) => To): Record<string, To> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));

/** Keywords that the form library would draw in a way that helps nobody. */
const LEFT_OUT: ReadonlySet<string> = new Set(['$schema', 'anyOf', 'not', 'examples', 'const']);

/**
 * Returns a schema to draw. Requirements that depend on several fields are left to the gateway, because the library would draw a choice
 * of them. A constant becomes a choice of one value, and an example becomes a placeholder (see `uiSchemaOf`).
 */
function toDraw(original: RJSFSchema): RJSFSchema {
  const schema = Object.fromEntries(
    Object.entries(original).filter(([keyword]) => !LEFT_OUT.has(keyword)),
  ) as RJSFSchema;
  const { const: constant } = original;
  return {
    ...schema,
    ...(constant === undefined ? {} : { enum: [constant] }),
    ...(schema.properties ? { properties: mapValues(propertiesOf(schema), toDraw) } : {}),
    ...(schema.items ? { items: toDraw(schema.items as RJSFSchema) } : {}),
    ...(schema.oneOf
      ? { oneOf: (schema.oneOf as RJSFSchema[]).map((one) => ('const' in one ? one : toDraw(one))) }
      : {}),
  };
}

/** Returns a schema with the fields of both. */
function union(left: RJSFSchema, right: RJSFSchema): RJSFSchema {
  if (!left.properties || !right.properties) return left;
  const ours = propertiesOf(left);
  const theirs = mapNames(propertiesOf(right), (name, schema) => (ours[name] ? union(ours[name], schema) : schema));
  const required = [...new Set([...(left.required ?? []), ...(right.required ?? [])])];
  return { ...left, required, properties: { ...ours, ...theirs } };
}

const mapNames = (
  record: Readonly<Record<string, RJSFSchema>>,
  map: (name: string, schema: RJSFSchema) => RJSFSchema,
): Record<string, RJSFSchema> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(name, value)]));

/** Returns the sets of fields of which a vendor needs one, as the titles of their fields. Empty when it has one way to sign in. */
export const waysToSignIn = ({ config }: VendorSchemas): readonly string[] =>
  ((config?.['anyOf'] ?? []) as RJSFSchema[]).map(({ title }) => title ?? '');

/**
 * Returns the schema of a form with the fields that at least one of the vendors accepts.
 * @param nameTitle the title of the field for the name; null when the form has none.
 * @param isNameRequired whether the name must be filled in.
 */
export function formSchemaOf(
  schemas: readonly VendorSchemas[],
  nameTitle: string | null,
  isNameRequired: boolean,
): RJSFSchema {
  const configs = schemas.flatMap(({ config }) => (config ? [config as RJSFSchema] : []));
  const options = schemas.flatMap((one) => (one.options ? [[one.vendor, toDraw(one.options)] as const] : []));
  const [first, ...others] = configs;
  return {
    type: 'object',
    properties: {
      ...(nameTitle === null ? {} : { name: { type: 'string', title: nameTitle } }),
      ...(first ? { config: toDraw(others.reduce(union, first)) } : {}),
      ...(options.length > 0
        ? { options: { type: 'object', title: texts.forms.options, properties: Object.fromEntries(options) } }
        : {}),
    },
    ...(nameTitle !== null && isNameRequired ? { required: ['name'] } : {}),
  };
}

/** How one field is drawn. */
function drawField(name: string, schema: RJSFSchema, original: RJSFSchema, isPatch: boolean): UiSchema {
  const [example] = (original.examples ?? []) as unknown[];
  if (schema.properties) return drawFields(schema, original, isPatch);
  if (isSecret(schema)) return { 'ui:options': { isFile: FILES.includes(name), isPatch } };
  if (schema.items) {
    return { items: drawField(name, schema.items as RJSFSchema, (original.items ?? {}) as RJSFSchema, false) };
  }
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) {
    const originals = alternativesOf(original);
    return { oneOf: alternatives.map((one, index) => drawFields(one, originals[index] ?? one, false)) };
  }
  const isIgnored = schema['x-ignored'] === true;
  return {
    ...(example === undefined
      ? {}
      : { 'ui:placeholder': typeof example === 'string' ? example : JSON.stringify(example) }),
    ...(isIgnored ? { 'ui:options': { isIgnored } } : {}),
    ...(schema.type === 'boolean' ? { 'ui:widget': 'select' } : {}),
  };
}

function drawFields(schema: RJSFSchema, original: RJSFSchema, isPatch: boolean): UiSchema {
  const originals = propertiesOf(original);
  const fields = Object.entries(propertiesOf(schema)).map(
    ([name, property]) => [name, drawField(name, property, originals[name] ?? property, isPatch)] as const,
  );
  return Object.fromEntries(fields);
}

/** Returns the names of the fields of a config that are not shown at once. */
function foldedFields(config: RJSFSchema, schemas: readonly VendorSchemas[]): readonly string[] {
  const inMethods = schemas.flatMap(({ config: one }) =>
    ((one?.['anyOf'] ?? []) as RJSFSchema[]).flatMap(({ required = [] }) => required),
  );
  const shown = new Set([...COMMON, ...(config.required ?? []), ...inMethods]);
  const folded = Object.keys(propertiesOf(config)).filter((name) => !shown.has(name));
  return folded.length === Object.keys(propertiesOf(config)).length ? [] : folded;
}

/**
 * Returns how the form is drawn: what is folded, placeholders, boxes for files.
 * @param isPatch whether the secrets of the form keep, replace or clear stored ones.
 */
export function uiSchemaOf(schema: RJSFSchema, schemas: readonly VendorSchemas[], isPatch: boolean): UiSchema {
  const { config, options } = propertiesOf(schema);
  const originals = schemas.reduce<RJSFSchema>((all, one) => union(all, one.config ?? {}), {
    type: 'object',
    properties: {},
  });
  const vendors = Object.entries(propertiesOf(options ?? {})).map(([vendor, property]) => {
    const original = (schemas.find((one) => one.vendor === vendor)?.options ?? {}) as RJSFSchema;
    const folded = Object.keys(propertiesOf(property));
    return [vendor, { ...drawFields(property, original, isPatch), 'ui:options': { folded } }] as const;
  });
  return {
    'ui:submitButtonOptions': { norender: true },
    ...(config
      ? {
          config: {
            ...drawFields(config, originals, isPatch),
            'ui:options': { folded: foldedFields(config, schemas) },
          },
        }
      : {}),
    options: Object.fromEntries(vendors),
  };
}
