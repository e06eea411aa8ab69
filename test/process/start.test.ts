// The process as a user starts it: what it prints, which configuration it uses, and how it ends.
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createSchema, dialects, vendors } from '../../src/gateway.ts';
import { selectAllOf } from '../support/whole-connection.ts';
import { failed, stop, useProcesses, waitFor } from './run.ts';

const { start, file, pathOf } = useProcesses();

/** Selects all settings and details of all connections. */
function wholeList(): string {
  const schema = createSchema({ vendors, dialects }, {});
  const [config, details] = ['ConnectionConfig', 'VendorDetails'].map((name) => selectAllOf(schema, name));
  return `{ connections(first: 200) { nodes { id name secrets { path status } config ${config} details ${details} } } }`;
}

/** Starts the process with arguments for Node, and returns its answer to the whole list. */
async function listFromProcess(node: readonly string[]) {
  const run = start([], { env: { NODE_ENV: 'development' }, node });
  const [, address = ''] = await waitFor(run, /^Patchbay is ready at (\S+)/m);
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: wholeList() }),
  });
  const answer = (await response.json()) as { data: { connections: { nodes: unknown[] } } };
  expect(await stop(run)).toBe(0);
  expect(run.printed.stderr).toBe('');
  return answer;
}

// Each start takes about a second of a processor: the tests run side by side.
describe.concurrent('the process', { timeout: 120_000 }, () => {
  it('the process without a configuration serves the sandbox, prints a query that works, and ends by SIGTERM', async () => {
    const run = start([], { env: { NODE_ENV: 'development' } });
    const [, address = '', query = ''] = await waitFor(
      run,
      /^Patchbay is ready at (http:\/\/127\.0\.0\.1:\d+\/graphql) — .*GraphiQL\nA first query:\n {2}(.+)\n/m,
    );
    expect(run.printed.stdout).toMatch(
      /^Instances: looker \(Looker \(sandbox\)\), omni \(.+\), credible \(.+\), chartbrew \(.+\)$/m,
    );
    const post = async (body: string) =>
      fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const { data, errors } = (await (await post(JSON.stringify({ query }))).json()) as {
      data: { connections: { totalCount: number; sources: { instance: { key: string } }[] } };
      errors?: unknown;
    };
    expect(errors).toBeUndefined();
    // Longer than the minute for which proxies keep an idle connection.
    expect((await post('{"query":"{ __typename }"}')).headers.get('keep-alive')).toBe('timeout=65');
    expect(data.connections.totalCount).toBeGreaterThan(20);
    expect(data.connections.sources.map(({ instance }) => instance.key)).toEqual([
      'looker',
      'omni',
      'credible',
      'chartbrew',
    ]);
    expect(await (await post('{"query":"{ __typename }","password":"7Canary",}')).text()).not.toMatch(/7canary|stack/i);
    await post('{"query":"mutation { deleteConnection(input: { id: \\"x\\" }) { __typename } }"}');
    expect(await stop(run)).toBe(0);
    // Lines of the log are written in batches. None is lost when the process ends.
    expect(run.printed.stdout).toContain('"msg":"audit"');
    expect(run.printed.stderr).toBe('');
    expect(run.printed.stdout).not.toContain('7Canary');
  });

  it('the process gives the same list where Node forbids to generate code from text', async () => {
    const usual = await listFromProcess([]);
    expect(usual.data.connections.nodes.length).toBeGreaterThan(20);
    expect(usual).not.toHaveProperty('errors');
    expect(await listFromProcess(['--disallow-code-generation-from-strings'])).toEqual(usual);
  });

  it('the process in production without a configuration ends and says which configuration it needs', async () => {
    const printed = await failed(start([], { env: { NODE_ENV: 'production' } }));
    expect(printed).toBe(
      'There is no configuration. In production the sandbox does not replace it: use --config FILE or PATCHBAY_CONFIG.\n',
    );
  });

  it('the process reads the file in PATCHBAY_CONFIG, and reports every mistake in it without a value', async () => {
    const path = await file(
      'mistakes.yaml',
      'instances:\n  - { key: omni, vendor: omni, baseUrl: "7Canary", apiKey: "${NOWHERE}" }\n',
    );
    expect(await failed(start([], { env: { PATCHBAY_CONFIG: path } }))).toBe(
      [
        'The configuration cannot be used:',
        '  instances[0].apiKey: needs the environment variable NOWHERE, which is not set',
        '  instances[0].baseUrl: is not a valid URL',
        '',
      ].join('\n'),
    );
  });

  it('the process prefers the file of --config to that of PATCHBAY_CONFIG', async () => {
    const path = await file(
      'good.yaml',
      'instances:\n  - { key: omni, vendor: omni, label: Ours, baseUrl: "http://127.0.0.1:9/api", apiKey: "${KEY}" }\n',
    );
    const env = { NODE_ENV: 'production', PATCHBAY_CONFIG: pathOf('nowhere'), KEY: '7Canary' };
    const run = start(['--config', path], { env });
    await waitFor(run, /^Patchbay is ready at http:\/\/127\.0\.0\.1:\d+\/graphql$/m);
    expect(run.printed.stdout).toMatch(/^Instances: omni \(Ours\)$/m);
    expect(run.printed.stdout).not.toMatch(/7Canary|Sandbox/);
    expect(await stop(run, 'SIGINT')).toBe(0);
  });

  it('the process starts with a configuration that may have a mistake, and prints a warning', async () => {
    const path = await file(
      'doubtful.yaml',
      'instances:\n  - { key: ours, vendor: chartbrew, baseUrl: "http://127.0.0.1:9/api", teamId: 7, apiKey: "${KEY}" }\n',
    );
    const run = start(['--config', path], { env: { KEY: '7Canary' } });
    await waitFor(run, /^Patchbay is ready at /m);
    expect(run.printed.stderr).toBe(
      'The configuration may have mistakes:\n  instances[0].baseUrl: ends in a path that Chartbrew itself does not have; leave it out unless a proxy adds it\n',
    );
    expect(await stop(run)).toBe(0);
  });

  it('the process says which port is in use and how to choose another', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    try {
      expect(await failed(start([], { env: { PORT: String(port) } }))).toBe(
        `Port ${port} is in use. Set PORT to another one.\n`,
      );
    } finally {
      server.close();
    }
  });

  it('the command `sandbox` starts only the four vendors and prints their addresses and credentials', async () => {
    const run = start(['sandbox']);
    await waitFor(run, /chartbrew .*\n/);
    const at = String.raw`http://127\.0\.0\.1:\d+`;
    expect(run.printed.stdout).toMatch(
      new RegExp(`^Sandbox vendors .*
  looker     ${at}/api/4.0  clientId=\\S+ clientSecret=\\S+
  omni       ${at}/api  apiKey=\\S+
  credible   ${at}/api/v0  organization=acme project=analytics token=\\S+
  chartbrew  ${at}  teamId=7 apiKey=\\S+
$`),
    );
    expect(await stop(run)).toBe(0);
  });
});
