// Schemas of Chartbrew's answers. They require only what the adapter needs.
import * as z from 'zod';
import type { Values } from '../../fields/values-by-key.ts';
import { rowSchema } from '../row-schema.ts';

/** A connection. All other fields are read through the tables. Chartbrew also returns secrets, which no table reads. */
export type ChartbrewConnectionWire = Values & { readonly id: number };
export const chartbrewConnectionWire = rowSchema<ChartbrewConnectionWire>(({ id }) => Number.isSafeInteger(id));

export const chartbrewListWire = z.array(chartbrewConnectionWire);

/** The API keys of a team. Nothing of them is read. */
export const chartbrewKeysWire = z.array(z.unknown());

/** The answer to a delete that was done. */
export const chartbrewRemovedWire = z.looseObject({ removed: z.literal(true) });

/** Named values, such as headers: a list of objects with one key each. Chartbrew does not enforce that form. */
export const chartbrewEntriesWire = z.array(z.record(z.string(), z.unknown()).catch({})).nullable().catch(null);

const word = z.string().nullish().catch(null);

/** A refusal. A refusal by the database names the column, a refusal by a policy has a code, and all others are free text. */
export const chartbrewErrorWire = z.object({
  code: z.string().nullish(),
  parent: z.object({ sqlMessage: word }).nullish().catch(null),
  errors: z.array(z.object({ path: z.string().nullish(), message: word })).nullish(),
});

/** The vendor text in a refusal. Other fields hold queries, headers and parameters of drivers, which are never shown. */
export const chartbrewWordsWire = z.object({ error: word, message: word });
