// Mistakes in a configuration are reported all at once, each by its path and without a value.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig, vendors } from '../../src/gateway.ts';
import { CANARY, chartbrew, credible, looker, omni, parse, parseOne, problemsOf } from './instances.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchbay-config-'));
});
afterAll(async () => rm(folder, { recursive: true }));

const NOT_TEXT = 'must be text: `${NAME}` for a variable of the environment, `${file:path}` for a mounted file';
const NOT_SENDABLE = 'must be printable ASCII text without spaces at its ends';
const NOT_HTTPS =
  'must begin with https:// (http is allowed for this machine only; allowInsecureHttp: true allows it for any)';
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
    'a limit that is too small, and an unknown one',
    { ...omni, limits: { listMb: 4, writeMb: 1 } },
    'instances[0].limits.listMb: must be 5 or more',
    'instances[0].limits.writeMb: unknown key',
  ],
  [
    'a limit that is too large',
    { ...omni, limits: { listMb: 1001 } },
    'instances[0].limits.listMb: must be 1000 or less',
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
  [
    'both token and apiKey at Credible',
    { ...credible, apiKey: CANARY },
    'instances[0]: provide either token or apiKey',
  ],
  [
    'neither token nor apiKey at Credible, beside another mistake',
    { ...credible, token: undefined, tokenType: CANARY },
    'instances[0].tokenType: must be one of bearer, apiKey',
    'instances[0]: provide either token or apiKey',
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
  ['an empty credential', { ...omni, apiKey: '' }, 'instances[0].apiKey: is empty'],
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
    'instances[0].baseUrl: must not hold credentials; use the keys for credentials',
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
    'instances[0].proxy: must not hold credentials; use the keys for credentials',
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
    'instances[2].key: is already the key of instances[0]',
  ],
  [
    'a key used twice by way of a variable',
    { instances: [omni, { ...chartbrew, key: '${KEY}' }] },
    { KEY: 'omni' },
    'instances[1].key: is already the key of instances[0]',
  ],
  ...[CANARY, '65536', '-1', '80.5'].map(
    (PORT) =>
      [`PORT as ${PORT}`, { instances: [omni] }, { PORT }, 'PORT: must be a number between 0 and 65535'] as const,
  ),
];

const MISSING = 'lacks a quote, bracket, comma or colon here or before';
const NOWHERE = 'has an alias without an anchor; put text that begins with * in quotes';

const TEXTS: readonly (readonly [string, string | Buffer, ...string[]])[] = [
  [
    'a text that does not end',
    `instances:\n  - { key: "${CANARY} }\n`,
    `(file) line 3, column 1: ${MISSING}`,
    '(file) line 3, column 1: has the wrong indentation',
  ],
  [
    'a key given twice',
    `instances:\n  - key: ${CANARY}\n    key: ${CANARY}\n`,
    '(file) line 3, column 5: has a key that this mapping already has',
  ],
  ['JSON cut short', `{ "instances": "${CANARY}"`, `(file) line 1, column 25: ${MISSING}`],
  ['a tab', `instances:\n\t- key: ${CANARY}\n`, '(file) line 2, column 1: is indented by a tab; use spaces'],
  [
    'a second document',
    `server: {}\n---\ninstances: [${CANARY}]\n`,
    '(file) line 2, column 1: begins a second document; a configuration is one document',
  ],
  [
    'a tag of another tool',
    `instances:\n  - { apiKey: !vault ${CANARY} }\n`,
    '(file) line 2, column 15: has an unknown tag; use ${NAME} or ${file:path} to reference a value',
  ],
  [
    'a password that begins with @',
    `instances:\n  - apiKey: @${CANARY}\n`,
    '(file) line 2, column 13: has text that begins with a reserved character; put it in quotes',
  ],
  [
    'a password with a colon and a blank',
    `instances:\n  - apiKey: ${CANARY}: ${CANARY}\n`,
    '(file) line 2, column 13: has a colon inside text; put the text in quotes',
  ],
  [
    'a path of Windows in double quotes',
    `instances:\n  - caFile: "C:\\ca\\\\${CANARY}.pem"\n`,
    '(file) line 2, column 16: has an escape that YAML does not know; write \\\\ for a backslash, or use single quotes',
  ],
  [
    'a password that begins with *',
    `instances:\n  - apiKey: *${CANARY}\n  - apiKey: *${CANARY}2\n`,
    `(file) line 2, column 13: ${NOWHERE}`,
    `(file) line 3, column 13: ${NOWHERE}`,
  ],
  ['an alias before its anchor', `a: *${CANARY}\nb: &${CANARY} 1\n`, `(file) line 1, column 4: ${NOWHERE}`],
  [
    'an alias inside what it stands for',
    `instances: &${CANARY}\n  - label: *${CANARY}\n`,
    '(file) line 2, column 12: has an alias inside its own anchor',
  ],
  [
    'a merge key without a mapping',
    `a: &${CANARY} 1\nb: { <<: {} }\nc: { <<: *${CANARY} }\nd: { <<: [*${CANARY}] }\n`,
    '(file) line 3, column 6: has a merge key (<<) whose value is not a mapping',
    '(file) line 4, column 6: has a merge key (<<) whose value is not a mapping',
  ],
  [
    'aliases of aliases without end',
    [
      `a: &a [${CANARY}]`,
      ...'bcdefgh'.split('').map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]}, `.repeat(9)}]`),
    ].join('\n'),
    '(file): has an alias that stands for more than 10,000 values',
  ],
  [
    'bytes that are not UTF-8',
    Buffer.from(`instances: [{ key: ${CANARY}\u00e9 }]`, 'latin1'),
    '(file): is not UTF-8 text',
  ],
  ['UTF-16', Buffer.from(`\ufeffinstances: [${CANARY}]`, 'utf16le'), '(file): is not UTF-8 text'],
];

describe('a mistake in the configuration is reported by its path, without a value', () => {
  it.each(MISTAKES.map(([what, instance, ...problems]) => ({ what, instance, problems })))(
    '$what',
    async ({ instance, problems }) => {
      expect(await problemsOf(() => parseOne(instance, { EMPTY: '' }))).toEqual(problems);
    },
  );

  it('a file of authorities without a certificate is reported', async () => {
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

  it('a configuration file that cannot be read is reported', async () => {
    const path = join(folder, `${CANARY}.yaml`);
    expect(await problemsOf(async () => loadConfig(path, { vendors, environment: {} }))).toEqual([
      '(file): cannot be read',
    ]);
  });
});

describe('origins of pages', () => {
  it.each([
    '*',
    'null',
    'https://*.example.com',
    'https://app.example.com/',
    'https://APP.example.com',
    'app.example.com',
  ])('%s is not an exact origin', async (origin) => {
    const document = { server: { cors: { origins: ['https://app.example.com', origin] } }, instances: [omni] };
    expect(await problemsOf(() => parse(document, {}))).toEqual([
      'server.cors.origins[1]: must be an exact origin such as https://app.example.com, without a path and without *',
    ]);
  });
});

describe('several mistakes', () => {
  it('all mistakes of a configuration are reported at once', async () => {
    const document = {
      server: { port: 70_000, graphql: true },
      instances: [
        { ...looker, clientSecret: '${LOOKER_SECRET}', baseUrl: `http://${CANARY}`, color: CANARY },
        { ...omni, key: 'looker', apiKey: `${CANARY}\n`, proxy: CANARY },
        { ...credible, vendor: 'metabase' },
        { ...credible, project: '', token: undefined },
      ],
      logs: CANARY,
    };
    expect(await problemsOf(() => parse(document, { PORT: 'x' }))).toEqual([
      'logs: unknown key',
      'server.port: must be 65535 or less',
      'server.graphql: unknown key',
      'PORT: must be a number between 0 and 65535',
      'instances[0].clientSecret: needs the environment variable LOOKER_SECRET, which is not set',
      'instances[0].color: unknown key',
      `instances[0].baseUrl: ${NOT_HTTPS}`,
      `instances[1].apiKey: ${NOT_SENDABLE}`,
      'instances[1].proxy: is not a valid URL',
      `instances[2].vendor: ${VENDORS}`,
      'instances[3].project: must be letters, digits, _ and -',
      'instances[3]: provide either token or apiKey',
      'instances[1].key: is already the key of instances[0]',
      'instances[3].key: is already the key of instances[2]',
    ]);
  });
});

const problemsOfStore = async (store: unknown, audit: unknown = { key: 'audit-key-0123456789' }) =>
  problemsOf(() => parse({ instances: [omni], store, audit }));

describe('The section store', () => {
  it.each<[string, unknown, string]>([
    [
      'an unknown kind',
      { url: `redis://${CANARY}` },
      'store.url: must be memory:, file:<path> or postgres://<host>/<database>',
    ],
    [
      'a file without a path',
      { url: 'file:' },
      'store.url: must be memory:, file:<path> or postgres://<host>/<database>',
    ],
    [
      'a password of a file',
      { url: 'file:a.db', password: CANARY },
      'store.password: has no use without a `store.url` of postgres://',
    ],
    ['an unknown reaction', { onFailure: CANARY }, 'store.onFailure: must be one of refuse, allow'],
    ['an unknown key', { uri: CANARY }, 'store.uri: unknown key'],
  ])('%s is refused', async (_what, store, problem) => {
    expect(await problemsOfStore(store)).toEqual([problem]);
  });

  it.each(['file:a.db', 'postgres://db/patchbay'])('%s without audit.key is refused', async (url) => {
    expect(await problemsOfStore({ url }, {})).toEqual([
      'audit.key: is missing; a store needs it, and all replicas need the same. Create one with `openssl rand -base64 32`',
    ]);
  });
});
