// Whether an instance can be used now: one cheap call, shared by all who ask within a few seconds.
import { PermissionError, RateLimitedError, VendorError, VendorUnavailableError } from '../domain/errors.ts';
import type { Instance } from '../domain/instance.ts';
import { callInstance } from './registry.ts';

export type HealthStatus = 'UP' | 'DEGRADED' | 'DOWN' | 'UNAUTHORIZED';

export interface Health {
  readonly status: HealthStatus;
  readonly checkedAt: Date;
  readonly latencyMs: number | null;
  readonly error: VendorError | null;
}

/** How long an answer stands, in milliseconds. */
const FRESH_MS = 5000;

const statusOf = (error: VendorError): HealthStatus => {
  if (error instanceof RateLimitedError) return 'DEGRADED';
  if (error instanceof PermissionError) return 'UNAUTHORIZED';
  return error instanceof VendorUnavailableError && error.unavailable === 'CREDENTIALS_REJECTED'
    ? 'UNAUTHORIZED'
    : 'DOWN';
};

async function ask(instance: Instance): Promise<Health> {
  const began = performance.now();
  try {
    await callInstance(instance, () => instance.api.check({}));
    const latencyMs = Math.round(performance.now() - began);
    return { status: 'UP', checkedAt: new Date(), latencyMs, error: null };
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    return { status: statusOf(error), checkedAt: new Date(), latencyMs: null, error };
  }
}

export type CheckHealth = (instance: Instance) => Promise<Health>;

export function createHealthCheck(): CheckHealth {
  const held = new Map<string, { readonly until: number; readonly health: Promise<Health> }>();
  return (instance) => {
    const known = held.get(instance.key);
    if (known && known.until > Date.now()) return known.health;
    const health = ask(instance);
    held.set(instance.key, { until: Date.now() + FRESH_MS, health });
    return health;
  };
}
