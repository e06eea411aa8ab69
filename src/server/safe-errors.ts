// graphql-js quotes the caller's values in its own errors: a typo beside a password would send the password back. Here each of them is
// told by its place and its reason, in the schema's names and the words of GraphQL's grammar.
import { getOperationAST, GraphQLError, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { RequestContext } from '../graphql/context.ts';
import { argumentErrors } from './argument-checks.ts';
import { requestError } from './errors.ts';
import { syntaxReason } from './syntax-reasons.ts';
import { safeValidationErrors } from './validation-errors.ts';
import { coerceVariables } from './variable-errors.ts';

function syntaxError(error: GraphQLError): GraphQLError {
  const [location] = error.locations ?? [];
  const where = location ? ` at line ${location.line}, column ${location.column}` : '';
  const reason = syntaxReason(error);
  return requestError(`Syntax error${where}${reason === null ? '' : `: ${reason}`}.`, 'GRAPHQL_PARSE_FAILED');
}

interface Executed {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: unknown;
  readonly variableValues?: unknown;
  readonly contextValue: unknown;
}

/** Everything that is wrong with the values of a request, before any of it is executed. */
function inputErrors({ schema, document, operationName, variableValues, contextValue }: Executed): GraphQLError[] {
  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : null);
  if (!operation) return [];
  const { errors, values } = coerceVariables(schema, operation, (variableValues ?? {}) as Record<string, unknown>);
  const { registry } = contextValue as RequestContext;
  return [...errors, ...argumentErrors({ schema, document, operation, values, registry })];
}

export const useSafeErrors = (): Plugin => ({
  onParse:
    () =>
    ({ result }) => {
      if (result instanceof GraphQLError) throw syntaxError(result);
    },
  onValidate:
    ({ params: { schema, documentAST } }) =>
    ({ valid, result, setResult }) => {
      if (valid) return;
      setResult(safeValidationErrors(result as readonly GraphQLError[], schema, documentAST as DocumentNode));
    },
  onExecute: ({ args, setResultAndStopExecution }) => {
    const errors = inputErrors(args);
    if (errors.length > 0) setResultAndStopExecution({ errors });
  },
  // Their variables would be coerced, and quoted, on a way of their own.
  onSubscribe: ({ setResultAndStopExecution }) => {
    const error = requestError('There are no subscriptions here.', 'GRAPHQL_VALIDATION_FAILED');
    setResultAndStopExecution({ errors: [error] });
  },
});
