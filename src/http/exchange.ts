// One exchange with a vendor: encodes the request, sends it, and reads the answer.
import { createHash, randomBytes } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type { Dispatcher } from 'undici';
import type { Send } from './deadline.ts';
import { classifyFailure, HttpFailure } from './failures.ts';
import type { HttpAnswer, HttpRequest, RequestBody } from './request.ts';
import type { HttpSettings } from './settings.ts';
import { parseRetryAfter } from './retry-after.ts';

/** How many characters of the text of a test's answer are kept. */
const MAX_TEXT_LENGTH = 2000;
/** The largest answer other than a list, in bytes. */
const MAX_ANSWER_BYTES = 5_000_000;
/** The limit for exchanges that continue after their deadline. */
const MAX_EXCHANGE_MS = 600_000;
/**
 * The longest silence before an answer and between its chunks, in milliseconds; 0 for no limit. A vendor may connect to
 * a database before it answers a write.
 */
const MAX_SILENCE_MS = { list: 10_000, read: 10_000, write: 60_000, test: 0 } as const;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the parser's own message quotes the body
  }
}

function encodeBody(body: RequestBody | undefined): Pick<Dispatcher.RequestOptions, 'body'> & { type?: string } {
  if (!body) return {};
  if ('json' in body) return { body: JSON.stringify(body.json), type: 'application/json' };
  if ('form' in body) return { body: body.form.toString(), type: 'application/x-www-form-urlencoded' };
  return { body: body.files };
}

interface Dispatchers {
  readonly usual: Dispatcher;
  /** For requests that continue after their deadline, so that they do not occupy the connections of others. */
  readonly continuing: Dispatcher;
}

/** Returns the innermost step of a call: sends the request and reads the answer, once. */
export function createExchange({ baseUrl }: HttpSettings, dispatchers: Dispatchers, now: () => number): Send {
  const base = new URL(baseUrl);

  async function exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { type, body } = encodeBody(request.body);
    const mayAbort = request.atDeadline !== 'continue';
    const silenceMs = mayAbort ? MAX_SILENCE_MS[request.kind] : 0;
    const response = await (mayAbort ? dispatchers.usual : dispatchers.continuing).request({
      origin: base.origin,
      path: base.pathname.replace(/\/$/, '') + request.path,
      method: request.method,
      ...(request.query ? { query: request.query } : {}),
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'patchbay',
        ...(type ? { 'content-type': type } : {}),
        ...(request.known?.etag ? { 'if-none-match': request.known.etag } : {}),
        ...request.headers,
      },
      body: body ?? null,
      headersTimeout: silenceMs,
      bodyTimeout: silenceMs,
      signal,
    });
    return readAnswer(request, response, now);
  }

  return async (request, time) => {
    // The call may have waited for its place until it was over.
    if (time.signal.aborted) throw time.failure({ mayHaveArrived: false });
    const mayAbort = request.atDeadline !== 'continue';
    time.onSent?.();
    try {
      return await exchange(request, mayAbort ? time.signal : AbortSignal.timeout(MAX_EXCHANGE_MS));
    } catch (error) {
      if (error instanceof HttpFailure) throw error;
      throw mayAbort && time.signal.aborted ? time.failure({ mayHaveArrived: true }) : classifyFailure(error);
    }
  };
}

/** Part of each digest, so that nobody can find out a body from its digest by guesses. */
const DIGEST_SALT = randomBytes(32);

function digestOf(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256').update(DIGEST_SALT);
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('base64');
}

/** Reads a whole body. @throws HttpFailure when it ends too early or is too large. */
async function readChunks({ kind }: HttpRequest, { statusCode: status, body }: Dispatcher.ResponseData) {
  const chunks: Uint8Array[] = [];
  let length = 0;
  body.on('data', (chunk: Uint8Array) => {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (kind !== 'list' && length > MAX_ANSWER_BYTES)
      body.destroy(new HttpFailure('TOO_LARGE', { detail: 'TOO_LARGE' }));
  });
  try {
    await finished(body);
  } catch (error) {
    const failure = error instanceof HttpFailure ? error : classifyFailure(error);
    throw failure.reason === 'CONNECTION_LOST' ? new HttpFailure('CUT_SHORT', { status }) : failure;
  }
  return chunks;
}

/** Reads the answer. The body of a list that has not changed is not parsed. @throws HttpFailure */
async function readAnswer(
  request: HttpRequest,
  response: Dispatcher.ResponseData,
  now: () => number,
): Promise<HttpAnswer> {
  const { kind, known } = request;
  const { statusCode: status, headers } = response;
  const chunks = await readChunks(request, response);
  const isNotModified = status === 304 && Boolean(known?.etag);
  if (status >= 300 && status < 400 && !isNotModified)
    throw new HttpFailure('REDIRECT', { status, detail: 'REDIRECT' });
  const retryAfterMs = parseRetryAfter(headers['retry-after'], now());
  const version = kind === 'list' ? { etag: [headers['etag']].flat()[0] ?? null, digest: digestOf(chunks) } : null;
  const isSameBody = status === 200 && version?.digest === known?.digest && version?.etag === known?.etag;
  if (isNotModified || (version && isSameBody)) {
    return { status, json: undefined, isUnchanged: true, retryAfterMs };
  }
  const text = new TextDecoder().decode(Buffer.concat(chunks));
  const json = parseJson(text);
  const isTextOfTest = kind === 'test' && (status < 300 || status === 400) && json === undefined;
  return {
    status,
    json,
    ...(isTextOfTest ? { text: text.slice(0, MAX_TEXT_LENGTH) } : {}),
    ...(version ? { version } : {}),
    retryAfterMs,
  };
}
