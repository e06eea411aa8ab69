// The dashboard and the alert rules in examples/monitoring query only metrics that exist, with labels that these metrics have.
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../../src/observability/metrics.ts';

interface Dashboard {
  readonly panels: readonly { readonly title: string; readonly targets: readonly { readonly expr: string }[] }[];
}

interface Rules {
  readonly groups: readonly { readonly rules: readonly { readonly alert: string; readonly expr: string }[] }[];
}

interface Query {
  readonly place: string;
  readonly expr: string;
}

const read = (name: string): string =>
  readFileSync(new URL(`../../examples/monitoring/${name}`, import.meta.url), 'utf8');

const dashboard = JSON.parse(read('grafana-dashboard.json')) as Dashboard;
const rules = parse(read('alerts.yaml')) as Rules;
const PANEL_QUERIES = dashboard.panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }): Query => ({ place: title, expr })),
);
const ALERT_QUERIES = rules.groups.flatMap((group) =>
  group.rules.map(({ alert, expr }): Query => ({ place: alert, expr })),
);

/** The labels of each metric, by its name. A histogram has the names of its series. */
const labelsByMetric = new Map<string, readonly string[]>();

/** Everything that is not a metric: functions, keywords and texts of PromQL. */
const WORDS = new Set(['sum', 'max', 'min', 'by', 'rate', 'histogram_quantile']);

/** Returns the metrics that a query names, and the labels that it uses. */
function namesIn(expr: string): { readonly metrics: string[]; readonly labels: string[] } {
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/,\s*/));
  const matched = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, list = '']) =>
    [...list.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label),
  );
  const rest = expr.replaceAll(/\bby \([^)]*\)|\{[^}]*\}|\[[^\]]*\]|"[^"]*"/g, ' ');
  const metrics = [...rest.matchAll(/\b[a-z_][a-z0-9_]*\b/g)].map(([name]) => name).filter((name) => !WORDS.has(name));
  return { metrics, labels: [...grouped, ...matched] };
}

/** Returns what a query names that does not exist. */
function unknownIn(expr: string): string[] {
  const { metrics, labels } = namesIn(expr);
  const known = new Set(metrics.flatMap((name) => labelsByMetric.get(name) ?? []));
  return [
    ...metrics.filter((name) => !labelsByMetric.has(name)),
    ...labels.filter((label) => !known.has(label)).map((label) => `label ${label}`),
    ...(metrics.length === 0 ? ['no metric'] : []),
  ];
}

/** Returns a metric with its labels as text, whatever the order of the labels. */
const describeMetric = (name: string, labels: readonly string[]): string =>
  `${name} ${labels
    .filter((label) => label !== 'le')
    .toSorted((a, b) => a.localeCompare(b))
    .join(' ')}`;

const INSTANCE = {
  key: 'omni',
  load: () => ({ running: 0, waiting: 0, breaker: 'closed' as const }),
  rateLimit: () => ({ limit: 60, remaining: 60, resetAt: null }),
};

/** Returns metrics of which each has a value, as text. */
async function filledMetrics(): Promise<string> {
  const metrics = createMetrics(() => [INSTANCE], '1.2.3');
  metrics.request({ type: 'query', rootFields: ['vendors'] }, 'ok', 5);
  metrics.refusal('BAD_REQUEST', 'none');
  metrics.vendorCall('omni', 'list', { outcome: 'ok', status: 200, waitedMs: 1, durationMs: 5 });
  metrics.list('omni', 'vendor', 0);
  metrics.sharedRead('omni');
  metrics.sharedExecution();
  return metrics.text();
}

beforeAll(async () => {
  for (const [, name = '', list = ''] of (await filledMetrics()).matchAll(/^([a-z]\w*)(?:\{(.*)\})? /gm)) {
    labelsByMetric.set(
      name,
      [...list.matchAll(/(\w+)="/g)].map(([, label = '']) => label),
    );
  }
});

describe('the examples of monitoring', () => {
  it.each([...PANEL_QUERIES, ...ALERT_QUERIES])('$place queries metrics and labels that exist', ({ expr }) => {
    expect(unknownIn(expr)).toEqual([]);
  });

  it('the check finds a metric and a label that do not exist', () => {
    expect(unknownIn('sum by (verb) (rate(patchbay_requests_total{code="x"}[5m]))')).toEqual([
      'label verb',
      'label code',
    ]);
    expect(unknownIn('rate(patchbay_vendor_calls[5m]) > 1')).toEqual(['patchbay_vendor_calls']);
    expect(unknownIn('1 > 0')).toEqual(['no metric']);
  });

  it('the dashboard shows each metric of Patchbay', () => {
    const shown = new Set(PANEL_QUERIES.flatMap(({ expr }) => namesIn(expr).metrics));
    const own = [...labelsByMetric.keys()].filter((name) => /^patchbay_.*(?<!_sum|_count)$/.test(name));
    expect(own.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('the table in docs/operations.md has each metric of Patchbay, with its labels', () => {
    const text = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| `(patchbay_\w+)` \| (.*?) \|/gm)].map(([, name = '', list = '']) =>
      describeMetric(
        name,
        [...list.matchAll(/`(\w+)`/g)].map(([, label = '']) => label),
      ),
    );
    const own = [...labelsByMetric]
      .filter(([name]) => /^patchbay_.*(?<!_sum|_count)$/.test(name))
      .map(([name, labels]) => describeMetric(name.replace(/_bucket$/, ''), labels));
    expect(new Set(rows)).toEqual(new Set(own));
  });
});
