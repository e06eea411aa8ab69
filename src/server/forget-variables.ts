// Yoga keeps the request's raw variables, secrets in clear among them, on the context that every resolver gets. Once they have
// been handed to the execution, which makes Secrets of those, nobody needs them.
import type { GraphQLParams, Plugin } from 'graphql-yoga';

export const useForgottenVariables = (): Plugin<{ params: GraphQLParams }> => ({
  onExecute: ({ args }) => {
    const { contextValue } = args;
    contextValue.params = { ...contextValue.params, variables: undefined };
  },
});
