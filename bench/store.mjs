// What a store costs: creates with an idempotency key, and lists, with the store in memory, in a file and in PostgreSQL.
//   npm run build && node bench/store.mjs --postgres postgres://user@127.0.0.1/database
// The vendor answers a create at once, or after 50 ms: few real vendors are faster. The bar is for the latter: a create with PostgreSQL
// takes at most 1.3 times as long as one with memory.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { clientOf, load } from './lib/load.mjs';
import { peers, separateInstances, startPatchbay, startUpstream } from './lib/peers.mjs';
import { pinSelf } from './lib/processes.mjs';
import { shuffled } from './lib/statistics.mjs';
import { summarize, tables } from './lib/report.mjs';

const { values: flags } = parseArgs({
  options: {
    postgres: { type: 'string' },
    rounds: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '3' },
  },
});
const BAR = 1.3;

pinSelf();
const upstream = await startUpstream();
const instances = [
  { key: 'fast', path: '100/fast' },
  { key: 'late', path: '100/slow50' },
  ...separateInstances(10, 100),
];
const urls = {
  memory: 'memory:',
  file: `file:${join(mkdtempSync(join(tmpdir(), 'bench-store-')), 'patchbay.db')}`,
  ...(flags.postgres && { PostgreSQL: flags.postgres }),
};
const running = [];
for (const [name, url] of Object.entries(urls)) {
  const audit = { key: 'audit-key-of-the-bench-0123456789abcdef' };
  const server = await startPatchbay(upstream.origin, instances, { store: { url }, audit });
  running.push({ name, server, client: clientOf(server.url) });
}

let sent = 0;
/** Returns a create under a key of its own. */
function create(instance) {
  sent += 1;
  const { body, ...request } = peers.patchbay.create(instance, sent);
  const parsed = JSON.parse(body);
  parsed.variables.input.idempotencyKey = `key-${process.pid}-${sent}`;
  return { ...request, body: JSON.stringify(parsed) };
}

const workloads = {
  'create, the vendor answers at once': { clients: 1, requestOf: () => create('fast') },
  'create, the vendor answers after 50 ms': { clients: 1, requestOf: () => create('late') },
  'list of 100, 10 clients': { clients: 10, requestOf: (index) => peers.patchbay.list(`i${index}`) },
};

const figures = [];
for (let round = 0; round < Number(flags.rounds); round += 1) {
  for (const [workload, { clients, requestOf }] of shuffled(Object.entries(workloads))) {
    for (const { name, client } of shuffled(running)) {
      const measured = await load(client, { clients, seconds: Number(flags.seconds), requestOf });
      if (measured.failures > 0) throw new Error(`${measured.failures} requests failed with ${name}`);
      figures.push({ workload, peer: name, round, ...measured });
    }
  }
}

const summary = summarize(figures);
process.stdout.write(`${tables(summary)}\n`);
const p50 = (workload, peer) => summary.find((row) => row.workload === workload && row.peer === peer)?.p50.median;
for (const workload of Object.keys(workloads)) {
  for (const name of Object.keys(urls).filter((one) => one !== 'memory')) {
    const ratio = p50(workload, name) / p50(workload, 'memory');
    process.stdout.write(`${workload}: p50 with ${name} ÷ memory = ${ratio.toFixed(2)}\n`);
    if (name === 'PostgreSQL' && workload.includes('50 ms') && ratio > BAR) process.exitCode = 1;
  }
}

for (const { client, server } of running) {
  await client.close();
  await server.stop();
}
await upstream.stop();
process.exit();
