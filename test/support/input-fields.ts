// The fields of the schema's inputs, by their paths, groups opened: what a test must have an answer for.
import { getNamedType, isInputObjectType, isListType, getNullableType, type GraphQLSchema } from 'graphql';

/** Paths of every field of an input type that is no group; lists and alternatives count as one field. */
export function inputFields(schema: GraphQLSchema, typeName: string, prefix = ''): string[] {
  const type = schema.getType(typeName);
  if (!isInputObjectType(type)) throw new Error(`The schema has no input ${typeName}.`);
  return Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const isGroup = isInputObjectType(named) && !named.isOneOf && !isListType(getNullableType(field.type));
    return isGroup ? inputFields(schema, named.name, `${prefix}${field.name}.`) : [prefix + field.name];
  });
}

/** The field of ConnectionConfigInput for each dialect, with the name of its input type. */
export function dialectInputs(schema: GraphQLSchema): Readonly<Record<string, string>> {
  const type = schema.getType('ConnectionConfigInput');
  if (!isInputObjectType(type)) throw new Error('The schema has no ConnectionConfigInput.');
  return Object.fromEntries(
    Object.values(type.getFields()).map((field) => [field.name, getNamedType(field.type).name]),
  );
}
