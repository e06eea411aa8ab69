// Compares the circuit breaker with a simple model in random runs on a fake clock: calls succeed, fail or lose their caller, many
// at once and in any order.
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HttpAnswer, HttpRequest } from '../../src/http/request.ts';
import { createBreaker } from '../../src/http/circuit-breaker.ts';
import type { CallTime, Send } from '../../src/http/deadline.ts';
import { createConcurrencyLimit } from '../../src/http/concurrency-limits.ts';
import { HttpFailure } from '../../src/http/failures.ts';
import { settle } from '../support/versioned-instance.ts';
import { isExhaustive } from '../support/exhaustive.ts';

const RUNS = isExhaustive ? 2000 : 400;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const FAILURES = 3;
const OPEN_MS = 10_000;

const READ: HttpRequest = { kind: 'read', method: 'GET', path: '/' };
/** The time of a call without a deadline. */
const WITHOUT_END: CallTime = {
  signal: new AbortController().signal,
  ended: new Promise<never>(() => {}),
  endsAt: Infinity,
  failure: (options) => new HttpFailure('TIMEOUT', options),
};
const answer = (status: number): HttpAnswer => ({ status, json: {}, retryAfterMs: null });

/** The ways in which a call can end, and what each says about the health of the instance. */
const ENDS = {
  ok: [() => answer(200), 'well'],
  'too many': [() => answer(429), 'well'],
  fails: [() => answer(500), 'ill'],
  'cannot be reached': [() => new HttpFailure('CONNECT', { mayHaveArrived: false }), 'ill'],
  'is not answered': [() => new HttpFailure('TIMEOUT'), 'ill'],
  'loses its caller': [() => new HttpFailure('CALLER_LEFT'), 'nothing'],
  'is not sent in time': [() => new HttpFailure('TIMEOUT', { mayHaveArrived: false }), 'nothing'],
} as const;
type End = keyof typeof ENDS;

const pass = (ms: number) => void vi.setSystemTime(Date.now() + ms);

interface Run {
  /** The calls in flight, the oldest first, each with the number of its caller. */
  readonly inFlight: { caller: number; readonly end: (how: End) => void }[];
  /** What each caller received: a status, or the reason of a failure with the time to wait. */
  readonly received: Map<number, string>;
  readonly startCall: (caller: number, request?: HttpRequest) => Promise<void>;
}

function createRun(failures: number): Run {
  const limit = createConcurrencyLimit(createBreaker({ failures, openMs: OPEN_MS })).layer;
  const inFlight: Run['inFlight'] = [];
  const received: Run['received'] = new Map();
  const startCall = async (caller: number, request = READ) => {
    const exchange: Send = () =>
      new Promise<HttpAnswer>((resolve, reject) => {
        const end = (how: End) => {
          inFlight.splice(inFlight.indexOf(call), 1);
          const outcome = ENDS[how][0]();
          if (outcome instanceof HttpFailure) reject(outcome);
          else resolve(outcome);
        };
        const call = { caller, end };
        inFlight.push(call);
      });
    try {
      received.set(caller, String((await limit(exchange)(request, WITHOUT_END)).status));
    } catch (error) {
      const { reason, retryAfterMs } = error as HttpFailure;
      received.set(caller, reason === 'CIRCUIT_OPEN' ? `${reason} ${retryAfterMs}` : reason);
    }
  };
  return { inFlight, received, startCall };
}

/** Returns what a caller receives when its call ends in this way. */
const resultOf = (how: End): string => {
  const outcome = ENDS[how][0]();
  return outcome instanceof HttpFailure ? outcome.reason : String(outcome.status);
};

/** Returns a model of the breaker. It records which calls must be in flight and what each caller must receive. */
function createModel() {
  let state: 'closed' | 'open' | 'half-open' = 'closed';
  let failuresInARow = 0;
  let openUntil = 0;
  let trialCaller = -1;
  let waiting: number[] = [];
  const inFlight: number[] = [];
  const received = new Map<number, string>();

  function startCall(caller: number): void {
    if (state === 'half-open') return void waiting.push(caller);
    if (state === 'open' && Date.now() < openUntil) {
      received.set(caller, `CIRCUIT_OPEN ${openUntil - Date.now()}`);
      return;
    }
    if (state === 'open') {
      state = 'half-open';
      trialCaller = caller;
    }
    inFlight.push(caller);
  }

  function open(ms: number): void {
    state = 'open';
    openUntil = Date.now() + ms;
  }

  function endTrial(says: 'well' | 'ill' | 'nothing'): void {
    trialCaller = -1;
    if (says === 'well') [state, failuresInARow] = ['closed', 0];
    else open(says === 'ill' ? OPEN_MS : 0);
    const released = waiting;
    waiting = [];
    released.forEach(startCall);
  }

  function end(caller: number, how: End): void {
    inFlight.splice(inFlight.indexOf(caller), 1);
    received.set(caller, resultOf(how));
    const says = ENDS[how][1];
    if (caller === trialCaller) return endTrial(says);
    if (says === 'well') failuresInARow = 0;
    if (says === 'ill') failuresInARow += 1;
    if (says === 'ill' && failuresInARow >= FAILURES && state === 'closed') open(OPEN_MS);
  }

  return { startCall, end, inFlight, received, state: () => state };
}

const steps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ startCall: fc.constant(true) }) },
    {
      weight: 5,
      arbitrary: fc.record({
        end: fc.oneof(
          fc.constantFrom<End[]>('fails', 'cannot be reached'),
          fc.constantFrom(...(Object.keys(ENDS) as End[])),
        ),
        pick: fc.nat(7),
      }),
    },
    { weight: 2, arbitrary: fc.record({ pass: fc.constantFrom(1, OPEN_MS - 1, OPEN_MS) }) },
  ),
  { maxLength: 40, size: 'max' },
);

describe('the circuit breaker', () => {
  it('the breaker allows the calls that its model allows, in 2,000 random runs', { timeout: 240_000 }, async () => {
    const visits = { closed: 0, open: 0, 'half-open': 0 };
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const { inFlight, received, startCall } = createRun(FAILURES);
        const model = createModel();
        const [actual, expected]: [unknown[], unknown[]] = [[], []];
        let callers = 0;
        let ended = 0;
        for (const step of run) {
          if ('pass' in step) pass(step.pass);
          else if ('startCall' in step) {
            // Fewer than its places: how many may be under way is not what is asked here.
            if (callers - received.size >= 8) continue;
            void startCall((callers += 1));
            model.startCall(callers);
          } else {
            const call = inFlight[step.pick % Math.max(1, inFlight.length)];
            // With fewer than 20 calls the share of failures does not open the breaker.
            if (!call || ended >= 19) continue;
            ended += 1;
            call.end(step.end);
            model.end(call.caller, step.end);
          }
          await settle();
          actual.push(inFlight.map(({ caller }) => caller).join(), JSON.stringify(Object.fromEntries(received)));
          expected.push(model.inFlight.join(), JSON.stringify(Object.fromEntries(model.received)));
          visits[model.state()] += 1;
        }
        expect(actual).toEqual(expected);
      }),
      { numRuns: RUNS },
    );
    expect(Math.min(...Object.values(visits))).toBeGreaterThan(RUNS / 2);
  });

  it(
    'the breaker opens when more than half of at least 20 calls in 30 seconds fail, in 2,000 random runs',
    { timeout: 240_000 },
    async () => {
      let opened = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.boolean(), { minLength: 10, maxLength: 60 }), async (run) => {
          const { inFlight, received, startCall } = createRun(1000);
          let [at, failed, isOpen] = [0, 0, false];
          const calls: number[] = [];
          while (at < run.length && !isOpen) {
            void startCall(at);
            await settle();
            calls.push(inFlight.length);
            inFlight[0]?.end(run[at] ? 'fails' : 'ok');
            failed += run[at] ? 1 : 0;
            isOpen = run[at] === true && at + 1 >= 20 && failed * 2 > at + 1;
            at += 1;
            await settle();
            pass(400);
          }
          expect(calls).toEqual(calls.map(() => 1));
          void startCall(1000);
          await settle();
          expect(received.get(1000)).toBe(isOpen ? 'CIRCUIT_OPEN 9600' : undefined);
          opened += isOpen ? 1 : 0;
        }),
        { numRuns: RUNS },
      );
      expect(opened).toBeGreaterThan(RUNS * 0.15);
      expect(opened).toBeLessThan(1900);
    },
  );

  it('calls that wait for a free slot are refused when the breaker opens', async () => {
    const { inFlight, received, startCall } = createRun(FAILURES);
    for (let caller = 0; caller < 50; caller += 1) void startCall(caller);
    await settle();
    expect(inFlight.map(({ caller }) => caller)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    for (let ended = 0; ended < FAILURES; ended += 1) inFlight[0]?.end('cannot be reached');
    await settle();
    expect(inFlight.map(({ caller }) => caller)).toEqual([3, 4, 5, 6, 7]);
    expect([...received.values()].filter((outcome) => outcome === 'CIRCUIT_OPEN 10000')).toHaveLength(42);
  });

  it('a call is refused at once by an open breaker while all slots are taken', async () => {
    const { inFlight, received, startCall } = createRun(FAILURES);
    for (let caller = 0; caller < 8; caller += 1) void startCall(caller);
    // Calls that continue after their deadline have slots of their own.
    for (let caller = 8; caller < 11; caller += 1) void startCall(caller, { ...READ, atDeadline: 'continue' });
    await settle();
    for (const { caller, end } of inFlight.slice()) if (caller >= 8) end('fails');
    await settle();
    expect(inFlight).toHaveLength(8);
    void startCall(50);
    await settle();
    expect(received.get(50)).toBe('CIRCUIT_OPEN 10000');
  });
});
