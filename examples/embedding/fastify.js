// Patchbay inside a Fastify application: `node examples/embedding/fastify.js` after `npm run build`.
import Fastify from 'fastify';
import { createGateway, parseConfig, vendors } from '@patchbay/gateway';
import { startSandbox } from '@patchbay/gateway/sandbox';

const app = Fastify({ logger: true });

// An application with vendors of its own calls loadConfig('patchbay.yaml', { vendors, environment: process.env }).
const sandbox = await startSandbox(0);
const config = parseConfig({ instances: sandbox.instances }, { vendors, environment: {} });
const gateway = await createGateway(config, {
  // Fastify's logger is pino, which takes the fields first.
  logger: {
    audit: (fields) => app.log.info(fields, 'audit'),
    info: (event, fields) => app.log.info(fields, event),
    error: (event, fields) => app.log.error(fields, event),
  },
});

await app.register(async (scope) => {
  // Patchbay reads the body itself, because it limits its size and checks its encoding.
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, _body, done) => done(null));
  scope.all('/graphql', (request, reply) => {
    reply.hijack();
    gateway.handle(request.raw, reply.raw);
  });
});
app.get('/', () => 'The application answers here.\n');

app.addHook('onClose', async () => {
  await gateway.close();
  await sandbox.close();
});
process.once('SIGTERM', () => void app.close());

await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT ?? 4000) });
