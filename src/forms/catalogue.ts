// The catalogue: who takes which dialect, and as JSON Schema what of it each vendor takes and requires. It follows from
// the tables by which a create is reviewed, so that a form and the gateway agree.
import { itemOf, metaOf, type Fields } from '../fields/field-meta.ts';
import { memoize } from '../fields/memoize.ts';
import type { FieldKey } from '../fields/values.ts';
import { unitsOf } from '../fields/walk-fields.ts';
import { jsonSchemaOf, propertiesOf, titleOf, type JsonSchema, type Properties } from './json-schema.ts';
import { isOptionKey, OPTIONS_PREFIX } from '../domain/input-paths.ts';
import { type DialectSupport, type FieldSupport, type WireTable, wireNamesIn } from '../domain/dialect-support.ts';
import { scopeOf, type UpdateRules, type Vendor } from '../domain/vendor.ts';

type Way = readonly FieldKey[];

/** A schema of an object that has every field of a way: `oauth.clientId` is required in `oauth`, which is required. */
function demand(way: Way): JsonSchema {
  const required = [...new Set(way.map((key) => key.split('.')[0] as string))];
  const groups = required.filter((name) => !way.includes(name));
  const inside = groups.map((name) => {
    const parts = way.filter((key) => key.startsWith(`${name}.`)).map((key) => key.slice(name.length + 1));
    return [name, demand(parts)] as const;
  });
  return { required, ...(inside.length > 0 ? { properties: Object.fromEntries(inside) } : {}) };
}

const titleOfWay = (way: Way): string => way.map((key) => titleOf(key.split('.').at(-1) ?? key)).join(', ');

/** What must be there: what all ways share, and one of what sets them apart. */
function requirements(ways: readonly Way[]): JsonSchema {
  const [first = []] = ways;
  const shared = first.filter((key) => ways.every((way) => way.includes(key)));
  const others = ways.map((way) => way.filter((key) => !shared.includes(key)));
  const isChoice = others.length > 1 && others.every((way) => way.length > 0);
  return {
    ...(shared.length > 0 ? demand(shared) : {}),
    ...(isChoice ? { anyOf: others.map((way) => ({ title: titleOfWay(way), ...demand(way) })) } : {}),
  };
}

/** Adds to a schema what a table requires and what it finds contradicting, as far as the fields alone can tell. */
function demandAll(schema: JsonSchema, { required, exclusive = [] }: FieldSupport): JsonSchema {
  const ownWays = required.filter((way) => !way.some(isOptionKey));
  const standIns = [...new Set(required.flat().filter(isOptionKey))].map((key) => key.slice(OPTIONS_PREFIX.length));
  const pairs = exclusive
    .flatMap(([ones, others]) => ones.flatMap((one) => others.map((other) => [one, other])))
    .filter((pair) => !pair.some(isOptionKey));
  const { properties: nested, ...rest } = requirements(ownWays);
  const properties = { ...propertiesOf(schema) };
  for (const [name, one] of Object.entries((nested ?? {}) as Properties))
    properties[name] = { ...properties[name], ...one };
  return {
    ...schema,
    ...rest,
    properties,
    ...(pairs.length > 0 ? { not: { anyOf: pairs.map(demand) } } : {}),
    // A way that leads over an option is none of this schema's: a form is to show the option's own field.
    ...(standIns.length > 0 ? { 'x-unless-options': standIns } : {}),
  };
}

/** The schema of a field whose values a vendor takes in part only. */
function narrow(schema: JsonSchema, known: readonly (string | boolean)[]): JsonSchema {
  const { oneOf } = schema;
  if (Array.isArray(oneOf))
    return { ...schema, oneOf: oneOf.filter((one) => known.includes((one as JsonSchema)['const'] as string)) };
  return known.length === 1 ? { ...schema, const: known[0] } : { ...schema, enum: [...known] };
}

/** An alternative inside the items of a list, by the table of its kind. */
function narrowItem(schema: JsonSchema, item: Fields, kinds: Readonly<Record<string, FieldSupport>>): JsonSchema {
  const properties = Object.entries(propertiesOf(schema)).map(([name, property]) => {
    const alternatives = item.shape[name] as Fields;
    if (metaOf(alternatives).kind !== 'oneOf') return [name, property] as const;
    const oneOf = (property['oneOf'] as JsonSchema[]).flatMap((one) => {
      const [[kind, inner] = []] = Object.entries(propertiesOf(one));
      const support = kind === undefined ? undefined : kinds[kind];
      if (kind === undefined || inner === undefined || !support) return [];
      const taken = takenBy(inner, alternatives.shape[kind] as Fields, support);
      return [{ ...one, properties: { [kind]: demandAll(taken, support) } }];
    });
    return [name, { ...property, oneOf }] as const;
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** A schema without the fields that a table does not name. */
function takenBy(schema: JsonSchema, fields: Fields, support: FieldSupport, prefix = ''): JsonSchema {
  const properties = Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const key = prefix + name;
    const field = fields.shape[name] as Fields;
    const { kind } = metaOf(field);
    if (kind === 'group') {
      const inner = takenBy(property, field, support, `${key}.`);
      return Object.keys(propertiesOf(inner)).length > 0 ? [[name, inner] as const] : [];
    }
    if (kind === 'oneOf') {
      const isTaken = Object.keys(support.fields).some((taken) => taken.startsWith(`${key}.`));
      return isTaken ? [[name, property] as const] : [];
    }
    if (!(key in support.fields)) return [];
    const known = support.values?.[key];
    return [[name, known ? narrow(property, known) : property] as const];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** JSON Schema of a dialect's input, every vendor's fields together. */
export const inputSchemaOf = memoize((fields: Fields): JsonSchema => jsonSchemaOf(fields));

/** JSON Schema of a dialect's input as one vendor takes it for a new connection. */
export const createSchemaOf = memoize((support: DialectSupport): JsonSchema => {
  const { dialect, itemSupport: inside = {} } = support;
  const taken = takenBy(inputSchemaOf(dialect.fields), dialect.fields, support);
  const properties = { ...propertiesOf(taken) };
  for (const [list, kinds] of Object.entries(inside)) {
    const property = properties[list] ?? {};
    const item = itemOf(dialect.fields.shape[list] as Fields) as Fields;
    const isNeeded = support.required.some((way) => way.includes(list));
    properties[list] = {
      ...property,
      ...(isNeeded ? { minItems: 1 } : {}),
      items: narrowItem(property['items'] as JsonSchema, item, kinds),
    };
  }
  return demandAll({ ...taken, title: dialect.label, properties }, support);
});

/** JSON Schema of a vendor's options for a new connection of a dialect. */
export function optionsSchemaOf(vendor: Vendor, { dialect, values = {} }: DialectSupport): JsonSchema {
  const schema = inputSchemaOf(vendor.options);
  const properties = Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const elsewhere = scopeOf(vendor, dialect.key, name)?.inOtherDialects;
    if (elsewhere === 'REFUSED') return [];
    const known = values[OPTIONS_PREFIX + name];
    const narrowed = known ? narrow(property, known) : property;
    return [[name, elsewhere === 'IGNORED' ? { ...narrowed, 'x-ignored': true } : narrowed] as const];
  });
  return { ...schema, title: `${vendor.label} options`, properties: Object.fromEntries(properties) };
}

interface Change {
  readonly table: WireTable;
  readonly rules: UpdateRules;
  readonly isClearable: (key: FieldKey) => boolean;
}

/** A schema without what cannot be changed, and with a mark on what can be cleared. */
function changeable(schema: JsonSchema, change: Change, prefix = ''): JsonSchema {
  const { table, rules, isClearable } = change;
  const properties = Object.entries(propertiesOf(schema)).flatMap(([name, property]) => {
    const key = prefix + name;
    const marked = isClearable(key) ? { ...property, 'x-clearable': true } : property;
    if (Object.keys(propertiesOf(property)).length > 0 && !(key in table)) {
      const group = changeable(marked, change, `${key}.`);
      return Object.keys(propertiesOf(group)).length > 0 ? [[name, group] as const] : [];
    }
    const wires = wireNamesIn(table, key);
    return wires.length > 0 && wires.every((wire) => rules.canChange(wire)) ? [[name, marked] as const] : [];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

/** Nothing is required of a change. */
function withoutRequirements(whole: JsonSchema): JsonSchema {
  const demands = new Set(['required', 'anyOf', 'x-unless-options']);
  const schema: JsonSchema = Object.fromEntries(Object.entries(whole).filter(([key]) => !demands.has(key)));
  const properties = Object.entries(propertiesOf(schema)).map(
    ([name, property]) => [name, property['type'] === 'object' ? withoutRequirements(property) : property] as const,
  );
  return 'properties' in schema ? { ...schema, properties: Object.fromEntries(properties) } : schema;
}

const orNull = (schema: JsonSchema): JsonSchema | null =>
  Object.keys(propertiesOf(schema)).length > 0 ? schema : null;

/** JSON Schema of what can be changed of a dialect's settings at one vendor; null where nothing can be. */
export function updateSchemaOf(rules: UpdateRules, support: DialectSupport): JsonSchema | null {
  const { fields: table, required } = support;
  const isNeeded = (key: FieldKey) => required.length > 0 && required.every((way) => way.includes(key));
  const isClearable = (key: FieldKey) =>
    wireNamesIn(table, key).every((wire) => rules.canClear(wire)) &&
    !isNeeded(key) &&
    unitsOf(support.dialect.fields).some((unit) => unit.key === key);
  return orNull(changeable(withoutRequirements(createSchemaOf(support)), { table, rules, isClearable }));
}

/** The same of what only the vendor takes. */
export function updateOptionsSchemaOf(vendor: Vendor, rules: UpdateRules, support: DialectSupport): JsonSchema | null {
  const { options, optionsWire: table } = rules;
  const own = options === vendor.options ? optionsSchemaOf(vendor, support) : inputSchemaOf(options);
  const isClearable = (key: FieldKey) =>
    (options.shape[key] !== undefined && metaOf(options.shape[key]).isRemovable === true) ||
    (unitsOf(options).some((unit) => unit.key === key) &&
      wireNamesIn(table, key).every((wire) => rules.canClear(wire)));
  return orNull(changeable({ ...own, title: `${vendor.label} options` }, { table, rules, isClearable }));
}
