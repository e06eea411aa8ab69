// The path of every mutation. All seven mutations have the same steps in the same order:
//
// 1. Coerce: GraphQL turns the input into values, and `SecretString` wraps each secret.
//    Authorize: the caller needs the scope of the mutation for each instance of the input. It gets no other error before.
// 2. Check the formats: plugin-zod checks each field by itself.
// 3. Plan: the service checks the input as a whole. It may read the connection; it writes nothing.
// 4. Refuse, when step 2 or 3 found issues: all of them are reported together, each path once.
// 5. Run: the service carries the plan out.
// 6. Audit: one entry is written, however the mutation ends.
//
// Steps 3 to 5 of an input with correct formats run under its idempotency key, so that a repeated request is neither planned
// nor run again. An input with wrong formats does not use its key.
import { NotFoundError, ValidationError, VendorError } from '../../domain/errors.ts';
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import type { Action } from '../../domain/caller.ts';
import type { Instance } from '../../domain/instance.ts';
import { settle, valueOf, type AnswerRecord, type Hooks } from '../../services/idempotency/idempotency.ts';
import type { Registry } from '../../services/registry.ts';
import type { WriteGate } from '../../services/write-gate.ts';
import type { RequestContext } from '../context.ts';
import { mergeIssues } from '../format-issues.ts';
import { withFailureReport } from '../../services/failure-report.ts';
import { beginAudit, type AuditedInput, type AuditedResult } from './audit-mutation.ts';

/** What a plan of any mutation has. */
export interface Plan {
  readonly issues: readonly ValidationIssue[];
}

/** The plan of a mutation whose input needs no other check than its formats. */
export const noIssues = (): Plan => ({ issues: [] });

/** What one mutation does in each step of the path. */
export interface Mutation<Input, P extends Plan, Result> {
  /** Name of its field in the schema. */
  readonly name: string;
  /** Name of the type of its success in the schema. */
  readonly success: string;
  /** The scopes that the caller needs, and the instances for which it needs them. An id of no known instance needs no scope: the plan reports that there is no such connection. */
  readonly requires: {
    readonly actions: readonly Action[];
    readonly at: (registry: Registry, input: Input) => readonly (Instance | null | undefined)[];
  };
  /**
   * Checks the input as a whole, and plans what to do. It may read, and writes nothing. It is also called with an input whose
   * formats are wrong; its issues are then added to those of the formats.
   * @throws ValidationError where no plan can be made; NotFoundError for `id`; UnsupportedError; VendorError.
   */
  readonly plan: (context: RequestContext, input: Input) => P | Promise<P>;
  /** Carries out a plan without issues. @throws the failures that become members of the result union. */
  readonly run: (context: RequestContext, plan: P, input: Input) => Promise<Result>;
  /** How the answer is stored under an idempotency key; without it the mutation has no idempotency key. */
  readonly answerRecord?: (context: RequestContext) => AnswerRecord<Result>;
  /** The parts of the audit entry about the result. */
  readonly audited?: (result: Result, registry: Registry, input: Input) => AuditedResult;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the types of one mutation are known where it is defined
export type AnyMutation = Mutation<any, any, any>;

/** @throws PermissionError when the caller may not do this at one of the instances. */
function authorize<Input>(
  { requires }: Pick<Mutation<Input, Plan, unknown>, 'requires'>,
  { registry }: RequestContext,
  input: Input,
): void {
  for (const instance of requires.at(registry, input)) {
    for (const action of requires.actions) instance?.require?.(action);
  }
}

/** Returns the issues of the formats; null when there are none. @throws whatever else the check throws. */
async function formatIssuesOf(checkFormats: () => Promise<unknown>): Promise<readonly ValidationIssue[] | null> {
  try {
    await checkFormats();
    return null;
  } catch (error) {
    if (error instanceof ValidationError) return error.issues;
    throw error;
  }
}

/**
 * Returns the issues of a plan for an input whose formats are wrong. The plan of an update reads the connection for it: a read
 * changes nothing, and the caller learns everything at once. When the vendor cannot be read, there is nothing to add to the
 * issues of the formats, and the failure only goes to the log.
 * @throws UnsupportedError: when the vendor cannot do this at all, the values do not matter.
 */
async function planIssuesOf<Input>(
  { plan }: Pick<Mutation<Input, Plan, unknown>, 'plan'>,
  context: RequestContext,
  input: Input,
): Promise<readonly ValidationIssue[]> {
  try {
    return (await plan(context, input)).issues;
  } catch (error) {
    if (error instanceof ValidationError) return error.issues;
    if (error instanceof NotFoundError) return [issue(['input', 'id'], 'INVALID', error.message)];
    if (!(error instanceof VendorError)) throw error;
    context.report(error);
    return [];
  }
}

/** Runs steps 3 to 5 for an input whose formats are correct. @throws the failures that become members of the result union. */
async function planAndRun<Input, P extends Plan, Result>(
  { plan, run }: Mutation<Input, P, Result>,
  context: RequestContext,
  input: Input,
): Promise<Result> {
  const planned = await plan(context, input);
  if (planned.issues.length > 0) throw new ValidationError(planned.issues);
  return run(context, planned, input);
}

/** Returns the context of an attempt whose writes a gate allows. What an earlier attempt may have written is looked at, however late it is. */
const withGate = (context: RequestContext, gate: WriteGate): RequestContext => ({
  ...context,
  reads: { ...context.reads, gate },
  ...(gate.sentAt && { isOver: () => false }),
});

/** Runs steps 3 to 5, unless they were run under the input's idempotency key before; then it returns the stored answer. */
async function runUnderKey<Input extends AuditedInput, P extends Plan, Result>(
  mutation: Mutation<Input, P, Result>,
  context: RequestContext,
  input: Input,
  hooks: Hooks<Result>,
): Promise<Result> {
  const { answerRecord, name } = mutation;
  const run = async (gate: WriteGate) => planAndRun(mutation, withGate(context, gate), input);
  const request = { caller: context.caller.id, mutation: name, key: input.idempotencyKey, input };
  return context.idempotency.runOnce(request, answerRecord?.(context) ?? null, run, hooks);
}

/** Runs steps 2 to 5 for one input and returns the result. @throws the failures that become members of the result union. */
async function checkAndRun<Input extends AuditedInput, P extends Plan, Result>(
  mutation: Mutation<Input, P, Result>,
  context: RequestContext,
  input: Input,
  checkFormats: () => Promise<unknown>,
  hooks: Hooks<Result>,
): Promise<Result> {
  authorize(mutation, context, input);
  const formatIssues = await formatIssuesOf(checkFormats);
  if (formatIssues) {
    throw new ValidationError(mergeIssues(formatIssues, await planIssuesOf(mutation, context, input)));
  }
  return withFailureReport(context.report, runUnderKey(mutation, context, input, hooks));
}

/**
 * Runs steps 2 to 6 for one input and returns the result.
 * @param input the input as GraphQL coerced it.
 * @param checkFormats throws ValidationError for fields whose format is wrong.
 * @throws the failures that become members of the result union.
 */
export async function runMutation<Input extends AuditedInput, P extends Plan, Result>(
  mutation: Mutation<Input, P, Result>,
  context: RequestContext,
  input: Input,
  checkFormats: () => Promise<unknown>,
): Promise<Result> {
  const { name, success, audited } = mutation;
  const describe = (result: Result) => audited?.(result, context.registry, input) ?? {};
  const audit = beginAudit(context, { name, success, describe }, input);
  const end = context.beginWork();
  let isReplay = false;
  const onReplay = () => {
    isReplay = true;
  };
  try {
    const settled = await settle(
      checkAndRun(mutation, context, input, checkFormats, { onReplay, auditOf: audit.ended }),
    );
    await audit.end(settled, isReplay);
    return valueOf(settled);
  } finally {
    end();
  }
}
