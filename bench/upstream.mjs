// The upstream of all peers: a plain Node server with vendor-shaped lists. It tells its port on standard output.
//   /looker/<n>/<key>/api/4.0   Looker with n connections; each key is an instance with a credential of its own
//   /chartbrew/<n>/<key>        Chartbrew with n connections
// A key that ends in `-etag` sends an ETag and answers 304. A key `hung` never answers, a key `slow100` answers after 100 ms.
// A key that starts with `changing` sends another list in each answer: the name of one user changes.
// The list of a key `held` is answered at GET /release; GET /held returns how many such requests wait.
// GET /calls returns how many requests came since the last GET, by "METHOD route".
import { createServer } from 'node:http';
import { chartbrewRow, lookerRow } from './rows.mjs';

const lists = new Map();
function listOf(vendor, count, username) {
  const key = `${vendor} ${count} ${username}`;
  if (!lists.has(key)) {
    const rowOf = vendor === 'looker' ? lookerRow : chartbrewRow;
    const rows = Array.from({ length: count }, (_, index) => rowOf(index));
    if (username) rows[0].username = username;
    lists.set(key, Buffer.from(JSON.stringify(rows)));
  }
  return lists.get(key);
}

let answers = 0;
/** Returns a list that differs from the one before in one name of the same length. */
const changingListOf = (vendor, count) => listOf(vendor, count, `looker_reader_${(answers += 1) % 7}`);

/** The answers that wait for GET /release. */
let held = [];

let calls = {};
const count = (route) => {
  calls[route] = (calls[route] ?? 0) + 1;
};

function send(response, status, body, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, ...headers });
  response.end(body);
}
const sendJson = (response, status, value) => send(response, status, Buffer.from(JSON.stringify(value)));

const LOGIN = Buffer.from(JSON.stringify({ access_token: 'bench-token', token_type: 'Bearer', expires_in: 3600 }));

function sendList(request, response, vendor, n, key) {
  count('GET list');
  const body = key.startsWith('changing') ? changingListOf(vendor, n) : listOf(vendor, n);
  if (!key.endsWith('-etag')) return send(response, 200, body);
  const etag = `"${vendor}-${n}"`;
  if (request.headers['if-none-match'] === etag) {
    count('304 list');
    response.writeHead(304, { etag });
    return response.end();
  }
  return send(response, 200, body, { etag });
}

const lookerOne = (response, name) => {
  count('GET one');
  const index = Number(/_(\d+)$/.exec(name)?.[1] ?? Number.NaN);
  return Number.isInteger(index)
    ? sendJson(response, 200, lookerRow(index))
    : sendJson(response, 404, { message: 'Not found' });
};

function created(request, response, make) {
  count('POST create');
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => sendJson(response, 200, make(JSON.parse(Buffer.concat(chunks).toString()))));
}

function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://upstream');
  if (pathname === '/calls') {
    sendJson(response, 200, calls);
    calls = {};
    return undefined;
  }
  if (pathname === '/held') return sendJson(response, 200, { waiting: held.length });
  if (pathname === '/release') {
    for (const run of held) run();
    held = [];
    return sendJson(response, 200, {});
  }
  const [, vendor, n, key = '', ...rest] = pathname.split('/');
  if (key.startsWith('hung')) {
    count('hung');
    return undefined;
  }
  const path = rest.join('/');
  if (vendor === 'looker' && path === 'api/4.0/login') return send(response, 200, LOGIN);
  if (!request.headers.authorization) return sendJson(response, 401, { message: 'Requires authentication.' });
  if (request.method === 'POST') {
    const make =
      vendor === 'looker' ? (body) => ({ ...lookerRow(1), ...body }) : (body) => ({ ...chartbrewRow(1), ...body });
    return created(request, response, make);
  }
  if (key === 'held' && path.endsWith('connections')) {
    held.push(() => sendList(request, response, vendor, Number(n), key));
    return undefined;
  }
  if (vendor === 'looker' && path === 'api/4.0/connections') return sendList(request, response, vendor, Number(n), key);
  if (vendor === 'looker') return lookerOne(response, rest.at(-1));
  return sendList(request, response, vendor, Number(n), key);
}

const server = createServer((request, response) => {
  const key = request.url.split('/')[3] ?? '';
  const delay = /^slow(\d+)/.exec(key)?.[1];
  if (delay) setTimeout(() => answer(request, response), Number(delay));
  else answer(request, response);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.stdout.write(`${JSON.stringify({ port: server.address().port })}\n`));
