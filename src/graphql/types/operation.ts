// The type Operation: how far a mutation is that writes at several targets.
import { OPERATION_STATUSES, type FoundOperation, type FoundTarget } from '../../services/operations/find-operation.ts';
import { TARGET_STATES, type OperationMutation, type TargetState } from '../../services/operations/operation-store.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { describeValues } from './describe-values.ts';
import { onFailureRef } from './on-failure.ts';

const MUTATIONS = {
  CREATE_CONNECTIONS: 'createConnections',
  ROTATE_CONNECTION_SECRET: 'rotateConnectionSecret',
} as const satisfies Readonly<Record<string, OperationMutation>>;

const DESCRIPTIONS: Readonly<Record<OperationMutation, string>> = {
  createConnections: 'A fan-out, by `createConnections`. Its targets are instances.',
  rotateConnectionSecret: 'A rotation, by `rotateConnectionSecret`. Its targets are connections.',
};

/** Adds the enum of the mutations that are operations. */
export const addOperationMutation = ({ builder }: SchemaContext) =>
  builder.enumType('OperationMutation', {
    description: 'The mutations that write at several targets.',
    values: Object.fromEntries(
      Object.entries(MUTATIONS).map(([name, value]) => [name, { value, description: DESCRIPTIONS[value] }]),
    ) as Record<keyof typeof MUTATIONS, { value: OperationMutation; description: string }>,
  });

const addCounts = ({ builder }: SchemaContext) =>
  builder.objectRef<readonly FoundTarget[]>('OperationCounts').implement({
    description: 'How many targets of an operation are in each state.',
    fields: (t) => {
      const count = (state: TargetState) =>
        t.int({
          description: `The targets with the state ${state}.`,
          resolve: (targets) => targets.filter((target) => target.state === state).length,
        });
      return {
        total: t.int({ description: 'The number of all targets.', resolve: (targets) => targets.length }),
        notStarted: count('NOT_STARTED'),
        sending: count('SENDING'),
        done: count('DONE'),
        refused: count('REFUSED'),
        verificationFailed: count('VERIFICATION_FAILED'),
        notAttempted: count('NOT_ATTEMPTED'),
        unknown: count('UNKNOWN'),
        undone: count('UNDONE'),
        notUndone: count('NOT_UNDONE'),
      };
    },
  });

function addTarget({ builder, VendorInstance }: SchemaContext) {
  const State = builder.enumType('OperationTargetState', {
    description: 'What the gateway knows of the write at one target of an operation.',
    values: describeValues(TARGET_STATES),
  });
  return builder.objectRef<FoundTarget>('OperationTarget').implement({
    description: 'One target of an operation: an instance of a fan-out, or a connection of a rotation.',
    fields: (t) => ({
      instance: t.expose('instance', { type: VendorInstance, description: 'Where the target is.' }),
      connectionId: t.exposeID('connectionId', {
        nullable: true,
        description: 'Global id of the connection. Null when none was created, or as long as its id is not known.',
      }),
      state: t.expose('state', { type: State, description: 'What the gateway knows of the write.' }),
      changedAt: t.expose('changedAt', { type: 'DateTime', description: 'When the state changed the last time.' }),
    }),
  });
}

/** Adds the type Operation. */
export function addOperation(schemaContext: SchemaContext, Mutation: ReturnType<typeof addOperationMutation>) {
  const { builder } = schemaContext;
  const Counts = addCounts(schemaContext);
  const Target = addTarget(schemaContext);
  const Status = builder.enumType('OperationStatus', {
    description: 'Whether the gateway works on an operation.',
    values: describeValues(OPERATION_STATUSES),
  });
  return builder.objectRef<FoundOperation>('Operation').implement({
    description:
      'One request of a mutation that writes at several targets, and how far it is. It is kept for 24 hours after its last change.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Identifies the operation. The result of its mutation has it too.' }),
      mutation: t.expose('mutation', { type: Mutation, description: 'Which mutation was sent.' }),
      status: t.expose('status', { type: Status, description: 'Whether the gateway works on it.' }),
      onFailure: t.expose('onFailure', {
        type: onFailureRef(schemaContext),
        nullable: true,
        description: 'What happens to the created connections when one target fails. Null for a rotation.',
      }),
      startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When the first attempt began.' }),
      changedAt: t.expose('changedAt', {
        type: 'DateTime',
        description: 'When a target changed last, or when the work ended.',
      }),
      finishedAt: t.expose('finishedAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When the work ended. Null before.',
      }),
      counts: t.field({
        type: Counts,
        description: 'How many targets are in each state.',
        resolve: ({ targets }) => targets,
      }),
      targets: t.expose('targets', {
        type: [Target],
        description: 'The targets, in the order of the answer of the mutation.',
      }),
    }),
  });
}
