// rotateConnectionSecret by ids: what each vendor receives, what is tested first, and what is refused before any write.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { vendors } from '../../src/gateway.ts';
import { startTestGateway, type VendorName } from '../support/gateway.ts';
import { idOf, idsOf, passwordIn, placesOf, ROTATE, rotate, rotateOrNot, SEEDS, statuses } from './rotate.ts';
import { callCredible, startScriptedGateway, type Fault, type Role, type ScriptedGateway } from './scripted-vendors.ts';
import { ENCRYPTED_KEY, PRIVATE_KEY, PUBLIC_KEY } from '../support/keys.ts';

const NEW = 'pw-secret-2';
const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const;

const roleOf = (vendor: VendorName, more: Partial<Role> = {}): Role => ({ key: vendor, vendor, ...more });
const seedOf = (vendor: VendorName): string => idOf(vendor, SEEDS[vendor].id);
const ALL = VENDORS.map(seedOf);

async function start(roles: readonly Role[] = VENDORS.map((one) => roleOf(one))) {
  const scripted = await startScriptedGateway(roles);
  onTestFinished(() => scripted.close());
  return scripted;
}

const keyOf = (...parts: readonly string[]): string => parts.join('-').toLowerCase().replaceAll(' ', '-');

/** One for all tests of a suite. */
function stageFor(roles: readonly Role[]): () => ScriptedGateway {
  let scripted: ScriptedGateway | undefined;
  beforeAll(async () => {
    scripted = await startScriptedGateway(roles);
  });
  afterAll(() => scripted?.close());
  return () => scripted as ScriptedGateway;
}

const callsTo = (scripted: ScriptedGateway, vendor: VendorName): string[] =>
  scripted.receivedBy(vendor).map(({ call, body }) => (body === '' ? call : `${call} ${body}`));

const writesOf = (scripted: ScriptedGateway): string[] =>
  VENDORS.flatMap((vendor) => scripted.receivedBy(vendor).filter(({ call }) => !call.startsWith('GET '))).map(
    ({ call }) => call,
  );

const heldBy = async (scripted: ScriptedGateway) =>
  Promise.all(VENDORS.map(async (one) => passwordIn(one, await scripted.stored(roleOf(one), SEEDS[one].id))));

const OLD = [
  'stored-billing-password',
  'stored-production-password',
  'sandbox-secret-shop-mysql',
  'sandbox-secret-shop-mysql',
];

const CREDIBLE = '/api/v0/organizations/acme/projects/analytics/connections';
const OMNI = '/api/v1/connections/c0f12353-4817-4398-bcc0-d501e6dd2f64';

describe('a rotation', () => {
  it('a new secret is tested at vendors that can test, and then written to each vendor under its wire name', async () => {
    const scripted = await start();
    const { outcomes, remaining, unsearchable } = await rotate(scripted, { connections: { ids: ALL }, secret: NEW });
    expect(idsOf(outcomes)).toEqual(ALL);
    expect(outcomes.map(({ status, verification }) => [status, verification?.outcome ?? null])).toEqual([
      ['DONE', 'PASSED'],
      ['DONE', null],
      ['DONE', 'PASSED'],
      ['DONE', 'PASSED'],
    ]);
    expect(outcomes.map(({ result }) => result?.connection?.id)).toEqual(ALL);
    expect(outcomes.map(({ connection }) => connection?.instance.key)).toEqual([...VENDORS]);
    expect(outcomes.every(({ error }) => error === null)).toBe(true);
    expect([remaining, unsearchable]).toEqual([[], []]);
    expect(await heldBy(scripted)).toEqual([NEW, NEW, NEW, NEW]);

    const looker = callsTo(scripted, 'looker');
    expect(looker).toHaveLength(3);
    expect(looker[0]).toBe('GET /api/4.0/connections/billing');
    expect(looker[1]).toMatch(/^PUT \/api\/4\.0\/connections\/test \{"name":"billing","dialect_name":"mysql","host":/);
    expect(looker[1]).toContain(
      '"host":"billing-db.acme.example","port":"3306","database":"billing","username":"looker"',
    );
    expect(looker[1]).toContain('"password":"pw-secret-2"');
    expect(looker[2]).toBe('PATCH /api/4.0/connections/billing {"password":"pw-secret-2"}');

    expect(callsTo(scripted, 'omni')).toEqual([
      `GET ${OMNI}`,
      `PATCH ${OMNI} {"passwordUnencrypted":"pw-secret-2"}`,
      `GET ${OMNI}`,
    ]);

    // Credible replaces the whole block: it is read once more and sent with the new secret.
    const block =
      '"mysqlConnection":{"host":"shop-db.acme.example","port":3306,"database":"shop","user":"shop_ro","password":"pw-secret-2"}';
    expect(callsTo(scripted, 'credible')).toEqual([
      `GET ${CREDIBLE}/shop_mysql`,
      `POST ${CREDIBLE}?dryRun=true {"name":"shop_mysql","type":"mysql",${block},"excludeTables":["shop.sessions"]}`,
      `GET ${CREDIBLE}/shop_mysql`,
      `GET ${CREDIBLE}/shop_mysql`,
      `PATCH ${CREDIBLE}/shop_mysql {"name":"shop_mysql","type":"mysql",${block}}`,
    ]);

    const chartbrew = callsTo(scripted, 'chartbrew');
    expect(chartbrew).toHaveLength(3);
    expect(chartbrew[1]).toMatch(/^POST \/team\/7\/connections\/mysql\/test \{/);
    expect(chartbrew[1]).toContain(
      '"host":"shop-db.acme.example","port":"3306","dbName":"shop","username":"shop_ro","password":"pw-secret-2"',
    );
    expect(chartbrew[2]).toBe('PUT /team/7/connections/16 {"password":"pw-secret-2"}');
  });

  it('the outcomes have the order of the ids, and a repeated id counts once', async () => {
    const scripted = await start();
    const [looker, omni, credible] = ALL;
    const ids = [credible, looker, credible, omni, looker];
    const { outcomes } = await rotate(scripted, { connections: { ids }, secret: NEW, verifyFirst: false });
    expect(idsOf(outcomes)).toEqual([credible, looker, omni]);
    expect(statuses({ outcomes, remaining: [], unsearchable: [] })).toEqual(['DONE', 'DONE', 'DONE']);
    expect(scripted.receivedBy('looker').map(({ kind }) => kind)).toEqual(['read', 'write']);
  });

  it('an id with two spellings at a vendor counts once', async () => {
    const scripted = await start([roleOf('omni')]);
    const ids = [seedOf('omni'), idOf('omni', 'C0F12353-4817-4398-BCC0-D501E6DD2F64')];
    const { outcomes } = await rotate(scripted, { connections: { ids }, secret: NEW, verification: 'NONE' });
    expect(idsOf(outcomes)).toEqual([ids[0]]);
    expect(scripted.receivedBy('omni').filter(({ kind }) => kind === 'write')).toHaveLength(1);
  });

  it('a dry run only plans: nothing is tested and nothing is written', async () => {
    const scripted = await start();
    const ids = [...ALL, idOf('looker', 'events')];
    const rotation = await rotate(scripted, { connections: { ids }, secret: NEW, dryRun: true });
    expect(statuses(rotation)).toEqual(['PLANNED', 'PLANNED', 'PLANNED', 'PLANNED', 'REFUSED']);
    expect(rotation.outcomes.slice(0, 4).every(({ result, verification }) => !result && !verification)).toBe(true);
    expect(idsOf(rotation.remaining)).toEqual(ids);
    expect(writesOf(scripted)).toEqual([]);
    expect(VENDORS.map((one) => scripted.receivedBy(one).length)).toEqual([2, 1, 1, 1]);
    expect(await heldBy(scripted)).toEqual(OLD);
  });

  it('a secret that failed its tests is not written, also where it cannot be tested', async () => {
    const scripted = await start();
    const rotation = await rotate(scripted, { connections: { ids: ALL }, secret: 'wrong-secret-2' });
    expect(statuses(rotation)).toEqual([
      'VERIFICATION_FAILED',
      'NOT_ATTEMPTED',
      'VERIFICATION_FAILED',
      'VERIFICATION_FAILED',
    ]);
    expect(rotation.outcomes.map(({ verification }) => verification?.outcome ?? null)).toEqual([
      'FAILED',
      null,
      'FAILED',
      'FAILED',
    ]);
    expect(rotation.outcomes[3]?.verification).toMatchObject({
      checks: [{ name: 'connect', outcome: 'FAILED', vendorOutcome: 'ER_ACCESS_DENIED_ERROR' }],
      connection: null,
    });
    expect(rotation.outcomes.map(({ reason }) => reason)).toEqual([
      null,
      `The new secret cannot be tested here: Omni has no way to test what is not saved. At ${ALL[0]}, which may be the same user of the same server, it failed its test.`,
      null,
      null,
    ]);
    expect(rotation.outcomes.every(({ result, error }) => result === null && error === null)).toBe(true);
    expect(idsOf(rotation.remaining)).toEqual(ALL);
    expect(await heldBy(scripted)).toEqual(OLD);
  });

  it.each([{ verification: 'NONE' }, { verifyFirst: false }])('a rotation does not test with %j', async (mode) => {
    const scripted = await start();
    const rotation = await rotate(scripted, { connections: { ids: ALL }, secret: 'wrong-secret-2', ...mode });
    // Credible itself tests what it writes.
    expect(statuses(rotation)).toEqual(['DONE', 'DONE', 'REFUSED', 'DONE']);
    expect(rotation.outcomes.every(({ verification, reason }) => verification === null && reason === null)).toBe(true);
    expect(rotation.outcomes[2]?.result).toMatchObject({ __typename: 'ValidationError' });
    expect(VENDORS.flatMap((one) => scripted.receivedBy(one)).some(({ kind }) => kind === 'test')).toBe(false);
  });

  describe('a rotation with vendors that fail before the write', () => {
    const failures: readonly [string, Fault['answer'], string][] = [
      ['500', { status: 500, body: {} }, 'VendorUnavailableError'],
      ['403', { status: 403, body: {} }, 'PermissionError'],
      ['429', { status: 429, body: {} }, 'RateLimitedError'],
      ['silence', 'nothing', 'VendorUnavailableError'],
      ['a cut line', 'a cut line', 'VendorUnavailableError'],
    ];
    const scripted = stageFor(
      (['test', 'read'] as const).flatMap((at) =>
        failures.flatMap(([name, answer]) => [
          { key: keyOf(at, name, 'credible'), vendor: 'credible', fault: { at, isDone: false, answer } },
          { key: keyOf(at, name, 'looker'), vendor: 'looker' },
          { key: keyOf(at, name, 'chartbrew'), vendor: 'chartbrew', fault: { at, isDone: false, answer } },
        ]),
      ),
    );
    const rotateAt = async (at: string, name: string) => {
      const keys = (['credible', 'looker', 'chartbrew'] as const).map(
        (vendor) => [keyOf(at, name, vendor), vendor] as const,
      );
      const ids = keys.map(([key, vendor]) => idOf(key, SEEDS[vendor].id));
      const rotation = await rotate(scripted(), { connections: { ids }, secret: NEW });
      expect(statuses(rotation)).toEqual(['NOT_ATTEMPTED', 'DONE', 'NOT_ATTEMPTED']);
      expect(idsOf(rotation.outcomes)).toEqual(ids);
      const written = keys.map(
        ([key]) =>
          scripted()
            .receivedBy(key)
            .filter(({ kind }) => kind === 'write').length,
      );
      expect(written).toEqual([0, 1, 0]);
      expect(scripted().log.join('\n')).toMatch(new RegExp(`"errorClass":"\\w+","instance":"${keys[0]?.[0]}"`));
      return { ...rotation, ids, keys: keys.map(([key]) => key) };
    };

    it.concurrent.each(failures)(
      'a connection whose test could not be run is not written: %s',
      async (name, _hears, type) => {
        const { outcomes, remaining, ids, keys } = await rotateAt('test', name);
        for (const at of [0, 2]) {
          const error = { __typename: type, instance: { key: keys[at] } };
          expect(outcomes[at]).toMatchObject({ connection: { id: ids[at] }, result: null, verification: null, error });
        }
        expect(idsOf(remaining)).toEqual([ids[0], ids[2]]);
      },
    );

    it.concurrent.each(failures)(
      'a rotation continues without a connection that could not be read: %s',
      async (name, _hears, type) => {
        const { outcomes, remaining, keys } = await rotateAt('read', name);
        for (const at of [0, 2]) {
          const error = { __typename: type, instance: { key: keys[at] } };
          expect(outcomes[at]).toMatchObject({ connection: null, result: null, verification: null, error });
        }
        expect(remaining).toEqual([]);
      },
    );
  });

  it('a rotation does not overwrite a change that was made while the secret was tested', async () => {
    const credible = roleOf('credible', {
      before: async (kind, vendor) => {
        if (kind !== 'test') return;
        const stored = (await callCredible(vendor, 'GET', 'shop_mysql')) as { mysqlConnection: object };
        const mysqlConnection = { ...stored.mysqlConnection, database: 'shop_2' };
        await callCredible(vendor, 'PATCH', 'shop_mysql', { name: 'shop_mysql', type: 'mysql', mysqlConnection });
      },
    });
    const scripted = await start([credible]);
    const rotation = await rotate(scripted, { connections: { ids: [seedOf('credible')] }, secret: NEW });
    expect(statuses(rotation)).toEqual(['DONE']);
    expect((await scripted.stored(credible, 'shop_mysql'))['mysqlConnection']).toEqual({
      host: 'shop-db.acme.example',
      port: 3306,
      database: 'shop_2',
      user: 'shop_ro',
      password: NEW,
    });
  });
});

describe('a rotation with an id of no connection', () => {
  const scripted = stageFor(VENDORS.map((one) => roleOf(one)));

  it.each([
    ['a malformed id', 'nonsense'],
    ['an instance that is not configured', idOf('looker-9', 'billing')],
    ['a connection that does not exist', idOf('looker', 'nothing_here')],
    ['a connection in the trash', idOf('omni', '7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d')],
  ])('an id of no connection refuses the whole rotation before any write: %s', async (_what, id) => {
    const result = await rotateOrNot(scripted(), { connections: { ids: [...ALL, id] }, secret: NEW });
    expect(result).toMatchObject({ __typename: 'NotFoundError', id });
    expect(writesOf(scripted())).toEqual([]);
    expect(await heldBy(scripted())).toEqual(OLD);
  });
});

describe('the invalid input of a rotation', () => {
  const scripted = stageFor(VENDORS.map((one) => roleOf(one)));
  const many = Array.from({ length: 101 }, (_, at) => idOf('looker', `c${at}`));
  const ids = [seedOf('looker')];

  it.each([
    ['no id', { connections: { ids: [] }, secret: NEW }, ['connections.ids TOO_SHORT']],
    ['101 ids', { connections: { ids: many }, secret: NEW }, ['connections.ids TOO_LONG']],
    ['an empty secret', { connections: { ids }, secret: '' }, ['secret TOO_SHORT']],
    ['the mask', { connections: { ids }, secret: '••••••••' }, ['secret INVALID']],
    [
      'a service account key that is not JSON',
      { connections: { ids }, secret: NEW, field: 'SERVICE_ACCOUNT_KEY' },
      ['secret INVALID'],
    ],
    [
      'a text that is not a private key',
      { connections: { ids }, secret: NEW, field: 'PRIVATE_KEY' },
      ['secret INVALID'],
    ],
    [
      'the public half of a key',
      { connections: { ids }, secret: PUBLIC_KEY, field: 'PRIVATE_KEY' },
      ['secret INVALID'],
    ],
    [
      'a passphrase that does not open the key',
      { connections: { ids }, secret: ENCRYPTED_KEY, field: 'PRIVATE_KEY', privateKeyPassphrase: 'pass-secret-3' },
      ['privateKeyPassphrase INVALID'],
    ],
    ['a mask', { connections: { ids }, secret: '<redacted>' }, ['secret INVALID']],
    [
      'a passphrase together with a password',
      { connections: { ids }, secret: NEW, privateKeyPassphrase: 'pass-secret-3' },
      ['privateKeyPassphrase NOT_ALLOWED'],
    ],
    [
      'an empty passphrase, and no id',
      { connections: { ids: [] }, secret: PRIVATE_KEY, field: 'PRIVATE_KEY', privateKeyPassphrase: '' },
      ['privateKeyPassphrase TOO_SHORT', 'connections.ids TOO_SHORT'],
    ],
    [
      'an empty host, port 0, an empty user, no vendor',
      { connections: { match: { host: '', port: 0, username: '', vendor: [] } }, secret: NEW },
      [
        'connections.match.host TOO_SHORT',
        'connections.match.port OUT_OF_RANGE',
        'connections.match.username TOO_SHORT',
        'connections.match.vendor TOO_SHORT',
      ],
    ],
    [
      'a URL as host',
      { connections: { match: { host: 'https://db.example.com', username: 'bi' } }, secret: NEW },
      ['connections.match.host INVALID'],
    ],
    [
      'a verification that is both requested and turned off',
      { connections: { ids }, secret: NEW, verification: 'NONE', verifyFirst: true },
      ['verifyFirst EXCLUSIVE'],
    ],
    [
      'no verification, and a verification of each connection',
      { connections: { ids }, secret: NEW, verification: 'PER_CONNECTION', verifyFirst: false },
      ['verifyFirst EXCLUSIVE'],
    ],
    [
      'no verification, a verification of each server, and an empty secret',
      { connections: { ids }, secret: '', verification: 'PER_SERVER', verifyFirst: false },
      ['secret TOO_SHORT', 'verifyFirst EXCLUSIVE'],
    ],
  ])('an invalid input is refused without a call: %s', async (_what, input, expected) => {
    const result = await rotateOrNot(scripted(), input);
    expect(result.__typename).toBe('ValidationError');
    expect(placesOf(result)).toEqual(expected);
    expect(VENDORS.flatMap((one) => scripted().receivedBy(one))).toEqual([]);
  });

  it('one connection may be named 101 times', async () => {
    const rotation = await rotate(scripted(), { connections: { ids: many.map(() => seedOf('looker')) }, secret: NEW });
    expect(statuses(rotation)).toEqual(['DONE']);
  });
});

describe('an unexpected error of one vendor during a rotation', () => {
  it('an unexpected error fails the rotation, and the log has the class of the error', async () => {
    const broken = vendors.map((vendor) => ({
      ...vendor,
      connect: (place: Parameters<typeof vendor.connect>[0]) => ({
        ...vendor.connect(place),
        update: async () => {
          throw new RangeError('7Canary');
        },
      }),
    }));
    const gateway = await startTestGateway({ createGateway: { vendors: broken } });
    onTestFinished(() => gateway.close());
    const connections = { ids: [idOf('omni', SEEDS.omni.id)] };
    const input = { connections, field: 'PASSWORD', secret: NEW, verification: 'NONE' };
    const { errors, text } = await gateway.ask(ROTATE, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect(text).not.toContain('7Canary');
    expect(gateway.log.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ msg: 'unexpected error', errorClass: 'RangeError' }),
    );
  });
});
