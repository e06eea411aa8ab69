// What a fan-out does with the created connections when one target fails.
import { sharedType } from '../derive-types.ts';
import type { SchemaContext } from '../schema-builder.ts';
import { describeValues } from './describe-values.ts';

const makeOnFailure = ({ builder }: SchemaContext) =>
  builder.enumType('OnFailure', {
    description: 'What `createConnections` does with the created connections when one target fails.',
    values: describeValues({
      KEEP: 'Keep the connections that were created. Up to four targets are worked on at the same time.',
      COMPENSATE:
        'Work on one target after another. On a failure, delete the connections that were created, the last one first. Refused before any call when two or more of the instances cannot delete connections.',
    }),
  });

/** Returns the enum OnFailure of a schema. */
export const onFailureRef = (schemaContext: SchemaContext) =>
  sharedType(schemaContext, 'OnFailure', () => makeOnFailure(schemaContext));
