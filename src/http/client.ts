// One outbound call done right: pooled connections, a limit on connecting, one deadline over everything, a cap on size,
// no redirects, JSON parsed without quoting. It knows no vendor and keeps nothing of a body on an error.
import { Pool, ProxyAgent, type Dispatcher, type FormData } from 'undici';
import { HttpFailure, sortFailure } from './failures.ts';

export interface Timeouts {
  readonly connectMs: number;
  readonly listMs: number;
  readonly readMs: number;
  readonly writeMs: number;
}

export interface HttpSettings {
  /** Absolute, without user info, query or fragment; paths are appended to it. */
  readonly baseUrl: string;
  readonly timeouts: Timeouts;
  /** PEM text of the authorities to trust in place of the system's. */
  readonly ca?: string | undefined;
  readonly proxy?: string | undefined;
}

export interface HttpRequest {
  /** Picks the deadline. */
  readonly kind: 'list' | 'read' | 'write';
  readonly method: 'GET' | 'POST';
  /** Below the base URL, each segment already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestBody | undefined;
  /** Ends the call when it fires; never given for a write. */
  readonly signal?: AbortSignal | undefined;
  /** When it must be over, where it shares that with other exchanges; its own by its kind when left out. */
  readonly deadline?: AbortSignal;
  /** At the deadline the caller is answered and the exchange goes on alone: hanging up would harm the vendor. */
  readonly neverHangUp?: boolean;
}

export type RequestBody =
  { readonly json: unknown } | { readonly form: URLSearchParams } | { readonly files: FormData };

export interface HttpAnswer {
  readonly status: number;
  /** What the body says; undefined when it is empty or not JSON. */
  readonly json: unknown;
  /** From Retry-After, between 0 and an hour; null when absent or not understood. */
  readonly retryAfterMs: number | null;
}

export interface HttpClient {
  /** Any status is an answer, but a redirect. @throws HttpFailure */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Begins the time that a call of this kind may take, for what needs more than one exchange. */
  deadline(kind: HttpRequest['kind']): AbortSignal;
  /** Waits for nothing. */
  close(): Promise<void>;
}

const MAX_ANSWER_BYTES = 5_000_000;
const HOUR_MS = 3_600_000;
/** Even what is never hung up on must give its socket back some day. */
const LONGEST_EXCHANGE_MS = 600_000;

/** Retry-After in milliseconds, whether it came as seconds or as a date. */
export function parseRetryAfter(value: string | string[] | undefined, now = Date.now()): number | null {
  const text = [value].flat()[0]?.trim() ?? '';
  if (text === '') return null;
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) && /^[\d A-Za-z,:]+$/.test(text) ? Math.min(Math.max(wait, 0), HOUR_MS) : null;
}

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

function createDispatcher({ baseUrl, timeouts, ca, proxy }: HttpSettings): Dispatcher {
  const common = {
    connections: 8,
    keepAliveTimeout: 4000,
    // The deadline of each call rules over these.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_ANSWER_BYTES,
  };
  const tls = { timeout: timeouts.connectMs, ...(ca === undefined ? {} : { ca }) };
  return proxy === undefined
    ? new Pool(new URL(baseUrl).origin, { ...common, connect: tls })
    : new ProxyAgent({ ...common, uri: proxy, requestTls: tls });
}

export function createHttpClient(settings: HttpSettings): HttpClient {
  const dispatcher = createDispatcher(settings);
  const base = new URL(settings.baseUrl);
  const deadlines = {
    list: settings.timeouts.listMs,
    read: settings.timeouts.readMs,
    write: settings.timeouts.writeMs,
  } as const;

  async function exchange(request: HttpRequest, signal: AbortSignal | null): Promise<HttpAnswer> {
    const { type, body } = encodeBody(request.body);
    const answer = await dispatcher.request({
      origin: base.origin,
      path: base.pathname.replace(/\/$/, '') + request.path,
      method: request.method,
      ...(request.query ? { query: request.query } : {}),
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'patchbay',
        ...(type ? { 'content-type': type } : {}),
        ...request.headers,
      },
      body: body ?? null,
      signal,
    });
    const text = await answer.body.text().catch((error: unknown) => {
      const failure = sortFailure(error);
      throw failure.reason === 'CONNECTION_LOST'
        ? new HttpFailure('CUT_SHORT', { status: answer.statusCode })
        : failure;
    });
    if (answer.statusCode >= 300 && answer.statusCode < 400)
      throw new HttpFailure('REDIRECT', { status: answer.statusCode });
    return {
      status: answer.statusCode,
      json: parseJson(text),
      retryAfterMs: parseRetryAfter(answer.headers['retry-after']),
    };
  }

  const startDeadline = (kind: HttpRequest['kind']) => AbortSignal.timeout(deadlines[kind]);

  return {
    deadline: startDeadline,
    async send(request) {
      const deadline = request.deadline ?? startDeadline(request.kind);
      const ends = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
      const ended = (mayHaveArrived: boolean) =>
        new HttpFailure(deadline.aborted ? 'TIMEOUT' : 'CALLER_LEFT', { mayHaveArrived });
      if (ends.aborted) throw ended(false);
      const expired = new Promise<never>((_, reject) => {
        ends.addEventListener('abort', () => reject(ended(true)));
      });
      const running = exchange(request, request.neverHangUp ? AbortSignal.timeout(LONGEST_EXCHANGE_MS) : ends).catch(
        (error: unknown) => {
          throw error instanceof HttpFailure ? error : sortFailure(error);
        },
      );
      // Whichever loses the race still settles.
      running.catch(() => {});
      expired.catch(() => {});
      return Promise.race([expired, running]);
    },
    close: () => dispatcher.destroy(),
  };
}
