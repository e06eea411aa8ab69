// Checks an instance step by step, for an operator who sets it up: whether it can be reached, answers as its vendor's API does, accepts
// the credential, and allows what the gateway needs. Nothing is created or changed.
import {
  PermissionError,
  RateLimitedError,
  VendorError,
  VendorUnavailableError,
  type UnavailableReason,
} from '../domain/errors.ts';
import type { Instance } from '../domain/instance.ts';
import type { CheckHealth } from './check-instance-health.ts';
import { adviceOn, type Explanation } from './setup-advice.ts';

/** The steps, in their order: each needs those before it. */
export const STEPS = ['reach', 'tls', 'api', 'credential', 'list', 'create'] as const;
export type Step = (typeof STEPS)[number];

/**
 * The result of a step. It is skipped after a failed step, or where there is no TLS, and unknown where the vendor does not tell.
 */
export type StepResult = 'ok' | 'failed' | 'skipped' | 'unknown';

export interface InstanceCheck {
  readonly steps: Readonly<Record<Step, StepResult>>;
  /** What went wrong and what to do; null when no step failed. */
  readonly failure: ({ readonly step: Step } & Explanation) | null;
  /** How long all steps took, in milliseconds. */
  readonly ms: number;
}

const STEP_OF: Readonly<Record<UnavailableReason, Step>> = {
  CONNECT: 'reach',
  TIMEOUT: 'reach',
  CIRCUIT_OPEN: 'reach',
  // Only writes use the store, and a check makes none.
  STORE: 'reach',
  TLS: 'tls',
  SERVER_ERROR: 'api',
  BAD_RESPONSE: 'api',
  CREDENTIALS_REJECTED: 'credential',
};

/** Returns the step that fails with an error of the health check. */
function stepOf(error: VendorError): Step {
  if (error instanceof PermissionError || error instanceof RateLimitedError) return 'list';
  return error instanceof VendorUnavailableError ? STEP_OF[error.unavailable] : 'api';
}

/** Returns the results when one step fails: those before it are ok, and those after it are skipped. */
function resultsOf(failed: Step | null, isTls: boolean): Record<Step, StepResult> {
  const at = failed === null ? STEPS.length : STEPS.indexOf(failed);
  const results = STEPS.map((step, index): [Step, StepResult] => {
    if (index === at) return [step, 'failed'];
    return [step, index > at || (step === 'tls' && !isTls) ? 'skipped' : 'ok'];
  });
  return Object.fromEntries(results) as Record<Step, StepResult>;
}

/** Returns whether the credential may create connections; null when the vendor does not tell. */
async function mayCreate({ api }: Instance): Promise<boolean | null> {
  try {
    return (await api.mayCreate?.({})) ?? null;
  } catch (error) {
    if (error instanceof VendorError) return null;
    throw error;
  }
}

/** Checks one instance. @param isTls whether its base URL begins with https. */
export async function checkInstance(
  instance: Instance,
  { isTls, checkHealth }: { readonly isTls: boolean; readonly checkHealth: CheckHealth },
): Promise<InstanceCheck> {
  const startedAt = performance.now();
  const ms = () => Math.round(performance.now() - startedAt);
  const { error } = await checkHealth(instance);
  if (error) {
    const step = stepOf(error);
    const results = resultsOf(step, isTls);
    // A vendor may count a request before it looks at the credential.
    const steps = error instanceof RateLimitedError ? { ...results, credential: 'unknown' as const } : results;
    return { steps, failure: { step, ...adviceOn(error, instance.vendor) }, ms: ms() };
  }
  const allowed = await mayCreate(instance);
  const steps = resultsOf(allowed === false ? 'create' : null, isTls);
  if (allowed !== false) return { steps: allowed ? steps : { ...steps, create: 'unknown' }, failure: null, ms: ms() };
  const problem = 'The credential may list connections, and may not create them.';
  return { steps, failure: { step: 'create', problem, advice: instance.vendor.setupAdvice.permission }, ms: ms() };
}
