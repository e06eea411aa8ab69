// Apollo's inline trace (ftv1): how long each field took, for a router that asks by its header. It goes to whoever collects it, so
// that of an error it holds the place and the code alone.
import { useApolloInlineTrace } from '@graphql-yoga/plugin-apollo-inline-trace';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

const withoutDetail = ({ path, extensions }: GraphQLError): GraphQLError =>
  new GraphQLError((extensions['code'] as string | undefined) ?? 'INTERNAL_SERVER_ERROR', { path: path ?? null });

/** The library spreads the bytes of a trace over the arguments of one call: a large one overflows the stack. It is left out then. */
function leaveOutTooLarge(plugin: Plugin): Plugin {
  const { onExecutionResult } = plugin;
  if (!onExecutionResult) return plugin;
  return {
    ...plugin,
    onExecutionResult: (payload) => {
      try {
        return onExecutionResult(payload);
      } catch (error) {
        if (error instanceof RangeError) return undefined;
        throw error;
      }
    },
  };
}

export function useInlineTrace(): Plugin {
  const { onPluginInit, ...plugin } = useApolloInlineTrace({ rewriteError: withoutDetail }) as Plugin;
  return {
    ...plugin,
    onPluginInit: ({ addPlugin, ...rest }) =>
      onPluginInit?.({ ...rest, addPlugin: (added) => addPlugin(leaveOutTooLarge(added)) }),
  };
}
