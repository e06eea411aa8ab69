// How the bare peers call the upstream, and how a peer tells that it listens.
import { Pool } from 'undici';

const origin = process.env.UPSTREAM;
const pool = new Pool(origin, { connections: 64 });
const headers = { authorization: 'token bench-token' };
/** Rows of the list of one instance; BENCH_ROWS is the number of connections that each instance has. */
const rows = process.env.BENCH_ROWS ?? '100';
const base = (instance) => `/looker/${rows}/${instance}/api/4.0`;

export async function fetchList(instance) {
  const { body } = await pool.request({ method: 'GET', path: `${base(instance)}/connections`, headers });
  return body.json();
}

export async function fetchOne(instance, name) {
  const { statusCode, body } = await pool.request({
    method: 'GET',
    path: `${base(instance)}/connections/${name}`,
    headers,
  });
  return statusCode === 200 ? body.json() : (await body.dump(), null);
}

export async function postOne(instance, row) {
  const { body } = await pool.request({
    method: 'POST',
    path: `${base(instance)}/connections`,
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(row),
  });
  return body.json();
}

export function listening(server) {
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`));
}
