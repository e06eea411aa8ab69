// Apollo's inline trace (ftv1): the duration of each field, for a router that sends the header for it. Of an error, the trace holds the
// path and the code only, because it is sent to a trace collector.
import { useApolloInlineTrace } from '@graphql-yoga/plugin-apollo-inline-trace';
import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

const withoutDetail = ({ path, extensions }: GraphQLError): GraphQLError =>
  new GraphQLError((extensions['code'] as string | undefined) ?? 'INTERNAL_SERVER_ERROR', { path: path ?? null });

/** Omits traces that are too large. The library passes the bytes as arguments of one call, which overflows the stack. */
function omitTooLargeTraces(plugin: Plugin): Plugin {
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

/** Adds the inline trace to answers that ask for it. */
export function useInlineTrace(): Plugin {
  const { onPluginInit, ...plugin } = useApolloInlineTrace({ rewriteError: withoutDetail }) as Plugin;
  return {
    ...plugin,
    onPluginInit: ({ addPlugin, ...rest }) =>
      onPluginInit?.({ ...rest, addPlugin: (added) => addPlugin(omitTooLargeTraces(added)) }),
  };
}
