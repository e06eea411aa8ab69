// From the values of a form to the input of a mutation. Secrets come from the vault; fields that were left empty are left out.
import type { RJSFSchema } from '@rjsf/utils';
import { alternativesOf, isSecret, propertiesOf, type Json } from './form-schema.ts';
import { CLEAR, type SecretVault } from './secret-vault.ts';

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the fields of a group or of all alternatives of a one-of group. */
const fieldsOf = (schema: RJSFSchema): Readonly<Record<string, RJSFSchema>> =>
  Object.assign({ ...propertiesOf(schema) }, ...alternativesOf(schema).map(propertiesOf)) as Record<string, RJSFSchema>;

const undefinedIfEmpty = (entries: readonly (readonly [string, unknown])[]): Json | undefined => {
  const present = entries.filter(([, value]) => value !== undefined);
  return present.length > 0 ? Object.fromEntries(present) : undefined;
};

/** Returns what a form adds to an input; undefined for what was left empty. */
export function inputOf(schema: RJSFSchema, value: unknown, vault: SecretVault): unknown {
  if (isSecret(schema)) return vault.textOf(value);
  if (value === undefined || value === null || value === '') return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item) => inputOf((schema.items ?? {}) as RJSFSchema, item, vault));
    const present = items.filter((item) => item !== undefined);
    return present.length > 0 ? present : undefined;
  }
  if (!isObject(value)) return value;
  const fields = fieldsOf(schema);
  return undefinedIfEmpty(
    Object.entries(value).flatMap(([name, inner]) =>
      fields[name] ? [[name, inputOf(fields[name], inner, vault)] as const] : [],
    ),
  );
}

/**
 * Returns an object with one field, to be used as a one-of input: the form is drawn from the gateway's own schema, so its values have the
 * type of the field.
 */
export const oneOf = (field: string, value: Json): object => ({ [field]: value });

/** Returns the change of a stored secret: undefined keeps it. */
function secretPatchOf(value: unknown, vault: SecretVault): Json | undefined {
  if (value === CLEAR) return { clear: true };
  const replace = vault.textOf(value);
  return replace === undefined ? undefined : { replace };
}

/** Returns the change of a field, a list or a one-of group, which are replaced as a whole: null clears, undefined keeps. */
function unitPatchOf(schema: RJSFSchema, value: unknown, stored: unknown, vault: SecretVault): unknown {
  const sent = inputOf(schema, value, vault);
  const before = inputOf(schema, stored, vault);
  if (JSON.stringify(sent) === JSON.stringify(before)) return undefined;
  return sent === undefined ? null : sent;
}

/**
 * Returns what an update changes: only the fields whose values differ from the stored ones. Undefined when nothing changes.
 * @param stored the values that the form began with.
 */
export function patchOf(schema: RJSFSchema, value: unknown, stored: unknown, vault: SecretVault): Json | undefined {
  const values = isObject(value) ? value : {};
  const before = isObject(stored) ? stored : {};
  return undefinedIfEmpty(
    Object.entries(propertiesOf(schema)).map(([name, property]) => {
      if (isSecret(property)) return [name, secretPatchOf(values[name], vault)] as const;
      if (property.properties) return [name, patchOf(property, values[name], before[name], vault)] as const;
      return [name, unitPatchOf(property, values[name], before[name], vault)] as const;
    }),
  );
}

/** Whether a form changes a field of which the catalogue does not say that its change keeps the stored secrets. */
export function mayRedirect(schema: RJSFSchema, value: unknown, stored: unknown, vault: SecretVault): boolean {
  const values = isObject(value) ? value : {};
  const before = isObject(stored) ? stored : {};
  return Object.entries(propertiesOf(schema)).some(([name, property]) => {
    if (isSecret(property) || property['x-keeps-secrets'] === true) return false;
    if (property.properties) return mayRedirect(property, values[name], before[name], vault);
    return unitPatchOf(property, values[name], before[name], vault) !== undefined;
  });
}

/** The kind that a read reports for an alternative: `OAUTH_TOKEN` for `oauthToken`. */
const kindOf = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase();

const typeMatches = ({ type }: RJSFSchema, value: unknown): boolean =>
  type === 'integer' ? Number.isInteger(value) : type === typeof value;

/** Returns the reported values that a form begins with. Secrets are never reported. Undefined when nothing fits the schema. */
export function storedValues(schema: RJSFSchema, reported: unknown): unknown {
  if (reported === null || reported === undefined || isSecret(schema)) return undefined;
  if (Array.isArray(reported)) {
    return schema.type === 'array' ? reported.map((item) => storedValues(schema.items as RJSFSchema, item)) : undefined;
  }
  if (!isObject(reported)) return typeMatches(schema, reported) ? reported : undefined;
  const { kind, __typename: type } = reported;
  const alternatives = alternativesOf(schema).map(propertiesOf);
  const member = alternatives.flatMap(Object.entries).find(([name]) => `${name}config` === String(type).toLowerCase());
  if (member) return { [member[0]]: storedValues(member[1], reported) };
  const chosen = alternatives.find((one) =>
    Object.keys(one).some((name) => (kind === undefined ? isObject(reported[name]) : kindOf(name) === kind)),
  );
  const fields = chosen ?? propertiesOf(schema);
  return undefinedIfEmpty(
    Object.entries(fields).map(([name, property]) => [name, storedValues(property, reported[name])] as const),
  );
}
