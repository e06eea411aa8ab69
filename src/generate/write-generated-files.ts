// Writes the generated files: the GraphQL schema, the same schema as a federation subgraph, the JSON Schema of the configuration
// for editors, the table in docs/secrets.md, and the fragments of the console.
import { readFile, writeFile } from 'node:fs/promises';
import { configJsonSchema } from '../config/config-schema.ts';
import { dialects } from '../dialects/index.ts';
import { consoleSettings } from './console-settings.ts';
import { withSafeChanges } from './safe-changes-table.ts';
import { printApiSchema, printSubgraphSchema } from '../graphql/print-schema.ts';
import { createSchema } from '../graphql/schema.ts';
import { vendors } from '../vendors/index.ts';

const target = (name: string) => new URL(`../../schema/${name}`, import.meta.url);

await writeFile(target('schema.graphql'), printApiSchema(createSchema({ vendors, dialects })));
await writeFile(target('subgraph.graphql'), printSubgraphSchema(createSchema({ vendors, dialects })));
const page = new URL('../../docs/secrets.md', import.meta.url);
await writeFile(page, withSafeChanges(await readFile(page, 'utf8'), vendors));
await writeFile(target('config.schema.json'), `${JSON.stringify(configJsonSchema(vendors), null, 2)}\n`);
const settings = new URL('../../console/src/connection/settings.graphql', import.meta.url);
await writeFile(settings, consoleSettings(createSchema({ vendors, dialects })));
