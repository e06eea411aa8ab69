// Which TLS settings Chartbrew uses in each mode. A certificate authority is used in verify-ca and verify-full. A
// client certificate with its key is used in verify-full only. `disable` and `prefer` encrypt like `require`.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { createThenUpdate, updateAndRecord, createAndRecord, type Values } from './writes.ts';
import { createForUpdate, runMutation } from '../../support/mutations.ts';
import { CERTIFICATE, OTHER_CERTIFICATE, PRIVATE_KEY } from '../../support/keys.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const server = { host: 'db.acme.example', database: 'orders', username: 'bi' };
const FILES: Readonly<Record<string, Values>> = {
  none: {},
  ca: { ca: CERTIFICATE },
  pair: { certificate: OTHER_CERTIFICATE, key: PRIVATE_KEY },
  all: { ca: CERTIFICATE, certificate: OTHER_CERTIFICATE, key: PRIVATE_KEY },
};

type Mode = 'none' | 'require' | 'verify-ca' | 'verify-full' | 'prefer' | 'disable';
type Files = keyof typeof FILES;
/** The sslMode that is written, the settings without effect, or the issues. */
type Expected = string;

const UNUSED_CA = 'warns ca';
const UNUSED_PAIR = 'warns certificate key';
const UNUSED = 'warns ca certificate key';

// Mode, verify and files, with the expected result. `-`: nothing is written, which Chartbrew reads as `require`.
const TABLE: readonly (readonly [mode: Mode, verify: boolean | null, ...byFiles: readonly Expected[]])[] = [
  // files:              none             ca                            pair                            all
  ['none', null, '-', 'verify-ca', 'verify-full', 'verify-full'],
  ['none', true, 'verify-ca', 'verify-ca', 'verify-full', 'verify-full'],
  ['none', false, 'require', `require ${UNUSED_CA}`, `require ${UNUSED_PAIR}`, `require ${UNUSED}`],
  ['require', null, 'require', `require ${UNUSED_CA}`, `require ${UNUSED_PAIR}`, `require ${UNUSED}`],
  ['require', false, 'require', `require ${UNUSED_CA}`, `require ${UNUSED_PAIR}`, `require ${UNUSED}`],
  ['require', true, 'refused verify', 'refused verify', 'refused verify', 'refused verify'],
  ['verify-ca', null, 'verify-ca', 'verify-ca', `verify-ca ${UNUSED_PAIR}`, `verify-ca ${UNUSED_PAIR}`],
  ['verify-ca', true, 'verify-ca', 'verify-ca', `verify-ca ${UNUSED_PAIR}`, `verify-ca ${UNUSED_PAIR}`],
  ['verify-ca', false, 'refused verify', 'refused verify', 'refused verify', 'refused verify'],
  ['verify-full', null, 'verify-full', 'verify-full', 'verify-full', 'verify-full'],
  ['verify-full', true, 'verify-full', 'verify-full', 'verify-full', 'verify-full'],
  ['verify-full', false, 'refused verify', 'refused verify', 'refused verify', 'refused verify'],
  [
    'prefer',
    null,
    'prefer warns mode',
    'prefer warns ca mode',
    'prefer warns certificate key mode',
    `prefer ${UNUSED} mode`,
  ],
  [
    'prefer',
    false,
    'prefer warns mode',
    'prefer warns ca mode',
    'prefer warns certificate key mode',
    `prefer ${UNUSED} mode`,
  ],
  ['prefer', true, 'refused verify', 'refused verify', 'refused verify', 'refused verify'],
  ['disable', null, 'refused mode', 'refused mode', 'refused mode', 'refused mode'],
  ['disable', false, 'refused mode', 'refused mode', 'refused mode', 'refused mode'],
  ['disable', true, 'refused mode verify', 'refused mode verify', 'refused mode verify', 'refused mode verify'],
];

const CASES = TABLE.flatMap(([mode, verify, ...byFiles]) =>
  byFiles.map((expected, at) => ({ mode, verify, files: Object.keys(FILES)[at] as Files, expected })),
);

const namesIn = (lines: readonly string[]): string[] => lines.map((line) => line.replace(/^.*\.tls\.(\w+) .*$/, '$1'));

describe.each(['postgres', 'mysql'])('A new encrypted connection to %s', (dialect) => {
  it.each(CASES)(
    'an encrypted connection in mode $mode, verify $verify, files $files: $expected',
    async ({ mode, verify, files, expected }) => {
      const tls = {
        enabled: true,
        ...(mode === 'none' ? {} : { mode }),
        ...(verify === null ? {} : { verify }),
        ...FILES[files],
      };
      const { issues, warnings, bodies } = await createAndRecord(gateway, {
        config: { [dialect]: { ...server, tls } },
      });
      const [first = {}] = bodies;
      const sslMode = (first['sslMode'] as string | undefined) ?? '-';
      const written = issues.length > 0 ? `refused ${namesIn(issues).join(' ')}` : sslMode;
      expect([written, ...(warnings.length > 0 ? ['warns', ...namesIn(warnings)] : [])].join(' ')).toBe(expected);
      expect(issues.every((issue) => issue.endsWith(' EXCLUSIVE'))).toBe(true);
      expect(warnings.every((warning) => warning.endsWith(' FIELD_IGNORED'))).toBe(true);
    },
  );
});

describe('A new connection without encryption', () => {
  it.each<[Values, Values]>([
    [
      { enabled: false, mode: 'require', verify: false },
      { ssl: false, sslMode: 'require' },
    ],
    [
      { enabled: false, verify: false },
      { ssl: false, sslMode: 'require' },
    ],
    [
      { enabled: false, mode: 'disable' },
      { ssl: false, sslMode: 'disable' },
    ],
    [
      { enabled: false, mode: 'prefer', verify: false },
      { ssl: false, sslMode: 'prefer' },
    ],
    [{ enabled: false }, { ssl: false }],
  ])('a connection without encryption is accepted in the form that a read reports: %j', async (tls, sent) => {
    const { issues, warnings, bodies } = await createAndRecord(gateway, { config: { postgres: { ...server, tls } } });
    expect([issues, warnings]).toEqual([[], []]);
    expect(bodies).toEqual([
      {
        name: 'one',
        type: 'postgres',
        subType: 'postgres',
        host: 'db.acme.example',
        dbName: 'orders',
        username: 'bi',
        ...sent,
      },
    ]);
  });

  it.each<[Values]>([
    [{ enabled: false, verify: true }],
    [{ enabled: false, mode: 'verify-full' }],
    [{ enabled: false, ca: CERTIFICATE }],
    [{ enabled: false, certificate: OTHER_CERTIFICATE, key: PRIVATE_KEY }],
    [{ verify: false }],
    [{ mode: 'require' }],
    [{ key: PRIVATE_KEY }],
  ])('a connection without encryption is refused with settings that only encryption uses: %j', async (tls) => {
    expect(await createAndRecord(gateway, { config: { mysql: { ...server, tls } } })).toEqual({
      issues: ['config.mysql.tls.enabled REQUIRED'],
      warnings: [],
      bodies: [],
    });
  });

  it('a connection to Timescale is always encrypted, and a warning says so', async () => {
    const config = { postgres: { ...server, flavor: 'TIMESCALE', tls: { enabled: false } } };
    expect((await createAndRecord(gateway, { config })).warnings).toEqual([
      'config.postgres.tls.enabled FIELD_IGNORED',
    ]);
  });
});

describe('Half of a client certificate', () => {
  it.each(['certificate', 'key'])('half of a client certificate is accepted with a warning: %s', async (half) => {
    const text = half === 'key' ? PRIVATE_KEY : CERTIFICATE;
    const tls = { enabled: true, mode: 'verify-full', [half]: text };
    const { warnings } = await createAndRecord(gateway, { config: { mysql: { ...server, tls } } });
    expect(warnings).toEqual([`config.mysql.tls.${half} FIELD_IGNORED`]);
  });
});

const replaced = (files: Values): Values =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [name, { replace: text }]));

describe('An update of TLS settings', () => {
  // The stored settings, the change, the sslMode that is written, and the warnings.
  it.each<[string, Values, Values, string | undefined, readonly string[]]>([
    ['an authority with the mode require', {}, replaced(FILES['ca'] ?? {}), 'verify-ca', []],
    ['an authority with the mode verify-full', { mode: 'verify-full' }, replaced(FILES['ca'] ?? {}), undefined, []],
    ['a certificate and its key with the mode require', {}, replaced(FILES['pair'] ?? {}), 'verify-full', []],
    [
      'a certificate and its key with the mode verify-ca',
      { mode: 'verify-ca' },
      replaced(FILES['pair'] ?? {}),
      'verify-full',
      [],
    ],
    [
      'a certificate and its key with a provided mode',
      { mode: 'require' },
      { mode: 'verify-ca', ...replaced(FILES['pair'] ?? {}) },
      'verify-ca',
      ['certificate', 'key'],
    ],
    [
      'a certificate and its key with the stored mode provided again',
      { mode: 'verify-ca' },
      { mode: 'verify-ca', ...replaced(FILES['pair'] ?? {}) },
      undefined,
      ['certificate', 'key'],
    ],
    [
      'an authority with the stored `verify: false` provided again',
      { verify: false },
      { verify: false, ...replaced(FILES['ca'] ?? {}) },
      undefined,
      ['ca'],
    ],
    ['a certificate without a key', {}, { certificate: { replace: OTHER_CERTIFICATE } }, undefined, ['certificate']],
    [
      'the key for a stored certificate',
      { certificate: OTHER_CERTIFICATE },
      { key: { replace: PRIVATE_KEY } },
      'verify-full',
      [],
    ],
    [
      '`verify: true` with a stored mode that does not present the stored certificate',
      { mode: 'verify-ca', ...FILES['pair'] },
      { verify: true },
      'verify-full',
      [],
    ],
    [
      '`verify: true` with a stored mode that presents the stored certificate',
      { mode: 'verify-full', ...FILES['pair'] },
      { verify: true },
      undefined,
      [],
    ],
    ['`verify: true` without stored files', {}, { verify: true }, 'verify-ca', []],
    ['`verify: true` with a stored authority', { verify: false, ...FILES['ca'] }, { verify: true }, 'verify-ca', []],
    [
      'the stored values again',
      { mode: 'verify-ca', ...FILES['pair'] },
      { mode: 'verify-ca', verify: true },
      undefined,
      [],
    ],
  ])('%s', async (_what, stored, change, mode, warned) => {
    const first = { config: { mysql: { ...server, tls: { enabled: true, ...stored } } } };
    const { issues, warnings, bodies } = await createThenUpdate(gateway, first, { config: { mysql: { tls: change } } });
    expect(issues).toEqual([]);
    expect(warnings).toEqual(warned.map((name) => `config.mysql.tls.${name} FIELD_IGNORED`));
    expect(bodies.filter((body) => !('sslCa' in body || 'sslCert' in body || 'sslKey' in body))).toEqual(
      mode === undefined ? [] : [{ sslMode: mode }],
    );
  });

  it('an update that stops verification warns which stored files have no effect', async () => {
    const first = { config: { mysql: { ...server, tls: { enabled: true, ...FILES['pair'] } } } };
    const change = { config: { mysql: { tls: { verify: false, ...replaced({ key: PRIVATE_KEY }) } } } };
    const needed = await createThenUpdate(gateway, first, change);
    expect(needed.issues).toEqual(['config.mysql.tls.certificate SECRET_NEEDED']);
  });

  it('an update that enables TLS where `disable` is stored writes the mode that Chartbrew applies', async () => {
    const first = { config: { postgres: { ...server, tls: { enabled: false, mode: 'disable' } } } };
    const { issues, bodies } = await createThenUpdate(gateway, first, {
      config: { postgres: { tls: { enabled: true } } },
    });
    expect([issues, bodies]).toEqual([[], [{ ssl: true, sslMode: 'require' }]]);
  });

  it('an update to the mode `disable` is refused while TLS is enabled', async () => {
    const first = { config: { postgres: { ...server, tls: { enabled: true } } } };
    const { issues } = await createThenUpdate(gateway, first, { config: { postgres: { tls: { mode: 'disable' } } } });
    expect(issues).toEqual(['config.postgres.tls.mode EXCLUSIVE']);
  });

  it('an update that enables TLS warns which stored files the stored mode does not use', async () => {
    const tls = { enabled: true, verify: false, ca: CERTIFICATE };
    const { id } = await createForUpdate(gateway, {
      instance: 'chartbrew',
      name: 'one',
      config: { postgres: { ...server, tls } },
    });
    const turn = (enabled: boolean) => updateAndRecord(gateway, id, { config: { postgres: { tls: { enabled } } } });
    expect(await turn(false)).toEqual({ issues: [], warnings: [], bodies: [{ ssl: false }] });
    expect(await turn(true)).toEqual({
      issues: [],
      warnings: ['config.postgres.tls.enabled FIELD_IGNORED'],
      bodies: [{ ssl: true }],
    });
  });
});

const clickhouse = (tls: Values) => ({ config: { clickhouse: { ...server, tls } } });

describe('TLS of ClickHouse', () => {
  it.each<[Values, readonly string[]]>([
    [{ enabled: true, ca: CERTIFICATE }, ['tls.ca NOT_ALLOWED']],
    [
      { enabled: true, certificate: OTHER_CERTIFICATE, key: PRIVATE_KEY },
      ['tls.certificate NOT_ALLOWED', 'tls.key NOT_ALLOWED'],
    ],
    [{ enabled: true, mode: 'require' }, ['tls.mode NOT_ALLOWED']],
    [{ enabled: true, verify: false }, ['tls.verify INVALID']],
    [{ verify: true }, ['tls.enabled REQUIRED']],
  ])('ClickHouse has no TLS mode: %j', async (tls, issues) => {
    const expected = issues.map((issue) => `config.clickhouse.${issue}`);
    expect(await createAndRecord(gateway, clickhouse(tls))).toEqual({ issues: expected, warnings: [], bodies: [] });
  });

  it('an encrypted connection to ClickHouse is always verified, and no mode is written', async () => {
    const { issues, warnings, bodies } = await createAndRecord(gateway, clickhouse({ enabled: true, verify: true }));
    expect([issues, warnings]).toEqual([[], []]);
    expect(bodies[0]).toMatchObject({ ssl: true });
    expect(bodies[0]).not.toHaveProperty('sslMode');
  });

  it('the issue says why another kind of check is refused for ClickHouse', async () => {
    const config = { clickhouse: { ...server, tls: { enabled: true, verify: false } } };
    const { issues } = await runMutation(gateway, 'testConnectionConfig', { instance: 'chartbrew', config });
    expect(issues.map(({ message }: { message: string }) => message)).toContain(
      'At Chartbrew it must be true: it trusts only the certificate authorities of its own system.',
    );
  });

  it('an update cannot disable verification for ClickHouse', async () => {
    const change = { config: { clickhouse: { tls: { verify: false, ca: { replace: CERTIFICATE } } } } };
    expect((await createThenUpdate(gateway, clickhouse({ enabled: true }), change)).issues).toEqual([
      'config.clickhouse.tls.ca NOT_ALLOWED',
      'config.clickhouse.tls.verify INVALID',
    ]);
  });
});
