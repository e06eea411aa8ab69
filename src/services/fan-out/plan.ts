// What a create at several instances comes to: a draft for each, and everything that stands against any of them. It makes
// no call.
import type { Draft, Warning } from '../../domain/connection.ts';
import { ValidationError } from '../../domain/errors.ts';
import type { ValidationIssue } from '../../domain/issue.ts';
import { onlyEntry, type Values } from '../../fields/values.ts';
import { configPath } from '../../domain/input-paths.ts';
import { issue } from '../../domain/issues.ts';
import type { DialectSupport } from '../../domain/dialect-support.ts';
import type { Instance } from '../../domain/instance.ts';
import { planCreate } from '../plan-create.ts';
import { findInstance, type Registry } from '../registry.ts';
import { leftOutWarning, valuesForVendor, type VendorValues } from './left-out-fields.ts';

export const ON_FAILURE = ['KEEP', 'COMPENSATE'] as const;
export type OnFailure = (typeof ON_FAILURE)[number];

export const MAX_TARGETS = 10;

export interface FanOutTarget {
  readonly instance: string;
  /** In place of the name for all. */
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
  /** What is to be known of it beside what its vendor does. */
  readonly warnings: readonly Warning[];
  /** Where in this input that is which the input of a create of this one alone has elsewhere. */
  readonly toInputPath: (path: Path) => Path;
}

export interface FanOutPlan {
  readonly targets: readonly TargetPlan[];
  readonly issues: readonly ValidationIssue[];
}

const pathOf = (at: number, ...rest: readonly string[]): Path => ['input', 'targets', String(at), ...rest];

const placer =
  ({ name }: FanOutTarget, at: number) =>
  (path: Path): Path => {
    const [, field = ''] = path;
    const isOwn = field === 'instance' || field === 'options' || (field === 'name' && typeof name === 'string');
    return isOwn ? pathOf(at, ...path.slice(1)) : path;
  };

const STRAYED = 'A secret is never left out for one target: create the connection there by itself.';

/** The same issue with its vendor in words: several may find fault with one field. */
function told(
  found: ValidationIssue,
  { vendor }: Instance,
  dialect: string,
  { strayed }: VendorValues,
): ValidationIssue {
  const message = found.message.includes(vendor.label) ? found.message : `${vendor.label}: ${found.message}`;
  const hasStrayed = strayed.some((key) => configPath(dialect, key).join('.') === found.path.join('.'));
  return { ...found, message: hasStrayed ? `${message} ${STRAYED}` : message };
}

/** @throws UnsupportedError */
function planTarget(
  registry: Registry,
  input: CreateConnectionsInput,
  at: number,
  supports: readonly DialectSupport[],
): { readonly plan: TargetPlan | null; readonly issues: readonly ValidationIssue[] } {
  const target = input.targets[at] as FanOutTarget;
  const placed = placer(target, at);
  const [dialect, values] = onlyEntry(input.config) ?? ['', {}];
  const support = findInstance(registry, target.instance)?.vendor.dialects[dialect];
  const share = support ? valuesForVendor(values, support, supports) : { values, leftOut: [], strayed: [] };
  const { instance: key, options } = target;
  const config = { [dialect]: share.values };
  try {
    const single = { instance: key, name: target.name ?? input.name, config, options };
    const { instance, draft, issues } = planCreate(registry, single);
    const warnings = share.leftOut.map((field) => leftOutWarning(instance.vendor, draft.support, field));
    const found = issues.map((one) => told(one, instance, dialect, share));
    return {
      plan: { instance, draft, warnings, toInputPath: placed },
      issues: found.map((one) => ({ ...one, path: placed(one.path) })),
    };
  } catch (error) {
    if (!(error instanceof ValidationError)) throw error;
    return { plan: null, issues: error.issues.map((one) => ({ ...one, path: placed(one.path) })) };
  }
}

function reviewCount({ length }: readonly unknown[]): ValidationIssue[] {
  const path = ['input', 'targets'];
  if (length === 0) return [issue(path, 'TOO_SHORT', 'Name at least one target.')];
  return length > MAX_TARGETS ? [issue(path, 'TOO_LONG', `Name at most ${MAX_TARGETS} targets.`)] : [];
}

/** Whether their vendor would take them for one: to Looker capitals and small letters in a name are the same. */
function areTwins(one: TargetPlan, other: TargetPlan): boolean {
  const idOf = ({ instance, draft }: TargetPlan) => instance.vendor.idOfName?.(draft.name) ?? draft.name;
  return one.instance === other.instance && idOf(one) === idOf(other);
}

function reviewTwins(plans: readonly (TargetPlan | null)[]): ValidationIssue[] {
  return plans.flatMap((plan, at) => {
    const isTwin = plans.slice(0, at).some((other) => plan && other && areTwins(plan, other));
    const message = 'Another target has the same instance and name; give one of them another name.';
    return isTwin ? [issue(pathOf(at, 'instance'), 'EXCLUSIVE', message)] : [];
  });
}

export const canDelete = ({ instance }: TargetPlan): boolean => instance.api.remove !== undefined;

function reviewOnFailure(onFailure: OnFailure, plans: readonly TargetPlan[]): ValidationIssue[] {
  const forever = plans.filter((plan) => !canDelete(plan)).map(({ instance }) => instance.key);
  if (onFailure === 'KEEP' || forever.length < 2) return [];
  const message = `Of instances that cannot delete a connection COMPENSATE takes one at most, and here are ${forever.join(', ')}; use KEEP.`;
  return [issue(['input', 'onFailure'], 'NOT_ALLOWED', message)];
}

const withoutTwice = (issues: readonly ValidationIssue[]): ValidationIssue[] => [
  ...new Map(issues.map((one) => [`${one.path.join('.')} ${one.code} ${one.message}`, one])).values(),
];

/** @throws UnsupportedError for a target whose vendor does not take the dialect. */
export function planFanOut(registry: Registry, input: CreateConnectionsInput): FanOutPlan {
  const targets = input.targets.slice(0, MAX_TARGETS);
  const [dialect] = onlyEntry(input.config) ?? [''];
  const supports = targets.flatMap(({ instance }) => findInstance(registry, instance)?.vendor.dialects[dialect] ?? []);
  const planned = targets.map((_, at) => planTarget(registry, input, at, supports));
  const plans = planned.map(({ plan }) => plan);
  const known = plans.filter((plan) => plan !== null);
  return {
    targets: known,
    issues: withoutTwice([
      ...reviewCount(input.targets),
      ...planned.flatMap(({ issues }) => issues),
      ...reviewTwins(plans),
      ...reviewOnFailure(input.onFailure, known),
    ]),
  };
}
