// The schema of the section `limits`: how large, how deep and how frequent the requests of callers may be.
import * as z from 'zod';

interface Range {
  readonly min: number;
  readonly max: number;
  readonly default: number;
}

const limit = (what: string, { min, max, default: defaultValue }: Range) =>
  z
    .int()
    .min(min, `must be ${min} or more`)
    .max(max, `must be ${max} or less`)
    .default(defaultValue)
    .describe(`${what}; default ${defaultValue}.`);

const perMinuteSchema = z
  .strictObject({
    requests: limit('Requests of one caller per minute', { min: 1, max: 1_000_000, default: 600 }),
    tests: limit('Connection tests of one caller per minute. A test makes a vendor connect to a database', {
      min: 1,
      max: 10_000,
      default: 10,
    }),
    rotations: limit('Rotations of one caller per minute', { min: 1, max: 10_000, default: 10 }),
    secretSearches: limit('Searches of the audit by a secret of one caller per minute', {
      min: 1,
      max: 10_000,
      default: 10,
    }),
    failedAuthentications: limit('Requests of one address per minute without a valid token', {
      min: 1,
      max: 1_000_000,
      default: 60,
    }),
  })
  .describe(
    'Limits per minute of each caller, and of each address for requests without a valid token. They apply where `auth.mode` is not none.',
  );

export const limitsSchema = z
  .strictObject({
    bodyKb: limit('Largest body of a request, in units of 1000 bytes. Three key files of 1 MiB need 4000', {
      min: 1,
      max: 16_000,
      default: 4000,
    }),
    tokens: limit('Most tokens of a document', { min: 100, max: 100_000, default: 4000 }),
    depth: limit('Most levels of nested fields in an operation', { min: 5, max: 50, default: 15 }),
    aliases: limit('Most aliases in an operation', { min: 0, max: 1000, default: 60 }),
    directives: limit('Most directives in an operation', { min: 0, max: 1000, default: 50 }),
    rootFields: limit('Most root fields of an operation', { min: 1, max: 1000, default: 60 }),
    mutations: limit('Most root fields of a mutation', { min: 1, max: 100, default: 5 }),
    listItems: limit('Most items of a list in an argument or in a variable', { min: 10, max: 10_000, default: 100 }),
    entities: limit('Most references in `_entities`', { min: 1, max: 1000, default: 1000 }),
    complexity: limit('Most fields of an answer, by an estimate from the lengths of its lists', {
      min: 1000,
      max: 1_000_000_000,
      default: 60_000,
    }),
    perMinute: perMinuteSchema.prefault({}),
  })
  .describe('Limits for the requests of callers.');

export type LimitsConfig = z.output<typeof limitsSchema>;
