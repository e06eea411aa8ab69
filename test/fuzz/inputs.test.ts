// Random inputs of every mutation, valid and corrupted, generated from the schema's types. Each gets a typed result or is refused.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { startTestGateway, type Answer, type VendorName } from '../support/gateway.ts';
import { fuzz, shareOf, WIDE_LIMITS, type Outcome } from './run-cases.ts';
import { Inputs, spoilt } from './inputs.ts';
import { secretIn, wrongAnswer, wrongPath } from './answer-rules.ts';
import { ask, MUTATIONS } from './mutation-documents.ts';

const VENDORS: readonly VendorName[] = ['looker', 'omni', 'credible', 'chartbrew'];

const SERVER = { host: 'db.example.com', port: 5432, database: 'app', username: 'bi', password: 'pw-secret-1' };
const onlyAt = (instance: string, config: object, more: object = {}) => ({ instance, name: 'fuzz', config, ...more });
const CREATES = [
  ...VENDORS.flatMap((vendor) => [onlyAt(vendor, { postgres: SERVER }), onlyAt(vendor, { mysql: SERVER })]),
  onlyAt('looker', { mssql: SERVER }, { options: { looker: { jdbcAdditionalParams: 'password=pw-secret-2' } } }),
  onlyAt('chartbrew', { api: { baseUrl: 'https://x.example', headers: [{ name: 'x-key', value: 'pw-secret-3' }] } }),
];
/** Inputs that succeed, because too few of the random inputs do. */
const RIGHT: Readonly<Record<string, readonly object[]>> = {
  createConnection: CREATES,
  testConnectionConfig: CREATES,
  createConnections: [
    {
      name: 'fuzz',
      config: { postgres: SERVER },
      onFailure: 'COMPENSATE',
      targets: [{ instance: 'looker' }, { instance: 'omni' }, { instance: 'credible' }],
    },
  ],
};

/** A refused request has the status 200, because it accepts application/json. */
const outcomeOf = ({ status, data, errors }: Answer, mutation: string): string => {
  if (errors) return status === 200 ? `refused: ${String(errors[0]?.extensions['code'])}` : `status ${status}`;
  return `${mutation}: ${data?.[mutation]?.__typename}`;
};

it('every input of a mutation gets a typed result or is refused', { timeout: 600_000 }, async () => {
  const gateway = await startTestGateway({ limits: WIDE_LIMITS });
  try {
    const { data } = await gateway.ask('{ connections(first: 200) { nodes { id } } }');
    const ids = data.connections.nodes.map(({ id }: { id: string }) => id) as string[];
    expect(ids).toHaveLength(54);
    const inputs = new Inputs(gateway.gateway.schema, ids);
    const arbitrary = fc.oneof(
      ...Object.entries(MUTATIONS).map(([mutation, { input }]) =>
        spoilt(fc.oneof(inputs.named(input), ...(RIGHT[mutation] ?? []).map((valid) => fc.constant(valid)))).map(
          (value) => ({ mutation, value }),
        ),
      ),
    );
    const run = async ({ mutation, value }: { mutation: string; value: unknown }): Promise<Outcome> => {
      const answer = await gateway.ask(ask(mutation), { i: value });
      const log = gateway.log.splice(0).join('\n');
      const bug = log.includes('unexpected error') ? log : null;
      const status = answer.status === 200 ? null : `status ${answer.status}`;
      const wrong =
        status ??
        wrongAnswer(answer.text) ??
        secretIn(answer.text + log + JSON.stringify([...answer.headers])) ??
        wrongPath(gateway.gateway.schema, mutation, answer.data?.[mutation]) ??
        bug;
      return { kind: outcomeOf(answer, mutation), wrong: wrong && `${wrong} ${answer.text.slice(0, 500)}` };
    };
    const reset = async () => {
      await Promise.all(VENDORS.map((vendor) => gateway.reset(vendor)));
    };
    const counts = await fuzz({ what: 'inputs', arbitrary, run, lanes: 8, pause: { every: 100, call: reset } });
    // Some inputs succeed, and some are refused in each way.
    expect(shareOf(counts, /Success$/)).toBeGreaterThan(0.05);
    expect(shareOf(counts, /ValidationError$/)).toBeGreaterThan(0.05);
    expect(shareOf(counts, /UnsupportedError$/)).toBeGreaterThan(0.005);
    expect(shareOf(counts, /NotFoundError$/)).toBeGreaterThan(0.005);
    expect(shareOf(counts, /GRAPHQL_VALIDATION_FAILED/)).toBe(0);
    expect(shareOf(counts, /BAD_USER_INPUT/)).toBeGreaterThan(0.15);
  } finally {
    await gateway.close();
  }
});
