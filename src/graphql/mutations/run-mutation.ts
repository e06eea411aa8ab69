// How a mutation is carried out: under its idempotency key where it has one, its failures told to the log, and one line in the
// audit however it ends. Of the input the line has the names that the gateway knows itself, and nothing else.
import { sentSecrets, type AuditTarget } from '../../domain/audit-entry.ts';
import type { LocatedConnection } from '../../domain/connection.ts';
import { isExpected, VendorError } from '../../domain/errors.ts';
import { connectionId } from '../../domain/ids.ts';
import type { AnswerRecord } from '../../services/idempotency.ts';
import { findInstance, placeOf, type Registry } from '../../services/registry.ts';
import { MOST_CONNECTIONS } from '../../services/rotation/input.ts';
import type { RequestContext } from '../context.ts';
import { reported } from '../report.ts';

/** What is known of the result of a mutation. */
export interface Known {
  /** Keys. */
  readonly instances?: readonly (string | undefined)[];
  readonly connections?: readonly LocatedConnection[];
  readonly status?: string;
  readonly targets?: readonly AuditTarget[];
}

/** What is read of a mutation's input, whichever it is: its key, and where it names an instance or a connection. */
interface MutationInput {
  readonly idempotencyKey?: string | null | undefined;
  readonly instance?: string | null | undefined;
  readonly id?: string | null | undefined;
  readonly targets?: readonly { readonly instance: string }[] | null | undefined;
  readonly connections?: { readonly ids?: readonly string[] | null | undefined } | null | undefined;
}

export interface Mutation<T> {
  readonly name: string;
  readonly input: MutationInput;
  /** Name of the type of its success. */
  readonly success: string;
  readonly know: (result: T) => Known;
  readonly run: () => Promise<T>;
}

interface Subjects {
  readonly instances: readonly (string | undefined)[];
  readonly connections: readonly string[];
}

/** A name that the gateway does not know may be anything, a secret in the wrong place too. */
function subjectsOf(registry: Registry, input: MutationInput): Subjects {
  const keys = [input.instance, ...(input.targets ?? []).map(({ instance }) => instance)];
  // More than are taken make no longer line.
  const ids = [...new Set(input.connections?.ids)].slice(0, MOST_CONNECTIONS);
  const places = [input.id, ...ids].flatMap((id) => placeOf(registry, id ?? '') ?? []);
  return {
    instances: [
      ...keys.map((key) => findInstance(registry, key ?? '')?.key),
      ...places.map(({ instance }) => instance.key),
    ],
    connections: places.map(({ instance, vendorId }) => connectionId(instance.key, vendorId)),
  };
}

/** An expected failure is called as its type in the schema is. */
const outcomeOf = (thrown: unknown): string => (isExpected(thrown) ? thrown.name : 'INTERNAL_SERVER_ERROR');

const unique = (values: readonly (string | null | undefined)[]): string[] => [
  ...new Set(values.filter((value) => typeof value === 'string')),
];

/** @returns what writes the line, once the end is known. */
function beginAudit({ registry, audit }: RequestContext, mutation: string, input: MutationInput) {
  const began = performance.now();
  const subjects = subjectsOf(registry, input);
  return (outcome: string, isReplay: boolean, { instances = [], connections = [], status, targets }: Known): void =>
    audit({
      mutation,
      instances: unique([
        ...subjects.instances,
        ...instances,
        ...connections.map(({ instance }) => instance.key),
        ...(targets ?? []).map(({ instance }) => instance),
      ]),
      connections: unique([
        ...subjects.connections,
        ...connections.map(({ id }) => id),
        ...(targets ?? []).map(({ connection }) => connection),
      ]),
      outcome,
      status,
      targets,
      isReplay,
      durationMs: Math.round(performance.now() - began),
      secrets: sentSecrets(input, 'input'),
    });
}

/** Carries out a mutation. @param record how its answer is kept under an idempotency key; without it none is taken. */
export async function carryOut<T>(
  context: RequestContext,
  { name, input, success, know, run }: Mutation<T>,
  record?: AnswerRecord<T>,
): Promise<T> {
  const write = beginAudit(context, name, input);
  let isReplay = false;
  const once = async (kept: AnswerRecord<T>) =>
    context.idempotency.once(
      { caller: context.caller, mutation: name, key: input.idempotencyKey, input },
      {
        keep: (outcome) => kept.keep(outcome),
        tell: async (answer) => {
          isReplay = true;
          return kept.tell(answer);
        },
      },
      run,
    );
  let result: T;
  try {
    result = await reported(context.report, record ? once(record) : run());
  } catch (error) {
    write(outcomeOf(error), isReplay, { instances: error instanceof VendorError ? [error.instance?.key] : [] });
    throw error;
  }
  write(success, isReplay, know(result));
  return result;
}

/**
 * Writes down a mutation that was refused before it was carried out.
 * @param refuse makes the refusal, or throws another one.
 */
export function refused<E extends Error>(
  context: RequestContext,
  mutation: string,
  input: MutationInput,
  refuse: () => E,
): E {
  const write = beginAudit(context, mutation, input);
  let refusal: E;
  try {
    refusal = refuse();
  } catch (error) {
    write(outcomeOf(error), false, {});
    throw error;
  }
  write(outcomeOf(refusal), false, {});
  return refusal;
}
