// Looker's jdbc_additional_params: one text with two owners. What `config` knows of it (a Snowflake warehouse, an Athena
// results folder) stands in front, the caller's own parameters behind it. No secret is revealed here.
import { valueAt, type FieldKey, type Values } from '../../fields/fields.ts';

type Pair = readonly [name: string, value: string];

/** What `config` keeps there: our field, and the driver's name of it, in the order in which they are written. */
const CONFIG_PARAMS: Readonly<Record<string, Readonly<Record<FieldKey, string>>>> = {
  athena: { s3StagingDir: 's3_staging_dir' },
  databricks: { httpPath: 'httpPath' },
  snowflake: { account: 'account', warehouse: 'warehouse', role: 'role' },
};

/** The parameters that a dialect's settings make. */
export const configParams = (dialect: string, config: Values): Pair[] =>
  Object.entries(CONFIG_PARAMS[dialect] ?? {}).flatMap(([key, name]) => {
    const value = valueAt(config, key);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });

// Drivers separate by & or by ; (Databricks, Athena): a credential behind either is no part of the value before it.
const split = (params: string): Pair[] =>
  params
    .split(/[&;]/)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part.trim(), ''] : [part.slice(0, at).trim(), part.slice(at + 1)];
    });

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

// A path or a URL stays as people write it; only what would end the value, or blanks, are encoded. Half a character, as
// JSON can hold one, becomes the sign for that: encodeURI would throw.
const encode = (value: string): string =>
  encodeURI(Buffer.from(value).toString()).replaceAll(/[&=#?+;]/g, encodeURIComponent);

export const writeParams = (known: readonly Pair[], own: string): string =>
  [...known.map(([name, value]) => `${name}=${encode(value)}`), ...(own === '' ? [] : [own])].join('&');

const namesOf = (params: string): string[] => split(params).map(([name]) => name.toLowerCase());

/** Whether a text that a caller gives is more than key=value pairs with separators between them. */
export const hasEmptyParams = (params: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  /^\s*\?|\?\s*$|[\u0000-\u001f\u007f]/.test(params) || params.split(/[&;]/).some((part) => /^\s*(?:=|$)/.test(part));

/** The names that are in a caller's own text too. */
export function namesTwice(known: readonly Pair[], own: string): string[] {
  const names = new Set(namesOf(own));
  return known.map(([name]) => name).filter((name) => names.has(name.toLowerCase()));
}

/** One parameter as it stands, and what separates it from the one before. */
interface Part {
  readonly separator: string;
  readonly text: string;
}

const partsOf = (params: string): Part[] => {
  const tokens = params.split(/([&;])/);
  return tokens.flatMap((text, at) =>
    at % 2 === 0 && text.trim() !== '' ? [{ separator: tokens[at - 1] ?? '', text }] : [],
  );
};

const join = (parts: readonly Part[], separator: string): string =>
  parts.map((part, at) => (at === 0 ? '' : part.separator || separator) + part.text).join('');

/** Whether a change of these settings is one of the text that both own, which then must be read first. */
export const changesParams = (dialect: string, config: Values): boolean =>
  Object.keys(CONFIG_PARAMS[dialect] ?? {}).some((key) => config[key] !== undefined);

/** Whether a dialect's settings own a part of the text. */
export const sharesParams = (dialect: string): boolean => dialect in CONFIG_PARAMS;

/** The text with other parameters of the caller's; what `config` keeps there stands as it stood. */
export function replaceOwn(dialect: string, params: string, own: string): string {
  const known = Object.values(CONFIG_PARAMS[dialect] ?? {}).map((name) => name.toLowerCase());
  const kept = partsOf(params).filter(({ text }) => known.includes(namesOf(text)[0] ?? ''));
  return [join(kept, '&'), own].filter((one) => one !== '').join('&');
}

/** The text with what `config` keeps there as it is to be: null takes a parameter out. All else stands as it stood. */
export function replaceKnown(dialect: string, params: string, config: Values): string {
  let parts = partsOf(params);
  const added: Part[] = [];
  for (const [key, name] of Object.entries(CONFIG_PARAMS[dialect] ?? {})) {
    const value = config[key];
    if (value === undefined || (value !== null && readParam(dialect, key, params) === value)) continue;
    const isIt = ({ text }: Part) => namesOf(text)[0] === name.toLowerCase();
    const first = parts.find(isIt);
    const rest = parts.filter((one) => !isIt(one) || (one === first && value !== null));
    const text = typeof value === 'string' ? `${name}=${encode(value)}` : '';
    if (text !== '' && !first) added.push({ separator: '', text });
    parts = rest.map((one) => (one === first ? { ...one, text } : one));
  }
  return join([...added, ...parts], /[&;]/.exec(params)?.[0] ?? '&');
}

/** The parameters of `config` that stand in a text. */
export const paramsOfConfig = (dialect: string, params: string): Pair[] => {
  const known = Object.values(CONFIG_PARAMS[dialect] ?? {});
  const names = namesOf(params);
  return known.flatMap((name) => (names.includes(name.toLowerCase()) ? [[name, ''] as const] : []));
};

/** Whether there is more than `config` shows. */
export function hasOwnParams(dialect: string, params: string): boolean {
  const known = Object.values(CONFIG_PARAMS[dialect] ?? {}).map((name) => name.toLowerCase());
  return namesOf(params).some((name) => !known.includes(name));
}

/** The parameter that holds a field of `config`, as it was meant; null where there is none. */
export function readParam(dialect: string, key: FieldKey, params: string): string | null {
  const wanted = CONFIG_PARAMS[dialect]?.[key]?.toLowerCase();
  const pair = split(params).find(([name]) => name.toLowerCase() === wanted);
  return pair && pair[1] !== '' ? decode(pair[1]) : null;
}
