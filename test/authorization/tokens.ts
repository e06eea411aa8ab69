// Gateways with tokens, and the tokens of the tests.
import { createHash } from 'node:crypto';
import { startTestGateway, type Answer, type TestGateway, type TestGatewayOptions } from '../support/gateway.ts';

/** Every scope, for all instances. */
export const ALL_SCOPES = [
  'connections:read',
  'connections:write',
  'connections:test',
  'connections:delete',
  'secrets:rotate',
  'audit:read',
  'metrics:read',
  'federation:entities',
];

/** Returns the token of a test caller. Its text is fixed, so that a failed test can be repeated. */
export const tokenOf = (name: string): string => `pbt_${Buffer.from(name.padEnd(32, '.')).toString('base64url')}`;

/** Returns the hash of a token, as a configuration has it. */
export const hashOf = (token: string): string => `sha256:${createHash('sha256').update(token).digest('base64url')}`;

export interface TestToken {
  readonly name: string;
  /** Which token of this name it is; the name when there is only one. */
  readonly id?: string;
  readonly scopes: readonly string[];
  readonly expiresAt?: string;
}

/** Returns the section `auth` of a configuration with these tokens. */
export const authOf = (tokens: readonly TestToken[]) => ({
  mode: 'tokens',
  tokens: tokens.map(({ id, ...token }) => ({ ...token, hash: hashOf(tokenOf(id ?? token.name)) })),
});

export interface GuardedGateway {
  readonly test: TestGateway;
  /** Sends a query with a token, by its id or the name of its caller; null sends none. */
  readonly askAs: (name: string | null, query: string, variables?: Record<string, unknown>) => Promise<Answer>;
  /** Returns the number of requests that all vendors received since the last reset, without logins. */
  readonly vendorCalls: () => Promise<number>;
}

/** Limits per minute that no test exceeds. */
export const NO_LIMITS = {
  perMinute: {
    requests: 1_000_000,
    tests: 10_000,
    rotations: 10_000,
    secretSearches: 10_000,
    failedAuthentications: 1_000_000,
  },
};

/** Starts a gateway whose callers have these tokens. There are no limits per minute but those in the options. */
export async function startGuarded(
  tokens: readonly TestToken[],
  options: Omit<TestGatewayOptions, 'auth'> = {},
): Promise<GuardedGateway> {
  const test = await startTestGateway({ limits: NO_LIMITS, ...options, auth: authOf(tokens) });
  return {
    test,
    askAs: async (name, query, variables) =>
      test.ask(query, variables, name === null ? {} : { authorization: `Bearer ${tokenOf(name)}` }),
    vendorCalls: async () => {
      const vendors = ['looker', 'omni', 'credible', 'chartbrew'] as const;
      const received = await Promise.all(vendors.map((vendor) => test.received(vendor)));
      return received.flat().length;
    },
  };
}
