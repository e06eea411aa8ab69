// The key under which a mutation is done once.
import type { InputFieldBuilder } from '../schema-builder.ts';

export const idempotencyKeyField = (t: InputFieldBuilder) =>
  t.string({
    description:
      'Of your choice, 1 to 255 characters. Sent again with the same input within 24 hours it gives the first answer, and nothing is done again; after a failure that changed nothing it may be used again.',
  });
