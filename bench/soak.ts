// The soak test: lists, reads by id and creates at a constant rate, with vendors that fail at a given rate.
//   npm run soak -- --minutes 10 --rate 200 --faults 0.2
// It fails when memory grows after the warm-up, when the event loop lags, or after an unhandled rejection or exception.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, setGlobalDispatcher } from 'undici';
import { parseArgs } from 'node:util';
import { createSandboxChartbrew } from '../src/sandbox/chartbrew/server.ts';
import { createSandboxCredible } from '../src/sandbox/credible/server.ts';
import { startSandbox } from '../src/sandbox/index.ts';
import { createSandboxLooker } from '../src/sandbox/looker/server.ts';
import { createSandboxOmni } from '../src/sandbox/omni/server.ts';
import { startSandboxServer, type SandboxResponse, type SandboxVendor } from '../src/sandbox/server.ts';

interface Sample {
  readonly heapMb: number;
  readonly rssMb: number;
  /** The 99th percentile of the event loop delay in milliseconds, after the first 20 seconds. */
  readonly lagP99Ms: number;
  readonly unhandled: number;
}

const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    rate: { type: 'string', default: '200' },
    faults: { type: 'string', default: '0.2' },
  },
});
const [minutes, rate, faultRate] = [Number(flags.minutes), Number(flags.rate), Number(flags.faults)];

/** The faults of a vendor. A rejected promise closes the connection. */
const FAULTS: readonly (() => SandboxResponse | Promise<SandboxResponse>)[] = [
  () => ({ status: 500, body: { message: 'failed' } }),
  () => ({ status: 503, headers: { 'retry-after': '1' }, body: 'busy' }),
  () => ({ status: 429, headers: { 'retry-after': '1' }, body: {} }),
  () => ({ status: 200, body: '<html><body>Log in</body></html>' }),
  () => ({ status: 200, body: { half: true } }),
  () => Promise.reject(new Error('cut')),
  () => new Promise((resolve) => setTimeout(resolve, 1500, { status: 200, body: [] })),
];

const withFaults =
  (vendor: SandboxVendor): SandboxVendor =>
  (request) =>
    Math.random() < faultRate
      ? (FAULTS[Math.floor(Math.random() * FAULTS.length)] as () => SandboxResponse)()
      : vendor(request);

const makers = {
  looker: createSandboxLooker,
  omni: createSandboxOmni,
  credible: createSandboxCredible,
  chartbrew: createSandboxChartbrew,
} as const;
const servers = await Promise.all(
  Object.entries(makers).map(async ([kind, make]) => {
    const server = await startSandboxServer(() => withFaults(make()), 0);
    return [kind, server] as const;
  }),
);
const origins = Object.fromEntries(servers.map(([kind, { origin }]) => [kind, origin]));
// A sandbox that provides the paths and the credentials.
const sample = await startSandbox(0);
const instances = sample.instances.map((instance) => ({
  ...instance,
  baseUrl: origins[instance.vendor] + new URL(instance.baseUrl).pathname.replace(/\/$/, ''),
  timeouts: { listMs: 1000, readMs: 1000, writeMs: 2000 },
}));
await sample.close();

const child = fork(new URL('./soak-gateway.mjs', import.meta.url), {
  execArgv: ['--expose-gc'],
  env: { ...process.env, SOAK_CONFIG: JSON.stringify({ instances, server: { graphiql: false } }) },
});
const [{ port }] = (await once(child, 'message')) as [{ port: number }];
const samples: Sample[] = [];
child.on('message', (message) => samples.push(message as Sample));

// Enough connections that requests do not wait for each other while vendors are slow.
setGlobalDispatcher(new Agent({ connections: 1024 }));
const idOf = (text: string) => Buffer.from(`v1:c:${text}`).toString('base64url');
const IDS = ['looker:production_orders', 'credible:orders_postgres', 'chartbrew:1'].map(idOf);
const PAGE =
  '{ connections(first: 100) { totalCount nodes { id name vendor dialect } sources { isStale error { __typename } } } }';
const ONE = 'query ($id: ID!) { connection(id: $id) { name config { __typename } secrets { status } } }';
const CREATE = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { __typename } }';

let made = 0;
function nextRequest(): { query: string; variables?: Record<string, unknown> } {
  made += 1;
  if (made % 20 === 0) {
    const config = { postgres: { host: 'db.example.com', password: `soak-${made}` } };
    return { query: CREATE, variables: { input: { instance: 'looker', name: `soak${made}`, config } } };
  }
  return made % 5 === 0 ? { query: ONE, variables: { id: IDS[made % IDS.length] } } : { query: PAGE };
}

const statuses = new Map<number | string, number>();
const count = (status: number | string) => statuses.set(status, (statuses.get(status) ?? 0) + 1);
const inFlight = new Set<Promise<void>>();

async function sendRequest(): Promise<void> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(nextRequest()),
    });
    await response.arrayBuffer();
    count(response.status);
  } catch {
    count('no answer');
  }
}

// Spreads the requests evenly. A burst would measure the load generator instead of the gateway.
const began = performance.now();
const ticker = setInterval(() => {
  while (made < ((performance.now() - began) / 1000) * rate) {
    const request = sendRequest();
    inFlight.add(request);
    void request.then(() => inFlight.delete(request));
  }
}, 1);
// Resets the sandbox, so that its request log and the created connections do not fill the memory of this process.
const cleaner = setInterval(() => {
  for (const [, { origin }] of servers) void fetch(`${origin}/__sandbox/reset`, { method: 'POST' });
}, 5000);

await new Promise((resolve) => setTimeout(resolve, minutes * 60_000));
clearInterval(ticker);
clearInterval(cleaner);
await Promise.all(inFlight);
child.kill();
await Promise.all(servers.map(([, server]) => server.close()));

/** Returns the growth per minute, by least squares. */
function slope(values: readonly number[], perMinute: number): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const up = values.reduce((sum, value, at) => sum + (at - middle) * (value - mean), 0);
  const across = values.reduce((sum, _value, at) => sum + (at - middle) ** 2, 0);
  return (up / across) * perMinute;
}

const warm = samples.slice(Math.floor(samples.length / 4));
const last = samples.at(-1);
const figures = {
  minutes,
  requests: made,
  answers: Object.fromEntries(statuses),
  heapMb: last?.heapMb.toFixed(1),
  rssMb: last?.rssMb.toFixed(1),
  heapMbPerMinute: Number(
    slope(
      warm.map(({ heapMb }) => heapMb),
      12,
    ).toFixed(3),
  ),
  lagP99Ms: Number(last?.lagP99Ms.toFixed(1)),
  unhandled: last?.unhandled,
};
// oxlint-disable-next-line no-console -- prints the result
console.info(JSON.stringify(figures, null, 2));
const isWell =
  figures.unhandled === 0 && figures.lagP99Ms < 50 && figures.heapMbPerMinute < 1 && !statuses.has('no answer');
process.exitCode = isWell ? 0 : 1;
