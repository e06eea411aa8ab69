// Looker's `jdbc_additional_params`: one text of driver parameters. Some of them come from `config`, such as the warehouse of
// Snowflake. The others are the caller's. No secret is revealed here.
import { valueAt, type FieldKey, type Values } from '../../../fields/values-by-key.ts';
import type { Secret } from '../../../secrets/secret.ts';

type Param = readonly [name: string, value: string];

/** The driver's name of each field of `config` that Looker stores in the text, by dialect, in the order of writing. */
const CONFIG_PARAMS: Readonly<Record<string, Readonly<Record<FieldKey, string>>>> = {
  athena: { s3StagingDir: 's3_staging_dir' },
  databricks: { httpPath: 'httpPath' },
  snowflake: { account: 'account', warehouse: 'warehouse', role: 'role' },
};

const configNames = (dialect: string): string[] => Object.values(CONFIG_PARAMS[dialect] ?? {});
const lowerConfigNames = (dialect: string): string[] => configNames(dialect).map((name) => name.toLowerCase());

/** Checks whether a dialect stores some of its settings in the driver parameters. */
export const hasConfigParams = (dialect: string): boolean => dialect in CONFIG_PARAMS;

/** Checks whether a change of these settings changes the driver parameters, which must then be read first. */
export const changesConfigParams = (dialect: string, config: Values): boolean =>
  Object.keys(CONFIG_PARAMS[dialect] ?? {}).some((key) => config[key] !== undefined);

/** Returns the driver parameters that the settings of a dialect make. */
export const configParams = (dialect: string, config: Values): Param[] =>
  Object.entries(CONFIG_PARAMS[dialect] ?? {}).flatMap(([key, name]) => {
    const value = valueAt(config, key);
    return typeof value === 'string' ? [[name, value] as const] : [];
  });

// Some drivers separate parameters by &, others by ; (Databricks, Athena). Text after a separator is not part of the value before it,
// since it may be a credential.
const splitParams = (params: string): Param[] =>
  params
    .split(/[&;]/)
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const at = part.indexOf('=');
      return at < 0 ? [part.trim(), ''] : [part.slice(0, at).trim(), part.slice(at + 1)];
    });

const namesIn = (params: string): string[] => splitParams(params).map(([name]) => name.toLowerCase());

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

// A path or a URL stays readable: only characters that would end the value, and blanks, are encoded. encodeURI throws on an
// unpaired surrogate, which JSON can hold; Buffer replaces it by U+FFFD.
const encode = (value: string): string =>
  encodeURI(Buffer.from(value).toString()).replaceAll(/[&=#?+;]/g, encodeURIComponent);

/** Returns the driver parameters of a new connection: those of `config`, then the caller's. */
export const writeParams = (params: readonly Param[], callerParams: string): string =>
  [...params.map(([name, value]) => `${name}=${encode(value)}`), ...(callerParams === '' ? [] : [callerParams])].join(
    '&',
  );

/** A caller's text that is not only key=value pairs: it has an empty pair, a ? around it, or a control character. */
// oxlint-disable-next-line no-control-regex -- it looks for control characters
const MALFORMED = /^\s*\?|\?\s*$|[\u0000-\u001f\u007f]|(?:^|[&;])\s*(?:[=&;]|$)/;

/** Checks whether a text of driver parameters is not a list of key=value pairs. */
export const isMalformed = (params: Secret): boolean => params.matches(MALFORMED);

/** Returns those of the parameter names that a caller's text sets. */
export const namesSetIn = (names: readonly string[], callerParams: Secret): string[] =>
  names.filter((name) => callerParams.matches(new RegExp(String.raw`(?:^|[&;])\s*${name}\s*(?:[=&;]|$)`, 'i')));

/** The text of one parameter, and the separator before it. */
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

const joinParts = (parts: readonly Part[], separator: string): string =>
  parts.map((part, at) => (at === 0 ? '' : part.separator || separator) + part.text).join('');

/** Returns stored driver parameters with the caller's part replaced. The part of `config` stays as it is. */
export function replaceCallerParams(dialect: string, params: string, callerParams: string): string {
  const names = lowerConfigNames(dialect);
  const configParts = partsOf(params).filter(({ text }) => names.includes(namesIn(text)[0] ?? ''));
  return [joinParts(configParts, '&'), callerParams].filter((text) => text !== '').join('&');
}

/** Returns stored driver parameters with the changes of `config`; null removes a parameter. All other text stays as it is. */
export function replaceConfigParams(dialect: string, params: string, config: Values): string {
  let parts = partsOf(params);
  const added: Part[] = [];
  for (const [key, name] of Object.entries(CONFIG_PARAMS[dialect] ?? {})) {
    const value = config[key];
    if (value === undefined || (value !== null && readParam(dialect, key, params) === value)) continue;
    const hasName = ({ text }: Part) => namesIn(text)[0] === name.toLowerCase();
    const first = parts.find(hasName);
    const rest = parts.filter((part) => !hasName(part) || (part === first && value !== null));
    const text = typeof value === 'string' ? `${name}=${encode(value)}` : '';
    if (text !== '' && !first) added.push({ separator: '', text });
    parts = rest.map((part) => (part === first ? { ...part, text } : part));
  }
  return joinParts([...added, ...parts], /[&;]/.exec(params)?.[0] ?? '&');
}

/** Returns the names of those parameters of `config` that a text sets. */
export const configNamesIn = (dialect: string, params: string): string[] => {
  const names = namesIn(params);
  return configNames(dialect).filter((name) => names.includes(name.toLowerCase()));
};

/** Checks whether a text has other parameters than those that `config` shows. */
export function hasCallerParams(dialect: string, params: string): boolean {
  const names = lowerConfigNames(dialect);
  return namesIn(params).some((name) => !names.includes(name));
}

/** Returns the decoded value of the parameter that stores a field of `config`; null where the text has none. */
export function readParam(dialect: string, key: FieldKey, params: string): string | null {
  const wanted = CONFIG_PARAMS[dialect]?.[key]?.toLowerCase();
  const param = splitParams(params).find(([name]) => name.toLowerCase() === wanted);
  return param && param[1] !== '' ? decode(param[1]) : null;
}
