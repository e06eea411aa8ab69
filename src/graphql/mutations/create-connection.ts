// createConnection: one input for every vendor and dialect, and a result union that says what came of it.
import { connectionName } from '../../fields/fields.ts';
import { createConnection, type WrittenConnection } from '../../services/create-connection.ts';
import { writtenRecord } from '../../services/kept-answers.ts';
import { reviewCreate, type CreateInput } from '../../services/plan-create.ts';
import { carryOut } from './run-mutation.ts';
import { CREATE_ERRORS } from '../types/errors.ts';
import type { SettingsInputs } from '../inputs/settings.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { idempotencyKeyField } from '../inputs/idempotency-key.ts';
import { resultUnion } from '../types/result-union.ts';
import { addWritten } from '../types/written-connection.ts';

/** @returns what a create comes to. */
export function addCreateConnection(
  schemaContext: SchemaContext,
  { Config, Options }: SettingsInputs,
): ReturnType<typeof resultUnion> {
  const { builder, reviews } = schemaContext;
  const Success = addWritten(schemaContext, 'CreateConnectionSuccess', 'The connection exists.');
  const Input = builder.inputRef<CreateInput>('CreateConnectionInput').implement({
    description: 'A connection to be created at one instance.',
    fields: (t) => ({
      instance: t.id({ required: true, description: 'Key or id of the instance to create it at.' }),
      name: t.string({
        required: true,
        description: 'Name at the vendor. Looker: lower case, no blanks; Credible: letters, digits, _ and -.',
        validate: { type: 'string', schema: connectionName() },
      }),
      config: t.field({ type: Config, required: true, description: 'Its settings, by dialect.' }) as never,
      options: t.field({ type: Options, description: 'What only its vendor takes.' }) as never,
      idempotencyKey: idempotencyKeyField(t),
    }),
  });
  reviews.set('createConnection', (registry, { input }) => reviewCreate(registry, input as CreateInput));
  const Result = resultUnion(
    schemaContext,
    'CreateConnectionResult',
    'What came of a create: the connection, or why there is none.',
    Success,
    CREATE_ERRORS,
  );
  builder.mutationField('createConnection', (t) =>
    t.field({
      type: Result,
      nullable: false,
      description:
        'Creates a connection at the vendor that runs the named instance. Secrets go in and are never given out.',
      args: { input: t.arg({ type: Input, required: true, description: 'What to create, and where.' }) },
      resolve: (_root, { input }, context) => {
        const { registry, reads } = context;
        const mutation = {
          name: 'createConnection',
          input,
          success: Success.name,
          know: ({ connection }: WrittenConnection) => ({ connections: [connection] }),
          run: async () => createConnection(registry, reads, input),
        };
        return carryOut(context, mutation, writtenRecord(registry)) as never;
      },
    }),
  );
  return Result;
}
