// The mutations of the crash tests: what each sends, at which write it is hit, and whether its answers are true.
import type { CrashVendor, StubVendor, WriteKind } from './crash-vendors.ts';

/** `undo` is a fan-out with COMPENSATE whose second target refuses. */
export const KINDS = ['create', 'update', 'delete', 'KEEP', 'COMPENSATE', 'undo', 'rotation'] as const;
export type Kind = (typeof KINDS)[number];

export const isFanOut = (kind: Kind): boolean => kind === 'KEEP' || kind === 'COMPENSATE' || kind === 'undo';
export const hasTargets = (kind: Kind): boolean => isFanOut(kind) || kind === 'rotation';

export type Step = 'before the claim' | 'claimed' | 'sending' | 'answered' | 'ended' | 'told' | 'recorded';

/** What hits the process, and what becomes of what it waited for. */
export interface Hit {
  /** SIGKILL ends the process; after SIGSTOP it goes on when other processes have answered. */
  readonly signal: 'SIGKILL' | 'SIGSTOP';
  /** Whether what the process waits for happens after the signal: the statement, or the vendor's write. */
  readonly happens: boolean;
}

/** The differences between rounds. */
export interface Round {
  /** The position of the target that is hit. */
  readonly position: 0 | 1;
  /** The vendor of the first target, and of mutations with one. */
  readonly first: CrashVendor;
}

export interface Answer {
  readonly __typename: string;
  readonly conflict?: string;
  readonly connection?: { readonly id: string };
  readonly fanOut?: { readonly status: string; readonly outcomes: readonly Outcome[] };
  readonly rotation?: { readonly outcomes: readonly Outcome[] };
}

interface Outcome {
  readonly status: string;
  readonly compensation?: { readonly status: string } | null;
}

/** One mutation that is hit. */
export interface CrashRun extends Hit, Round {
  readonly kind: Kind;
  readonly step: Step;
  /** Name of the connections, and idempotency key. */
  readonly name: string;
  readonly isKeyed: boolean;
  /** The vendors of the targets, in their order. */
  readonly targets: readonly StubVendor[];
  /** Global ids of the connections that exist before, in the same order. */
  readonly ids: readonly string[];
}

export const titleOf = ({ kind, step, targets, position }: CrashRun): string =>
  `${kind} at the step "${step}" of ${targets[position]?.vendor}`;

const ERRORS = '... on Error { message } ... on ConflictError { conflict }';
const RESULTS: Readonly<Record<'create' | 'update' | 'delete' | 'fanOut' | 'rotation', string>> = {
  create: `mutation ($input: CreateConnectionInput!) { result: createConnection(input: $input) {
    __typename ${ERRORS} ... on CreateConnectionSuccess { connection { id } } } }`,
  update: `mutation ($input: UpdateConnectionInput!) { result: updateConnection(input: $input) {
    __typename ${ERRORS} ... on UpdateConnectionSuccess { connection { id } } } }`,
  delete: `mutation ($input: DeleteConnectionInput!) { result: deleteConnection(input: $input) { __typename ${ERRORS} } }`,
  fanOut: `mutation ($input: CreateConnectionsInput!) { result: createConnections(input: $input) {
    __typename ${ERRORS} ... on CreateConnectionsSuccess { fanOut { status outcomes { status compensation { status } } } } } }`,
  rotation: `mutation ($input: RotateConnectionSecretInput!) { result: rotateConnectionSecret(input: $input) {
    __typename ${ERRORS} ... on RotateConnectionSecretSuccess { rotation { outcomes { status } } } } }`,
};

/** The request that creates a connection. */
export const CREATE = RESULTS.create;

const POSTGRES = { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' };

/** Returns the input that creates a connection at one vendor. */
export const createInput = (name: string, { key }: StubVendor) => ({
  instance: key,
  name,
  config: { postgres: POSTGRES },
});

function inputOf({ kind, name, targets, ids }: CrashRun): object {
  switch (kind) {
    case 'create':
      return createInput(name, targets[0] as StubVendor);
    case 'update':
      return { id: ids[0], config: { postgres: { database: 'sales' } } };
    case 'delete':
      return { id: ids[0], expectName: name };
    case 'rotation':
      return { connections: { ids }, field: 'PASSWORD', secret: 'pw-secret-2', verification: 'NONE' };
    default:
      return {
        targets: targets.map(({ key }) => ({ instance: key })),
        name,
        config: { postgres: POSTGRES },
        onFailure: kind === 'KEEP' ? 'KEEP' : 'COMPENSATE',
      };
  }
}

/** Returns the body of the request. */
export function bodyOf(run: CrashRun): object {
  const { kind, name, isKeyed } = run;
  const query = isFanOut(kind) ? RESULTS.fanOut : RESULTS[kind as keyof typeof RESULTS];
  return { query, variables: { input: { ...inputOf(run), ...(isKeyed && { idempotencyKey: name }) } } };
}

/** Returns the write at which a mutation is held, and its vendor. */
export function heldWrite({ kind, targets, position }: CrashRun): { vendor: StubVendor; write: WriteKind } {
  const vendor = targets[kind === 'undo' ? 0 : position] as StubVendor;
  if (kind === 'delete' || kind === 'undo') return { vendor, write: 'remove' };
  return { vendor, write: kind === 'update' || kind === 'rotation' ? 'change' : 'create' };
}

/** How many connections of the mutation a vendor has. */
const made = ({ done }: StubVendor): number => done.create - done.remove;

/** Returns whether a vendor carried out the write of a mutation. */
function isDoneAt({ kind }: CrashRun, vendor: StubVendor): boolean {
  if (kind === 'delete') return vendor.done.remove > 0;
  return kind === 'update' || kind === 'rotation' ? vendor.done.change > 0 : made(vendor) > 0;
}

/** Returns what is wrong with what a fan-out or a rotation says of one target. */
function liesAt(run: CrashRun, { status, compensation = null }: Outcome, vendor: StubVendor): string[] {
  const claim = `${status} ${compensation?.status ?? ''} at ${vendor.vendor}`;
  const isDone = isDoneAt(run, vendor);
  if (status === 'UNKNOWN' || compensation?.status === 'UNKNOWN') return [];
  const claims = status === 'DONE' && compensation?.status !== 'DELETED';
  return isDone === claims ? [] : [`${claim}, and the vendor ${isDone ? 'did it' : 'did not do it'}`];
}

/** Returns what is wrong with the states of the targets of a fan-out, in the order of the targets. */
export function liesOfStates(run: CrashRun, states: readonly string[]): string[] {
  const { targets, signal, happens } = run;
  // A process that goes on may get no answer to its delete.
  const maySay = ['UNKNOWN', ...(signal === 'SIGSTOP' && !happens ? ['NOT_UNDONE'] : [])];
  const lies = states.flatMap((state, at) => {
    const isMade = made(targets[at] as StubVendor) > 0;
    return maySay.includes(state) || isMade === (state === 'DONE')
      ? []
      : [`${state}, and the vendor has ${isMade ? 'one' : 'none'}`];
  });
  if (states.length !== targets.length) lies.push('targets are missing');
  if (states.includes('DONE') && states.some((state) => state !== 'DONE')) lies.push(`not undone: ${states.join()}`);
  return lies.map((lie) => `${titleOf(run)} without a key: ${lie}`);
}

const REFUSALS = ['OutcomeUnknownError', 'VendorUnavailableError', 'ConflictError'];

/** Returns what is wrong with an answer. */
function liesIn(run: CrashRun, { __typename, fanOut, rotation }: Answer): string[] {
  if (REFUSALS.includes(__typename)) return [];
  // A process that was stopped before its delete finds that another one has deleted the connection.
  if (__typename === 'NotFoundError' && run.kind === 'delete' && isDoneAt(run, run.targets[0] as StubVendor)) return [];
  if (!__typename.endsWith('Success')) return [`an answer is ${__typename}`];
  const outcomes = fanOut?.outcomes ?? rotation?.outcomes ?? [{ status: 'DONE' }];
  const lies = outcomes.flatMap((outcome, at) => liesAt(run, outcome, run.targets[at] as StubVendor));
  const isComplete = outcomes.every(({ status, compensation = null }) => status === 'DONE' && !compensation);
  if (fanOut && (fanOut.status === 'COMPLETE') !== isComplete) lies.push(`${fanOut.status} does not fit the outcomes`);
  return lies;
}

/** Returns whether an answer leaves open what was done. */
export const isUnsure = ({ __typename, fanOut, rotation }: Answer): boolean =>
  REFUSALS.includes(__typename) ||
  [...(fanOut?.outcomes ?? []), ...(rotation?.outcomes ?? [])].some(
    ({ status, compensation = null }) => status === 'UNKNOWN' || compensation?.status === 'UNKNOWN',
  );

/** Returns whether nothing was left, so that the same request would be carried out again. */
export const isReleased = ({ fanOut }: Answer): boolean =>
  fanOut?.status === 'COMPENSATED' || fanOut?.status === 'NOTHING_DONE';

/** Returns whether the database may say that the write which was hit was sent, and the process did not say how it ended. */
function isLost({ step, signal, happens }: CrashRun): boolean {
  if (step === 'claimed') return happens && signal === 'SIGKILL';
  return step === 'sending'
    ? signal === 'SIGKILL' || !happens
    : step === 'answered' && signal === 'SIGKILL' && !happens;
}

/** Returns whether the vendor shows that it carried out the write. A secret is never shown, and names are unique at Looker only. */
function isShown(run: CrashRun): boolean {
  const { vendor } = heldWrite(run);
  if (run.kind === 'rotation') return false;
  if (run.kind === 'delete' || run.kind === 'update') return isDoneAt(run, vendor);
  // What was deleted is not there.
  return run.kind === 'undo' || (vendor.vendor === 'looker' && vendor.done.create > 0);
}

/**
 * Returns what is wrong with a mutation that was hit.
 * @param answers all answers, without those that never came.
 * @param final the last of them.
 */
export function liesOf(run: CrashRun, answers: readonly Answer[], final: Answer): string[] {
  const { kind, targets } = run;
  const lies = answers.flatMap((answer) => liesIn(run, answer));
  for (const { vendor, arrived } of targets) {
    const twice = arrived.create > 1 || arrived.change > 1 || (kind === 'delete' && arrived.remove > 1);
    if (twice) lies.push(`a write was sent twice to ${vendor}`);
  }
  for (const vendor of targets) {
    if (made(vendor) > 1) lies.push(`${vendor.vendor} has two connections`);
  }
  if (isUnsure(final) && (!isLost(run) || isShown(run))) {
    lies.push(`the last answer is unsure: ${JSON.stringify(final)}`);
  }
  return lies.map((lie) => `${titleOf(run)}: ${lie}`);
}
