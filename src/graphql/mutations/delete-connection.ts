// deleteConnection: for good, or into the vendor's trash.
import { deleteConnection, type DeletedConnection, type DeleteInput } from '../../services/delete-connection.ts';
import { addMutation } from './add-mutation.ts';
import { noIssues } from './run-mutation.ts';
import { DELETE_ERRORS } from '../types/errors.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { resultUnion } from '../types/result-union.ts';
import { warningRef } from '../types/written-connection.ts';

function addSuccess(schemaContext: SchemaContext) {
  return schemaContext.builder.objectRef<DeletedConnection>('DeleteConnectionSuccess').implement({
    description: 'The connection is gone.',
    fields: (t) => ({
      deletedId: t.exposeID('deletedId', { nullable: false, description: 'The id that it had.' }),
      archived: t.exposeBoolean('archived', {
        nullable: false,
        description:
          'Whether the vendor moved it, with what depends on it, to a trash (Omni: models and content too; the secrets are erased).',
      }),
      warnings: t.field({
        type: [warningRef(schemaContext)],
        nullable: false,
        description: 'What the vendor did beside it, as far as its documents say.',
        resolve: ({ warnings }) => [...warnings],
      }),
    }),
  });
}

export function addDeleteConnection(schemaContext: SchemaContext): void {
  const { builder } = schemaContext;
  const Input = builder.inputRef<DeleteInput>('DeleteConnectionInput').implement({
    description: 'The connection to be deleted.',
    fields: (t) => ({
      id: t.id({ required: true, description: 'Which connection, by its global id.' }),
      expectName: t.string({ description: 'Refuse unless the connection still has this name.' }),
    }),
  });
  const Success = addSuccess(schemaContext);
  const Result = resultUnion(schemaContext, 'DeleteConnectionResult', 'What came of a delete.', Success, DELETE_ERRORS);
  addMutation(schemaContext, {
    name: 'deleteConnection',
    description:
      'Deletes a connection. `warnings` of its result tell what the vendor does to what uses it, where that is known.',
    input: Input,
    inputDescription: 'Which one.',
    result: Result,
    success: Success.name,
    plan: noIssues,
    run: async ({ registry, reads }, _plan, input) => deleteConnection(registry, reads, input),
  });
}
