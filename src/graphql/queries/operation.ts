// The query `operation`: how far a mutation is that writes at several targets.
import { findOperation, type OperationSelector } from '../../services/operations/find-operation.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { addOperation, addOperationMutation } from '../types/operation.ts';

type Key = NonNullable<OperationSelector['key']>;

function addSelector({ builder }: SchemaContext, Mutation: ReturnType<typeof addOperationMutation>) {
  const KeyInput = builder.inputRef<Key>('OperationKey').implement({
    description: 'The idempotency key of a request. With it an operation is found before its mutation has answered.',
    fields: (t) => ({
      mutation: t.field({ type: Mutation, required: true, description: 'The mutation that has the key.' }),
      idempotencyKey: t.string({ required: true, description: 'The `idempotencyKey` in the input of the mutation.' }),
    }),
  });
  return builder.inputRef<OperationSelector>('OperationSelector').implement({
    description: 'Names an operation: by its id, or by its idempotency key.',
    isOneOf: true,
    fields: (t) => ({
      id: t.id({ description: 'The `operationId` that the mutation returned.' }),
      key: t.field({ type: KeyInput, description: 'The mutation and the key that you sent with it.' }),
    }),
  });
}

/** Adds the query `operation`. */
export function addOperationQuery(schemaContext: SchemaContext): void {
  const Mutation = addOperationMutation(schemaContext);
  const Operation = addOperation(schemaContext, Mutation);
  const Selector = addSelector(schemaContext, Mutation);
  schemaContext.builder.queryFields((t) => ({
    operation: t.field({
      type: Operation,
      nullable: true,
      description:
        'How far a request of `createConnections` or `rotateConnectionSecret` is, while it runs and for 24 hours after. Null when there is none. The operation of another caller needs the scope audit:read for all its instances, and is null without it.',
      args: { by: t.arg({ type: Selector, required: true, description: 'Which operation to show.' }) },
      resolve: async (_root, { by }, context) => findOperation(context, by),
    }),
  }));
}
