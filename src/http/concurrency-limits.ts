// Limits how many exchanges with one instance run at the same time. Later calls wait.
import { bulkhead, BulkheadRejectedError } from 'cockatiel';
import type { InstanceLoad } from '../domain/vendor-call.ts';
import type { Breaker } from './circuit-breaker.ts';
import type { CallTime, Layer, Send } from './deadline.ts';
import { HttpFailure } from './failures.ts';
import { isRead, type HttpRequest } from './request.ts';

const MAX_CONCURRENT = 8;
/** For requests that continue after their deadline. They may run for minutes, so they have a bulkhead of their own. */
const MAX_CONCURRENT_CONTINUING = 4;
const MAX_WAITING = 1000;

export interface ConcurrencyLimit {
  /**
   * Makes each call wait for a free place, and then makes it through the breaker.
   * @throws HttpFailure with TOO_BUSY when too many calls wait.
   */
  readonly layer: Layer;
  /** Returns the numbers of calls that run and that wait. */
  readonly load: () => Pick<InstanceLoad, 'running' | 'waiting'>;
}

/** Creates the limit of one instance. */
export function createConcurrencyLimit(breaker: Breaker): ConcurrencyLimit {
  const cancellableBulkhead = bulkhead(MAX_CONCURRENT, MAX_WAITING);
  const continuingBulkhead = bulkhead(MAX_CONCURRENT_CONTINUING, MAX_WAITING);
  const layer: Layer = (next) => async (request, time) => {
    // Refuses before the call waits in the queue. The breaker refuses again if it opens while the call waits.
    breaker.assertClosed();
    try {
      return await (request.atDeadline === 'continue'
        ? continuingBulkhead.execute(async () => runToItsEnd(breaker, next, request, time))
        : cancellableBulkhead.execute(async () => breaker.run(!isRead(request), async () => next(request, time))));
    } catch (error) {
      throw error instanceof BulkheadRejectedError ? new HttpFailure('TOO_BUSY', { mayHaveArrived: false }) : error;
    }
  };
  const load = () => {
    const free = cancellableBulkhead.executionSlots + continuingBulkhead.executionSlots;
    const freeWaiting = cancellableBulkhead.queueSlots + continuingBulkhead.queueSlots;
    return { running: MAX_CONCURRENT + MAX_CONCURRENT_CONTINUING - free, waiting: 2 * MAX_WAITING - freeWaiting };
  };
  return { layer, load };
}

/** Occupies a place until the exchange ends. For the breaker, the call ends at its deadline. */
async function runToItsEnd(breaker: Breaker, next: Send, request: HttpRequest, time: CallTime) {
  let exchange: Promise<unknown> = Promise.resolve();
  try {
    return await breaker.run(!isRead(request), async () => {
      const answer = next(request, time);
      exchange = answer.catch(() => {});
      return Promise.race([answer, time.ended]);
    });
  } finally {
    await exchange;
  }
}
