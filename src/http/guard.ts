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
  type IBackoff,
  type IBreaker,
} from 'cockatiel';
import { isRead, type HttpAnswer, type HttpRequest } from './request.ts';
import { HttpFailure, type FailureReason } from './failures.ts';

export interface BreakerSettings {
  /** Failures in a row after which the instance is left alone; 0 for never. */
  readonly failures: number;
  /** How long, in milliseconds, until one call tries it again. */
  readonly openMs: number;
}

const STANDARD: BreakerSettings = { failures: 5, openMs: 10_000 };
const AT_ONCE = 8;
/** Of those that are never hung up on: as many as may go on without a caller, so that no burst leaves more behind. */
const PATIENT_AT_ONCE = 4;
const WAITING = 1000;

/** The instance's own fault, and not that of one request or of the caller. */
const FAULTS: ReadonlySet<FailureReason> = new Set(['CONNECT', 'TLS', 'TIMEOUT', 'CONNECTION_LOST', 'NOT_HTTP']);

/** A 500 to a write may be about what was written (Credible says so of a name that is taken). */
const isFault = ({ status }: HttpAnswer, isWrite: boolean): boolean => status >= (isWrite ? 501 : 500);

/** Opens when either does. */
const either = (...breakers: readonly IBreaker[]): IBreaker => ({
  state: undefined,
  success: (state) => {
    for (const breaker of breakers) breaker.success(state);
  },
  failure: (state) => breakers.map((breaker) => breaker.failure(state)).includes(true),
});

const NEVER = new Promise<never>(() => {});

export interface Guard {
  /**
   * @param over fails when the call's time is over, or its caller has left.
   * @throws HttpFailure of the call, or CIRCUIT_OPEN when it was not made.
   */
  run(request: HttpRequest, call: () => Promise<HttpAnswer>, over?: Promise<never>): Promise<HttpAnswer>;
}

/** An answer that counts as a failure of the instance, carried past the breaker. */
class FaultyAnswer extends Error {
  readonly answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    super('faulty');
    this.answer = answer;
  }
}

/** A probe that found nothing out, carried past the breaker. */
class EmptyProbe extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure) {
    super('empty');
    this.failure = failure;
  }
}

/** Nobody waited for what the instance would say, or it was never asked. */
const saysNothing = ({ reason, mayHaveArrived }: HttpFailure): boolean =>
  reason === 'CALLER_LEFT' || (reason === 'TIMEOUT' && !mayHaveArrived);

const isCounted = (error: Error): boolean =>
  error instanceof FaultyAnswer ||
  error instanceof EmptyProbe ||
  (error instanceof HttpFailure && FAULTS.has(error.reason) && !saysNothing(error));

/** Keeps the time of Date, as its library does. */
export function createGuard({ failures, openMs } = STANDARD): Guard {
  let openUntil = 0;
  // After a probe that found nothing out, the next call is the probe.
  const rest = ({ result }: { result: { error?: unknown } | { value: unknown } }) => {
    const duration = 'error' in result && result.error instanceof EmptyProbe ? 0 : openMs;
    openUntil = Date.now() + duration;
    return { duration, next: rest } as IBackoff<Parameters<typeof rest>[0]>;
  };
  const counts = either(
    new ConsecutiveBreaker(Math.max(1, failures)),
    // Half of at least 20 in 30 seconds.
    new SamplingBreaker({ threshold: 0.5, duration: 30_000, minimumRps: 20 / 30 }),
  );
  const breaker = circuitBreaker(handleWhen(isCounted), {
    halfOpenAfter: { next: rest },
    breaker: {
      state: undefined,
      success: (state) => counts.success(state),
      // While a probe is under way it alone decides, not a call from before.
      failure: (state) => counts.failure(state) && state === breaker.state,
    },
  });
  const usual = bulkhead(AT_ONCE, WAITING);
  // What is never hung up on may stay for minutes: it takes nobody else's place.
  const patient = bulkhead(PATIENT_AT_ONCE, WAITING);

  const circuitOpen = () =>
    new HttpFailure('CIRCUIT_OPEN', { mayHaveArrived: false, retryAfterMs: Math.max(0, openUntil - Date.now()) });

  async function callOnce(isWrite: boolean, call: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
    // The breaker calls at once or never, and takes a probe for one only after this line.
    const isProbe = breaker.state !== CircuitState.Closed;
    const answer = await call().catch((error: unknown) => {
      throw isProbe && error instanceof HttpFailure && saysNothing(error) ? new EmptyProbe(error) : error;
    });
    if (isFault(answer, isWrite)) throw new FaultyAnswer(answer);
    return answer;
  }

  return {
    run: async (request, call, over = NEVER) => {
      const { neverHangUp } = request;
      // Before it waits for a place, and once more when it has one.
      if (breaker.state === CircuitState.Open && Date.now() < openUntil) throw circuitOpen();
      const through = async (make: () => Promise<HttpAnswer>) => {
        const once = async () => callOnce(!isRead(request), make);
        return failures === 0 ? once() : breaker.execute(once);
      };
      // It keeps its place for as long as it lasts; for the breaker it is over when its time is.
      const patiently = async () => {
        let running: Promise<unknown> = Promise.resolve();
        const make = async () => {
          const real = call();
          running = real.catch(() => {});
          return Promise.race([real, over]);
        };
        try {
          return await through(make);
        } finally {
          await running;
        }
      };
      try {
        return await (neverHangUp ? patient.execute(patiently) : usual.execute(async () => through(call)));
      } catch (error) {
        if (error instanceof FaultyAnswer) return error.answer;
        if (error instanceof EmptyProbe) throw error.failure;
        if (error instanceof BrokenCircuitError) throw circuitOpen();
        if (error instanceof BulkheadRejectedError) throw new HttpFailure('TOO_BUSY', { mayHaveArrived: false });
        throw error;
      }
    },
  };
}
