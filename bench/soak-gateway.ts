// The gateway of the soak, in a process of its own, which tells its parent every second how it is.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createGateway, parseConfig, vendors } from '../src/gateway.ts';
import { createLog } from '../src/observability/log.ts';

export interface Sample {
  readonly heapMb: number;
  readonly rssMb: number;
  /** 99 of 100 turns of the event loop were late by less, in milliseconds, after the first 20 seconds. */
  readonly lagP99Ms: number;
  readonly unhandled: number;
}

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
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  const sample: Sample = {
    heapMb: heapUsed / 1e6,
    rssMb: rss / 1e6,
    // The histogram counts the interval itself.
    lagP99Ms: Math.max(0, delay.percentile(99) / 1e6 - 10),
    unhandled,
  };
  process.send?.(sample);
}, 5000);
process.send?.({ port: (server.address() as AddressInfo).port });
