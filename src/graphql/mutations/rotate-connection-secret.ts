// rotateConnectionSecret: one credential on many connections, and an outcome for each of them.
import type { AuditTarget } from '../../domain/audit-entry.ts';
import type { WrittenConnection } from '../../services/create-connection.ts';
import { placeOf, type Registry } from '../../services/registry.ts';
import {
  reviewRotation,
  rotateConnectionSecret,
  type Rotation,
  type RotationOutcome,
} from '../../services/rotate-connection-secret.ts';
import { addMutation } from './add-mutation.ts';
import type { Enums } from '../types/enums.ts';
import { ROTATE_ERRORS } from '../types/errors.ts';
import { addRotationInput } from '../inputs/rotation.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { outcomeStatusRef } from '../types/outcome-status.ts';
import type { PageTypes } from '../types/connection-page.ts';
import { resultUnion, type ResultUnion } from '../types/result-union.ts';
import { testRef } from './test-connection.ts';

type UpdateResultUnion = ResultUnion<WrittenConnection>;

function addOutcome(schemaContext: SchemaContext, { SourceError }: PageTypes, UpdateResult: UpdateResultUnion) {
  const { builder, Connection } = schemaContext;
  return builder.objectRef<RotationOutcome>('RotationOutcome').implement({
    description: 'What became of one connection.',
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false, description: 'Which connection, by its global id.' }),
      connection: t.expose('connection', {
        type: Connection,
        description: 'The connection; null when its vendor could not be asked.',
      }),
      status: t.field({
        type: outcomeStatusRef(schemaContext),
        nullable: false,
        description: 'How it went.',
        resolve: ({ status }) => status,
      }),
      result: t.field({
        type: UpdateResult,
        description:
          'What the write came to, or why it was refused; null for a plan, and where no write was attempted.',
        resolve: ({ result }) => result as never,
      }),
      verification: t.field({
        type: testRef(schemaContext),
        description: 'The test of the new secret before the write; null where none was made.',
        resolve: ({ verification }) => verification,
      }),
      error: t.field({
        type: SourceError,
        description: 'Why it was not attempted, where its vendor could not be asked; null otherwise.',
        resolve: ({ error }) => error as never,
      }),
      reason: t.exposeString('reason', {
        description:
          'In words: why it was not attempted, where `result` and `error` do not say so; or why it has no test of its own, and which test counts for it.',
      }),
    }),
  });
}

function addRotation(schemaContext: SchemaContext, page: PageTypes, UpdateResult: UpdateResultUnion) {
  const { builder, Connection, VendorInstance } = schemaContext;
  const Outcome = addOutcome(schemaContext, page, UpdateResult);
  return builder.objectRef<Rotation>('Rotation').implement({
    description: 'What a rotation came to. Nothing that was done is put back.',
    fields: (t) => ({
      outcomes: t.field({
        type: [Outcome],
        nullable: false,
        description: 'One for each connection: in the order of the ids, or instance by instance.',
        resolve: ({ outcomes }) => [...outcomes],
      }),
      remaining: t.field({
        type: [Connection],
        nullable: false,
        description: 'Those known to have the old secret still, refused ones too; all of them after a dry run.',
        resolve: ({ remaining }) => [...remaining],
      }),
      unsearchable: t.field({
        type: [VendorInstance],
        nullable: false,
        description: 'Instances that never tell host and user, or did not answer now: look there by hand.',
        resolve: ({ unsearchable }) => [...unsearchable],
      }),
    }),
  });
}

/** An outcome as the audit has it; one whose vendor could not be asked is known by its id alone. */
function toTarget(registry: Registry, { id, connection, status }: RotationOutcome): AuditTarget {
  const instance = connection?.instance ?? placeOf(registry, id)?.instance;
  return { instance: instance?.key ?? null, connection: instance ? id : null, status };
}

/** @param UpdateResult the union of what an update comes to. */
export function addRotateConnectionSecret(
  schemaContext: SchemaContext,
  enums: Enums,
  page: PageTypes,
  UpdateResult: UpdateResultUnion,
): void {
  const { builder } = schemaContext;
  const RotationRef = addRotation(schemaContext, page, UpdateResult);
  const Input = addRotationInput(schemaContext, enums);
  const Success = builder.objectRef<Rotation>('RotateConnectionSecretSuccess').implement({
    description: 'The rotation ran. How each connection fared is in its outcomes.',
    fields: (t) => ({
      rotation: t.field({ type: RotationRef, nullable: false, description: 'What it came to.', resolve: (one) => one }),
    }),
  });
  const description = 'What came of a rotation: an outcome for each connection, or why none was begun.';
  const Result = resultUnion(schemaContext, 'RotateConnectionSecretResult', description, Success, ROTATE_ERRORS);
  addMutation(schemaContext, {
    name: 'rotateConnectionSecret',
    description: 'Replaces one credential on several connections, whatever vendors hold them.',
    input: Input,
    inputDescription: 'What to replace, and where.',
    result: Result,
    success: Success.name,
    plan: (_context, input) => ({ issues: reviewRotation(input) }),
    run: async (context, _plan, input) => rotateConnectionSecret(context, input),
    audited: ({ outcomes }, registry) => ({ targets: outcomes.map((outcome) => toTarget(registry, outcome)) }),
  });
}
