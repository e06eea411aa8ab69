// Replaces the errors of a database by the one that callers see. The errors of a database may hold values.
import { VendorUnavailableError } from '../domain/errors.ts';
import type { IdempotencyStore } from '../services/idempotency/idempotency.ts';
import { codeOf, type ReportStoreFailure } from './store.ts';

const UNAVAILABLE = "The gateway's store does not answer, so nothing was sent.";

/** Returns keys whose methods throw VendorUnavailableError with the reason STORE, and nothing else. */
export function withTypedErrors(keys: IdempotencyStore, report: ReportStoreFailure): IdempotencyStore {
  const typed = async <T>(running: Promise<T>): Promise<T> => {
    try {
      return await running;
    } catch (error) {
      report(error, codeOf(error));
      throw new VendorUnavailableError(UNAVAILABLE, 'STORE');
    }
  };
  return {
    begin: async (...given) => typed(keys.begin(...given)),
    markSending: async (...given) => typed(keys.markSending(...given)),
    renew: async (...given) => typed(keys.renew(...given)),
    finish: async (...given) => typed(keys.finish(...given)),
    release: async (...given) => typed(keys.release(...given)),
    check: async () => typed(keys.check()),
  };
}
