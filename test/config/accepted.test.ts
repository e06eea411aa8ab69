// Accepted configurations and what they are parsed to. Mistakes are in mistakes.test.ts.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstanceConfig } from '../../src/config/parse-config.ts';
import type { Credential } from '../../src/secrets/credential.ts';
import { loadConfig, vendors } from '../../src/gateway.ts';
import { startTestGateway } from '../support/gateway.ts';
import { CANARY, omni, parse, parseOne } from './instances.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-config-'));
});
afterAll(async () => rm(folder, { recursive: true }));

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

/** Returns the text of a credential. */
const textOf = ({ settings }: InstanceConfig, name: string) => (settings[name] as Credential).current().reveal();

const SAME = {
  corsOrigins: [],
  trustProxy: [],
  tls: null,
  documents: { manifest: null, trustedOnly: false },
};
/** What is on unless NODE_ENV is production. */
const OPEN = { introspection: true, suggestions: true, get: true, ...SAME };
const CLOSED = { introspection: false, suggestions: false, get: false, ...SAME };

const SAMPLE = `
server: { host: 127.0.0.1, port: 4000, graphiql: true }   # graphiql: on unless NODE_ENV=production
instances:
  - { key: looker-prod, vendor: looker, label: Looker (production), baseUrl: "https://example.cloud.looker.com/api/4.0", clientId: "\${LOOKER_CLIENT_ID}", clientSecret: "\${LOOKER_CLIENT_SECRET}" }
  - { key: omni, vendor: omni, baseUrl: "https://acme.omniapp.co/api", apiKey: "\${OMNI_API_KEY}" }
  - { key: credible, vendor: credible, baseUrl: "https://acme.admin.credibledata.com/api/v0", organization: acme, project: analytics, token: "\${CREDIBLE_TOKEN}", tokenType: bearer }   # or apiKey
  - { key: chartbrew, vendor: chartbrew, baseUrl: "https://api.chartbrew.com", teamId: 7, apiKey: "\${CHARTBREW_API_KEY}" }
`;
const environment = {
  LOOKER_CLIENT_ID: 'an-id',
  LOOKER_CLIENT_SECRET: 'a-secret',
  OMNI_API_KEY: 'an-omni-key',
  CREDIBLE_TOKEN: 'a-token',
  CHARTBREW_API_KEY: 'a-chartbrew-key',
};

describe('an accepted configuration', () => {
  it('the sample configuration is parsed with every value in its place', async () => {
    const config = await loadConfig(await file('sample.yaml', SAMPLE), { vendors, environment });
    expect(config.server).toEqual({
      host: '127.0.0.1',
      port: 4000,
      requestMs: 100_000,
      shutdownMs: 30_000,
      reloadOnChange: false,
      checkAtStart: true,
      graphiql: true,
      ...OPEN,
    });
    expect(config.instances.map(({ key, label, vendor, http }) => [key, label, vendor.kind, http.baseUrl])).toEqual([
      ['looker-prod', 'Looker (production)', 'looker', 'https://example.cloud.looker.com/api/4.0'],
      ['omni', 'omni', 'omni', 'https://acme.omniapp.co/api'],
      ['credible', 'credible', 'credible', 'https://acme.admin.credibledata.com/api/v0'],
      ['chartbrew', 'chartbrew', 'chartbrew', 'https://api.chartbrew.com'],
    ]);
    for (const { http } of config.instances) {
      expect(http.timeouts).toEqual({
        connectMs: 3000,
        listMs: 5000,
        readMs: 15_000,
        writeMs: 60_000,
        testMs: 90_000,
      });
      expect(http).toMatchObject({ ca: undefined, proxy: undefined, maxListBytes: 64_000_000 });
    }
    const [first, second, third, fourth] = config.instances as [
      InstanceConfig,
      InstanceConfig,
      InstanceConfig,
      InstanceConfig,
    ];
    expect([textOf(first, 'clientId'), textOf(first, 'clientSecret')]).toEqual(['an-id', 'a-secret']);
    expect(textOf(second, 'apiKey')).toBe('an-omni-key');
    expect(third.settings).toMatchObject({ organization: 'acme', project: 'analytics', tokenType: 'bearer' });
    expect(textOf(third, 'token')).toBe('a-token');
    expect(fourth.settings).toMatchObject({ teamId: 7 });
    expect(textOf(fourth, 'apiKey')).toBe('a-chartbrew-key');
    // Without the vendor modules, whose every schema would be printed.
    const values = { ...config, instances: config.instances.map((one) => ({ ...one, vendor: one.vendor.kind })) };
    expect(inspect(values, { depth: Infinity, showHidden: true })).not.toMatch(/a-secret|omni-key|a-token/);
  });

  it('a configuration may be JSON, with a file for a secret, a variable inside a text, and all common settings', async () => {
    const secret = await file('secret', `${CANARY}\n`);
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    const instance = {
      ...omni,
      baseUrl: 'https://${TENANT}.example/api',
      apiKey: `\${file:${secret}}`,
      timeouts: { connectMs: 1, listMs: 2, readMs: 3, writeMs: 4, testMs: 5 },
      caFile: await file('ca.pem', pem),
      proxy: 'http://proxy.example:3128',
      cache: { ttlMs: 6, staleMs: 7 },
      rateLimit: { perMinute: 8 },
      breaker: { failures: 9, openMs: 10 },
      limits: { listMb: 11 },
    };
    const path = await file('config.json', JSON.stringify({ instances: [instance] }, null, 2));
    const config = await loadConfig(path, { vendors, environment: { TENANT: 'acme' } });
    const [one] = config.instances as [InstanceConfig];
    expect(one.http).toEqual({
      baseUrl: 'https://acme.example/api',
      timeouts: { connectMs: 1, listMs: 2, readMs: 3, writeMs: 4, testMs: 5 },
      ca: pem,
      proxy: 'http://proxy.example:3128',
      breaker: { failures: 9, openMs: 10 },
      maxListBytes: 11_000_000,
    });
    expect(one).toMatchObject({ cache: { ttlMs: 6, staleMs: 7 }, perMinute: 8 });
    expect(textOf(one, 'apiKey')).toBe(CANARY);
  });

  it('files of configurations, secrets and authorities may begin with a byte-order mark', async () => {
    const secret = await file('marked-secret', `\ufeff${CANARY}\r\n`);
    const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
    const instance = { ...omni, apiKey: `\${file:${secret}}`, caFile: await file('marked.pem', `\ufeff${pem}`) };
    const path = await file('marked.json', `\ufeff${JSON.stringify({ instances: [instance] }, null, '\t')}`);
    const [one] = (await loadConfig(path, { vendors, environment: {} })).instances as [InstanceConfig];
    expect(textOf(one, 'apiKey')).toBe(CANARY);
    expect(one.http.ca).toBe(pem);
  });

  it('YAML anchors and merge keys may be used', async () => {
    const instances = Array.from(
      { length: 1000 },
      (_, at) => `  - { <<: *omni, key: omni-${at}, timeouts: *patient, apiKey: "key-${at}" }`,
    );
    const text = [
      'server: { requestMs: 5 }',
      'instances:',
      '  - &omni { key: omni, vendor: omni, baseUrl: "https://omni.example/api", apiKey: a-key, label: Ours,',
      '      timeouts: &patient { listMs: 7 } }',
      ...instances,
    ].join('\n');
    const config = await loadConfig(await file('anchors.yaml', text), { vendors, environment: {} });
    expect(config.instances).toHaveLength(1001);
    const last = config.instances.at(-1) as InstanceConfig;
    expect([last.key, last.label, last.http.timeouts.listMs]).toEqual(['omni-999', 'Ours', 7]);
    expect(textOf(last, 'apiKey')).toBe('key-999');
  });

  it('the example of this repository is accepted without a warning', async () => {
    const example = await readFile(new URL('../../examples/patchbay.yaml', import.meta.url), 'utf8');
    const secret = await file('looker-secret', CANARY);
    const path = await file('example.yaml', example.replace('/run/secrets/looker-client-secret', secret));
    const { instances, warnings } = await loadConfig(path, { vendors, environment });
    expect(instances).toHaveLength(4);
    expect(warnings).toEqual([]);
  });

  it('a mounted secret is read again when a vendor refuses the old text', async () => {
    const path = await file('rotated', 'first\n');
    const [one] = parseOne({ ...omni, apiKey: `\${file:${path}}` }).instances as [InstanceConfig];
    const apiKey = one.settings['apiKey'] as Credential;
    expect(await apiKey.reload()).toBe(false);
    await file('rotated', 'second\n');
    expect(textOf(one, 'apiKey')).toBe('first');
    expect(await apiKey.reload()).toBe(true);
    expect(textOf(one, 'apiKey')).toBe('second');
    await rm(path);
    expect(await apiKey.reload()).toBe(false);
    expect(textOf(one, 'apiKey')).toBe('second');
  });

  it.each(['http://localhost:1/api', 'http://127.0.0.1/api', 'http://127.8.9.10:8080/api', 'http://[::1]:4000/api'])(
    'plain http to this machine is accepted: %s',
    (baseUrl) => {
      expect(parseOne({ ...omni, baseUrl }).instances[0]?.http.baseUrl).toBe(baseUrl);
    },
  );

  it('plain http to another host is accepted with allowInsecureHttp', () => {
    const instance = { ...omni, baseUrl: 'http://omni.internal/api', allowInsecureHttp: true };
    expect(parseOne(instance).instances[0]?.http.baseUrl).toBe('http://omni.internal/api');
  });

  it.each([
    [{}, { host: '127.0.0.1', port: 4000, requestMs: 100_000, graphiql: true, ...OPEN }],
    [
      { HOST: '::1', PORT: '0' },
      { host: '::1', port: 0, requestMs: 100_000, graphiql: true, ...OPEN },
    ],
    [
      { HOST: '', PORT: '', NODE_ENV: 'production' },
      { host: '127.0.0.1', port: 4000, requestMs: 100_000, graphiql: false, ...CLOSED },
    ],
  ])('the environment %j results in the server settings %j', (variables, server) => {
    expect(parseOne(omni, variables).server).toEqual({
      shutdownMs: 30_000,
      reloadOnChange: false,
      checkAtStart: true,
      ...server,
    });
  });

  it('server settings may contain variables of the environment', () => {
    const document = { server: { host: '${BIND}' }, instances: [omni] };
    expect(parse(document, { BIND: '127.0.0.2' }).server.host).toBe('127.0.0.2');
  });

  it('the file decides about GraphiQL in production too', () => {
    const document = { server: { graphiql: true, port: 5000 }, instances: [omni] };
    expect(parse(document, { NODE_ENV: 'production', PORT: '5001' }).server).toEqual({
      host: '127.0.0.1',
      port: 5001,
      requestMs: 100_000,
      shutdownMs: 30_000,
      reloadOnChange: false,
      checkAtStart: true,
      graphiql: true,
      ...CLOSED,
      introspection: true,
    });
  });

  it('the file decides in production what is open to callers and browsers', () => {
    const open = { introspection: true, suggestions: true, get: true };
    const cors = { origins: ['https://app.example.com', 'http://localhost:3000'] };
    const document = { server: { ...open, cors }, instances: [omni] };
    expect(parse(document, { NODE_ENV: 'production' }).server).toMatchObject({
      ...open,
      graphiql: false,
      corsOrigins: ['https://app.example.com', 'http://localhost:3000'],
    });
  });

  it('introspection may be off where GraphiQL is on', () => {
    const document = { server: { graphiql: true, introspection: false }, instances: [omni] };
    expect(parse(document, {}).server).toMatchObject({ graphiql: true, introspection: false });
  });

  it('two instances of one vendor have keys and labels of their own', async () => {
    const test = await startTestGateway({
      instances: (sandbox) => [
        { ...sandbox[0], key: 'looker-eu', label: 'Looker (Europe)' },
        { ...sandbox[0], key: 'looker-us', label: 'Looker (America)' },
      ],
    });
    try {
      const { data } = await test.ask(
        '{ vendors { label instances { key label } } connections { isComplete sources { instance { key } count } } }',
      );
      expect(data.vendors[0]).toEqual({
        label: 'Looker',
        instances: [
          { key: 'looker-eu', label: 'Looker (Europe)' },
          { key: 'looker-us', label: 'Looker (America)' },
        ],
      });
      const [eu, us] = data.connections.sources;
      expect(data.connections.isComplete).toBe(true);
      expect([eu.instance.key, us.instance.key]).toEqual(['looker-eu', 'looker-us']);
      expect(eu.count).toBeGreaterThan(0);
      expect(us.count).toBe(eu.count);
    } finally {
      await test.close();
    }
  });
});
