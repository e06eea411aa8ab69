// A run in which one vendor has reached its rate limit and another does not answer: the metrics show which and why. The table in
// docs/operations.md has the numbers of this run.
import { expect, it } from 'vitest';
import { startTestGateway } from '../support/gateway.ts';

const LIST = 'connections(first: 20) { totalCount sources { error { __typename } } }';

/** The settings in which the instances differ from those of other tests. */
const SETTINGS: Readonly<Record<string, object>> = {
  omni: { rateLimit: { perMinute: 10 }, cache: { staleMs: 600_000, ttlMs: 0 } },
  chartbrew: {
    timeouts: { listMs: 1000 },
    breaker: { failures: 3, openMs: 600_000 },
    cache: { staleMs: 600_000, ttlMs: 0 },
  },
};

it('the metrics of a mixed run show which vendor is slow and why', async () => {
  const gateway = await startTestGateway({
    instances: (sandbox) => sandbox.map((instance) => ({ ...instance, ...SETTINGS[instance.key] })),
  });
  const list = async (times: number) => {
    for (let time = 0; time < times; time += 1) await gateway.ask(`query Name${time} { ${LIST} }`);
  };
  await list(10);
  await gateway.outage('chartbrew', 'hang');
  await list(10);
  const response = await gateway.gateway.fetch(new Request('http://127.0.0.1/metrics'));
  const lines = (await response.text()).split('\n');
  const linesOf = (start: string) => lines.filter((line) => line.startsWith(start) && !line.endsWith(' 0')).toSorted();
  expect(linesOf('patchbay_requests_total')).toEqual(['patchbay_requests_total{operation="query",outcome="ok"} 20']);
  expect(linesOf('patchbay_vendor_calls_total')).toEqual([
    'patchbay_vendor_calls_total{instance="chartbrew",verb="list",outcome="circuit_open"} 7',
    'patchbay_vendor_calls_total{instance="chartbrew",verb="list",outcome="ok"} 10',
    'patchbay_vendor_calls_total{instance="chartbrew",verb="list",outcome="timeout"} 3',
    'patchbay_vendor_calls_total{instance="credible",verb="list",outcome="ok"} 20',
    'patchbay_vendor_calls_total{instance="looker",verb="list",outcome="ok"} 20',
    'patchbay_vendor_calls_total{instance="looker",verb="login",outcome="ok"} 1',
    'patchbay_vendor_calls_total{instance="omni",verb="list",outcome="ok"} 8',
    'patchbay_vendor_calls_total{instance="omni",verb="list",outcome="throttled"} 12',
  ]);
  expect(linesOf('patchbay_lists_total')).toEqual([
    'patchbay_lists_total{instance="chartbrew",source="stale"} 10',
    'patchbay_lists_total{instance="chartbrew",source="vendor"} 10',
    'patchbay_lists_total{instance="credible",source="vendor"} 20',
    'patchbay_lists_total{instance="looker",source="vendor"} 20',
    'patchbay_lists_total{instance="omni",source="stale"} 12',
    'patchbay_lists_total{instance="omni",source="vendor"} 8',
  ]);
  expect(linesOf('patchbay_breaker_state{instance="chartbrew"')).toEqual([
    'patchbay_breaker_state{instance="chartbrew",state="open"} 1',
  ]);
  expect(linesOf('patchbay_rate_limit_remaining{instance="omni"')).toEqual([
    'patchbay_rate_limit_remaining{instance="omni"} 2',
  ]);
  await gateway.close();
});
