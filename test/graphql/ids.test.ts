// Global ids: their form, reads by id, and invalid ids, which read nothing and make no call.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway, VendorName } from '../support/gateway.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { callsDuring, idOf, NO_CALLS, startWatchedGateway, VENDORS } from '../support/watched-gateway.ts';

const READ = 'query ($id: ID!) { connection(id: $id) { id vendorId name instance { key } } }';
const CREDIBLE = '/api/v0/organizations/acme/projects/analytics/connections';
const UNKNOWN_UUID = '00000000-0000-4000-8000-000000000000';

const IDS = {
  looker: 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM',
  omni: 'djE6YzpvbW5pOmMwZjEyMzUzLTQ4MTctNDM5OC1iY2MwLWQ1MDFlNmRkMmY2NA',
  credible: 'djE6YzpjcmVkaWJsZTpvcmRlcnNfcG9zdGdyZXM',
  chartbrew: 'djE6YzpjaGFydGJyZXc6MTg',
};
const NAMES = {
  looker: ['production_orders', 'production_orders'],
  omni: ['c0f12353-4817-4398-bcc0-d501e6dd2f64', 'Production Database'],
  credible: ['orders_postgres', 'orders_postgres'],
  chartbrew: ['18', 'Ledger'],
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

describe('the id of a connection', () => {
  it.each(VENDORS)('the id of a connection at %s has its documented form and reads the connection', async (vendor) => {
    const { data, errors } = await gateway.ask(READ, { id: IDS[vendor] });
    const [vendorId, name] = NAMES[vendor];
    expect(errors).toBeUndefined();
    expect(data.connection).toEqual({ id: IDS[vendor], vendorId, name, instance: { key: vendor } });
    expect(Buffer.from(IDS[vendor], 'base64url').toString()).toBe(`v1:c:${vendor}:${vendorId}`);
  });

  it('a list returns the same ids as a read', async () => {
    const { data } = await gateway.ask('{ connections(first: 100) { nodes { id } } }');
    const ids = data.connections.nodes.map(({ id }: { id: string }) => id);
    expect(ids).toEqual(expect.arrayContaining(Object.values(IDS)));
  });

  it('a read by id also finds a connection in the trash', async () => {
    const id = idOf('v1:c:omni:7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d');
    const { data } = await gateway.ask('query ($id: ID!) { connection(id: $id) { name deletedAt } }', { id });
    expect(data.connection).toEqual({ name: 'Old Production Database', deletedAt: '2024-02-13T10:00:00.000Z' });
  });
});

describe('an invalid id of a connection', () => {
  it.each([
    ['an empty text', ''],
    ['a name', 'production_orders'],
    ['a text that is not base64', 'not an id!'],
    ['padding', `${idOf('v1:c:looker:thelook')}==`],
    ['one letter too many', `${IDS.looker}A`],
    ['a letter too few', IDS.looker.slice(0, -1)],
    ['base64 of the other alphabet', idOf('v1:c:looker:a>>').replace('-', '+')],
    ['blanks around it', ` ${IDS.looker} `],
    ['broken UTF-8', Buffer.from([...Buffer.from('v1:c:looker:a'), 0xff]).toString('base64url')],
    ['2,000 characters', idOf(`v1:c:looker:${'a'.repeat(1500)}`)],
    ['an instance', 'djE6aTpsb29rZXI'],
    ...[
      'v2:c:looker:thelook',
      'V1:c:looker:thelook',
      'v1:x:looker:thelook',
      'v1:i:looker:thelook',
      'c:looker:thelook',
      'v1:c:looker',
      'v1:c:looker:',
      'v1:c::thelook',
      'v1:c:nowhere:thelook',
      'v1:c:LOOKER:thelook',
      'v1:c:__proto__:thelook',
      'v1:c:constructor:thelook',
      // Looker: a name, in one segment of a path, in lower case.
      ...['..', '.', 'a/b', '../users', '%2e%2e', '%2f', 'a\u0000', 'a\n', 'a b', 'a?fields=name', 'a#b', 'a\\b'].map(
        (name) => `v1:c:looker:${name}`,
      ),
      `v1:c:looker:${'a'.repeat(300)}`,
      'v1:c:looker:THELOOK',
      // Omni: a UUID.
      ...['..', 'Production Database', '18', `${UNKNOWN_UUID}/..`, `${UNKNOWN_UUID}\n`].map((id) => `v1:c:omni:${id}`),
      // Credible: letters, digits, _ and -.
      ...['..', 'a/b', 'a.b', '%2e', 'a b', 'é', 'orders_postgres?x=1'].map((name) => `v1:c:credible:${name}`),
      // Chartbrew: a number as it is written.
      ...['..', 'Ledger', '0', '-1', '018', '1e1', '18abc', '18/files', '18.0', '99999999999', '18\n'].map(
        (id) => `v1:c:chartbrew:${id}`,
      ),
    ].map((text): [string, string] => [JSON.stringify(text.slice(0, 60)), idOf(text)]),
  ])('an invalid id is null without a call: %s', async (_what, id) => {
    const [{ data, errors }, calls] = await callsDuring(gateway, () => gateway.ask(READ, { id }));
    expect([data, errors]).toEqual([{ connection: null }, undefined]);
    expect(calls).toEqual(NO_CALLS);
  });
});

describe('a valid id of no connection', () => {
  it.each<[string, VendorName, string, readonly string[]]>([
    ['an unknown name', 'looker', 'nobody', ['GET /api/4.0/connections/nobody']],
    ['a name that must be encoded', 'looker', 'a;b&c=é', ['GET /api/4.0/connections/a%3Bb%26c%3D%C3%A9']],
    // Older servers cannot read one connection, and a new connection may be in the list only.
    [
      'an unknown UUID',
      'omni',
      UNKNOWN_UUID,
      [`GET /api/v1/connections/${UNKNOWN_UUID}`, 'GET /api/v1/connections?includeDeleted=true'],
    ],
    ['an unknown name', 'credible', 'nobody', [`GET ${CREDIBLE}/nobody`]],
    ['a name in another case', 'credible', 'Orders_Postgres', [`GET ${CREDIBLE}/Orders_Postgres`]],
    ['a UUID, which may be a name', 'credible', UNKNOWN_UUID, [`GET ${CREDIBLE}/${UNKNOWN_UUID}`]],
    ['an unknown number', 'chartbrew', '12345', ['GET /team/7/connections/12345']],
    ['a number of another team', 'chartbrew', '142', ['GET /team/7/connections/142']],
  ])('a valid id of no connection is null: %s at %s', async (_what, vendor, vendorId, expected) => {
    const id = idOf(`v1:c:${vendor}:${vendorId}`);
    const [{ data, errors }, calls] = await callsDuring(gateway, () => gateway.ask(READ, { id }));
    expect([data, errors]).toEqual([{ connection: null }, undefined]);
    expect(calls).toEqual({ ...NO_CALLS, [vendor]: expected });
  });
});

describe('a read by id at a vendor that fails', () => {
  afterEach(() => Promise.all(VENDORS.map((vendor) => gateway.outage(vendor, 'none'))));

  it.each(VENDORS)('a connection at a vendor that fails is null with an error: %s', async (vendor) => {
    await gateway.outage(vendor, 'reset');
    const { data, errors } = await gateway.ask(READ, { id: IDS[vendor] });
    expect(data).toEqual({ connection: null });
    expect(errors).toEqual([
      {
        message: expect.stringMatching(/ \(sandbox\) broke off the connection\.$/),
        path: ['connection'],
        locations: expect.any(Array),
        extensions: {
          code: 'VENDOR_UNAVAILABLE',
          unavailable: 'CONNECT',
          instance: vendor,
          requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      },
    ]);
  });

  it.each([
    [429, { code: 'RATE_LIMITED', retryAfterMs: 7000 }],
    [403, { code: 'PERMISSION_DENIED' }],
    [401, { code: 'VENDOR_UNAVAILABLE', unavailable: 'CREDENTIALS_REJECTED' }],
    [500, { code: 'VENDOR_UNAVAILABLE', unavailable: 'SERVER_ERROR' }],
    [200, { code: 'VENDOR_UNAVAILABLE', unavailable: 'BAD_RESPONSE' }],
  ])('a vendor that fails with the status %d is reported by its code', async (status, extensions) => {
    const answer = { status, headers: { 'retry-after': '7' }, body: { message: 'sandbox-secret' } };
    const played = await startStubbedGateway('credible', () => answer);
    try {
      const { data, errors, text } = await played.gateway.ask(READ, { id: IDS.credible });
      expect(data).toEqual({ connection: null });
      expect(errors).toMatchObject([{ path: ['connection'], extensions: { ...extensions, instance: 'credible' } }]);
      expect(text).not.toContain('sandbox-secret');
    } finally {
      await played.close();
    }
  });

  it('a vendor that fails does not affect the other nodes of a query', async () => {
    await gateway.outage('credible', 'reset');
    const ids = [IDS.looker, IDS.credible, IDS.chartbrew];
    const { data, errors } = await gateway.ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids });
    expect(data).toEqual({ nodes: [{ id: IDS.looker }, null, { id: IDS.chartbrew }] });
    expect(errors).toMatchObject([{ path: ['nodes', 1], extensions: { code: 'VENDOR_UNAVAILABLE' } }]);
  });
});

describe('nodes', () => {
  const NODES = `query ($ids: [ID!]!) {
    nodes(ids: $ids) { __typename id ... on Connection { name } ... on VendorInstance { key } }
  }`;

  it('nodes are connections and instances', async () => {
    const query = `query ($id: ID!) { node(id: $id) { __typename id ... on Connection { name } } }`;
    const connection = await gateway.ask(query, { id: IDS.chartbrew });
    expect(connection.data).toEqual({ node: { __typename: 'Connection', id: IDS.chartbrew, name: 'Ledger' } });
    const [instance, calls] = await callsDuring(gateway, () => gateway.ask(query, { id: 'djE6aTpvbW5p' }));
    expect(instance.data).toEqual({ node: { __typename: 'VendorInstance', id: 'djE6aTpvbW5p' } });
    expect(calls).toEqual(NO_CALLS);
  });

  it.each(['omni', 'djE6aTpub3doZXJl', idOf('v1:i:omni:x'), ''])(
    'an id of another kind is not a node: "%s"',
    async (id) => {
      const { data, errors } = await gateway.ask('query ($id: ID!) { node(id: $id) { id } }', { id });
      expect([data, errors]).toEqual([{ node: null }, undefined]);
    },
  );

  it('nodes have the order of their ids, with null for unknown ones', async () => {
    const ids = [IDS.chartbrew, 'nothing', 'djE6aTpvbW5p', IDS.looker, idOf('v1:c:credible:nobody'), IDS.chartbrew];
    const [{ data, errors }, calls] = await callsDuring(gateway, () => gateway.ask(NODES, { ids }));
    expect(errors).toBeUndefined();
    const ledger = { __typename: 'Connection', id: IDS.chartbrew, name: 'Ledger' };
    expect(data.nodes).toEqual([
      ledger,
      null,
      { __typename: 'VendorInstance', id: 'djE6aTpvbW5p', key: 'omni' },
      { __typename: 'Connection', id: IDS.looker, name: 'production_orders' },
      null,
      ledger,
    ]);
    expect(calls).toEqual({
      ...NO_CALLS,
      looker: ['GET /api/4.0/connections/production_orders'],
      credible: [`GET ${CREDIBLE}/nobody`],
      chartbrew: ['GET /team/7/connections/18'],
    });
  });

  it('at most a hundred nodes can be read at once', async () => {
    const hundred = Array.from({ length: 100 }, () => IDS.chartbrew);
    const { data } = await gateway.ask(NODES, { ids: hundred });
    expect(data.nodes).toHaveLength(100);
    const [refused, calls] = await callsDuring(gateway, () => gateway.ask(NODES, { ids: [...hundred, IDS.looker] }));
    expect(refused.data ?? null).toBeNull();
    expect(refused.errors).toMatchObject([
      {
        message: 'Argument ids on Query.nodes: Must not hold more than 100 ids.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(calls).toEqual(NO_CALLS);
  });
});
