// Random documents. A valid one is answered with data and without an internal error. A corrupted one is answered or refused.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';
import { Documents, spoiltText } from './documents.ts';
import { fuzz, shareOf, WIDE_LIMITS, type Outcome } from './run-cases.ts';
import { secretIn, wrongAnswer } from './answer-rules.ts';

const OPEN = ['{ a ', '{ nodes(ids: [', '{ connections(filter: {name: ', '{ ...F } fragment F on Query { ', '[[', '(('];

it('every document is answered or refused', { timeout: 600_000 }, async () => {
  // The cache is on, because a document may request the same list many times.
  const gateway = await startTestGateway({
    instances: (sandbox) => sandbox.map((instance) => ({ ...instance, cache: { ttlMs: 60_000, staleMs: 0 } })),
    limits: WIDE_LIMITS,
  });
  try {
    const documents = new Documents(gateway.gateway.schema);
    const valid = documents.query();
    const deep = fc.tuple(fc.constantFrom(...OPEN), fc.integer({ min: 1, max: 4000 }));
    const arbitrary = fc.oneof(
      { weight: 6, arbitrary: valid.map((text) => ({ text, isValid: true })) },
      { weight: 4, arbitrary: spoiltText(valid).map((text) => ({ text, isValid: false })) },
      { weight: 1, arbitrary: deep.map(([open, times]) => ({ text: open.repeat(times), isValid: false })) },
    );
    const run = async ({ text, isValid }: { text: string; isValid: boolean }): Promise<Outcome> => {
      const answer = await gateway.ask(text, { p: 'pw-secret-1' });
      const log = gateway.log.splice(0).join('\n');
      const code = answer.errors ? String(answer.errors[0]?.extensions['code']) : 'answered';
      const refused = isValid && !answer.data ? `a valid document got ${code}` : null;
      const wrong =
        (answer.status === 200 ? null : `status ${answer.status}`) ??
        wrongAnswer(answer.text) ??
        secretIn(answer.text + log) ??
        refused ??
        (log.includes('unexpected error') ? log : null);
      return {
        kind: `${isValid ? 'valid' : 'spoilt'}: ${code}`,
        wrong: wrong && `${wrong} ${answer.text.slice(0, 500)}`,
      };
    };
    const counts = await fuzz({ what: 'documents', arbitrary, run, lanes: 4 });
    expect(shareOf(counts, /^valid: answered$/)).toBeGreaterThan(0.4);
    expect(shareOf(counts, /^spoilt: GRAPHQL_PARSE_FAILED$/)).toBeGreaterThan(0.1);
    expect(shareOf(counts, /^spoilt: GRAPHQL_VALIDATION_FAILED$/)).toBeGreaterThan(0.025);
  } finally {
    await gateway.close();
  }
});
