// deleteConnection: deletes a connection for good, or moves it to the vendor's trash.
import { deleteConnection, type DeletedConnection, type DeleteInput } from '../../services/delete-connection.ts';
import { locationOf } from '../../services/registry.ts';
import { deletedRecord } from '../../services/idempotency/answer-records.ts';
import { idempotencyKeyField } from '../inputs/idempotency-key.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { DELETE_ERRORS } from '../types/errors.ts';
import { resultUnion } from '../types/result-union.ts';
import { warningRef } from '../types/written-connection.ts';
import { addMutation } from './add-mutation.ts';
import { noIssues } from './run-mutation.ts';

const addSuccess = (schemaContext: SchemaContext) =>
  schemaContext.builder.objectRef<DeletedConnection>('DeleteConnectionSuccess').implement({
    description: 'The connection was deleted, or moved to the trash of its vendor.',
    fields: (t) => ({
      deletedId: t.exposeID('deletedId', { description: 'The global id that the connection had.' }),
      archived: t.exposeBoolean('archived', {
        description:
          'Whether the vendor moved the connection to its trash instead of deleting it (Omni: with its models and content; the secrets are erased).',
      }),
      warnings: t.expose('warnings', {
        type: [warningRef(schemaContext)],
        description:
          "The effects of the delete on objects that use the connection, according to the vendor's documentation. Empty when there are none.",
      }),
    }),
  });

/** Adds the mutation. */
export function addDeleteConnection(schemaContext: SchemaContext): void {
  const Input = schemaContext.builder.inputRef<DeleteInput>('DeleteConnectionInput').implement({
    description: 'The connection to delete.',
    fields: (t) => ({
      id: t.id({ required: true, description: 'Global id of the connection to delete.' }),
      expectName: t.string({
        description:
          'The name that the connection must still have; otherwise the delete is refused with a ConflictError. When it is left out, the name is not compared.',
      }),
      idempotencyKey: idempotencyKeyField(t),
    }),
  });
  const Success = addSuccess(schemaContext);
  const description = 'The result of a delete: the deleted id, or the reason why nothing was deleted.';
  addMutation(schemaContext, {
    name: 'deleteConnection',
    description:
      'Deletes a connection. The `warnings` of the result describe the effects on objects that use the connection.',
    input: Input,
    inputDescription: 'The connection to delete.',
    result: resultUnion(schemaContext, 'DeleteConnectionResult', description, Success, DELETE_ERRORS),
    success: Success.name,
    requires: { actions: ['connections:delete'], at: (registry, { id }) => [locationOf(registry, id)?.instance] },
    plan: noIssues,
    run: async ({ registry, reads }, _plan, input) => deleteConnection(registry, reads, input),
    answerRecord: ({ registry }) => deletedRecord(registry),
    audited: ({ deletedId }) => ({ secretChanges: [{ connection: deletedId, set: [], isFresh: true }] }),
  });
}
