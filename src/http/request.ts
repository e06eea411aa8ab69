// A request to a vendor's API, and the answer.
import type { FormData } from 'undici';
import type { ListVersion } from '../domain/instance.ts';

export interface HttpRequest {
  /** Decides the deadline, and whether the request may be repeated. */
  readonly kind: 'list' | 'read' | 'write' | 'test';
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Appended to the base URL. Each segment is already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestBody | undefined;
  /** Aborted when the caller leaves. Never set for a write. */
  readonly signal?: AbortSignal | undefined;
  /** A deadline from HttpClient.deadline that several requests share. Default: a deadline of its own, by `kind`. */
  readonly deadline?: AbortSignal | undefined;
  /**
   * What happens to the exchange at the deadline, or when the caller leaves. The caller is answered in both cases.
   * `abort` (default) closes the connection. `continue` lets the exchange finish in the background, for vendors that a
   * closed connection harms.
   */
  readonly atDeadline?: 'abort' | 'continue';
  /** The version of the list that the caller has. Its ETag is sent as If-None-Match. */
  readonly known?: ListVersion | null | undefined;
}

export type RequestBody =
  { readonly json: unknown } | { readonly form: URLSearchParams } | { readonly files: FormData };

export interface HttpAnswer {
  readonly status: number;
  /** The parsed body; undefined when it is empty or not JSON. */
  readonly json: unknown;
  /** The beginning of the body where a test is answered with text that is not JSON. Only for finding known phrases, never shown. */
  readonly text?: string;
  /** The version of a list; missing for other answers. */
  readonly version?: ListVersion;
  /** Whether the list has the version that the request carries: the vendor answered 304, or sent the same body again. */
  readonly isUnchanged?: boolean;
  /** The wait that Retry-After asks for, in milliseconds, at most an hour; null when absent or malformed. */
  readonly retryAfterMs: number | null;
}

/** Returns true for a request that may be repeated or delayed: it changes nothing, and opens no database. */
export const isRead = ({ kind }: HttpRequest): boolean => kind === 'list' || kind === 'read';
