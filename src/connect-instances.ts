// Connects the instances of a configuration to their vendors. Instances that a reload does not change stay connected as they are.
import { haveSameCredentials, isSameInstance } from './config/compare-config.ts';
import type { InstanceConfig } from './config/parse-config.ts';
import type { Instance } from './domain/instance.ts';
import type { ObserveCalls } from './domain/vendor-call.ts';
import { createHttpClient, type HttpClient } from './http/client.ts';
import { createRateLimiter, type RateLimiter } from './http/rate-limiter.ts';

/** An instance with what it uses. */
export interface ConnectedInstance {
  readonly config: InstanceConfig;
  readonly instance: Instance;
  readonly client: HttpClient;
  readonly limiter: RateLimiter;
}

/** What all connected instances have in common. */
export interface ConnectOptions {
  /** The clock, in milliseconds. */
  readonly now: () => number;
  /** Returns the observer of the calls to an instance. */
  readonly observe: (config: InstanceConfig) => ObserveCalls;
}

const areSameAccount = (first: InstanceConfig, second: InstanceConfig): boolean =>
  first.vendor === second.vendor && first.http.baseUrl === second.http.baseUrl && haveSameCredentials(first, second);

/** Returns the limiter of an instance. Vendors limit rates by credential, so instances with the same credential share one. */
function limiterFor(
  config: InstanceConfig,
  connected: readonly ConnectedInstance[],
  before: readonly ConnectedInstance[],
  now: () => number,
): RateLimiter {
  const sharing =
    connected.find((other) => areSameAccount(other.config, config)) ??
    before.find((other) => areSameAccount(other.config, config) && other.config.perMinute === config.perMinute);
  return sharing?.limiter ?? createRateLimiter({ perMinute: config.perMinute }, now);
}

function connect(config: InstanceConfig, limiter: RateLimiter, { now, observe }: ConnectOptions): ConnectedInstance {
  const { key, label, vendor, http, settings, cache } = config;
  const client = createHttpClient(http, { limiter, now, observe: observe(config) });
  const instance: Instance = {
    cache,
    rateLimit: () => limiter.state(),
    deadline: (kind) => client.deadline(kind),
    key,
    label,
    vendor,
    host: new URL(http.baseUrl).host,
    api: vendor.connect({ settings, http: client, label }),
  };
  return { config, instance, client, limiter };
}

/**
 * Returns the instances of a configuration, in its order. It makes no vendor call. Instances with the same credentials share a rate
 * limiter.
 * @param before the instances of the configuration that this one replaces. Those that did not change are returned as they are.
 */
export function connectInstances(
  configs: readonly InstanceConfig[],
  before: readonly ConnectedInstance[],
  options: ConnectOptions,
): readonly ConnectedInstance[] {
  const connected: ConnectedInstance[] = [];
  for (const config of configs) {
    const same = before.find((other) => isSameInstance(other.config, config));
    connected.push(same ?? connect(config, limiterFor(config, connected, before, options.now), options));
  }
  return connected;
}
