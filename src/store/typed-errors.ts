// Replaces the errors of a database by the one that callers see. The errors of a database may hold values.
import { VendorUnavailableError } from '../domain/errors.ts';
import type { AuditStore } from '../services/audit/audit-store.ts';
import type { IdempotencyStore } from '../services/idempotency/idempotency.ts';
import type { OperationStore } from '../services/operations/operation-store.ts';
import { codeOf, type ReportStoreFailure } from './store.ts';

const NOTHING_SENT = "The gateway's store does not answer, so nothing was sent.";
const NOT_READ = "The gateway's store does not answer, so the audit cannot be read.";

/** Returns the result of a call to a store. @throws VendorUnavailableError with the reason STORE when it fails. */
async function typed<T>(report: ReportStoreFailure, running: Promise<T>, message = NOTHING_SENT): Promise<T> {
  try {
    return await running;
  } catch (error) {
    report(error, codeOf(error));
    throw new VendorUnavailableError(message, 'STORE');
  }
}

/** Returns keys whose methods throw VendorUnavailableError with the reason STORE, and nothing else. */
export const withTypedErrors = (keys: IdempotencyStore, report: ReportStoreFailure): IdempotencyStore => ({
  begin: async (...given) => typed(report, keys.begin(...given)),
  markSending: async (...given) => typed(report, keys.markSending(...given)),
  renew: async (...given) => typed(report, keys.renew(...given)),
  finish: async (...given) => typed(report, keys.finish(...given)),
  release: async (...given) => typed(report, keys.release(...given)),
  check: async () => typed(report, keys.check()),
});

/** Returns operations whose methods throw as those of `withTypedErrors`. */
export const withTypedOperationErrors = (operations: OperationStore, report: ReportStoreFailure): OperationStore => ({
  create: async (...given) => typed(report, operations.create(...given)),
  find: async (...given) => typed(report, operations.find(...given)),
  takeOver: async (...given) => typed(report, operations.takeOver(...given)),
  renew: async (...given) => typed(report, operations.renew(...given)),
  start: async (...given) => typed(report, operations.start(...given)),
  settle: async (...given) => typed(report, operations.settle(...given)),
  finish: async (...given) => typed(report, operations.finish(...given)),
  listAbandoned: async () => typed(report, operations.listAbandoned()),
});

/** Returns an audit whose methods throw as those of `withTypedErrors`. */
export const withTypedAuditErrors = (audit: AuditStore, report: ReportStoreFailure): AuditStore => ({
  append: async (...given) => typed(report, audit.append(...given), NOT_READ),
  read: async (...given) => typed(report, audit.read(...given), NOT_READ),
  secretTimes: async (...given) => typed(report, audit.secretTimes(...given), NOT_READ),
});
