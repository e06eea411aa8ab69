// The log: JSON lines with an allow-list of fields. No value of a caller's or vendor's gets in, and no message of an
// error that is not ours.
import pino, { type DestinationStream } from 'pino';

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

/** The class of what was thrown: safe to print, whatever it holds. */
export const classOf = (thrown: unknown): string =>
  thrown instanceof Error && /^\w{1,64}$/.test(thrown.constructor.name) ? thrown.constructor.name : typeof thrown;
