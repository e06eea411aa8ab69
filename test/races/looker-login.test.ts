// Compares Looker's login with a simple model in random runs on a fake clock: any number of calls share one token and one login,
// whatever fails, expires or is refused in between.
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Credential } from '../../src/secrets/credential.ts';
import { Secret } from '../../src/secrets/secret.ts';
import type { HttpClient } from '../../src/http/client.ts';
import type { HttpAnswer } from '../../src/http/request.ts';
import { HttpFailure } from '../../src/http/failures.ts';
import { createAuth } from '../../src/vendors/looker/auth.ts';
import { settle } from '../support/versioned-instance.ts';
import { isExhaustive } from '../support/exhaustive.ts';

const RUNS = isExhaustive ? 2000 : 400;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const FAILURES = {
  refused: 'credentials',
  'server error': 'failed (500)',
  'not reached': 'could not be reached',
  'no token': 'cannot be read',
} as const;
type Failure = keyof typeof FAILURES;

const credential = (text: string): Credential => ({
  current: () => new Secret(text),
  reload: async () => false,
});

const outcomeOf = (failure: Failure): HttpAnswer | HttpFailure => {
  if (failure === 'not reached') return new HttpFailure('CONNECT', { mayHaveArrived: false });
  const status = { refused: 404, 'server error': 500, 'no token': 200 }[failure];
  // Looker answers bad credentials with 404 and this message.
  return { status, json: { message: 'Not found' }, retryAfterMs: null };
};

/** Looker's side: logins wait until the test answers them. */
function createRun() {
  const logins: { resolve(answer: HttpAnswer): void; reject(error: Error): void }[] = [];
  let made = 0;
  const http = {
    send: async () => {
      made += 1;
      return new Promise<HttpAnswer>((resolve, reject) => void logins.push({ resolve, reject }));
    },
  } as unknown as HttpClient;
  const credentials = { clientId: credential('id-secret-1'), clientSecret: credential('pw-secret-1') };
  const auth = createAuth(http, credentials, 'looker');
  const got: string[] = [];
  return {
    auth,
    got,
    made: () => made,
    underWay: () => logins.length,
    /** Calls that need a token, all at once. */
    call: (many: number) => {
      for (let one = 0; one < many; one += 1) {
        auth.headers({}).then(
          ({ authorization }) => got.push(String(authorization)),
          (error: Error) => got.push(error.message),
        );
      }
    },
    succeed: (token: string, seconds: number) =>
      logins.shift()?.resolve({ status: 200, json: { access_token: token, expires_in: seconds }, retryAfterMs: null }),
    fail: (failure: Failure) => {
      const [login, outcome] = [logins.shift(), outcomeOf(failure)];
      if (outcome instanceof HttpFailure) login?.reject(outcome);
      else login?.resolve(outcome);
    },
  };
}

/** Returns a model of the login: at most one token, and at most one login in flight. */
function createModel() {
  let token: { text: string; ends: number } | null = null;
  let waiting: number | null = null;
  let made = 0;
  const got: string[] = [];
  const model = {
    got,
    made: () => made,
    isLoggingIn: () => waiting !== null,
    call: (many: number) => {
      if (waiting === null && token && Date.now() < token.ends) {
        for (let call = 0; call < many; call += 1) got.push(`Bearer ${token.text}`);
        return;
      }
      if (waiting === null) made += 1;
      waiting = (waiting ?? 0) + many;
    },
    end: (outcome: string) => {
      for (let call = 0; call < (waiting ?? 0); call += 1) got.push(outcome);
      waiting = null;
    },
    succeed: (text: string, seconds: number) => {
      // The token counts as expired 10 seconds early.
      token = { text, ends: Date.now() + (seconds - 10) * 1000 };
      model.end(`Bearer ${text}`);
    },
    fail: (why: string) => {
      token = null;
      model.end(why);
    },
    refuse: (text: string) => {
      if (waiting === null && token?.text === text) token = null;
    },
  };
  return model;
}

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ call: fc.integer({ min: 1, max: 50 }) }) },
    { weight: 4, arbitrary: fc.record({ succeed: fc.constantFrom(11, 60, 3600) }) },
    { weight: 1, arbitrary: fc.record({ fail: fc.constantFrom(...(Object.keys(FAILURES) as Failure[])) }) },
    { weight: 2, arbitrary: fc.record({ pass: fc.constantFrom(999, 1000, 49_999, 50_000, 3_590_000) }) },
    // How many calls were refused with a token, and how many tokens ago it was new.
    { weight: 2, arbitrary: fc.record({ refuse: fc.integer({ min: 1, max: 5 }), ago: fc.nat(2) }) },
  ),
  { maxLength: 30, size: 'max' },
);

describe("Looker's login", () => {
  it('a login is made when its model makes one, in 2,000 random runs', { timeout: 240_000 }, async () => {
    let logins = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const { auth, ...looker } = createRun();
        const model = createModel();
        const [states, expected]: [unknown[], unknown[]] = [[], []];
        let tokens = 0;
        for (const step of run) {
          if ('pass' in step) vi.setSystemTime(Date.now() + step.pass);
          else if ('call' in step) {
            looker.call(step.call);
            model.call(step.call);
          } else if ('refuse' in step) {
            const text = `token-${tokens - step.ago}`;
            for (let refusal = 0; refusal < step.refuse; refusal += 1) {
              // The failure of a login in flight is reported to all callers that wait for it, also to those whose token was refused.
              auth.replaceRefused({ authorization: `Bearer ${text}` }, {}).catch(() => {});
              // Other calls start between the refusals.
              queueMicrotask(() => looker.call(1));
            }
            model.refuse(text);
            model.call(step.refuse);
          } else if (model.isLoggingIn() && 'succeed' in step) {
            tokens += 1;
            looker.succeed(`token-${tokens}`, step.succeed);
            model.succeed(`token-${tokens}`, step.succeed);
          } else if (model.isLoggingIn() && 'fail' in step) {
            looker.fail(step.fail);
            model.fail(FAILURES[step.fail]);
          }
          await settle();
          states.push([looker.made(), looker.underWay(), looker.got.length]);
          expected.push([model.made(), model.isLoggingIn() ? 1 : 0, model.got.length]);
        }
        expect(states).toEqual(expected);
        expect(looker.got.filter((text, index) => !text.includes(model.got[index] ?? 'no answer'))).toEqual([]);
        expect(looker.got.join()).not.toMatch(/secret-\d/);
        logins += looker.made();
      }),
      { numRuns: RUNS },
    );
    expect(logins).toBeGreaterThan(RUNS * 0.75);
  });

  it('50 calls with an expired token share one login', async () => {
    const { call, succeed, made, got } = createRun();
    call(1);
    await settle();
    succeed('token-1', 3600);
    await settle();
    vi.setSystemTime(Date.now() + 3_590_000);
    call(50);
    await settle();
    expect(made()).toBe(2);
    succeed('token-2', 3600);
    await settle();
    expect(got).toEqual(['Bearer token-1', ...Array.from({ length: 50 }, () => 'Bearer token-2')]);
    expect(made()).toBe(2);
  });

  it('a login is repeated after a failure, and once for two refusals of one token', async () => {
    const { auth, call, succeed, fail, made, got } = createRun();
    call(2);
    await settle();
    fail('server error');
    await settle();
    expect(got).toEqual(['looker failed (500).', 'looker failed (500).']);
    call(2);
    await settle();
    succeed('token-1', 3600);
    await settle();
    expect(made()).toBe(2);
    const refused = { authorization: 'Bearer token-1' };
    expect(await Promise.all([auth.replaceRefused(refused, {}), auth.replaceRefused(refused, {})])).toEqual([
      true,
      true,
    ]);
    call(2);
    await settle();
    succeed('token-2', 3600);
    await settle();
    // A later call that was refused with the old token uses the new token.
    expect(await auth.replaceRefused(refused, {})).toBe(true);
    call(1);
    await settle();
    expect(made()).toBe(3);
    expect(got.slice(-3)).toEqual(['Bearer token-2', 'Bearer token-2', 'Bearer token-2']);
  });
});
