// Bare Yoga, with graphql-jit when BENCH_JIT is set.
import { createServer } from 'node:http';
import { createYoga } from 'graphql-yoga';
import { listening } from './upstream-client.mjs';
import { schema } from './schema.mjs';

const plugins = process.env.BENCH_JIT ? [(await import('@envelop/graphql-jit')).useGraphQlJit()] : [];
const yoga = createYoga({ schema, plugins, logging: false, graphiql: false });
listening(createServer((request, response) => void yoga(request, response)));
