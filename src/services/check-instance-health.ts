// Checks whether an instance is usable, with one cheap call. Its result is shared by all requests of the next seconds.
import { PermissionError, RateLimitedError, VendorError, VendorUnavailableError } from '../domain/errors.ts';
import type { Instance } from '../domain/instance.ts';
import { callInstance } from './call-instance.ts';

export type HealthStatus = 'UP' | 'DEGRADED' | 'DOWN' | 'UNAUTHORIZED';

export interface Health {
  readonly status: HealthStatus;
  readonly checkedAt: Date;
  /** How long the call took, in milliseconds; null when it failed. */
  readonly latencyMs: number | null;
  /** The failure of the call; null when it succeeded. */
  readonly error: VendorError | null;
}

/** How long a result is shared, in milliseconds. */
const TTL_MS = 5000;

const statusOf = (error: VendorError): HealthStatus => {
  if (error instanceof RateLimitedError) return 'DEGRADED';
  if (error instanceof PermissionError) return 'UNAUTHORIZED';
  return error instanceof VendorUnavailableError && error.unavailable === 'CREDENTIALS_REJECTED'
    ? 'UNAUTHORIZED'
    : 'DOWN';
};

async function checkNow(instance: Instance): Promise<Health> {
  const startedAt = performance.now();
  try {
    await callInstance(instance, () => instance.api.check({}));
    const latencyMs = Math.round(performance.now() - startedAt);
    return { status: 'UP', checkedAt: new Date(), latencyMs, error: null };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { status: statusOf(error), checkedAt: new Date(), latencyMs: null, error };
  }
}

export type CheckHealth = (instance: Instance) => Promise<Health>;

/** Returns a health check that shares its results. */
export function createHealthCheck(): CheckHealth {
  const checks = new WeakMap<Instance, { readonly expiresAt: number; readonly health: Promise<Health> }>();
  return (instance) => {
    const base = instance.base ?? instance;
    const sharedCheck = checks.get(base);
    if (sharedCheck && sharedCheck.expiresAt > Date.now()) return sharedCheck.health;
    const health = checkNow(instance);
    checks.set(base, { expiresAt: Date.now() + TTL_MS, health });
    return health;
  };
}
