// The HTTP client of one instance. Every call passes through the layers that createHttpClient lists. The client knows no
// vendor. It follows no redirects and keeps nothing of a body on an error.
import type { InstanceLoad, ObserveCalls } from '../domain/vendor-call.ts';
import { createBreaker } from './circuit-breaker.ts';
import { createDeadlines, withDeadline, type Layer, type Send } from './deadline.ts';
import { createConcurrencyLimit } from './concurrency-limits.ts';
import { createDispatcher } from './dispatcher.ts';
import { createExchange } from './exchange.ts';
import { withObserver } from './observed-calls.ts';
import { createRateLimiter, withRateLimit, type RateLimiter } from './rate-limiter.ts';
import type { HttpAnswer, HttpRequest } from './request.ts';
import { createRetryPolicy, withRetries } from './retries.ts';
import type { HttpSettings } from './settings.ts';

/** The parts of a client that others provide. */
export interface HttpParts {
  /** Shared by all clients with the same credential. Default: a limiter without a limit per minute. */
  readonly limiter?: RateLimiter;
  /** The clock, in milliseconds. Default: Date.now. */
  readonly now?: () => number;
  /** Observes the calls. Default: nobody does. */
  readonly observe?: ObserveCalls;
}

export interface HttpClient {
  /**
   * Sends a request and returns the answer, whatever its status. A redirect is a failure; 304 is an answer when the
   * request has `ifNoneMatch`.
   * @throws HttpFailure
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Starts the deadline of an operation that needs more than one request. Pass it as `request.deadline`. */
  readonly deadline: (kind: HttpRequest['kind']) => AbortSignal;
  /** Returns what the instance is doing now. */
  readonly load: () => InstanceLoad;
  /** Closes all connections at once. Calls in flight fail. */
  close(): Promise<void>;
}

/** Creates the client of one instance, with its own connection pools, breaker and retry budget. */
export function createHttpClient(
  settings: HttpSettings,
  { limiter, now = Date.now, observe }: HttpParts = {},
): HttpClient {
  const dispatchers = { usual: createDispatcher(settings), continuing: createDispatcher(settings) };
  const deadlines = createDeadlines(settings.timeouts);
  const breaker = createBreaker(settings.breaker);
  const concurrency = createConcurrencyLimit(breaker);
  // From the outside in.
  const layers: readonly Layer[] = [
    withRetries(createRetryPolicy()),
    ...(observe ? [withObserver(observe)] : []),
    withRateLimit(limiter ?? createRateLimiter({}, now)),
    concurrency.layer,
  ];
  const send = layers.reduceRight<Send>((next, layer) => layer(next), createExchange(settings, dispatchers, now));
  return {
    deadline: deadlines.start,
    send: withDeadline(deadlines, send),
    load: () => ({ ...concurrency.load(), breaker: breaker.state() }),
    close: async () => {
      await Promise.all(Object.values(dispatchers).map((dispatcher) => dispatcher.destroy()));
    },
  };
}
