// From one definition (domain/fields.ts) its GraphQL input, its GraphQL output and the zod schema that checks the input.
// A convenience, not a framework: a type that needs more is written by hand and put into `kit.shared` before.
import type { ObjectRef } from '@pothos/core';
import * as z from 'zod';
import { itemOf, metaOf, type FieldMeta, type Fields, type FieldSchema, type Values } from '../domain/fields.ts';
import type { SecretStatus } from '../domain/secret.ts';
import type { AnyEnum, AnyInput, Builder, InputFieldBuilder, Kit } from './kit.ts';

type OutputRef = ObjectRef<Builder['$inferSchemaTypes'], Values>;

const newObject = (builder: Builder, name: string) => builder.objectRef<Values>(name);
type ObjectFieldBuilder = Parameters<
  NonNullable<Parameters<ReturnType<typeof newObject>['implement']>[0]['fields']>
>[0];

/** One type of that name per schema, made when it is first needed. */
function once<T>(kit: Kit, name: string, make: () => T): T {
  if (!kit.shared.has(name)) kit.shared.set(name, make());
  return kit.shared.get(name) as T;
}

const stemOf = ({ typeName }: FieldMeta): string => {
  if (!typeName) throw new Error('A group or choice of a definition has a type name.');
  return typeName;
};

const enumOf = (kit: Kit, meta: FieldMeta): AnyEnum =>
  once(kit, stemOf(meta), () =>
    kit.builder.enumType(stemOf(meta), {
      description: meta.description,
      values: Object.fromEntries(
        Object.entries(meta.values ?? {}).map(([value, description]) => [value, { description }]),
      ),
    }),
  );

/** Every field as a caller may leave it out or send null for it. */
function nullish(fields: Fields): z.ZodObject {
  const shape = Object.entries(fields.shape).map(([name, schema]) => {
    const inner = metaOf(schema).kind === 'group' ? nullish(schema as Fields) : (schema as z.ZodType);
    return [name, inner.nullish()] as const;
  });
  return z.object(Object.fromEntries(shape));
}

const SCALARS = {
  text: 'String',
  integer: 'Int',
  flag: 'Boolean',
  bigInt: 'BigInt',
  secret: 'SecretString',
  dateTime: 'DateTime',
  json: 'JSONObject',
} as const;

type InputType = (typeof SCALARS)[keyof Omit<typeof SCALARS, 'dateTime' | 'json'>] | AnyEnum | AnyInput;

function inputTypeOf(kit: Kit, schema: FieldSchema): InputType | [InputType] {
  const meta = metaOf(schema);
  switch (meta.kind) {
    case 'choice':
      return enumOf(kit, meta);
    case 'group':
      return inputOf(kit, `${stemOf(meta)}Input`, schema as Fields, meta.description);
    case 'list':
      return [inputTypeOf(kit, itemOf(schema)) as InputType];
    case 'dateTime':
    case 'json':
      throw new Error('Instants and JSON are read only.');
    default:
      return SCALARS[meta.kind];
  }
}

/** A group inside another definition is checked with the whole, so that an issue is found once. */
const inputOf = (kit: Kit, name: string, fields: Fields, description: string, check?: z.ZodType): AnyInput =>
  once(
    kit,
    name,
    () =>
      kit.builder.inputRef<Record<string, unknown>>(name).implement({
        description,
        ...(check ? { validate: { schema: check } } : {}),
        fields: (t: InputFieldBuilder) =>
          Object.fromEntries(
            Object.entries(fields.shape).map(([key, schema]) => [
              key,
              t.field({ type: inputTypeOf(kit, schema), description: metaOf(schema).description }),
            ]),
          ),
      } as never), // seam: the fields' names are known at run time only
  );

/** The input of a definition: every field may be left out, and zod checks those that are not. */
export const deriveInput = (kit: Kit, name: string, fields: Fields, description: string): AnyInput =>
  inputOf(kit, name, fields, description, nullish(fields));

export interface OutputOptions {
  readonly description: string;
  /** Ends the names of groups inside: `Config` makes TlsConfig of `Tls`. */
  readonly groupSuffix: string;
  readonly interfaces?: readonly unknown[];
}

function outputTypeOf(kit: Kit, schema: FieldSchema, groupSuffix: string): unknown {
  const meta = metaOf(schema);
  switch (meta.kind) {
    case 'choice':
      return enumOf(kit, meta);
    case 'group':
      return deriveOutput(kit, stemOf(meta) + groupSuffix, schema as Fields, {
        description: meta.description,
        groupSuffix,
      });
    case 'list':
      return [outputTypeOf(kit, itemOf(schema), groupSuffix)];
    case 'secret':
      return kit.MaskedSecret;
    default:
      return SCALARS[meta.kind];
  }
}

/**
 * The output of a definition: the same names, a secret as MaskedSecret!, all else nullable.
 * Values come as the adapters give them; a secret that is not among them is not set.
 */
export const deriveOutput = (kit: Kit, name: string, fields: Fields, options: OutputOptions): OutputRef =>
  once(
    kit,
    name,
    () =>
      newObject(kit.builder, name).implement({
        description: options.description,
        interfaces: options.interfaces ?? [],
        fields: (t: ObjectFieldBuilder) =>
          Object.fromEntries(
            Object.entries(fields.shape).map(([key, schema]) => {
              const { kind, description } = metaOf(schema);
              const type = outputTypeOf(kit, schema, options.groupSuffix) as never;
              const absent: SecretStatus | null = kind === 'secret' ? 'NOT_SET' : null;
              const resolve = (values: Values) => (values[key] ?? absent) as never;
              return [key, t.field({ type, nullable: kind !== 'secret', description, resolve })];
            }),
          ),
      } as never), // seam: the fields' names are known at run time only
  );
