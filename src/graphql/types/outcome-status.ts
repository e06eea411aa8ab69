// How one of several things that a mutation was to do went.
import { once } from '../derive.ts';
import type { SchemaContext } from '../schema-builder.ts';

const makeOutcomeStatus = ({ builder }: SchemaContext) =>
  builder.enumType('OutcomeStatus', {
    description: 'What became of one of several.',
    values: {
      PLANNED: { description: 'It would be done; this was a dry run.' },
      DONE: { description: 'It was done.' },
      REFUSED: { description: 'It was refused, and nothing was done there; `result` says why.' },
      VERIFICATION_FAILED: {
        description: 'What was to be written was tried first and did not work; nothing was done.',
      },
      NOT_ATTEMPTED: { description: 'It was not begun.' },
      UNKNOWN: {
        description: 'It may have been done: the request left and no answer came back. Look before you try again.',
      },
    } as const,
  });

export const outcomeStatusRef = (schemaContext: SchemaContext) =>
  once(schemaContext, 'OutcomeStatus', () => makeOutcomeStatus(schemaContext));
