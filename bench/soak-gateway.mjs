// The gateway of the soak, as built, in a process of its own, which tells its parent every few seconds how it is.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createGateway, parseConfig, vendors } from '../dist/gateway.js';
import { createLog } from '../dist/observability/log.js';

const config = parseConfig(JSON.parse(process.env['SOAK_CONFIG'] ?? ''), { vendors, environment: {} });
const gateway = await createGateway(config, { log: createLog({ write: () => {} }) });
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
// What it takes to start is not what is measured.
setTimeout(() => delay.reset(), 20_000);
setInterval(() => {
  // What lives on is measured after a collection, and the time that this one takes is not the gateway's.
  delay.disable();
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({
    heapMb: heapUsed / 1e6,
    rssMb: rss / 1e6,
    // The histogram counts the interval itself.
    lagP99Ms: Math.max(0, delay.percentile(99) / 1e6 - 10),
    unhandled,
  });
  delay.enable();
}, 5000);
process.send?.({ port: server.address().port });
