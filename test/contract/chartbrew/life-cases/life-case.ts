// What happens to one connection between its create and its delete, and what each step must send: all of it typed by hand.
import type { DialectKey } from '../../create-case.ts';

type Values = Readonly<Record<string, unknown>>;

/** A change: what a caller says, and what reaches the vendor for it. */
export interface Step {
  readonly what: string;
  readonly name?: string;
  /** Of the dialect's settings. */
  readonly config?: Values;
  /** Of what only the vendor takes. */
  readonly options?: Values;
  /** The JSON that is written; nothing is when it is left out. */
  readonly sends?: Values;
  /** Parts of a call that brings files, and their texts. */
  readonly files?: Values;
  /** `path CODE` of what the answer warns of, without `input` and the dialect or vendor; nothing when it is left out. */
  readonly warnings?: readonly string[];
}

export interface LifecycleCase {
  readonly dialect: DialectKey;
  readonly config: Values;
  readonly steps: readonly Step[];
  /** The settings in the end, without nulls and without secrets that are not set. */
  readonly reported: Values;
  /** Paths of the secrets that are stored in the end. */
  readonly setSecrets: readonly string[];
}
