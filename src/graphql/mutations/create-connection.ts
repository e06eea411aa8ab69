// createConnection: one input for every vendor and dialect, and a result union that says what came of it.
import { connectionName } from '../../fields/define-fields.ts';
import { createPlanned, type WrittenConnection } from '../../services/create-connection.ts';
import { writtenRecord } from '../../services/kept-answers.ts';
import { planCreate, type CreateInput } from '../../services/plan-create.ts';
import { addMutation } from './add-mutation.ts';
import { CREATE_ERRORS } from '../types/errors.ts';
import type { SettingsInputs } from '../inputs/settings.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { idempotencyKeyField } from '../inputs/idempotency-key.ts';
import { resultUnion, type ResultUnion } from '../types/result-union.ts';
import { addWritten } from '../types/written-connection.ts';

/** @returns what a create comes to. */
export function addCreateConnection(
  schemaContext: SchemaContext,
  { Config, Options }: SettingsInputs,
): ResultUnion<WrittenConnection> {
  const { builder } = schemaContext;
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
  const Result = resultUnion(
    schemaContext,
    'CreateConnectionResult',
    'What came of a create: the connection, or why there is none.',
    Success,
    CREATE_ERRORS,
  );
  addMutation(schemaContext, {
    name: 'createConnection',
    description:
      'Creates a connection at the vendor that runs the named instance. Secrets go in and are never given out.',
    input: Input,
    inputDescription: 'What to create, and where.',
    result: Result,
    success: Success.name,
    plan: ({ registry }, input) => planCreate(registry, input),
    run: async ({ reads }, plan) => createPlanned(reads, plan),
    answerRecord: writtenRecord,
    audited: ({ connection }) => ({ connections: [connection] }),
  });
  return Result;
}
