// From one definition (fields/define-fields.ts) its GraphQL input, its GraphQL output and the zod schema that checks the input.
// A convenience, not a framework: a type that needs more is written by hand and put into `schemaContext.shared` before.
import type { ObjectRef } from '@pothos/core';
import * as z from 'zod';
import { itemOf, metaOf, type FieldMeta, type Fields, type FieldSchema } from '../fields/field-meta.ts';
import { valueAt, type Values } from '../fields/values.ts';
import type { SecretStatus } from '../secrets/secret.ts';
import type { AnyEnum, AnyInput, Builder, InputFieldBuilder, InputValues, SchemaContext } from './schema-builder.ts';

type OutputRef = ObjectRef<Builder['$inferSchemaTypes'], Values>;

/** Tells a union which of its members a value is; a symbol, so that no field can be taken for it. */
const MEMBER = Symbol('member');
type Member = Values & { readonly [MEMBER]: string };

export const asMember = (typeName: string, values: Values): Member => ({ ...values, [MEMBER]: typeName });

/** A union whose values were made by `asMember`. */
export const unionOf = (schemaContext: SchemaContext, name: string, description: string, types: OutputRef[]) =>
  schemaContext.builder.unionType(name, { description, types, resolveType: (value) => (value as Member)[MEMBER] });

const newObject = (builder: Builder, name: string) => builder.objectRef<Values>(name);
type ObjectFieldBuilder = Parameters<
  NonNullable<Parameters<ReturnType<typeof newObject>['implement']>[0]['fields']>
>[0];

/** One type of that name per schema, made when it is first needed. */
export function once<T>(schemaContext: SchemaContext, name: string, make: () => T): T {
  if (!schemaContext.shared.has(name)) schemaContext.shared.set(name, make());
  return schemaContext.shared.get(name) as T;
}

export const stemOf = ({ typeName }: FieldMeta): string => {
  if (!typeName) throw new Error('A group or choice of a definition has a type name.');
  return typeName;
};

const enumOf = (schemaContext: SchemaContext, meta: FieldMeta): AnyEnum =>
  once(schemaContext, stemOf(meta), () =>
    schemaContext.builder.enumType(stemOf(meta), {
      description: meta.description,
      values: Object.fromEntries(
        Object.entries(meta.values ?? {}).map(([value, description]) => [value, { description }]),
      ),
    }),
  );

export const isWritten = (schema: FieldSchema): boolean => metaOf(schema).only !== 'output';

/** What checks one field as a caller writes it. */
export function open(schema: FieldSchema): z.ZodType {
  switch (metaOf(schema).kind) {
    case 'group':
    case 'oneOf':
      return nullish(schema as Fields);
    case 'list':
      return (schema as z.ZodArray).clone({ ...(schema as z.ZodArray).def, element: open(itemOf(schema)) });
    default:
      return schema as z.ZodType;
  }
}

/** What checks a definition as a caller writes it: what is no required part may be left out or null. */
export function nullish(fields: Fields): z.ZodObject {
  const shape = Object.entries(fields.shape)
    .filter(([, schema]) => isWritten(schema))
    .map(([name, schema]) => [name, metaOf(schema).isRequired ? open(schema) : open(schema).nullish()] as const);
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

export function inputTypeOf(schemaContext: SchemaContext, schema: FieldSchema): InputType | [InputType] {
  const meta = metaOf(schema);
  switch (meta.kind) {
    case 'choice':
      return enumOf(schemaContext, meta);
    case 'group':
    case 'oneOf':
      return deriveInput(schemaContext, `${stemOf(meta)}Input`, schema as Fields, {
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

/** The input of a definition. It is checked with the whole argument (`nullish`), so that an issue is found once. */
export const deriveInput = (
  schemaContext: SchemaContext,
  name: string,
  fields: Fields,
  { description, isOneOf }: InputOptions,
): AnyInput =>
  once(schemaContext, name, () =>
    schemaContext.builder.inputRef<InputValues>(name).implement({
      description,
      ...(isOneOf ? { isOneOf } : {}),
      fields: (t: InputFieldBuilder) =>
        Object.fromEntries(
          Object.entries(fields.shape)
            .filter(([, schema]) => isWritten(schema))
            .map(([key, schema]) => {
              const { description: what, isRequired: required = false } = metaOf(schema);
              return [key, t.field({ type: inputTypeOf(schemaContext, schema), description: what, required })];
            }),
        ),
    }),
  );

export interface OutputOptions {
  readonly description: string;
  /** Ends the names of groups inside: `Config` makes TlsConfig of `Tls`. */
  readonly groupSuffix: string;
  /** The interfaces of a type with these fields. */
  readonly interfacesOf?: (fields: Fields) => readonly unknown[];
}

const outputNameOf = (meta: FieldMeta, groupSuffix: string): string => meta.outputName ?? stemOf(meta) + groupSuffix;

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
      return once(schemaContext, stemOf(meta), () => unionOf(schemaContext, stemOf(meta), meta.description, types));
    }
    case 'list':
      return [outputTypeOf(schemaContext, itemOf(schema), options)];
    case 'secret':
      return schemaContext.MaskedSecret;
    default:
      return SCALARS[meta.kind];
  }
}

/** Of alternatives the one that has a value, as the member of their union that it is. */
function memberOf(alternatives: FieldSchema, value: unknown, groupSuffix: string): Member | null {
  const [name, schema] = membersOf(alternatives).find(([key]) => valueAt(value as Values, key)) ?? [];
  if (name === undefined || schema === undefined) return null;
  return asMember(outputNameOf(metaOf(schema), groupSuffix), valueAt(value as Values, name) as Values);
}

/**
 * The output of a definition: the same names, a secret as MaskedSecret!, all else nullable.
 * Values come as the adapters give them; a secret that is not among them is not set.
 */
export const deriveOutput = (
  schemaContext: SchemaContext,
  name: string,
  fields: Fields,
  options: OutputOptions,
): OutputRef =>
  once(
    schemaContext,
    name,
    () =>
      newObject(schemaContext.builder, name).implement({
        description: options.description,
        interfaces: options.interfacesOf?.(fields) ?? [],
        fields: (t: ObjectFieldBuilder) =>
          Object.fromEntries(
            Object.entries(fields.shape).map(([key, schema]) => {
              const { kind, description, isAlwaysReported } = metaOf(schema);
              const type = outputTypeOf(schemaContext, schema, options) as never;
              const absent: SecretStatus | null = kind === 'secret' ? 'NOT_SET' : null;
              const resolve = (values: Values) =>
                (kind === 'oneOf'
                  ? memberOf(schema, values[key], options.groupSuffix)
                  : (values[key] ?? absent)) as never;
              return [key, t.field({ type, nullable: kind !== 'secret' && !isAlwaysReported, description, resolve })];
            }),
          ),
      } as never), // seam: the fields' names are known at run time only
  );
