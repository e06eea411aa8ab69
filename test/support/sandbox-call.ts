// Starts one sandbox server and sends it plain HTTP, for tests of the sandbox itself. This file imports no vendor and no gateway.
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import {
  startSandboxServer,
  type RecordedRequest,
  type SandboxServer,
  type SandboxVendor,
} from '../../src/sandbox/server.ts';
import { journalOf } from './journal.ts';

export interface SandboxAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  /** The parsed body. Undefined when the content type is not JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
  readonly json: any;
}

export interface SandboxCaller {
  readonly origin: () => string;
  /** Sends a text body unchanged and any other body as JSON. A GET may have a body, which fetch does not allow. */
  readonly send: (method: string, path: string, body?: unknown) => Promise<SandboxAnswer>;
  readonly upload: (path: string, form: FormData) => Promise<SandboxAnswer>;
  readonly journal: () => Promise<RecordedRequest[]>;
}

const answerOf = (status: number, type: string, text: string): SandboxAnswer => ({
  status,
  type,
  text,
  json: type.startsWith('application/json') ? JSON.parse(text) : undefined,
});

/** Starts a sandbox server and resets it before each test. @param authorization the header of every call. */
export function useSandbox(createVendor: () => SandboxVendor, authorization: string): SandboxCaller {
  let server: SandboxServer;
  beforeAll(async () => {
    server = await startSandboxServer(createVendor, 0);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    await fetch(`${server.origin}/__sandbox/reset`, { method: 'POST' });
  });
  return {
    origin: () => server.origin,
    journal: () => journalOf(server.origin),
    send: async (method, path, body) => {
      const answer = await request(server.origin + path, {
        method: method as 'GET',
        headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      });
      return answerOf(answer.statusCode, String(answer.headers['content-type'] ?? ''), await answer.body.text());
    },
    upload: async (path, form) => {
      const answer = await fetch(server.origin + path, { method: 'POST', headers: { authorization }, body: form });
      return answerOf(answer.status, answer.headers.get('content-type') ?? '', await answer.text());
    },
  };
}
