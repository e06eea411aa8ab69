// Every operation with randomly changed vendor answers. The gateway returns a well-formed answer or a typed failure,
// and no secret that was sent or stored.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { createSandboxCredible } from '../../src/sandbox/credible/server.ts';
import { createSandboxLooker } from '../../src/sandbox/looker/server.ts';
import { createSandboxOmni } from '../../src/sandbox/omni/server.ts';
import type { SandboxVendor } from '../../src/sandbox/server.ts';
import type { VendorName } from '../support/gateway.ts';
import { startStubbedGateway, type StubbedGateway } from '../support/stub-vendor.ts';
import { changed, plans, type Plan } from './answers.ts';
import { fuzz, shareOf, type Outcome } from './run-cases.ts';
import { secretIn, wrongAnswer } from './answer-rules.ts';
import { ask, GET, LIST } from './mutation-documents.ts';

const SANDBOXES: Readonly<Record<VendorName, () => SandboxVendor>> = {
  looker: () => createSandboxLooker(),
  omni: () => createSandboxOmni(),
  credible: () => createSandboxCredible(),
  chartbrew: () => createSandboxChartbrew(),
};
const VENDORS = Object.keys(SANDBOXES) as VendorName[];
/** The number of concurrent runs for each vendor. Each has its own gateway. */
const EACH = 4;

const PASSWORD = 'pw-secret-1';
const POSTGRES = { host: 'db.example.com', port: 5432, database: 'app', username: 'bi', password: PASSWORD };

type Question = (vendor: VendorName, id: string) => readonly [query: string, variables: Record<string, unknown>];
const OPERATIONS: Readonly<Record<string, Question>> = {
  list: (instance) => [LIST, { instance }],
  get: (_vendor, id) => [GET, { id }],
  create: (instance) => [ask('createConnection'), { i: { instance, name: 'fuzz', config: { postgres: POSTGRES } } }],
  update: (_vendor, id) => [
    ask('updateConnection'),
    { i: { id, config: { postgres: { password: { replace: PASSWORD }, database: 'other' } } } },
  ],
  delete: (_vendor, id) => [ask('deleteConnection'), { i: { id } }],
  test: (_vendor, id) => [ask('testConnection'), { i: { id } }],
  testConfig: (instance) => [
    ask('testConnectionConfig'),
    { i: { instance, name: 'fuzz', config: { postgres: POSTGRES } } },
  ],
};

interface Stage {
  readonly vendor: VendorName;
  readonly played: StubbedGateway;
  readonly ids: readonly string[];
  /** Begins a run with a vendor in its initial state, whose answers the plan changes. */
  readonly begin: (plan: Plan | null) => void;
}

async function openStage(vendor: VendorName): Promise<Stage> {
  let sandbox = SANDBOXES[vendor]();
  let plan: Plan | null = null;
  let number = 0;
  const stubbed = await startStubbedGateway(vendor, async (request) => {
    const response = await sandbox(request);
    return plan ? changed(response, plan, number++) : response;
  });
  const { data } = await stubbed.gateway.ask(
    `query ($v: [ID!]) { connections(first: 200, filter: { instance: $v, dialect: [POSTGRES] }) { nodes { id } } }`,
    { v: [vendor] },
  );
  return {
    vendor,
    played: stubbed,
    ids: data.connections.nodes.map(({ id }: { id: string }) => id),
    begin: (next) => {
      sandbox = SANDBOXES[vendor]();
      plan = next;
      number = 0;
    },
  };
}

it('every operation is answered, whatever the vendors answer', { timeout: 600_000 }, async () => {
  const stages = await Promise.all(VENDORS.flatMap((vendor) => Array.from({ length: EACH }, () => openStage(vendor))));
  try {
    const arbitrary = fc.record({
      operation: fc.constantFrom(...Object.keys(OPERATIONS)),
      pick: fc.nat(),
      plan: plans,
    });
    type Run = { operation: string; pick: number; plan: Plan };
    const run = async ({ operation, pick, plan }: Run, lane: number): Promise<Outcome> => {
      const { vendor, played: stubbed, ids, begin } = stages[lane] as Stage;
      begin(plan);
      const [query, variables] = OPERATIONS[operation]?.(vendor, ids[pick % ids.length] ?? '') ?? ['', {}];
      const answer = await stubbed.gateway.ask(query, variables);
      const log = stubbed.gateway.log.splice(0).join('\n');
      const wrong =
        (answer.status === 200 ? null : `status ${answer.status}`) ??
        wrongAnswer(answer.text) ??
        secretIn(answer.text + log) ??
        (log.includes('unexpected error') ? log : null);
      const result = Object.values(answer.data ?? {})[0] as { __typename?: string } | null | undefined;
      const kind = answer.errors ? String(answer.errors[0]?.extensions['code']) : (result?.__typename ?? 'told');
      return { kind: `${operation}: ${kind}`, wrong: wrong && `${vendor}: ${wrong} ${answer.text.slice(0, 600)}` };
    };
    const counts = await fuzz({ what: 'answers', arbitrary, run, lanes: stages.length });
    for (const kind of ['create: CreateConnectionSuccess', 'update: UpdateConnectionSuccess', 'list: told']) {
      expect(shareOf(counts, new RegExp(`^${kind}$`)), kind).toBeGreaterThan(0.005);
    }
    expect(shareOf(counts, /^get: VENDOR_UNAVAILABLE$/)).toBeGreaterThan(0.005);
  } finally {
    await Promise.all(stages.map(({ played: stubbed }) => stubbed.close()));
  }
});
