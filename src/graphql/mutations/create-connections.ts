// createConnections: one connection at several instances, and an outcome for each.
import type { AuditTarget } from '../../domain/audit-entry.ts';
import { connectionName } from '../../fields/define-fields.ts';
import type { WrittenConnection } from '../../services/create-connection.ts';
import { createConnections } from '../../services/create-connections.ts';
import {
  COMPENSATION_STATUSES,
  FAN_OUT_STATUSES,
  type Compensation,
  type FanOut,
  type FanOutOutcome,
} from '../../services/fan-out/outcome.ts';
import { planFanOut, type CreateConnectionsInput, type FanOutTarget } from '../../services/fan-out/plan.ts';
import { fanOutRecord } from '../../services/kept-answers.ts';
import { addMutation } from './add-mutation.ts';
import { CREATE_MANY_ERRORS, describeAll } from '../types/errors.ts';
import { idempotencyKeyField } from '../inputs/idempotency-key.ts';
import type { SettingsInputs } from '../inputs/settings.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { outcomeStatusRef } from '../types/outcome-status.ts';
import type { PageTypes } from '../types/connection-page.ts';
import { resultUnion, type ResultUnion } from '../types/result-union.ts';

type CreateResult = ResultUnion<WrittenConnection>;

function addInput({ builder }: SchemaContext, { Config, Options }: SettingsInputs) {
  const validate = { type: 'string', schema: connectionName() } as const;
  const Target = builder.inputRef<FanOutTarget>('FanOutTargetInput').implement({
    description: 'One place where the connection is to be created.',
    fields: (t) => ({
      instance: t.id({ required: true, description: 'Key or id of the instance to create it at.' }),
      name: t.string({ description: 'Its name there, in place of the one for all.', validate }),
      options: t.field({ type: Options, description: 'What only its vendor takes.' }) as never,
    }),
  });
  const OnFailure = builder.enumType('OnFailure', {
    description: 'What becomes of the others when one target fails.',
    values: describeAll({
      KEEP: 'Keep what was created; up to four targets at a time.',
      COMPENSATE:
        'One target after another; on a failure delete what was created, last first. Refused up front if two targets cannot delete.',
    } as const),
  });
  return builder.inputRef<CreateConnectionsInput>('CreateConnectionsInput').implement({
    description: 'A connection to be created at several instances.',
    fields: (t) => ({
      targets: t.field({ type: [Target], required: true, description: 'Where: 1 to 10 of them.' }),
      name: t.string({
        required: true,
        description: 'Its name, but for targets that have one of their own.',
        validate,
      }),
      config: t.field({
        type: Config,
        required: true,
        description:
          'Its settings, by dialect. What one vendor does not know and another does is left out for the first, with a warning; a secret is refused, and so is what none knows.',
      }) as never,
      onFailure: t.field({
        type: OnFailure,
        required: true,
        defaultValue: 'KEEP',
        description: 'What becomes of the others when one fails.',
      }),
      idempotencyKey: idempotencyKeyField(t),
    }),
  });
}

function addCompensation({ builder }: SchemaContext, { SourceError }: PageTypes) {
  const Status = builder.enumType('CompensationStatus', {
    description: 'What became of a connection that was to be taken back.',
    values: describeAll(COMPENSATION_STATUSES),
  });
  return builder.objectRef<Compensation>('Compensation').implement({
    description: 'How a target was put back, since another one failed.',
    fields: (t) => ({
      status: t.field({
        type: Status,
        nullable: false,
        description: 'What became of what was created.',
        resolve: ({ status }) => status,
      }),
      error: t.field({
        type: SourceError,
        description: 'Why it could not be deleted, or looked for; null when that is not so.',
        resolve: ({ error }) => error as never,
      }),
    }),
  });
}

function addOutcome(schemaContext: SchemaContext, page: PageTypes, Result: CreateResult) {
  const CompensationRef = addCompensation(schemaContext, page);
  return schemaContext.builder.objectRef<FanOutOutcome>('FanOutOutcome').implement({
    description: 'What one target came to.',
    fields: (t) => ({
      instance: t.expose('instance', {
        type: schemaContext.VendorInstance,
        nullable: false,
        description: 'The instance of the target.',
      }),
      status: t.field({
        type: outcomeStatusRef(schemaContext),
        nullable: false,
        description: 'How its create went, whatever was undone afterwards.',
        resolve: ({ status }) => status,
      }),
      result: t.field({
        type: Result,
        description: 'What the create came to; null where the target was not attempted.',
        resolve: ({ result }) => result as never,
      }),
      compensation: t.field({
        type: CompensationRef,
        description: 'How it was put back; null with KEEP, and when no target failed.',
        resolve: ({ compensation }) => compensation,
      }),
    }),
  });
}

function addFanOut(schemaContext: SchemaContext, page: PageTypes, Result: CreateResult) {
  const Outcome = addOutcome(schemaContext, page, Result);
  const Status = schemaContext.builder.enumType('FanOutStatus', {
    description: 'What a create at several instances came to as a whole.',
    values: describeAll(FAN_OUT_STATUSES),
  });
  return schemaContext.builder.objectRef<FanOut>('FanOut').implement({
    description: 'What a create at several instances came to.',
    fields: (t) => ({
      status: t.field({
        type: Status,
        nullable: false,
        description: 'As a whole.',
        resolve: ({ status }) => status,
      }),
      outcomes: t.field({
        type: [Outcome],
        nullable: false,
        description: 'Target by target, in the order of the input.',
        resolve: ({ outcomes }) => [...outcomes],
      }),
    }),
  });
}

/** A target as the audit has it. */
const toTarget = ({ instance, status, result, compensation }: FanOutOutcome): AuditTarget => ({
  instance: instance.key,
  connection: result && 'connection' in result ? result.connection.id : null,
  status,
  ...(compensation && { compensation: compensation.status }),
});

/** @param ofOne what a create at one instance comes to. */
export function addCreateConnections(
  schemaContext: SchemaContext,
  settings: SettingsInputs,
  page: PageTypes,
  ofOne: CreateResult,
): void {
  const { builder } = schemaContext;
  const Input = addInput(schemaContext, settings);
  const FanOutRef = addFanOut(schemaContext, page, ofOne);
  const Success = builder.objectRef<FanOut>('CreateConnectionsSuccess').implement({
    description: 'The targets were asked. What came of it is in `fanOut`: a success here is not one of every target.',
    fields: (t) => ({
      fanOut: t.field({
        type: FanOutRef,
        nullable: false,
        description: 'What it came to.',
        resolve: (fanOut) => fanOut,
      }),
    }),
  });
  const Result = resultUnion(
    schemaContext,
    'CreateConnectionsResult',
    'What came of a create at several instances: an outcome for each, or why no call was made.',
    Success,
    CREATE_MANY_ERRORS,
  );
  addMutation(schemaContext, {
    name: 'createConnections',
    description:
      'Creates the same connection at several instances. Nothing is begun unless each of them takes it, as far as that can be told without asking.',
    input: Input,
    inputDescription: 'What to create, and where.',
    result: Result,
    success: Success.name,
    plan: ({ registry }, input) => planFanOut(registry, input),
    run: async (context, plan, { onFailure }) => createConnections(context, plan, onFailure),
    answerRecord: fanOutRecord,
    audited: ({ status, outcomes }) => ({ status, targets: outcomes.map(toTarget) }),
  });
}
