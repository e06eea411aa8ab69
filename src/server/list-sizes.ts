// Limits the lists in the arguments and variables of a document.
import {
  BREAK,
  Kind,
  visit,
  type DocumentNode,
  type GraphQLError,
  type OperationDefinitionNode,
  type TypeNode,
} from 'graphql';
import { exceeded } from './request-errors.ts';

export interface ListLimits {
  /** The most items of a list in an argument or in a variable. */
  readonly listItems: number;
  /** The most references in `_entities`. */
  readonly entities: number;
}

const REFERENCES = 'representations';
const REFERENCE_TYPE = '_Any';

const tooManyItems = ({ listItems }: ListLimits): GraphQLError =>
  exceeded('listItems', listItems, `A list in an argument or in a variable has more than ${listItems} items`);

const tooManyEntities = ({ entities }: ListLimits): GraphQLError =>
  exceeded('entities', entities, `\`representations\` has more than ${entities} references`);

/** Returns the error for a list in the text of a document that is too long; null when there is none. */
export function literalListError(document: DocumentNode, limits: ListLimits): GraphQLError | null {
  let error: GraphQLError | null = null;
  visit(document, {
    ListValue: ({ values }, _key, parent) => {
      const isReferences =
        parent !== undefined && 'kind' in parent && parent.kind === Kind.ARGUMENT && parent.name.value === REFERENCES;
      if (isReferences && values.length > limits.entities) error = tooManyEntities(limits);
      if (!isReferences && values.length > limits.listItems) error = tooManyItems(limits);
      return error ? BREAK : undefined;
    },
  });
  return error;
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

/** Returns whether a value holds a list that is too long. It uses no recursion, because values may be nested without limit. */
function hasLongList(root: readonly unknown[], maxItems: number): boolean {
  const open: unknown[] = [...root];
  while (open.length > 0) {
    const value = open.pop();
    if (Array.isArray(value) && value.length > maxItems) return true;
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) open.push(inner);
  }
  return false;
}

/** Returns the error for a list that is too long in the variables of an operation; null when there is none. */
export function variableListError(
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  limits: ListLimits,
): GraphQLError | null {
  for (const { variable, type } of variableDefinitions) {
    const value = Object.hasOwn(variables, variable.name.value) ? variables[variable.name.value] : undefined;
    const isReferences = namedType(type) === REFERENCE_TYPE && Array.isArray(value);
    if (isReferences && value.length > limits.entities) return tooManyEntities(limits);
    if (hasLongList(isReferences ? value : [value], limits.listItems)) return tooManyItems(limits);
  }
  return null;
}
