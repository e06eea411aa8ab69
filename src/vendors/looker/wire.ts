// Schemas of Looker's answers. They require only what the adapter cannot work without.
import * as z from 'zod';
import type { Values } from '../../fields/values-by-key.ts';
import { textOf } from '../read-values.ts';
import { rowSchema } from '../row-schema.ts';

/** DBConnection. All other fields are read through the wire tables. */
export type LookerConnectionWire = Values & { readonly name: string };
export const lookerConnectionWire = rowSchema<LookerConnectionWire>(({ name }) => textOf(name) !== '');

export const lookerListWire = z.array(lookerConnectionWire);

/** What the user of the API key may do with each connection, and whether that user may create others. */
export const lookerRightsWire = z.array(z.object({ can: z.object({ create: z.boolean().nullish() }).nullish() }));

/** AccessToken. */
export const lookerTokenWire = z.object({ access_token: z.string().min(1), expires_in: z.number() });

/** The answer 404 of Looker's API. */
export const lookerNotFoundWire = z.object({ message: z.string().regex(/^not found$/i) });

/** The answer to a delete: 204, or text by Looker's documentation. Anything else, such as a proxy's page, is no success. */
export const lookerRemovedWire = z.string();

const optionalText = z.string().nullish().catch(null);

/** ValidationError; `errors` names the fields. */
export const lookerErrorWire = z.object({
  errors: z
    .array(z.object({ field: z.string().nullish(), code: z.string().nullish(), message: optionalText }))
    .nullish(),
});

/** DBConnectionTestResult. Its `connection_string` is not read: it may contain the password. */
export const lookerTestsWire = z.array(
  z.object({ name: z.string().min(1), status: z.string().min(1), message: optionalText }),
);
export type LookerTestWire = z.output<typeof lookerTestsWire>[number];
