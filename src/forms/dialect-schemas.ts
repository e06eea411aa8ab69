// JSON Schemas of the inputs that a vendor accepts for a dialect, from which a form can be drawn. They are derived from the support
// tables, which also review drafts, so a form and the checks agree.
import { itemOf, metaOf, type Fields } from '../fields/field-meta.ts';
import { memoize } from '../fields/memoize.ts';
import type { FieldKey } from '../fields/values-by-key.ts';
import { jsonSchemaOf, propertiesOf, titleOf, type JsonSchema, type Properties } from './json-schema.ts';
import { isOptionKey, OPTIONS_PREFIX } from '../domain/input-paths.ts';
import { configPlaces, updateOptionPlaces, type FieldPlace, type SidePlaces } from '../domain/field-places.ts';
import { type DialectSupport, type FieldSupport, type WireTable, wireNamesIn } from '../domain/dialect-support.ts';
import { scopeOf, type UpdateRules, type Vendor } from '../domain/vendor.ts';

/** Returns a schema that requires each of the fields: `oauth.clientId` is required in `oauth`, which is required too. */
function requireFields(keys: readonly FieldKey[]): JsonSchema {
  const required = [...new Set(keys.map((key) => key.split('.')[0] as string))];
  const groups = required.filter((name) => !keys.includes(name));
  const inGroups = groups.map((name) => {
    const inGroup = keys.filter((key) => key.startsWith(`${name}.`)).map((key) => key.slice(name.length + 1));
    return [name, requireFields(inGroup)] as const;
  });
  return { required, ...(inGroups.length > 0 ? { properties: Object.fromEntries(inGroups) } : {}) };
}

const titleOfFields = (keys: readonly FieldKey[]): string =>
  keys.map((key) => titleOf(key.split('.').at(-1) ?? key)).join(', ');

/** Returns a schema that requires the fields of all sign-in methods, and one of the sets of fields in which the methods differ. */
function requireOneMethod(methods: FieldSupport['required']): JsonSchema {
  const [first = []] = methods;
  const common = first.filter((key) => methods.every((method) => method.includes(key)));
  const others = methods.map((method) => method.filter((key) => !common.includes(key)));
  const isChoice = others.length > 1 && others.every((keys) => keys.length > 0);
  return {
    ...(common.length > 0 ? requireFields(common) : {}),
    ...(isChoice ? { anyOf: others.map((keys) => ({ title: titleOfFields(keys), ...requireFields(keys) })) } : {}),
  };
}

/** Returns a schema with the required fields and the exclusions of a support table, as far as JSON Schema can express them. */
function withRequirements(schema: JsonSchema, { required, exclusive = [] }: FieldSupport): JsonSchema {
  // A sign-in method that uses an option is not part of the schema of the config. A form shows that option instead.
  const methods = required.filter((method) => !method.some(isOptionKey));
  const options = [...new Set(required.flat().filter(isOptionKey))].map((key) => key.slice(OPTIONS_PREFIX.length));
  const excludedPairs = exclusive
    .flatMap(([left, right]) => left.flatMap((key) => right.map((excluded) => [key, excluded])))
    .filter((pair) => !pair.some(isOptionKey));
  const { properties: inGroups, ...requirements } = requireOneMethod(methods);
  const properties = { ...propertiesOf(schema) };
  for (const [name, requiredInGroup] of Object.entries((inGroups ?? {}) as Properties))
    properties[name] = { ...properties[name], ...requiredInGroup };
  return {
    ...schema,
    ...requirements,
    properties,
    ...(excludedPairs.length > 0 ? { not: { anyOf: excludedPairs.map(requireFields) } } : {}),
    ...(options.length > 0 ? { 'x-unless-options': options } : {}),
  };
}

/** Returns the schema of a field with only the values that the vendor accepts. */
function withAcceptedValues(schema: JsonSchema, accepted: readonly (string | boolean)[]): JsonSchema {
  const { oneOf } = schema;
  if (Array.isArray(oneOf))
    return { ...schema, oneOf: oneOf.filter((value) => accepted.includes((value as JsonSchema)['const'] as string)) };
  return accepted.length === 1 ? { ...schema, const: accepted[0] } : { ...schema, enum: [...accepted] };
}

/** Returns the schema of the items of a list, with the fields that the vendor accepts for each kind of item. */
function itemSchemaOf(schema: JsonSchema, item: Fields, kinds: Readonly<Record<string, FieldSupport>>): JsonSchema {
  const properties = Object.entries(propertiesOf(schema)).map(([name, property]) => {
    const alternatives = item.shape[name] as Fields;
    if (metaOf(alternatives).kind !== 'oneOf') return [name, property] as const;
    const oneOf = (property['oneOf'] as JsonSchema[]).flatMap((alternative) => {
      const [[kind, inner] = []] = Object.entries(propertiesOf(alternative));
      const support = kind === undefined ? undefined : kinds[kind];
      if (kind === undefined || inner === undefined || !support) return [];
      const accepted = acceptedSchema(inner, alternatives.shape[kind] as Fields, support);
      return [{ ...alternative, properties: { [kind]: withRequirements(accepted, support) } }];
    });
    return [name, { ...property, oneOf }] as const;
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Returns a schema without the fields that the vendor does not accept. */
function acceptedSchema(schema: JsonSchema, fields: Fields, support: FieldSupport, prefix = ''): JsonSchema {
  const properties = Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const key = prefix + name;
    const field = fields.shape[name] as Fields;
    const { kind } = metaOf(field);
    if (kind === 'group') {
      const inner = acceptedSchema(property, field, support, `${key}.`);
      return Object.keys(propertiesOf(inner)).length > 0 ? [[name, inner] as const] : [];
    }
    if (kind === 'oneOf') {
      const isAccepted = Object.keys(support.fields).some((accepted) => accepted.startsWith(`${key}.`));
      return isAccepted ? [[name, property] as const] : [];
    }
    if (!(key in support.fields)) return [];
    const values = support.values?.[key];
    return [[name, values ? withAcceptedValues(property, values) : property] as const];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Returns the JSON Schema of an input with the fields of all vendors. */
export const inputSchemaOf = memoize((fields: Fields): JsonSchema => jsonSchemaOf(fields));

/** Returns the JSON Schema of the config that one vendor accepts for a new connection. */
export const createSchemaOf = memoize((support: DialectSupport): JsonSchema => {
  const { dialect, itemSupport = {} } = support;
  const accepted = acceptedSchema(inputSchemaOf(dialect.fields), dialect.fields, support);
  const properties = { ...propertiesOf(accepted) };
  for (const [list, kinds] of Object.entries(itemSupport)) {
    const property = properties[list] ?? {};
    const item = itemOf(dialect.fields.shape[list] as Fields) as Fields;
    const isRequired = support.required.some((signInMethod) => signInMethod.includes(list));
    properties[list] = {
      ...property,
      ...(isRequired ? { minItems: 1 } : {}),
      items: itemSchemaOf(property['items'] as JsonSchema, item, kinds),
    };
  }
  return withRequirements({ ...accepted, title: dialect.label, properties }, support);
});

/** Returns the JSON Schema of a vendor's options for a new connection of a dialect. */
export function optionsSchemaOf(vendor: Vendor, { dialect, values = {} }: DialectSupport): JsonSchema {
  const schema = inputSchemaOf(vendor.options);
  const properties = Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    // Set when the option has no effect for the dialect.
    const effect = scopeOf(vendor, dialect.key, name)?.inOtherDialects;
    if (effect === 'REFUSED') return [];
    const accepted = values[OPTIONS_PREFIX + name];
    const option = accepted ? withAcceptedValues(property, accepted) : property;
    return [[name, effect === 'IGNORED' ? { ...option, 'x-ignored': true } : option] as const];
  });
  return { ...schema, title: `${vendor.label} options`, properties: Object.fromEntries(properties) };
}

/** What an update may change on one side. */
interface UpdateForm {
  readonly places: SidePlaces;
  readonly table: WireTable;
  readonly rules: UpdateRules;
  /** Checks whether null clears the field, or removes the group. */
  readonly isClearable: (place: FieldPlace) => boolean;
  /** Whether the vendor keeps the stored secrets when it changes one of these settings. */
  readonly keepsSecrets: boolean;
}

const canClear = (rules: UpdateRules, { wireNames }: FieldPlace): boolean =>
  wireNames.every((wire) => rules.canClear(wire));

/** Returns the keywords `x-clearable` and `x-keeps-secrets` of a field, or of a group that an update can remove. */
function keywordsOf(key: string, { places, isClearable, keepsSecrets }: UpdateForm): JsonSchema {
  const unit = places.units.find((place) => place.key === key);
  const place = unit ?? places.removableGroups.find((group) => group.key === key);
  return {
    ...(place && isClearable(place) ? { 'x-clearable': true } : {}),
    ...(unit?.meta.safeToChange !== undefined && keepsSecrets ? { 'x-keeps-secrets': true } : {}),
  };
}

/**
 * Returns a schema without the fields that an update cannot change. A field that null clears gets `x-clearable`. A field that can be changed
 * without the stored secrets gets `x-keeps-secrets`.
 */
function changeableSchema(schema: JsonSchema, form: UpdateForm, prefix = ''): JsonSchema {
  const { table, rules } = form;
  const properties = Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const key = prefix + name;
    const field = { ...property, ...keywordsOf(key, form) };
    // A group that the vendor stores under a name of its own is shown as a whole.
    if (Object.keys(propertiesOf(property)).length > 0 && !(key in table)) {
      const group = changeableSchema(field, form, `${key}.`);
      return Object.keys(propertiesOf(group)).length > 0 ? [[name, group] as const] : [];
    }
    const wireNames = wireNamesIn(table, key);
    return wireNames.length > 0 && wireNames.every((wire) => rules.canChange(wire)) ? [[name, field] as const] : [];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Returns a schema without the requirements of a create: an update may leave every field out. */
function withoutRequirements(whole: JsonSchema): JsonSchema {
  const keywords = new Set(['required', 'anyOf', 'x-unless-options']);
  const schema: JsonSchema = Object.fromEntries(Object.entries(whole).filter(([key]) => !keywords.has(key)));
  const properties = Object.entries(propertiesOf(schema)).map(
    ([name, property]) => [name, property['type'] === 'object' ? withoutRequirements(property) : property] as const,
  );
  return 'properties' in schema ? { ...schema, properties: Object.fromEntries(properties) } : schema;
}

const nullIfEmpty = (schema: JsonSchema): JsonSchema | null =>
  Object.keys(propertiesOf(schema)).length > 0 ? schema : null;

/** Returns the JSON Schema of the config that an update accepts; null when it accepts no field. */
export function updateSchemaOf(rules: UpdateRules, support: DialectSupport): JsonSchema | null {
  const { fields: table, required } = support;
  const isAlwaysRequired = (key: FieldKey) =>
    required.length > 0 && required.every((signInMethod) => signInMethod.includes(key));
  const isClearable = (place: FieldPlace) => canClear(rules, place) && !isAlwaysRequired(place.key);
  const schema = withoutRequirements(createSchemaOf(support));
  return nullIfEmpty(
    changeableSchema(schema, {
      places: configPlaces(support),
      table,
      rules,
      isClearable,
      keepsSecrets: !rules.replacesAll,
    }),
  );
}

/** Returns the JSON Schema of the vendor's options that an update accepts; null when it accepts none. */
export function updateOptionsSchemaOf(vendor: Vendor, rules: UpdateRules, support: DialectSupport): JsonSchema | null {
  const { options, optionsWire: table } = rules;
  const schema = options === vendor.options ? optionsSchemaOf(vendor, support) : inputSchemaOf(options);
  const isClearable = (place: FieldPlace) => place.meta.isRemovable === true || canClear(rules, place);
  const titled = { ...schema, title: `${vendor.label} options` };
  return nullIfEmpty(
    changeableSchema(titled, { places: updateOptionPlaces(vendor), table, rules, isClearable, keepsSecrets: true }),
  );
}
