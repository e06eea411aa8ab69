// Replaces the errors of graphql-js, which quote values: a typo next to a password would send the password back. The new errors hold
// the path and the reason, in names of the schema and words of GraphQL's grammar.
import { getOperationAST, GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RequestContext } from '../graphql/context.ts';
import { argumentErrors } from './run-argument-checks.ts';
import { requestError } from './request-errors.ts';
import { syntaxReason } from './syntax-reasons.ts';
import { safeValidationErrors } from './validation-errors.ts';
import { coerceVariables } from './variable-errors.ts';

/** Returns the error for a document that cannot be parsed, without its text. */
export function syntaxError(error: GraphQLError): GraphQLError {
  const [location] = error.locations ?? [];
  const where = location ? ` at line ${location.line}, column ${location.column}` : '';
  const reason = syntaxReason(error);
  return requestError(`Syntax error${where}${reason === null ? '' : `: ${reason}`}.`, 'GRAPHQL_PARSE_FAILED');
}

interface Execution {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: unknown;
  readonly variableValues?: unknown;
  readonly contextValue: unknown;
}

/** Returns all errors in the variables and arguments of a request, before it is executed. */
function inputErrors({ schema, document, operationName, variableValues, contextValue }: Execution): GraphQLError[] {
  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : null);
  if (!operation) return [];
  const { errors, values } = coerceVariables(schema, operation, (variableValues ?? {}) as Record<string, unknown>);
  const { registry } = contextValue as RequestContext;
  return [...errors, ...argumentErrors({ schema, document, operation, values, registry })];
}

/** Returns the error without the suggestion at the end of its message. */
function withoutSuggestion(error: GraphQLError): GraphQLError {
  const message = error.message.replace(/ Did you mean .*\?$/s, '');
  if (message === error.message) return error;
  return new GraphQLError(message, { nodes: error.nodes ?? null, extensions: error.extensions });
}

/**
 * Replaces the errors of parsing, validation and coercion.
 * @param options.suggestions whether errors suggest names of the schema.
 */
export const useSafeErrors = ({ suggestions }: { readonly suggestions: boolean }): Plugin => ({
  onParse:
    () =>
    ({ result }) => {
      if (result instanceof GraphQLError) throw syntaxError(result);
    },
  onValidate:
    ({ params: { schema, documentAST } }) =>
    ({ valid, result, setResult }) => {
      if (valid) return;
      const errors = safeValidationErrors(result as readonly GraphQLError[], schema, documentAST as DocumentNode);
      setResult(suggestions ? errors : errors.map(withoutSuggestion));
    },
  onExecute: ({ args, setResultAndStopExecution }) => {
    const errors = inputErrors(args);
    if (errors.length === 0) return;
    setResultAndStopExecution({ errors: suggestions ? errors : errors.map(withoutSuggestion) });
  },
  // The execution of subscriptions would coerce the variables itself, and quote them.
  onSubscribe: ({ setResultAndStopExecution }) => {
    const error = requestError('Subscriptions are not supported.', 'GRAPHQL_VALIDATION_FAILED');
    setResultAndStopExecution({ errors: [error] });
  },
});
