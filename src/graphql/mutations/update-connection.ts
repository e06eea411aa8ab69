// updateConnection: what is left out is kept, null clears, a value replaces; of secrets it is said in words.
import { connectionName } from '../../fields/define-fields.ts';
import { writtenRecord } from '../../services/kept-answers.ts';
import { planConnectionUpdate, updateConnection, type UpdateInput } from '../../services/update-connection.ts';
import { addMutation } from './add-mutation.ts';
import { UPDATE_ERRORS } from '../types/errors.ts';
import type { SettingsInputs } from '../inputs/settings.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { idempotencyKeyField } from '../inputs/idempotency-key.ts';
import { resultUnion } from '../types/result-union.ts';
import { addWritten } from '../types/written-connection.ts';

/** @returns the union of what an update comes to. */
export function addUpdateConnection(schemaContext: SchemaContext, { Config, Options }: SettingsInputs) {
  const { builder } = schemaContext;
  const Success = addWritten(schemaContext, 'UpdateConnectionSuccess', 'The connection is as it was asked for.');
  const Input = builder.inputRef<UpdateInput>('UpdateConnectionInput').implement({
    description: 'Changes to a saved connection: what is left out is kept, null clears, a value replaces.',
    fields: (t) => ({
      id: t.id({ required: true, description: 'Which connection, by its global id.' }),
      name: t.string({
        description: 'Another name; Chartbrew alone renames.',
        validate: { type: 'string', schema: connectionName() },
      }),
      config: t.field({ type: Config, description: 'Changes to its settings, by its dialect.' }) as never,
      options: t.field({ type: Options, description: 'Changes to what only its vendor takes.' }) as never,
      idempotencyKey: idempotencyKeyField(t),
    }),
  });
  const Result = resultUnion(
    schemaContext,
    'UpdateConnectionResult',
    'What came of an update: the connection, or why it is as it was.',
    Success,
    UPDATE_ERRORS,
  );
  addMutation(schemaContext, {
    name: 'updateConnection',
    description:
      'Changes a saved connection as far as its vendor lets one. No stored secret follows a change of where the connection leads.',
    input: Input,
    inputDescription: 'What to change.',
    result: Result,
    success: Success.name,
    plan: async ({ registry }, input) => planConnectionUpdate(registry, input),
    run: async ({ reads }, plan) => updateConnection(reads, plan),
    answerRecord: writtenRecord,
    audited: ({ connection }) => ({ connections: [connection] }),
  });
  return Result;
}
