// Omni's answers: only what the adapter cannot do without, and no more strict than that.
import * as z from 'zod';

/** A connection as list and get give it; the rest is read field by field through the tables. */
export const omniConnectionWire = z.looseObject({
  id: z.string().min(1),
  name: z.string().nullish().catch(null),
  dialect: z.string().nullish().catch(null),
});
export type OmniConnectionWire = z.output<typeof omniConnectionWire>;

export const omniListWire = z.object({ connections: z.array(omniConnectionWire) });
export const omniOneWire = z.object({ connection: omniConnectionWire });

/** A UUID: the API knows connections by no other id. */
export const OMNI_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The answer to a create is the new id alone. */
export const omniCreatedWire = z.object({ success: z.literal(true), data: z.string().regex(OMNI_ID) });

/** The answer to an update and to a delete: words that tell nothing more. */
export const omniDoneWire = z.object({ success: z.literal(true) });

/** Both documented shapes: `detail` with a status, or `error` with a message. */
export const omniErrorWire = z.object({
  detail: z.string().nullish(),
  message: z.string().nullish(),
  error: z.string().nullish(),
});
