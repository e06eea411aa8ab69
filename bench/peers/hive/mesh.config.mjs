// Composes the upstream's OpenAPI description into a supergraph for Hive Gateway.
import { writeFileSync } from 'node:fs';
import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';
import { openApi } from './openapi.mjs';

writeFileSync(new URL('openapi.json', import.meta.url), JSON.stringify(openApi()));

export const composeConfig = defineConfig({
  output: 'supergraph.graphql',
  subgraphs: [
    {
      sourceHandler: loadOpenAPISubgraph('looker', {
        source: './openapi.json',
        endpoint: process.env.UPSTREAM,
        operationHeaders: { authorization: 'token bench-token' },
      }),
    },
  ],
});
