// The schema of a connection in a vendor's answer.
import * as z from 'zod';
import type { Values } from '../fields/values-by-key.ts';
import { isObject } from './read-values.ts';

/**
 * Returns the schema of a row that passes a check. Its result is the row itself: `z.looseObject` would copy every row, which
 * takes as long as the parsing of the JSON.
 */
export const rowSchema = <R extends Values>(isRow: (row: Values) => boolean): z.ZodType<R> =>
  z.custom<R>((raw) => isObject(raw) && isRow(raw));
