// The supergraph behind Hive's gateway.
import { createServer } from 'node:http';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { GraphQLError } from 'graphql';
import { listen } from './listen.js';
import { withoutValue } from './quiet-errors.js';

function quiet(error) {
  const message = withoutValue(error.message);
  if (message === error.message) return error;
  const { nodes, source, positions, path, extensions } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions });
}

const quietErrors = {
  onExecutionResult({ result, setResult }) {
    if (result?.errors) setResult({ ...result, errors: result.errors.map(quiet) });
  },
};

/**
 * @param {{ supergraph: string, port: number }} options
 * @returns {Promise<import('./listen.js').Served>}
 */
export async function startHiveGateway({ supergraph, port }) {
  const gateway = createGatewayRuntime({ supergraph, plugins: () => [quietErrors] });
  const { url, close } = await listen(
    createServer((request, response) => void gateway(request, response)),
    port,
  );
  return {
    url,
    close: async () => {
      await close();
      await gateway[Symbol.asyncDispose]();
    },
  };
}
