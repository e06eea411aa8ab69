// The load: a number of clients, each of which sends its next request when its last one is answered.
import { Pool } from 'undici';

export const percentile = (sorted, share) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Returns a client of one server. */
export function clientOf(url, connections = 64) {
  const { origin, pathname } = new URL(url);
  // Connections are closed before the servers close them: some do so after five seconds.
  const idle = { keepAliveTimeout: 1000, keepAliveMaxTimeout: 1000 };
  const pool = new Pool(origin, { connections, headersTimeout: 120_000, bodyTimeout: 120_000, ...idle });
  const send = async ({ method = 'POST', path = pathname, headers = {}, body }) => {
    const response = await pool.request({
      method,
      path,
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    return response;
  };
  return {
    /** Sends a request and returns the answer's JSON. */
    json: async (request) => (await send(request)).body.json(),
    /** Sends a request and reads the answer to its end without keeping it. Throws when the status is not 200. */
    drain: async (request) => {
      const { statusCode, body } = await send(request);
      let bytes = 0;
      for await (const chunk of body) bytes += chunk.length;
      if (statusCode !== 200) throw new Error(`status ${statusCode}`);
      return bytes;
    },
    /** Sends a request and reads the answer to its end. Returns its status and its headers. */
    status: async (request) => {
      const { statusCode, headers, body } = await send(request);
      await body.bytes();
      return { statusCode, headers };
    },
    close: () => pool.destroy(),
  };
}

/**
 * Sends requests for a time.
 * @param requestOf returns the request of a client's turn.
 * @returns requests per second, latencies in milliseconds, the number of requests and of failures.
 */
export async function load(client, { clients, seconds, requestOf }) {
  const latencies = [];
  let failures = 0;
  const began = performance.now();
  const ends = began + seconds * 1000;
  const run = async (index) => {
    for (let turn = 0; performance.now() < ends; turn += 1) {
      const sent = performance.now();
      try {
        await client.drain(requestOf(index, turn));
        latencies.push(performance.now() - sent);
      } catch {
        failures += 1;
      }
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, index) => run(index)));
  const took = (performance.now() - began) / 1000;
  latencies.sort((a, b) => a - b);
  return {
    rps: latencies.length / took,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    count: latencies.length,
    failures,
  };
}
