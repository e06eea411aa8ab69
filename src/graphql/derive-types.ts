// Derives from the definition of some fields their GraphQL input, their GraphQL output and the zod schema that checks the input.
// A type that needs more is written by hand and put into `schemaContext.shared` before.
import type { ObjectRef } from '@pothos/core';
import * as z from 'zod';
import { itemOf, metaOf, type FieldMeta, type Fields, type FieldSchema } from '../fields/field-meta.ts';
import { valueAt, type Values } from '../fields/values-by-key.ts';
import type { SecretStatus } from '../secrets/secret.ts';
import type { AnyEnum, AnyInput, Builder, InputFieldBuilder, InputValues, SchemaContext } from './schema-builder.ts';

type OutputRef = ObjectRef<Builder['$inferSchemaTypes'], Values>;

/** Values with the name of the union member that they are. */
class Member {
  readonly typeName: string;
  readonly values: Values;

  constructor(typeName: string, values: Values) {
    this.typeName = typeName;
    this.values = values;
  }
}

/** Returns values as a member of a union. Only the fields of derived types can read it. @param typeName the name of the member. */
export const asMember = (typeName: string, values: Values): Values => new Member(typeName, values) as unknown as Values;

/** Returns the values of an object, which may be a member of a union. */
const valuesOf = (source: Values): Values => (source instanceof Member ? source.values : source);

/** Returns a union whose values are made by `asMember`. */
export const unionOf = (schemaContext: SchemaContext, name: string, description: string, types: OutputRef[]) =>
  schemaContext.builder.unionType(name, {
    description,
    types,
    resolveType: (value) => (value as unknown as Member).typeName,
  });

const newObject = (builder: Builder, name: string) => builder.objectRef<Values>(name);
type ObjectFieldBuilder = Parameters<
  NonNullable<Parameters<ReturnType<typeof newObject>['implement']>[0]['fields']>
>[0];

/** Returns the type with a name. Makes it on the first call for a schema; later calls return the same type. */
export function sharedType<T>(schemaContext: SchemaContext, name: string, make: () => T): T {
  if (!schemaContext.shared.has(name)) schemaContext.shared.set(name, make());
  return schemaContext.shared.get(name) as T;
}

/** Returns the type name of a group or choice. @throws Error when its definition has none. */
export const typeStemOf = ({ typeName }: FieldMeta): string => {
  if (!typeName) throw new Error('A group or choice of a definition has a type name.');
  return typeName;
};

const enumOf = (schemaContext: SchemaContext, meta: FieldMeta): AnyEnum =>
  sharedType(schemaContext, typeStemOf(meta), () =>
    schemaContext.builder.enumType(typeStemOf(meta), {
      description: meta.description,
      values: Object.fromEntries(
        Object.entries(meta.values ?? {}).map(([value, description]) => [value, { description }]),
      ),
    }),
  );

/** Returns whether a field is part of inputs. */
export const isInputField = (schema: FieldSchema): boolean => metaOf(schema).only !== 'output';

/** Returns the zod schema that checks the format of one field of an input. */
export function inputFieldCheck(schema: FieldSchema): z.ZodType {
  switch (metaOf(schema).kind) {
    case 'group':
    case 'oneOf':
      return inputCheck(schema as Fields);
    case 'list':
      return (schema as z.ZodArray).clone({ ...(schema as z.ZodArray).def, element: inputFieldCheck(itemOf(schema)) });
    default:
      return schema as z.ZodType;
  }
}

/** Returns the zod schema that checks the formats of an input. A field that is not required may be left out or null. */
export function inputCheck(fields: Fields): z.ZodObject {
  const shape = Object.entries(fields.shape)
    .filter(([, schema]) => isInputField(schema))
    .map(
      ([name, schema]) =>
        [name, metaOf(schema).isRequired ? inputFieldCheck(schema) : inputFieldCheck(schema).nullish()] as const,
    );
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

export type InputType = (typeof SCALARS)[keyof Omit<typeof SCALARS, 'dateTime' | 'json'>] | AnyEnum | AnyInput;

/** Returns the GraphQL input type of one field. @throws Error for a field that is only read. */
export function inputTypeOf(schemaContext: SchemaContext, schema: FieldSchema): InputType | [InputType] {
  const meta = metaOf(schema);
  switch (meta.kind) {
    case 'choice':
      return enumOf(schemaContext, meta);
    case 'group':
    case 'oneOf':
      return deriveInput(schemaContext, `${typeStemOf(meta)}Input`, schema as Fields, {
        description: meta.description,
        isOneOf: meta.kind === 'oneOf',
      });
    case 'list':
      return [inputTypeOf(schemaContext, itemOf(schema)) as InputType];
    case 'dateTime':
    case 'json':
      throw new Error('Instants and JSON are read only.');
    default:
      return SCALARS[meta.kind];
  }
}

export interface InputOptions {
  readonly description: string;
  readonly isOneOf?: boolean;
}

/** Returns the input type of a definition. Its formats are checked with the whole argument, by `inputCheck`, so that each issue is found once. */
export const deriveInput = (
  schemaContext: SchemaContext,
  name: string,
  fields: Fields,
  { description, isOneOf }: InputOptions,
): AnyInput =>
  sharedType(schemaContext, name, () =>
    schemaContext.builder.inputRef<InputValues>(name).implement({
      description,
      ...(isOneOf ? { isOneOf } : {}),
      fields: (t: InputFieldBuilder) =>
        Object.fromEntries(
          Object.entries(fields.shape)
            .filter(([, schema]) => isInputField(schema))
            .map(([key, schema]) => {
              const { description: what, isRequired: required = false } = metaOf(schema);
              return [key, t.field({ type: inputTypeOf(schemaContext, schema), description: what, required })];
            }),
        ),
    }),
  );

export interface OutputOptions {
  readonly description: string;
  /** Suffix of the type names of nested groups: `Config` makes TlsConfig of `Tls`. */
  readonly groupSuffix: string;
  /** Returns the interfaces that a type with these fields implements. */
  readonly interfacesOf?: (fields: Fields) => readonly unknown[];
}

const outputNameOf = (meta: FieldMeta, groupSuffix: string): string =>
  meta.outputName ?? typeStemOf(meta) + groupSuffix;

const membersOf = (alternatives: FieldSchema): [string, FieldSchema][] =>
  Object.entries((alternatives as Fields).shape);

function outputTypeOf(schemaContext: SchemaContext, schema: FieldSchema, options: OutputOptions): unknown {
  const meta = metaOf(schema);
  switch (meta.kind) {
    case 'choice':
      return enumOf(schemaContext, meta);
    case 'group':
      return deriveOutput(schemaContext, outputNameOf(meta, options.groupSuffix), schema as Fields, {
        ...options,
        description: meta.description,
      });
    case 'oneOf': {
      const types = membersOf(schema).map(([, member]) => outputTypeOf(schemaContext, member, options) as OutputRef);
      return sharedType(schemaContext, typeStemOf(meta), () =>
        unionOf(schemaContext, typeStemOf(meta), meta.description, types),
      );
    }
    case 'list':
      return [outputTypeOf(schemaContext, itemOf(schema), options)];
    case 'secret':
      return schemaContext.MaskedSecret;
    default:
      return SCALARS[meta.kind];
  }
}

/** Returns the alternative that has a value, as a member of the union; null when none has one. */
function memberOf(alternatives: FieldSchema, value: unknown, groupSuffix: string): Values | null {
  const [name, schema] = membersOf(alternatives).find(([key]) => valueAt(value as Values, key)) ?? [];
  if (name === undefined || schema === undefined) return null;
  return asMember(outputNameOf(metaOf(schema), groupSuffix), valueAt(value as Values, name) as Values);
}

/** Returns one field of an output type. Its name and type are known at run time only; Pothos infers both, hence the casts. */
function outputField(
  schemaContext: SchemaContext,
  t: ObjectFieldBuilder,
  key: string,
  schema: FieldSchema,
  options: OutputOptions,
) {
  const { kind, description, isAlwaysReported } = metaOf(schema);
  const absent: SecretStatus | null = kind === 'secret' ? 'NOT_SET' : null;
  const valueIn = (values: Values) =>
    kind === 'oneOf' ? memberOf(schema, values[key], options.groupSuffix) : (values[key] ?? absent);
  return t.field({
    type: outputTypeOf(schemaContext, schema, options) as never,
    nullable: kind !== 'secret' && !isAlwaysReported,
    description,
    resolve: (source: Values) => valueIn(valuesOf(source)) as never,
  });
}

/**
 * Returns the output type of a definition: the same field names, a secret as MaskedSecret!, all other fields nullable.
 * Its values are those of the adapters; a secret without a value is NOT_SET.
 */
export const deriveOutput = (
  schemaContext: SchemaContext,
  name: string,
  fields: Fields,
  options: OutputOptions,
): OutputRef =>
  sharedType(schemaContext, name, () =>
    newObject(schemaContext.builder, name).implement({
      description: options.description,
      interfaces: options.interfacesOf?.(fields) ?? [],
      fields: (t: ObjectFieldBuilder) =>
        Object.fromEntries(
          Object.entries(fields.shape).map(([key, schema]) => [
            key,
            outputField(schemaContext, t, key, schema, options),
          ]),
        ),
      // The names of the fields are known at run time only.
    } as never),
  );
