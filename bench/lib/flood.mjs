// W9: a hundred callers, one of which floods the gateway, and the latency of the others.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { clientOf, percentile } from './load.mjs';
import { callersWithTokens, peers, separateInstances, startPatchbay } from './peers.mjs';
import { startLoad } from './processes.mjs';

const CALLERS = 100;
/** Each of the others sends a request in this time. It is within the limit of 600 requests per minute. */
const PACE_MS = 1000;
const INSTANCES = 50;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends the requests of one caller at its pace, whether the last one is answered or not. Latencies are counted from the planned time. */
async function calmCaller(client, { token, index, ends, latencies }) {
  const request = peers.patchbay.list(`i${index % INSTANCES}`, 10);
  const headers = { authorization: `Bearer ${token}` };
  const answers = [];
  let planned = performance.now() + (index * PACE_MS) / CALLERS;
  for (; planned < ends; planned += PACE_MS) {
    await wait(planned - performance.now());
    const sent = planned;
    answers.push(client.drain({ ...request, headers }).then(() => latencies.push(performance.now() - sent)));
  }
  await Promise.all(answers);
}

/** Returns the latencies of all callers except the flooder, in milliseconds. It throws when a request is refused. */
async function calm(client, tokens, seconds) {
  const latencies = [];
  const ends = performance.now() + seconds * 1000;
  await Promise.all(tokens.map((token, index) => calmCaller(client, { token, index, ends, latencies })));
  return latencies;
}

const share = (latencies, part) =>
  percentile(
    latencies.toSorted((a, b) => a - b),
    part,
  );

/**
 * Returns the p50 and the p95 of the callers in milliseconds, while one of them floods and before and after, and what the flooder was
 * answered.
 */
export async function flood(upstream) {
  const { tokens, auth } = callersWithTokens(CALLERS);
  const [flooder, ...others] = tokens;
  // The lists are cached, so that the time of the upstream is not measured.
  const instances = separateInstances(INSTANCES, 100).map((instance) => ({ ...instance, cache: { ttlMs: 600_000 } }));
  const server = await startPatchbay(upstream.origin, instances, { auth });
  const client = clientOf(server.url, 128);
  try {
    await calm(client, others, 5);
    const before = await calm(client, others, 15);
    const script = fileURLToPath(new URL('../flooder.mjs', import.meta.url));
    const process = startLoad([script, server.url, flooder, String(INSTANCES)]);
    let output = '';
    process.stdout.on('data', (chunk) => (output += chunk));
    // Less than a minute: everything that the limit lets through in a minute is in it.
    const during = await calm(client, others, 50);
    process.kill('SIGTERM');
    await once(process, 'close');
    const after = await calm(client, others, 15);
    const answers = JSON.parse(output);
    assert.equal(answers.accepted, 600, 'the flooder gets what the limit allows');
    assert.ok(answers.refused > answers.accepted, 'the flooder is far over the limit');
    assert.equal(answers.other, 0, 'each refusal is a 429 with Retry-After');
    const calmly = [...before, ...after];
    return {
      calmP50: share(calmly, 0.5),
      floodP50: share(during, 0.5),
      calmP95: share(calmly, 0.95),
      floodP95: share(during, 0.95),
      ...answers,
    };
  } finally {
    await client.close();
    await server.stop();
  }
}
