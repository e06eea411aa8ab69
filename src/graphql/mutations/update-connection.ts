// updateConnection: changes the provided fields of a saved connection, and keeps all others.
import { sentPaths } from '../../domain/audit-entry.ts';
import { secretsSetBy } from '../../services/audit/secret-changes.ts';
import { connectionName } from '../../fields/define-fields.ts';
import type { WrittenConnection } from '../../services/create-connection.ts';
import { writtenRecord } from '../../services/idempotency/answer-records.ts';
import { planConnectionUpdate, updateConnection, type UpdateInput } from '../../services/update-connection.ts';
import { idempotencyKeyField } from '../inputs/idempotency-key.ts';
import type { SettingsInputs } from '../inputs/settings.ts';
import { locationOf } from '../../services/registry.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { UPDATE_ERRORS } from '../types/errors.ts';
import { resultUnion, type ResultUnion } from '../types/result-union.ts';
import { addWritten } from '../types/written-connection.ts';
import { addMutation } from './add-mutation.ts';

/** Adds the mutation. Returns its result union. */
export function addUpdateConnection(
  schemaContext: SchemaContext,
  { Config, Options }: SettingsInputs,
): ResultUnion<WrittenConnection> {
  const Success = addWritten(
    schemaContext,
    'UpdateConnectionSuccess',
    'The connection was updated: it has the provided settings.',
  );
  const Input = schemaContext.builder.inputRef<UpdateInput>('UpdateConnectionInput').implement({
    description:
      'Changes to a saved connection. A field that is left out keeps its value, null clears it, and any other value replaces it.',
    fields: (t) => ({
      id: t.id({ required: true, description: 'Global id of the connection to change.' }),
      name: t.string({
        description:
          'The new name of the connection. Only Chartbrew can rename a connection. When it is left out, the name stays.',
        validate: { type: 'string', schema: connectionName() },
      }),
      config: t.field({
        type: Config,
        description:
          "Changes to the connection's settings, in the field of its dialect. When it is left out, no setting changes.",
      }),
      options: t.field({
        type: Options,
        description:
          "Changes to the options that only the connection's vendor accepts, in the field of the vendor. When it is left out, no option changes.",
      }),
      idempotencyKey: idempotencyKeyField(t),
    }),
  });
  const description = 'The result of an update: the changed connection, or the reason why it was not changed.';
  const Result = resultUnion(schemaContext, 'UpdateConnectionResult', description, Success, UPDATE_ERRORS);
  addMutation(schemaContext, {
    name: 'updateConnection',
    description:
      'Changes a saved connection as far as its vendor allows. A change that may lead the connection to another server, such as a change of its host, must send the secrets again: a stored secret is never sent to another server.',
    input: Input,
    inputDescription: 'The connection to change, and the changes.',
    result: Result,
    success: Success.name,
    requires: { actions: ['connections:write'], at: (registry, { id }) => [locationOf(registry, id)?.instance] },
    plan: async ({ registry }, input) => planConnectionUpdate(registry, input),
    run: async ({ reads }, plan) => updateConnection(reads, plan),
    answerRecord: ({ registry }) => writtenRecord(registry),
    audited: (written, _registry, input) => ({
      connections: [written.connection],
      secretChanges: [secretsSetBy(written, sentPaths(input), false)],
    }),
  });
  return Result;
}
