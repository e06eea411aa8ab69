// Removes the raw variables from the context. Yoga keeps them there for every resolver, with secrets in plain text. The execution
// has its own copy, in which secrets are Secret objects.
import type { GraphQLParams, Plugin } from 'graphql-yoga';

/** Removes the raw variables from the context before the execution. */
export const useDroppedVariables = (): Plugin<{ params: GraphQLParams }> => ({
  onExecute: ({ args }) => {
    const { contextValue } = args;
    contextValue.params = { ...contextValue.params, variables: undefined };
  },
});
