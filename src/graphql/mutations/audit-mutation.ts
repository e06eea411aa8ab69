// Writes the audit entry of a mutation. The entry holds no value of the input: only the instances and connections that the
// gateway knows, the names of the secrets that were sent, and the outcome.
import { sentSecrets, type AuditTarget } from '../../domain/audit-entry.ts';
import type { LocatedConnection } from '../../domain/instance.ts';
import { isExpectedError, VendorError } from '../../domain/errors.ts';
import { connectionId } from '../../domain/ids.ts';
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

/** Starts the clock of an audit entry. Returns the two functions that write it; exactly one of them is called. */
export function beginAudit({ registry, audit }: RequestContext, mutation: string, input: AuditedInput) {
  const began = performance.now();
  const named = subjectsOf(registry, input);
  const write = (outcome: string, isReplay: boolean, found: Subjects, result: AuditedResult = {}): void =>
    audit({
      mutation,
      instances: unique([...named.instances, ...found.instances]),
      connections: unique([...named.connections, ...found.connections]),
      outcome,
      status: result.status,
      targets: result.targets,
      isReplay,
      durationMs: Math.round(performance.now() - began),
      secrets: sentSecrets(input, 'input'),
    });
  return {
    succeeded: (outcome: string, isReplay: boolean, result: AuditedResult): void =>
      write(outcome, isReplay, subjectsOfResult(result), result),
    failed: (thrown: unknown, isReplay: boolean): void => {
      const instance = thrown instanceof VendorError ? thrown.instance?.key : null;
      write(outcomeOf(thrown), isReplay, { instances: [instance], connections: [] });
    },
  };
}
