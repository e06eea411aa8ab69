// References of other subgraphs to connections and instances, as a router sends them, and the trace that it may ask for.
import { Trace } from '@apollo/usage-reporting-protobuf';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startSandboxServer } from '../../src/sandbox/server.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { vendorIdOf, vendorWithRows, type WireRow } from '../support/stub-rows.ts';

const ENTITIES = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    __typename
    ... on Connection { id name vendor dialect }
    ... on VendorInstance { id key }
  }
}`;

const idOf = (text: string): string => Buffer.from(text).toString('base64url');
const connection = (instance: VendorName, vendorId: string) => ({
  __typename: 'Connection',
  id: idOf(`v1:c:${instance}:${vendorId}`),
});

// Rows of the sandbox. No test calls Omni.
const LOOKER = connection('looker', 'billing');
const OMNI = connection('omni', '3f1b8c5e-0d6a-4b8e-9a53-5c2f7e1d9b64');

const many = (count: number) => ({
  representations: Array.from({ length: count }, () => connection('looker', '')),
});

describe('references to entities', () => {
  let gateway: TestGateway;
  let ids: Readonly<Record<string, string>>;
  beforeAll(async () => {
    gateway = await startTestGateway();
    const { data } = await gateway.ask('{ connections(first: 200) { nodes { id vendor } } }');
    const nodes = data.connections.nodes as { id: string; vendor: string }[];
    ids = Object.fromEntries(nodes.map(({ id, vendor }) => [vendor, id]));
  });
  afterAll(() => gateway.close());

  it('references of both types are resolved in their order, also repeated ones', async () => {
    const of = (vendor: string) => ({ __typename: 'Connection', id: ids[vendor] });
    const representations = [
      of('OMNI'),
      { __typename: 'VendorInstance', id: idOf('v1:i:credible') },
      of('LOOKER'),
      of('CHARTBREW'),
      of('OMNI'),
    ];
    const { data, errors, text } = await gateway.ask(ENTITIES, { representations });
    expect(errors, text).toBeUndefined();
    expect(data._entities).toEqual([
      {
        __typename: 'Connection',
        id: ids['OMNI'],
        name: expect.any(String),
        vendor: 'OMNI',
        dialect: expect.any(String),
      },
      { __typename: 'VendorInstance', id: idOf('v1:i:credible'), key: 'credible' },
      expect.objectContaining({ __typename: 'Connection', id: ids['LOOKER'], vendor: 'LOOKER' }),
      expect.objectContaining({ __typename: 'Connection', id: ids['CHARTBREW'], vendor: 'CHARTBREW' }),
      data._entities[0],
    ]);
  });

  it('references may be written in the document', async () => {
    const id = idOf('v1:i:looker');
    const { data, text } = await gateway.ask(
      `{ _entities(representations: [{ __typename: "VendorInstance", id: "${id}" }]) { ... on VendorInstance { key } } }`,
    );
    expect(data?._entities, text).toEqual([{ key: 'looker' }]);
  });

  it('references to unknown entities are null', async () => {
    const representations = [
      connection('looker', 'no_such_connection'),
      { __typename: 'Connection', id: 'nonsense' },
      { __typename: 'Connection', id: idOf('v1:i:looker') },
      { __typename: 'VendorInstance', id: idOf('v1:i:nowhere') },
      { __typename: 'VendorInstance', id: 'looker' },
      { __typename: 'VendorInstance', id: ids['LOOKER'] },
    ];
    const { data, errors } = await gateway.ask(ENTITIES, { representations });
    expect(errors).toBeUndefined();
    expect(data._entities).toEqual([null, null, null, null, null, null]);
  });

  it('invalid references are refused one by one, and the others are resolved', async () => {
    const representations = [
      { __typename: 'PostgresConfig', id: ids['OMNI'] },
      { __typename: 'Connection' },
      { __typename: 'Connection', id: 7 },
      { __typename: 'Connection', id: ids['OMNI'] },
    ];
    const { data, errors } = await gateway.ask(ENTITIES, { representations });
    expect(data._entities).toEqual([null, null, null, expect.objectContaining({ vendor: 'OMNI' })]);
    expect(errors?.map(({ message, path, extensions: { code } }) => [path, code, message])).toEqual([
      [['_entities', 0], 'BAD_USER_INPUT', 'The entities here are Connection and VendorInstance.'],
      [['_entities', 1], 'BAD_USER_INPUT', 'A reference to an entity needs its `id` as a text.'],
      [['_entities', 2], 'BAD_USER_INPUT', 'A reference to an entity needs its `id` as a text.'],
    ]);
  });

  it.each([[3], ['text'], [null], [[]], [{ id: 'x' }]])('references cannot be %j', async (one) => {
    const { data, errors } = await gateway.ask(ENTITIES, { representations: [one] });
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([
      { message: expect.stringMatching(/representations\.0|_Any/), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('at most 1,000 references are accepted', async () => {
    expect((await gateway.ask(ENTITIES, many(1000))).errors).toBeUndefined();
    expect((await gateway.ask(ENTITIES, many(1001))).errors).toMatchObject([
      {
        message: '`representations` has more than 1000 references: the limit is `limits.entities`.',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', limit: { name: 'entities', value: 1000 } },
      },
    ]);
  });

  describe('references to entities at a vendor that is down', () => {
    beforeEach(async () => {
      await gateway.outage('omni', 'reset');
      onTestFinished(() => gateway.outage('omni', 'none'));
    });

    it('references at a vendor that is down are null with an error each, the others are resolved, and the log has one line', async () => {
      const before = gateway.log.length;
      const dead = Array.from({ length: 5 }, (_, at) => connection('omni', `00000000-0000-4000-8000-00000000000${at}`));
      const representations = [
        { __typename: 'Connection', id: ids['LOOKER'] },
        ...dead,
        { __typename: 'VendorInstance', id: idOf('v1:i:omni') },
      ];
      const { data, errors } = await gateway.ask(ENTITIES, { representations });
      expect(data._entities).toEqual([
        expect.objectContaining({ vendor: 'LOOKER' }),
        null,
        null,
        null,
        null,
        null,
        { __typename: 'VendorInstance', id: idOf('v1:i:omni'), key: 'omni' },
      ]);
      expect(
        errors?.map(({ path, extensions: { code, instance, unavailable } }) => ({ path, code, instance, unavailable })),
      ).toEqual(
        [1, 2, 3, 4, 5].map((at) => ({
          path: ['_entities', at],
          code: 'VENDOR_UNAVAILABLE',
          instance: 'omni',
          unavailable: 'CONNECT',
        })),
      );
      expect(gateway.log.length - before).toBe(1);
    });
  });
});

const EACH = 250;
const PLAYED: Readonly<Record<VendorName, (at: number) => WireRow>> = {
  looker: (at) => ({ name: `c${at}`, dialect_name: 'postgres', host: 'db', dialect: { name: 'postgres' } }),
  omni: (at) => ({
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    name: `c${at}`,
    dialect: 'postgres',
  }),
  credible: (at) => ({ name: `c${at}`, type: 'postgres', postgresConnection: { host: 'db' } }),
  chartbrew: (at) => ({ id: at + 1, name: `c${at}`, type: 'postgres', subType: 'postgres', host: 'db' }),
};

/** A gateway over four vendors of many connections, references to all of them, and how often each vendor was called. */
async function startMany() {
  const calls: Record<string, number> = {};
  const origins = new Map<string, string>();
  const representations: { __typename: string; id: string }[] = [];
  for (const [vendor, rowOf] of Object.entries(PLAYED) as [VendorName, (at: number) => WireRow][]) {
    const rows = Array.from({ length: EACH }, (_, at) => rowOf(at));
    representations.push(...rows.map((row) => connection(vendor, vendorIdOf(row))));
    const answer = vendorWithRows(vendor, rows);
    const server = await startSandboxServer(
      () => (request) => {
        if (!request.path.endsWith('/login')) calls[vendor] = (calls[vendor] ?? 0) + 1;
        return answer(request);
      },
      0,
    );
    onTestFinished(() => server.close());
    origins.set(vendor, server.origin);
  }
  const gateway = await startTestGateway({
    instances: (sandbox) =>
      sandbox.map((one) => ({
        ...one,
        baseUrl: `${origins.get(one.vendor)}${new URL(one.baseUrl).pathname.replace(/\/$/, '')}`,
      })),
    federation: { inlineTrace: true },
  });
  onTestFinished(() => gateway.close());
  return { gateway, calls, representations };
}

const traced = async (gateway: TestGateway, query: string, variables: object) => {
  const response = await gateway.gateway.fetch(
    new Request('http://127.0.0.1/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'apollo-federation-include-trace': 'ftv1' },
      body: JSON.stringify({ query, variables }),
    }),
  );
  return (await response.json()) as {
    data: { _entities: unknown[] };
    errors?: unknown[];
    extensions?: { ftv1?: string };
  };
};

describe('a thousand references over four vendors', () => {
  it('a thousand references cost one call at each vendor', async () => {
    const { gateway, calls, representations } = await startMany();
    // The vendors are mixed, as in a join.
    const mixed = representations.map((_, at) => representations[(at * 251) % 1000]);
    const { data, errors } = await gateway.ask(ENTITIES, { representations: mixed });
    expect(errors).toBeUndefined();
    expect(new Set(data._entities.map(({ id }: { id: string }) => id)).size).toBe(1000);
    expect(data._entities.map(({ id }: { id: string }) => id)).toEqual(mixed.map((one) => one?.id));
    expect(calls).toEqual({ looker: 1, omni: 1, credible: 1, chartbrew: 1 });
  });

  it('a thousand references are answered even if their trace is too large to be returned', async () => {
    const { gateway, representations } = await startMany();
    const { data, errors, extensions } = await traced(gateway, ENTITIES, { representations });
    expect(errors).toBeUndefined();
    expect(data._entities).toHaveLength(1000);
    expect(extensions?.ftv1).toBeUndefined();
  });
});

interface TracedField {
  readonly responseName?: string;
  readonly type?: string;
  readonly parentType?: string;
  readonly child?: readonly TracedField[];
  readonly error?: readonly unknown[];
}

const traceOf = ({ extensions }: { extensions?: { ftv1?: string } }) =>
  Trace.toObject(Trace.decode(Buffer.from(extensions?.ftv1 ?? '', 'base64'))) as { readonly root?: TracedField };

describe('the inline trace', () => {
  it('the inline trace has the duration of each field, and only the path and code of each error', async () => {
    const gateway = await startTestGateway({ federation: { inlineTrace: true } });
    onTestFinished(() => gateway.close());
    await gateway.outage('omni', 'reset');
    const answer = await traced(gateway, ENTITIES, { representations: [LOOKER, OMNI] });
    const { root } = traceOf(answer);
    const [entities] = root?.child ?? [];
    expect(entities).toMatchObject({ responseName: '_entities', type: '[_Entity]!', parentType: 'Query' });
    const [looker] = entities?.child ?? [];
    expect(looker?.child?.map(({ responseName }) => responseName)).toEqual(['id', 'name', 'vendor', 'dialect']);
    // A null entity has no node in the trace.
    expect(entities?.error).toEqual([
      expect.objectContaining({ message: 'VENDOR_UNAVAILABLE', json: expect.not.stringContaining('Omni') }),
    ]);
  });

  it.each([
    ['unless it is asked for', { inlineTrace: true }, {}],
    ['unless it is on', {}, { 'apollo-federation-include-trace': 'ftv1' }],
  ])('there is no inline trace %s', async (_when, federation, headers) => {
    const gateway = await startTestGateway({ federation });
    onTestFinished(() => gateway.close());
    const response = await gateway.gateway.fetch(
      new Request('http://127.0.0.1/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: '{ vendors { label } }' }),
      }),
    );
    expect(Object.keys((await response.json()) as object)).toEqual(['data']);
  });
});

describe('references to entities under a type prefix', () => {
  it('references use the prefixed type names', async () => {
    const gateway = await startTestGateway({ federation: { typePrefix: 'Acme' } });
    onTestFinished(() => gateway.close());
    const query = ENTITIES.replace('... on VendorInstance', '... on AcmeVendorInstance');
    const { data, errors } = await gateway.ask(query, {
      representations: [
        LOOKER,
        { __typename: 'AcmeVendorInstance', id: idOf('v1:i:omni') },
        { __typename: 'VendorInstance', id: idOf('v1:i:omni') },
      ],
    });
    expect(data._entities).toEqual([
      expect.objectContaining({ __typename: 'Connection', vendor: 'LOOKER' }),
      { __typename: 'AcmeVendorInstance', id: idOf('v1:i:omni'), key: 'omni' },
      null,
    ]);
    expect(errors).toMatchObject([{ message: 'The entities here are Connection and AcmeVendorInstance.' }]);
  });
});
