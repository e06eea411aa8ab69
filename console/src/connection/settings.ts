// Turns the settings of any dialect and any vendor into names and values.

/** A setting: a text, the status of a secret, or settings of its own. */
export type Setting =
  | { readonly name: string; readonly kind: 'text'; readonly text: string }
  | { readonly name: string; readonly kind: 'secret'; readonly status: SecretStatus }
  | { readonly name: string; readonly kind: 'group'; readonly settings: readonly Setting[] };

export type SecretStatus = 'SET' | 'NOT_SET' | 'UNKNOWN';

type Values = Readonly<Record<string, unknown>>;

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null;

/** Words that are written in capitals. */
const CAPITALS = new Set([
  'api',
  'arn',
  'aws',
  'ca',
  'id',
  'ids',
  'jdbc',
  'pdt',
  's3',
  'sql',
  'ssh',
  'tls',
  'tns',
  'url',
]);

/** Returns the name of a field for people: `Project ID` for `projectId`. */
export function fieldName(field: string): string {
  const words = field
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(' ')
    .map((word) => (CAPITALS.has(word) ? word.toUpperCase() : word))
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function settingOf(name: string, value: unknown): Setting | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    if (!value.some(isValues)) return value.length > 0 ? { name, kind: 'text', text: value.join(', ') } : null;
    const items = value.map((item, index) => settingOf(String(index + 1), item)).filter((item) => item !== null);
    return { name, kind: 'group', settings: items };
  }
  if (!isValues(value)) return { name, kind: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) };
  if (value['__typename'] === 'MaskedSecret') return { name, kind: 'secret', status: value['status'] as SecretStatus };
  const settings = settingsOf(value);
  return settings.length > 0 ? { name, kind: 'group', settings } : null;
}

/** Returns the settings that are reported. */
export const settingsOf = (values: object): Setting[] =>
  Object.entries(values)
    .filter(([key]) => key !== '__typename')
    .map(([key, value]) => settingOf(fieldName(key), value))
    .filter((setting) => setting !== null);

/** Returns the names of the settings that are not reported. */
export const missingSettings = (values: object): string[] =>
  Object.entries(values)
    .filter(([key, value]) => key !== '__typename' && settingOf(key, value) === null)
    .map(([key]) => fieldName(key));
