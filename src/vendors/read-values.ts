// Reads single values of a vendor's JSON. Reading is lenient: null and "" mean the same, and a value of the wrong kind is read as
// null. From texts that may contain credentials, only the safe part is read.
import { bracketedIpv6 } from '../formats/host.ts';

/** Checks whether a value is a JSON object. */
export const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** The deepest JSON that is reported. `JSON.stringify` recurses, so a deeper value would fail the whole response. */
const MAX_JSON_LEVELS = 100;

const isWithinLevels = (raw: unknown, levels: number): boolean =>
  typeof raw !== 'object' ||
  raw === null ||
  (levels > 0 && Object.values(raw).every((value) => isWithinLevels(value, levels - 1)));

/** Returns a JSON object as it is; null for anything else and for an object that is nested deeper than 100 levels. */
export const readJsonObject = (raw: unknown): Record<string, unknown> | null =>
  isObject(raw) && isWithinLevels(raw, MAX_JSON_LEVELS) ? raw : null;

/** Returns a text as it is; '' for anything else. */
export const textOf = (raw: unknown): string => (typeof raw === 'string' ? raw : '');

/** Returns a text, or a number as text; null for anything else and for "". */
export const readText = (raw: unknown): string | null =>
  typeof raw === 'string' && raw !== '' ? raw : typeof raw === 'number' ? String(raw) : null;

/** Returns a 32-bit integer, which may be written as text; null for anything else. */
export function readInteger(raw: unknown): number | null {
  const value = typeof raw === 'string' && /^-?\d{1,10}$/.test(raw) ? Number(raw) : raw;
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2_147_483_647 ? value : null;
}

/** Returns an integer of any size as its digits; null for anything else and for a number that lost digits. */
export function readBigInteger(raw: unknown): string | null {
  if (typeof raw === 'number') return Number.isSafeInteger(raw) ? String(raw) : null;
  return typeof raw === 'string' && /^\d+$/.test(raw) ? raw : null;
}

/** Returns the time of an ISO text or of Unix seconds; null for anything else. A time without a zone is UTC. */
export function readDate(raw: unknown): Date | null {
  const text = readText(raw) ?? '';
  const isSeconds = /^\d{9,11}$/.test(text);
  // Date parses nearly any text: "5" is a day in 2001.
  if (!isSeconds && !/^\d{4}-\d\d-\d\d/.test(text)) return null;
  // Date reads a time without a zone in the zone of this machine, so the zone is added.
  const hasZone = !text.includes(':') || /(Z|[+-]\d\d:?\d\d)$/i.test(text);
  const date = new Date(isSeconds ? Number(text) * 1000 : hasZone ? text : `${text}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Driver parameters after a host or the name of a database: `;user=sa;password=…`, `?password=…`. */
const PARAMETERS = /(?:\s*[;?&][^;?&=]*=|#).*$/s;

/** Checks whether a text is a list of libpq parameters, which libpq accepts in place of a name. It may contain a password. */
const isParameterList = (text: string): boolean => /\s\S+\s*=/.test(text);

/** Checks whether a text is one host or a comma-separated list of hosts, with or without ports. Other text after a colon may be a password. */
const isHostList = (text: string): boolean =>
  text.split(',').every((host) => bracketedIpv6(host) !== null || /^(?:\[[^\]]*\]|[^:=]*)(?::\d{1,5})?$/.test(host)) &&
  !/%[\da-f]{2}/i.test(text);

const readHostList = (text: string): string | null => {
  const host = text.replace(/;.*$/s, '').trim();
  return host !== '' && isHostList(host) ? host : null;
};

/** Returns the host in a text, without the rest of a URL and without driver parameters, which may contain credentials. */
export function readHost(raw: unknown): string | null {
  const value = readText(raw)?.replace(/^([^;?&@:]*)[;&][^;&=]*=.*$/s, '$1');
  if (value === undefined || value === null) return null;
  if (!/[@/?#]/.test(value)) return readHostList(value);
  const text = value.includes('://') ? value : `host://${value}`;
  if (!URL.canParse(text)) return null;
  const { host, pathname, search, hash } = new URL(text);
  // An unescaped `/` or `;` in a password ends the host too early: then the host is the beginning of the password.
  const isUncertain = `${pathname}${search}${hash}`.includes('@') || /;.*@/s.test(value);
  return isUncertain ? null : readHostList(host);
}

/** Returns a URL, or a host with a path, without user info, query and path parameters; null when a part may belong to a password. */
export function readUrl(raw: unknown): string | null {
  const text = readText(raw) ?? '';
  const match = /^([a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#]*@)?([^@/?#]*)(\/[^?#]*)?/i.exec(text);
  const [whole = '', scheme = '', authority = '', path = ''] = match ?? [];
  if (path.includes('@') || text.slice(whole.length).includes('@') || /;.*@/s.test(text)) return null;
  const host = readHostList(authority);
  // After a `;` that ends the host there is no path.
  return host && scheme + host + (authority.includes(';') ? '' : path.replace(/;.*$/s, ''));
}

/** Returns the name of a database without the driver parameters after it; null when it may contain a password. */
export function readDatabaseName(raw: unknown): string | null {
  const name = readText(raw)?.replace(PARAMETERS, '') ?? '';
  return name === '' || isParameterList(name) ? null : name;
}
