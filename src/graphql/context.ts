// What resolvers have at hand: one for each request, so that nothing of one caller reaches another.
import type { Audit } from '../domain/audit-entry.ts';
import type { CheckHealth } from '../services/check-health.ts';
import type { Idempotency } from '../services/idempotency.ts';
import type { Reads } from '../services/reads.ts';
import type { Registry } from '../services/registry.ts';
import type { Loaders } from './loaders.ts';
import type { Report } from './report.ts';

export interface RequestContext {
  /** Quoted by every error and by the log. */
  readonly requestId: string;
  readonly registry: Registry;
  readonly reads: Reads;
  readonly loaders: Loaders;
  readonly checkHealth: CheckHealth;
  readonly idempotency: Idempotency;
  /** Who asks, as the gateway knows them. */
  readonly caller: string;
  /** Whether the time of the request is over: what has not begun by then is not begun. */
  readonly isOver: () => boolean;
  /** Tells the log of a failure at a vendor, under this request's id. */
  readonly report: Report;
  /** Writes down a mutation that has come to its end. */
  readonly audit: Audit;
}
