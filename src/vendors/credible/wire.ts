// Credible's answers: only what the adapter cannot do without, and no more strict than that.
import * as z from 'zod';

/** A Connection: the rest is read field by field through the tables. Its engine echoes secrets, which no table reads. */
export const credibleConnectionWire = z.looseObject({
  name: z.string().min(1),
  type: z.string().nullish().catch(null),
});
export type CredibleConnectionWire = z.output<typeof credibleConnectionWire>;

export const credibleListWire = z.array(credibleConnectionWire);

export const credibleErrorWire = z.object({
  code: z.union([z.string(), z.number()]).nullish(),
  message: z.string().nullish(),
});
