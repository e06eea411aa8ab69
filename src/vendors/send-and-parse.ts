// Sends one request to a vendor and parses the answer by a wire schema. Every failure becomes an error that a caller may see.
import type * as z from 'zod';
import {
  OutcomeUnknownError,
  PermissionError,
  RateLimitedError,
  VendorUnavailableError,
  type VendorAnswer,
} from '../domain/errors.ts';
import type { Connection } from '../domain/connection.ts';
import type { ConnectionList } from '../domain/instance.ts';
import type { HttpAnswer, HttpRequest } from '../http/request.ts';
import { failureToError, HttpFailure } from '../http/failures.ts';
import type { VendorReply } from './auth.ts';
import type { VendorClient } from './instance-api.ts';
import { isObject } from './read-values.ts';

/** What an error needs to know about the request that failed. */
export interface RequestContext {
  /** The instance's name in messages. */
  readonly label: string;
  /** For a write: tells the caller how to find out whether it was done. Null for a read or a test. */
  readonly verifyOutcome: string | null;
}

/**
 * Returns the error for an answer that is no success. A vendor's errors.ts handles the statuses that it understands and passes
 * all others here.
 * @param code the vendor's error code, if the code may be shown.
 */
export function statusToError(reply: VendorReply, { label, verifyOutcome }: RequestContext, code?: string): Error {
  const { status, retryAfterMs, vendorText: text } = reply;
  const answer: VendorAnswer = { status, code, retryAfterMs, vendorText: text };
  if (status === 401) return credentialsRejected(label, answer);
  if (status === 403) return new PermissionError(`${label} does not allow the gateway to do this.`, answer);
  if (status === 429) return new RateLimitedError(`${label} accepts no more requests for now.`, retryAfterMs, answer);
  // The vendor may have done a part of the write before it failed. A proxy that gave up waiting does not know either.
  if (status >= 500 && verifyOutcome !== null) {
    const message = `${label} failed (${status}) after the request was sent. The change may have been made.`;
    return new OutcomeUnknownError(message, verifyOutcome, answer);
  }
  if (status >= 500) return new VendorUnavailableError(`${label} failed (${status}).`, 'SERVER_ERROR', answer);
  return new VendorUnavailableError(`${label} answered in an unexpected way (${status}).`, 'BAD_RESPONSE', answer);
}

/** Returns the error for an answer that refuses the credentials in the gateway's configuration. */
export const credentialsRejected = (label: string, answer: VendorAnswer): Error =>
  new VendorUnavailableError(`${label} refuses the gateway's credentials.`, 'CREDENTIALS_REJECTED', answer);

/** Returns the error for a success whose body does not match its schema. A write may have been done nevertheless. */
export const badAnswer = ({ status }: HttpAnswer, { label, verifyOutcome }: RequestContext): Error =>
  verifyOutcome === null
    ? new VendorUnavailableError(`${label} sent an answer that cannot be read.`, 'BAD_RESPONSE', { status })
    : new OutcomeUnknownError(`${label} accepted the request, but its answer cannot be read.`, verifyOutcome, {
        status,
      });

/** Checks whether the body reports a failure although the status reports a success. */
const reportsFailure = ({ json }: HttpAnswer): boolean => isObject(json) && json['success'] === false;

interface WireRequest<S extends z.ZodType> {
  readonly request: HttpRequest;
  /** Parses the JSON of a success. */
  readonly wire: S;
  /** For a write: tells the caller how to find out whether it was done, if the answer is lost. */
  readonly verifyOutcome?: string;
  /** Returns the error for any status but 2xx; `statusToError` by default. */
  readonly refusal?: (answer: VendorReply, context: RequestContext) => Error;
}

/** The two parts of a vendor client that an exchange needs. */
type RequestSender = Pick<VendorClient, 'send' | 'label'>;

/** Sends the request and returns the answer, whatever its status. @throws VendorError when no answer arrives. */
async function sendFor(
  { send, label }: RequestSender,
  { request, verifyOutcome }: WireRequest<z.ZodType>,
): Promise<VendorReply> {
  try {
    return await send(request);
  } catch (error) {
    throw error instanceof HttpFailure ? failureToError(error, label, verifyOutcome ?? null) : error;
  }
}

/** Returns the parsed body of a success. @throws VendorError, or the error that `refusal` returns. */
function bodyOf<S extends z.ZodType>(
  answer: VendorReply,
  { label }: RequestSender,
  { wire, refusal = statusToError, verifyOutcome }: WireRequest<S>,
): z.output<S> {
  const context: RequestContext = { label, verifyOutcome: verifyOutcome ?? null };
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, context);
  const body = wire.safeParse(answer.json);
  if (!body.success || reportsFailure(answer)) throw badAnswer(answer, context);
  return body.data;
}

/**
 * Sends the request and returns the parsed body of a success.
 * @throws VendorError, or the error that `refusal` returns.
 */
export const sendAndParse = async <S extends z.ZodType>(
  client: RequestSender,
  wireRequest: WireRequest<S>,
): Promise<z.output<S>> => bodyOf(await sendFor(client, wireRequest), client, wireRequest);

/**
 * Sends the request. Returns the parsed body of a success, and the function that wraps a text of this answer.
 * @throws VendorError, or the error that `refusal` returns.
 */
export async function sendAndParseWithVendorText<S extends z.ZodType>(
  client: RequestSender,
  wireRequest: WireRequest<S>,
): Promise<{ readonly body: z.output<S>; readonly toVendorText: VendorReply['toVendorText'] }> {
  const answer = await sendFor(client, wireRequest);
  return { body: bodyOf(answer, client, wireRequest), toVendorText: answer.toVendorText };
}

/**
 * Sends a request for all connections. Returns `unchanged` when the list still has the version that the request carries.
 * @throws VendorError, or the error that `refusal` returns.
 */
export async function sendAndParseList(
  client: RequestSender,
  wireRequest: WireRequest<z.ZodType<readonly Connection[]>>,
): Promise<ConnectionList | 'unchanged'> {
  const answer = await sendFor(client, wireRequest);
  if (answer.isUnchanged) return 'unchanged';
  return { rows: bodyOf(answer, client, wireRequest), version: answer.version ?? null };
}

/**
 * Sends a request for one resource. Returns null when the vendor answers that it does not exist (404) or no longer exists (410).
 * @throws VendorError, or the error that `refusal` returns.
 */
export async function sendAndParseOrNull<S extends z.ZodType>(
  client: RequestSender,
  wireRequest: WireRequest<S>,
): Promise<z.output<S> | null> {
  const answer = await sendFor(client, wireRequest);
  return answer.status === 404 || answer.status === 410 ? null : bodyOf(answer, client, wireRequest);
}

/** Returns a client that reads an answer without a body (204 No Content) as this JSON. */
export const readNoContentAs = <C extends RequestSender>(client: C, json: unknown): C => ({
  ...client,
  send: async (request: HttpRequest) => {
    const answer = await client.send(request);
    return answer.status === 204 ? { ...answer, json } : answer;
  },
});
