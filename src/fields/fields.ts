// The words in which a dialect, or a vendor's options and details, are defined: plain zod types (required, no default,
// no null) with what else is known of a field beside them. GraphQL types, JSON Schema and the list of secrets derive from these.
import * as z from 'zod';
import {
  invisibleMessage,
  INVISIBLE_RANGES,
  findInvisible,
  findInvisibleInLabel,
  type InvisibleCharacter,
} from '../formats/invisible-characters.ts';
import { snowflakeAccountOf } from '../formats/host.ts';
import { accountProblem, addressProblem, hostProblem } from '../formats/host-checks.ts';
import { Secret } from '../secrets/secret.ts';
import type { SecretFormat } from '../secrets/secret-formats.ts';

export type FieldKind =
  'text' | 'integer' | 'bigInt' | 'flag' | 'secret' | 'choice' | 'dateTime' | 'json' | 'group' | 'oneOf' | 'list';

/** What a field means in every dialect, whatever the dialect calls it: filters and sorting look there. */
export type FieldRole = 'host' | 'database' | 'username';

export interface FieldMeta {
  readonly kind: FieldKind;
  readonly description: string;
  /**
   * Why a change of this field alone cannot send a stored secret to another place. Without a reason it is assumed that it can:
   * an update that changes the field must send the stored secrets again.
   */
  readonly safeToChange?: string;
  /** Of a flag: why turning it on is safe, though turning it off is not. */
  readonly safeToTurnOn?: string;
  readonly role?: FieldRole;
  /** A host name: what a vendor keeps there is shown without user info, path and query. */
  readonly isHost?: boolean;
  /** Of an account: the account whose usual host this is, so that account and host name are one place; null for any other host. */
  readonly accountOf?: (host: string) => string | null;
  /** A plain name: what a vendor keeps there is shown without the driver properties behind it. */
  readonly isName?: boolean;
  /** A URL: what a vendor keeps there is shown without user info and query. */
  readonly isUrl?: boolean;
  /** Of a port: those that drivers take when none is given, on a plain line and on an encrypted one. */
  readonly usualPorts?: { readonly plain: number; readonly encrypted: number };
  /** A value as it might be, shown in forms. */
  readonly example?: string | number;
  /** A part of what it stands in, which is nothing without it. */
  readonly required?: boolean;
  /** Always told when what it stands in is. */
  readonly told?: boolean;
  /** Only written, or only read. */
  readonly only?: 'input' | 'output';
  /** What a read tells in its place, where that has another shape. */
  readonly readAs?: FieldSchema;
  /** Of a secret in a group: what is told is the state of the group as a whole. */
  readonly toldByGroup?: boolean;
  /** Of a group: a change replaces or clears it as one, as it does a secret. */
  readonly isUnit?: boolean;
  /** Of a group: the name of the flag in it; while that is false, the vendor uses nothing of the group. */
  readonly switchedBy?: string;
  /** Of a group: null takes it away, in an update. */
  readonly removable?: boolean;
  /** Of a secret: the name of the one beside it that it is nothing without. */
  readonly partOf?: string;
  /** Of a secret: the form that its text must have. It is brought into that form before it is sent. */
  readonly form?: SecretFormat;
  /** Of a passphrase: the name of the private key beside it that it opens. */
  readonly opens?: string;
  /** Stem of the GraphQL type names of a group or choice: `Tls` gives TlsInput and TlsConfig. */
  readonly typeName?: string;
  /** Name of the GraphQL output type, where it is not the stem with the usual ending. */
  readonly outputName?: string;
  /** A choice's values with their meanings. */
  readonly values?: Readonly<Record<string, string>>;
}

type Extras = Omit<FieldMeta, 'kind' | 'description' | 'values' | 'typeName'>;
type GroupExtras = Pick<
  FieldMeta,
  'required' | 'told' | 'outputName' | 'readAs' | 'only' | 'isUnit' | 'removable' | 'safeToChange' | 'switchedBy'
>;

/** A type made by one of the functions below. */
export type FieldSchema = z.core.$ZodType;

const registry = new WeakMap<FieldSchema, FieldMeta>();

function field<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  registry.set(schema, meta);
  return schema;
}

/** @throws Error when the type was not made by one of the functions below: a mistake in a definition. */
export function metaOf(schema: FieldSchema): FieldMeta {
  const meta = registry.get(schema);
  if (!meta) throw new Error('A field of a definition must be made by the functions of fields/fields.ts.');
  return meta;
}

/** Whether it is a whole field, not a step on the way to one: zod makes a type anew with every check that is added. */
export const isField = (schema: FieldSchema): boolean => registry.has(schema);

/** Whether a value is one that the type takes. */
export const isTaken = (schema: FieldSchema, value: unknown): boolean => z.safeParse(schema, value).success;

/** Half a character: no URL, header or UTF-8 can carry it. */
const HALF_CHARACTER = /[\ud800-\udfff]/u;

type Problem = (value: string) => string | null;

/** A check that says what is wrong; nothing else is checked then. */
const checked = (problem: Problem) => (value: string, context: z.RefinementCtx<string>) => {
  const message = problem(value);
  if (message !== null) context.addIssue({ code: 'custom', message, continue: false });
};

const messageOf = (hidden: InvisibleCharacter | null): string | null => hidden && invisibleMessage(hidden);

/** @param pattern of a JSON Schema, for forms; what it says is a part of what `problem` does. */
const lineOfText = (pattern: RegExp, message: string, problem: Problem, max = 255) =>
  z
    .string()
    .min(1, { error: 'Must not be empty; leave the field out to say nothing.', abort: true })
    .max(max, `Must not be longer than ${max} characters.`)
    .refine((value) => !HALF_CHARACTER.test(value), {
      error: 'Must be whole characters; one is cut in half.',
      abort: true,
    })
    .superRefine(checked(problem))
    .regex(pattern, message);

const PRINTABLE = new RegExp(`^[^${INVISIBLE_RANGES}]*$`);
const UNSEEN = 'Must not hold characters that cannot be seen.';
const isSeen: Problem = (value) => messageOf(findInvisible(value));

export const text = (description: string, { max = 255, ...extras }: Extras & { max?: number } = {}) =>
  field(lineOfText(PRINTABLE, UNSEEN, isSeen, max), { kind: 'text', description, ...extras });

/** The name of a connection: it is for people, and may hold what writing joins letters and emoji with. */
export const connectionName = () =>
  field(
    lineOfText(/^/, UNSEEN, (value) => messageOf(findInvisibleInLabel(value))),
    { kind: 'text', description: 'Name of a connection.' },
  );

/** A text of one form. */
export const formedText = (description: string, pattern: RegExp, message: string, extras: Extras = {}) =>
  field(lineOfText(pattern, message, isSeen), { kind: 'text', description, ...extras });

/** Why some changes are safe (`FieldMeta.safeToChange`). Each is printed in docs/secrets.md and held by a test. */
export const SAFE = {
  limit: 'It limits how much or how long. It names no place.',
  timeZone:
    'It names a time zone. Only letters, digits and _ + - / : are taken, none of which ends it in an SQL text or a URL.',
  nameInside:
    'It names something inside the same server, for the same user. Characters that would end it in a URL, a driver string or SQL are refused.',
  ownValue:
    'It names something inside the same account. Every vendor gets it as a value of its own, or percent-encoded where it stands among others.',
  vendorOnly: 'The vendor uses it itself. It never reaches the driver, its URL or its session.',
  stricter: 'Turned on, it lets the secret go to fewer places than before.',
  signIn: 'It changes what is sent to prove who signs in, not where it is sent.',
  environment: 'It picks among saved connections, each of which signs in with its own secret.',
  removal: 'What is removed had its own settings and secrets. What remains leads where it led before.',
} as const;

/** What would end a name inside a URL, a driver string or an SQL text, or begin a parameter of its own. */
const ENDS_A_NAME = /[?&#;='"`\\/]/;

type NameExtras = Extras & { readonly slash?: boolean };

/** A name that holds nothing which a URL, a driver string or SQL reads as more than a name. `slash` allows `/` in it. */
export const plainName = (description: string, { slash = false, ...extras }: NameExtras = {}) =>
  field(
    lineOfText(PRINTABLE, UNSEEN, isSeen).refine(
      (value) => !ENDS_A_NAME.test(slash ? value.replaceAll('/', '') : value),
      `Must be a name alone: ${slash ? '' : '/ '}? & # ; = \\ and quotes would end it in a URL or a driver string.`,
    ),
    { kind: 'text', description, isName: true, ...extras },
  );

/** The name of something inside a server whose driver is known: database, schema, role. */
export const nameInside = (description: string, extras: NameExtras = {}) =>
  plainName(description, { safeToChange: SAFE.nameInside, ...extras });

/** What no host of any form holds; `hostProblem` says more. */
const HOST_SIGNS = new RegExp(String.raw`^[^\s@/?#;,=&|<>"'\\${INVISIBLE_RANGES}]*$`);
const HOST_ALONE = 'Must be a host name or address alone: no scheme, user, path, blanks or control characters.';
const hostText = lineOfText(HOST_SIGNS, HOST_ALONE, hostProblem);

/** A host name or address: no scheme, user info or path, any of which might smuggle a credential. */
export const hostName = (description: string, extras: Extras = { role: 'host' }) =>
  field(hostText.clone(), {
    kind: 'text',
    description,
    isHost: true,
    example: 'db.example.com',
    ...extras,
  });

const accountText = lineOfText(
  /^(?!.*\.[Ss][Nn][Oo][Ww][Ff][Ll][Aa][Kk][Ee][Cc][Oo][Mm][Pp][Uu][Tt][Ii][Nn][Gg]\.(?:[Cc][Oo][Mm]|[Cc][Nn])\.?$)[\w.-]*$/,
  'Must be the account identifier alone.',
  accountProblem,
);

/** A Snowflake account: what stands before the standard host name. */
export const accountName = (description: string) =>
  field(accountText.clone(), {
    kind: 'text',
    description,
    isHost: true,
    role: 'host',
    accountOf: snowflakeAccountOf,
    example: 'xy12345.eu-west-1',
  });

const URL_ALONE =
  'Must be an http or https URL without user, password, query and fragment: all who may read the connection see it.';
const URL_FORM = /^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s@/?#]+(?:\/[^\s@?#]*)?$/;
const urlText = lineOfText(
  URL_FORM,
  URL_ALONE,
  (value) => isSeen(value) ?? (URL_FORM.test(value) ? addressProblem(value) : URL_ALONE),
  2048,
);

/** The URL of a service; no part of it may hold a credential. */
export const url = (description: string, extras: Extras = {}) =>
  field(urlText.clone(), { kind: 'text', description, isUrl: true, ...extras });

const ENDPOINT_ALONE = 'Must be a host name, or an http or https URL, without user, password, query and fragment.';
const ENDPOINT_FORM = /^(?:[Hh][Tt][Tt][Pp][Ss]?:\/\/)?[^\s@/?#]+(?:\/[^\s@?#]*)?$/;
const endpointText = lineOfText(
  ENDPOINT_FORM,
  ENDPOINT_ALONE,
  (value) => isSeen(value) ?? (ENDPOINT_FORM.test(value) ? addressProblem(value) : ENDPOINT_ALONE),
  2048,
);

/** A service's address: a URL, or a host alone. */
export const endpoint = (description: string, extras: Extras = {}) =>
  field(endpointText.clone(), { kind: 'text', description, isUrl: true, ...extras });

/** @param encrypted the usual one of an encrypted line, where that is another. */
export const portNumber = (standard: number, encrypted = standard) =>
  field(z.int().min(1, 'A port is 1 or more.').max(65_535, 'A port is 65535 or less.'), {
    kind: 'integer',
    description: `TCP port; ${standard} is the usual one.`,
    usualPorts: { plain: standard, encrypted },
    example: standard,
  });

/** A whole number that GraphQL's Int can carry. */
export const integer = (
  description: string,
  { min = 0, max = 2_147_483_647, ...extras }: Extras & { min?: number; max?: number } = {},
) =>
  field(z.int().min(min, `Must be ${min} or more.`).max(max, `Must be ${max} or less.`), {
    kind: 'integer',
    description,
    ...extras,
  });

/** A whole number of any size, kept as its decimal text. */
export const bigInteger = (description: string, extras: Extras = {}) =>
  field(z.string().regex(/^\d{1,19}$/, 'Must be a whole number of at most 19 digits.'), {
    kind: 'bigInt',
    description,
    example: '1000000000',
    ...extras,
  });

export const flag = (description: string, extras: Extras = {}) =>
  field(z.boolean(), { kind: 'flag', description, ...extras });

export const choice = <const V extends Readonly<Record<string, string>>>(
  typeName: string,
  description: string,
  values: V,
  extras: GroupExtras = {},
) =>
  field(z.enum(Object.keys(values) as [keyof V & string, ...(keyof V & string)[]]), {
    kind: 'choice',
    description,
    typeName,
    values,
    ...extras,
  });

/** An instant; read only. */
export const dateTime = (description: string) => field(z.date(), { kind: 'dateTime', description });

/** A JSON object as the vendor keeps it; read only. */
export const json = (description: string) => field(z.record(z.string(), z.unknown()), { kind: 'json', description });

/** The largest key file or certificate a secret may hold, in bytes: Chartbrew never answers to a larger file. */
export const SECRET_LIMIT_BYTES = 1_048_576;

const someSecret = z
  .instanceof(Secret)
  .refine((value) => !value.isEmpty(), {
    error: 'Must not be empty; leave the field out to say nothing.',
    params: { code: 'TOO_SHORT' },
    abort: true,
  })
  .refine((value) => !value.isLongerThan(SECRET_LIMIT_BYTES), {
    error: 'Must not be longer than 1 MiB.',
    params: { code: 'TOO_LONG' },
    abort: true,
  });

const secretText = (form?: SecretFormat, schemes?: readonly string[]) =>
  someSecret.superRefine((value, context) => {
    const message = value.formatProblem(form, schemes);
    if (message !== null) context.addIssue({ code: 'custom', message, continue: false });
  });

/** A secret that may also decide where the connection leads, as driver parameters do. */
export const secret = (description: string, extras: Extras = {}) =>
  field(secretText(extras.form), { kind: 'secret', description, ...extras });

/** A URL with server, user and password in it. @param schemes that the dialect knows, as `postgresql`. */
export const connectionUrl = (description: string, schemes: readonly string[]) =>
  field(secretText('connectionString', schemes), { kind: 'secret', description, form: 'connectionString' });

const CREDENTIAL = 'It is a credential: it is sent to where the connection leads and does not change that place.';

/** A secret that only proves who signs in. */
export const credentialSecret = (description: string, extras: Extras = {}) =>
  secret(description, { safeToChange: CREDENTIAL, ...extras });

/** The key file of a Google service account. */
export const serviceAccountKey = (description: string) => credentialSecret(description, { form: 'jsonKey' });

export const group = <S extends z.ZodRawShape>(
  typeName: string,
  description: string,
  shape: S,
  extras: GroupExtras = {},
) => field(z.object(shape), { kind: 'group', description, typeName, ...extras });

/** Several fields of which exactly one is given. */
export const oneOf = <S extends z.ZodRawShape>(
  typeName: string,
  description: string,
  shape: S,
  extras: GroupExtras = {},
) => field(z.object(shape), { kind: 'oneOf', description, typeName, ...extras });

export const list = <S extends z.ZodType>(description: string, item: S, extras: Extras = {}) =>
  field(z.array(item).max(100, 'Must not hold more than 100 items.'), { kind: 'list', description, ...extras });

/** The type of a list's items. */
export const itemOf = (schema: FieldSchema): FieldSchema => (schema as z.ZodArray).element;

export type Fields = z.ZodObject;
/** A path into a definition, its steps joined by dots: `tls.enabled`. */
export type FieldKey = string;

export interface Leaf {
  readonly key: FieldKey;
  readonly meta: FieldMeta;
  readonly schema: FieldSchema;
}

const isOpened = ({ kind }: FieldMeta): boolean => kind === 'group' || kind === 'oneOf';

function openGroups(fields: Fields, prefix: string): Leaf[] {
  return Object.entries(fields.shape).flatMap(([name, schema]) => {
    const key = prefix + name;
    const meta = metaOf(schema);
    return isOpened(meta) ? openGroups(schema as Fields, `${key}.`) : [{ key, meta, schema }];
  });
}

/** Worked out once for each definition: every row that is read needs it. */
export function remembered<K extends WeakKey, T>(work: (definition: K) => T): (definition: K) => T {
  const known = new WeakMap<K, T>();
  return (definition) => {
    if (!known.has(definition)) known.set(definition, work(definition));
    return known.get(definition) as T;
  };
}

/** Every field of a definition that is no group of fields, in order, groups and alternatives opened. */
export const leavesOf = remembered((fields: Fields): readonly Leaf[] => openGroups(fields, ''));

/** The definition of what a read tells: without what is only written, and in the shape that reads have. */
export const toldOf = remembered((fields: Fields): Fields => {
  const told = Object.entries(fields.shape).flatMap(([name, schema]) => {
    const { only, readAs } = metaOf(schema);
    return only === 'input' ? [] : [[name, readAs ?? schema] as const];
  });
  return z.object(Object.fromEntries(told));
});

/** The write-only fields of a definition. */
export const secretKeysOf = (fields: Fields): FieldKey[] =>
  leavesOf(fields).flatMap(({ key, meta }) => (meta.kind === 'secret' ? [key] : []));

function openUnits(fields: Fields, prefix: string): Leaf[] {
  return Object.entries(fields.shape).flatMap(([name, schema]) => {
    const key = prefix + name;
    const meta = metaOf(schema);
    const isOpen = meta.kind === 'group' && !meta.isUnit;
    return isOpen ? openUnits(schema as Fields, `${key}.`) : [{ key, meta, schema }];
  });
}

/** As leavesOf, but what a change replaces as one stays whole: alternatives, and groups that are a unit. */
export const unitsOf = remembered((fields: Fields): readonly Leaf[] => openUnits(fields, ''));

function openItem(fields: Fields, item: unknown, prefix: string): Leaf[] {
  return Object.entries(fields.shape).flatMap(([name, schema]) => {
    const key = prefix + name;
    const meta = metaOf(schema);
    if (!isOpened(meta)) return [{ key, meta, schema }];
    const part = valueAt(item as Values, name);
    return part === undefined || part === null ? [] : openItem(schema as Fields, part, `${key}.`);
  });
}

/** As leavesOf, with lists of groups opened as far as the values go: `headers.0.value`. */
export const placesOf = (fields: Fields, values: Values): Leaf[] =>
  leavesOf(fields).flatMap((leaf) => {
    if (leaf.meta.kind !== 'list' || !isOpened(metaOf(itemOf(leaf.schema)))) return [leaf];
    const items = valueAt(values, leaf.key);
    if (!Array.isArray(items)) return [];
    return items.flatMap((item, at) => openItem(itemOf(leaf.schema) as Fields, item, `${leaf.key}.${at}.`));
  });

/** Where the state of a secret is told: at its own place, or at that of its group. */
export const statusKeyOf = ({ key, meta }: Leaf): FieldKey =>
  meta.toldByGroup ? key.slice(0, key.lastIndexOf('.')) : key;

/** Values of a definition's fields as one tree: what a caller sent, or what a vendor told (secrets then as SecretStatus). */
export type Values = Readonly<Record<string, unknown>>;

export function valueAt(values: Values, key: FieldKey): unknown {
  let value: unknown = values;
  for (const step of key.split('.')) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Values)[step];
  }
  return value;
}

/** Puts a value at its place, opening the groups on the way. */
export function putAt(values: Record<string, unknown>, key: FieldKey, value: unknown): void {
  const steps = key.split('.');
  const last = steps.pop() ?? key;
  let place = values;
  for (const step of steps) place = (place[step] ??= {}) as Record<string, unknown>;
  place[last] = value;
}

/** Of alternatives the one that is given. */
export const onlyEntry = (values: Values): readonly [string, Values] | null => {
  const entry = Object.entries(values).find(([, value]) => value !== undefined && value !== null);
  return entry ? [entry[0], entry[1] as Values] : null;
};

/** The flag that switches the group of a field on and off; undefined where there is none. */
export function switchOf(fields: Fields, key: FieldKey): FieldKey | undefined {
  const [name = ''] = key.split('.');
  const schema = name === key ? undefined : fields.shape[name];
  const switchedBy = schema && metaOf(schema).switchedBy;
  return switchedBy === undefined ? undefined : `${name}.${switchedBy}`;
}

/** The fields that have a value, groups opened; null and undefined are no values. */
export function givenKeys(fields: Fields, values: Values): FieldKey[] {
  return leavesOf(fields)
    .map(({ key }) => key)
    .filter((key) => valueAt(values, key) !== undefined && valueAt(values, key) !== null);
}
