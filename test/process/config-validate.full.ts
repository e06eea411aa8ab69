// `config validate` finds what `start` would refuse, and prints a summary of a configuration without mistakes.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { failed, useProcesses } from './run.ts';

const { start, file, pathOf } = useProcesses();

const CANARY = '7Canary';
const HASH = `sha256:${'ab'.repeat(21)}a`;

/** A vendor that counts its requests. */
let vendor: Server;
let requests = 0;
let host = '';
beforeAll(async () => {
  vendor = createServer((_request, response) => {
    requests += 1;
    response.end('[]');
  }).listen(0, '127.0.0.1');
  await once(vendor, 'listening');
  host = `127.0.0.1:${(vendor.address() as AddressInfo).port}`;
});
afterAll(() => vendor.close());

const instancesWith = (more: object = {}) => [
  { key: 'ours', vendor: 'omni', baseUrl: `http://${host}/api`, apiKey: '${KEY}', ...more },
  { key: 'team', vendor: 'chartbrew', baseUrl: `http://${host}/api`, teamId: 7, apiKey: '${KEY}' },
];
const validate = async (name: string, document: object, ...args: string[]) => {
  const path = await file(`${name}.json`, JSON.stringify(document));
  return start(['config', 'validate', '--config', path, ...args], { env: { PORT: '4000', KEY: CANARY } });
};

const DOUBTFUL =
  'instances[1].baseUrl: ends in a path that Chartbrew itself does not have; leave it out unless a proxy adds it';
const tokens = {
  server: { host: '0.0.0.0' },
  auth: { mode: 'tokens', tokens: [{ name: 'ci', hash: HASH, scopes: ['connections:read'] }] },
};

describe.concurrent('config validate', { timeout: 120_000 }, () => {
  it('config validate sums up a configuration without mistakes, and calls no vendor', async () => {
    const run = await validate('valid', { ...tokens, instances: instancesWith() });
    expect(await run.ended).toBe(0);
    expect(run.printed).toEqual({
      stdout: [
        'The configuration is valid.',
        'Address: http://0.0.0.0:4000',
        'Authentication: tokens',
        '',
        `Instance  Vendor     Host`,
        `ours      omni       ${host}`,
        `team      chartbrew  ${host}`,
        '',
        'The configuration may have mistakes:',
        `  ${DOUBTFUL}`,
        '',
      ].join('\n'),
      stderr: '',
    });
    expect(requests).toBe(0);
  });

  it('config validate prints the same as JSON', async () => {
    const run = await validate('valid-json', { ...tokens, instances: instancesWith() }, '--json');
    expect(await run.ended).toBe(0);
    expect(run.printed.stderr).toBe('');
    expect(JSON.parse(run.printed.stdout)).toEqual({
      valid: true,
      problems: [],
      warnings: [DOUBTFUL],
      listen: { host: '0.0.0.0', port: 4000, tls: false },
      auth: { mode: 'tokens' },
      instances: [
        { key: 'ours', vendor: 'omni', host },
        { key: 'team', vendor: 'chartbrew', host },
      ],
    });
  });

  it('config validate reports all mistakes by path and without values, as start does', async () => {
    const nowhere = pathOf('nowhere');
    const jwt = { issuer: 'https://idp.example.com', audience: 'patchbay', jwksFile: nowhere };
    const document = {
      server: { tls: { certFile: nowhere, keyFile: nowhere }, documentsFile: nowhere, [CANARY.toLowerCase()]: 1 },
      auth: { mode: 'jwt', jwt },
      instances: instancesWith({ baseUrl: CANARY, apiKey: '${NOWHERE}', caFile: nowhere }),
    };
    const problems = [
      'server.7canary: unknown key',
      'auth.jwt.jwksFile: names a file that cannot be read',
      'instances[0].apiKey: needs the environment variable NOWHERE, which is not set',
      'instances[0].baseUrl: is not a valid URL',
      'instances[0].caFile: names a file that cannot be read',
    ];
    expect(await failed(await validate('mistakes', document))).toBe(
      ['The configuration cannot be used:', ...problems.map((problem) => `  ${problem}`), ''].join('\n'),
    );
    const run = await validate('mistakes-json', document, '--json');
    expect(await run.ended).toBe(1);
    expect(run.printed.stderr).toBe('');
    expect(JSON.parse(run.printed.stdout)).toEqual({
      valid: false,
      problems,
      warnings: [],
      listen: null,
      auth: null,
      instances: [],
    });
  });

  it('config validate reports files for TLS that are no certificate and key, and documents that the schema refuses', async () => {
    const text = await file('text.pem', 'no certificate');
    const manifest = await file('documents.json', JSON.stringify({ first: '{ noSuchField }' }));
    const server = { tls: { certFile: text, keyFile: text }, documentsFile: manifest };
    expect(await failed(await validate('tls', { server, instances: instancesWith() }))).toBe(
      'The configuration cannot be used:\n  server.tls: certFile and keyFile must be PEM files of a certificate and its private key\n',
    );
    const documents = await validate('manifest', { server: { documentsFile: manifest }, instances: instancesWith() });
    expect(await failed(documents)).toMatch(/^The configuration cannot be used:\n {2}server\.documentsFile: .*first/);
  });

  it('config validate needs a file', async () => {
    expect(await failed(start(['config', 'validate']))).toBe(
      'There is no configuration. Name the file with --config FILE or PATCHBAY_CONFIG.\n',
    );
    expect(await failed(start(['config', 'validate', '--config', pathOf('nowhere')]))).toBe(
      'The configuration cannot be used:\n  (file): cannot be read\n',
    );
  });
});
