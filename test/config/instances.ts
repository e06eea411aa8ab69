// A complete instance of each vendor, to which tests add mistakes. Its credentials are a canary.
import { inspect } from 'node:util';
import { expect } from 'vitest';
import { ConfigError, parseConfig, vendors } from '../../src/gateway.ts';

export const CANARY = '7Canary';

export const looker = {
  key: 'looker',
  vendor: 'looker',
  baseUrl: 'https://looker.example/api/4.0',
  clientId: CANARY,
  clientSecret: CANARY,
};
export const omni = { key: 'omni', vendor: 'omni', baseUrl: 'https://omni.example/api', apiKey: CANARY };
export const credible = {
  key: 'credible',
  vendor: 'credible',
  baseUrl: 'https://credible.example/api/v0',
  organization: 'acme',
  project: 'analytics',
  token: CANARY,
};
export const chartbrew = {
  key: 'chartbrew',
  vendor: 'chartbrew',
  baseUrl: 'https://chartbrew.example',
  teamId: 7,
  apiKey: CANARY,
};

export const parse = (document: unknown, environment = {}) => parseConfig(document, { vendors, environment });
export const parseOne = (instance: object, environment = {}) => parse({ instances: [instance] }, environment);

/** Returns the reported problems. Checks that they contain no value. */
export async function problemsOf(run: () => unknown): Promise<readonly string[]> {
  const error: unknown = await Promise.resolve()
    .then(run)
    .then(
      () => new Error('It was accepted.'),
      (thrown: unknown) => thrown,
    );
  if (!(error instanceof ConfigError)) throw error;
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/7canary/i);
  return error.problems;
}
