// rotateConnectionSecret by server and user: which connections that finds over all vendors, and what it could not look through.
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { playVendor } from '../support/play-vendor.ts';
import { vendorWith } from '../support/play-rows.ts';
import { idOf, idsOf, placesOf, rotate, rotateOrNot, statuses, type RotateInput } from './rotation/ask.ts';
import { startStage, type Role, type Stage } from './rotation/stage.ts';

const NEW = 'pw-secret-3';
const SHOP = { host: 'shop-db.acme.example', username: 'shop_ro' };
const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const;

const keysOf = (instances: readonly { readonly key: string }[]): string[] => instances.map(({ key }) => key);

describe('what matches', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await startStage(VENDORS.map((one) => ({ key: one, vendor: one })));
  });
  afterAll(() => stage.close());

  const [credible, chartbrew] = [idOf('credible', 'shop_mysql'), idOf('chartbrew', '16')];
  const looker = idOf('looker', 'billing');
  const billing = { host: 'billing-db.acme.example', username: 'looker' };
  const snowflake = { host: 'ACME-EU_WEST_1', username: 'MALLOY_SVC' };

  const matches: readonly [string, RotateInput, readonly string[], readonly string[]][] = [
    ['server and user, at every vendor that tells both', SHOP, [credible, chartbrew], ['omni']],
    ['a host in other letters', { ...SHOP, host: 'SHOP-DB.Acme.Example' }, [credible, chartbrew], ['omni']],
    ['the port', { ...SHOP, port: 3306 }, [credible, chartbrew], ['omni']],
    ['not another port', { ...SHOP, port: 3307 }, [], ['omni']],
    ['not a part of the host', { ...SHOP, host: 'shop-db' }, [], ['omni']],
    ['not another user', { ...SHOP, username: 'shop' }, [], ['omni']],
    ['not a user in other letters', { ...SHOP, username: 'SHOP_RO' }, [], ['omni']],
    ['one vendor alone', { ...SHOP, vendor: ['CHARTBREW'] }, [chartbrew], []],
    ['two vendors', { ...SHOP, vendor: ['OMNI', 'CREDIBLE'] }, [credible], ['omni']],
    ['no vendor', { ...SHOP, vendor: [] }, [], []],
    ['at the first vendor', billing, [looker], ['omni']],
    ['an account', snowflake, [idOf('credible', 'warehouse_snowflake')], ['omni']],
    [
      'an account without port, whatever the port',
      { ...snowflake, port: 443 },
      [idOf('credible', 'warehouse_snowflake')],
      ['omni'],
    ],
  ];
  it.each(matches)('is %s', async (_what, match, ids, unsearchable) => {
    const rotation = await rotate(stage, { connections: { match }, secret: NEW, dryRun: true });
    expect(idsOf(rotation.outcomes)).toEqual(ids);
    expect(rotation.outcomes.every(({ status }) => status === 'PLANNED')).toBe(true);
    expect(idsOf(rotation.remaining)).toEqual(ids);
    expect(keysOf(rotation.unsearchable)).toEqual(unsearchable);
  });

  it('is never looked for where it cannot be found', () => {
    expect(stage.receivedBy('omni')).toEqual([]);
  });

  it('is found by the host override beside an account', async () => {
    const created = await stage.ask(
      `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { __typename } }`,
      {
        input: {
          instance: 'looker',
          name: 'private_link',
          config: {
            snowflake: {
              hostOverride: 'acme.privatelink.example',
              account: 'acme-private',
              database: 'D',
              username: 'BI',
              password: 'pw-secret-1',
            },
          },
        },
      },
    );
    expect(created.data.createConnection.__typename).toBe('CreateConnectionSuccess');
    for (const host of ['acme.privatelink.example', 'acme-private']) {
      const match = { host, username: 'BI' };
      const { outcomes } = await rotate(stage, { connections: { match }, secret: NEW, dryRun: true });
      expect(idsOf(outcomes)).toEqual([idOf('looker', 'private_link')]);
    }
  });

  it('is rotated, each read by its id where a list does not tell whether a secret is stored', async () => {
    const before = stage.receivedBy('chartbrew').length;
    const rotation = await rotate(stage, { connections: { match: SHOP }, secret: NEW });
    expect(statuses(rotation)).toEqual(['DONE', 'DONE']);
    expect(rotation.remaining).toEqual([]);
    const calls = stage.receivedBy('chartbrew').slice(before);
    expect(calls.map(({ call }) => call)).toEqual([
      'GET /team/7/connections',
      'GET /team/7/connections/16',
      'POST /team/7/connections/mysql/test',
      'PUT /team/7/connections/16',
    ]);
    expect((await stage.stored({ key: 'chartbrew', vendor: 'chartbrew' }, '16'))['password']).toBe(NEW);
  });

  it('is refused at the selector where the secret cannot be replaced', async () => {
    const match = { host: 'acme-eu_west_1', username: 'FINANCE_SVC' };
    const { outcomes } = await rotate(stage, { connections: { match }, secret: NEW });
    expect(outcomes).toMatchObject([{ id: idOf('credible', 'finance_snowflake'), status: 'REFUSED' }]);
    expect(placesOf(outcomes[0]?.result ?? {})).toEqual(['connections.match NOT_ALLOWED']);
  });
});

const run = async (role: Partial<Role>, prepare?: (gateway: Stage) => Promise<unknown>) => {
  const stage = await startStage(
    VENDORS.map((one) => ({ key: one, vendor: one, ...(one === 'credible' ? role : {}) })),
  );
  onTestFinished(() => stage.close());
  await prepare?.(stage);
  const rotation = await rotate(stage, { connections: { match: SHOP }, secret: NEW });
  return { stage, rotation };
};

describe('an instance that gives no list', () => {
  it.each([
    ['500', { status: 500, body: {} }],
    ['401', { status: 401, body: {} }],
    ['a cut line', 'a cut line'],
    ['no JSON', { status: 200, body: 'a page' }],
  ] as const)('is named, and the rest goes on: %s', async (_name, hears) => {
    const { stage, rotation } = await run({ fault: { at: 'list', isDone: false, hears } });
    expect(idsOf(rotation.outcomes)).toEqual([idOf('chartbrew', '16')]);
    expect(statuses(rotation)).toEqual(['DONE']);
    expect(keysOf(rotation.unsearchable)).toEqual(['omni', 'credible']);
    expect(stage.log.join('\n')).toMatch(/"errorClass":"\w+","instance":"credible"/);
  });

  it('is named too when its last good list would stand in', async () => {
    let isDown = false;
    const before: Role['before'] = (kind) =>
      isDown && kind === 'list' ? Promise.reject(new Error('down')) : Promise.resolve();
    const { stage, rotation } = await run(
      { before, settings: { cache: { ttlMs: 60_000, staleMs: 600_000 } } },
      async ({ ask }) => {
        const listed = await ask('{ connections(filter: { vendor: [CREDIBLE] }) { totalCount } }');
        expect(listed.data.connections.totalCount).toBe(12);
        isDown = true;
      },
    );
    expect(idsOf(rotation.outcomes)).toEqual([idOf('chartbrew', '16')]);
    expect(keysOf(rotation.unsearchable)).toEqual(['omni', 'credible']);
    expect(stage.receivedBy('credible').some(({ kind }) => kind === 'write')).toBe(false);
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
  }));

const rotateMany = async (count: number, more: RotateInput = {}) => {
  const played = await playVendor('looker', vendorWith('looker', rows(count)));
  onTestFinished(() => played.close());
  const match = { host: 'pg.example', username: 'bi', vendor: ['LOOKER'], ...more };
  return rotateOrNot(played.gateway, { connections: { match }, secret: NEW, dryRun: true });
};

describe('many that match', () => {
  it('are a hundred at most', async () => {
    const result = await rotateMany(101);
    expect(result.__typename).toBe('ValidationError');
    expect(placesOf(result)).toEqual(['connections.match TOO_LONG']);
    expect(result.issues?.[0]?.message).toContain('101');
    expect((await rotateMany(100)).rotation?.outcomes).toHaveLength(100);
  });

  it('are fewer with a port', async () => {
    expect((await rotateMany(101, { port: 5432 })).rotation?.outcomes).toHaveLength(100);
  });
});
