// The lifecycle of one connection from create to delete, with the expected requests of each step, typed by hand.
import type { DialectKey } from '../../create-case.ts';

type Values = Readonly<Record<string, unknown>>;

/** An update, and the requests that reach the vendor. */
export interface Step {
  readonly what: string;
  readonly name?: string;
  /** The changed fields of `config`. */
  readonly config?: Values;
  /** The changed fields of `options`. */
  readonly options?: Values;
  /** The JSON that is written. Missing when nothing is written. */
  readonly sends?: Values;
  /** The parts of the upload and their texts. */
  readonly files?: Values;
  /** The warnings as `path CODE`, without `input` and the dialect or vendor. Missing when there are none. */
  readonly warnings?: readonly string[];
}

export interface LifecycleCase {
  readonly dialect: DialectKey;
  readonly config: Values;
  readonly steps: readonly Step[];
  /** The reported config after the last step, without nulls and without secrets that are not set. */
  readonly reported: Values;
  /** The paths of the secrets that are set after the last step. */
  readonly setSecrets: readonly string[];
}
