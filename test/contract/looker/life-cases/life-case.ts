// A connection at Looker with the changes that it goes through in order, and the body of the PATCH that each must send; all
// of it typed from the vendor's notes.
import type { DialectKey } from '../../create-case.ts';

type Values = Readonly<Record<string, unknown>>;

export interface Step {
  readonly what: string;
  readonly config?: Values;
  /** Of Looker. */
  readonly options?: Values;
  readonly sends: Values;
  /** Whether the driver's parameters must be read first. */
  readonly reads?: true;
}

export interface LifecycleCase {
  readonly dialect: DialectKey;
  readonly config: Values;
  readonly steps: readonly Step[];
  /** Settings in the end, without nulls and without secrets that are not set. */
  readonly told: Values;
  /** Secrets that are set in the end. */
  readonly stored: readonly string[];
}

/** Secrets that come with a change which may lead the connection elsewhere, and what they add to the body. */
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
