// Writes without a conclusive answer: they are never sent again and never reported as failed. The gateway
// reads the connection and reports success when that proves it. A missing connection proves nothing.
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { vendors as vendorModules } from '../../src/gateway.ts';
import { addressAt, REFUSING_ORIGIN, startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { everyNth } from '../support/exhaustive.ts';
import { httpAnswer, startRawServer } from '../support/raw-server.ts';
import { startFaultyVendors, type Fault, type FaultyVendors } from '../support/failing-vendors.ts';

type Values = Readonly<Record<string, unknown>>;

let vendors: FaultyVendors;
beforeAll(async () => {
  vendors = await startFaultyVendors();
});
afterAll(() => vendors.close());

const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const satisfies readonly VendorName[];

const TOLD = `__typename
  ... on Error { message }
  ... on VendorError { instance { key } vendorStatus }
  ... on VendorUnavailableError { unavailable }
  ... on OutcomeUnknownError { probe }`;
const WRITTEN = 'connection { id vendorId name } warnings { code }';
const MUTATIONS = {
  createConnection: `mutation ($input: CreateConnectionInput!) { result: createConnection(input: $input) { ${TOLD}
    ... on ConflictError { conflict existing { name } } ... on CreateConnectionSuccess { ${WRITTEN} } } }`,
  updateConnection: `mutation ($input: UpdateConnectionInput!) { result: updateConnection(input: $input) { ${TOLD}
    ... on UpdateConnectionSuccess { ${WRITTEN} } } }`,
  deleteConnection: `mutation ($input: DeleteConnectionInput!) { result: deleteConnection(input: $input) { ${TOLD}
    ... on DeleteConnectionSuccess { deletedId archived } } }`,
} as const;

/** Returns the member of the result union. Checks that the answer has no secret. @throws Error when there is none. */
async function run(gateway: TestGateway, mutation: keyof typeof MUTATIONS, input: Values) {
  const { data, text } = await gateway.ask(MUTATIONS[mutation], { input });
  expect([text, ...gateway.log].join('\n')).not.toMatch(/secret-\d/);
  if (!data) throw new Error([text, ...gateway.log].join('\n'));
  return data.result;
}
const create = (gateway: TestGateway, input: Values) => run(gateway, 'createConnection', input);
async function make(gateway: TestGateway, input: Values): Promise<{ id: string; vendorId: string }> {
  const { connection, message } = await create(gateway, input);
  if (!connection) throw new Error(message);
  return connection;
}

const page = (status: number, body: unknown): Fault['answer'] => ({ status, body });
const json = { 'content-type': 'application/json' };

/** The vendor's answers, and the status that is reported to the caller. */
const HEARD: readonly (readonly [what: string, answer: Fault['answer'], status: number | null])[] = [
  ['a cut line', 'a cut line', null],
  ['500', page(500, { message: 'pw-secret-1' }), 500],
  ['502, a page', page(502, '<html>pw-secret-1</html>'), 502],
  ['503', page(503, {}), 503],
  ['504', page(504, 'Gateway timeout'), 504],
];
/** Answers to a create or an update that lack the data that the gateway needs. */
const BROKEN: typeof HEARD = [
  ['half an answer', { status: 200, headers: json, body: '{"id": 1, "na' }, 200],
  ['another shape', page(200, [1]), 200],
  ['a page', page(200, '<html>pw-secret-1</html>'), 200],
  ['no body', { status: 200 }, 200],
];

let made = 0;
const newName = (): string => `unknown_${(made += 1)}`;

const server = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const inputFor = (instance: VendorName) => ({ instance, name: newName(), config: { postgres: server } });

/** Runs an action with a fault. Returns its result and the writes that it sent. */
async function under<T>(vendor: VendorName, fault: Fault, act: () => Promise<T>) {
  const before = (await vendors.writesTo(vendor)).length;
  vendors.setFault(vendor, fault);
  try {
    return { result: await act(), writes: (await vendors.writesTo(vendor)).slice(before) };
  } finally {
    vendors.setFault(vendor, null);
  }
}

const unknown = (vendor: VendorName, vendorStatus: number | null, probe: string) => ({
  __typename: 'OutcomeUnknownError',
  instance: { key: vendor },
  vendorStatus,
  probe,
});

const COLLECTIONS: Readonly<Record<VendorName, string>> = {
  looker: '/api/4.0/connections',
  omni: '/api/v1/connections',
  credible: '/api/v0/organizations/acme/projects/analytics/connections',
  chartbrew: '/team/7/connections',
};
const LIST = 'query ($key: ID!) { connections(first: 200, filter: { instance: [$key] }) { nodes { name } } }';
const namesAt = async (vendor: VendorName): Promise<string[]> => {
  const { data, text } = await vendors.gateway.ask(LIST, { key: vendor });
  if (!data) throw new Error(text);
  return data.connections.nodes.map(({ name }: { name: string }) => name);
};

describe.each(VENDORS)('A create at %s', (vendor) => {
  const LOOK: Readonly<Record<VendorName, string>> = {
    looker: 'Look for a connection named NAME before you try again.',
    omni: 'Look for a new connection named NAME before you try again.',
    credible: 'Look for a connection named NAME before you try again.',
    chartbrew: 'Look for a new connection named NAME before you try again.',
  };
  // Names are unique at Looker and Credible. Looker reports the creation date. At Credible an earlier list shows that the connection is new.
  const isProved = vendor === 'looker' || vendor === 'credible';

  it.each(everyNth([...HEARD, ...BROKEN], 3, VENDORS.indexOf(vendor)))(
    'a create that gets %s is never sent again and never reported as failed',
    async (_what, answer, status) => {
      for (const isDone of [true, false]) {
        await namesAt(vendor);
        const input = inputFor(vendor);
        const { result, writes } = await under(vendor, { isDone, answer }, async () => create(vendors.gateway, input));
        expect(result).toMatchObject(
          isDone && isProved
            ? { __typename: 'CreateConnectionSuccess', connection: { name: input.name }, warnings: [] }
            : unknown(vendor, status, LOOK[vendor].replace('NAME', input.name)),
        );
        expect(writes).toEqual([`POST ${COLLECTIONS[vendor]}`]);
        expect((await namesAt(vendor)).includes(input.name)).toBe(isDone);
      }
    },
  );
});

describe('A create that another client may have made', () => {
  const cut = { isDone: true, answer: 'a cut line' } as const;

  it('a create at Credible is not proven without an earlier list', async () => {
    const fresh = await startFaultyVendors();
    onTestFinished(() => fresh.close());
    fresh.setFault('credible', cut);
    const result = await create(fresh.gateway, inputFor('credible'));
    expect(result).toMatchObject({ __typename: 'OutcomeUnknownError', vendorStatus: null });
  });

  it.each(['looker', 'credible'] as const)(
    'a create is not proven when an earlier list had the connection: %s',
    async (vendor) => {
      const input = inputFor(vendor);
      await make(vendors.gateway, input);
      await namesAt(vendor);
      const fault = { isDone: false, answer: 'a cut line' } as const;
      const { result } = await under(vendor, fault, async () => create(vendors.gateway, input));
      expect(result).toMatchObject({ __typename: 'OutcomeUnknownError' });
    },
  );

  it('a create at Looker is not proven by an old connection', async () => {
    const fresh = await startFaultyVendors();
    onTestFinished(() => fresh.close());
    fresh.setFault('looker', { isDone: false, answer: 'a cut line' });
    const config = { postgres: { host: 'orders-db.acme.example', port: 5432, database: 'orders' } };
    const result = await create(fresh.gateway, { instance: 'looker', name: 'production_orders', config });
    expect(result).toMatchObject({ __typename: 'OutcomeUnknownError' });
  });

  it.each([
    ['to another host', { host: 'other.acme.example' }],
    ['to another database', { database: 'other' }],
  ])('a create at Looker is not proven by a connection %s', async (_what, other) => {
    const input = inputFor('looker');
    await make(vendors.gateway, { ...input, config: { postgres: { ...server, ...other } } });
    const fault = { isDone: false, answer: 'a cut line' } as const;
    const { result, writes } = await under('looker', fault, async () => create(vendors.gateway, input));
    expect(result).toMatchObject({ __typename: 'OutcomeUnknownError' });
    expect(writes).toEqual(['POST /api/4.0/connections']);
  });
});

interface Change {
  readonly input: Values;
  readonly method: string;
  readonly probe: string;
}

const READ_AGAIN = 'Read the connection again before you try again.';

/** The reported values of each vendor after the update. */
const PLAIN: Readonly<Record<VendorName, Change>> = {
  looker: { input: { config: { postgres: { database: 'sales' } } }, method: 'PATCH', probe: READ_AGAIN },
  omni: { input: { options: { omni: { baseRole: 'QUERIER' } } }, method: 'PATCH', probe: READ_AGAIN },
  credible: { input: { options: { credible: { includeTables: ['sales.*'] } } }, method: 'PATCH', probe: READ_AGAIN },
  chartbrew: { input: { config: { postgres: { database: 'sales' } } }, method: 'PUT', probe: READ_AGAIN },
};

describe.each(VENDORS)('An update at %s', (vendor) => {
  const { input, method, probe } = PLAIN[vendor];

  it.each(everyNth([...HEARD, ...BROKEN], 3, VENDORS.indexOf(vendor)))(
    'an update that gets %s is a success when a read shows all its values',
    async (_what, answer, status) => {
      for (const isDone of [true, false]) {
        const { id, vendorId } = await make(vendors.gateway, inputFor(vendor));
        const { result, writes } = await under(vendor, { isDone, answer }, async () =>
          run(vendors.gateway, 'updateConnection', { id, ...input }),
        );
        expect(result).toMatchObject(
          isDone ? { __typename: 'UpdateConnectionSuccess', connection: { id } } : unknown(vendor, status, probe),
        );
        expect(writes).toEqual([`${method} ${COLLECTIONS[vendor]}/${vendorId}`]);
      }
    },
  );

  it('an update of a secret stays unknown, because a read does not show the secret', async () => {
    const { id, vendorId } = await make(vendors.gateway, inputFor(vendor));
    const { result, writes } = await under(vendor, { isDone: true, answer: 'a cut line' }, async () =>
      run(vendors.gateway, 'updateConnection', { id, config: { postgres: { password: { replace: 'pw-secret-2' } } } }),
    );
    expect(result).toMatchObject(unknown(vendor, null, probe));
    expect(writes).toEqual([`${method} ${COLLECTIONS[vendor]}/${vendorId}`]);
  });
});

describe.each(VENDORS)('A delete at %s', (vendor) => {
  it.each(everyNth(HEARD, 2, VENDORS.indexOf(vendor)))(
    'a delete that gets %s is a success when the connection is gone',
    async (_what, answer, status) => {
      for (const isDone of [true, false]) {
        const { id, vendorId } = await make(vendors.gateway, inputFor(vendor));
        const { result, writes } = await under(vendor, { isDone, answer }, async () =>
          run(vendors.gateway, 'deleteConnection', { id }),
        );
        expect(result).toMatchObject(
          isDone
            ? { __typename: 'DeleteConnectionSuccess', deletedId: id, archived: vendor === 'omni' }
            : unknown(vendor, status, READ_AGAIN),
        );
        expect(writes).toEqual([`DELETE ${COLLECTIONS[vendor]}/${vendorId}`]);
      }
    },
  );
});

describe('A write that was not sent', () => {
  it('a write to a vendor that refuses connections was not sent', async () => {
    const gateway = await startTestGateway({
      instances: (sandbox) =>
        sandbox.map((instance) => ({ ...instance, baseUrl: addressAt(REFUSING_ORIGIN, instance) })),
    });
    onTestFinished(() => gateway.close());
    const told = await Promise.all(
      VENDORS.flatMap((vendor) => {
        const vendorId = vendor === 'omni' ? '61f0e9d8-c7b6-4a59-8483-72615f4e3d2c' : '12';
        const id = Buffer.from(`v1:c:${vendor}:${vendorId}`).toString('base64url');
        return [
          create(gateway, inputFor(vendor)),
          run(gateway, 'updateConnection', { id, ...PLAIN[vendor].input }),
          run(gateway, 'deleteConnection', { id }),
        ];
      }),
    );
    const unreachable = { __typename: 'VendorUnavailableError', unavailable: 'CONNECT' };
    const due = VENDORS.flatMap((key) => Array.from({ length: 3 }, () => ({ ...unreachable, instance: { key } })));
    expect(told).toMatchObject(due);
  });

  it('a write to a vendor that has stopped before the write was not sent', async () => {
    const raw = await startRawServer();
    onTestFinished(() => raw.close());
    const row = { name: 'one', type: 'postgres', postgresConnection: { host: 'db.acme.example' } };
    raw.answer = (socket) => {
      socket.end(httpAnswer(200, JSON.stringify(row), { connection: 'close' }));
      void raw.stop();
    };
    const gateway = await startTestGateway({
      instances: (sandbox) =>
        sandbox.map((instance) =>
          instance.vendor === 'credible' ? { ...instance, baseUrl: `${raw.origin}/api/v0` } : instance,
        ),
    });
    onTestFinished(() => gateway.close());
    const id = Buffer.from('v1:c:credible:one').toString('base64url');
    const result = await run(gateway, 'updateConnection', { id, ...PLAIN.credible.input });
    expect(result).toMatchObject({ __typename: 'VendorUnavailableError', unavailable: 'CONNECT' });
    expect(raw.requests).toHaveLength(1);
  });
});

describe('A write whose deadline ends before it is sent', () => {
  it.each(VENDORS)(
    'a write whose deadline ends before it is sent is refused, and not reported as unknown: %s',
    async (vendor) => {
      const late = vendorModules.map((module) => ({
        ...module,
        connect: (place: Parameters<typeof module.connect>[0]) => {
          const api = module.connect(place);
          const remove: typeof api.remove = async (id, call) => {
            await once(call.deadline as AbortSignal, 'abort');
            return api.remove?.(id, call) ?? null;
          };
          return { ...api, remove };
        },
      }));
      const gateway = await startTestGateway({
        createGateway: { vendors: late },
        instances: (sandbox) => sandbox.map((instance) => ({ ...instance, timeouts: { writeMs: 100 } })),
      });
      onTestFinished(() => gateway.close());
      const vendorId = vendor === 'omni' ? '61f0e9d8-c7b6-4a59-8483-72615f4e3d2c' : '12';
      const id = Buffer.from(`v1:c:${vendor}:${vendorId}`).toString('base64url');
      expect(await run(gateway, 'deleteConnection', { id })).toMatchObject({
        __typename: 'VendorUnavailableError',
        unavailable: 'TIMEOUT',
        instance: { key: vendor },
      });
      expect(await gateway.received(vendor)).toEqual([]);
    },
  );
});

describe('The text of a vendor as proof of an outcome', () => {
  it('a create with a name that is in use is a conflict, although Credible answers 500', async () => {
    let posts = 0;
    const there = { name: 'taken', type: 'postgres', postgresConnection: { host: 'old.acme.example' } };
    const stubbed = await startStubbedGateway('credible', ({ method }) => {
      if (method === 'GET') return { status: 200, body: there };
      posts += 1;
      return { status: 500, body: { code: 500, message: 'Connection "taken" already exists' } };
    });
    onTestFinished(() => stubbed.close());
    const result = await create(stubbed.gateway, { ...inputFor('credible'), name: 'taken' });
    expect(result).toMatchObject({ __typename: 'ConflictError', conflict: 'NAME_TAKEN', existing: { name: 'taken' } });
    expect(posts).toBe(1);
  });

  it.each([
    [502, { code: 502, message: 'already exists' }],
    [500, { code: 500, message: 'out of memory' }],
    [500, 'already exists'],
  ])('a text that the vendor did not write proves nothing: %i', async (status, body) => {
    const { result } = await under('credible', { isDone: false, answer: { status, body } }, async () =>
      create(vendors.gateway, inputFor('credible')),
    );
    expect(result).toMatchObject({ __typename: 'OutcomeUnknownError', vendorStatus: status });
  });
});
