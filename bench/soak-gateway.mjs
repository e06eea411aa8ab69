// The gateway of the soak test: the built code in a separate process. It sends its metrics to the parent every 5 seconds.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createGateway, createLog, parseConfig, vendors } from '../dist/gateway.js';

const config = parseConfig(JSON.parse(process.env['SOAK_CONFIG'] ?? ''), { vendors, environment: {} });
const gateway = await createGateway(config, { logger: createLog({ write: () => {} }) });
// The audit in memory keeps the newest 10,000 entries. It is full before the measurement, so that its growth does not look like a leak.
const refused =
  'createConnection(input: { instance: "looker", name: "", config: { postgres: { host: "db.example.com", password: $secret } } }) { __typename }';
const query = `mutation ($secret: SecretString!) { ${['a', 'b', 'c', 'd', 'e'].map((alias) => `${alias}: ${refused}`).join(' ')} }`;
for (let sent = 0; sent < 10_000; sent += 5) {
  const request = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { secret: 'soak-secret' } }),
  };
  const response = await gateway.fetch(new Request('http://127.0.0.1/graphql', request));
  const { data } = await response.json();
  if (data?.a.__typename !== 'ValidationError') throw new Error('The audit is not filled.');
}
const server = createServer((request, response) => gateway.handle(request, response));
server.listen(0, '127.0.0.1');
await once(server, 'listening');

let unhandled = 0;
const count = () => {
  unhandled += 1;
};
process.on('unhandledRejection', count);
process.on('uncaughtException', count);

const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
// Excludes the start from the measurement.
setTimeout(() => delay.reset(), 20_000);
setInterval(() => {
  // Measures the heap after a garbage collection, and excludes the duration of that collection from the delay.
  delay.disable();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({
    heapMb: heapUsed / 1e6,
    rssMb: rss / 1e6,
    // The histogram includes the sampling interval of 10 ms.
    lagP99Ms: Math.max(0, delay.percentile(99) / 1e6 - 10),
    unhandled,
  });
  delay.enable();
}, 5000);
process.send?.({ port: server.address().port });
