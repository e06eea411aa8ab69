// The types of a field definition: a zod schema and its metadata.
import * as z from 'zod';
import type { SecretFormat } from '../secrets/secret-formats.ts';

export type FieldKind =
  'text' | 'integer' | 'bigInt' | 'flag' | 'secret' | 'choice' | 'dateTime' | 'json' | 'group' | 'oneOf' | 'list';

/** The meaning that a field has in every dialect, whatever the dialect calls it. Filters and sorting use it. */
export type FieldRole = 'host' | 'database' | 'username';

export interface FieldMeta {
  readonly kind: FieldKind;
  readonly description: string;
  /**
   * The reason why a change of this field alone cannot send a stored secret to another server. A field without a reason is assumed
   * to be unsafe: an update that changes it must send the stored secrets again.
   */
  readonly safeToChange?: string;
  /** For a flag: the reason why turning it on is safe although turning it off is not. */
  readonly safeToTurnOn?: string;
  readonly role?: FieldRole;
  /** The field is a host name. Patchbay reports it without user info, path and query. */
  readonly isHost?: boolean;
  /** For an account: returns the account whose standard host name this is, or null for any other host. */
  readonly accountOf?: (host: string) => string | null;
  /** The field is a plain name. Patchbay reports it without the driver properties that may follow it. */
  readonly isName?: boolean;
  /** The field is a URL. Patchbay reports it without user info and query. */
  readonly isUrl?: boolean;
  /** For a port: the ports that drivers use when none is set, for a plain and for an encrypted connection. */
  readonly usualPorts?: { readonly plain: number; readonly encrypted: number };
  /** An example value for forms. */
  readonly example?: string | number;
  /** The field is required whenever the group that contains it is provided. */
  readonly isRequired?: boolean;
  /** The field is never null when the group that contains it is reported. */
  readonly isAlwaysReported?: boolean;
  /** Set for a field that is only written or only read. */
  readonly only?: 'input' | 'output';
  /** The definition of the field that a read reports instead, when reads have another shape. */
  readonly readAs?: FieldSchema;
  /** For a group that a read always reports: the values of its fields when nothing is stored. */
  readonly reportedIfNone?: Readonly<Record<string, unknown>>;
  /** For a secret in a group: a read reports the status of the whole group in place of the status of the secret. */
  readonly isReportedByGroup?: boolean;
  /** For a group: a change replaces or clears the group as a whole, as it does a secret. */
  readonly isUnit?: boolean;
  /** For a group: the name of its flag. While the flag is false, the vendor uses no field of the group. */
  readonly switchedBy?: string;
  /** For a group: an update removes it when it sends null. */
  readonly isRemovable?: boolean;
  /** For a secret: the name of the secret in the same group without which it has no use. */
  readonly partOf?: string;
  /** For a secret: the form that its text must have. The text is converted to that form before it is sent. */
  readonly format?: SecretFormat;
  /** For a passphrase: the name of the private key in the same group that it decrypts. */
  readonly opens?: string;
  /** Stem of the GraphQL type names of a group or a choice: `Tls` makes TlsInput and TlsConfig. */
  readonly typeName?: string;
  /** Name of the GraphQL output type, when it is not the stem with the usual ending. */
  readonly outputName?: string;
  /** The values of a choice, each with its description. */
  readonly values?: Readonly<Record<string, string>>;
}

/** A zod schema that `defineField` has registered with its metadata. */
export type FieldSchema = z.core.$ZodType;

/** A set of fields by name: the shape of a dialect's config, a vendor's options or details, or a group. */
export type Fields = z.ZodObject;

// No z.registry: a schema that zod clones to add a check would inherit the metadata of its parent, and `isField` could not distinguish them.
const registry = new WeakMap<FieldSchema, FieldMeta>();

/** Registers the metadata of a schema and returns the schema. */
export function defineField<S extends z.ZodType>(schema: S, meta: FieldMeta): S {
  registry.set(schema, meta);
  return schema;
}

/**
 * Returns the metadata of a field.
 * @throws Error when the schema was not made by a function of fields/define-fields.ts, which is a mistake in a definition.
 */
export function metaOf(schema: FieldSchema): FieldMeta {
  const meta = registry.get(schema);
  if (!meta) throw new Error('A field of a definition must be made by the functions of fields/define-fields.ts.');
  return meta;
}

/** Returns whether the schema is a whole field, and not a schema inside of one. */
export const isField = (schema: FieldSchema): boolean => registry.has(schema);

/** Returns whether the schema accepts the value. */
export const isValidValue = (schema: FieldSchema, value: unknown): boolean => z.safeParse(schema, value).success;

/** Returns the schema of the items of a list. */
export const itemOf = (schema: FieldSchema): FieldSchema => (schema as z.ZodArray).element;
