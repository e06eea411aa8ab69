// Estimates how many fields the answer of an operation has at most. Each fragment is read once and its cost is kept, so that a chain of
// fragments takes no longer than its text. @pothos/plugin-complexity expands each fragment at each spread, and counts in the resolvers.
import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { memoize } from '../fields/memoize.ts';
import { fieldOf } from './field-of.ts';
import { introspectionSizes } from './introspection-sizes.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** How often the selection of a field is in the answer. A variable may decide it. */
type Size = number | ((variables: Variables) => number);

/** A fragment in a selection set: its cost, or its name. */
interface Part {
  /** The types of objects that it applies to; null for every type that the selection set may meet. */
  readonly types: readonly GraphQLNamedType[] | null;
  readonly inner: Cost | string;
}

/** The cost of a selection set: fields, selections that are repeated, and fragments. */
interface Cost {
  fields: number;
  readonly repeated: { readonly size: Size; readonly inner: Cost }[];
  readonly parts: Part[];
}

const sizesOf = memoize(introspectionSizes);

/** The estimate for a list whose length no argument tells. */
const ASSUMED_ITEMS = 10;
/** The same for a list of values in a value, such as the databases that the settings of a connection attach. Most are empty. */
const ASSUMED_VALUES = 3;

const emptyCost = (): Cost => ({ fields: 0, repeated: [], parts: [] });

/** Returns whether a type is a page of a list. The argument `first` of its field tells the length of the lists in it. */
const isPage = (type: GraphQLNamedType | undefined): boolean => isObjectType(type) && 'pageInfo' in type.getFields();

const lengthOf = (value: unknown, other: number): number =>
  Array.isArray(value) ? value.length : typeof value === 'number' ? Math.max(value, 0) : other;

function sizeOfValue(node: ValueNode | undefined, other: number): Size {
  if (node?.kind === Kind.VARIABLE) return (variables) => lengthOf(variables[node.name.value], other);
  if (node?.kind === Kind.LIST) return node.values.length;
  return node?.kind === Kind.INT ? lengthOf(Number(node.value), other) : other;
}

/** Returns whether a type has objects that are parts of another object, and have no id. */
const isValue = (type: GraphQLNamedType | undefined): boolean => isObjectType(type) && !('id' in type.getFields());

/** Returns how often the selection of a field is in the answer. */
function sizeOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  parent: GraphQLNamedType | undefined,
  schema: GraphQLSchema,
): Size {
  const counted = parent && sizesOf(schema).get(`${parent.name}.${field.name}`);
  if (counted !== undefined) return counted;
  const valueOf = (name: string) => node.arguments?.find((argument) => argument.name.value === name)?.value;
  if (isPage(getNamedType(field.type))) {
    const first = field.args.find(({ name }) => name === 'first');
    return sizeOfValue(valueOf('first'), lengthOf(first?.defaultValue, 1));
  }
  if (!isListType(getNullableType(field.type)) || isPage(parent)) return 1;
  const list = field.args.find(({ type }) => isListType(getNullableType(type)));
  if (list) return sizeOfValue(valueOf(list.name), ASSUMED_ITEMS);
  const isInValue = isValue(parent) && parent !== schema.getQueryType();
  return isInValue && isValue(getNamedType(field.type)) ? ASSUMED_VALUES : ASSUMED_ITEMS;
}

interface DocumentCosts {
  readonly operations: ReadonlyMap<OperationDefinitionNode, Cost>;
  readonly fragments: ReadonlyMap<string, Cost>;
}

/** Reads the costs of a document. Each definition is read once. */
class CostReader {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #operations: readonly OperationDefinitionNode[];

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode) {
    this.#schema = schema;
    this.#operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
    const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  read(): DocumentCosts {
    const rootOf = (operation: OperationDefinitionNode) => this.#schema.getRootType(operation.operation) ?? undefined;
    return {
      operations: new Map(this.#operations.map((one) => [one, this.#set(one.selectionSet, rootOf(one))])),
      fragments: new Map(
        [...this.#fragments].map(([name, one]) => [name, this.#set(one.selectionSet, this.#type(one.typeCondition))]),
      ),
    };
  }

  #type(condition: NamedTypeNode | undefined): GraphQLNamedType | undefined {
    return condition && this.#schema.getType(condition.name.value);
  }

  /** Returns the types of objects that a fragment applies to, in a selection set of a type. */
  #typesOf(condition: GraphQLNamedType | undefined, type: GraphQLNamedType | undefined) {
    if (!condition || condition === type || !isAbstractType(type)) return null;
    return isAbstractType(condition) ? this.#schema.getPossibleTypes(condition) : [condition];
  }

  /** Returns the cost of a selection set without the named fragments in it. */
  #set({ selections }: SelectionSetNode, type: GraphQLNamedType | undefined): Cost {
    const cost = emptyCost();
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value;
        const condition = this.#type(this.#fragments.get(name)?.typeCondition);
        cost.parts.push({ types: this.#typesOf(condition, type), inner: name });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = this.#type(selection.typeCondition) ?? type;
        cost.parts.push({
          types: this.#typesOf(condition, type),
          inner: this.#set(selection.selectionSet, condition),
        });
      } else {
        cost.fields += 1;
        const field = fieldOf(this.#schema, type, selection.name.value);
        if (!field || !selection.selectionSet) continue;
        const inner = this.#set(selection.selectionSet, getNamedType(field.type));
        cost.repeated.push({ size: sizeOf(field, selection, type, this.#schema), inner });
      }
    }
    return cost;
  }
}

/** Adds up the costs of one document for the variables of one request. */
class CostTotals {
  readonly #fragments: DocumentCosts['fragments'];
  readonly #variables: Variables;
  readonly #totals = new Map<Cost, number>();

  constructor({ fragments }: DocumentCosts, variables: Variables) {
    this.#fragments = fragments;
    this.#variables = variables;
  }

  of(cost: Cost): number {
    const known = this.#totals.get(cost);
    if (known !== undefined) return known;
    let total = cost.fields + this.#parts(cost.parts);
    for (const { size, inner } of cost.repeated) {
      total += (typeof size === 'number' ? size : size(this.#variables)) * this.of(inner);
    }
    this.#totals.set(cost, total);
    return total;
  }

  /** Returns the total of the fragments that apply to the same object, for the type where it is highest. */
  #parts(parts: readonly Part[]): number {
    let always = 0;
    const byType = new Map<GraphQLNamedType, number>();
    for (const { types, inner } of parts) {
      const total = this.of(typeof inner === 'string' ? (this.#fragments.get(inner) ?? emptyCost()) : inner);
      if (types === null) always += total;
      else for (const type of types) byType.set(type, (byType.get(type) ?? 0) + total);
    }
    return always + Math.max(0, ...byType.values());
  }
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
const cache = new WeakMap<DocumentNode, DocumentCosts>();

/** Returns how many fields the answer of an operation of a valid document has at most, by an estimate. */
export function estimateCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const costs = cache.get(document) ?? new CostReader(schema, document).read();
  cache.set(document, costs);
  const totals = new CostTotals(costs, withDefaults(operation, variables));
  return totals.of(costs.operations.get(operation) ?? emptyCost());
}
