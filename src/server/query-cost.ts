// Estimates how many fields the answer of an operation has at most. Each fragment is read once and its cost is kept, so that a chain of
// fragments takes no longer than its text. @pothos/plugin-complexity expands each fragment at each spread, and counts in the resolvers.
import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  isInterfaceType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/** How often the selection of a field is in the answer. A variable may decide it. */
type Size = number | ((variables: Variables) => number);

/** The cost of a selection set: fields, and selections that are repeated. */
interface Cost {
  fields: number;
  readonly repeated: { readonly size: Size; readonly inner: Cost }[];
  readonly spreads: string[];
}

/** The estimate for a list whose length no argument tells. */
const ASSUMED_ITEMS = 10;

const emptyCost = (): Cost => ({ fields: 0, repeated: [], spreads: [] });

const fieldsOf = (type: GraphQLNamedType | undefined) =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};

/** Returns whether a type is a page of a list. The argument `first` of its field tells the length of the lists in it. */
const isPage = (type: GraphQLNamedType | undefined): boolean => 'pageInfo' in fieldsOf(type);

const lengthOf = (value: unknown, other: number): number =>
  Array.isArray(value) ? value.length : typeof value === 'number' ? Math.max(value, 0) : other;

function sizeOfValue(node: ValueNode | undefined, other: number): Size {
  if (node?.kind === Kind.VARIABLE) return (variables) => lengthOf(variables[node.name.value], other);
  if (node?.kind === Kind.LIST) return node.values.length;
  return node?.kind === Kind.INT ? lengthOf(Number(node.value), other) : other;
}

/** Returns how often the selection of a field is in the answer. */
function sizeOf(field: GraphQLField<unknown, unknown>, node: FieldNode, parent: GraphQLNamedType | undefined): Size {
  const valueOf = (name: string) => node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (isPage(getNamedType(field.type))) {
    const first = field.args.find(({ name }) => name === 'first');
    return sizeOfValue(valueOf('first'), lengthOf(first?.defaultValue, 1));
  }
  if (!isListType(getNullableType(field.type)) || isPage(parent)) return 1;
  const list = field.args.find(({ type }) => isListType(getNullableType(type)));
  return list ? sizeOfValue(valueOf(list.name), ASSUMED_ITEMS) : ASSUMED_ITEMS;
}

/** Returns the cost of a selection set without the fragments that it spreads. */
function costOfSet(schema: GraphQLSchema, set: SelectionSetNode, type: GraphQLNamedType | undefined): Cost {
  const cost = emptyCost();
  const fields = fieldsOf(type);
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) cost.spreads.push(selection.name.value);
    else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition, selectionSet } = selection;
      const inner = typeCondition ? schema.getType(typeCondition.name.value) : type;
      cost.repeated.push({ size: 1, inner: costOfSet(schema, selectionSet, inner) });
    } else {
      cost.fields += 1;
      const field = fields[selection.name.value];
      if (!field || !selection.selectionSet) continue;
      const inner = costOfSet(schema, selection.selectionSet, getNamedType(field.type));
      cost.repeated.push({ size: sizeOf(field, selection, type), inner });
    }
  }
  return cost;
}

interface OperationCosts {
  readonly operations: ReadonlyMap<OperationDefinitionNode, Cost>;
  readonly fragments: ReadonlyMap<string, Cost>;
}

function costsOf(schema: GraphQLSchema, { definitions }: DocumentNode): OperationCosts {
  const operations = new Map<OperationDefinitionNode, Cost>();
  const fragments = new Map<string, Cost>();
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const root = schema.getRootType(definition.operation) ?? undefined;
      operations.set(definition, costOfSet(schema, definition.selectionSet, root));
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      const type = schema.getType(definition.typeCondition.name.value);
      fragments.set(definition.name.value, costOfSet(schema, definition.selectionSet, type));
    }
  }
  return { operations, fragments };
}

/** Returns the variables with the defaults of those that are missing. */
const withDefaults = ({ variableDefinitions = [] }: OperationDefinitionNode, variables: Variables): Variables => ({
  ...Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  ),
  ...variables,
});

/** Results by document. Parsed documents are cached, so the same document is often executed again. */
const cache = new WeakMap<DocumentNode, OperationCosts>();

/** Returns how many fields the answer of an operation of a valid document has at most, by an estimate. */
export function estimateCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const costs = cache.get(document) ?? costsOf(schema, document);
  cache.set(document, costs);
  const values = withDefaults(operation, variables);
  const totals = new Map<Cost, number>();
  const total = (cost: Cost): number => {
    const known = totals.get(cost);
    if (known !== undefined) return known;
    let sum = cost.fields;
    for (const { size, inner } of cost.repeated) {
      sum += (typeof size === 'number' ? size : size(values)) * total(inner);
    }
    for (const name of cost.spreads) sum += total(costs.fragments.get(name) ?? emptyCost());
    totals.set(cost, sum);
    return sum;
  };
  return total(costs.operations.get(operation) ?? emptyCost());
}
