// Schemas of Omni's answers. They require only what the adapter cannot work without.
import * as z from 'zod';
import type { Values } from '../../fields/values-by-key.ts';
import { textOf } from '../read-values.ts';
import { rowSchema } from '../row-schema.ts';

/** One connection. All other fields are read through the wire tables. */
export type OmniConnectionWire = Values & { readonly id: string };
export const omniConnectionWire = rowSchema<OmniConnectionWire>(({ id }) => textOf(id) !== '');

export const omniListWire = z.object({ connections: z.array(omniConnectionWire) });
export const omniOneWire = z.object({ connection: omniConnectionWire });

/** The answer to `whoami`: the kind of the key, and the role of its user in the organization. */
export const omniIdentityWire = z.object({ keyScope: z.string(), orgRole: z.string() });

/** The ids of connections are UUIDs. */
export const OMNI_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The answer to a create: `data` is the id of the new connection. */
export const omniCreatedWire = z.object({ success: z.literal(true), data: z.string().regex(OMNI_ID) });

/** The answer to an update or a delete. */
export const omniDoneWire = z.object({ success: z.literal(true) });

/** An error, in either of the two documented shapes: `detail`, or `error` with `message`. */
export const omniErrorWire = z.object({
  detail: z.string().nullish(),
  message: z.string().nullish(),
  error: z.string().nullish(),
});
