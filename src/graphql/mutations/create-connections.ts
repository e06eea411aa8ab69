// createConnections: a fan-out, which creates the same connection at several instances and has an outcome for each.
import { sentPaths } from '../../domain/audit-entry.ts';
import { connectionName } from '../../fields/define-fields.ts';
import type { WrittenConnection } from '../../services/create-connection.ts';
import { createConnections } from '../../services/create-connections.ts';
import { describeFanOut } from '../../services/fan-out/fan-out-audit.ts';
import {
  COMPENSATION_STATUSES,
  FAN_OUT_STATUSES,
  type Compensation,
  type FanOut,
  type FanOutOutcome,
} from '../../services/fan-out/fan-out-outcome.ts';
import { planFanOut, type CreateConnectionsInput, type FanOutTarget } from '../../services/fan-out/plan-fan-out.ts';
import { fanOutRecord } from '../../services/idempotency/answer-records.ts';
import { idempotencyKeyField } from '../inputs/idempotency-key.ts';
import type { SettingsInputs } from '../inputs/settings.ts';
import { findInstance } from '../../services/registry.ts';
import type { SchemaContext } from '../schema-builder.ts';
import type { PageTypes } from '../types/connection-page.ts';
import { describeValues } from '../types/describe-values.ts';
import { CREATE_MANY_ERRORS } from '../types/errors.ts';
import { onFailureRef } from '../types/on-failure.ts';
import { outcomeStatusRef } from '../types/outcome-status.ts';
import { resultUnion, type ResultUnion } from '../types/result-union.ts';
import { addMutation } from './add-mutation.ts';

type CreateResult = ResultUnion<WrittenConnection>;

const NAME_FORMAT = { type: 'string', schema: connectionName() } as const;

const addTarget = ({ builder }: SchemaContext, { Options }: SettingsInputs) =>
  builder.inputRef<FanOutTarget>('FanOutTargetInput').implement({
    description: 'One instance at which `createConnections` creates the connection.',
    fields: (t) => ({
      instance: t.id({
        required: true,
        description: 'The instance that stores the new connection, by its key or its id.',
      }),
      name: t.string({
        description:
          'Name of the connection at this instance. When it is left out, the `name` of the whole input is used.',
        validate: NAME_FORMAT,
      }),
      options: t.field({
        type: Options,
        description:
          'Options that only the vendor of this instance accepts, in the field of the vendor. When it is left out, no option is set.',
      }),
    }),
  });

function addInput(schemaContext: SchemaContext, settings: SettingsInputs) {
  const Target = addTarget(schemaContext, settings);
  return schemaContext.builder.inputRef<CreateConnectionsInput>('CreateConnectionsInput').implement({
    description: 'The connection to create, and the instances that store it.',
    fields: (t) => ({
      targets: t.field({
        type: [Target],
        required: true,
        description: 'The instances to create the connection at: 1 to 10 of them.',
      }),
      name: t.string({
        required: true,
        description: 'Name of the connection at each target that provides no `name`.',
        validate: NAME_FORMAT,
      }),
      config: t.field({
        type: settings.Config,
        required: true,
        description:
          'The settings of the connection, in the field of their dialect. A field that only some of the vendors support is left out for the others, with a warning. A secret that one of the vendors does not support is refused, and then nothing is created. A field that none of the vendors supports is refused too.',
      }),
      onFailure: t.field({
        type: onFailureRef(schemaContext),
        required: true,
        defaultValue: 'KEEP',
        description: 'What happens to the created connections when one target fails.',
      }),
      idempotencyKey: idempotencyKeyField(t),
    }),
  });
}

function addCompensation({ builder }: SchemaContext, { SourceError }: PageTypes) {
  const Status = builder.enumType('CompensationStatus', {
    description: 'Whether a connection that was created was deleted again after another target failed.',
    values: describeValues(COMPENSATION_STATUSES),
  });
  return builder.objectRef<Compensation>('Compensation').implement({
    description:
      'The compensation of one target: the deletion of the connection that was created there, because another target failed.',
    fields: (t) => ({
      status: t.expose('status', { type: Status, description: 'Whether the created connection was deleted again.' }),
      error: t.expose('error', {
        type: SourceError,
        nullable: true,
        description:
          'Why the connection could not be deleted, or why it is not known whether it exists. Null when there was no such failure.',
      }),
    }),
  });
}

function addOutcome(schemaContext: SchemaContext, page: PageTypes, Result: CreateResult) {
  const CompensationRef = addCompensation(schemaContext, page);
  return schemaContext.builder.objectRef<FanOutOutcome>('FanOutOutcome').implement({
    description: 'What `createConnections` did at one target.',
    fields: (t) => ({
      instance: t.expose('instance', {
        type: schemaContext.VendorInstance,
        description: 'The instance of the target.',
      }),
      status: t.expose('status', {
        type: outcomeStatusRef(schemaContext),
        description: 'Whether the connection was created at this target, even when it was deleted again afterwards.',
      }),
      result: t.expose('result', {
        type: Result,
        nullable: true,
        description:
          'The result of the create at this target: the new connection, or the reason why none was created. Null when the target was not attempted.',
      }),
      compensation: t.expose('compensation', {
        type: CompensationRef,
        nullable: true,
        description:
          'Whether the created connection was deleted again because another target failed. Null with `onFailure: KEEP`, and when no target failed.',
      }),
    }),
  });
}

function addFanOut(schemaContext: SchemaContext, page: PageTypes, Result: CreateResult) {
  const Outcome = addOutcome(schemaContext, page, Result);
  const Status = schemaContext.builder.enumType('FanOutStatus', {
    description: 'What `createConnections` did at all its targets together.',
    values: describeValues(FAN_OUT_STATUSES),
  });
  return schemaContext.builder.objectRef<FanOut>('FanOut').implement({
    description:
      'The result of a fan-out: one request of `createConnections`, which creates the same connection at several instances.',
    fields: (t) => ({
      operationId: t.exposeID('operationId', {
        nullable: true,
        description: 'Id of this fan-out for the query `operation`. Null when the store of the gateway did not answer.',
      }),
      status: t.expose('status', {
        type: Status,
        description: 'Whether the connection was created at all targets, at some, or at none.',
      }),
      outcomes: t.expose('outcomes', {
        type: [Outcome],
        description: 'What was done at each target, in the order of the input.',
      }),
    }),
  });
}

/**
 * Adds the mutation.
 * @param SingleResult the result union of a create at one instance.
 */
export function addCreateConnections(
  schemaContext: SchemaContext,
  settings: SettingsInputs,
  page: PageTypes,
  SingleResult: CreateResult,
): void {
  const FanOutRef = addFanOut(schemaContext, page, SingleResult);
  const Success = schemaContext.builder.objectRef<FanOut>('CreateConnectionsSuccess').implement({
    description:
      'The creates were sent. This does not mean that every target succeeded: see `fanOut.status` and `fanOut.outcomes`.',
    fields: (t) => ({
      fanOut: t.field({
        type: FanOutRef,
        description: 'What was done at each target, and at all of them together.',
        resolve: (fanOut) => fanOut,
      }),
    }),
  });
  const description =
    'The result of a create at several instances: an outcome for each of them, or the reason why nothing was sent to any of them.';
  addMutation(schemaContext, {
    name: 'createConnections',
    description:
      'Creates the same connection at several instances. The input is checked for all targets first; nothing is created unless these checks pass for every target.',
    input: addInput(schemaContext, settings),
    inputDescription: 'The connection to create, and the instances that store it.',
    result: resultUnion(schemaContext, 'CreateConnectionsResult', description, Success, CREATE_MANY_ERRORS),
    success: Success.name,
    requires: {
      actions: ['connections:write'],
      at: (registry, { targets }) => targets.map(({ instance }) => findInstance(registry, instance)),
    },
    plan: ({ registry }, input) => planFanOut(registry, input),
    run: async (context, plan, input) => createConnections(context, plan, input),
    answerRecord: ({ registry }) => fanOutRecord(registry),
    audited: (fanOut, _registry, input) => describeFanOut(fanOut, sentPaths(input)),
  });
}
