// A configuration with mistakes: all are told at once, each by its path, and no value is printed.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, vendors } from '../../src/gateway.ts';
import { CANARY, chartbrew, credible, looker, omni, parse, parseOne } from './instances.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-config-'));
});
afterAll(async () => rm(folder, { recursive: true }));

/** The problems that are told; that no value is among them is looked at each time. */
async function problemsOf(run: () => unknown): Promise<readonly string[]> {
  const error: unknown = await Promise.resolve()
    .then(run)
    .then(
      () => new Error('It was accepted.'),
      (thrown: unknown) => thrown,
    );
  if (!(error instanceof ConfigError)) throw error;
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/7canary/i);
  return error.problems;
}

const NOT_TEXT = 'must be text: `${NAME}` for a variable of the environment, `${file:path}` for a mounted file';
const NOT_SENDABLE = 'must be printable ASCII text without blanks around it';
const NOT_HTTPS = 'must begin with https:// (http is for this machine; allowInsecureHttp: true lifts that)';
const VENDORS = 'must be one of looker, omni, credible, chartbrew';

const MISTAKES: readonly (readonly [string, object, ...string[]])[] = [
  ['an unknown key', { ...omni, apiKeys: CANARY }, 'instances[0].apiKeys: unknown key'],
  [
    'unknown and impossible timeouts',
    { ...omni, timeouts: { list: CANARY, listMs: CANARY, readMs: 0, writeMs: 600_001 } },
    'instances[0].timeouts.listMs: must be a number',
    'instances[0].timeouts.readMs: must be 1 or more',
    'instances[0].timeouts.writeMs: must be 600000 or less',
    'instances[0].timeouts.list: unknown key',
  ],
  [
    'a key of another form',
    { ...omni, key: `${CANARY}_` },
    'instances[0].key: must be lower-case letters, digits and -, beginning with a letter or digit, at most 63',
  ],
  ['no key', { ...omni, key: undefined }, 'instances[0].key: is missing; it must be a string'],
  ['an unknown vendor', { ...omni, vendor: CANARY }, `instances[0].vendor: ${VENDORS}`],
  ['no vendor', { ...omni, vendor: undefined }, `instances[0].vendor: ${VENDORS}`],
  [
    'no credentials at Looker',
    { ...looker, clientId: undefined, clientSecret: undefined },
    'instances[0].clientId: is missing',
    'instances[0].clientSecret: is missing',
  ],
  ['no credential at Omni', { ...omni, apiKey: undefined }, 'instances[0].apiKey: is missing'],
  [
    'no project at Credible, and organization of another form',
    { ...credible, organization: `../${CANARY}`, project: undefined },
    'instances[0].organization: must be letters, digits, _ and -',
    'instances[0].project: is missing; it must be a string',
  ],
  ['both token and apiKey at Credible', { ...credible, apiKey: CANARY }, 'instances[0]: give either token or apiKey'],
  [
    'neither token nor apiKey at Credible, beside another mistake',
    { ...credible, token: undefined, tokenType: CANARY },
    'instances[0].tokenType: Invalid option: expected one of "bearer"|"apiKey"',
    'instances[0]: give either token or apiKey',
  ],
  [
    'a team of Chartbrew that is no number',
    { ...chartbrew, teamId: CANARY },
    'instances[0].teamId: must be a whole number',
  ],
  ['a credential that is no text', { ...omni, apiKey: { value: CANARY } }, `instances[0].apiKey: ${NOT_TEXT}`],
  [
    'control characters in a credential',
    { ...omni, apiKey: `${CANARY}\u0007` },
    `instances[0].apiKey: ${NOT_SENDABLE}`,
  ],
  ['a line break in a credential', { ...omni, apiKey: `${CANARY}\nx: y` }, `instances[0].apiKey: ${NOT_SENDABLE}`],
  ['letters beyond ASCII in a credential', { ...omni, apiKey: `${CANARY}é` }, `instances[0].apiKey: ${NOT_SENDABLE}`],
  ['an empty credential', { ...omni, apiKey: '' }, `instances[0].apiKey: ${NOT_SENDABLE}`],
  [
    'missing and empty variables',
    { ...looker, label: '${NOWHERE}', clientId: '${NOWHERE}', clientSecret: `${CANARY}\${EMPTY}` },
    'instances[0].clientId: needs the environment variable NOWHERE, which is not set',
    'instances[0].clientSecret: needs the environment variable EMPTY, which is not set',
    'instances[0].label: needs the environment variable NOWHERE, which is not set',
  ],
  [
    'a secret file that cannot be read',
    { ...omni, apiKey: `\${file:/nowhere/${CANARY}}` },
    'instances[0].apiKey: names a file that cannot be read',
  ],
  ['no URL', { ...omni, baseUrl: CANARY }, 'instances[0].baseUrl: is not a valid URL'],
  [
    'credentials in a URL',
    { ...omni, baseUrl: `https://u:${CANARY}@omni.example` },
    'instances[0].baseUrl: must not hold credentials; use the keys meant for them',
  ],
  [
    'a query in a URL',
    { ...omni, baseUrl: `https://omni.example/api?key=${CANARY}` },
    'instances[0].baseUrl: must not have a query or fragment',
  ],
  ['another protocol', { ...omni, baseUrl: `ftp://${CANARY}` }, 'instances[0].baseUrl: must begin with https://'],
  ['plain http to another host', { ...omni, baseUrl: `http://${CANARY}` }, `instances[0].baseUrl: ${NOT_HTTPS}`],
  [
    'plain http to a host that looks like this machine',
    { ...omni, baseUrl: `http://localhost.${CANARY}.example` },
    `instances[0].baseUrl: ${NOT_HTTPS}`,
  ],
  [
    'credentials in the URL of a proxy',
    { ...omni, proxy: `http://u:${CANARY}@proxy.example` },
    'instances[0].proxy: must not hold credentials; use the keys meant for them',
  ],
  [
    'authorities that are missing',
    { ...omni, caFile: `/nowhere/${CANARY}` },
    'instances[0].caFile: names a file that cannot be read',
  ],
  [
    'values of the wrong type',
    { ...omni, label: 7, baseUrl: 7, caFile: 7, proxy: 7, allowInsecureHttp: CANARY },
    'instances[0].label: must be a string',
    'instances[0].baseUrl: must be a string',
    'instances[0].caFile: must be a string',
    'instances[0].proxy: must be a string',
    'instances[0].allowInsecureHttp: must be a boolean',
  ],
];

const DOCUMENTS: readonly (readonly [string, unknown, object, ...string[]])[] = [
  ['no instances', { instances: [] }, {}, 'instances: must be a list of at least one instance'],
  ['instances that are no list', { instances: { omni } }, {}, 'instances: must be a list of at least one instance'],
  ['an instance that is text', { instances: [CANARY] }, {}, `instances[0].vendor: ${VENDORS}`],
  [
    'no mapping at all',
    CANARY,
    {},
    '(file): must be a mapping with `instances`',
    'instances: must be a list of at least one instance',
  ],
  [
    'unknown keys at the top and in server',
    { server: { host: 7, port: CANARY, path: CANARY }, instances: [omni], vendors: CANARY },
    {},
    'vendors: unknown key',
    'server.host: must be a string',
    'server.port: must be a number',
    'server.path: unknown key',
  ],
  [
    'federation that cannot be',
    { federation: { typePrefix: 'acme-', inlineTrace: CANARY, path: CANARY }, instances: [omni] },
    {},
    'federation.typePrefix: must be letters and digits, beginning with a capital, at most 31',
    'federation.inlineTrace: must be a boolean',
    'federation.path: unknown key',
  ],
  ['federation that is text', { federation: CANARY, instances: [omni] }, {}, 'federation: must be a mapping'],
  [
    'a key used twice',
    { instances: [omni, looker, { ...chartbrew, key: 'omni' }] },
    {},
    'instances[2].key: is the key of instances[0] already',
  ],
  [
    'a key used twice by way of a variable',
    { instances: [omni, { ...chartbrew, key: '${KEY}' }] },
    { KEY: 'omni' },
    'instances[1].key: is the key of instances[0] already',
  ],
  ...[CANARY, '65536', '-1', '80.5'].map(
    (PORT) =>
      [`PORT as ${PORT}`, { instances: [omni] }, { PORT }, 'PORT: must be a number between 0 and 65535'] as const,
  ),
];

const TEXTS: readonly (readonly [string, string, ...string[]])[] = [
  [
    'a text that does not end',
    `instances:\n  - { key: "${CANARY} }\n`,
    '(file) line 3, column 1: is not valid YAML (MISSING_CHAR)',
    '(file) line 3, column 1: is not valid YAML (BAD_INDENT)',
  ],
  [
    'a key given twice',
    `instances:\n  - key: ${CANARY}\n    key: ${CANARY}\n`,
    '(file) line 3, column 5: is not valid YAML (DUPLICATE_KEY)',
  ],
  ['JSON cut short', `{ "instances": "${CANARY}"`, '(file) line 1, column 25: is not valid YAML (MISSING_CHAR)'],
  [
    'a password that begins with *',
    `instances:\n  - apiKey: *${CANARY}\n`,
    '(file): has an alias that leads nowhere; put a text that begins with * in quotes',
  ],
];

describe('a mistake in the configuration is told by its path, without a value', () => {
  it.each(MISTAKES.map(([what, instance, ...problems]) => ({ what, instance, problems })))(
    '$what',
    async ({ instance, problems }) => {
      expect(await problemsOf(() => parseOne(instance, { EMPTY: '' }))).toEqual(problems);
    },
  );

  it('authorities that are none', async () => {
    const caFile = join(folder, 'ca.pem');
    await writeFile(caFile, CANARY);
    expect(await problemsOf(() => parseOne({ ...omni, caFile }))).toEqual([
      'instances[0].caFile: holds no PEM certificate',
    ]);
  });

  it.each(DOCUMENTS.map(([what, document, environment, ...problems]) => ({ what, document, environment, problems })))(
    '$what',
    async ({ document, environment, problems }) => {
      expect(await problemsOf(() => parse(document, environment))).toEqual(problems);
    },
  );

  it.each(TEXTS.map(([what, text, ...problems]) => ({ what, text, problems })))('$what', async ({ text, problems }) => {
    const path = join(folder, 'config.yaml');
    await writeFile(path, text);
    expect(await problemsOf(async () => loadConfig(path, { vendors, environment: {} }))).toEqual(problems);
  });

  it('a file that cannot be read', async () => {
    const path = join(folder, `${CANARY}.yaml`);
    expect(await problemsOf(async () => loadConfig(path, { vendors, environment: {} }))).toEqual([
      '(file): cannot be read',
    ]);
  });
});

describe('several mistakes', () => {
  it('are all told at once', async () => {
    const document = {
      server: { port: 70_000, graphql: true },
      instances: [
        { ...looker, clientSecret: '${LOOKER_SECRET}', baseUrl: `http://${CANARY}`, color: CANARY },
        { ...omni, key: 'looker', apiKey: `${CANARY}\n`, proxy: CANARY },
        { ...credible, vendor: 'metabase' },
        { ...credible, project: '', token: undefined },
      ],
      log: CANARY,
    };
    expect(await problemsOf(() => parse(document, { PORT: 'x' }))).toEqual([
      'log: unknown key',
      'server.port: Too big: expected number to be <=65535',
      'server.graphql: unknown key',
      'PORT: must be a number between 0 and 65535',
      'instances[0].clientSecret: needs the environment variable LOOKER_SECRET, which is not set',
      'instances[0].color: unknown key',
      `instances[0].baseUrl: ${NOT_HTTPS}`,
      `instances[1].apiKey: ${NOT_SENDABLE}`,
      'instances[1].proxy: is not a valid URL',
      `instances[2].vendor: ${VENDORS}`,
      'instances[3].project: must be letters, digits, _ and -',
      'instances[3]: give either token or apiKey',
      'instances[1].key: is the key of instances[0] already',
      'instances[3].key: is the key of instances[2] already',
    ]);
  });
});
