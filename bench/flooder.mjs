// Floods a gateway until it gets SIGTERM, as one caller: it sends heavy valid queries as fast as they are answered. Prints how many were
// accepted, refused with 429 and Retry-After, and answered in another way.
//   node flooder.mjs URL TOKEN INSTANCES
import { clientOf } from './lib/load.mjs';
import { peers } from './lib/peers.mjs';

const CONNECTIONS = 32;

const [url, token, instances] = process.argv.slice(2);
const client = clientOf(url, CONNECTIONS);
const headers = { authorization: `Bearer ${token}` };
const counts = { accepted: 0, refused: 0, other: 0 };
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

async function run(index) {
  // No two queries at the same time are equal, so none can be shared.
  for (let turn = index; !stop.signal.aborted; turn += CONNECTIONS) {
    const { statusCode, headers: answered } = await client.status({
      ...peers.patchbay.list(`i${turn % Number(instances)}`, 50 + (turn % 50)),
      headers,
    });
    if (statusCode === 200) counts.accepted += 1;
    else if (statusCode === 429 && Number(answered['retry-after']) > 0) counts.refused += 1;
    else counts.other += 1;
  }
}

await Promise.all(Array.from({ length: CONNECTIONS }, (_, index) => run(index)));
await client.close();
process.stdout.write(JSON.stringify(counts));
