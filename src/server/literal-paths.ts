// Describes the path of each literal of a document in names of the schema, such as
// `Argument input.config.postgres.port on Mutation.createConnection`. A literal below an unknown field has no path.
import {
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  typeFromAST,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type ASTNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type ValueNode,
} from 'graphql';

/** Describes a path below an argument or variable. */
type Describe = (path: readonly string[]) => string;
type Paths = Map<ASTNode, string>;

function addPaths(paths: Paths, describe: Describe, node: ValueNode, type: GraphQLInputType, path: readonly string[]) {
  paths.set(node, describe(path));
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (node.kind === Kind.LIST && isListType(nullable)) {
    node.values.forEach((value, index) => addPaths(paths, describe, value, nullable.ofType, [...path, String(index)]));
    return;
  }
  if (isListType(nullable)) return addPaths(paths, describe, node, nullable.ofType, path);
  if (node.kind !== Kind.OBJECT || !isInputObjectType(nullable)) return;
  const knownFields = nullable.getFields();
  for (const field of node.fields) {
    const name = field.name.value;
    // An error about an unknown field is reported at the object that contains it.
    paths.set(field, describe(path));
    const definition = Object.hasOwn(knownFields, name) ? knownFields[name] : undefined;
    paths.set(field.name, describe(definition ? [...path, name] : path));
    if (definition) addPaths(paths, describe, field.value, definition.type, [...path, name]);
  }
}

export function literalPaths(schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<ASTNode, string> {
  const paths: Paths = new Map();
  const info = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(info, {
    Argument: (node) => {
      const argument = info.getArgument();
      const directive = info.getDirective();
      const owner = directive ? `@${directive.name}` : `${info.getParentType()?.name}.${info.getFieldDef()?.name}`;
      if (!argument) return;
      const describe: Describe = (path) => `Argument ${[argument.name, ...path].join('.')} on ${owner}`;
      addPaths(paths, describe, node.value, argument.type, []);
    },
    VariableDefinition: ({ variable, type, defaultValue }) => {
      const named = typeFromAST(schema, type);
      if (!defaultValue || !isInputType(named)) return;
      const describe: Describe = (path) => `Default of variable ${[`$${variable.name.value}`, ...path].join('.')}`;
      addPaths(paths, describe, defaultValue, named, []);
    },
  });
  visit(document, visitor);
  return paths;
}
