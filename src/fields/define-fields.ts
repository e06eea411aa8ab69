// The functions that define fields. Dialects and vendors call them. Each returns a plain zod schema (required, without default and
// without null) that is registered with its metadata. GraphQL types, JSON Schema and the list of secrets are derived from both.
import * as z from 'zod';
import { Secret } from '../secrets/secret.ts';
import type { SecretFormat } from '../secrets/secret-formats.ts';
import { defineField, type FieldMeta } from './field-meta.ts';
import { SAFE_REASONS } from './safe-reasons.ts';
import {
  CONNECTION_NAME,
  ENDPOINT,
  invisibleCharacterProblem,
  HOST,
  nameSchema,
  PRINTABLE_TEXT,
  textSchema,
  URL_ADDRESS,
  type TextProblem,
} from './text-checks.ts';

type Extras = Omit<FieldMeta, 'kind' | 'description' | 'values' | 'typeName'>;
type GroupExtras = Pick<
  FieldMeta,
  | 'isRequired'
  | 'isAlwaysReported'
  | 'outputName'
  | 'readAs'
  | 'reportedIfNone'
  | 'only'
  | 'isUnit'
  | 'isRemovable'
  | 'safeToChange'
  | 'switchedBy'
>;

/** Defines a text. `max` is the largest number of characters. */
export const text = (description: string, { max = 255, ...extras }: Extras & { max?: number } = {}) =>
  defineField(textSchema({ ...PRINTABLE_TEXT, max }), { kind: 'text', description, ...extras });

/** Defines the name of a connection. */
export const connectionName = () =>
  defineField(textSchema(CONNECTION_NAME), { kind: 'text', description: 'Name of a connection.' });

/** Defines a text that must match a pattern. `problem` replaces the check for hidden characters. */
export const formedText = (
  description: string,
  pattern: RegExp,
  message: string,
  { problem = invisibleCharacterProblem, ...extras }: Extras & { readonly problem?: TextProblem } = {},
) => defineField(textSchema({ pattern, message, problem }), { kind: 'text', description, ...extras });

type NameExtras = Extras & { readonly slash?: boolean };

/** Defines a name. It may not hold characters that a URL, a driver string or SQL interprets. `slash` allows `/` in it. */
export const plainName = (description: string, { slash = false, ...extras }: NameExtras = {}) =>
  defineField(nameSchema(slash), { kind: 'text', description, isName: true, ...extras });

/** Defines the name of something inside a server whose driver is known, such as a database, a schema or a role. */
export const nameInside = (description: string, extras: NameExtras = {}) =>
  plainName(description, { safeToChange: SAFE_REASONS.nameInside, ...extras });

/** Defines a host name or address. Scheme, user info and path are refused because a credential could stand in them. */
export const hostName = (description: string, extras: Extras = { role: 'host' }) =>
  defineField(textSchema(HOST), { kind: 'text', description, isHost: true, example: 'db.example.com', ...extras });

/** Defines the URL of a service. No part of it may hold a credential. */
export const url = (description: string, extras: Extras = {}) =>
  defineField(textSchema(URL_ADDRESS), { kind: 'text', description, isUrl: true, ...extras });

/** Defines the address of a service: a URL, or a host name alone. */
export const endpoint = (description: string, extras: Extras = {}) =>
  defineField(textSchema(ENDPOINT), { kind: 'text', description, isUrl: true, ...extras });

/** Defines a TCP port. @param encrypted the usual port of an encrypted connection, when it differs from `standard`. */
export const portNumber = (standard: number, encrypted = standard) =>
  defineField(z.int().min(1, 'A port is 1 or more.').max(65_535, 'A port is 65535 or less.'), {
    kind: 'integer',
    description: `TCP port. The usual port is ${standard}.`,
    usualPorts: { plain: standard, encrypted },
    example: standard,
  });

/** Defines a whole number that fits into GraphQL's Int. */
export const integer = (
  description: string,
  { min = 0, max = 2_147_483_647, ...extras }: Extras & { min?: number; max?: number } = {},
) =>
  defineField(z.int().min(min, `Must be ${min} or more.`).max(max, `Must be ${max} or less.`), {
    kind: 'integer',
    description,
    ...extras,
  });

/** Defines a whole number of up to 19 digits. Its value is a decimal text. */
export const bigInteger = (description: string, extras: Extras = {}) =>
  defineField(z.string().regex(/^\d{1,19}$/, 'Must be a whole number of at most 19 digits.'), {
    kind: 'bigInt',
    description,
    example: '1000000000',
    ...extras,
  });

/** Defines a boolean. */
export const flag = (description: string, extras: Extras = {}) =>
  defineField(z.boolean(), { kind: 'flag', description, ...extras });

/** Defines an enum. @param values the description of each value. */
export const choice = <const V extends Readonly<Record<string, string>>>(
  typeName: string,
  description: string,
  values: V,
  extras: GroupExtras = {},
) =>
  defineField(z.enum(Object.keys(values) as [keyof V & string, ...(keyof V & string)[]]), {
    kind: 'choice',
    description,
    typeName,
    values,
    ...extras,
  });

/** Defines an instant. It is only read. */
export const dateTime = (description: string) => defineField(z.date(), { kind: 'dateTime', description });

/** Defines a JSON object as the vendor stores it. It is only read. */
export const json = (description: string) =>
  defineField(z.record(z.string(), z.unknown()), { kind: 'json', description });

/** The largest secret in bytes. Chartbrew never answers a request with a larger file. */
export const SECRET_LIMIT_BYTES = 1_048_576;

const someSecret = z
  .instanceof(Secret)
  .refine((value) => !value.isEmpty(), {
    error: 'Must not be empty. Leave the field out to provide no value.',
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
    const message = value.problemAs(form, schemes);
    if (message !== null) context.addIssue({ code: 'custom', message, continue: false });
  });

/** Defines a secret that may also decide which server the connection leads to, as driver parameters do. */
export const secret = (description: string, extras: Extras = {}) =>
  defineField(secretText(extras.format), { kind: 'secret', description, ...extras });

/** Defines a URL that holds server, user and password. @param schemes the URL schemes of the dialect, such as `postgresql`. */
export const connectionUrl = (description: string, schemes: readonly string[]) =>
  defineField(secretText('connectionString', schemes), { kind: 'secret', description, format: 'connectionString' });

/** Defines a secret that only authenticates. */
export const credentialSecret = (description: string, extras: Extras = {}) =>
  secret(description, { safeToChange: SAFE_REASONS.credential, ...extras });

/** Defines the JSON key file of a Google service account. */
export const serviceAccountKey = (description: string) => credentialSecret(description, { format: 'jsonKey' });

/** Defines a group of fields. */
export const group = <S extends z.ZodRawShape>(
  typeName: string,
  description: string,
  shape: S,
  extras: GroupExtras = {},
) => defineField(z.object(shape), { kind: 'group', description, typeName, ...extras });

/** Defines a one-of group: exactly one of its fields is provided. */
export const oneOf = <S extends z.ZodRawShape>(
  typeName: string,
  description: string,
  shape: S,
  extras: GroupExtras = {},
) => defineField(z.object(shape), { kind: 'oneOf', description, typeName, ...extras });

/** Defines a list of at most 100 items. */
export const list = <S extends z.ZodType>(description: string, item: S, extras: Extras = {}) =>
  defineField(z.array(item).max(100, 'Must not hold more than 100 items.'), { kind: 'list', description, ...extras });
