// Which operation of a document is meant: what is wrong with the choice is said before anything else is done with the document.
import { GraphQLError, Kind, type DocumentNode } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';

function choiceProblem({ definitions }: DocumentNode, name: unknown): string | null {
  const operations = definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0) return 'The document has no query or mutation.';
  if (name === undefined || name === null) {
    return operations.length === 1
      ? null
      : 'The document has several operations: `operationName` must name the one to run.';
  }
  if (typeof name !== 'string') return '`operationName` must be text.';
  const isThere = operations.some((one) => one.name?.value === name);
  return isThere ? null : 'The document has no operation of the name in `operationName`.';
}

export const useOperationChoice = (): Plugin<{ params?: GraphQLParams }> => ({
  onParse:
    () =>
    ({ result, context: { params } }) => {
      if (!result || result instanceof Error) return;
      const problem = choiceProblem(result as DocumentNode, params?.operationName);
      if (problem === null) return;
      throw new GraphQLError(problem, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } } });
    },
});
