// The workloads. Each returns figures by peer; run.mjs repeats them in shuffled rounds and compares them.
import assert from 'node:assert/strict';
import { clientOf, load } from './load.mjs';
import { median, shuffled } from './statistics.mjs';
import { cpuMs, peakMb, residentMb } from './processes.mjs';
import { graphql, peers, separateInstances } from './peers.mjs';

/** The name of the workload whose lists change in each answer. */
export const CHANGING = 'W1 changing list, 50 clients';

const instanceOf = (index) => `i${index % 50}`;

/** Returns the number of upstream calls while `run` ran, by route. */
export async function callsDuring(upstream, run) {
  const client = clientOf(`${upstream.origin}/calls`, 1);
  const read = () => client.json({ method: 'GET' });
  await read();
  await run();
  const calls = await read();
  await client.close();
  return calls;
}

/** Fails unless all peers give the same answer to the same question. */
export async function compareAnswers(running) {
  const answers = new Map();
  for (const { peer, client } of running) {
    answers.set(peer.name, peer.listIn(await client.json(peer.list('i7'))));
  }
  const [[, expected], ...others] = answers;
  assert.equal(expected.nodes.length, 100);
  for (const [name, { totalCount, nodes }] of others) {
    assert.equal(totalCount, expected.totalCount, `${name} counts differently`);
    for (const [index, node] of nodes.entries()) {
      assert.deepEqual(node, expected.nodes[index], `${name} answers differently at row ${index}`);
    }
    assert.equal(nodes.length, expected.nodes.length, `${name} answers fewer rows`);
  }
}

/** Measures one peer under the list of 100 connections. */
async function measureList({ peer, server, client }, { clients, seconds, instance }) {
  const before = server.pid === null ? 0 : cpuMs(server.pid);
  const figures = await load(client, { clients, seconds, requestOf: (index) => peer.list(instance(index)) });
  const cpu = server.pid === null ? 0 : cpuMs(server.pid) - before;
  return {
    ...figures,
    cpuPerRequest: cpu / figures.count,
    residentMb: server.pid === null ? 0 : residentMb(server.pid),
  };
}

/** W1 with many clients, each at an instance with a credential of its own; W1 with one; W2 with one question for all. */
const LISTS = {
  'W1 list, 50 clients': { clients: 50, instance: instanceOf },
  'W1 list, 1 client': { clients: 1, instance: () => 'i0' },
  'W2 one question, 50 clients': { clients: 50, instance: () => 'i0' },
  // Patchbay does not parse a list again that is sent again. Here no answer of an instance is like the one before.
  [CHANGING]: { clients: 50, instance: (index) => `changing${index % 50}` },
};

/** Measures lists. @param names which ones: names of LISTS. */
export async function lists(running, { rounds, seconds }, names) {
  const figures = [];
  for (const name of names) {
    for (const target of running) await measureList(target, { ...LISTS[name], seconds: Math.max(1, seconds / 2) });
    for (let round = 0; round < rounds; round += 1) {
      for (const target of shuffled(running)) {
        figures.push({
          workload: name,
          peer: target.peer.name,
          round,
          ...(await measureList(target, { ...LISTS[name], seconds })),
        });
      }
    }
  }
  return figures;
}

/** Ids of the first 50 connections of an instance, as a peer spells them. */
async function fiftyIds({ peer, client }) {
  const names = Array.from({ length: 50 }, (_, index) => `connection_${String(index).padStart(5, '0')}`);
  if (peer.name !== 'Patchbay') return peer.idsOf('i0', names);
  const { data } = await client.json(
    graphql('{ connections(first: 50, filter: { instance: ["i0"] }) { nodes { id } } }'),
  );
  return data.connections.nodes.map(({ id }) => id);
}

/** W3: 50 connections by id in one request. */
export async function byId(running, upstream, { rounds, seconds }) {
  const targets = await Promise.all(
    running.filter(({ peer }) => peer.nodes).map(async (target) => ({ ...target, ids: await fiftyIds(target) })),
  );
  const figures = [];
  for (const { peer, client, ids } of targets) {
    let nodes;
    const calls = await callsDuring(upstream, async () => {
      nodes = peer.nodesIn(await client.json(peer.nodes(ids)));
    });
    assert.equal(nodes.length, 50);
    assert.ok(
      nodes.every((node) => node?.config?.password?.status === 'SET'),
      `${peer.name} answers W3 differently`,
    );
    figures.push({
      workload: 'W3 calls',
      peer: peer.name,
      round: 0,
      calls: Object.values(calls).reduce((a, b) => a + b, 0),
    });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { peer, client, ids } of shuffled(targets)) {
      const requestOf = () => peer.nodes(ids);
      figures.push({
        workload: 'W3 50 ids',
        peer: peer.name,
        round,
        ...(await load(client, { clients: 1, seconds, requestOf })),
      });
    }
  }
  return figures;
}

/** W6: creates, one after another. */
export async function creates(running, upstream, { rounds, seconds }) {
  const targets = running.filter(({ peer }) => peer.create);
  let next = 0;
  const figures = [];
  for (const { peer, client } of targets) {
    const calls = await callsDuring(upstream, async () => {
      const answer = await client.json(peer.create('i0', (next += 1)));
      assert.equal(answer.errors, undefined, `${peer.name} cannot create`);
    });
    figures.push({ workload: 'W6 calls', peer: peer.name, round: 0, calls: calls['POST create'] ?? 0 });
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const { peer, client } of shuffled(targets)) {
      const requestOf = () => peer.create('i0', (next += 1));
      figures.push({
        workload: 'W6 create',
        peer: peer.name,
        round,
        ...(await load(client, { clients: 1, seconds, requestOf })),
      });
    }
  }
  return figures;
}

const PAGE = `query ($first: Int!, $after: String) { connections(first: $first, after: $after) { totalCount isComplete nodes { name host database username vendor dialect } pageInfo { hasNextPage endCursor } sources { instance { key } count error { __typename } } } }`;

/** Reads all pages of all instances of a Patchbay. The first page asks the vendors anew. */
export async function readAllPages(client, first = 200) {
  const names = [];
  let after = null;
  let totalCount;
  do {
    const headers = after === null ? { 'cache-control': 'no-cache' } : {};
    const { data, errors } = await client.json(graphql(PAGE, { first, after }, headers));
    assert.equal(errors, undefined);
    assert.equal(data.connections.isComplete, true, JSON.stringify(data.connections.sources));
    names.push(...data.connections.nodes.map(({ name, vendor }) => `${vendor} ${name}`));
    ({ totalCount } = data.connections);
    after = data.connections.pageInfo.hasNextPage ? data.connections.pageInfo.endCursor : null;
  } while (after !== null);
  return { names, totalCount };
}

/** W4: three instances that answer, one of them slowly, and one that never does. Times in milliseconds. */
export async function partialFailure(upstream) {
  const times = async (instances) => {
    const server = await peers.patchbay.start(upstream.origin, 100, instances);
    const client = clientOf(server.url, 4);
    const samples = [];
    let sources;
    for (let turn = 0; turn < 15; turn += 1) {
      const began = performance.now();
      ({
        data: {
          connections: { sources },
        },
      } = await client.json(graphql(PAGE, { first: 200 })));
      samples.push(performance.now() - began);
    }
    await client.close();
    await server.stop();
    return { ms: median(samples.slice(3)), answered: sources.filter(({ error }) => error === null).length };
  };
  const breaker = { failures: 0 };
  const three = ['a', 'b', 'slow100'].map((key) => ({ key, path: `100/${key}` }));
  const hung = { key: 'hung', path: '100/hung', timeouts: { listMs: 1000 }, breaker };
  const one = await times([three[0]]);
  const slow = await times(three);
  const withHung = await times([...three, hung]);
  return { oneMs: one.ms, slowMs: slow.ms, hungMs: withHung.ms, hungAnswered: withHung.answered };
}

/** W5: 10,000 connections at one instance. */
export async function manyRows(upstream, rounds) {
  const rows = 10_000;
  const figures = [];
  const note = (peer, server, run) => async (round) => {
    const began = performance.now();
    await run();
    figures.push({ workload: 'W5 all 10,000', peer, round, ms: performance.now() - began, peakMb: peakMb(server.pid) });
  };
  const hive = peers.hive.withRows(rows);
  const targets = [
    { peer: peers.yoga, run: (client) => client.drain(peers.yoga.list('i0', rows)) },
    { peer: peers.yogaJit, run: (client) => client.drain(peers.yogaJit.list('i0', rows)) },
    { peer: hive, run: (client) => client.drain(hive.list('i0', rows)) },
    {
      peer: peers.patchbay,
      instances: [{ key: 'i0', path: `${rows}/i0`, cache: { ttlMs: 600_000 }, timeouts: { listMs: 60_000 } }],
      run: async (client) => assert.equal((await readAllPages(client)).names.length, rows),
    },
  ];
  for (const { peer, run, instances } of targets) {
    const server = await peer.start(upstream.origin, rows, instances);
    const client = clientOf(server.url, 4);
    await run(client);
    const measure = note(peer.name, server, () => run(client));
    for (let round = 0; round < rounds; round += 1) await measure(round);
    if (peer === peers.patchbay) figures.push(...(await knownPages(upstream, client, rounds)));
    await client.close();
    await server.stop();
  }
  return figures;
}

const pageOf50 = () => graphql(PAGE, { first: 50 });

/** A page of 50 of 10,000 known connections, and the same page of 100 known ones. */
async function knownPages(upstream, big, rounds) {
  const instances = [{ key: 'i0', path: '100/i0', cache: { ttlMs: 600_000 } }];
  const server = await peers.patchbay.start(upstream.origin, 100, instances);
  const small = clientOf(server.url, 4);
  const figures = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, client] of shuffled([
      ['of 10,000', big],
      ['of 100', small],
    ])) {
      const { p50 } = await load(client, { clients: 1, seconds: 1, requestOf: pageOf50 });
      figures.push({ workload: `W5 page of 50 ${name}`, peer: 'Patchbay', round, p50 });
    }
  }
  await small.close();
  await server.stop();
  return figures;
}

/** W7: from the start of the process to the first answer. W8: memory after one answer, at rest. */
export async function starts(upstream, times) {
  const figures = [];
  const subjects = [peers.patchbay, peers.yoga, peers.hive];
  for (let round = 0; round < times; round += 1) {
    for (const peer of shuffled(subjects)) {
      const began = performance.now();
      const instances = peer === peers.patchbay ? separateInstances(1, 100) : undefined;
      const server = await peer.start(upstream.origin, 100, instances);
      const client = clientOf(server.url, 1);
      await answered(client, peer);
      const ms = performance.now() - began;
      await new Promise((resolve) => setTimeout(resolve, 1500));
      figures.push({ workload: 'W7 cold start', peer: peer.name, round, ms, idleMb: residentMb(server.pid) });
      await client.close();
      await server.stop();
    }
  }
  return figures;
}

async function answered(client, peer) {
  for (let turn = 0; turn < 200; turn += 1) {
    try {
      const answer = await client.json(peer.list('i0'));
      if (answer.data) return;
    } catch {
      // The port is not open yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${peer.name} does not answer.`);
}

/** 12,000 connections at each of two vendors: every page, none lost, none twice. */
export async function allPagesComplete(upstream, rows = 12_000) {
  const cache = { ttlMs: 600_000 };
  const timeouts = { listMs: 60_000 };
  const server = await peers.patchbay.start(upstream.origin, rows, [
    { key: 'looker', path: `${rows}/looker`, cache, timeouts },
    { key: 'chartbrew', vendor: 'chartbrew', path: `${rows}/chartbrew`, cache, timeouts },
  ]);
  const client = clientOf(server.url, 2);
  try {
    const { names, totalCount } = await readAllPages(client);
    assert.equal(totalCount, 2 * rows);
    assert.equal(names.length, 2 * rows);
    assert.equal(new Set(names).size, 2 * rows);
    return { rows: names.length };
  } finally {
    await client.close();
    await server.stop();
  }
}

/** The instance of `sharedCalls`: the upstream holds its list back, and the gateway caches it, so that no time decides the count. */
export const HELD = { key: 'held', path: '100/held', cache: { ttlMs: 600_000 }, timeouts: { listMs: 60_000 } };

/**
 * Returns the number of GETs for 50 identical questions at one moment. The first GET is held back until all questions are sent. A
 * question that a busy machine sends later is answered from the cache.
 */
export async function sharedCalls(upstream, { peer, client }) {
  const control = clientOf(`${upstream.origin}/`, 1);
  const get = (path) => control.json({ method: 'GET', path });
  const calls = await callsDuring(upstream, async () => {
    const answers = [client.drain(peer.list(HELD.key))];
    while ((await get('/held')).waiting === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    for (let index = 1; index < 50; index += 1) answers.push(client.drain(peer.list(HELD.key)));
    // The gateway answers this after it has read the questions before it.
    await client.json(graphql('{ __typename }'));
    assert.equal((await get('/held')).waiting, 1, 'one GET is in flight');
    await get('/release');
    await Promise.all(answers);
  });
  await control.close();
  return calls['GET list'] ?? 0;
}
