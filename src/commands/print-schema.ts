// The command `print-schema`: prints the GraphQL schema that a gateway with this configuration serves.
import { loadFederationConfig } from '../config/parse-config.ts';
import { createSchema, dialects, vendors } from '../gateway.ts';
import { printApiSchema, printSubgraphSchema } from '../graphql/print-schema.ts';
import { env, print } from './process.ts';

export interface PrintSchemaOptions {
  /** Whether the SDL of the subgraph is printed, and not that for clients. */
  readonly subgraph?: boolean | undefined;
}

/** Runs the command. @param path the configuration file; undefined for the defaults. @throws ConfigError */
export async function printSchema(path: string | undefined, { subgraph = false }: PrintSchemaOptions): Promise<void> {
  const { typePrefix, authenticated: isAuthenticated } = path
    ? await loadFederationConfig(path, env)
    : { authenticated: false };
  const schema = createSchema({ vendors, dialects });
  const sdl = subgraph
    ? printSubgraphSchema(schema, { typePrefix, isAuthenticated })
    : printApiSchema(schema, typePrefix);
  print(sdl.trimEnd());
}
