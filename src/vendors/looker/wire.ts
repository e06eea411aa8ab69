// Looker's answers: only what the adapter cannot do without, and no more strict than that.
import * as z from 'zod';

/** DBConnection: the rest of it is read field by field through the tables. */
export const lookerConnectionWire = z.looseObject({
  name: z.string().min(1),
  dialect_name: z.string().nullish().catch(null),
});
export type LookerConnectionWire = z.output<typeof lookerConnectionWire>;

export const lookerListWire = z.array(lookerConnectionWire);

/** AccessToken. */
export const lookerTokenWire = z.object({ access_token: z.string().min(1), expires_in: z.number() });

/** A delete that was done: 204, or by the documents a text. What is neither, a proxy's page say, is no answer. */
export const lookerRemovedWire = z.string();

const word = z.string().nullish().catch(null);

/** ValidationError; `errors` names the fields. */
export const lookerErrorWire = z.object({
  errors: z.array(z.object({ field: z.string().nullish(), code: z.string().nullish(), message: word })).nullish(),
});

/**
 * DBConnectionTestResult; its `connection_string` may hold the password and is left unread. A row without name or status tells
 * of no test.
 */
export const lookerTestsWire = z.array(z.object({ name: z.string().min(1), status: z.string().min(1), message: word }));
export type LookerTestWire = z.output<typeof lookerTestsWire>[number];
