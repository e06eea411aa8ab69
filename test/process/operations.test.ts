// The process with a port for operators: metrics and health pages are there, and the log has the level of the configuration.
import { expect, it } from 'vitest';
import { stop, useProcesses, waitFor } from './run.ts';

const { start, file } = useProcesses();

it('the process serves the pages for operators on a port of their own, and logs at its level', async () => {
  const path = await file(
    'operations.yaml',
    [
      'log: { level: debug }',
      'operations: { port: 0 }',
      'instances:',
      '  - { key: omni, vendor: omni, baseUrl: "http://127.0.0.1:9/api", apiKey: "7Canary" }',
      '',
    ].join('\n'),
  );
  const run = start(['--config', path]);
  const [, pages = ''] = await waitFor(run, /^Metrics and health pages are at (\S+)$/m);
  const [, graphql = ''] = await waitFor(run, /^Patchbay is ready at (http:\/\/[^/]+)\/graphql/m);
  const body = JSON.stringify({ query: '{ __typename }' });
  await fetch(`${graphql}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const metrics = await (await fetch(`${pages}/metrics`)).text();
  expect(metrics).toContain('patchbay_requests_total{operation="query",outcome="ok"} 1');
  expect(metrics).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
  expect((await fetch(`${pages}/readyz`)).status).toBe(200);
  expect((await fetch(`${graphql}/metrics`)).status).toBe(404);
  expect(await stop(run)).toBe(0);
  expect(run.printed.stdout).toMatch(/"level":20,.*"rootFields":\["__typename"\].*"msg":"request"/);
  expect(run.printed.stdout + run.printed.stderr).not.toContain('7Canary');
});
