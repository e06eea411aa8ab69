// The context of resolvers. Each request has its own, so that nothing of one caller reaches another.
import type { Audit, AuditOrigin, AuditRecord, SentSecret } from '../domain/audit-entry.ts';
import type { Caller } from '../domain/caller.ts';
import type { VendorError } from '../domain/errors.ts';
import type { CheckHealth } from '../services/check-instance-health.ts';
import type { Idempotency } from '../services/idempotency/idempotency.ts';
import type { Callers } from '../services/callers.ts';
import type { Operations } from '../services/operations/operations.ts';
import type { CachedReads } from '../services/cached-reads.ts';
import type { Registry } from '../services/registry.ts';
import type { Secret } from '../secrets/secret.ts';
import type { Loaders } from './loaders.ts';
import type { ReportFailure } from '../services/failure-report.ts';

export interface RequestContext {
  /** Id of the request, which every error and log entry has. */
  readonly requestId: string;
  /** The dialects and vendors, and the instances that the caller may see. */
  readonly registry: Registry;
  readonly reads: CachedReads;
  readonly loaders: Loaders;
  readonly checkHealth: CheckHealth;
  readonly idempotency: Idempotency;
  readonly operations: Operations;
  /** The caller, as the gateway authenticated it. */
  readonly caller: Caller;
  /** The router that passed the request on, by a token of its own; null when there is none. */
  readonly router: Caller | null;
  /** Returns whether the deadline of the request has passed. Nothing new is begun then. */
  readonly isOver: () => boolean;
  /** Notes that a mutation begins. Returns the function to call when it has ended. The process ends after all mutations have ended. */
  readonly beginWork: () => () => void;
  /** The callers that wait for the execution of this request. Its vendor calls end when all of them have left. */
  readonly callers: Callers;
  /** Whether the caller asked for reads that are not cached (`Cache-Control: no-cache`). */
  readonly isFresh: boolean;
  /** Logs a failure at a vendor with this request's id. */
  readonly report: ReportFailure;
  /** The failures that were reported, each once. */
  readonly reportedFailures: Iterable<VendorError>;
  /** Writes the audit entry of a mutation that has ended to the log, and returns its record. */
  readonly audit: Audit;
  /** Returns what is known of a mutation before it has an outcome. @param secrets the secrets in its input. */
  readonly auditOrigin: (secrets: readonly SentSecret[]) => AuditOrigin;
  /** Stores the record of a mutation whose outcome is not stored under a key. It repeats this for a while when the store fails. */
  readonly storeAudit: (record: AuditRecord) => Promise<void>;
  /** Returns the tag of a secret, by which the audit is searched. */
  readonly auditTag: (secret: Secret) => string;
  /** Counts a search of the audit by a secret. @throws GraphQLError when the caller has made too many in this minute. */
  readonly countSecretSearch: () => Promise<void>;
  /** Whether the request is a GET, whose variables are in the address. */
  readonly isGet: boolean;
}
