// One exchange with a vendor as the adapters ask for it, and what comes of it.
import type { FormData } from 'undici';

export interface HttpRequest {
  /** Picks the deadline. */
  readonly kind: 'list' | 'read' | 'write' | 'test';
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL, each segment already encoded. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestBody | undefined;
  /** Ends the call when it fires; never given for a write. */
  readonly signal?: AbortSignal | undefined;
  /** When it must be over, where it shares that with other exchanges; its own by its kind when left out. */
  readonly deadline?: AbortSignal | undefined;
  /** At the deadline the caller is answered and the exchange goes on alone: hanging up would harm the vendor. */
  readonly neverHangUp?: boolean;
  /** ETag of the cached answer, sent as If-None-Match: the vendor answers 304 when the answer has not changed. */
  readonly ifNoneMatch?: string | null | undefined;
}

export type RequestBody =
  { readonly json: unknown } | { readonly form: URLSearchParams } | { readonly files: FormData };

export interface HttpAnswer {
  readonly status: number;
  /** What the body says; undefined when it is empty or not JSON. */
  readonly json: unknown;
  /** Where a test was answered in words that are not JSON, their beginning: to look for known phrases, never to be shown. */
  readonly text?: string;
  /** The ETag header; missing when there is none. */
  readonly etag?: string | undefined;
  /** From Retry-After, between 0 and an hour; null when absent or not understood. */
  readonly retryAfterMs: number | null;
}

/** What may be tried again, or wait for its turn: it changes nothing, and opens no database. */
export const isRead = ({ kind }: HttpRequest): boolean => kind === 'list' || kind === 'read';
