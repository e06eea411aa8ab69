// Where each literal of a document stands, in the schema's names: `Argument input.config.postgres.port on Mutation.createConnection`.
// A name that the schema does not know is in no place: what stands below an unknown field has none.
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

/** How a place is spelt, from the path below an argument or variable. */
type Spell = (path: readonly string[]) => string;
type Places = Map<ASTNode, string>;

function addPlaces(places: Places, spell: Spell, node: ValueNode, type: GraphQLInputType, path: readonly string[]) {
  places.set(node, spell(path));
  const nullable = isNonNullType(type) ? type.ofType : type;
  if (node.kind === Kind.LIST && isListType(nullable)) {
    node.values.forEach((value, at) => addPlaces(places, spell, value, nullable.ofType, [...path, String(at)]));
    return;
  }
  if (isListType(nullable)) return addPlaces(places, spell, node, nullable.ofType, path);
  if (node.kind !== Kind.OBJECT || !isInputObjectType(nullable)) return;
  const known = nullable.getFields();
  for (const field of node.fields) {
    const name = field.name.value;
    // What is wrong with an unknown field is wrong with the object that it stands in.
    places.set(field, spell(path));
    const definition = Object.hasOwn(known, name) ? known[name] : undefined;
    places.set(field.name, spell(definition ? [...path, name] : path));
    if (definition) addPlaces(places, spell, field.value, definition.type, [...path, name]);
  }
}

export function literalPlaces(schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<ASTNode, string> {
  const places: Places = new Map();
  const info = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(info, {
    Argument: (node) => {
      const argument = info.getArgument();
      const directive = info.getDirective();
      const owner = directive ? `@${directive.name}` : `${info.getParentType()?.name}.${info.getFieldDef()?.name}`;
      if (!argument) return;
      const spell: Spell = (path) => `Argument ${[argument.name, ...path].join('.')} on ${owner}`;
      addPlaces(places, spell, node.value, argument.type, []);
    },
    VariableDefinition: ({ variable, type, defaultValue }) => {
      const named = typeFromAST(schema, type);
      if (!defaultValue || !isInputType(named)) return;
      const spell: Spell = (path) => `Default of variable ${[`$${variable.name.value}`, ...path].join('.')}`;
      addPlaces(places, spell, defaultValue, named, []);
    },
  });
  visit(document, visitor);
  return places;
}
