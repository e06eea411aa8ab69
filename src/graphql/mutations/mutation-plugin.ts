// A Pothos plugin that runs each mutation with `runMutation`. It is a plugin because the check of the formats is one too
// (plugin-zod). That check runs inside the resolver that this plugin wraps, and its issues arrive here as an error.
import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from '@pothos/core';
import type { GraphQLFieldResolver } from 'graphql';
import type { RequestContext } from '../context.ts';
import type { AuditedInput } from './audit-mutation.ts';
import { runMutation, type AnyMutation } from './run-mutation.ts';

declare global {
  // eslint-disable-next-line @typescript-eslint/no-namespace -- Pothos has its plugins declare themselves in this namespace
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      mutations: MutationPlugin<Types>;
    }
  }
}

const EXTENSION = 'patchbay.mutation';

/** Returns the `extensions` of a mutation's field, whose resolver only has to return. */
export const mutationExtensions = (mutation: AnyMutation): Readonly<Record<string, unknown>> => ({
  [EXTENSION]: mutation,
});

type Resolver<Context> = GraphQLFieldResolver<unknown, Context, object>;

class MutationPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  /** @param checkFormats the field's resolver with the checks of plugin-zod. */
  override wrapResolve(
    checkFormats: Resolver<Types['Context']>,
    { extensions }: PothosOutputFieldConfig<Types>,
  ): Resolver<Types['Context']> {
    const mutation = extensions?.[EXTENSION] as AnyMutation | undefined;
    if (!mutation) return checkFormats;
    return async (root, args, context, info) =>
      runMutation(mutation, context as RequestContext, (args as { input: AuditedInput }).input, async () => {
        await checkFormats(root, args, context, info);
      });
  }
}

/** Name of the plugin. It must stand before plugin-zod in the builder's list, because the first plugin is the outermost. */
export const MUTATIONS_PLUGIN = 'mutations';

SchemaBuilder.registerPlugin(MUTATIONS_PLUGIN, MutationPlugin);
