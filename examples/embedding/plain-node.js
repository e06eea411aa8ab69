// Patchbay inside an application on Node's HTTP server: `node examples/embedding/plain-node.js` after `npm run build`.
import { createServer } from 'node:http';
import { createGateway, parseConfig, vendors } from '@patchbay/gateway';
import { startSandbox } from '@patchbay/gateway/sandbox';

// An application with vendors of its own calls loadConfig('patchbay.yaml', { vendors, environment: process.env }).
const sandbox = await startSandbox(0);
const config = parseConfig({ instances: sandbox.instances }, { vendors, environment: {} });
const gateway = await createGateway(config);

const server = createServer((request, response) => {
  if (request.url?.startsWith('/graphql')) gateway.handle(request, response);
  else response.end('The application answers here.\n');
});
server.listen(Number(process.env.PORT ?? 4000), '127.0.0.1', () => {
  process.stdout.write(`The application is ready at http://127.0.0.1:${server.address().port}/\n`);
});

process.once('SIGTERM', () => {
  server.close(() => void Promise.all([gateway.close(), sandbox.close()]));
  server.closeIdleConnections();
});
