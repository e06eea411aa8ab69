// What a store remembers of operations: a mutation that writes at several targets has a row for each of them. No row has a secret or a
// setting, so another process can tell what was done, and undo it, but cannot send a write.
import type { AuditOrigin } from '../../domain/audit-entry.ts';
import type { Lease } from '../idempotency/attempt.ts';
import type { StoredAnswer } from '../idempotency/idempotency.ts';

/** What happens to created connections when another target fails. */
export type OnFailure = 'KEEP' | 'COMPENSATE';

/** The mutations that write at several targets. */
export type OperationMutation = 'createConnections' | 'rotateConnectionSecret';

/** What is known of the write at one target, with descriptions for the schema. */
export const TARGET_STATES = {
  NOT_STARTED: 'Its turn has not come. Nothing was sent.',
  SENDING: 'The write was sent, or is about to be sent, and its outcome is not known yet.',
  DONE: 'The vendor carried out the write.',
  REFUSED: 'The write was refused, and nothing was changed.',
  VERIFICATION_FAILED: 'The new secret did not pass its test, so nothing was written.',
  NOT_ATTEMPTED: 'Nothing was sent, and nothing will be.',
  UNKNOWN: 'The write may have been carried out: it was sent, and nothing tells its outcome.',
  UNDONE: 'The connection was created, and deleted again because another target failed.',
  NOT_UNDONE:
    'The connection was created, and still exists or may exist: it could not be deleted after another target failed.',
} as const;
export type TargetState = keyof typeof TARGET_STATES;

/** How the connection that a create makes can be recognized. Only vendors whose connections have unique names have it. */
export interface Proof {
  /** The id that the connection has at its vendor. */
  readonly vendorId: string;
  readonly dialect: string;
  /** The fields of the config that the tag is of. */
  readonly keys: readonly string[];
  /** HMAC of the values of these fields. */
  readonly tag: string;
}

export interface NewTarget {
  /** The key of the instance. */
  readonly instance: string;
  /** Global id of the connection; null for one that is to be created. */
  readonly connection: string | null;
  readonly proof: Proof | null;
}

export interface StoredTarget extends NewTarget {
  /** Counts from 0. */
  readonly position: number;
  readonly state: TargetState;
  /** When the write was about to be sent; null as long as it was not. */
  readonly sentAt: Date | null;
  readonly changedAt: Date;
  /** The outcome, as it is stored under an idempotency key; null as long as there is none. */
  readonly result: StoredAnswer | null;
}

export interface NewOperation {
  /** A UUID. */
  readonly id: string;
  /** HMAC of the caller, the mutation and the idempotency key; null without a key. */
  readonly key: string | null;
  /** HMAC of the caller. */
  readonly caller: string;
  readonly mutation: OperationMutation;
  /** Null for a mutation that undoes nothing and has no such choice. */
  readonly onFailure: OnFailure | null;
  /** The keys of the instances that a match could not search. */
  readonly unsearchable: readonly string[];
  /** What the audit entry says of the request, for a mutation that another process may end; null for others. */
  readonly origin: AuditOrigin | null;
  readonly targets: readonly NewTarget[];
}

export interface StoredOperation extends Omit<NewOperation, 'targets'> {
  readonly startedAt: Date;
  /** When the last attempt ended its work; null before. */
  readonly finishedAt: Date | null;
  /** Whether an attempt works on it that gave a sign of life. */
  readonly isHeld: boolean;
  readonly targets: readonly StoredTarget[];
}

/** What an attempt found out about a target. */
export interface SettledTarget {
  readonly state: Exclude<TargetState, 'NOT_STARTED' | 'SENDING'>;
  /** The global id of a connection that was created. */
  readonly connection?: string | undefined;
  readonly result?: StoredAnswer | undefined;
}

/** The states that each state may replace. Knowledge only grows: an unknown outcome never replaces a known one. */
export const REPLACES: Readonly<Record<SettledTarget['state'], readonly TargetState[]>> = {
  DONE: ['SENDING', 'UNKNOWN'],
  REFUSED: ['NOT_STARTED', 'SENDING', 'UNKNOWN'],
  VERIFICATION_FAILED: ['NOT_STARTED'],
  NOT_ATTEMPTED: ['NOT_STARTED'],
  UNKNOWN: ['SENDING', 'UNKNOWN'],
  UNDONE: ['SENDING', 'UNKNOWN', 'DONE'],
  NOT_UNDONE: ['SENDING', 'UNKNOWN', 'DONE'],
};

/** Returns whether a connection still has to be deleted, because not all targets of a fan-out with COMPENSATE succeeded. */
export const hasMoreToUndo = (targets: readonly Pick<StoredTarget, 'state'>[]): boolean =>
  targets.some(({ state }) => state === 'DONE') && targets.some(({ state }) => state !== 'DONE');

/** How long a store keeps an operation after its last change, in milliseconds: a day. */
export const OPERATION_LIFETIME_MS = 86_400_000;

/** Stores operations. Each method is atomic, and throws when the store cannot be used. Times are those of the store. */
export interface OperationStore {
  /** Stores an operation, in place of an earlier one with its key. */
  create(operation: NewOperation, lease: Lease): Promise<void>;
  /** Returns the operation with an id or with an idempotency key; null when there is none. */
  find(by: { readonly id: string } | { readonly key: string }): Promise<StoredOperation | null>;
  /** Takes an operation over, unless another attempt works on it. Returns whether it did. */
  takeOver(id: string, lease: Lease): Promise<boolean>;
  /** Extends the lease of an attempt that is still at work. */
  renew(id: string, lease: Lease): Promise<void>;
  /** Notes that the write at a target is about to be sent. Returns false when it may not be: it was sent, or another attempt took the operation over. */
  start(id: string, position: number, attempt: string): Promise<boolean>;
  /** Notes what the attempt that holds the operation, or that sent the write, found out. It is ignored where something better is known. */
  settle(id: string, position: number, settled: SettledTarget, attempt: string): Promise<void>;
  /** Notes the end of the work. Returns false when another attempt took the operation over. */
  finish(id: string, attempt: string): Promise<boolean>;
  /** Returns the ids of operations with COMPENSATE on which nobody works, and that are not finished or have something to undo. */
  listAbandoned(): Promise<readonly string[]>;
}
