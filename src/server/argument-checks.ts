// Runs the checks that fields have for their arguments, wherever in an operation the fields stand, before anything is executed.
import {
  getArgumentValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { BadInputError } from '../domain/errors.ts';
import { checkOf, type CheckArguments } from '../graphql/argument-check.ts';
import type { Registry } from '../services/registry.ts';
import { requestError } from './errors.ts';

interface CheckedField {
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
  readonly check: CheckArguments<unknown>;
  /** As the schema names it: `Query.connections`. */
  readonly name: string;
  /** As an answer names it: by alias, from the root down. */
  readonly path: readonly string[];
}

interface Selected {
  readonly set: SelectionSetNode;
  readonly type: GraphQLNamedType | undefined;
  readonly path: readonly string[];
}

class Collector {
  readonly found: CheckedField[] = [];
  readonly #schema: GraphQLSchema;
  /** Each is taken once: what is wrong in it is wrong wherever it is spread. */
  readonly #fragments: Map<string, FragmentDefinitionNode>;

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode) {
    this.#schema = schema;
    const fragments = definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((one) => [one.name.value, one]));
  }

  /** No recursion: fragments may follow one another deeper than the stack goes. */
  collect(operation: OperationDefinitionNode): void {
    const root = this.#schema.getRootType(operation.operation) ?? undefined;
    const open: Selected[] = [{ set: operation.selectionSet, type: root, path: [] }];
    for (let next = open.pop(); next; next = open.pop()) {
      for (const selection of next.set.selections) {
        const below = this.#below(selection, next);
        if (below) open.push(below);
      }
    }
  }

  #below(selection: SelectionNode, { type, path }: Selected): Selected | null {
    if (selection.kind === Kind.FIELD) return this.#field(selection, type, path);
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const { typeCondition, selectionSet } = selection;
      return { set: selectionSet, type: typeCondition ? this.#schema.getType(typeCondition.name.value) : type, path };
    }
    const fragment = this.#fragments.get(selection.name.value);
    this.#fragments.delete(selection.name.value);
    return fragment
      ? { set: fragment.selectionSet, type: this.#schema.getType(fragment.typeCondition.name.value), path }
      : null;
  }

  #field(node: FieldNode, type: GraphQLNamedType | undefined, above: readonly string[]): Selected | null {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (!field || !type) return null;
    const path = [...above, node.alias?.value ?? node.name.value];
    const check = checkOf(field);
    if (check) this.found.push({ node, field, check, name: `${type.name}.${field.name}`, path });
    const inner = getNamedType(field.type);
    return node.selectionSet && isCompositeType(inner) ? { set: node.selectionSet, type: inner, path } : null;
  }
}

/** Parsed documents are kept, and most requests repeat one. */
const known = new WeakMap<OperationDefinitionNode, readonly CheckedField[]>();

function checkedFields(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
  const held = known.get(operation);
  if (held) return held;
  const collector = new Collector(schema, document);
  collector.collect(operation);
  known.set(operation, collector.found);
  return collector.found;
}

function toError({ argument, message, code }: BadInputError, { node, name, path }: CheckedField): GraphQLError {
  const [first] = argument;
  const issue = { path: [...path, ...argument], code, message, source: 'GATEWAY' };
  return requestError(`Argument ${argument.join('.')} on ${name}: ${message}`, 'BAD_USER_INPUT', {
    nodes: node.arguments?.find((one) => one.name.value === first) ?? node,
    extensions: { issues: [issue] },
  });
}

interface Operation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced variables. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly registry: Registry;
}

export function argumentErrors({ schema, document, operation, values, registry }: Operation): GraphQLError[] {
  return checkedFields(schema, document, operation).flatMap((checked) => {
    let args: unknown;
    try {
      args = getArgumentValues(checked.field, checked.node, values);
    } catch {
      return []; // A variable that is null or missing where a value is needed: execution says so.
    }
    return checked.check(args, registry).map((problem) => toError(problem, checked));
  });
}
