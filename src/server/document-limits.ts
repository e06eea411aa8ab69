// Refuses documents that exceed the limits: before they are parsed, before they are validated, and before they are executed. The
// errors name the limit. A refused document is not cached.
import {
  getOperationAST,
  OperationTypeNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { sizeError } from './document-size.ts';
import { literalListError, variableListError, type ListLimits } from './list-sizes.ts';
import { measureOperations, type Measures } from './measure-document.ts';
import { estimateCost } from './query-cost.ts';
import { exceeded, requestError } from './request-errors.ts';

/** The limits for one operation, except `tokens`, which counts the whole document. */
export interface DocumentLimits extends ListLimits {
  readonly tokens: number;
  readonly depth: number;
  readonly aliases: number;
  readonly directives: number;
  readonly rootFields: number;
  /** The most root fields of a mutation. */
  readonly mutations: number;
  /** The most fields of an answer, by an estimate. */
  readonly complexity: number;
}

/** Operations and fragments. It protects the stack from a chain of fragments, so it is no setting. */
const MAX_DEFINITIONS = 200;

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);

function measuresError(
  { operation }: OperationDefinitionNode,
  { depth, aliases, directives, rootFields }: Measures,
  limits: DocumentLimits,
): GraphQLError | null {
  const fields = sum(rootFields.values());
  if (depth > limits.depth) {
    return exceeded('depth', limits.depth, `The document has more than ${limits.depth} levels of fields`);
  }
  if (aliases > limits.aliases) {
    return exceeded('aliases', limits.aliases, `The document has more than ${limits.aliases} aliases`);
  }
  if (directives > limits.directives) {
    return exceeded('directives', limits.directives, `The document has more than ${limits.directives} directives`);
  }
  if (operation === OperationTypeNode.MUTATION && fields > limits.mutations) {
    return exceeded('mutations', limits.mutations, `The document has more than ${limits.mutations} mutations`);
  }
  if (fields > limits.rootFields) {
    return exceeded('rootFields', limits.rootFields, `The document has more than ${limits.rootFields} root fields`);
  }
  return null;
}

function documentError(document: DocumentNode, limits: DocumentLimits): GraphQLError | null {
  if (document.definitions.length > MAX_DEFINITIONS) {
    const message = `The document has more than ${MAX_DEFINITIONS} operations and fragments.`;
    return requestError(message, 'GRAPHQL_VALIDATION_FAILED');
  }
  for (const [operation, measures] of measureOperations(document)) {
    const error = measuresError(operation, measures, limits);
    if (error) return error;
  }
  return null;
}

interface Execution {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null;
  readonly variableValues?: Readonly<Record<string, unknown>>;
}

/** Returns the function that finds a list that is too long. The literals of each document are searched once. */
function listCheck(limits: DocumentLimits): (execution: Execution) => GraphQLError | null {
  const literals = new WeakMap<DocumentNode, { readonly error: GraphQLError | null }>();
  return ({ document, operationName, variableValues = {} }) => {
    const found = literals.get(document) ?? { error: literalListError(document, limits) };
    literals.set(document, found);
    const operation = getOperationAST(document, operationName);
    return found.error ?? (operation ? variableListError(operation, variableValues, limits) : null);
  };
}

/** Returns the error for an operation whose answer may have too many fields; null for any other operation. */
function costError(
  { schema, document, operationName, variableValues = {} }: Execution,
  { complexity }: DocumentLimits,
): GraphQLError | null {
  const operation = getOperationAST(document, operationName);
  if (!operation || estimateCost(schema, document, operation, variableValues) <= complexity) return null;
  return exceeded('complexity', complexity, `The answer may have more than ${complexity} fields`);
}

/**
 * Refuses documents that exceed the limits. It must come after the checks of arguments, whose errors about lists say more.
 * @param isCached returns whether a document with this text was accepted before.
 */
export function useDocumentLimits(limits: DocumentLimits, isCached: (text: string) => boolean): Plugin {
  /** Documents are cached, so each is measured once. */
  const accepted = new WeakSet<DocumentNode>();
  const findLongList = listCheck(limits);
  return {
    onParse: ({ params: { source } }) => {
      const text = typeof source === 'string' ? source : source.body;
      const tooLarge = isCached(text) ? null : sizeError(text, limits.tokens);
      if (tooLarge) throw tooLarge;
      return ({ result }) => {
        if (!result || result instanceof Error) return;
        const document = result as DocumentNode;
        if (accepted.has(document)) return;
        const error = documentError(document, limits);
        if (error) throw error;
        accepted.add(document);
      };
    },
    onExecute: ({ args, setResultAndStopExecution }) => {
      const error = findLongList(args) ?? costError(args, limits);
      if (error) setResultAndStopExecution({ errors: [error] });
    },
  };
}
