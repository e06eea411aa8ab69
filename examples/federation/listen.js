// Listening and letting go, the same for every server of this example.
import { once } from 'node:events';

/** @typedef {{ url: string, close: () => Promise<void> }} Served Where GraphQL is answered, and how to end it. */

/**
 * @param {import('node:http').Server} server
 * @param {number} port 0 for any
 * @returns {Promise<Served>}
 */
export async function listen(server, port) {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${server.address().port}/graphql`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
