// Checks that `operationName` selects one operation of the document, before the document is validated.
import { GraphQLError, Kind, type DocumentNode } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';

function operationNameProblem({ definitions }: DocumentNode, name: unknown): string | null {
  const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) return 'The document has no query or mutation.';
  if (name === undefined || name === null) {
    return operations.length === 1
      ? null
      : 'The document has several operations: `operationName` must name the one to run.';
  }
  if (typeof name !== 'string') return '`operationName` must be text.';
  const exists = operations.some((operation) => operation.name?.value === name);
  return exists ? null : 'The document has no operation with the name in `operationName`.';
}

/** Refuses a request that does not select one operation. */
export const useOperationNameCheck = (): Plugin<{ params?: GraphQLParams }> => ({
  onParse:
    () =>
    ({ result, context: { params } }) => {
      if (!result || result instanceof Error) return;
      const problem = operationNameProblem(result as DocumentNode, params?.operationName);
      if (problem === null) return;
      throw new GraphQLError(problem, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });
    },
});
