// Every failure at every target of a fan-out, with every result of a compensation. Afterwards the vendors have exactly the connections that the answer
// reports, and an unknown outcome is never reported as not created.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxResponse } from '../../src/sandbox/server.ts';
import { everyNth, isExhaustive } from '../support/exhaustive.ts';
import type { VendorName } from '../support/gateway.ts';
import { fanOut, POSTGRES, spelled, toAll, type Outcome } from './create-connections.ts';
import { startScriptedGateway, type Fault, type Role, type ScriptedGateway } from './scripted-vendors.ts';

const VENDORS: readonly VendorName[] = ['looker', 'omni', 'credible', 'chartbrew'];

const refusal = (status: number, body: unknown): SandboxResponse => ({ status, body });

/** Each vendor's documented answer to an invalid value. */
const INVALID: Readonly<Record<VendorName, SandboxResponse>> = {
  looker: refusal(422, { message: 'Validation Failed', errors: [{ field: 'host', code: 'invalid', message: 'No.' }] }),
  omni: refusal(400, { detail: 'Bad Request: host: Required', status: 400 }),
  credible: refusal(422, { code: 'INVALID_ARGUMENT', message: 'host is not valid' }),
  chartbrew: refusal(400, { name: 'SequelizeValidationError', errors: [{ message: 'No.', path: 'host' }] }),
};

interface Failure {
  readonly answer: (vendor: VendorName) => Fault['answer'];
  /** Whether the create may have been carried out. */
  readonly isOpen: boolean;
  /** The vendor at which a new connection proves the create: names are unique and the creation date is reported. */
  readonly proofAt?: VendorName;
  /** The reported `status result` of the target. */
  readonly reported: (vendor: VendorName) => string;
}

const unknown = () => 'UNKNOWN OutcomeUnknownError';

const FAILURES: Readonly<Record<string, Failure>> = {
  validation: { answer: (vendor) => INVALID[vendor], isOpen: false, reported: () => 'REFUSED ValidationError' },
  409: {
    answer: () => refusal(409, { message: 'Resource Already Exists' }),
    isOpen: false,
    // Names are unique at two vendors. The others do not document a 409.
    reported: (vendor) =>
      vendor === 'looker' || vendor === 'credible' ? 'REFUSED ConflictError' : 'REFUSED VendorUnavailableError',
  },
  429: { answer: () => refusal(429, { message: 'Later.' }), isOpen: false, reported: () => 'REFUSED RateLimitedError' },
  500: { answer: () => refusal(500, { message: 'Oh.' }), isOpen: true, proofAt: 'looker', reported: unknown },
  // No time is left to verify the create.
  timeout: { answer: () => 'nothing', isOpen: true, reported: unknown },
  'cut line': { answer: () => 'a cut line', isOpen: true, proofAt: 'looker', reported: unknown },
};

interface CompensationCase {
  readonly answer: Fault['answer'] | null;
  readonly isDone: 'yes' | 'no' | 'either';
  /** The reported `status error` of the compensation, if it was carried out and if not. */
  readonly reported: string | readonly [string, string];
}

const COMPENSATIONS: Readonly<Record<string, CompensationCase>> = {
  ok: { answer: null, isDone: 'yes', reported: 'DELETED' },
  'gone already': { answer: refusal(404, { message: 'Not found' }), isDone: 'yes', reported: 'DELETED' },
  'denied by 404': { answer: refusal(404, { message: 'Not found' }), isDone: 'no', reported: 'FAILED PermissionError' },
  403: { answer: refusal(403, { message: 'Forbidden' }), isDone: 'no', reported: 'FAILED PermissionError' },
  429: { answer: refusal(429, { message: 'Later.' }), isDone: 'no', reported: 'FAILED RateLimitedError' },
  500: { answer: refusal(500, { message: 'Oh.' }), isDone: 'either', reported: ['DELETED', 'UNKNOWN'] },
  // No time is left to verify the delete.
  timeout: { answer: 'nothing', isDone: 'either', reported: 'UNKNOWN' },
  'cut line': { answer: 'a cut line', isDone: 'either', reported: ['DELETED', 'UNKNOWN'] },
};

interface Scenario {
  readonly label: string;
  readonly onFailure: 'KEEP' | 'COMPENSATE';
  readonly roles: readonly Role[];
  /** The index of the target that fails. */
  readonly at: number;
  readonly failure: Failure;
  readonly compensation: CompensationCase;
  /** Whether a create or a delete with an unknown outcome was carried out. */
  readonly isCreated: boolean;
  readonly isRemoved: boolean;
  /** Returns whether the gateway can prove that the connection was created. */
  readonly isProved: boolean;
}

const PLACES = [2, 3, 4].flatMap((size) => Array.from({ length: size }, (_, at) => ({ size, at })));

function scenariosOf(kind: string, failure: Failure): Scenario[] {
  const kept = PLACES.map((place) => ({ ...place, onFailure: 'KEEP' as const, end: 'ok' }));
  // Before the first target there is nothing to delete.
  const compensated = PLACES.flatMap((place) =>
    Object.keys(place.at === 0 ? { ok: null } : COMPENSATIONS).map((end) => ({
      ...place,
      onFailure: 'COMPENSATE' as const,
      end,
    })),
  );
  return [...kept, ...compensated].map(({ size, at, onFailure, end }, index) => {
    const compensation = COMPENSATIONS[end] as CompensationCase;
    const isProved = failure.proofAt === VENDORS[(index + at) % 4];
    // A proven create is not a failure. With COMPENSATE another target then fails.
    const isCreated = failure.isOpen && index % 2 === 0 && !(isProved && onFailure === 'COMPENSATE');
    const isRemoved = compensation.isDone === 'either' ? index % 4 < 2 : compensation.isDone === 'yes';
    const roles = Array.from({ length: size }, (_, place): Role => {
      const vendor = VENDORS[(index + place) % 4] as VendorName;
      const create = place === at ? { isDone: isCreated, answer: failure.answer(vendor) } : undefined;
      // The compensation of this target is the first. The others are compensated even if it fails.
      const isFirstCompensated = onFailure === 'COMPENSATE' && place === at - 1 && compensation.answer !== null;
      const remove =
        isFirstCompensated && compensation.answer ? { isDone: isRemoved, answer: compensation.answer } : undefined;
      return { key: `s${index}-${place}`, vendor, script: { create, remove } };
    });
    const label = `${index}: ${onFailure}, ${kind} at ${at + 1} of ${size}, compensation ${end}`;
    return {
      label,
      onFailure,
      roles,
      at,
      failure,
      compensation,
      isCreated,
      isRemoved,
      isProved: isProved && isCreated,
    };
  });
}

/** Returns the expected `status error` of the first compensation. */
const compensationResultOf = ({ compensation: { reported }, isRemoved }: Scenario): string =>
  typeof reported === 'string' ? reported : reported[isRemoved ? 0 : 1];

/** Returns `key status result compensation error` of each target, and whether its vendor has the connection. */
function expected(scenario: Scenario): [string, number][] {
  const { onFailure, roles, at, failure, isCreated, isRemoved, isProved } = scenario;
  return roles.map(({ key, vendor }, place) => {
    const isKept = onFailure === 'KEEP';
    const done = `${key} DONE CreateConnectionSuccess`;
    if (place === at && !isProved) {
      const compensation = isKept ? '' : failure.isOpen ? ' UNKNOWN' : ' NOT_NEEDED';
      return [`${key} ${failure.reported(vendor)}${compensation}`, Number(isCreated)];
    }
    if (isKept) return [done, 1];
    if (place > at) return [`${key} NOT_ATTEMPTED NOT_NEEDED`, 0];
    return place === at - 1
      ? [`${done} ${compensationResultOf(scenario)}`, Number(!isRemoved)]
      : [`${done} DELETED`, 0];
  });
}

function expectedStatus(scenario: Scenario): string {
  const { onFailure, at, failure, isProved } = scenario;
  if (onFailure === 'KEEP') return isProved ? 'COMPLETE' : 'PARTIAL';
  if (failure.isOpen) return 'COMPENSATION_INCOMPLETE';
  if (at === 0) return 'NOTHING_DONE';
  return compensationResultOf(scenario) === 'DELETED' ? 'COMPENSATED' : 'COMPENSATION_INCOMPLETE';
}

/** Returns the minimum and maximum number of connections at a vendor, according to the answer. */
function claimed({ status, compensation }: Outcome): readonly [number, number] {
  const compensationStatus = compensation?.status;
  if (status === 'UNKNOWN' || compensationStatus === 'UNKNOWN') return [0, 1];
  if (status !== 'DONE' || compensationStatus === 'DELETED') return [0, 0];
  return [1, 1];
}

async function runScenario(gateway: ScriptedGateway, scenario: Scenario) {
  const { roles, onFailure } = scenario;
  const { status, outcomes } = await fanOut(gateway, {
    targets: toAll(...roles.map(({ key }) => key)),
    name: 'fan_out_orders',
    config: { postgres: POSTGRES },
    onFailure,
  });
  const createdNames = await Promise.all(roles.map((role) => gateway.createdNamesOf(role)));
  const isConsistent = outcomes.every((outcome, place) => {
    const [least, most] = claimed(outcome);
    const names = createdNames[place] ?? [];
    return names.length >= least && names.length <= most && names.every((name) => name === 'fan_out_orders');
  });
  return {
    status,
    isConsistent,
    outcomes: outcomes.map((outcome, place) => [spelled(outcome), createdNames[place]?.length]),
  };
}

/** Runs all failures, a few concurrently. */
async function runAll(gateway: ScriptedGateway, scenarios: readonly Scenario[]): Promise<Record<string, unknown>> {
  const results: Record<string, unknown> = {};
  const waiting = scenarios.values();
  const work = async () => {
    for (const scenario of waiting) results[scenario.label] = await runScenario(gateway, scenario);
  };
  await Promise.all(Array.from({ length: 24 }, work));
  return results;
}

describe.each(Object.entries(FAILURES))('A fan-out with a failure: %s', (kind, failure) => {
  const all = scenariosOf(kind, failure);
  // Three is coprime to the number of vendors and of compensation results, so that each third has all of them. Each failure uses another third.
  const scenarios = everyNth(all, 3, Object.keys(FAILURES).indexOf(kind));
  let gateway: ScriptedGateway;
  beforeAll(async () => {
    gateway = await startScriptedGateway(scenarios.flatMap(({ roles }) => roles));
  });
  afterAll(() => gateway.close());

  it('the vendors have exactly the connections that the answer of the fan-out reports', async () => {
    expect(all).toHaveLength(60);
    expect(scenarios).toHaveLength(isExhaustive ? 60 : 20);
    const expectedResults = scenarios.map((scenario) => [
      scenario.label,
      { status: expectedStatus(scenario), isConsistent: true, outcomes: expected(scenario) },
    ]);
    expect(await runAll(gateway, scenarios)).toEqual(Object.fromEntries(expectedResults));
  }, 120_000);
});
