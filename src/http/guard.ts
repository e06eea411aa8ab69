// What stands between the gateway and an instance that is unwell: a breaker that stops asking it for a while, and a bound
// on how many calls are under way at once.
import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  SamplingBreaker,
  wrap,
  type IBreaker,
} from 'cockatiel';
import type { HttpAnswer, HttpRequest } from './client.ts';
import { HttpFailure, type FailureReason } from './failures.ts';

export interface BreakerSettings {
  /** Failures in a row after which the instance is left alone; 0 for never. */
  readonly failures: number;
  /** How long, in milliseconds, until one call tries it again. */
  readonly openMs: number;
}

const STANDARD: BreakerSettings = { failures: 5, openMs: 10_000 };
const AT_ONCE = 8;
const WAITING = 1000;

/** The instance's own fault, and not that of one request or of the caller. */
const FAULTS: ReadonlySet<FailureReason> = new Set(['CONNECT', 'TLS', 'TIMEOUT', 'CONNECTION_LOST', 'NOT_HTTP']);

/** A 500 to a write may be about what was written (Credible says so of a name that is taken). */
const isFault = ({ status }: HttpAnswer, isWrite: boolean): boolean => status >= (isWrite ? 501 : 500);

/** Opens when either does. */
function either(...breakers: readonly IBreaker[]): IBreaker {
  return {
    state: undefined,
    success: (state) => {
      for (const breaker of breakers) breaker.success(state);
    },
    failure: (state) => breakers.map((breaker) => breaker.failure(state)).includes(true),
  };
}

export interface Guard {
  /** @throws HttpFailure of the call, or CIRCUIT_OPEN when it was not made. */
  run(request: HttpRequest, call: () => Promise<HttpAnswer>): Promise<HttpAnswer>;
}

/** An answer that counts as a failure of the instance, carried past the breaker. */
class FaultyAnswer extends Error {
  readonly answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    super('faulty');
    this.answer = answer;
  }
}

const isCounted = (error: Error): boolean =>
  error instanceof FaultyAnswer || (error instanceof HttpFailure && FAULTS.has(error.reason));

export function createGuard({ failures, openMs } = STANDARD, now: () => number = Date.now): Guard {
  let openedAt = 0;
  const breaker = circuitBreaker(handleWhen(isCounted), {
    halfOpenAfter: openMs,
    breaker: either(
      new ConsecutiveBreaker(Math.max(1, failures)),
      // Half of at least 20 in 30 seconds.
      new SamplingBreaker({ threshold: 0.5, duration: 30_000, minimumRps: 20 / 30 }),
    ),
  });
  breaker.onStateChange((state) => {
    if (state === CircuitState.Open) openedAt = now();
  });
  const guarded = () => (failures === 0 ? bulkhead(AT_ONCE, WAITING) : wrap(breaker, bulkhead(AT_ONCE, WAITING)));
  const usual = guarded();
  // What is never hung up on may stay for minutes: it takes nobody else's place.
  const patient = guarded();

  return {
    run: async ({ kind, neverHangUp }, call) => {
      try {
        return await (neverHangUp ? patient : usual).execute(async () => {
          const answer = await call();
          if (isFault(answer, kind === 'write')) throw new FaultyAnswer(answer);
          return answer;
        });
      } catch (error) {
        if (error instanceof FaultyAnswer) return error.answer;
        if (error instanceof BrokenCircuitError) {
          const retryAfterMs = Math.max(0, openedAt + openMs - now());
          throw new HttpFailure('CIRCUIT_OPEN', { mayHaveArrived: false, retryAfterMs });
        }
        if (error instanceof BulkheadRejectedError) throw new HttpFailure('TOO_BUSY', { mayHaveArrived: false });
        throw error;
      }
    },
  };
}
