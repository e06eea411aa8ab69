// Every failure at every place of a fan-out, with every end of an undo: afterwards the vendors hold exactly what the answer
// claims, and what is not known is never called not created.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxResponse } from '../../src/sandbox/server.ts';
import { everyNth, isExhaustive } from '../support/exhaustive.ts';
import type { VendorName } from '../support/gateway.ts';
import { fanOut, POSTGRES, spelled, toAll, type Outcome } from './create-connections.ts';
import { startScriptedGateway, type Fault, type Role, type ScriptedGateway } from './scripted-vendors.ts';

const VENDORS: readonly VendorName[] = ['looker', 'omni', 'credible', 'chartbrew'];

const refusal = (status: number, body: unknown): SandboxResponse => ({ status, body });

/** What each vendor's documents have for a value that it does not take. */
const INVALID: Readonly<Record<VendorName, SandboxResponse>> = {
  looker: refusal(422, { message: 'Validation Failed', errors: [{ field: 'host', code: 'invalid', message: 'No.' }] }),
  omni: refusal(400, { detail: 'Bad Request: host: Required', status: 400 }),
  credible: refusal(422, { code: 'INVALID_ARGUMENT', message: 'host is not valid' }),
  chartbrew: refusal(400, { name: 'SequelizeValidationError', errors: [{ message: 'No.', path: 'host' }] }),
};

interface Failure {
  readonly answer: (vendor: VendorName) => Fault['answer'];
  /** Whether the vendor may have done it. */
  readonly isOpen: boolean;
  /** Where a new connection under its name is proof: names are unique there, and the vendor tells when it was made. */
  readonly proofAt?: VendorName;
  /** `status result` of the target. */
  readonly told: (vendor: VendorName) => string;
}

const unknown = () => 'UNKNOWN OutcomeUnknownError';

const FAILURES: Readonly<Record<string, Failure>> = {
  validation: { answer: (vendor) => INVALID[vendor], isOpen: false, told: () => 'REFUSED ValidationError' },
  409: {
    answer: () => refusal(409, { message: 'Resource Already Exists' }),
    isOpen: false,
    // Names are unique at two of them alone; at the others no document knows a 409.
    told: (vendor) =>
      vendor === 'looker' || vendor === 'credible' ? 'REFUSED ConflictError' : 'REFUSED VendorUnavailableError',
  },
  429: { answer: () => refusal(429, { message: 'Later.' }), isOpen: false, told: () => 'REFUSED RateLimitedError' },
  500: { answer: () => refusal(500, { message: 'Oh.' }), isOpen: true, proofAt: 'looker', told: unknown },
  // No time is left to look.
  timeout: { answer: () => 'nothing', isOpen: true, told: unknown },
  'cut line': { answer: () => 'a cut line', isOpen: true, proofAt: 'looker', told: unknown },
};

interface Undo {
  readonly answer: Fault['answer'] | null;
  readonly isDone: 'yes' | 'no' | 'either';
  /** `status error` of the compensation, where it was done and where not. */
  readonly told: string | readonly [string, string];
}

const UNDOS: Readonly<Record<string, Undo>> = {
  ok: { answer: null, isDone: 'yes', told: 'DELETED' },
  'gone already': { answer: refusal(404, { message: 'Not found' }), isDone: 'yes', told: 'DELETED' },
  'denied by 404': { answer: refusal(404, { message: 'Not found' }), isDone: 'no', told: 'FAILED PermissionError' },
  403: { answer: refusal(403, { message: 'Forbidden' }), isDone: 'no', told: 'FAILED PermissionError' },
  429: { answer: refusal(429, { message: 'Later.' }), isDone: 'no', told: 'FAILED RateLimitedError' },
  500: { answer: refusal(500, { message: 'Oh.' }), isDone: 'either', told: ['DELETED', 'UNKNOWN'] },
  // No time is left to look whether it is gone.
  timeout: { answer: 'nothing', isDone: 'either', told: 'UNKNOWN' },
  'cut line': { answer: 'a cut line', isDone: 'either', told: ['DELETED', 'UNKNOWN'] },
};

interface Scenario {
  readonly label: string;
  readonly onFailure: 'KEEP' | 'COMPENSATE';
  readonly roles: readonly Role[];
  /** Place of the target that fails. */
  readonly at: number;
  readonly failure: Failure;
  readonly undo: Undo;
  /** Of what is open, whether it was done. */
  readonly isCreated: boolean;
  readonly isRemoved: boolean;
  /** Whether the gateway finds out that it was created. */
  readonly isProved: boolean;
}

const PLACES = [2, 3, 4].flatMap((size) => Array.from({ length: size }, (_, at) => ({ size, at })));

function scenariosOf(kind: string, failure: Failure): Scenario[] {
  const kept = PLACES.map((place) => ({ ...place, onFailure: 'KEEP' as const, end: 'ok' }));
  // Before the first target there is nothing to undo.
  const undone = PLACES.flatMap((place) =>
    Object.keys(place.at === 0 ? { ok: null } : UNDOS).map((end) => ({
      ...place,
      onFailure: 'COMPENSATE' as const,
      end,
    })),
  );
  return [...kept, ...undone].map(({ size, at, onFailure, end }, index) => {
    const undo = UNDOS[end] as Undo;
    const isProved = failure.proofAt === VENDORS[(index + at) % 4];
    // What is proved is no failure: with KEEP that is shown, with COMPENSATE there is something to undo.
    const isCreated = failure.isOpen && index % 2 === 0 && !(isProved && onFailure === 'COMPENSATE');
    const isRemoved = undo.isDone === 'either' ? index % 4 < 2 : undo.isDone === 'yes';
    const roles = Array.from({ length: size }, (_, place): Role => {
      const vendor = VENDORS[(index + place) % 4] as VendorName;
      const create = place === at ? { isDone: isCreated, answer: failure.answer(vendor) } : undefined;
      // The one that is undone first: the others are undone all the same.
      const isUndone = onFailure === 'COMPENSATE' && place === at - 1 && undo.answer !== null;
      const remove = isUndone && undo.answer ? { isDone: isRemoved, answer: undo.answer } : undefined;
      return { key: `s${index}-${place}`, vendor, script: { create, remove } };
    });
    const label = `${index}: ${onFailure}, ${kind} at ${at + 1} of ${size}, undo ${end}`;
    return { label, onFailure, roles, at, failure, undo, isCreated, isRemoved, isProved: isProved && isCreated };
  });
}

const undoneAs = ({ undo: { told }, isRemoved }: Scenario): string =>
  typeof told === 'string' ? told : told[isRemoved ? 0 : 1];

/** `key status result compensation error` of each target, and whether its vendor has the connection. */
function expected(scenario: Scenario): [string, number][] {
  const { onFailure, roles, at, failure, isCreated, isRemoved, isProved } = scenario;
  return roles.map(({ key, vendor }, place) => {
    const isKept = onFailure === 'KEEP';
    const done = `${key} DONE CreateConnectionSuccess`;
    if (place === at && !isProved) {
      const compensation = isKept ? '' : failure.isOpen ? ' UNKNOWN' : ' NOT_NEEDED';
      return [`${key} ${failure.told(vendor)}${compensation}`, Number(isCreated)];
    }
    if (isKept) return [done, 1];
    if (place > at) return [`${key} NOT_ATTEMPTED NOT_NEEDED`, 0];
    return place === at - 1 ? [`${done} ${undoneAs(scenario)}`, Number(!isRemoved)] : [`${done} DELETED`, 0];
  });
}

function expectedStatus(scenario: Scenario): string {
  const { onFailure, at, failure, isProved } = scenario;
  if (onFailure === 'KEEP') return isProved ? 'COMPLETE' : 'PARTIAL';
  if (failure.isOpen) return 'COMPENSATION_INCOMPLETE';
  if (at === 0) return 'NOTHING_DONE';
  return undoneAs(scenario) === 'DELETED' ? 'COMPENSATED' : 'COMPENSATION_INCOMPLETE';
}

/** How many the answer alone lets one expect there: at least, and at most. */
function claimed({ status, compensation }: Outcome): readonly [number, number] {
  const undone = compensation?.status;
  if (status === 'UNKNOWN' || undone === 'UNKNOWN') return [0, 1];
  if (status !== 'DONE' || undone === 'DELETED') return [0, 0];
  return [1, 1];
}

async function play(stage: ScriptedGateway, scenario: Scenario) {
  const { roles, onFailure } = scenario;
  const { status, outcomes } = await fanOut(stage, {
    targets: toAll(...roles.map(({ key }) => key)),
    name: 'fan_out_orders',
    config: { postgres: POSTGRES },
    onFailure,
  });
  const held = await Promise.all(roles.map((role) => stage.createdNamesOf(role)));
  const isTrue = outcomes.every((outcome, place) => {
    const [least, most] = claimed(outcome);
    const names = held[place] ?? [];
    return names.length >= least && names.length <= most && names.every((name) => name === 'fan_out_orders');
  });
  return { status, isTrue, outcomes: outcomes.map((one, place) => [spelled(one), held[place]?.length]) };
}

/** All of them, so many at a time. */
async function playAll(stage: ScriptedGateway, scenarios: readonly Scenario[]): Promise<Record<string, unknown>> {
  const played: Record<string, unknown> = {};
  const waiting = scenarios.values();
  const work = async () => {
    for (const one of waiting) played[one.label] = await play(stage, one);
  };
  await Promise.all(Array.from({ length: 24 }, work));
  return played;
}

describe.each(Object.entries(FAILURES))('A fan-out with a failure: %s', (kind, failure) => {
  const all = scenariosOf(kind, failure);
  // Three is coprime to the number of vendors and of ends, so that a part has all of them. Each failure takes another third.
  const scenarios = everyNth(all, 3, Object.keys(FAILURES).indexOf(kind));
  let stage: ScriptedGateway;
  beforeAll(async () => {
    stage = await startScriptedGateway(scenarios.flatMap(({ roles }) => roles));
  });
  afterAll(() => stage.close());

  it('leaves at the vendors what its answer claims', async () => {
    expect(all).toHaveLength(60);
    expect(scenarios).toHaveLength(isExhaustive ? 60 : 20);
    const due = scenarios.map((one) => [
      one.label,
      { status: expectedStatus(one), isTrue: true, outcomes: expected(one) },
    ]);
    expect(await playAll(stage, scenarios)).toEqual(Object.fromEntries(due));
  }, 60_000);
});
