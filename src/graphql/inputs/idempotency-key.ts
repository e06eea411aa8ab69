// The idempotency key: the input field by which a mutation that is sent twice runs once.
import * as z from 'zod';
import { isShortText } from '../../domain/short-text.ts';
import type { InputFieldBuilder } from '../schema-builder.ts';

const format = z.string().refine(isShortText, 'Must be 1 to 255 characters, none of them a control character.');

/** Returns the field `idempotencyKey` of an input. */
export const idempotencyKeyField = (t: InputFieldBuilder) =>
  t.string({
    description:
      'A text of your choice, 1 to 255 characters, that identifies this request. When the same input is sent again with the same key within 24 hours, the mutation does not run again and the first answer is returned. After a failure that changed nothing, the key can be used again. Null means that every request is carried out.',
    validate: { type: 'string', schema: format },
  });
