// The verdict about known vulnerabilities, from reports as `npm audit --json` prints them.
import { expect, it } from 'vitest';
import { verdictOf } from '../../.ci/audit.ts';

const counts = { info: 0, low: 1, moderate: 2, high: 0, critical: 0, total: 3 };

it('a moderate vulnerability is told and passes', () => {
  expect(verdictOf({ metadata: { vulnerabilities: counts } })).toEqual({
    passed: true,
    told: 'npm audit: 3 known, 0 high, 0 critical.',
  });
});

it.each(['high', 'critical'])('one %s vulnerability fails', (severity) => {
  expect(verdictOf({ metadata: { vulnerabilities: { ...counts, [severity]: 1, total: 4 } } }).passed).toBe(false);
});

it('a registry that does not answer is told', () => {
  const report: unknown = { message: '405 Method Not Allowed', statusCode: 405 };
  expect(verdictOf(report as never)).toEqual({
    passed: true,
    told: 'npm audit: the registry did not answer. Nothing was checked.',
  });
});
