// Reports each attempt of a call to an observer: its kind, its outcome, and how long it waited and took.
import type { CallOutcome, ObserveCalls, Verb } from '../domain/vendor-call.ts';
import type { Layer } from './deadline.ts';
import { HttpFailure, type FailureReason } from './failures.ts';
import type { HttpAnswer, HttpRequest } from './request.ts';

const WRITE_VERBS = { GET: 'read', POST: 'create', PUT: 'update', PATCH: 'update', DELETE: 'delete' } as const;

/** Returns what a request does. A POST that belongs to no write is a login. */
function verbOf({ kind, method }: HttpRequest): Verb {
  if (kind === 'write') return WRITE_VERBS[method];
  if (kind === 'test') return 'test';
  return method === 'POST' ? 'login' : kind;
}

const FAILURE_OUTCOMES = {
  CONNECT: 'connect',
  TLS: 'tls',
  TIMEOUT: 'timeout',
  CONNECTION_LOST: 'connection_lost',
  CUT_SHORT: 'cut_short',
  TOO_LARGE: 'too_large',
  REDIRECT: 'redirect',
  NOT_HTTP: 'not_http',
  CALLER_LEFT: 'caller_left',
  CIRCUIT_OPEN: 'circuit_open',
  TOO_BUSY: 'too_busy',
  RATE_LIMITED: 'throttled',
} as const satisfies Record<FailureReason, CallOutcome>;

function outcomeOf({ status }: HttpAnswer): CallOutcome {
  if (status < 400) return 'ok';
  if (status === 429) return 'rate_limited';
  return status < 500 ? 'client_error' : 'server_error';
}

const endOfFailure = (thrown: unknown) =>
  thrown instanceof HttpFailure
    ? { outcome: FAILURE_OUTCOMES[thrown.reason], status: thrown.status ?? null }
    : { outcome: 'unexpected' as const, status: null };

/** Observes each attempt, from before it waits for its turn to the end of its answer. */
export const withObserver =
  (observe: ObserveCalls): Layer =>
  (next) =>
  async (request, time) => {
    const call = observe(verbOf(request), request.method);
    const startedAt = performance.now();
    let sentAt: number | null = null;
    const onSent = () => {
      sentAt = performance.now();
    };
    const end = (how: { readonly outcome: CallOutcome; readonly status: number | null }) => {
      const endedAt = performance.now();
      const durationMs = sentAt === null ? null : endedAt - sentAt;
      call.end({ ...how, waitedMs: (sentAt ?? endedAt) - startedAt, durationMs });
    };
    const sent = call.headers ? { ...request, headers: { ...request.headers, ...call.headers } } : request;
    try {
      const answer = await next(sent, { ...time, onSent });
      end({ outcome: outcomeOf(answer), status: answer.status });
      return answer;
    } catch (error) {
      end(endOfFailure(error));
      throw error;
    }
  };
