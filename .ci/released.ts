// What a released schema still promises beside a later one: all of it, but for what was @deprecated there and is gone
// here, and for the types to which nothing else led. It judges no change.
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  type GraphQLArgument,
  type GraphQLEnumValue,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLSchema,
  type GraphQLType,
} from 'graphql';

type Element = GraphQLField<unknown, unknown> | GraphQLArgument | GraphQLInputField | GraphQLEnumValue;

/** The field, argument, input field or enum value at a path, as Query.node or Query.node.id. */
export function elementAt(schema: GraphQLSchema, path: string): Element | undefined {
  const [typeName = '', member = '', argument] = path.split('.');
  const type = schema.getType(typeName);
  if (isEnumType(type)) return type.getValue(member) ?? undefined;
  if (isInputObjectType(type)) return type.getFields()[member];
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  const field = type.getFields()[member];
  return argument === undefined ? field : field?.args.find(({ name }) => name === argument);
}

/** Every type to which something leads that is not over: from the roots, by fields, arguments, members and interfaces. */
function reachableTypes(released: GraphQLSchema, isOver: (path: string) => boolean): Set<string> {
  const reached = new Set<string>();
  const reach = (wrapped: GraphQLType): void => {
    const type = getNamedType(wrapped);
    if (reached.has(type.name)) return;
    reached.add(type.name);
    if (isUnionType(type)) type.getTypes().forEach(reach);
    if (isInterfaceType(type)) Object.values(released.getImplementations(type)).flat().forEach(reach);
    if (isObjectType(type) || isInterfaceType(type)) type.getInterfaces().forEach(reach);
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) {
      const path = `${type.name}.${field.name}`;
      if (isOver(path)) continue;
      reach(field.type);
      if (!('args' in field)) continue;
      for (const arg of field.args) if (!isOver(`${path}.${arg.name}`)) reach(arg.type);
    }
  };
  for (const root of [released.getQueryType(), released.getMutationType(), released.getSubscriptionType()]) {
    if (root) reach(root);
  }
  for (const { args } of released.getDirectives()) for (const { type } of args) reach(type);
  return reached;
}

/** Tells of a path whether the released schema still promises what is there. */
export function promisesOf(released: GraphQLSchema, next: GraphQLSchema): (path: string) => boolean {
  const isOver = (path: string): boolean =>
    typeof elementAt(released, path)?.deprecationReason === 'string' && elementAt(next, path) === undefined;
  const reached = reachableTypes(released, isOver);
  return (path) => {
    const [typeName = ''] = path.split('.');
    const isUnreached = released.getType(typeName) !== undefined && !reached.has(typeName);
    return !isUnreached && !isOver(path);
  };
}
