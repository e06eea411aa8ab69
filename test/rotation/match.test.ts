// rotateConnectionSecret by server and user: the connections that it finds at all vendors, and the instances that it could not search.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { vendorWithRows } from '../support/stub-rows.ts';
import { idOf, idsOf, placesOf, rotate, rotateOrNot, statuses, type RotateInput } from './rotate.ts';
import { vendorRequest, startScriptedGateway, type Role, type ScriptedGateway } from './scripted-vendors.ts';

const NEW = 'pw-secret-3';
const SHOP = { host: 'shop-db.acme.example', username: 'shop_ro' };
const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const;

const keysOf = (instances: readonly { readonly key: string }[]): string[] => instances.map(({ key }) => key);

describe('the match of a rotation', () => {
  let scripted: ScriptedGateway;
  beforeAll(async () => {
    scripted = await startScriptedGateway(VENDORS.map((one) => ({ key: one, vendor: one })));
  });
  afterAll(() => scripted.close());

  const [credible, chartbrew] = [idOf('credible', 'shop_mysql'), idOf('chartbrew', '16')];
  const looker = idOf('looker', 'billing');
  const billing = { host: 'billing-db.acme.example', username: 'looker' };
  const snowflake = { host: 'ACME-EU_WEST_1', username: 'MALLOY_SVC' };

  const matches: readonly [string, RotateInput, readonly string[], readonly string[]][] = [
    ['server and user, at every vendor that tells both', SHOP, [credible, chartbrew], ['omni']],
    ['a host in other letters', { ...SHOP, host: 'SHOP-DB.Acme.Example' }, [credible, chartbrew], ['omni']],
    ['the port', { ...SHOP, port: 3306 }, [credible, chartbrew], ['omni']],
    ['one vendor alone', { ...SHOP, vendor: ['CHARTBREW'] }, [chartbrew], []],
    ['two vendors', { ...SHOP, vendor: ['OMNI', 'CREDIBLE'] }, [credible], ['omni']],
    ['at the first vendor', billing, [looker], ['omni']],
    ['an account', snowflake, [idOf('credible', 'warehouse_snowflake')], ['omni']],
    [
      'an account without port, whatever the port',
      { ...snowflake, port: 443 },
      [idOf('credible', 'warehouse_snowflake')],
      ['omni'],
    ],
  ];
  it.each(matches)('a match finds %s', async (_what, match, ids, unsearchable) => {
    const rotation = await rotate(scripted, { connections: { match }, secret: NEW, dryRun: true });
    expect(idsOf(rotation.outcomes)).toEqual(ids);
    expect(rotation.outcomes.every(({ status }) => status === 'PLANNED')).toBe(true);
    expect(idsOf(rotation.remaining)).toEqual(ids);
    expect(keysOf(rotation.unsearchable)).toEqual(unsearchable);
  });

  it('a match does not search instances that cannot have it', () => {
    expect(scripted.receivedBy('omni')).toEqual([]);
  });

  const NOTHING =
    'No connection leads to this server as this user, at any instance that could be searched. Check host, port and username, or name the connections by `ids`.';
  const BY_HAND = ' Check these instances yourself, because they do not report host and user: Omni (sandbox).';

  it.each<[string, RotateInput, string]>([
    ['another port', { ...SHOP, port: 3307 }, NOTHING + BY_HAND],
    ['a part of the host', { ...SHOP, host: 'shop-db' }, NOTHING + BY_HAND],
    ['another user', { ...SHOP, username: 'shop' }, NOTHING + BY_HAND],
    ['a user in another case', { ...SHOP, username: 'SHOP_RO' }, NOTHING + BY_HAND],
    ['a vendor that does not report its settings', { ...SHOP, vendor: ['OMNI'] }, NOTHING + BY_HAND],
    ['a vendor without such a connection', { ...SHOP, vendor: ['LOOKER'] }, NOTHING],
  ])('a match that finds nothing is reported: %s', async (_what, match, message) => {
    for (const dryRun of [true, false]) {
      const result = await rotateOrNot(scripted, { connections: { match }, secret: NEW, dryRun });
      expect(result.__typename).toBe('ValidationError');
      expect(result.issues).toMatchObject([
        { path: ['input', 'connections', 'match'], code: 'INVALID', source: 'GATEWAY', message },
      ]);
    }
  });

  it('matched connections are read by id when the list does not report whether a secret is stored, and then rotated', async () => {
    const before = scripted.receivedBy('chartbrew').length;
    const rotation = await rotate(scripted, { connections: { match: SHOP }, secret: NEW });
    expect(statuses(rotation)).toEqual(['DONE', 'DONE']);
    expect(rotation.remaining).toEqual([]);
    const calls = scripted.receivedBy('chartbrew').slice(before);
    expect(calls.map(({ call }) => call)).toEqual([
      'GET /team/7/connections',
      'GET /team/7/connections/16',
      'POST /team/7/connections/mysql/test',
      'PUT /team/7/connections/16',
    ]);
    expect((await scripted.stored({ key: 'chartbrew', vendor: 'chartbrew' }, '16'))['password']).toBe(NEW);
  });

  it('a match is refused by its path in the input when the secret cannot be replaced', async () => {
    const match = { host: 'acme-eu_west_1', username: 'FINANCE_SVC' };
    const { outcomes } = await rotate(scripted, { connections: { match }, secret: NEW });
    expect(outcomes).toMatchObject([{ id: idOf('credible', 'finance_snowflake'), status: 'REFUSED' }]);
    expect(placesOf(outcomes[0]?.result ?? {})).toEqual(['connections.match NOT_ALLOWED']);
  });
});

const run = async (role: Partial<Role>, prepare?: (gateway: ScriptedGateway) => Promise<unknown>) => {
  const scripted = await startScriptedGateway(
    VENDORS.map((one) => ({ key: one, vendor: one, ...(one === 'credible' ? role : {}) })),
  );
  onTestFinished(() => scripted.close());
  await prepare?.(scripted);
  const rotation = await rotate(scripted, { connections: { match: SHOP }, secret: NEW });
  return { stage: scripted, rotation };
};

const startWith = async (role: Partial<Role>) => {
  const scripted = await startScriptedGateway([{ key: 'chartbrew', vendor: 'chartbrew', ...role }]);
  onTestFinished(() => scripted.close());
  return scripted;
};

describe('a match with a connection that a list reports in part', () => {
  it.each([
    ['500', { status: 500, body: {} }, 'VendorUnavailableError'],
    ['403', { status: 403, body: {} }, 'PermissionError'],
    ['a broken connection', 'a cut line', 'VendorUnavailableError'],
  ] as const)('a matched connection is not written when its read by id fails: %s', async (_name, answer, type) => {
    const scripted = await startWith({ fault: { at: 'read', isDone: false, answer } });
    for (const verification of ['PER_SERVER', 'NONE']) {
      const rotation = await rotate(scripted, { connections: { match: SHOP }, secret: NEW, verification });
      expect(rotation.outcomes).toMatchObject([
        {
          id: idOf('chartbrew', '16'),
          status: 'NOT_ATTEMPTED',
          connection: { name: 'Shop' },
          result: null,
          verification: null,
          reason: null,
          error: { __typename: type, instance: { key: 'chartbrew' } },
        },
      ]);
      expect(idsOf(rotation.remaining)).toEqual([idOf('chartbrew', '16')]);
    }
    const kinds = new Set(scripted.receivedBy('chartbrew').map(({ kind }) => kind));
    expect([...kinds]).toEqual(['list', 'read']);
  });

  it.each([
    ['has another host', { host: 'other-db.acme.example' }],
    ['has another user', { username: 'other' }],
    ['is behind another port', { port: '3307' }],
  ])('a connection is not a match when its read by id shows that it %s', async (_what, change) => {
    const scripted = await startWith({
      before: async (kind, vendor) => {
        if (kind !== 'read') return;
        await vendor(vendorRequest('PUT', '/team/7/connections/16', 'Bearer sandbox-chartbrew-key', change));
      },
    });
    const match = { ...SHOP, port: 3306 };
    const result = await rotateOrNot(scripted, { connections: { match }, secret: NEW });
    expect(placesOf(result)).toEqual(['connections.match INVALID']);
    expect(scripted.receivedBy('chartbrew').map(({ kind }) => kind)).toEqual(['list', 'read']);
  });

  it('a matched connection is not written when its read by id shows a tunnel', async () => {
    const scripted = await startWith({
      before: async (kind, vendor) => {
        const change = { useSsh: true, sshHost: 'bastion.example' };
        if (kind !== 'read') return;
        await vendor(vendorRequest('PUT', '/team/7/connections/16', 'Bearer sandbox-chartbrew-key', change));
      },
    });
    const { outcomes } = await rotate(scripted, { connections: { match: SHOP }, secret: NEW });
    expect(outcomes).toMatchObject([{ status: 'REFUSED' }]);
    expect(outcomes[0]?.result?.issues?.[0]?.message).toContain('(options.chartbrew.ssh)');
  });
});

describe('a match at an instance that cannot be listed', () => {
  it('an instance that cannot be listed is reported when nothing is found, because it may have the connection', async () => {
    const fault = { at: 'list', isDone: false, answer: { status: 500, body: {} } } as const;
    const scripted = await startScriptedGateway(
      VENDORS.map((one) => ({ key: one, vendor: one, ...(one === 'credible' && { fault }) })),
    );
    onTestFinished(() => scripted.close());
    const match = { ...SHOP, username: 'nobody' };
    const result = await rotateOrNot(scripted, { connections: { match }, secret: NEW });
    expect(result).toMatchObject({ __typename: 'VendorUnavailableError', instance: { key: 'credible' } });
  });

  it.each([
    ['500', { status: 500, body: {} }],
    ['401', { status: 401, body: {} }],
    ['a broken connection', 'a cut line'],
    ['an answer that is not JSON', { status: 200, body: 'a page' }],
  ] as const)(
    'an instance that cannot be listed is reported, and the rotation continues: %s',
    async (_name, answer) => {
      const { stage: scripted, rotation } = await run({ fault: { at: 'list', isDone: false, answer } });
      expect(idsOf(rotation.outcomes)).toEqual([idOf('chartbrew', '16')]);
      expect(statuses(rotation)).toEqual(['DONE']);
      expect(keysOf(rotation.unsearchable)).toEqual(['omni', 'credible']);
      expect(scripted.log.join('\n')).toMatch(/"errorClass":"\w+","instance":"credible"/);
    },
  );

  it('an instance that cannot be listed is reported even if it has a stale list', async () => {
    let isDown = false;
    const before: Role['before'] = (kind) =>
      isDown && kind === 'list' ? Promise.reject(new Error('down')) : Promise.resolve();
    const { stage: scripted, rotation } = await run(
      { before, settings: { cache: { ttlMs: 60_000, staleMs: 600_000 } } },
      async ({ ask }) => {
        const listed = await ask('{ connections(filter: { vendor: [CREDIBLE] }) { totalCount } }');
        expect(listed.data.connections.totalCount).toBe(12);
        isDown = true;
      },
    );
    expect(idsOf(rotation.outcomes)).toEqual([idOf('chartbrew', '16')]);
    expect(keysOf(rotation.unsearchable)).toEqual(['omni', 'credible']);
    expect(scripted.receivedBy('credible').some(({ kind }) => kind === 'write')).toBe(false);
  });
});

const rows = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    name: `c${at}`,
    dialect_name: 'postgres',
    host: 'pg.example',
    port: at === 0 ? '5433' : '5432',
    username: 'bi',
    has_password: true,
    uses_key_pair_auth: false,
    jdbc_additional_params: null,
    after_connect_statements: null,
  }));

const rotateMany = async (count: number, more: RotateInput = {}) => {
  const stubbed = await startStubbedGateway('looker', vendorWithRows('looker', rows(count)));
  onTestFinished(() => stubbed.close());
  const match = { host: 'pg.example', username: 'bi', vendor: ['LOOKER'], ...more };
  return rotateOrNot(stubbed.gateway, { connections: { match }, secret: NEW, dryRun: true });
};

describe('a match that finds many connections', () => {
  it('a match may find at most a hundred connections', async () => {
    const result = await rotateMany(101);
    expect(result.__typename).toBe('ValidationError');
    expect(placesOf(result)).toEqual(['connections.match TOO_LONG']);
    expect(result.issues?.[0]?.message).toContain('101');
    expect((await rotateMany(100)).rotation?.outcomes).toHaveLength(100);
  });

  it('a match with a port finds fewer connections', async () => {
    const { outcomes = [] } = (await rotateMany(101, { port: 5432 })).rotation ?? {};
    expect(outcomes).toHaveLength(100);
    expect(outcomes.every(({ status }) => status === 'PLANNED')).toBe(true);
  });
});
