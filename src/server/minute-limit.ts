// A limit of what one sender may do per minute.
import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import { RateLimiterMemory, type RateLimiterAbstract, type RateLimiterRes } from 'rate-limiter-flexible';

const SECONDS_PER_MINUTE = 60;
/**
 * How late a refusal is sent, in milliseconds. A client that sends its next request when it has the answer to the last cannot take the
 * time of the others with requests that are refused.
 */
const REFUSAL_DELAY_MS = 500;
/** So many refusals wait at the same time. Others are sent at once, so that they take no memory. */
const MAX_WAITING = 1000;
let waiting = 0;

async function waitBeforeRefusal(): Promise<void> {
  if (waiting >= MAX_WAITING) return;
  waiting += 1;
  await setTimeout(REFUSAL_DELAY_MS);
  waiting -= 1;
}
const MS_PER_SECOND = 1000;

/** The status is 429 for every client: proxies and clients wait because of the status, not because of the body. */
function rateLimited(what: string, name: string, value: number, retryAfterMs: number): GraphQLError {
  const seconds = Math.ceil(retryAfterMs / MS_PER_SECOND);
  const message = `${what}: the limit is \`limits.perMinute.${name}\`. Try again in ${seconds} s.`;
  return new GraphQLError(message, {
    extensions: {
      code: 'RATE_LIMITED',
      limit: { name: `perMinute.${name}`, value },
      retryAfterMs,
      http: { status: 429, headers: { 'retry-after': String(seconds) } },
    },
  });
}

/** Returns the counter of a limit. */
export type MinuteCounters = (name: string, perMinute: number) => RateLimiterAbstract;

const countInMemory: MinuteCounters = (_name, perMinute) =>
  new RateLimiterMemory({ points: perMinute, duration: SECONDS_PER_MINUTE });

/**
 * Returns counters. A limit whose value changes keeps its counter, so that a reload forgets nothing.
 * @param createCounter creates the counter of a limit; in memory by default.
 */
export function createMinuteCounters(createCounter: MinuteCounters = countInMemory): MinuteCounters {
  const counters = new Map<string, RateLimiterAbstract>();
  return (name, perMinute) => {
    const counter = counters.get(name) ?? createCounter(name, perMinute);
    counter.points = perMinute;
    counters.set(name, counter);
    return counter;
  };
}

interface LimitOptions {
  /** The key of the limit in the section `limits.perMinute` of the configuration. */
  readonly name: string;
  readonly value: number;
  /** What a sender above the limit did, without a full stop. */
  readonly what: string;
}

/** Returns the name of a sender in a counter. It has the same length for all, and is no list of callers for who reads the store. */
const digestOf = (sender: string): string => createHash('sha256').update(sender).digest('base64url');

/** A limit per sender. What it knows of a sender is dropped after a minute. */
export class MinuteLimit {
  readonly #options: LimitOptions;
  readonly #counter: RateLimiterAbstract;

  constructor(counters: MinuteCounters, options: LimitOptions) {
    this.#options = options;
    this.#counter = counters(options.name, options.value);
  }

  /**
   * Counts for a sender. What is refused is not counted, and is refused after a delay.
   * @throws GraphQLError with status 429 above the limit.
   */
  async count(sender: string, points: number): Promise<void> {
    if (points === 0) return;
    let refusal: RateLimiterRes;
    try {
      await this.#counter.consume(digestOf(sender), points);
      return;
    } catch (exceeded) {
      refusal = exceeded as RateLimiterRes;
    }
    await this.giveBack(sender, points);
    await waitBeforeRefusal();
    const { what, name, value } = this.#options;
    throw rateLimited(what, name, value, refusal.msBeforeNext);
  }

  /** Takes back what was counted for a request that is refused after all. */
  async giveBack(sender: string, points: number): Promise<void> {
    if (points > 0) await this.#counter.reward(digestOf(sender), points);
  }
}
