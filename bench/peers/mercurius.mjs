// Mercurius on Fastify with its JIT. Runs with `--all`.
import fastify from 'fastify';
import mercurius from 'mercurius';
import { schema } from './schema.mjs';

const app = fastify();
await app.register(mercurius, { schema, jit: 1 });
await app.listen({ port: 0, host: '127.0.0.1' });
process.stdout.write(`${JSON.stringify({ port: app.server.address().port })}\n`);
