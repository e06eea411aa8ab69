// A connection at Looker with the changes that it goes through in order, and the body of the PATCH that each must send; all
// of it typed from the vendor's notes.
import type { DialectKey } from '../cells/cell.ts';

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

export interface Life {
  readonly dialect: DialectKey;
  readonly config: Values;
  readonly steps: readonly Step[];
  /** Settings in the end, without nulls and without secrets that are not set. */
  readonly told: Values;
  /** Secrets that are set in the end. */
  readonly stored: readonly string[];
}

export const tlsSteps: readonly Step[] = [
  { what: 'encryption off', config: { tls: { enabled: false } }, sends: { ssl: false } },
  { what: 'encryption on', config: { tls: { enabled: true } }, sends: { ssl: true } },
];
export const verifySteps: readonly Step[] = [
  { what: 'the check of certificates', config: { tls: { verify: true } }, sends: { verify_ssl: true } },
  { what: 'no check any more', config: { tls: { verify: false } }, sends: { verify_ssl: false } },
];
