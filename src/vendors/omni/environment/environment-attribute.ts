// The user attribute that selects a connection environment at Omni.
import type { Values } from '../../../fields/values-by-key.ts';

/**
 * Returns the attribute after an update; null where there is none. Parts that the update does not provide stay as reported.
 * @param reported the details of the connection before the update.
 * @param changes the options of the update.
 */
export function environmentAfterUpdate(reported: Values, changes: Values): Values | null {
  const key = 'environmentUserAttribute';
  const [before, change] = [reported[key], changes[key]] as (Values | null | undefined)[];
  if (change === undefined) return before ?? null;
  return change && { attributeName: null, defaultValues: null, ...before, ...change };
}
