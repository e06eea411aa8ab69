// Plans a fan-out: a draft for each target, and the issues of all targets. It makes no vendor call.
import type { Draft, Warning } from '../../domain/connection.ts';
import { ValidationError } from '../../domain/errors.ts';
import { issue, type ValidationIssue } from '../../domain/issue.ts';
import { onlyEntry, type Values } from '../../fields/values-by-key.ts';
import { configPath } from '../../domain/input-paths.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import type { Instance } from '../../domain/instance.ts';
import type { OnFailure } from '../operations/operation-store.ts';
import { planCreate } from '../plan-create.ts';
import { findInstance, type Registry } from '../registry.ts';
import { leftOutWarning, valuesForVendor, type VendorValues } from './left-out-fields.ts';

export const MAX_TARGETS = 10;

export interface FanOutTarget {
  /** Key or global id. */
  readonly instance: string;
  /** Replaces the name of the input at this target. */
  readonly name?: string | null | undefined;
  readonly options?: Values | null | undefined;
}

export interface CreateConnectionsInput {
  readonly targets: readonly FanOutTarget[];
  readonly name: string;
  readonly config: Values;
  readonly onFailure: OnFailure;
  readonly idempotencyKey?: string | null | undefined;
}

type Path = readonly string[];

export interface TargetPlan {
  readonly instance: Instance;
  readonly draft: Draft;
  /** The warnings about fields that were left out. The create adds its own. */
  readonly warnings: readonly Warning[];
  /** Converts a path in the input of a single create to the path in the fan-out's input. */
  readonly toInputPath: (path: Path) => Path;
}

export interface FanOutPlan {
  readonly targets: readonly TargetPlan[];
  readonly issues: readonly ValidationIssue[];
}

const targetPath = (index: number, ...rest: readonly string[]): Path => ['input', 'targets', String(index), ...rest];

/** Returns the function that converts paths in the input of a single create to paths in the fan-out's input. */
const createInputPath =
  ({ name }: FanOutTarget, index: number) =>
  (path: Path): Path => {
    const [, field = ''] = path;
    const isInTarget = field === 'instance' || field === 'options' || (field === 'name' && typeof name === 'string');
    return isInTarget ? targetPath(index, ...path.slice(1)) : path;
  };

const UNKNOWN_SECRET =
  'A secret is never left out for one target. Create the connection there with a mutation of its own.';

/** Returns the issue with its vendor in the message, because several targets may have an issue at one field. */
function withVendor(
  found: ValidationIssue,
  { vendor }: Instance,
  dialect: string,
  unknownSecrets: VendorValues['unknownSecrets'],
): ValidationIssue {
  const message = found.message.includes(vendor.label) ? found.message : `${vendor.label}: ${found.message}`;
  const isUnknownSecret = unknownSecrets.some((key) => configPath(dialect, key).join('.') === found.path.join('.'));
  return { ...found, message: isUnknownSecret ? `${message} ${UNKNOWN_SECRET}` : message };
}

/** Returns the plan of one target; null for an unknown instance. @throws UnsupportedError */
function planTarget(
  registry: Registry,
  input: CreateConnectionsInput,
  index: number,
  supports: readonly DialectSupport[],
): { readonly plan: TargetPlan | null; readonly issues: readonly ValidationIssue[] } {
  const target = input.targets[index] as FanOutTarget;
  const toInputPath = createInputPath(target, index);
  const withInputPaths = (issues: readonly ValidationIssue[]) =>
    issues.map((found) => ({ ...found, path: toInputPath(found.path) }));
  const [dialect, provided] = onlyEntry(input.config) ?? ['', {}];
  const support = findInstance(registry, target.instance)?.vendor.dialects[dialect];
  const { values, leftOut, unknownSecrets } = support
    ? valuesForVendor(provided, support, supports)
    : { values: provided, leftOut: [], unknownSecrets: [] };
  try {
    const { instance, draft, issues } = planCreate(registry, {
      instance: target.instance,
      name: target.name ?? input.name,
      config: { [dialect]: values },
      options: target.options,
    });
    const warnings = leftOut.map((key) => leftOutWarning(instance.vendor, draft.support, key));
    const issuesWithVendor = issues.map((found) => withVendor(found, instance, dialect, unknownSecrets));
    return { plan: { instance, draft, warnings, toInputPath }, issues: withInputPaths(issuesWithVendor) };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { plan: null, issues: withInputPaths(error.issues) };
  }
}

function reviewCount({ length }: readonly unknown[]): ValidationIssue[] {
  const path = ['input', 'targets'];
  if (length === 0) return [issue(path, 'TOO_SHORT', 'Name at least one target.')];
  return length > MAX_TARGETS ? [issue(path, 'TOO_LONG', `Name at most ${MAX_TARGETS} targets.`)] : [];
}

/** Returns whether two targets would create connections with the same identity. Looker ignores case in names. */
function isSameConnection(first: TargetPlan, second: TargetPlan): boolean {
  const idOf = ({ instance, draft }: TargetPlan) => instance.vendor.idOfName?.(draft.name) ?? draft.name;
  return first.instance === second.instance && idOf(first) === idOf(second);
}

function reviewDuplicates(plans: readonly (TargetPlan | null)[]): ValidationIssue[] {
  return plans.flatMap((plan, index) => {
    const isDuplicate = plans.slice(0, index).some((other) => plan && other && isSameConnection(plan, other));
    const message = 'Another target has the same instance and name. Give one of them another name.';
    return isDuplicate ? [issue(targetPath(index, 'instance'), 'EXCLUSIVE', message)] : [];
  });
}

/** Returns whether a connection at the target can be deleted again. */
export const canDelete = ({ instance }: TargetPlan): boolean => instance.api.remove !== undefined;

function reviewOnFailure(onFailure: OnFailure, plans: readonly TargetPlan[]): ValidationIssue[] {
  const withoutDelete = plans.filter((plan) => !canDelete(plan)).map(({ instance }) => instance.key);
  if (onFailure === 'KEEP' || withoutDelete.length < 2) return [];
  const message = `COMPENSATE accepts at most one instance that cannot delete connections, and this input names ${withoutDelete.join(', ')}. Use KEEP.`;
  return [issue(['input', 'onFailure'], 'NOT_ALLOWED', message)];
}

const withoutDuplicates = (issues: readonly ValidationIssue[]): ValidationIssue[] => [
  ...new Map(issues.map((found) => [`${found.path.join('.')} ${found.code} ${found.message}`, found])).values(),
];

/** Returns the plan of a fan-out. @throws UnsupportedError for a target whose vendor does not support the dialect. */
export function planFanOut(registry: Registry, input: CreateConnectionsInput): FanOutPlan {
  const targets = input.targets.slice(0, MAX_TARGETS);
  const [dialect] = onlyEntry(input.config) ?? [''];
  const supports = targets.flatMap(({ instance }) => findInstance(registry, instance)?.vendor.dialects[dialect] ?? []);
  const planned = targets.map((_, index) => planTarget(registry, input, index, supports));
  const plans = planned.map(({ plan }) => plan);
  const plansOfInstances = plans.filter((plan) => plan !== null);
  return {
    targets: plansOfInstances,
    issues: withoutDuplicates([
      ...reviewCount(input.targets),
      ...planned.flatMap(({ issues }) => issues),
      ...reviewDuplicates(plans),
      ...reviewOnFailure(input.onFailure, plansOfInstances),
    ]),
  };
}
