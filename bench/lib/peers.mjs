// The servers that are compared: how each starts, how it is asked, and how its answer is brought into one form.
import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeOf, SELECTION } from '../rows.mjs';
import { CORES, jsonPort, startServer } from './processes.mjs';

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const LIST = `query List($instance: [ID!], $first: Int!) { connections(first: $first, filter: { instance: $instance }) { totalCount nodes { ${SELECTION} } } }`;
const NODES = `query Nodes($ids: [ID!]!) { nodes(ids: $ids) { ... on Connection { ${SELECTION} } } }`;
const CREATE = `mutation Create($input: CreateConnectionInput!) { createConnection(input: $input) { __typename ... on CreateConnectionSuccess { connection { name host database username } } } }`;

export const graphql = (query, variables, headers) => ({ headers, body: JSON.stringify({ query, variables }) });

export const createInput = (instance, index) => ({
  instance,
  name: `bench_${index}`,
  config: {
    postgres: { host: 'db.example.com', port: 5432, database: 'orders', username: 'bi', password: 'correct horse' },
  },
});

/** What a peer that speaks Patchbay's schema is asked. */
const sharedRequests = {
  list: (instance, first = 100) => graphql(LIST, { instance: [instance], first }),
  nodes: (ids) => graphql(NODES, { ids }),
  create: (instance, index) => graphql(CREATE, { input: createInput(instance, index) }),
  listIn: ({ data }) => ({ totalCount: data.connections.totalCount, nodes: data.connections.nodes }),
  nodesIn: ({ data }) => data.nodes,
  idsOf: (instance, names) => names.map((name) => `${instance}:${name}`),
};

const script = (name, file, env) => ({
  name,
  ...sharedRequests,
  start: (upstream, rows = 100) =>
    startServer({
      core: CORES.server,
      args: [here(`peers/${file}`)],
      env: { UPSTREAM: upstream, BENCH_ROWS: String(rows), ...env },
      portIn: jsonPort,
    }),
});

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const HIVE_FIELDS = `name dialect_name host port database username has_password max_connections pool_timeout db_timezone query_timezone tmp_db_name`;

/** Hive Gateway speaks the vendor's own names. Its rows are brought into the common form after the measurement. */
const hiveRequests = (rows) => ({
  list: (instance, first) => {
    const query = `query List($rows: String!, $instance: String!) { all_connections(rows: $rows, instance: $instance) { ${HIVE_FIELDS} } }`;
    return { ...graphql(query, { rows: String(rows), instance }), first };
  },
  nodes: (ids) => {
    const fields = ids.map((id, index) => {
      const [instance, name] = id.split(':');
      return `n${index}: one_connection(rows: "${rows}", instance: "${instance}", name: "${name}") { ${HIVE_FIELDS} }`;
    });
    return graphql(`{ ${fields.join('\n')} }`);
  },
  create: (instance, index) => {
    const { name, config } = createInput(instance, index);
    const query = `mutation ($rows: String!, $instance: String!, $input: WriteConnection_Input) { create_connection(rows: $rows, instance: $instance, input: $input) { name host database username } }`;
    const input = { name, dialect_name: 'postgres', ...config.postgres, port: '5432' };
    return graphql(query, { rows: String(rows), instance, input });
  },
  listIn: ({ data }) => ({ totalCount: data.all_connections.length, nodes: data.all_connections.map(nodeOf) }),
  nodesIn: ({ data }) => Object.values(data).map(nodeOf),
  idsOf: sharedRequests.idsOf,
});

let composed;
function composeHive(upstream) {
  if (composed?.upstream === upstream) return composed.file;
  const cwd = here('peers/hive');
  execFileSync(here('node_modules/.bin/mesh-compose'), ['-c', 'mesh.config.mjs'], {
    cwd,
    env: { ...process.env, UPSTREAM: upstream },
    stdio: 'pipe',
  });
  composed = { upstream, file: join(cwd, 'supergraph.graphql') };
  return composed.file;
}

const hive = {
  name: 'Hive Gateway',
  ...hiveRequests(100),
  withRows: (rows) => ({ ...hive, ...hiveRequests(rows) }),
  prepare: composeHive,
  start: async (upstream) => {
    const port = await freePort();
    const file = composeHive(upstream);
    const cwd = mkdtempSync(join(tmpdir(), 'bench-hive-'));
    const began = performance.now();
    const server = await startServer({
      core: CORES.server,
      cwd,
      args: [here('node_modules/.bin/hive-gateway'), 'supergraph', file, '--port', String(port), '--host', '127.0.0.1'],
      portIn: (line) => (/listening|started|Serving/i.test(line) ? { port } : null),
    });
    return { ...server, startMs: performance.now() - began };
  },
};

/** Returns a Patchbay configuration whose instances are the given ones. */
export const configOf = (upstream, instances, sections = {}) => ({
  // The check of the instances would be among the counted calls.
  server: { port: 0, checkAtStart: false },
  ...sections,
  instances: instances.map(({ key, path, vendor = 'looker', ...more }) => ({
    key,
    vendor,
    baseUrl: `${upstream}/${vendor}/${path}${vendor === 'looker' ? '/api/4.0' : ''}`,
    ...(vendor === 'looker'
      ? { clientId: `client-${key}`, clientSecret: `secret-of-${key}` }
      : { teamId: 7, apiKey: `key-of-${key}` }),
    cache: { ttlMs: 0 },
    ...more,
  })),
});

/** Instances that share nothing: each has a credential of its own. */
export const separateInstances = (count, rows, prefix = 'i') =>
  Array.from({ length: count }, (_, index) => ({ key: `${prefix}${index}`, path: `${rows}/${prefix}${index}` }));

/** The instances of the workloads with lists. */
const listInstances = (rows) => [...separateInstances(50, rows), ...separateInstances(50, rows, 'changing')];

/** Starts a Patchbay. @param sections further sections of its configuration. */
export function startPatchbay(upstream, instances, sections) {
  const file = join(mkdtempSync(join(tmpdir(), 'bench-patchbay-')), 'patchbay.json');
  writeFileSync(file, JSON.stringify(configOf(upstream, instances, sections)));
  return startServer({
    core: CORES.server,
    args: [here('../dist/main.js'), '--config', file],
    portIn: (line) => {
      const port = /http:\/\/127\.0\.0\.1:(\d+)\/graphql/.exec(line)?.[1];
      return port ? { port: Number(port) } : null;
    },
  });
}

const patchbay = {
  name: 'Patchbay',
  ...sharedRequests,
  start: (upstream, rows = 100, instances = listInstances(rows)) => startPatchbay(upstream, instances),
};

const SCOPES = ['connections:read'];

const hashOf = (token) => `sha256:${createHash('sha256').update(token).digest('base64url')}`;
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Returns callers with tokens, and the section `auth` for them. */
export function callersWithTokens(count) {
  const callers = Array.from({ length: count }, (_, index) => ({
    name: `caller-${index}`,
    token: `pbt_${randomBytes(32).toString('base64url')}`,
  }));
  const tokens = callers.map(({ name, token }) => ({ name, hash: hashOf(token), scopes: SCOPES }));
  return { tokens: callers.map(({ token }) => token), auth: { mode: 'tokens', tokens } };
}

/** Returns a JWT of one caller, and the section `auth` for it. */
function callerWithJwt() {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwksFile = join(mkdtempSync(join(tmpdir(), 'bench-keys-')), 'keys.json');
  writeFileSync(
    jwksFile,
    JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'RS256' }] }),
  );
  const issuer = 'https://issuer.example';
  const audience = 'patchbay';
  const exp = Math.floor(Date.now() / 1000) + 36_000;
  const signed = `${encode({ alg: 'RS256', kid: 'bench', typ: 'at+jwt' })}.${encode({ iss: issuer, aud: audience, sub: 'caller', scope: SCOPES.join(' '), exp })}`;
  const token = `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  return { token, auth: { mode: 'jwt', jwt: { issuer, audience, jwksFile } } };
}

/** A Patchbay that authenticates each request. All clients are one caller, because equal questions are shared by one caller only. */
function withAuthentication(name, makeCaller) {
  let made;
  const caller = () => (made ??= makeCaller());
  return {
    name,
    ...sharedRequests,
    list: (instance, first = 100) =>
      graphql(LIST, { instance: [instance], first }, { authorization: `Bearer ${caller().token}` }),
    start: (upstream, rows = 100) => {
      const limits = { perMinute: { requests: 1_000_000 } };
      return startPatchbay(upstream, listInstances(rows), { auth: caller().auth, limits });
    },
    // It answers lists only.
    nodes: undefined,
    create: undefined,
  };
}

/** Returns one caller with a token, among a hundred, and the section `auth`. */
function callerWithToken() {
  const { tokens, auth } = callersWithTokens(100);
  return { token: tokens[50], auth };
}

/** Direct REST: the client asks the upstream itself. It is the floor of the latency. */
const rest = {
  name: 'direct REST',
  start: async (upstream) => ({ pid: null, url: `${upstream}/`, startMs: 0, stop: async () => {} }),
  list: (instance) => ({
    method: 'GET',
    path: `/looker/100/${instance}/api/4.0/connections`,
    headers: { authorization: 'token bench-token' },
  }),
  listIn: (rows) => ({ totalCount: rows.length, nodes: rows.map(nodeOf) }),
};

export const peers = {
  rest,
  // It answers lists only.
  handWritten: { ...script('hand-written', 'map.mjs'), nodes: undefined, create: undefined },
  yoga: script('Yoga', 'yoga.mjs'),
  yogaJit: script('Yoga + jit', 'yoga.mjs', { BENCH_JIT: '1' }),
  hive,
  patchbay,
  patchbayTokens: withAuthentication('Patchbay, tokens', callerWithToken),
  patchbayJwt: withAuthentication('Patchbay, JWT', callerWithJwt),
  apollo: script('Apollo Server', 'apollo.mjs'),
  mercurius: script('mercurius + jit', 'mercurius.mjs'),
};

export const startUpstream = () =>
  startServer({ core: CORES.load, args: [here('upstream.mjs')], portIn: jsonPort }).then((server) => ({
    ...server,
    origin: new URL(server.url).origin,
  }));

export const versionOf = (name) => JSON.parse(readFileSync(here(`node_modules/${name}/package.json`), 'utf8')).version;
