// The status of one outcome of a mutation that works on several connections.
import { sharedType } from '../derive-types.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { describeValues } from './describe-values.ts';

const makeOutcomeStatus = ({ builder }: SchemaContext) =>
  builder.enumType('OutcomeStatus', {
    description:
      'What a mutation that works on several connections did with one of them: `createConnections` with one target, `rotateConnectionSecret` with one connection.',
    values: describeValues({
      PLANNED: 'The write would be sent. This was a dry run, so nothing was written.',
      DONE: 'The write succeeded at the vendor.',
      REFUSED: 'The write was refused, and nothing was written. `result` says why.',
      VERIFICATION_FAILED: 'The new secret did not pass its test before the write, so nothing was written.',
      NOT_ATTEMPTED: 'The write was not attempted, so nothing was written.',
      UNKNOWN:
        'The write may have succeeded: it was sent, and the vendor did not answer. Read the connection before you try again.',
    }),
  });

/** Returns the enum OutcomeStatus of a schema. */
export const outcomeStatusRef = (schemaContext: SchemaContext) =>
  sharedType(schemaContext, 'OutcomeStatus', () => makeOutcomeStatus(schemaContext));
