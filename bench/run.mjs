// The bench: starts the upstream and the peers, measures them in shuffled rounds, compares the ratios with the bars.
//   npm run bench                      all workloads (about 13 minutes)
//   npm run bench -- --quick           call counts and equal answers only; fails on those, never on time
//   npm run bench -- --only W1,W3      some workloads
//   npm run bench -- --rounds 6 --seconds 3 --all
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bars } from './lib/bars.mjs';
import { clientOf } from './lib/load.mjs';
import { peers, startUpstream, versionOf } from './lib/peers.mjs';
import { peakMb, pinSelf } from './lib/processes.mjs';
import { chart, summarize, tables } from './lib/report.mjs';
import { flood } from './lib/flood.mjs';
import * as workloads from './lib/workloads.mjs';

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '3' },
  },
});
const settings = { rounds: Number(flags.rounds), seconds: Number(flags.seconds) };
const only = flags.only?.split(',');
const isWanted = (name) => !only || only.includes(name);
const say = (text) => process.stderr.write(`${text}\n`);

pinSelf();
const upstream = await startUpstream();
const names = [
  'rest',
  'handWritten',
  'yoga',
  'yogaJit',
  'hive',
  'patchbay',
  'patchbayTokens',
  'patchbayJwt',
  ...(flags.all ? ['apollo', 'mercurius'] : []),
];

const started = async () =>
  Promise.all(
    names.map(async (name) => {
      const server = await peers[name].start(upstream.origin);
      return { peer: peers[name], server, client: clientOf(server.url) };
    }),
  );
const stop = async (running) => {
  for (const { server, client } of running) {
    await client.close();
    await server.stop();
  }
};

async function quick() {
  const running = await started();
  await workloads.compareAnswers(running);
  say('All peers give the same answer.');
  const patchbay = running.find(({ peer }) => peer === peers.patchbay);
  const figures = await workloads.byId([patchbay], upstream, { rounds: 0, seconds: 0 });
  assert.equal(figures[0].calls, 1, '50 ids cost one call');
  const [create] = await workloads.creates([patchbay], upstream, { rounds: 0, seconds: 0 });
  assert.equal(create.calls, 1, 'a create costs one POST');
  await stop(running);
  const server = await peers.patchbay.start(upstream.origin, 100, [workloads.HELD]);
  const client = clientOf(server.url);
  assert.equal(
    await workloads.sharedCalls(upstream, { peer: peers.patchbay, client }),
    1,
    '50 identical questions cost one GET',
  );
  await client.close();
  await server.stop();
  const { rows } = await workloads.allPagesComplete(upstream);
  say(`${rows} connections of two vendors: every page complete, none lost, none twice.`);
}

async function full() {
  let figures = [];
  const extra = {};
  if (['W1', 'W2', 'W3', 'W6'].some(isWanted)) {
    const running = await started();
    await workloads.compareAnswers(running);
    say('All peers give the same answer.');
    if (isWanted('W1')) {
      figures.push(...(await workloads.lists(running, settings, ['W1 list, 50 clients', 'W1 list, 1 client'])));
    }
    if (isWanted('W2')) figures.push(...(await workloads.lists(running, settings, ['W2 one question, 50 clients'])));
    extra.peakMb = Object.fromEntries(
      running.filter(({ server }) => server.pid !== null).map(({ peer, server }) => [peer.name, peakMb(server.pid)]),
    );
    if (isWanted('W1')) figures.push(...(await workloads.lists(running, settings, [workloads.CHANGING])));
    say('W1 and W2 are measured.');
    if (isWanted('W3')) figures.push(...(await workloads.byId(running, upstream, settings)));
    if (isWanted('W6')) figures.push(...(await workloads.creates(running, upstream, settings)));
    say('W3 and W6 are measured.');
    await stop(running);
  }
  if (isWanted('W4')) extra.w4 = await workloads.partialFailure(upstream);
  if (isWanted('W5')) figures.push(...(await workloads.manyRows(upstream, Math.min(settings.rounds, 5))));
  say('W4 and W5 are measured.');
  if (isWanted('W7')) figures.push(...(await workloads.starts(upstream, 5)));
  if (isWanted('W5')) extra.allPages = await workloads.allPagesComplete(upstream);
  if (isWanted('W9')) {
    extra.flood = await flood(upstream);
    say(`W9 is measured: ${JSON.stringify(extra.flood)}`);
  }
  const summary = summarize(figures);
  const machine = {
    cpu: cpus()[0].model,
    cores: cpus().length,
    node: process.version,
    peers: Object.fromEntries(
      ['graphql-yoga', '@graphql-hive/gateway', '@envelop/graphql-jit'].map((name) => [name, versionOf(name)]),
    ),
  };
  const judged = bars(summary, extra);
  const text = [tables(summary), '### Bars', '', judged.table].join('\n');
  process.stdout.write(`${text}\n`);
  writeFileSync(
    new URL('results.json', import.meta.url),
    `${JSON.stringify({ machine, summary, extra, bars: judged.rows }, null, 2)}\n`,
  );
  if (isWanted('W1')) writeFileSync(new URL('results.svg', import.meta.url), chart(summary, 'W1 list, 50 clients'));
}

try {
  await (flags.quick ? quick() : full());
} finally {
  await upstream.stop();
}
process.exit();
