// Idempotency keys: a mutation that is sent again under the same key is not run again, and returns the first answer. The store
// holds a fingerprint of the input, and the ids and codes of the answer.
import { randomBytes, randomUUID } from 'node:crypto';
import type { AuditRecord } from '../../domain/audit-entry.ts';
import { ConflictError, OutcomeUnknownError } from '../../domain/errors.ts';
import { Secret } from '../../secrets/secret.ts';
import { storeSurely } from '../store-surely.ts';
import type { WriteGate } from '../write-gate.ts';
import { inProgress, isInProgress, keepAlive, lookingGate, lostAnswer, type Lease } from './attempt.ts';
import { createDigest, digestOfKey } from './digest.ts';

/** An answer that may be stored: ids, codes, Patchbay's own messages, and texts of a vendor that were shown to the caller. It has no secret and no settings. */
export type StoredAnswer = { readonly [key: string]: unknown };

/** What a store has under a key when a request begins. */
export type KeyState =
  /** The key is this attempt's, and nothing was sent under it. */
  | { readonly state: 'NEW' }
  /** The key is this attempt's, and an earlier attempt, which is gone, may have sent its write after this time. */
  | { readonly state: 'SENT'; readonly sentAt: Date }
  | { readonly state: 'IN_PROGRESS' }
  | { readonly state: 'OTHER_INPUT' }
  | { readonly state: 'DONE'; readonly answer: StoredAnswer };

/** What an attempt found out. */
export interface Outcome {
  readonly attempt: string;
  /** False where it is not known whether the write was done. A known outcome replaces an unknown one, and never the reverse. */
  readonly isKnown: boolean;
}

/** How long a store keeps a key, in milliseconds: a day. */
export const KEY_LIFETIME_MS = 86_400_000;

/**
 * Stores keys. Each method is atomic, and throws when the store cannot be used. A key goes from claimed to sending to done; a claim that
 * nothing was sent under can be taken over, and under one that is sending the next attempt only looks.
 */
export interface IdempotencyStore {
  /** Takes a key for an input, and returns what the store had under it before. Of several requests at once only one gets NEW or SENT. */
  begin(key: string, fingerprint: string, lease: Lease): Promise<KeyState>;
  /** Notes that the write is about to be sent. Returns false when another attempt has taken the key over; then nothing may be sent. */
  markSending(key: string, attempt: string): Promise<boolean>;
  /** Extends the lease of an attempt that is still at work. */
  renew(key: string, lease: Lease): Promise<void>;
  /**
   * Stores the answer. It is ignored when the key belongs to others and this attempt did not send its write.
   * @param audit the audit entry of the mutation, which is stored in any case, once.
   */
  finish(key: string, answer: StoredAnswer, outcome: Outcome, audit?: AuditRecord): Promise<void>;
  /** Removes the key: nothing was done under it. It is ignored as `finish` is. @param audit as that of `finish`. */
  release(key: string, attempt: string, audit?: AuditRecord): Promise<void>;
  /** Checks whether the store can be used. */
  check(): Promise<void>;
}

/** Returns the same text for equal inputs, whatever the order of their fields. A secret becomes its HMAC. */
function canonical(value: unknown, key: Buffer | Secret): string {
  if (value instanceof Secret) return `secret:${value.hmac(key)}`;
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item, key)).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'undefined';
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field, key)}`).join(',')}}`;
}

/** Converts the result of a mutation to a stored answer, and back. */
export interface AnswerRecord<T> {
  /** Returns the answer to store; null when nothing was done, so that the key can be used again. */
  toStored(outcome: { readonly value: T } | { readonly error: unknown }): StoredAnswer | null;
  /** Returns whether the answer says of each write whether it was done. */
  isKnown(answer: StoredAnswer): boolean;
  /** Whether an attempt that follows a lost one goes on with its operation, which knows of each write whether it was sent. Default: it only looks. */
  readonly goesOn?: boolean;
  /** Returns the result of a stored answer. @throws the failure, when the answer is one. */
  fromStored(answer: StoredAnswer): Promise<T>;
}

export interface Request {
  /** Identity of the caller: two callers never share a key. */
  readonly caller: string;
  readonly mutation: string;
  /** A text for which `isShortText` is true; null when the caller sent none. */
  readonly key: string | null | undefined;
  readonly input: object;
}

/** The result of a mutation, or what it threw. */
export type Settled<T> = { readonly value: T } | { readonly error: unknown };

/** What is called while a mutation runs under a key. */
export interface Hooks<T> {
  /** Called before a stored answer is returned. */
  readonly onReplay?: () => void;
  /** Called when an outcome is about to be stored. Returns the audit entry, which is stored with it. */
  readonly auditOf?: (outcome: Settled<T>) => AuditRecord;
}

export interface Idempotency {
  /**
   * Runs a mutation, unless it was run under this key before; then it returns the stored answer. Without a key it always runs.
   * @param record null for a mutation without keys.
   * @param run asks the gate before each write.
   * @throws ConflictError for a key that was used with another input, or whose first request is in progress; VendorUnavailableError
   * when the store cannot be used, and nothing was sent; OutcomeUnknownError when an earlier attempt may have written.
   */
  runOnce<T>(
    request: Request,
    record: AnswerRecord<T> | null,
    run: (gate: WriteGate) => Promise<T>,
    hooks?: Hooks<T>,
  ): Promise<T>;
}

export interface IdempotencyOptions {
  /** Called with what the store throws when it cannot store an answer. */
  readonly onFailure?: (thrown: unknown) => void;
  /** The key of the fingerprints. All replicas need the same; a random one by default. */
  readonly hmacKey?: Buffer | Secret;
  /** Returns how long a key is left alone after the last sign of life, in milliseconds. It is longer than any write. */
  readonly leaseMs?: () => number;
  /** Returns whether mutations without a key run while the store cannot be used; false by default. */
  readonly runsWithoutStore?: () => boolean;
}

/** Returns what a promise resolves to, or what it rejects with. */
export const settle = async <T>(running: Promise<T>): Promise<Settled<T>> =>
  running.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );

/** A key that an attempt holds. */
interface Claim extends Lease {
  readonly key: string;
}

/** Returns the gate of the attempt that sends: it notes the first write in the store before the write is sent. */
function sendingGate(store: IdempotencyStore, { key, attempt }: Claim): WriteGate {
  let marked: Promise<boolean> | null = null;
  return {
    sentAt: null,
    isRepeat: false,
    enter: async () => {
      marked ??= store.markSending(key, attempt);
      if (!(await marked)) throw inProgress();
    },
  };
}

/** Returns the gate of a mutation without a key: the store must answer before the first write. */
function uncheckedGate(store: IdempotencyStore, runsWithoutStore: () => boolean): WriteGate {
  let checked: Promise<void> | null = null;
  return {
    sentAt: null,
    isRepeat: false,
    enter: async () => {
      if (runsWithoutStore()) return;
      await (checked ??= store.check());
    },
  };
}

const alive = async <T>(store: IdempotencyStore, { key, ...lease }: Claim, run: () => Promise<T>): Promise<T> =>
  keepAlive(lease.leaseMs, async () => store.renew(key, lease), run);

/** Returns the result. @throws what was thrown in place of it. */
export const valueOf = <T>(outcome: Settled<T>): T => {
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
};

/** What happens at the end of an attempt. */
interface Ending<T> {
  /** As in `Hooks`. */
  readonly auditOf: Hooks<T>['auditOf'];
  /** Called with what the store throws when it cannot store the outcome. */
  readonly onFailure: (thrown: unknown) => void;
}

/** Runs the attempt that sends, and stores its answer. A failure of the store after the write does not fail it: the key stays as it is. */
async function send<T>(
  store: IdempotencyStore,
  claim: Claim,
  record: AnswerRecord<T>,
  run: (gate: WriteGate) => Promise<T>,
  { auditOf, onFailure }: Ending<T>,
): Promise<T> {
  const { key, attempt } = claim;
  const outcome = await alive(store, claim, async () => settle(run(sendingGate(store, claim))));
  // Another attempt took the key over, and decides about it.
  if ('error' in outcome && isInProgress(outcome.error)) throw outcome.error;
  const answer = record.toStored(outcome);
  const audit = auditOf?.(outcome);
  await storeSurely(
    async () =>
      answer
        ? store.finish(key, answer, { attempt, isKnown: record.isKnown(answer) }, audit)
        : store.release(key, attempt, audit),
    onFailure,
  );
  return valueOf(outcome);
}

/** The gate of an attempt that goes on with an operation. The operation decides of each write. */
const GOING_ON: WriteGate = { sentAt: null, isRepeat: true, enter: async () => {} };

/** Returns whether an error of an attempt that follows a lost one is its answer. */
const isOwnAnswer = (error: unknown): boolean => error instanceof OutcomeUnknownError || isInProgress(error);

/**
 * Runs the attempt that follows a lost one. It only looks, or goes on with its operation. What it finds is stored; as long as something
 * is uncertain, each request with the key looks again.
 */
async function look<T>(
  store: IdempotencyStore,
  claim: Claim,
  record: AnswerRecord<T>,
  run: () => Promise<T>,
  { auditOf, onFailure }: Ending<T>,
): Promise<T> {
  const { key, attempt } = claim;
  const found = await alive(store, claim, async () => settle(run()));
  const answer = 'value' in found ? record.toStored(found) : null;
  const isKnown = answer !== null && record.isKnown(answer);
  const isUndone = record.goesOn === true && 'value' in found && answer === null;
  const audit = isKnown || isUndone ? auditOf?.(found) : undefined;
  const change = async () => {
    if (isKnown) return store.finish(key, answer, { attempt, isKnown }, audit);
    return isUndone ? store.release(key, attempt, audit) : store.renew(key, { attempt, leaseMs: 0 });
  };
  await storeSurely(change, onFailure);
  if (answer !== null || isUndone || ('error' in found && isOwnAnswer(found.error))) return valueOf(found);
  // Whatever the plan says now, the earlier attempt may have written.
  throw lostAnswer();
}

/** Ten times the longest write by default. */
const DEFAULT_LEASE_MS = 600_000;

/** Returns idempotency over a store. */
export function createIdempotency(
  store: IdempotencyStore,
  {
    onFailure = () => {},
    hmacKey = randomBytes(32),
    leaseMs = () => DEFAULT_LEASE_MS,
    runsWithoutStore = () => false,
  }: IdempotencyOptions = {},
): Idempotency {
  const digest = createDigest(hmacKey);
  return {
    runOnce: async ({ caller, mutation, key, input }, record, run, hooks = {}) => {
      if (key === undefined || key === null || !record) return run(uncheckedGate(store, runsWithoutStore));
      const lease = { attempt: randomUUID(), leaseMs: leaseMs() };
      const claim = { key: digestOfKey(digest, caller, mutation, key), ...lease };
      const found = await store.begin(claim.key, digest(canonical(input, hmacKey)), lease);
      if (found.state === 'OTHER_INPUT') {
        throw new ConflictError('This idempotency key was used with another input.', null, 'IDEMPOTENCY_KEY_REUSED');
      }
      if (found.state === 'IN_PROGRESS') throw inProgress();
      const ending = { auditOf: hooks.auditOf, onFailure };
      if (found.state === 'NEW') return send(store, claim, record, run, ending);
      if (found.state === 'SENT') {
        const gate = record.goesOn ? GOING_ON : lookingGate(found.sentAt);
        return look(store, claim, record, async () => run(gate), ending);
      }
      hooks.onReplay?.();
      return record.fromStored(found.answer);
    },
  };
}
