// The metrics in the format of Prometheus. Each gateway has a registry of its own. All labels are from closed sets: names of the schema,
// keys of the configuration, and words that are listed in the code.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { BREAKER_STATES, type CallEnd, type InstanceLoad, type Verb } from '../domain/vendor-call.ts';
import type { RateLimit } from '../domain/instance.ts';
import type { OperationKind } from './tracing.ts';

/** An instance whose state is measured. */
export interface MeasuredInstance {
  /** Its key in the configuration. */
  readonly key: string;
  load(): InstanceLoad;
  /** Returns the state of its rate limit; null when it has none. */
  rateLimit(): RateLimit | null;
}

/** Returns the instances that are configured now. */
export type InstancesNow = () => readonly MeasuredInstance[];

/** How a request ends: answered without an error, answered with errors, refused, or not waited for by its caller. */
export type RequestOutcome = 'ok' | 'errors' | 'refused' | 'caller_left';

/** How a list was answered: by the vendor, from the cache, or by an earlier list because the vendor failed. */
export type ListSource = 'vendor' | 'cache' | 'stale';

const MS_PER_SECOND = 1000;
const REQUEST_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

function requestMetrics(registry: Registry) {
  const registers = [registry];
  const requests = new Counter({
    name: 'patchbay_requests_total',
    help: 'Requests by operation type and outcome. The type none is a request that was refused before its operation was known, or a page.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  const rootFields = new Counter({
    name: 'patchbay_root_fields_total',
    help: 'Requests by operation type and root field. A request counts once for each root field that it selects.',
    labelNames: ['operation', 'field'],
    registers,
  });
  const durations = new Histogram({
    name: 'patchbay_request_duration_seconds',
    help: 'Time from the arrival of a request to its answer, by operation type.',
    labelNames: ['operation'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const refused = new Counter({
    name: 'patchbay_refused_requests_total',
    help: 'Requests of which nothing was executed, by the code of the error and the limit that was exceeded; none without a limit.',
    labelNames: ['code', 'limit'],
    registers,
  });
  return {
    request: (operation: OperationKind | null, outcome: RequestOutcome, durationMs: number) => {
      const type = operation?.type ?? 'none';
      requests.inc({ operation: type, outcome });
      durations.observe({ operation: type }, durationMs / MS_PER_SECOND);
      for (const field of operation?.rootFields ?? []) rootFields.inc({ operation: type, field });
    },
    refusal: (code: string, limit: string) => refused.inc({ code, limit }),
  };
}

function vendorMetrics(registry: Registry) {
  const registers = [registry];
  const calls = new Counter({
    name: 'patchbay_vendor_calls_total',
    help: 'Requests to vendors by instance, verb and outcome, with repeated ones and those that the gateway did not send.',
    labelNames: ['instance', 'verb', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'patchbay_vendor_call_duration_seconds',
    help: 'Time from sending a request to a vendor to the end of its answer, by instance and verb.',
    labelNames: ['instance', 'verb'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  const waits = new Histogram({
    name: 'patchbay_vendor_call_wait_seconds',
    help: 'Time that a request to a vendor waited for a free place before it was sent, by instance.',
    labelNames: ['instance'],
    buckets: REQUEST_BUCKETS,
    registers,
  });
  return {
    vendorCall: (instance: string, verb: Verb, { outcome, waitedMs, durationMs }: CallEnd) => {
      calls.inc({ instance, verb, outcome });
      if (durationMs === null) return;
      waits.observe({ instance }, waitedMs / MS_PER_SECOND);
      durations.observe({ instance, verb }, durationMs / MS_PER_SECOND);
    },
  };
}

function sharingMetrics(registry: Registry) {
  const registers = [registry];
  const lists = new Counter({
    name: 'patchbay_lists_total',
    help: 'Lists of an instance by their source: vendor, cache, or stale for an earlier list that replaced one that could not be read.',
    labelNames: ['instance', 'source'],
    registers,
  });
  const ages = new Gauge({
    name: 'patchbay_served_list_age_seconds',
    help: 'Age of the list of an instance in the last answer that had one.',
    labelNames: ['instance'],
    registers,
  });
  const reads = new Counter({
    name: 'patchbay_shared_reads_total',
    help: 'Reads that were answered by a call that was already in flight, by instance.',
    labelNames: ['instance'],
    registers,
  });
  const executions = new Counter({
    name: 'patchbay_shared_executions_total',
    help: 'Queries that were answered by the execution of an equal query in flight.',
    registers,
  });
  return {
    list: (instance: string, source: ListSource, ageMs: number) => {
      lists.inc({ instance, source });
      ages.set({ instance }, Math.max(0, ageMs) / MS_PER_SECOND);
    },
    sharedRead: (instance: string) => reads.inc({ instance }),
    sharedExecution: () => executions.inc(),
  };
}

/** Adds a gauge that is read when the metrics are. @param values returns null where there is no value. */
function addGauge(
  registry: Registry,
  { name, help }: { readonly name: string; readonly help: string },
  instances: InstancesNow,
  valueOf: (instance: MeasuredInstance) => number | null,
): void {
  const gauge: Gauge<'instance'> = new Gauge({
    name,
    help,
    labelNames: ['instance'],
    registers: [registry],
    collect: () => {
      gauge.reset();
      for (const instance of instances()) {
        const value = valueOf(instance);
        if (value !== null) gauge.set({ instance: instance.key }, value);
      }
    },
  });
}

function stateMetrics(registry: Registry, instances: InstancesNow): void {
  const calls = 'Requests to an instance that';
  const running = { name: 'patchbay_vendor_calls_running', help: `${calls} are in flight.` };
  addGauge(registry, running, instances, (instance) => instance.load().running);
  const waiting = { name: 'patchbay_vendor_calls_waiting', help: `${calls} wait for a free place.` };
  addGauge(registry, waiting, instances, (instance) => instance.load().waiting);
  const remaining = {
    name: 'patchbay_rate_limit_remaining',
    help: 'Requests to an instance that are left in this minute; missing for an instance without a limit.',
  };
  addGauge(registry, remaining, instances, (instance) => instance.rateLimit()?.remaining ?? null);
  const breaker: Gauge<'instance' | 'state'> = new Gauge({
    name: 'patchbay_breaker_state',
    help: 'State of the circuit breaker of an instance: 1 for the state that it has, 0 for the others.',
    labelNames: ['instance', 'state'],
    registers: [registry],
    collect: () => {
      breaker.reset();
      for (const instance of instances()) {
        const { breaker: current } = instance.load();
        for (const state of BREAKER_STATES) breaker.set({ instance: instance.key, state }, state === current ? 1 : 0);
      }
    },
  });
}

/**
 * Creates the metrics of one gateway. The metrics of the process are measured from the first time that the metrics are read.
 * @param version the version of the gateway.
 */
export function createMetrics(instances: InstancesNow, version: string) {
  const registry = new Registry();
  stateMetrics(registry, instances);
  const build = new Gauge({
    name: 'patchbay_build_info',
    help: 'Always 1. The label is the version of the gateway.',
    labelNames: ['version'],
    registers: [registry],
  });
  build.set({ version }, 1);
  let isProcessMeasured = false;
  return {
    ...requestMetrics(registry),
    ...vendorMetrics(registry),
    ...sharingMetrics(registry),
    contentType: registry.contentType,
    /** Returns the metrics as text. */
    text: async (): Promise<string> => {
      if (!isProcessMeasured) collectDefaultMetrics({ register: registry });
      isProcessMeasured = true;
      return registry.metrics();
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
