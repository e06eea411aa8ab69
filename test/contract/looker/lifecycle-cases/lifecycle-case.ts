// The lifecycle of a connection at Looker: its updates in order and the PATCH body that each must send, all
// typed from the vendor's notes.
import type { DialectKey } from '../../create-case.ts';

type Values = Readonly<Record<string, unknown>>;

export interface Step {
  readonly what: string;
  readonly config?: Values;
  /** The changed options of Looker. */
  readonly options?: Values;
  readonly sends: Values;
  /** Whether the driver parameters must be read first. */
  readonly reads?: true;
}

export interface LifecycleCase {
  readonly dialect: DialectKey;
  readonly config: Values;
  readonly steps: readonly Step[];
  /** The reported config after the last step, without nulls and without secrets that are not set. */
  readonly told: Values;
  /** The secrets that are set after the last step. */
  readonly stored: readonly string[];
}

/** The secrets that an update provides when it may change the server, and what they add to the body. */
export type Again = readonly [config: Values, sends: Values];

export const tlsSteps = ([config, sends]: Again): readonly Step[] => [
  {
    what: 'encryption off, with the secret',
    config: { tls: { enabled: false }, ...config },
    sends: { ssl: false, ...sends },
  },
  { what: 'encryption on', config: { tls: { enabled: true } }, sends: { ssl: true } },
];
export const verifySteps = ([config, sends]: Again): readonly Step[] => [
  { what: 'the check of certificates', config: { tls: { verify: true } }, sends: { verify_ssl: true } },
  {
    what: 'no check any more, with the secret',
    config: { tls: { verify: false }, ...config },
    sends: { verify_ssl: false, ...sends },
  },
];
