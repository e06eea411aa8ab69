// Patchbay over its sandbox vendors. A process of its own: its packages are those of the repository's root, and two copies of
// graphql in one process do not know each other's types.
import { createServer } from 'node:http';
import { createGateway, parseConfig, vendors } from '../../dist/gateway.js';
import { startSandbox } from '../../dist/sandbox/index.js';
import { listen } from './listen.js';

const { PORT = '4000', TYPE_PREFIX } = process.env;

const sandbox = await startSandbox(0);
const config = parseConfig(
  { federation: TYPE_PREFIX ? { typePrefix: TYPE_PREFIX } : {}, instances: sandbox.instances },
  { vendors, environment: {} },
);
const gateway = await createGateway(config);
const server = await listen(
  createServer((request, response) => gateway.handle(request, response)),
  Number(PORT),
);

let isStopping = false;
async function stop() {
  if (isStopping) return;
  isStopping = true;
  await server.close();
  await gateway.close();
  await sandbox.close();
  process.exit();
}
// A terminal signals every process of a command; whoever started this one is gone when it disconnects.
for (const sign of ['SIGINT', 'SIGTERM', 'disconnect']) process.on(sign, () => void stop());

process.send?.(server.url);
