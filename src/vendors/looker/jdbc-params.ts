// Looker's jdbc_additional_params: one text with two owners. What `config` knows of it (a Snowflake warehouse, an Athena
// results folder) stands in front, the caller's own parameters behind it. No secret is revealed here.
import { valueAt, type FieldKey, type Values } from '../../domain/fields.ts';

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

/** The names that are in a caller's own text too. */
export function namesTwice(known: readonly Pair[], own: string): string[] {
  const names = new Set(namesOf(own));
  return known.map(([name]) => name).filter((name) => names.has(name.toLowerCase()));
}

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
