// One outbound call done right: pooled connections, a limit on connecting and on silence, one deadline over everything, a
// cap on size, no redirects, JSON parsed without quoting; reads tried again, an instance that is unwell left alone. It
// knows no vendor and keeps nothing of a body on an error.
import { setTimeout as pauseFor } from 'node:timers/promises';
import { buildConnector, Pool, ProxyAgent, type Dispatcher } from 'undici';
import { failWhen } from './fail-when.ts';
import { HttpFailure, sortFailure } from './failures.ts';
import { createGuard, type BreakerSettings } from './guard.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { isRead, type HttpAnswer, type HttpRequest, type RequestBody } from './request.ts';
import { createRetries } from './retries.ts';

export interface Timeouts {
  readonly connectMs: number;
  readonly listMs: number;
  readonly readMs: number;
  readonly writeMs: number;
  readonly testMs: number;
}

export interface HttpSettings {
  /** Absolute, without user info, query or fragment; paths are appended to it. */
  readonly baseUrl: string;
  readonly timeouts: Timeouts;
  /** PEM text of the authorities to trust in place of the system's. */
  readonly ca?: string | undefined;
  readonly proxy?: string | undefined;
  readonly breaker?: BreakerSettings | undefined;
}

/** What a client shares with others, or is told of time. */
export interface HttpParts {
  /** Of the credential; its own when left out. */
  readonly limiter?: Limiter;
  readonly now?: () => number;
}

export interface HttpClient {
  /** Any status is an answer, but a redirect; 304 only when the request has `ifNoneMatch`. @throws HttpFailure */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Begins the time that a call of this kind may take, for what needs more than one exchange. */
  deadline(kind: HttpRequest['kind']): AbortSignal;
  /** Waits for nothing. */
  close(): Promise<void>;
}

/** The time that a call has. */
interface Span {
  /** Fires at the deadline, or when the caller leaves. */
  readonly ends: AbortSignal;
  /** Fails then. */
  readonly over: Promise<never>;
  readonly endsAt: number;
  /** The failure of a call that is over before its answer came. */
  readonly ended: (mayHaveArrived?: boolean) => HttpFailure;
}

const MAX_ANSWER_BYTES = 5_000_000;
/** Characters kept of a test's answer in words. */
const MOST_WORDS = 2000;
const HOUR_MS = 3_600_000;
/** Even what is never hung up on must give its socket back some day. */
const LONGEST_EXCHANGE_MS = 600_000;
/** How many that are never hung up on may go on without a caller. */
const MOST_IN_BACKGROUND = 4;
/** Longest silence before an answer and inside it, 0 for any; a vendor may open a database before it answers a write. */
const SILENCE_MS = { list: 10_000, read: 10_000, write: 60_000, test: 0 } as const;

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
    // Each call has its own.
    headersTimeout: 0,
    bodyTimeout: 0,
    maxResponseSize: MAX_ANSWER_BYTES,
  };
  const tls = { timeout: timeouts.connectMs, ...(ca === undefined ? {} : { ca }) };
  // What fails before there is a line was never sent: a reset in a TLS handshake has no other mark.
  const connector = buildConnector({ ...tls, allowH2: false });
  const connect: buildConnector.connector = (options, callback) =>
    connector(options, (...result) => {
      if (result[0]) callback(Object.assign(result[0], { beforeSending: true }), null);
      else callback(...result);
    });
  return proxy === undefined
    ? new Pool(new URL(baseUrl).origin, { ...common, connect })
    : new ProxyAgent({ ...common, uri: proxy, requestTls: tls });
}

export function createHttpClient(settings: HttpSettings, { limiter, now }: HttpParts = {}): HttpClient {
  const dispatcher = createDispatcher(settings);
  // What is never hung up on keeps its sockets from nobody else.
  const patient = createDispatcher(settings);
  const turns = limiter ?? createLimiter({}, now);
  const guard = createGuard(settings.breaker);
  const retries = createRetries();
  let inBackground = 0;
  const base = new URL(settings.baseUrl);
  const deadlines = {
    list: settings.timeouts.listMs,
    read: settings.timeouts.readMs,
    write: settings.timeouts.writeMs,
    test: settings.timeouts.testMs,
  } as const;

  async function exchange(request: HttpRequest, signal: AbortSignal | null): Promise<HttpAnswer> {
    const { type, body } = encodeBody(request.body);
    const { ifNoneMatch, neverHangUp } = request;
    const silence = neverHangUp ? 0 : SILENCE_MS[request.kind];
    const answer = await (neverHangUp ? patient : dispatcher).request({
      origin: base.origin,
      path: base.pathname.replace(/\/$/, '') + request.path,
      method: request.method,
      ...(request.query ? { query: request.query } : {}),
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'user-agent': 'patchbay',
        ...(type ? { 'content-type': type } : {}),
        ...(ifNoneMatch ? { 'if-none-match': ifNoneMatch } : {}),
        ...request.headers,
      },
      body: body ?? null,
      headersTimeout: silence,
      bodyTimeout: silence,
      signal,
    });
    const text = await answer.body.text().catch((error: unknown) => {
      const failure = sortFailure(error);
      throw failure.reason === 'CONNECTION_LOST'
        ? new HttpFailure('CUT_SHORT', { status: answer.statusCode })
        : failure;
    });
    const { statusCode: status, headers } = answer;
    const isUnchanged = status === 304 && Boolean(ifNoneMatch);
    if (status >= 300 && status < 400 && !isUnchanged) throw new HttpFailure('REDIRECT', { status });
    const json = parseJson(text);
    const isWordedTest = request.kind === 'test' && (status < 300 || status === 400) && json === undefined;
    return {
      status,
      json,
      ...(isWordedTest ? { text: text.slice(0, MOST_WORDS) } : {}),
      etag: [headers['etag']].flat()[0],
      retryAfterMs: parseRetryAfter(headers['retry-after'], now?.()),
    };
  }

  const endOf = new WeakMap<AbortSignal, number>();

  function startDeadline(kind: HttpRequest['kind']): AbortSignal {
    const deadline = AbortSignal.timeout(deadlines[kind]);
    endOf.set(deadline, performance.now() + deadlines[kind]);
    return deadline;
  }

  /** One try: its turn, its place among those under way, the exchange. */
  async function attempt(request: HttpRequest, { ends, over, ended }: Span): Promise<HttpAnswer> {
    await turns.take(!isRead(request));
    const make = async () => {
      // Its place among those under way may have come too late.
      if (ends.aborted) throw ended();
      const signal = request.neverHangUp ? AbortSignal.timeout(LONGEST_EXCHANGE_MS) : ends;
      return exchange(request, signal).catch((error: unknown) => {
        if (error instanceof HttpFailure) throw error;
        throw ends.aborted && !request.neverHangUp ? ended(true) : sortFailure(error);
      });
    };
    const answer = await guard.run(request, make, over);
    if (answer.status === 429) turns.refused(answer.retryAfterMs);
    else turns.taken();
    return answer;
  }

  /** Tries until there is an answer, or none is to be hoped for. */
  async function persist(request: HttpRequest, span: Span): Promise<HttpAnswer> {
    const { ends, endsAt, ended } = span;
    for (let tries = 0; ; tries += 1) {
      const outcome = await attempt(request, span).catch((error: unknown) => error as HttpFailure);
      const leftMs = ends.aborted ? 0 : endsAt - performance.now();
      const pause = retries.pauseAfter(outcome, request, tries, leftMs);
      if (pause === null && outcome instanceof Error) throw outcome;
      if (pause === null) return outcome as HttpAnswer;
      await pauseFor(pause, undefined, { signal: ends }).catch(() => {
        throw ended();
      });
    }
  }

  /** Counts a call that goes on after its caller was answered. */
  function letGoOn(running: Promise<unknown>): void {
    inBackground += 1;
    const end = () => {
      inBackground -= 1;
    };
    running.then(end, end);
  }

  return {
    deadline: startDeadline,
    async send(request) {
      const deadline = request.deadline ?? startDeadline(request.kind);
      const ends = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
      const ended = (mayHaveArrived = false) =>
        new HttpFailure(deadline.aborted ? 'TIMEOUT' : 'CALLER_LEFT', { mayHaveArrived });
      if (ends.aborted) throw ended();
      if (request.neverHangUp && inBackground >= MOST_IN_BACKGROUND) {
        throw new HttpFailure('TOO_BUSY', { mayHaveArrived: false });
      }
      let running: Promise<HttpAnswer> | null = null;
      const { over, letGo } = failWhen(ends, () => {
        if (request.neverHangUp && running) letGoOn(running);
        return ended(true);
      });
      running = persist(request, { ends, over, endsAt: endOf.get(deadline) ?? Infinity, ended });
      return Promise.race([over, running]).finally(letGo);
    },
    close: async () => {
      await Promise.all([dispatcher.destroy(), patient.destroy()]);
    },
  };
}
