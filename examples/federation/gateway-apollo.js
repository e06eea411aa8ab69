// The supergraph behind Apollo's gateway, in Apollo Server.
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { withoutValue } from './quiet-errors.js';

/**
 * @param {{ supergraph: string, port: number }} options
 * @returns {Promise<import('./listen.js').Served>}
 */
export async function startApolloGateway({ supergraph, port }) {
  const server = new ApolloServer({
    gateway: new ApolloGateway({ supergraphSdl: supergraph }),
    formatError: (error) => ({ ...error, message: withoutValue(error.message) }),
    // A stack tells callers about this machine.
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  const { url } = await startStandaloneServer(server, { listen: { port, host: '127.0.0.1' } });
  return { url, close: () => server.stop() };
}
