// The log: lines with a fixed set of fields, as JSON or for people. They hold no values from callers or vendors, and no messages of unexpected errors.
import { isatty } from 'node:tty';
import pino, { type DestinationStream } from 'pino';
import type { AuditTarget } from '../domain/audit-entry.ts';
import { toPrettyLine } from './pretty-log.ts';

export interface LogFields {
  readonly requestId?: string;
  /** The id of the trace that the request belongs to. */
  readonly traceId?: string;
  readonly code?: string;
  /** The class of the thrown value, never its message. */
  readonly errorClass?: string;
  readonly path?: string;
  readonly instance?: string | null;
  readonly vendorStatus?: number | null;
  readonly url?: string;
  readonly signal?: string;
  readonly caller?: string;
  /** The address of the client; null for a request that did not come through a socket. */
  readonly address?: string | null;
  /** The name of the limit that a refused request exceeded. */
  readonly limit?: string;
  /** The name of the mutation field. */
  readonly mutation?: string;
  readonly instances?: readonly string[];
  readonly connections?: readonly string[];
  readonly outcome?: string;
  /** The total outcome of a mutation of several connections; the HTTP status of a refused request. */
  readonly status?: string | number;
  /** The keys of the instances that a reload added, removed or changed. */
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
  readonly changed?: readonly string[];
  /** The parts of the configuration that differ and have no effect before a restart. */
  readonly needsRestart?: readonly string[];
  /** The problems of a configuration, by path and without values. */
  readonly problems?: readonly string[];
  readonly targets?: readonly AuditTarget[];
  readonly replayed?: true;
  /** The type of a GraphQL operation. */
  readonly operation?: string;
  /** Names of root fields of the schema. */
  readonly rootFields?: readonly string[];
  /** The status of the answer to a request. */
  readonly httpStatus?: number;
  /** The kind of a request to a vendor. */
  readonly verb?: string;
  readonly waitedMs?: number;
  readonly durationMs?: number | null;
  /** The input paths of secrets, and their keyed tags. */
  readonly secrets?: readonly { readonly path: string; readonly tag: string }[];
}

export interface Log {
  /** Writes an entry of the audit log, whatever the level. */
  audit(fields: LogFields): void;
  info(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** Missing unless the level is debug, so that nothing is prepared for lines that are not written. */
  readonly debug?: (event: string, fields?: LogFields) => void;
}

/** The settings of the log. */
export interface LogOptions {
  /** The least important lines that are written; default: info. */
  readonly level?: 'error' | 'warn' | 'info' | 'debug';
  /** `auto`, the default, is `pretty` where standard output is a terminal, and `json` elsewhere. */
  readonly format?: 'json' | 'pretty' | 'auto';
}

/** Standard output. Lines are collected for a tenth of a second, because a write for each line takes a fifth of the time of a create. */
const openStandardOutput = () => pino.destination({ dest: 1, sync: false, minLength: 4096, periodicFlush: 100 });

let standardOutput: ReturnType<typeof openStandardOutput> | null = null;

/** Writes the lines that are still in memory, before the process ends. */
export function flushLog(): void {
  standardOutput?.flushSync();
}

/** Returns a destination that gets the lines for people. */
const pretty = (destination: DestinationStream): DestinationStream => ({
  write: (line) => destination.write(toPrettyLine(line)),
});

/**
 * Creates the log.
 * @param destination null for standard output. The format `auto` is `json` for any other destination.
 */
export function createLog(
  destination: DestinationStream | null = null,
  { level = 'info', format = 'auto' }: LogOptions = {},
): Log {
  const isPretty = format === 'pretty' || (format === 'auto' && destination === null && isatty(1));
  const output = destination ?? (standardOutput ??= openStandardOutput());
  const logger = pino(
    { base: null, level, timestamp: pino.stdTimeFunctions.isoTime },
    isPretty ? pretty(output) : output,
  );
  const auditLogger = logger.child({}, { level: 'info' });
  return {
    audit: (fields) => auditLogger.info(fields, 'audit'),
    info: (event, fields = {}) => logger.info(fields, event),
    error: (event, fields = {}) => logger.error(fields, event),
    ...(level === 'debug' && { debug: (event: string, fields: LogFields = {}) => logger.debug(fields, event) }),
  };
}

/** Returns the code of an error if it looks like a code of Node, such as ECONNRESET; null otherwise. */
export const errorCodeOf = (thrown: unknown): string | null =>
  thrown instanceof Error && 'code' in thrown && /^[A-Z][A-Z0-9_]{0,63}$/.test(String(thrown.code))
    ? String(thrown.code)
    : null;

/** Returns the class name of a thrown value. It is safe to print. */
export const classNameOf = (thrown: unknown): string =>
  thrown instanceof Error && /^\w{1,64}$/.test(thrown.constructor.name) ? thrown.constructor.name : typeof thrown;
