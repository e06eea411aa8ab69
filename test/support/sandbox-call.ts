// One sandbox server and plain HTTP to it, for tests of the sandbox itself. It knows no vendor and no gateway.
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
  /** Undefined when the answer does not say that it is JSON. */
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it asked for
  readonly json: any;
}

export interface SandboxCaller {
  readonly origin: () => string;
  /** A body that is text goes as it is, one of another kind as JSON; a GET may have one, which fetch forbids. */
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

/** Put back to its first state before each test. @param authorization goes with every call. */
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
