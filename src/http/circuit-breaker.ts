// The circuit breaker of one instance. After too many failures it refuses calls for a while; then one trial call decides
// whether it closes again.
import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  SamplingBreaker,
  type IBackoff,
  type IBreaker,
} from 'cockatiel';
import type { BreakerState } from '../domain/vendor-call.ts';
import { HttpFailure, type FailureReason } from './failures.ts';
import type { HttpAnswer } from './request.ts';
import type { BreakerSettings } from './settings.ts';

export interface Breaker {
  /** @throws HttpFailure with CIRCUIT_OPEN while the circuit is open. */
  assertClosed(): void;
  /**
   * Makes a call unless the circuit is open.
   * @throws HttpFailure of the call, or with CIRCUIT_OPEN.
   */
  run(isWrite: boolean, call: () => Promise<HttpAnswer>): Promise<HttpAnswer>;
  state(): BreakerState;
}

const DEFAULTS: BreakerSettings = { failures: 5, openMs: 10_000 };

/** Failures that say something about the instance and not about one request or its caller. */
const INSTANCE_FAULTS: ReadonlySet<FailureReason> = new Set([
  'CONNECT',
  'TLS',
  'TIMEOUT',
  'CONNECTION_LOST',
  'NOT_HTTP',
]);

/** Status 500 for a write is not counted: it may be about the input. Credible returns it for a name that is in use. */
const isInstanceFault = ({ status }: HttpAnswer, isWrite: boolean): boolean => status >= (isWrite ? 501 : 500);

/** True when the failure says nothing about the instance: the caller left, or the request was never sent. */
const isInconclusive = ({ reason, mayHaveArrived }: HttpFailure): boolean =>
  reason === 'CALLER_LEFT' || (reason === 'TIMEOUT' && !mayHaveArrived);

/** An answer that counts as a failure. It is thrown through the breaker and then returned to the caller. */
class FaultAnswer extends Error {
  readonly answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    super('fault');
    this.answer = answer;
  }
}

/** An inconclusive failure of a trial call. It is thrown through the breaker, which then opens for 0 ms. */
class InconclusiveTrial extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure) {
    super('inconclusive');
    this.failure = failure;
  }
}

const isCounted = (error: Error): boolean =>
  error instanceof FaultAnswer ||
  error instanceof InconclusiveTrial ||
  (error instanceof HttpFailure && INSTANCE_FAULTS.has(error.reason) && !isInconclusive(error));

/** Returns a breaker that opens when any of the breakers opens. */
const anyOf = (...breakers: readonly IBreaker[]): IBreaker => ({
  state: undefined,
  success: (state) => {
    for (const breaker of breakers) breaker.success(state);
  },
  failure: (state) => breakers.map((breaker) => breaker.failure(state)).includes(true),
});

/** Creates a closed breaker. It uses Date.now(), as cockatiel does. */
export function createBreaker({ failures, openMs } = DEFAULTS): Breaker {
  let openUntil = 0;
  // After an inconclusive trial call, the next call is the trial.
  const halfOpenAfter = ({ result }: { result: { error?: unknown } | { value: unknown } }) => {
    const duration = 'error' in result && result.error instanceof InconclusiveTrial ? 0 : openMs;
    openUntil = Date.now() + duration;
    return { duration, next: halfOpenAfter } as IBackoff<Parameters<typeof halfOpenAfter>[0]>;
  };
  const counter = anyOf(
    new ConsecutiveBreaker(Math.max(1, failures)),
    // More than half of at least 20 calls in 30 seconds.
    new SamplingBreaker({ threshold: 0.5, duration: 30_000, minimumRps: 20 / 30 }),
  );
  const policy = circuitBreaker(handleWhen(isCounted), {
    halfOpenAfter: { next: halfOpenAfter },
    breaker: {
      state: undefined,
      success: (state) => counter.success(state),
      // While a trial call is in flight, the failure of an older call does not open the circuit.
      failure: (state) => counter.failure(state) && state === policy.state,
    },
  });

  const circuitOpen = () =>
    new HttpFailure('CIRCUIT_OPEN', { mayHaveArrived: false, retryAfterMs: Math.max(0, openUntil - Date.now()) });

  async function throwFaults(isWrite: boolean, call: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
    // cockatiel lets one call through when the circuit is not closed: the trial call.
    const isTrial = policy.state !== CircuitState.Closed;
    const answer = await call().catch((error: unknown) => {
      throw isTrial && error instanceof HttpFailure && isInconclusive(error) ? new InconclusiveTrial(error) : error;
    });
    if (isInstanceFault(answer, isWrite)) throw new FaultAnswer(answer);
    return answer;
  }

  return {
    assertClosed: () => {
      if (policy.state === CircuitState.Open && Date.now() < openUntil) throw circuitOpen();
    },
    run: async (isWrite, call) => {
      if (failures === 0) return call();
      try {
        return await policy.execute(async () => throwFaults(isWrite, call));
      } catch (error) {
        if (error instanceof FaultAnswer) return error.answer;
        if (error instanceof InconclusiveTrial) throw error.failure;
        if (error instanceof BrokenCircuitError) throw circuitOpen();
        throw error;
      }
    },
    state: () => {
      if (policy.state === CircuitState.Closed) return 'closed';
      return policy.state === CircuitState.Open && Date.now() < openUntil ? 'open' : 'half_open';
    },
  };
}
