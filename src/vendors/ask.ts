// Asks a vendor and reads the answer by its wire schema. What goes wrong on the way becomes an error the caller may see.
import type * as z from 'zod';
import {
  OutcomeUnknownError,
  PermissionError,
  RateLimitedError,
  VendorUnavailableError,
  type VendorAnswer,
} from '../domain/errors.ts';
import { NotModified } from '../domain/vendor.ts';
import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import { failureToError, HttpFailure } from '../http/failures.ts';
import type { Send, VendorReply } from './auth.ts';
import { isObject } from './wire-fields.ts';

/** Who is asked, and what a caller may do when the answer to a write stays away. */
export interface Asked {
  /** The instance as the caller knows it. */
  readonly who: string;
  /** For a write: how to find out whether it was done. Null for a read. */
  readonly probe: string | null;
}

/** The error for an answer that is no success and of which the vendor's own errors.ts makes nothing more. */
export function statusToError(reply: VendorReply, { who, probe }: Asked, code?: string): Error {
  const { status, retryAfterMs, words: text } = reply;
  const answer: VendorAnswer = { status, code, retryAfterMs, text };
  if (status === 401) return credentialsRejected(who, answer);
  if (status === 403) return new PermissionError(`${who} does not let the gateway do this.`, answer);
  if (status === 429) return new RateLimitedError(`${who} takes no more requests for now.`, retryAfterMs, answer);
  // What failed half way may have been done, and a proxy that gave up waiting says nothing of it at all.
  if (status >= 500 && probe !== null) {
    return new OutcomeUnknownError(
      `${who} failed (${status}) after the request had left; it may have been done.`,
      probe,
      answer,
    );
  }
  if (status >= 500) return new VendorUnavailableError(`${who} failed (${status}).`, 'SERVER_ERROR', answer);
  return new VendorUnavailableError(`${who} answered in an unexpected way (${status}).`, 'BAD_RESPONSE', answer);
}

export const credentialsRejected = (who: string, answer: VendorAnswer): Error =>
  new VendorUnavailableError(`${who} refuses the gateway's credentials.`, 'CREDENTIALS_REJECTED', answer);

/** A success whose body cannot be used: a write may have been done all the same. */
export const badAnswer = ({ status }: HttpAnswer, { who, probe }: Asked): Error =>
  probe === null
    ? new VendorUnavailableError(`${who} answered with something that cannot be read.`, 'BAD_RESPONSE', { status })
    : new OutcomeUnknownError(`${who} took the request, but its answer cannot be read.`, probe, { status });

/** A body that takes back what its status says. */
const saysItFailed = ({ json }: HttpAnswer): boolean => isObject(json) && json['success'] === false;

interface Question<S extends z.ZodType> {
  readonly request: HttpRequest;
  readonly asked: Asked;
  /** What the answer must hold to be of use. */
  readonly wire: S;
  /** The error for any status but 2xx. */
  readonly refusal?: (answer: VendorReply, asked: Asked) => Error;
}

/**
 * What a success holds, and a way to quote words in it.
 * @throws VendorError, or what `refusal` makes of the answer.
 */
export async function askToQuote<S extends z.ZodType>(
  send: Send,
  { request, asked, wire, refusal = statusToError }: Question<S>,
): Promise<{ readonly body: z.output<S>; readonly quote: VendorReply['quote'] }> {
  try {
    const answer = await send(request);
    if (answer.status === 304) throw new NotModified();
    if (answer.status < 200 || answer.status > 299) throw refusal(answer, asked);
    const body = wire.safeParse(answer.json);
    if (!body.success || saysItFailed(answer)) throw badAnswer(answer, asked);
    return { body: body.data, quote: answer.quote };
  } catch (error) {
    throw error instanceof HttpFailure ? failureToError(error, asked.who, asked.probe) : error;
  }
}

/** @throws VendorError, or what `refusal` makes of the answer. */
export const ask = async <S extends z.ZodType>(send: Send, question: Question<S>): Promise<z.output<S>> =>
  (await askToQuote(send, question)).body;

/** Sends what may be answered with no body at all (204), which is then read as this. */
export const emptyAs =
  (send: Send, json: unknown): Send =>
  async (request) => {
    const answer = await send(request);
    return answer.status === 204 ? { ...answer, json } : answer;
  };

/** Asks for one thing by its id: null where the vendor knows none (404), or none any more (410). */
export async function askForOne<S extends z.ZodType>(send: Send, question: Question<S>): Promise<z.output<S> | null> {
  const { refusal = statusToError } = question;
  const gone = new Error('gone');
  const orGone = (answer: VendorReply, asked: Asked) =>
    answer.status === 404 || answer.status === 410 ? gone : refusal(answer, asked);
  try {
    return await ask(send, { ...question, refusal: orGone });
  } catch (error) {
    if (error === gone) return null;
    throw error;
  }
}
