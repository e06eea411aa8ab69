// Lists the fields of the schema's input types by path, so that a test can check that it covers all of them.
import { getNamedType, isInputObjectType, isListType, getNullableType, type GraphQLSchema } from 'graphql';

/** Returns the paths of the leaf fields of an input type. A list or a one-of input counts as one field. */
export function inputFields(schema: GraphQLSchema, typeName: string, prefix = ''): string[] {
  const type = schema.getType(typeName);
  if (!isInputObjectType(type)) throw new Error(`The schema has no input ${typeName}.`);
  return Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const isGroup = isInputObjectType(named) && !named.isOneOf && !isListType(getNullableType(field.type));
    return isGroup ? inputFields(schema, named.name, `${prefix}${field.name}.`) : [prefix + field.name];
  });
}

/** Returns the name of the input type of each dialect, by its field in ConnectionConfigInput. */
export function dialectInputs(schema: GraphQLSchema): Readonly<Record<string, string>> {
  const type = schema.getType('ConnectionConfigInput');
  if (!isInputObjectType(type)) throw new Error('The schema has no ConnectionConfigInput.');
  return Object.fromEntries(
    Object.values(type.getFields()).map((field) => [field.name, getNamedType(field.type).name]),
  );
}
