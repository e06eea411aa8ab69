// rotateConnectionSecret: replaces one credential in several connections, and reports an outcome for each of them.
import type { AuditTarget, SecretChange } from '../../domain/audit-entry.ts';
import type { WrittenConnection } from '../../services/create-connection.ts';
import { rotationRecord } from '../../services/idempotency/rotation-record.ts';
import { locationOf, type Registry } from '../../services/registry.ts';
import {
  reviewRotation,
  rotateConnectionSecret,
  rotatedKeys,
  type Rotation,
  type RotationInput,
  type RotationOutcome,
} from '../../services/rotate-connection-secret.ts';
import { addRotationInput } from '../inputs/rotation.ts';
import type { SchemaContext } from '../schema-builder.ts';
import type { PageTypes } from '../types/connection-page.ts';
import { testRef } from '../types/connection-test.ts';
import type { Enums } from '../types/enums.ts';
import { ROTATE_ERRORS } from '../types/errors.ts';
import { outcomeStatusRef } from '../types/outcome-status.ts';
import { resultUnion, type ResultUnion } from '../types/result-union.ts';
import { addMutation } from './add-mutation.ts';

type UpdateResult = ResultUnion<WrittenConnection>;

function addOutcome(schemaContext: SchemaContext, { SourceError }: PageTypes, Update: UpdateResult) {
  const { builder, Connection } = schemaContext;
  return builder.objectRef<RotationOutcome>('RotationOutcome').implement({
    description: 'What `rotateConnectionSecret` did with one connection.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Global id of the connection.' }),
      connection: t.expose('connection', {
        type: Connection,
        nullable: true,
        description: 'The connection. Null when its vendor could not be read.',
      }),
      status: t.expose('status', {
        type: outcomeStatusRef(schemaContext),
        description: 'Whether the new secret was written to this connection.',
      }),
      result: t.expose('result', {
        type: Update,
        nullable: true,
        description:
          'The result of the write, or the reason why it was refused. Null in a dry run, and when no write was attempted.',
      }),
      verification: t.expose('verification', {
        type: testRef(schemaContext),
        nullable: true,
        description:
          'The test of this connection with the new secret, before the write. Null when this connection was not tested.',
      }),
      error: t.expose('error', {
        type: SourceError,
        nullable: true,
        description: 'The failure of the vendor that prevented the write. Null when the vendor did not fail.',
      }),
      reason: t.exposeString('reason', {
        nullable: true,
        description:
          'A sentence that says why the write was not attempted, when `result` and `error` do not say it. For a connection that could not be tested itself, it says why, and which test was used instead. Null when there is nothing to add.',
      }),
    }),
  });
}

function addRotation(schemaContext: SchemaContext, page: PageTypes, Update: UpdateResult) {
  const { builder, Connection, VendorInstance } = schemaContext;
  const Outcome = addOutcome(schemaContext, page, Update);
  return builder.objectRef<Rotation>('Rotation').implement({
    description:
      'The result of a rotation: one request of `rotateConnectionSecret`. A secret that was written stays, even when another connection fails.',
    fields: (t) => ({
      operationId: t.exposeID('operationId', {
        nullable: true,
        description:
          'Id of this rotation for the query `operation`. Null in a dry run, and when the store of the gateway did not answer.',
      }),
      outcomes: t.expose('outcomes', {
        type: [Outcome],
        description:
          'What was done with each connection: in the order of the ids, or instance by instance when they were found by a match.',
      }),
      remaining: t.expose('remaining', {
        type: [Connection],
        description:
          'The connections that are known to still have the old secret, including refused connections. After a dry run these are all connections.',
      }),
      unsearchable: t.expose('unsearchable', {
        type: [VendorInstance],
        description:
          'The instances that could not be searched, because their vendor never reports host and user, or did not answer. They may have connections with the old secret; look for them yourself.',
      }),
    }),
  });
}

/** Returns the part of the audit entry about one outcome. A connection that could not be read is known by its id only. */
function toTarget(registry: Registry, { id, connection, status }: RotationOutcome): AuditTarget {
  const instance = connection?.instance ?? locationOf(registry, id)?.instance;
  return { instance: instance?.key ?? null, connection: instance ? id : null, status };
}

/** Returns the secrets that were set at one connection. */
function secretChangeOf({ status, connection }: RotationOutcome, input: RotationInput): SecretChange[] {
  if (status !== 'DONE' || !connection) return [];
  const set = rotatedKeys(input).map((key) => `config.${connection.dialect}.${key}`);
  return [{ connection: connection.id, set, isFresh: false }];
}

/**
 * Adds the mutation.
 * @param Update the result union of an update of one connection.
 */
export function addRotateConnectionSecret(
  schemaContext: SchemaContext,
  enums: Enums,
  page: PageTypes,
  Update: UpdateResult,
): void {
  const RotationRef = addRotation(schemaContext, page, Update);
  const Success = schemaContext.builder.objectRef<Rotation>('RotateConnectionSecretSuccess').implement({
    description: 'The rotation ran. What it did with each connection is in `rotation.outcomes`.',
    fields: (t) => ({
      rotation: t.field({
        type: RotationRef,
        description: 'What was done with each connection, and which connections still have the old secret.',
        resolve: (rotation) => rotation,
      }),
    }),
  });
  const description =
    'The result of a rotation: an outcome for each connection, or the reason why nothing was written to any of them.';
  addMutation(schemaContext, {
    name: 'rotateConnectionSecret',
    description:
      'Replaces one credential, such as a password, in the connections that the input names or that match a server and a user, at one or several vendors.',
    input: addRotationInput(schemaContext, enums),
    inputDescription: 'The new secret, the connections that get it, and the tests that must pass before the write.',
    result: resultUnion(schemaContext, 'RotateConnectionSecretResult', description, Success, ROTATE_ERRORS),
    success: Success.name,
    requires: {
      actions: ['secrets:rotate', 'connections:read'],
      at: (registry, { connections: { ids } }) => (ids ?? []).map((id) => locationOf(registry, id)?.instance),
    },
    plan: (_context, input) => ({ issues: reviewRotation(input) }),
    run: async (context, _plan, input) => rotateConnectionSecret(context, input),
    answerRecord: rotationRecord,
    audited: ({ outcomes }, registry, input) => ({
      targets: outcomes.map((outcome) => toTarget(registry, outcome)),
      secretChanges: outcomes.flatMap((outcome) => secretChangeOf(outcome, input)),
    }),
  });
}
