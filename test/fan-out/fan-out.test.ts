// createConnections: what is refused before any call, what each target receives, and the order of the targets.
import { EventEmitter, once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SandboxVendor } from '../../src/sandbox/server.ts';
import { startTestGateway } from '../support/gateway.ts';
import { callsToAny } from '../support/journal.ts';
import { createMany, fanOut, ORDERS, placesOf, POSTGRES, toAll } from './create-connections.ts';
import { useScriptedGateway, type Script } from './scripted-vendors.ts';
import { PRIVATE_KEY } from '../support/keys.ts';

const gatewayOf = async () => {
  const gateway = await startTestGateway();
  onTestFinished(() => gateway.close());
  return gateway;
};

/** Checks that a fan-out is refused without a call. Returns the issues as `path CODE`, and their messages. */
async function refusalOf(input: Readonly<Record<string, unknown>>) {
  const gateway = await gatewayOf();
  const { __typename, issues = [] } = await createMany(gateway, input);
  expect(__typename).toBe('ValidationError');
  expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  return { places: placesOf(issues), messages: issues.map(({ message }) => message) };
}

describe('A fan-out that is refused before any call', () => {
  it('a fan-out without a target, or with more than ten, is refused', async () => {
    const none = await refusalOf({ ...ORDERS, targets: [] });
    expect(none.places).toEqual(['targets TOO_SHORT']);
    const targets = Array.from({ length: 11 }, (_, at) => ({ instance: 'omni', name: `orders_${at}` }));
    expect((await refusalOf({ ...ORDERS, targets })).places).toEqual(['targets TOO_LONG']);
  });

  it('an unknown instance is refused by the path of its target', async () => {
    const { places } = await refusalOf({ ...ORDERS, targets: toAll('looker', 'lookup') });
    expect(places).toEqual(['targets.1.instance INVALID']);
  });

  it('the same instance twice with the same name is refused, by key or by id', async () => {
    const gateway = await gatewayOf();
    const answer = await gateway.ask('{ vendors { instances { id key } } }');
    const instances = answer.data.vendors.flatMap((one: { instances: { id: string; key: string }[] }) => one.instances);
    const { id } = instances.find(({ key }: { key: string }) => key === 'looker');
    const { issues } = await createMany(gateway, {
      ...ORDERS,
      targets: [...toAll('looker', 'omni'), { instance: id }],
    });
    expect(placesOf(issues)).toEqual(['targets.2.instance EXCLUSIVE']);
    // Looker stores names in lower case.
    const cased = [...toAll('looker'), { instance: 'looker', name: 'Orders' }];
    expect(placesOf((await createMany(gateway, { ...ORDERS, targets: cased })).issues)).toEqual([
      'targets.1.instance EXCLUSIVE',
    ]);
    const both = await fanOut(gateway, { ...ORDERS, targets: [{ instance: id, name: 'other' }, ...toAll('looker')] });
    expect(both.status).toBe('COMPLETE');
  });

  it("an issue has the path of the target when it concerns the target's own name or options, and the path of the input otherwise", async () => {
    const targets = [
      { instance: 'looker' },
      { instance: 'credible', name: 'my orders' },
      { instance: 'omni', options: { omni: { includeSchemas: ['sales,stock'] } } },
      { instance: 'chartbrew', options: { omni: { baseRole: 'QUERIER' } } },
    ];
    const { places, messages } = await refusalOf({ ...ORDERS, name: 'our orders', targets });
    expect(places).toEqual([
      'name INVALID',
      'targets.1.name INVALID',
      'targets.2.options.omni.includeSchemas INVALID',
      'targets.3.options.omni MISMATCH',
    ]);
    expect(messages.map((message) => /Looker|Omni|Credible|Chartbrew/.exec(message)?.[0])).toEqual([
      'Looker',
      'Credible',
      'Omni',
      'Chartbrew',
    ]);
  });

  it('missing fields are reported once, with the names of the vendors that require them', async () => {
    const targets = [...toAll('looker', 'omni', 'chartbrew'), { instance: 'omni', name: 'orders_2' }];
    const { places, messages } = await refusalOf({
      name: 'orders',
      config: { postgres: { database: 'app' } },
      targets,
    });
    expect(places).toEqual([
      'config.postgres.host REQUIRED',
      'config.postgres.host REQUIRED',
      'config.postgres.port REQUIRED',
      'config.postgres.username REQUIRED',
      'config.postgres.password REQUIRED',
      'config.postgres.host REQUIRED',
      'config.postgres.username REQUIRED',
    ]);
    expect([...new Set(messages.map((message) => message.split(' ')[0]))]).toEqual(['Looker', 'Omni', 'Chartbrew']);
  });

  it('a field that no target supports is refused once for each vendor', async () => {
    const config = { postgres: { ...POSTGRES, flavor: 'RDS' } };
    const { places, messages } = await refusalOf({ name: 'orders', config, targets: toAll('looker', 'omni') });
    expect(places).toEqual(['config.postgres.flavor NOT_ALLOWED', 'config.postgres.flavor NOT_ALLOWED']);
    expect(messages.map((message) => message.split(' ')[0])).toEqual(['Looker', 'Omni']);
  });

  it('a secret that one target does not support is refused with advice', async () => {
    const config = {
      snowflake: {
        account: 'xy12345',
        warehouse: 'WH',
        database: 'SALES',
        username: 'bi',
        privateKey: PRIVATE_KEY,
        privateKeyPassphrase: 'words-secret-1',
      },
    };
    const { places, messages } = await refusalOf({ name: 'sales', config, targets: toAll('credible', 'omni') });
    expect(places).toEqual(['config.snowflake.privateKeyPassphrase NOT_ALLOWED']);
    expect(messages[0]).toMatch(
      /^Omni has no `privateKeyPassphrase` .* Create the connection there with a mutation of its own\.$/,
    );
  });

  it('a dialect that one of the vendors does not support is refused', async () => {
    const gateway = await gatewayOf();
    const config = { motherduck: { database: 'app', accessToken: 'token-secret-1' } };
    const result = await createMany(gateway, { name: 'ducks', config, targets: toAll('omni', 'credible', 'looker') });
    expect(result).toMatchObject({
      __typename: 'UnsupportedError',
      vendor: 'LOOKER',
      dialect: 'MOTHERDUCK',
      alternatives: ['OMNI', 'CREDIBLE'],
    });
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });

  it('wrong field formats are reported together with all other issues', async () => {
    const targets = [
      { instance: 'looker', name: '' },
      { instance: 'nowhere', options: { credible: { includeTables: [''] } } },
    ];
    const config = { postgres: { ...POSTGRES, port: 0, flavor: 'RDS' } };
    const { places } = await refusalOf({ name: 'orders', config, targets });
    expect(places.toSorted()).toEqual([
      'config.postgres.flavor NOT_ALLOWED',
      'config.postgres.port OUT_OF_RANGE',
      'targets.0.name TOO_SHORT',
      'targets.1.instance INVALID',
      'targets.1.options.credible.includeTables.0 TOO_SHORT',
    ]);
  });
});

/** A Looker that does not support one field. */
function refusing(field: string): Script {
  const body = { message: 'No.', errors: [{ field, code: 'invalid', message: 'No.' }] };
  return { create: { isDone: false, answer: { status: 422, body } } };
}

describe('Each target of a fan-out', () => {
  it('each target receives the settings that its vendor supports, with warnings about the others', async () => {
    const gateway = await gatewayOf();
    const config = {
      oracle: {
        host: 'ora.acme.example',
        port: 1521,
        database: 'ORCL',
        username: 'bi_reader',
        password: 'pw-secret-1',
        acceptsLicense: true,
        tls: { enabled: true },
      },
    };
    const { status, outcomes } = await fanOut(gateway, { name: 'ledger_2', config, targets: toAll('looker', 'omni') });
    expect(status).toBe('COMPLETE');
    expect(outcomes.map(({ result }) => result?.warnings)).toEqual([
      [
        {
          path: ['input', 'config', 'oracle', 'acceptsLicense'],
          code: 'FIELD_LEFT_OUT',
          message: 'Looker has no `acceptsLicense` for connections to Oracle Database; it was left out there.',
        },
      ],
      [
        {
          path: ['input', 'config', 'oracle', 'tls', 'enabled'],
          code: 'FIELD_LEFT_OUT',
          message: 'Omni has no `tls.enabled` for connections to Oracle Database; it was left out there.',
        },
      ],
    ]);
    expect(await gateway.posted('looker')).toEqual([
      {
        name: 'ledger_2',
        dialect_name: 'oracle',
        host: 'ora.acme.example',
        port: '1521',
        database: 'ORCL',
        username: 'bi_reader',
        password: 'pw-secret-1',
        ssl: true,
      },
    ]);
    expect(await gateway.posted('omni')).toEqual([
      {
        name: 'ledger_2',
        dialect: 'oracle',
        host: 'ora.acme.example',
        port: 1521,
        database: 'ORCL',
        username: 'bi_reader',
        passwordUnencrypted: 'pw-secret-1',
        acceptsLicense: true,
      },
    ]);
  });

  it('each target has its own name and options, and its outcome at the same index', async () => {
    const gateway = await gatewayOf();
    const targets = [
      { instance: 'chartbrew', name: 'Orders, live' },
      { instance: 'looker', name: 'ORDERS', options: { looker: { maxConnections: 7 } } },
      { instance: 'credible' },
    ];
    const { status, outcomes } = await fanOut(gateway, { ...ORDERS, targets });
    expect(status).toBe('COMPLETE');
    expect(outcomes.map(({ result }) => result?.connection?.name)).toEqual(['Orders, live', 'orders', 'orders']);
    expect(placesOf(outcomes[1]?.result?.warnings)).toEqual(['targets.1.name NAME_NORMALIZED']);
    expect(outcomes.map(({ compensation }) => compensation)).toEqual([null, null, null]);
    expect(await gateway.posted('looker')).toMatchObject([{ name: 'ORDERS', max_connections: 7 }]);
  });

  it("a vendor's refusal of a target is reported by the paths of the input, and logged", async () => {
    const scripted = await useScriptedGateway([
      { key: 'one', vendor: 'looker', script: refusing('name') },
      { key: 'two', vendor: 'looker', script: refusing('name') },
      { key: 'three', vendor: 'looker', script: refusing('max_connections') },
      { key: 'four', vendor: 'looker', script: { create: { isDone: false, answer: { status: 403, body: {} } } } },
    ]);
    const options = { looker: { maxConnections: 7 } };
    const targets = [{ instance: 'one' }, { instance: 'two', name: 'mine' }, { instance: 'three', options }];
    const { status, outcomes } = await fanOut(scripted, { ...ORDERS, targets: [...targets, { instance: 'four' }] });
    expect(status).toBe('NOTHING_DONE');
    expect(outcomes.map(({ result }) => placesOf(result?.issues))).toEqual([
      ['name INVALID'],
      ['targets.1.name INVALID'],
      ['targets.2.options.looker.maxConnections INVALID'],
      [],
    ]);
    expect(scripted.log.map((line) => JSON.parse(line) as Record<string, unknown>)).toMatchObject([
      { errorClass: 'PermissionError', instance: 'four', vendorStatus: 403 },
      { msg: 'audit', status: 'NOTHING_DONE' },
    ]);
  });

  it('a target with a name that is in use reports the existing connection', async () => {
    const scripted = await useScriptedGateway([{ key: 'one', vendor: 'looker' }]);
    await fanOut(scripted, { ...ORDERS, targets: toAll('one') });
    const { status, outcomes } = await fanOut(scripted, { ...ORDERS, targets: toAll('one') });
    expect(status).toBe('NOTHING_DONE');
    expect(outcomes[0]?.result).toMatchObject({ __typename: 'ConflictError', existing: { name: 'orders' } });
  });
});

/** Starts a Credible that answers creates only when the test says so. */
function createGate() {
  const arrived: string[] = [];
  const line = new EventEmitter();
  const opened = once(line, 'open');
  const whenArrived = async (count: number) => {
    while (arrived.length < count) await once(line, 'arrival');
  };
  const handlerOf =
    (key: string): SandboxVendor =>
    async ({ method, body }) => {
      if (method === 'GET') return { status: 200, body: [] };
      arrived.push(key);
      line.emit('arrival');
      await opened;
      return { status: 201, body: { ...(JSON.parse(body.toString()) as object) } };
    };
  return { arrived, open: () => line.emit('open'), whenArrived, handlerOf };
}

describe('A fan-out with KEEP', () => {
  it('a fan-out creates at four targets concurrently', async () => {
    const gate = createGate();
    const keys = ['one', 'two', 'three', 'four', 'five', 'six'];
    const scripted = await useScriptedGateway(
      keys.map((key) => ({ key, vendor: 'credible', handler: gate.handlerOf(key) }) as const),
    );
    const answer = fanOut(scripted, { ...ORDERS, targets: toAll(...keys) });
    await gate.whenArrived(4);
    // After a whole request through the gateway, a fifth create would have arrived.
    await scripted.ask('{ vendors { instances { health { status } } } }');
    expect(gate.arrived.toSorted()).toEqual(['four', 'one', 'three', 'two']);
    gate.open();
    const { status, outcomes } = await answer;
    expect(status).toBe('COMPLETE');
    expect(outcomes.map(({ instance }) => instance.key)).toEqual(keys);
  });
});
