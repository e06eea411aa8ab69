// Credible's answers: only what the adapter cannot do without, and no more strict than that.
import * as z from 'zod';
import type { Draft } from '../../domain/connection.ts';

/** A Connection: the rest is read field by field through the tables. Its engine echoes secrets, which no table reads. */
export const credibleConnectionWire = z.looseObject({
  name: z.string().min(1),
  type: z.string().nullish().catch(null),
});
export type CredibleConnectionWire = z.output<typeof credibleConnectionWire>;

export const credibleListWire = z.array(credibleConnectionWire);

/** Codes of a success; any other is of an error. */
const isSuccess = (code: unknown): boolean =>
  code === undefined || code === null || code === 'OK' || (typeof code === 'number' && code >= 200 && code <= 299);

/**
 * A delete that was done: 204, or words. The engine's name the deed; the admin API puts a code beside others. What is neither,
 * a proxy's page say, is no answer.
 */
export const credibleRemovedWire = z
  .object({ message: z.string(), code: z.unknown().optional() })
  .refine(
    ({ message, code }) => isSuccess(code) && (code !== undefined || message === '' || /\bdeleted\b/i.test(message)),
  );

const word = z.string().nullish().catch(null);

/**
 * A test's answer. The engine says how it went: `ok` or `failed`. By its page the admin API answers with a Connection, which
 * says no more than which one it is: it must be the one that was sent.
 */
export const credibleTestWire = ({ name, support }: Draft) =>
  z
    .object({ name: word, type: word, status: word, errorMessage: word })
    .refine((body) =>
      body.status
        ? body.status === 'ok' || body.status === 'failed'
        : body.name === name && (!body.type || body.type === support.word),
    );

export const credibleErrorWire = z.object({
  code: z.union([z.string(), z.number()]).nullish(),
  message: z.string().nullish(),
});
