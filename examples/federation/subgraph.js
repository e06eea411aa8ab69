// A small subgraph server: SDL and resolvers in, a URL out. It knows nothing of what it serves.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { createYoga } from 'graphql-yoga';
import { listen } from './listen.js';

/**
 * @param {{ file: string, resolvers: object, port: number }} subgraph The file of its SDL in subgraphs/, and the port; 0 for any.
 */
export async function serveSubgraph({ file, resolvers, port }) {
  const sdl = await readFile(new URL(`./subgraphs/${file}`, import.meta.url), 'utf8');
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers });
  const yoga = createYoga({ schema, logging: false });
  return listen(
    createServer((request, response) => void yoga(request, response)),
    port,
  );
}
