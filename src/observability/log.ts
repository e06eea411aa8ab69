// The log: JSON lines with an allow-list of fields. No value of a caller's or vendor's gets in, and no message of an
// error that is not ours.
import pino, { type DestinationStream } from 'pino';
import type { AuditTarget } from '../domain/audit-entry.ts';

export interface LogFields {
  readonly requestId?: string;
  readonly code?: string;
  /** Class of what was thrown, never its message. */
  readonly errorClass?: string;
  readonly path?: string;
  readonly instance?: string | null;
  readonly vendorStatus?: number | null;
  readonly url?: string;
  readonly signal?: string;
  readonly caller?: string;
  /** Name of the mutation's field. */
  readonly mutation?: string;
  readonly instances?: readonly string[];
  readonly connections?: readonly string[];
  readonly outcome?: string;
  readonly status?: string;
  readonly targets?: readonly AuditTarget[];
  readonly replayed?: true;
  readonly durationMs?: number;
  /** Where secrets stood, and their keyed tags. */
  readonly secrets?: readonly { readonly path: string; readonly tag: string }[];
}

export interface Log {
  info(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** @param destination standard output when left out. */
export function createLog(destination?: DestinationStream): Log {
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination ?? pino.destination(1));
  return {
    info: (event, fields = {}) => logger.info(fields, event),
    error: (event, fields = {}) => logger.error(fields, event),
  };
}

/** The code of what was thrown, where it is a word of upper-case letters as Node's are; null otherwise. */
export const errorCodeOf = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && /^[A-Z][A-Z0-9_]{0,63}$/.test(String(thrown.code))
    ? String(thrown.code)
    : null;

/** The class of what was thrown: safe to print, whatever it holds. */
export const classNameOf = (thrown: unknown): string =>
  thrown instanceof Error && /^\w{1,64}$/.test(thrown.constructor.name) ? thrown.constructor.name : typeof thrown;
