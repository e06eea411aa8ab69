// Schemas of Credible's answers. They require only what the adapter needs.
import * as z from 'zod';
import type { Draft } from '../../domain/connection.ts';
import type { Values } from '../../fields/values-by-key.ts';
import { textOf } from '../read-values.ts';
import { rowSchema } from '../row-schema.ts';

/** A connection. All other fields are read through the tables. Credible's engine also returns secrets, which no table reads. */
export type CredibleConnectionWire = Values & { readonly name: string };
export const credibleConnectionWire = rowSchema<CredibleConnectionWire>(({ name }) => textOf(name) !== '');

export const credibleListWire = z.array(credibleConnectionWire);

/** Checks whether a code means success. Any other code means an error. */
const isSuccess = (code: unknown): boolean =>
  code === undefined || code === null || code === 'OK' || (typeof code === 'number' && code >= 200 && code <= 299);

/**
 * The answer to a delete that was done: 204, or a message. The engine's message contains `deleted`. The admin API sends other messages
 * with a code. Anything else, such as a proxy's page, is invalid.
 */
export const credibleRemovedWire = z
  .object({ message: z.string(), code: z.unknown().optional() })
  .refine(
    ({ message, code }) => isSuccess(code) && (code !== undefined || message === '' || /\bdeleted\b/i.test(message)),
  );

const word = z.string().nullish().catch(null);

/**
 * The answer to a test. The engine answers with a status, `ok` or `failed`. The admin API, by its documentation, answers with the
 * connection, which must be the connection that was sent.
 */
export const credibleTestWire = ({ name, support }: Draft) =>
  z
    .object({ name: word, type: word, status: word, errorMessage: word })
    .refine((body) =>
      body.status
        ? body.status === 'ok' || body.status === 'failed'
        : body.name === name && (!body.type || body.type === support.vendorDialect),
    );

export const credibleErrorWire = z.object({
  code: z.union([z.string(), z.number()]).nullish(),
  message: z.string().nullish(),
});
