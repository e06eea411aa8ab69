// Credible's answers: only what the adapter cannot do without, and no more strict than that.
import * as z from 'zod';

/** A Connection: the rest is read field by field through the tables. Its engine echoes secrets, which no table reads. */
export const credibleConnectionWire = z.looseObject({
  name: z.string().min(1),
  type: z.string().nullish().catch(null),
});
export type CredibleConnectionWire = z.output<typeof credibleConnectionWire>;

export const credibleListWire = z.array(credibleConnectionWire);

/** A delete that was done: 204, or words. What is neither, a proxy's page say, is no answer. */
export const credibleRemovedWire = z.object({ message: z.string() });

/**
 * A test's answer: a Connection by the admin API's page, which says nothing; its engine says how it went. What calls itself a
 * failure in some other way is none that can be read.
 */
export const credibleTestWire = z.looseObject({
  success: z.literal(true).optional(),
  status: z.string().nullish().catch(null),
  errorMessage: z.string().nullish().catch(null),
});

export const credibleErrorWire = z.object({
  code: z.union([z.string(), z.number()]).nullish(),
  message: z.string().nullish(),
});
