// Determines which elements of a released schema a later schema must keep: all except those that were @deprecated and are removed
// now, and the types that only such elements used.
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

/** Returns the field, argument, input field or enum value at a path such as Query.node or Query.node.id. */
export function elementAt(schema: GraphQLSchema, path: string): Element | undefined {
  const [typeName = '', member = '', argument] = path.split('.');
  const type = schema.getType(typeName);
  if (isEnumType(type)) return type.getValue(member) ?? undefined;
  if (isInputObjectType(type)) return type.getFields()[member];
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  const field = type.getFields()[member];
  return argument === undefined ? field : field?.args.find(({ name }) => name === argument);
}

/** Returns all types that can be reached from the root types through elements that are still promised. */
function reachableTypes(released: GraphQLSchema, isRemoved: (path: string) => boolean): Set<string> {
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
      if (isRemoved(path)) continue;
      reach(field.type);
      if (!('args' in field)) continue;
      for (const arg of field.args) if (!isRemoved(`${path}.${arg.name}`)) reach(arg.type);
    }
  };
  for (const root of [released.getQueryType(), released.getMutationType(), released.getSubscriptionType()]) {
    if (root) reach(root);
  }
  for (const { args } of released.getDirectives()) for (const { type } of args) reach(type);
  return reached;
}

/** Returns a function that says whether the later schema must keep the element at a path. */
export function promisesOf(released: GraphQLSchema, next: GraphQLSchema): (path: string) => boolean {
  const isRemoved = (path: string): boolean =>
    typeof elementAt(released, path)?.deprecationReason === 'string' && elementAt(next, path) === undefined;
  const reached = reachableTypes(released, isRemoved);
  return (path) => {
    const [typeName = ''] = path.split('.');
    const isUnreached = released.getType(typeName) !== undefined && !reached.has(typeName);
    return !isUnreached && !isRemoved(path);
  };
}
