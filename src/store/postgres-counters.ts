// Counts what callers do per minute over all replicas, in PostgreSQL. While the database fails, each replica counts for itself.
import { circuitBreaker, ConsecutiveBreaker, handleAll } from 'cockatiel';
import type { Pool, QueryConfig } from 'pg';
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible';
import { codeOf, type CounterOf, type ReportStoreFailure } from './store.ts';
import { LIMITS_TABLE } from './tables.ts';

const SECONDS_PER_MINUTE = 60;
/** How long a database that failed is left alone, so that requests do not wait for it. */
const OPEN_MS = 2000;

/** Returns the counters of a pool. */
export function createPostgresCounters(pool: Pool, report: ReportStoreFailure): CounterOf {
  const breaker = circuitBreaker(handleAll, { halfOpenAfter: OPEN_MS, breaker: new ConsecutiveBreaker(1) });
  breaker.onFailure(({ reason }) => {
    if ('error' in reason) report(reason.error, codeOf(reason.error));
  });
  // Without the name that the library gives a statement: a pooler may send the next one to another connection.
  const storeClient = {
    query: async ({ text, values }: QueryConfig) =>
      breaker.execute(async () => pool.query({ text, values: values ?? [] })),
  };
  return (name, perMinute) => {
    const settings = { points: perMinute, duration: SECONDS_PER_MINUTE, keyPrefix: name };
    return new RateLimiterPostgres({
      ...settings,
      storeClient,
      storeType: 'pool',
      tableName: LIMITS_TABLE,
      tableCreated: true,
      insuranceLimiter: new RateLimiterMemory(settings),
    });
  };
}
