// Compares createAuthenticatedSend with a simple model in random runs: the key is read again from its file after a refusal, while any number of
// calls are in flight and the file and the key that the vendor accepts change.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpClient } from '../../src/http/client.ts';
import type { HttpAnswer, HttpRequest } from '../../src/http/request.ts';
import type { Credential } from '../../src/secrets/credential.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { createAuthenticatedSend, keyAuth } from '../../src/vendors/auth.ts';
import { settle } from '../support/versioned-instance.ts';
import { isExhaustive } from '../support/exhaustive.ts';

const RUNS = isExhaustive ? 2000 : 400;

const REQUEST: HttpRequest = { kind: 'read', method: 'GET', path: '/' };

/** A credential whose file the test writes. Like the real one, reload() reads the file before it returns its promise. */
function createFileCredential(): Credential & { write: (key: string) => void } {
  let file = 'key-1';
  let inUse = new Secret(file);
  return {
    write: (key) => {
      file = key;
    },
    current: () => inUse,
    reload: async () => {
      if (inUse.equals(new Secret(file))) return false;
      inUse = new Secret(file);
      return true;
    },
  };
}

const ascending = (left: number, right: number): number => left - right;

interface SentRequest {
  readonly key: string;
  readonly answer: (status: number) => void;
}

/** Calls through createAuthenticatedSend. The vendor answers when the test says so. */
function createCalls() {
  const credential = createFileCredential();
  const pending: SentRequest[] = [];
  const http: HttpClient = {
    send: ({ headers }) =>
      new Promise<HttpAnswer>((resolve) => {
        const request: SentRequest = {
          key: String(headers?.['authorization']).replace('Bearer ', ''),
          answer: (status) => {
            pending.splice(pending.indexOf(request), 1);
            resolve({ status, json: {}, retryAfterMs: null });
          },
        };
        pending.push(request);
      }),
    load: () => ({ running: 0, waiting: 0, breaker: 'closed' }),
    deadline: () => new AbortController().signal,
    close: async () => {},
  };
  const send = createAuthenticatedSend(http, keyAuth(credential, 'Bearer'), ({ status }) => status === 401);
  const statuses: number[] = [];
  return {
    pending,
    statuses,
    write: credential.write,
    call: async () => void statuses.push((await send(REQUEST)).status),
  };
}

/** Returns a model of the calls. */
function createModel() {
  let file = 'key-1';
  let inUse = file;
  let toRepeat = 0;
  const pending: { readonly key: string; readonly isRetry: boolean }[] = [];
  const statuses: number[] = [];
  return {
    pending,
    statuses,
    write: (key: string) => {
      file = key;
    },
    call: () => void pending.push({ key: inUse, isRetry: false }),
    answer: (at: number, status: number) => {
      const [request] = pending.splice(at, 1);
      if (!request) return;
      const { key, isRetry } = request;
      if (status === 401 && !isRetry && (key !== inUse || key !== file)) {
        // When another call has read a newer key, that key is used and the file is not read again.
        if (key === inUse) inUse = file;
        toRepeat += 1;
      } else {
        statuses.push(status);
      }
    },
    /** Sends the refused requests again, after all answers of a step. */
    repeat: () => {
      for (; toRepeat > 0; toRepeat -= 1) pending.push({ key: inUse, isRetry: true });
    },
  };
}

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ calls: fc.integer({ min: 1, max: 5 }) }) },
    { weight: 6, arbitrary: fc.record({ answers: fc.nat(10) }) },
    { weight: 2, arbitrary: fc.record({ answersAll: fc.constant(true) }) },
    { weight: 2, arbitrary: fc.record({ writes: fc.constant(true) }) },
    { weight: 2, arbitrary: fc.record({ accepts: fc.nat(2) }) },
  ),
  { maxLength: 30, size: 'max' },
);

describe('a key of the gateway that is read from a file', () => {
  it('a key is sent and read again when its model does so, in 2,000 random runs', { timeout: 240_000 }, async () => {
    let retries = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const calls = createCalls();
        const model = createModel();
        const [states, expected]: [unknown[], unknown[]] = [[], []];
        let written = 1;
        let accepted = 'key-1';
        const answer = (at: number) => {
          const request = calls.pending[at];
          if (!request) return;
          const status = request.key === accepted ? 200 : 401;
          request.answer(status);
          model.answer(at, status);
        };
        for (const step of run) {
          if ('calls' in step) {
            for (let call = 0; call < step.calls; call += 1) {
              void calls.call();
              model.call();
            }
          } else if ('writes' in step) {
            written += 1;
            calls.write(`key-${written}`);
            model.write(`key-${written}`);
          } else if ('accepts' in step) {
            accepted = `key-${Math.max(1, written - step.accepts)}`;
          } else if ('answersAll' in step) {
            for (let left = calls.pending.length; left > 0; left -= 1) answer(0);
          } else {
            answer(step.answers % Math.max(1, calls.pending.length));
          }
          model.repeat();
          await settle();
          states.push([calls.pending.map(({ key }) => key).join(), calls.statuses.toSorted(ascending).join()]);
          expected.push([model.pending.map(({ key }) => key).join(), model.statuses.toSorted(ascending).join()]);
        }
        expect(states).toEqual(expected);
        retries += model.pending.filter(({ isRetry }) => isRetry).length;
      }),
      { numRuns: RUNS },
    );
    expect(retries).toBeGreaterThan(RUNS / 4);
  });

  it('a key that one call read again is used by all calls that were refused with the old key', async () => {
    const { pending, statuses, write, call } = createCalls();
    for (let count = 0; count < 3; count += 1) void call();
    await settle();
    write('key-2');
    for (const request of pending.slice()) request.answer(401);
    await settle();
    expect(pending.map(({ key }) => key)).toEqual(['key-2', 'key-2', 'key-2']);
    for (const request of pending.slice()) request.answer(200);
    await settle();
    expect(statuses).toEqual([200, 200, 200]);
  });
});
