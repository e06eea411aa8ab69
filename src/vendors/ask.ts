// Asks a vendor and reads the answer by its wire schema. What goes wrong on the way becomes an error the caller may see.
import type * as z from 'zod';
import {
  OutcomeUnknownError,
  PermissionError,
  RateLimitedError,
  VendorUnavailableError,
  type VendorAnswer,
} from '../domain/errors.ts';
import type { Connection } from '../domain/connection.ts';
import type { ConnectionList } from '../domain/vendor.ts';
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

/** Sends a request. @throws VendorError for a failure on the way */
async function sendFor(send: Send, { request, asked }: Question<z.ZodType>): Promise<VendorReply> {
  try {
    return await send(request);
  } catch (error) {
    throw error instanceof HttpFailure ? failureToError(error, asked.who, asked.probe) : error;
  }
}

/** Returns the body of a success. @throws VendorError, or what `refusal` makes of the answer */
function bodyOf<S extends z.ZodType>(
  answer: VendorReply,
  { asked, wire, refusal = statusToError }: Question<S>,
): z.output<S> {
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, asked);
  const body = wire.safeParse(answer.json);
  if (!body.success || saysItFailed(answer)) throw badAnswer(answer, asked);
  return body.data;
}

/** Asks and returns the body of the answer. @throws VendorError, or what `refusal` makes of the answer */
export const ask = async <S extends z.ZodType>(send: Send, question: Question<S>): Promise<z.output<S>> =>
  bodyOf(await sendFor(send, question), question);

/**
 * Asks and returns the body of the answer with a function that wraps a text in it as the vendor's words.
 * @throws VendorError, or what `refusal` makes of the answer.
 */
export async function askToQuote<S extends z.ZodType>(
  send: Send,
  question: Question<S>,
): Promise<{ readonly body: z.output<S>; readonly quote: VendorReply['quote'] }> {
  const answer = await sendFor(send, question);
  return { body: bodyOf(answer, question), quote: answer.quote };
}

/**
 * Asks for all connections: returns `unchanged` when the vendor still has the list with the ETag that was sent (304).
 * @throws VendorError, or what `refusal` makes of the answer.
 */
export async function askForList(
  send: Send,
  question: Question<z.ZodType<readonly Connection[]>>,
): Promise<ConnectionList | 'unchanged'> {
  const answer = await sendFor(send, question);
  return answer.status === 304 ? 'unchanged' : { rows: bodyOf(answer, question), etag: answer.etag ?? null };
}

/** Asks for one thing by its id: returns null when the vendor has none (404), or no longer has it (410). */
export async function askForOne<S extends z.ZodType>(send: Send, question: Question<S>): Promise<z.output<S> | null> {
  const answer = await sendFor(send, question);
  return answer.status === 404 || answer.status === 410 ? null : bodyOf(answer, question);
}

/** Sends what may be answered with no body at all (204), which is then read as this. */
export const emptyAs =
  (send: Send, json: unknown): Send =>
  async (request) => {
    const answer = await send(request);
    return answer.status === 204 ? { ...answer, json } : answer;
  };
