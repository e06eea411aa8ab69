// The average lengths of the lists in an answer to an introspection query. They are counted in the schema, so that the estimate for a
// query of the whole schema is near its answer.
import {
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLSchema,
} from 'graphql';

/** How often a type in an answer wraps another one, as [T] and T! do. */
const WRAPPED_TYPES = 0.5;

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/** Returns the average length of each list of the introspection types, by the coordinate of its field, such as `__Type.fields`. */
export function introspectionSizes(schema: GraphQLSchema): ReadonlyMap<string, number> {
  const types = Object.values(schema.getTypeMap());
  const outputs = types.filter((type) => isObjectType(type) || isInterfaceType(type));
  const inputs = types.filter(isInputObjectType);
  const enums = types.filter(isEnumType);
  const abstracts = types.filter(isAbstractType);
  const fields = outputs.flatMap((type) => Object.values(type.getFields()));
  const directives = schema.getDirectives();
  const perType = (counts: readonly number[]): number => sum(counts) / types.length;
  return new Map([
    ['__Schema.types', types.length],
    ['__Schema.directives', directives.length],
    ['__Type.fields', fields.length / types.length],
    ['__Type.inputFields', perType(inputs.map((type) => Object.keys(type.getFields()).length))],
    ['__Type.enumValues', perType(enums.map((type) => type.getValues().length))],
    ['__Type.interfaces', perType(outputs.map((type) => type.getInterfaces().length))],
    ['__Type.possibleTypes', perType(abstracts.map((type) => schema.getPossibleTypes(type).length))],
    ['__Type.ofType', WRAPPED_TYPES],
    ['__Field.args', sum(fields.map(({ args }) => args.length)) / fields.length],
    ['__Directive.args', sum(directives.map(({ args }) => args.length)) / directives.length],
  ]);
}
