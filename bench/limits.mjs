// The CPU time of a query that meets all limits of documents at once, and of the same query with one more of anything.
//   npm run build && NODE_ENV=production node bench/limits.mjs
// The lists of the vendors are cached, so no time of reading them is in the figures. The bar is for the lowest of the
// rounds, because other load on the machine makes each round take more CPU time and none less. It fails above the bar.
import assert from 'node:assert/strict';
import { parseArgs } from 'node:util';
import { createGateway, createLog, parseConfig, vendors } from '../dist/gateway.js';
import { AT_ALL_LIMITS, documentOf } from './lib/all-limits.mjs';
import { configOf, startUpstream } from './lib/peers.mjs';
import { median } from './lib/statistics.mjs';

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } });
const rounds = Number(flags.rounds);
/** Queries before the measurement. They compile the code that runs often, as in a process that has run for a while. */
const WARM_UP = 10;
const BAR_MS = 50;

const upstream = await startUpstream();
const instances = ['a', 'b'].map((key) => ({ key, path: `250/${key}`, cache: { ttlMs: 600_000 } }));
const config = parseConfig(configOf(upstream.origin, instances), { vendors, environment: {} });
const gateway = await createGateway(config, { logger: createLog({ write: () => {} }) });

/** Returns the CPU time of one query in milliseconds, of all threads, and the body of the answer. */
async function ask(query) {
  const request = new Request('http://127.0.0.1/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const before = process.cpuUsage();
  const answer = await gateway.fetch(request);
  const body = await answer.arrayBuffer();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, body };
}

/** The query, and what is refused of it: the name of the limit, or null. */
const queries = [
  ['at all limits', null, {}],
  ['too many tokens', 'tokens', { tokens: 4001 }],
  ['too deep', 'depth', { depth: 16 }],
  ['too many aliases', 'aliases', { aliases: 61 }],
  ['too many directives', 'directives', { directives: 51 }],
  ['too many root fields', 'rootFields', { rootFields: 61 }],
  ['a list that is too long', 'listItems', { listItems: 101 }],
  ['too many fields in the answer', 'complexity', { first: 92 }],
];

function check(body, limit) {
  const { data, errors } = JSON.parse(Buffer.from(body).toString());
  assert.equal(errors?.[0].extensions.limit.name ?? null, limit);
  if (limit === null) assert.equal(data.connections.nodes.length, 200);
}

/** Returns the lowest time and the median of a query: of texts that were not seen before, and of the same texts once more. */
async function measure(limit, more) {
  const query = documentOf({ ...AT_ALL_LIMITS, ...more });
  const [first, again] = [[], []];
  for (let round = 0; round < WARM_UP + rounds; round += 1) {
    for (const times of [first, again]) {
      const { ms, body } = await ask(`# ${round}\n${query}`);
      if (round === 0) check(body, limit);
      times.push(ms);
    }
  }
  return [first, again]
    .map((times) => times.slice(WARM_UP))
    .map((times) => ({ lowest: Math.min(...times), middle: median(times) }));
}

const cell = ({ lowest, middle }) => `${lowest.toFixed(1)}, ${middle.toFixed(1)}`;
const line = (cells) => process.stdout.write(`| ${cells.join(' | ')} |\n`);
line(['query', 'first time: lowest, median (CPU ms)', 'again: lowest, median (CPU ms)', 'bar', 'met']);
line(['---', '---', '---', '---', '---']);
await ask('{ connections(first: 1) { totalCount } }');
for (const [what, limit, more] of queries) {
  const [first, again] = await measure(limit, more);
  const isMet = Math.max(first.lowest, again.lowest) <= BAR_MS;
  if (!isMet) process.exitCode = 1;
  line([what, cell(first), cell(again), `≤ ${BAR_MS}`, isMet ? 'yes' : 'NO']);
}
await gateway.close();
await upstream.stop();
