// Runs the argument checks of all fields of an operation before it is executed.
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
import { argumentCheckOf, type CheckArguments } from '../graphql/define-argument-check.ts';
import type { Registry } from '../services/registry.ts';
import { requestError } from './request-errors.ts';

interface CheckedField {
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
  readonly check: CheckArguments<unknown>;
  /** The coordinate in the schema, such as `Query.connections`. */
  readonly name: string;
  /** The path in the response: aliases, from the root down. */
  readonly path: readonly string[];
}

/** A selection set that has yet to be searched. */
interface OpenSelection {
  readonly set: SelectionSetNode;
  readonly type: GraphQLNamedType | undefined;
  readonly path: readonly string[];
}

/** Finds the fields of an operation that have an argument check. */
class Collector {
  readonly found: CheckedField[] = [];
  readonly #schema: GraphQLSchema;
  /** The fragments that have not been searched. Each is searched once, because its errors are the same at every spread. */
  readonly #fragments: Map<string, FragmentDefinitionNode>;

  constructor(schema: GraphQLSchema, { definitions }: DocumentNode) {
    this.#schema = schema;
    const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
    this.#fragments = new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
  }

  /** Searches the operation. It uses no recursion, because a long chain of fragments would exhaust the stack. */
  collect(operation: OperationDefinitionNode): void {
    const root = this.#schema.getRootType(operation.operation) ?? undefined;
    const open: OpenSelection[] = [{ set: operation.selectionSet, type: root, path: [] }];
    for (let next = open.pop(); next; next = open.pop()) {
      for (const selection of next.set.selections) {
        const below = this.#below(selection, next);
        if (below) open.push(below);
      }
    }
  }

  #below(selection: SelectionNode, { type, path }: OpenSelection): OpenSelection | null {
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

  #field(node: FieldNode, type: GraphQLNamedType | undefined, parentPath: readonly string[]): OpenSelection | null {
    const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[node.name.value] : undefined;
    if (!field || !type) return null;
    const path = [...parentPath, node.alias?.value ?? node.name.value];
    const check = argumentCheckOf(field);
    if (check) this.found.push({ node, field, check, name: `${type.name}.${field.name}`, path });
    const inner = getNamedType(field.type);
    return node.selectionSet && isCompositeType(inner) ? { set: node.selectionSet, type: inner, path } : null;
  }
}

/** Results by operation. Parsed documents are cached, so the same operation is often executed again. */
const cache = new WeakMap<OperationDefinitionNode, readonly CheckedField[]>();

function checkedFields(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) {
  const cached = cache.get(operation);
  if (cached) return cached;
  const collector = new Collector(schema, document);
  collector.collect(operation);
  cache.set(operation, collector.found);
  return collector.found;
}

function toError({ argument, message, code }: BadInputError, { node, name, path }: CheckedField): GraphQLError {
  const [first] = argument;
  const issue = { path: [...path, ...argument], code, message, source: 'GATEWAY' };
  return requestError(`Argument ${argument.join('.')} on ${name}: ${message}`, 'BAD_USER_INPUT', {
    nodes: node.arguments?.find((argumentNode) => argumentNode.name.value === first) ?? node,
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

/** Returns an error for each argument that a check refuses. */
export function argumentErrors({ schema, document, operation, values, registry }: Operation): GraphQLError[] {
  return checkedFields(schema, document, operation).flatMap((checked) => {
    let args: unknown;
    try {
      args = getArgumentValues(checked.field, checked.node, values);
    } catch {
      return []; // A variable is null or missing where a value is required. Execution reports it.
    }
    return checked.check(args, registry).map((problem) => toError(problem, checked));
  });
}
