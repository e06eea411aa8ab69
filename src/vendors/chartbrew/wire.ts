// Chartbrew's answers: only what the adapter cannot do without, and no more strict than that.
import * as z from 'zod';

/** A connection: the rest is read field by field through the tables. Secrets are echoed, which no table reads. */
export const chartbrewConnectionWire = z.looseObject({
  id: z.int(),
  name: z.string().nullish().catch(null),
  type: z.string().nullish().catch(null),
});
export type ChartbrewConnectionWire = z.output<typeof chartbrewConnectionWire>;

export const chartbrewListWire = z.array(chartbrewConnectionWire);

/** A delete that was done. */
export const chartbrewRemovedWire = z.looseObject({ removed: z.literal(true) });

/** Named values (headers of an API, options of a URL): a list of objects with one key each, which nobody enforces. */
export const chartbrewEntriesWire = z.array(z.record(z.string(), z.unknown()).catch({})).nullable().catch(null);

const word = z.string().nullish().catch(null);

/** Refusals of the storage name the column, those of the policy have a code; all else is free text. */
export const chartbrewErrorWire = z.object({
  code: z.string().nullish(),
  parent: z.object({ sqlMessage: word }).nullish().catch(null),
  errors: z.array(z.object({ path: z.string().nullish(), message: word })).nullish(),
});

/** Of a refusal nothing else is words: the rest are queries, headers and what drivers were given. */
export const chartbrewWordsWire = z.object({ error: word, message: word });
