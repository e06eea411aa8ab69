// The tests that must pass before a secret is written: by default one test for each server and user. A secret that failed at
// one connection is not written to others that cannot be tested, in any order of the ids.
import { describe, expect, it, onTestFinished } from 'vitest';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { vendorWithRows } from '../support/stub-rows.ts';
import { idOf, idsOf, passwordIn, rotate, SEEDS, statuses, type Rotation } from './rotate.ts';
import { callCredible, startScriptedGateway, type Role, type ScriptedGateway } from './scripted-vendors.ts';

const NEW = 'pw-secret-2';
const WRONG = 'wrong-secret-2';

async function start(...roles: readonly Role[]): Promise<ScriptedGateway> {
  const scripted = await startScriptedGateway(roles);
  onTestFinished(() => scripted.close());
  return scripted;
}

const CHARTBREW: Role = { key: 'chartbrew', vendor: 'chartbrew' };
const SERVER = {
  type: 'postgres',
  subType: 'postgres',
  host: 'reports.acme.example',
  port: '5432',
  dbName: 'reports',
  username: 'reporter',
  password: 'sandbox-old',
};
const PLAIN = { ...SERVER, name: 'plain' };
const TUNNEL = { ...SERVER, name: 'tunnel', useSsh: true, sshHost: 'b.example', sshPassword: 'sandbox-ssh' };

/** Three connections to one server: one that can be tested, one with a certificate authority, and one behind a tunnel. */
async function three() {
  const scripted = await start(CHARTBREW);
  const plain = await scripted.insertChartbrewRow('chartbrew', PLAIN);
  const tunnel = await scripted.insertChartbrewRow('chartbrew', TUNNEL);
  // It has the same host in another spelling, and a certificate authority.
  const ca = '21';
  const place = { host: 'Reports.Acme.EXAMPLE.', port: '5432', username: 'reporter', password: 'sandbox-old' };
  await scripted.updateChartbrewRow('chartbrew', ca, place);
  const held = async () =>
    Promise.all([plain, ca, tunnel].map(async (id) => (await scripted.stored(CHARTBREW, id))['password']));
  const ids = { plain: idOf('chartbrew', plain), tunnel: idOf('chartbrew', tunnel), ca: idOf('chartbrew', ca) };
  return { stage: scripted, ids, held };
}

const byId = ({ outcomes }: Rotation) => new Map(outcomes.map((one) => [one.id, one]));

const CA_NEEDED = 'a test needs config.postgres.tls.ca too, which Chartbrew does not return.';
const SSH_NEEDED = 'a test needs options.chartbrew.ssh.password too, which Chartbrew does not return.';

describe('a rotation whose secret fails at one connection of a server', () => {
  it.each([
    ['first', ['plain', 'ca', 'tunnel']],
    ['last', ['tunnel', 'ca', 'plain']],
    ['in the middle', ['ca', 'plain', 'tunnel']],
  ] as const)(
    'a secret that failed its test is written to no connection of the server: the tested one comes %s',
    async (_where, order) => {
      const { stage: scripted, ids, held } = await three();
      const sent = order.map((one) => ids[one]);
      const rotation = await rotate(scripted, { connections: { ids: sent }, secret: WRONG });
      const outcomes = byId(rotation);
      expect(outcomes.get(ids.plain)).toMatchObject({
        status: 'VERIFICATION_FAILED',
        verification: { outcome: 'FAILED' },
        reason: null,
      });
      const failed = `At ${ids.plain}, which may be the same user of the same server, it failed its test.`;
      expect(outcomes.get(ids.ca)).toMatchObject({
        status: 'NOT_ATTEMPTED',
        verification: null,
        result: null,
        error: null,
        reason: `The new secret cannot be tested here: ${CA_NEEDED} ${failed}`,
      });
      expect(outcomes.get(ids.tunnel)).toMatchObject({
        status: 'NOT_ATTEMPTED',
        reason: `The new secret cannot be tested here: ${SSH_NEEDED} ${failed}`,
      });
      expect(idsOf(rotation.remaining)).toEqual(sent);
      expect(await held()).toEqual(['sandbox-old', 'sandbox-old', 'sandbox-old']);
      expect(scripted.receivedBy('chartbrew').some(({ kind }) => kind === 'write')).toBe(false);
    },
  );

  it('a secret that failed at one server is written to another server and for another user', async () => {
    const scripted = await start(CHARTBREW);
    const failing = await scripted.insertChartbrewRow('chartbrew', { ...PLAIN, host: 'reports.invalid' });
    const passing = await scripted.insertChartbrewRow('chartbrew', PLAIN);
    const tunnel = await scripted.insertChartbrewRow('chartbrew', TUNNEL);
    const other = await scripted.insertChartbrewRow('chartbrew', { ...TUNNEL, username: 'other' });
    const ids = [failing, tunnel, other, passing].map((id) => idOf('chartbrew', id));
    const rotation = await rotate(scripted, { connections: { ids }, secret: NEW });
    expect(statuses(rotation)).toEqual(['VERIFICATION_FAILED', 'DONE', 'NOT_ATTEMPTED', 'DONE']);
    expect(rotation.outcomes.map(({ reason }) => reason)).toEqual([
      null,
      `The new secret cannot be tested here: ${SSH_NEEDED} The test at ${ids[3]} counts for it.`,
      `The new secret cannot be tested here: ${SSH_NEEDED} No other connection of this rotation to the same server passed a test; \`verification: NONE\` writes it untested.`,
      null,
    ]);
  });

  it('a failed test applies to the server at another port too', async () => {
    const scripted = await start(CHARTBREW);
    const failing = await scripted.insertChartbrewRow('chartbrew', { ...PLAIN, port: '1' });
    const passing = await scripted.insertChartbrewRow('chartbrew', PLAIN);
    const [usual, closed] = [
      await scripted.insertChartbrewRow('chartbrew', { ...TUNNEL, port: null }),
      await scripted.insertChartbrewRow('chartbrew', { ...TUNNEL, port: '1' }),
    ];
    const ids = [failing, passing, usual, closed].map((id) => idOf('chartbrew', id));
    const rotation = await rotate(scripted, { connections: { ids }, secret: NEW });
    expect(statuses(rotation)).toEqual(['VERIFICATION_FAILED', 'DONE', 'DONE', 'NOT_ATTEMPTED']);
  });
});

describe('a rotation whose secret passes at one connection of a server', () => {
  it('a secret that passed is written to all connections of the server after all tests', async () => {
    const { stage: scripted, ids, held } = await three();
    const sent = [ids.tunnel, ids.ca, ids.plain];
    const rotation = await rotate(scripted, { connections: { ids: sent }, secret: NEW });
    expect(statuses(rotation)).toEqual(['DONE', 'DONE', 'DONE']);
    expect(rotation.outcomes.map(({ verification }) => verification?.outcome ?? null)).toEqual([null, null, 'PASSED']);
    expect(await held()).toEqual([NEW, NEW, NEW]);
    const kinds = scripted.receivedBy('chartbrew').map(({ kind }) => kind);
    expect(kinds).toEqual(['read', 'read', 'read', 'test', 'write', 'write', 'write']);
  });

  it('a dry run plans the same verification', async () => {
    const { stage: scripted, ids } = await three();
    const plan = async (sent: readonly string[], more = {}) =>
      statuses(await rotate(scripted, { connections: { ids: sent }, secret: NEW, dryRun: true, ...more }));
    expect(await plan([ids.tunnel, ids.plain])).toEqual(['PLANNED', 'PLANNED']);
    const both = await rotate(scripted, { connections: { ids: [ids.tunnel, ids.plain] }, secret: NEW, dryRun: true });
    expect(both.outcomes.map(({ reason }) => reason)).toEqual([
      `The new secret cannot be tested here: ${SSH_NEEDED} The test at ${ids.plain} counts for it.`,
      null,
    ]);
    expect(await plan([ids.tunnel])).toEqual(['NOT_ATTEMPTED']);
    expect(await plan([ids.tunnel], { verification: 'NONE' })).toEqual(['PLANNED']);
    expect(await plan([ids.tunnel, ids.plain], { verification: 'PER_CONNECTION' })).toEqual([
      'NOT_ATTEMPTED',
      'PLANNED',
    ]);
    expect(scripted.receivedBy('chartbrew').every(({ kind }) => kind === 'read')).toBe(true);
  });

  it('a connection whose server is not reported is written', async () => {
    const scripted = await start({ key: 'omni', vendor: 'omni' }, CHARTBREW);
    const ids = [idOf('omni', SEEDS.omni.id), idOf('chartbrew', '16')];
    const rotation = await rotate(scripted, { connections: { ids }, secret: NEW });
    expect(statuses(rotation)).toEqual(['DONE', 'DONE']);
    expect(rotation.outcomes[0]?.reason).toBe(
      `The new secret cannot be tested here: Omni has no way to test what is not saved. The test at ${ids[1]} counts for it.`,
    );
  });
});

describe('a rotation whose secret cannot be tested', () => {
  const NOWHERE =
    'No other connection of this rotation to the same server passed a test; `verification: NONE` writes it untested.';

  it.each([
    [
      'looker',
      'production_orders',
      'a test needs options.looker.afterConnectStatements too, which Looker does not return.',
    ],
    [
      'looker',
      'marketing',
      'a test needs options.looker.pdtOverride.password, options.looker.pdtOverride.certificate too, which Looker does not return.',
    ],
    [
      'chartbrew',
      '18',
      'a test needs options.chartbrew.ssh.privateKey, options.chartbrew.ssh.passphrase too, which Chartbrew does not return.',
    ],
    ['chartbrew', '21', CA_NEEDED],
    ['omni', 'c0f12353-4817-4398-bcc0-d501e6dd2f64', 'Omni has no way to test what is not saved.'],
  ] as const)('a secret that cannot be tested is not written by default at %s to %s', async (vendor, id, why) => {
    const scripted = await start({ key: vendor, vendor });
    const before = await scripted.stored({ key: vendor, vendor }, id);
    const rotation = await rotate(scripted, { connections: { ids: [idOf(vendor, id)] }, secret: NEW });
    expect(rotation.outcomes).toMatchObject([
      { status: 'NOT_ATTEMPTED', verification: null, result: null, error: null },
    ]);
    expect(rotation.outcomes[0]?.reason).toBe(`The new secret cannot be tested here: ${why} ${NOWHERE}`);
    expect(idsOf(rotation.remaining)).toEqual([idOf(vendor, id)]);
    expect(await scripted.stored({ key: vendor, vendor }, id)).toEqual(before);
    const untested = { connections: { ids: [idOf(vendor, id)] }, secret: NEW, verification: 'NONE' };
    expect(statuses(await rotate(scripted, untested))).toEqual(['DONE']);
    const kinds = new Set(scripted.receivedBy(vendor).map(({ kind }) => kind));
    expect([...kinds]).toEqual(['read', 'write']);
  });

  it('a secret is not written when the vendor of the only test does not answer', async () => {
    const fault = { at: 'test', isDone: false, answer: { status: 500, body: {} } } as const;
    const scripted = await start({ ...CHARTBREW, fault });
    const [plain, tunnel] = [
      await scripted.insertChartbrewRow('chartbrew', PLAIN),
      await scripted.insertChartbrewRow('chartbrew', TUNNEL),
    ];
    const ids = [plain, tunnel].map((id) => idOf('chartbrew', id));
    const rotation = await rotate(scripted, { connections: { ids }, secret: NEW });
    expect(rotation.outcomes).toMatchObject([
      { status: 'NOT_ATTEMPTED', error: { __typename: 'VendorUnavailableError' }, reason: null },
      { status: 'NOT_ATTEMPTED', error: null },
    ]);
    expect(rotation.outcomes[1]?.reason).toContain(NOWHERE);
  });

  it.each([
    ['an outcome that is neither success nor failure', [{ name: 'connect', status: 'deferred' }], 'WARNED'],
    ['a result without a test', [], 'WARNED'],
  ])('a connection cannot be tested when its vendor reports %s', async (_what, rows, outcome) => {
    const row = {
      name: 'billing',
      dialect_name: 'mysql',
      host: 'billing-db.acme.example',
      port: '3306',
      database: 'billing',
      username: 'looker',
      has_password: true,
      uses_key_pair_auth: false,
      uses_service_auth: false,
      jdbc_additional_params: null,
      after_connect_statements: null,
    };
    const plain = vendorWithRows('looker', [row]);
    const written: string[] = [];
    const stubbed = await startStubbedGateway('looker', (request) => {
      if (request.path.endsWith('/connections/test')) return { status: 200, body: rows };
      if (request.method === 'PATCH') written.push(request.body.toString());
      return plain(request);
    });
    onTestFinished(() => stubbed.close());
    for (const verification of ['PER_SERVER', 'PER_CONNECTION']) {
      const input = { connections: { ids: [idOf('looker', 'billing')] }, secret: NEW, verification };
      const { outcomes } = await rotate(stubbed.gateway, input);
      expect(outcomes).toMatchObject([{ status: 'NOT_ATTEMPTED', verification: { outcome } }]);
      expect(outcomes[0]?.reason).toContain('its test does not say whether the secret works.');
    }
    expect(written).toEqual([]);
  });

  it('a connection cannot be tested when it has settings that its vendor does not report', async () => {
    const mysqlConnection = {
      host: 'shop-db.acme.example',
      database: 'shop',
      user: 'shop_ro',
      password: 'old-secret-1',
    };
    const row = { name: 'shop', type: 'mysql', mysqlConnection: { ...mysqlConnection, sslMode: 'REQUIRED' } };
    const calls: string[] = [];
    const plain = vendorWithRows('credible', [row]);
    const stubbed = await startStubbedGateway('credible', (request) => {
      calls.push(request.method);
      return plain(request);
    });
    onTestFinished(() => stubbed.close());
    const { outcomes } = await rotate(stubbed.gateway, {
      connections: { ids: [idOf('credible', 'shop')] },
      secret: NEW,
    });
    expect(outcomes).toMatchObject([{ status: 'NOT_ATTEMPTED', verification: null, result: null, error: null }]);
    expect(outcomes[0]?.reason).toContain('Credible does not report all its settings.');
    expect(calls).toEqual(['GET']);
  });

  it('a connection cannot be tested when it is PARTIAL or has unknown fields', async () => {
    const scripted = await start(CHARTBREW);
    const id = idOf(
      'chartbrew',
      await scripted.insertChartbrewRow('chartbrew', { ...PLAIN, host: 'reports.acme.example/x?y=1' }),
    );
    const { outcomes } = await rotate(scripted, { connections: { ids: [id] }, secret: NEW });
    expect(outcomes[0]?.reason).toContain('Chartbrew stores more in config.postgres.host than it reports.');
    const bare = idOf('chartbrew', await scripted.insertChartbrewRow('chartbrew', { ...PLAIN, dbName: null }));
    const missing = await rotate(scripted, { connections: { ids: [bare] }, secret: NEW });
    expect(missing.outcomes[0]?.reason).toContain(
      'a test needs config.postgres.database too, which Chartbrew does not report.',
    );
    expect(scripted.receivedBy('chartbrew').every(({ kind }) => kind === 'read')).toBe(true);
  });
});

describe('a rotation that tests each connection', () => {
  it('verification of each connection skips those that cannot be tested and writes those that pass', async () => {
    const { stage: scripted, ids, held } = await three();
    const sent = [ids.plain, ids.ca];
    const input = { connections: { ids: sent }, secret: NEW, verification: 'PER_CONNECTION', verifyFirst: true };
    const rotation = await rotate(scripted, input);
    expect(statuses(rotation)).toEqual(['DONE', 'NOT_ATTEMPTED']);
    expect(rotation.outcomes[1]?.reason).toBe(
      `The new secret cannot be tested here: ${CA_NEEDED} \`verification: PER_CONNECTION\` writes nothing that has not passed a test of its own.`,
    );
    expect(idsOf(rotation.remaining)).toEqual([ids.ca]);
    expect(await held()).toEqual([NEW, 'sandbox-old', 'sandbox-old']);
  });

  it.each(['looker', 'credible', 'chartbrew'] as const)(
    'verification of each connection does not write one that fails at %s',
    async (vendor) => {
      const scripted = await start({ key: vendor, vendor });
      const ids = [idOf(vendor, SEEDS[vendor].id)];
      const rotation = await rotate(scripted, { connections: { ids }, secret: WRONG, verification: 'PER_CONNECTION' });
      expect(statuses(rotation)).toEqual(['VERIFICATION_FAILED']);
      expect(passwordIn(vendor, await scripted.stored({ key: vendor, vendor }, SEEDS[vendor].id))).toBe(
        SEEDS[vendor].old,
      );
    },
  );
});

describe('a connection that is redirected while its secret is tested', () => {
  it.each([
    ['host', { host: 'other-db.acme.example' }],
    ['port', { port: 3307 }],
    ['user', { user: 'other' }],
  ])(
    'a connection that was redirected to another %s during the test is not written, at a vendor that is read again',
    async (_what, change) => {
      const credible: Role = {
        key: 'credible',
        vendor: 'credible',
        before: async (kind, vendor) => {
          if (kind !== 'test') return;
          const stored = (await callCredible(vendor, 'GET', 'shop_mysql')) as { mysqlConnection: object };
          const mysqlConnection = { ...stored.mysqlConnection, ...change };
          await callCredible(vendor, 'PATCH', 'shop_mysql', { name: 'shop_mysql', type: 'mysql', mysqlConnection });
        },
      };
      const scripted = await start(credible);
      const ids = [idOf('credible', 'shop_mysql')];
      const rotation = await rotate(scripted, { connections: { ids }, secret: NEW });
      expect(rotation.outcomes).toMatchObject([
        {
          status: 'NOT_ATTEMPTED',
          verification: { outcome: 'PASSED' },
          result: null,
          error: null,
          reason: 'It was changed during the rotation and may lead to another server than before; rotate it again.',
        },
      ]);
      expect(idsOf(rotation.remaining)).toEqual(ids);
      expect(scripted.receivedBy('credible').some(({ kind }) => kind === 'write')).toBe(false);
    },
  );
});
