// createConnection: one input for every vendor and dialect.
import { sentPaths } from '../../domain/audit-entry.ts';
import { secretsSetBy } from '../../services/audit/secret-changes.ts';
import { connectionName } from '../../fields/define-fields.ts';
import { createPlanned, type WrittenConnection } from '../../services/create-connection.ts';
import { writtenRecord } from '../../services/idempotency/answer-records.ts';
import { planCreate, type CreateInput } from '../../services/plan-create.ts';
import { idempotencyKeyField } from '../inputs/idempotency-key.ts';
import type { SettingsInputs } from '../inputs/settings.ts';
import { findInstance } from '../../services/registry.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { CREATE_ERRORS } from '../types/errors.ts';
import { resultUnion, type ResultUnion } from '../types/result-union.ts';
import { addWritten } from '../types/written-connection.ts';
import { addMutation } from './add-mutation.ts';

/** Adds the mutation. Returns its result union. */
export function addCreateConnection(
  schemaContext: SchemaContext,
  { Config, Options }: SettingsInputs,
): ResultUnion<WrittenConnection> {
  const Success = addWritten(schemaContext, 'CreateConnectionSuccess', 'The connection was created.');
  const Input = schemaContext.builder.inputRef<CreateInput>('CreateConnectionInput').implement({
    description: 'The connection to create, and the instance that stores it.',
    fields: (t) => ({
      instance: t.id({
        required: true,
        description: 'The instance that stores the new connection, by its key or its id.',
      }),
      name: t.string({
        required: true,
        description:
          'Name of the connection at its vendor. Looker accepts lower-case names without blanks. Credible accepts letters, digits, _ and -.',
        validate: { type: 'string', schema: connectionName() },
      }),
      config: t.field({
        type: Config,
        required: true,
        description: 'The settings of the connection, in the field of their dialect.',
      }),
      options: t.field({
        type: Options,
        description:
          'Options that only the vendor of the instance accepts, in the field of the vendor. When it is left out, no option is set.',
      }),
      idempotencyKey: idempotencyKeyField(t),
    }),
  });
  const description = 'The result of a create: the new connection, or the reason why none was created.';
  const Result = resultUnion(schemaContext, 'CreateConnectionResult', description, Success, CREATE_ERRORS);
  addMutation(schemaContext, {
    name: 'createConnection',
    description: 'Creates a connection at one instance. The secrets in the input are never returned.',
    input: Input,
    inputDescription: 'The connection to create, and the instance that stores it.',
    result: Result,
    success: Success.name,
    requires: { actions: ['connections:write'], at: (registry, { instance }) => [findInstance(registry, instance)] },
    plan: ({ registry }, input) => planCreate(registry, input),
    run: async ({ reads }, plan) => createPlanned(reads, plan),
    answerRecord: ({ registry }) => writtenRecord(registry),
    audited: (written, _registry, input) => ({
      connections: [written.connection],
      secretChanges: [secretsSetBy(written, sentPaths(input), true)],
    }),
  });
  return Result;
}
