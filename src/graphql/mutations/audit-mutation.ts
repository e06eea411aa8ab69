// Writes the audit entry of a mutation. The entry holds no value of the input: only the instances and connections that the
// gateway knows, the names of the secrets that were sent, and the outcome.
import { sentSecrets, type AuditRecord, type AuditTarget, type SecretChange } from '../../domain/audit-entry.ts';
import type { LocatedConnection } from '../../domain/instance.ts';
import { isExpectedError, VendorError, VendorUnavailableError } from '../../domain/errors.ts';
import { connectionId } from '../../domain/ids.ts';
import type { Settled } from '../../services/idempotency/idempotency.ts';
import { findInstance, locationOf, type Registry } from '../../services/registry.ts';
import { MAX_CONNECTIONS } from '../../services/rotation/rotation-input.ts';
import type { RequestContext } from '../context.ts';

/** The parts of any mutation's input that name an instance or a connection, and its idempotency key. */
export interface AuditedInput {
  readonly idempotencyKey?: string | null | undefined;
  readonly instance?: string | null | undefined;
  readonly id?: string | null | undefined;
  readonly targets?: readonly { readonly instance: string }[] | null | undefined;
  readonly connections?: { readonly ids?: readonly string[] | null | undefined } | null | undefined;
}

/** The parts of an audit entry about the result of a mutation. */
export interface AuditedResult {
  readonly connections?: readonly LocatedConnection[];
  readonly status?: string;
  readonly targets?: readonly AuditTarget[];
  readonly secretChanges?: readonly SecretChange[];
}

interface Subjects {
  /** Keys of instances. */
  readonly instances: readonly (string | null | undefined)[];
  /** Global ids of connections. */
  readonly connections: readonly (string | null | undefined)[];
}

/**
 * Returns the instances and connections that an input names, as far as the gateway knows them. An unknown name is left out:
 * it may be anything, even a secret in the wrong field.
 */
function subjectsOf(registry: Registry, input: AuditedInput): Subjects {
  const keys = [input.instance, ...(input.targets ?? []).map(({ instance }) => instance)];
  // A rotation refuses more ids than this. The limit here keeps the entry of a refused rotation short.
  const ids = [...new Set(input.connections?.ids)].slice(0, MAX_CONNECTIONS);
  const locations = [input.id, ...ids].flatMap((id) => locationOf(registry, id ?? '') ?? []);
  return {
    instances: [
      ...keys.map((key) => findInstance(registry, key ?? '')?.key),
      ...locations.map(({ instance }) => instance.key),
    ],
    connections: locations.map(({ instance, vendorId }) => connectionId(instance.key, vendorId)),
  };
}

/** Returns the instances and connections that a result names. */
const subjectsOfResult = ({ connections = [], targets = [] }: AuditedResult): Subjects => ({
  instances: [...connections.map(({ instance }) => instance.key), ...targets.map(({ instance }) => instance)],
  connections: [...connections.map(({ id }) => id), ...targets.map(({ connection }) => connection)],
});

/** Returns the name of an expected failure's type in the schema; one code for every other failure. */
const outcomeOf = (thrown: unknown): string => (isExpectedError(thrown) ? thrown.name : 'INTERNAL_SERVER_ERROR');

const unique = (values: readonly (string | null | undefined)[]): string[] => [
  ...new Set(values.filter((value) => typeof value === 'string')),
];

/** What the audit needs to know of a mutation. */
interface AuditedMutation<Result> {
  /** Name of its field in the schema. */
  readonly name: string;
  /** Name of the type of its success in the schema. */
  readonly success: string;
  /** Returns the parts of the entry about a result. */
  readonly describe: (result: Result) => AuditedResult;
}

/** The audit of one mutation. */
export interface MutationAudit<Result> {
  /** Writes the entry to the log. Returns its record, which the caller stores. */
  readonly ended: (outcome: Settled<Result>) => AuditRecord;
  /** Writes the entry to the log and to the store, unless `ended` was called. */
  readonly end: (outcome: Settled<Result>, isReplay: boolean) => Promise<void>;
}

/** What an outcome adds to the entry. */
interface OutcomeFacts extends AuditedResult {
  readonly outcome: string;
  readonly found: Subjects;
}

function factsOf<Result>({ success, describe }: AuditedMutation<Result>, settled: Settled<Result>): OutcomeFacts {
  if ('value' in settled) {
    const result = describe(settled.value);
    return { ...result, outcome: success, found: subjectsOfResult(result) };
  }
  const { error } = settled;
  const instance = error instanceof VendorError ? error.instance?.key : null;
  return { outcome: outcomeOf(error), found: { instances: [instance], connections: [] } };
}

/** Returns whether the store refused the mutation because it does not answer. */
const isRefusedByStore = (settled: Settled<unknown>): boolean =>
  'error' in settled && settled.error instanceof VendorUnavailableError && settled.error.unavailable === 'STORE';

/** Starts the clock of an audit entry. */
export function beginAudit<Result>(
  { registry, audit, storeAudit, loaders }: RequestContext,
  mutation: AuditedMutation<Result>,
  input: AuditedInput,
): MutationAudit<Result> {
  const began = performance.now();
  const named = subjectsOf(registry, input);
  let isWritten = false;
  const write = (settled: Settled<Result>, isReplay: boolean): AuditRecord => {
    isWritten = true;
    // The result of a mutation shows the audit as it is after the mutation.
    loaders.audit.clearAll();
    loaders.secretTimes.clearAll();
    const { outcome, found, status, targets, secretChanges = [] } = factsOf(mutation, settled);
    return audit({
      mutation: mutation.name,
      instances: unique([...named.instances, ...found.instances]),
      connections: unique([...named.connections, ...found.connections]),
      outcome,
      status,
      targets,
      isReplay,
      durationMs: Math.round(performance.now() - began),
      secrets: sentSecrets(input, 'input'),
      secretChanges: isReplay ? [] : secretChanges,
    });
  };
  return {
    ended: (settled) => write(settled, false),
    end: async (settled, isReplay) => {
      if (isWritten) return;
      const stored = storeAudit(write(settled, isReplay));
      // A store that did not answer a moment ago is not waited for again.
      if (!isRefusedByStore(settled)) await stored;
    },
  };
}
