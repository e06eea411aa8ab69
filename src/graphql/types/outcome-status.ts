// The status of one outcome of a mutation that works on several connections.
import { once } from '../derive.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { describeValues } from './describe-values.ts';

const makeOutcomeStatus = ({ builder }: SchemaContext) =>
  builder.enumType('OutcomeStatus', {
    description:
      'What a mutation that works on several connections did with one of them: `createConnections` with one target, `rotateConnectionSecret` with one connection.',
    values: describeValues({
      PLANNED: 'It would be written. This was a dry run, so nothing was written.',
      DONE: 'It was written.',
      REFUSED: 'It was refused, and nothing was written for it. `result` says why.',
      VERIFICATION_FAILED: 'The new secret did not pass its test before the write, so nothing was written.',
      NOT_ATTEMPTED: 'It was not attempted, and nothing was written for it.',
      UNKNOWN:
        'It may have been written: the request was sent and the vendor did not answer. Read the connection before you try again.',
    }),
  });

/** Returns the enum OutcomeStatus of a schema. */
export const outcomeStatusRef = (schemaContext: SchemaContext) =>
  once(schemaContext, 'OutcomeStatus', () => makeOutcomeStatus(schemaContext));
