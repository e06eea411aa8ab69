// Carries values between our fields and a vendor's JSON by a table. Writing reveals nothing itself (to-wire hands in how);
// reading is lenient: null and "" are alike, and a value of the wrong kind is read as nothing rather than failing the row.
import type { Draft } from '../domain/connection.ts';
import { OTHER_DIALECT } from '../fields/dialect.ts';
import { bracketedIpv6 } from '../formats/host.ts';
import { itemOf, metaOf, type FieldMeta, type FieldSchema, type Fields } from '../fields/field-meta.ts';
import { putAt, valueAt, type FieldKey, type Values } from '../fields/values.ts';
import { leavesOf } from '../fields/walk-fields.ts';
import { Secret, type SecretStatus } from '../secrets/secret.ts';
import { configPath, optionPath } from '../domain/input-paths.ts';
import { wireFieldOf, type DialectSupport, type WireField, type WireTable } from '../domain/vendor.ts';

const FORMS = {
  text: (value: unknown) => `${value as number}`,
  commaList: (value: unknown) => (value as string[]).join(','),
  not: (value: unknown) => !(value as boolean),
} satisfies Record<NonNullable<WireField['as']>, (value: unknown) => unknown>;

/** The body that a table makes of the values that were given; null is what clears a field. */
export function writeFields(
  fields: Fields,
  table: WireTable,
  values: Values,
  reveal: (secret: Secret, meta: FieldMeta) => string,
): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { key, meta } of leavesOf(fields)) {
    const value = valueAt(values, key);
    const entry = table[key];
    if (entry === undefined || value === undefined) continue;
    const { wire, as, derived } = wireFieldOf(entry);
    if (derived) continue;
    const plain = value instanceof Secret ? reveal(value, meta) : value;
    putAt(body, wire, as && plain !== null ? FORMS[as](plain) : plain);
  }
  return body;
}

const readText = (raw: unknown): string | null =>
  typeof raw === 'string' && raw !== '' ? raw : typeof raw === 'number' ? String(raw) : null;

/** A text as it stands; anything else is none. */
export const textOf = (raw: unknown): string => (typeof raw === 'string' ? raw : '');

function readInteger(raw: unknown): number | null {
  const value = typeof raw === 'string' && /^-?\d{1,10}$/.test(raw) ? Number(raw) : raw;
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 2_147_483_647 ? value : null;
}

function readBigInteger(raw: unknown): string | null {
  if (typeof raw === 'number') return Number.isSafeInteger(raw) ? String(raw) : null;
  return typeof raw === 'string' && /^\d+$/.test(raw) ? raw : null;
}

/** ISO time, or unix seconds as Looker writes them. */
export function readDate(raw: unknown): Date | null {
  const text = readText(raw) ?? '';
  const isSeconds = /^\d{9,11}$/.test(text);
  // Date makes something of nearly any text: "5" is a day of 2001.
  if (!isSeconds && !/^\d{4}-\d\d-\d\d/.test(text)) return null;
  // Without a zone it is UTC: the machine's own would make another instant of it on another machine.
  const hasZone = !text.includes(':') || /(Z|[+-]\d\d:?\d\d)$/i.test(text);
  const date = new Date(isSeconds ? Number(text) * 1000 : hasZone ? text : `${text}Z`);
  return Number.isNaN(date.getTime()) ? null : date;
}

export const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** Driver parameters behind a host or the name of a database: `;user=sa;password=…`, `?password=…`. */
const PARAMETERS = /(?:\s*[;?&][^;?&=]*=|#).*$/s;

/** A text of parameters alone, as libpq takes it in a name's place: a password may be anywhere in it. */
const isParameterText = (text: string): boolean => /\s\S+\s*=/.test(text);

/** Hosts with ports or without, one or several with commas between: what else stands behind a colon may be a password. */
const isHosts = (text: string): boolean =>
  text.split(',').every((one) => bracketedIpv6(one) !== null || /^(?:\[[^\]]*\]|[^:=]*)(?::\d{1,5})?$/.test(one)) &&
  !/%[\da-f]{2}/i.test(text);

const hostsAlone = (text: string): string | null => {
  const host = text.replace(/;.*$/s, '').trim();
  return host !== '' && isHosts(host) ? host : null;
};

/** A host alone: some vendors keep URLs or driver parameters there, which may hold credentials. */
export function readHost(raw: unknown): string | null {
  const value = readText(raw)?.replace(/^([^;?&@:]*)[;&][^;&=]*=.*$/s, '$1');
  if (value === undefined || value === null) return null;
  if (!/[@/?#]/.test(value)) return hostsAlone(value);
  const text = value.includes('://') ? value : `host://${value}`;
  if (!URL.canParse(text)) return null;
  const { host, pathname, search, hash } = new URL(text);
  // An unescaped / or ; in a password ends the host too early: then the password's beginning stands there.
  const isUncertain = `${pathname}${search}${hash}`.includes('@') || /;.*@/s.test(value);
  return isUncertain ? null : hostsAlone(host);
}

/** A URL, or a host with a path, without user info, query and path parameters; null where a password may reach into the rest. */
export function readUrl(raw: unknown): string | null {
  const text = readText(raw) ?? '';
  const match = /^([a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#]*@)?([^@/?#]*)(\/[^?#]*)?/i.exec(text);
  const [whole = '', scheme = '', authority = '', path = ''] = match ?? [];
  if (path.includes('@') || text.slice(whole.length).includes('@') || /;.*@/s.test(text)) return null;
  const host = hostsAlone(authority);
  // Behind a ; in place of a host's end nothing belongs to the path.
  return host && scheme + host + (authority.includes(';') ? '' : path.replace(/;.*$/s, ''));
}

/** The name of a database without driver parameters behind it. */
function readName(raw: unknown): string | null {
  const name = readText(raw)?.replace(PARAMETERS, '') ?? '';
  return name === '' || isParameterText(name) ? null : name;
}

function readPlain({ isHost, isUrl, isName, role }: FieldMeta, raw: unknown): string | null {
  if (isHost) return readHost(raw);
  if (isUrl) return readUrl(raw);
  return isName || role === 'database' ? readName(raw) : readText(raw);
}

function readList(schema: FieldSchema, raw: unknown): unknown[] | null {
  if (!Array.isArray(raw)) return null;
  const item = itemOf(schema);
  return raw.map((one) => readLeaf(metaOf(item), item, one)).filter((one) => one !== null);
}

function readLeaf(meta: FieldMeta, schema: FieldSchema, raw: unknown): unknown {
  switch (meta.kind) {
    case 'text':
      return readPlain(meta, raw);
    case 'integer':
      return readInteger(raw);
    case 'bigInt':
      return readBigInteger(raw);
    case 'flag':
      return typeof raw === 'boolean' ? raw : null;
    case 'choice':
      return typeof raw === 'string' && meta.values && Object.hasOwn(meta.values, raw) ? raw : null;
    case 'dateTime':
      return readDate(raw);
    case 'json':
      return isObject(raw) ? raw : null;
    case 'list':
      return readList(schema, raw);
    default:
      return null;
  }
}

/** A flag that the vendor keeps the other way round; a number as text is read by its kind alone. */
const turnedBack = (as: WireField['as'], value: unknown): unknown =>
  as === 'not' && typeof value === 'boolean' ? !value : value;

const readItems = (schema: FieldSchema, items: WireTable, raw: unknown): unknown[] | null =>
  Array.isArray(raw)
    ? raw.filter(isObject).map((one) => readFields(itemOf(schema) as Fields, items, one, () => 'UNKNOWN'))
    : null;

/**
 * What a vendor's JSON tells of a definition's fields: the table is the allow-list.
 * @param fields of what is told.
 * @param statusOf what the vendor tells of the secret in one of its fields.
 */
export function readFields(
  fields: Fields,
  table: WireTable,
  wire: Values,
  statusOf: (wireName: string) => SecretStatus,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { key, meta, schema } of leavesOf(fields)) {
    const entry = table[key];
    if (entry === undefined) continue;
    const { wire: name, as, derived, items } = wireFieldOf(entry);
    if (meta.kind === 'secret') putAt(values, key, statusOf(name));
    else if (items) putAt(values, key, readItems(schema, items, valueAt(wire, name)));
    else if (!derived) putAt(values, key, turnedBack(as, readLeaf(meta, schema, valueAt(wire, name))));
  }
  return values;
}

/** Whether the JSON holds something under a name: how a vendor that echoes secrets tells that one is set. */
export const echoedStatus = (wire: Values, name: string, absent: SecretStatus): SecretStatus => {
  const value = valueAt(wire, name);
  if (value === undefined) return absent;
  return value === null || value === '' || (Array.isArray(value) && value.length === 0) ? 'NOT_SET' : 'SET';
};

/** The support entry of a vendor's word; a word outside the table is `other`. */
export function supportOfWord(table: Readonly<Record<string, DialectSupport>>, word: string): DialectSupport {
  const known = Object.values(table).find((one) => one.word === word || one.alsoReads?.includes(word));
  const other = table[OTHER_DIALECT];
  if (!known && !other) throw new Error('A vendor says how it reads a dialect that nobody knows.');
  return (known ?? other) as DialectSupport;
}

const keysOfWireName = (table: WireTable, name: string): FieldKey[] =>
  Object.keys(table).filter((key) => wireFieldOf(table[key] as WireTable[string]).wire === name);

/**
 * Where in the input a field is that the vendor names in a refusal; the dialect's input as a whole when it is none of ours.
 * Of several fields that end there, one that was given.
 * @param optionsWire the vendor's table of options.
 */
export function pathOfWireName(name: string, draft: Draft, vendor: string, optionsWire: WireTable): string[] {
  if (name === 'name') return ['input', 'name'];
  const { dialect, support, config, options } = draft;
  const places = [
    ...keysOfWireName(support.fields, name).map((key) => ({
      path: configPath(dialect, key),
      value: valueAt(config, key),
    })),
    ...keysOfWireName(optionsWire, name).map((key) => ({
      path: optionPath(vendor, key),
      value: valueAt(options, key),
    })),
  ];
  const place = places.find(({ value }) => value !== undefined) ?? places[0];
  return place?.path ?? ['input', 'config', dialect];
}
