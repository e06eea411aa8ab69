// One vendor does not answer: a gateway returns the data of the others and a typed error for what is missing.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GatewayName } from '../supergraph.ts';
import type { SupergraphClient } from './send-queries.ts';

const PAGE = `query ($filter: ~ConnectionFilter) { connections(filter: $filter) {
  totalCount isComplete nodes { name vendor owner { name } }
  sources { instance { key } count isStale error {
    __typename
    ... on ~Error { message requestId }
    ... on ~VendorError { instance { key label } vendorStatus vendorCode }
    ... on ~VendorUnavailableError { unavailable retryable retryAfterMs }
  } }
} }`;

const ROTATE = `mutation ($input: ~RotateConnectionSecretInput!) { rotateConnectionSecret(input: $input) {
  __typename
  ... on ~RotateConnectionSecretSuccess { rotation {
    outcomes { id status connection { name owner { name } } error {
      __typename ... on ~Error { message requestId } ... on ~VendorError { instance { key } }
    } }
    remaining { name }
  } }
} }`;

/** Where a gateway says that an entity in a list is missing: Hive leaves the place in the list out. */
const MISSING_AT = {
  Apollo: [
    ['dataProducts', 1, 'main'],
    ['dataProducts', 1, 'connections', 0],
    ['dataProducts', 2, 'connections', 2],
  ],
  Hive: [
    ['dataProducts', 1, 'main', 'name'],
    ['dataProducts', 2, 'connections', 'name'],
    ['dataProducts', 1, 'connections', 'name'],
  ],
} as const;

export function outage(client: SupergraphClient, gateway: GatewayName): void {
  const unavailable = {
    __typename: client.type('VendorUnavailableError'),
    message: 'Chartbrew (sandbox) broke off the connection.',
    requestId: 'a request',
  };

  describe('while Chartbrew is down', () => {
    beforeEach(async () => {
      await client.reset();
      await client.supergraph().patchbay.outage('chartbrew', 'reset');
    });
    afterEach(() => client.reset());

    it('a page has the rows of the other vendors, and an error in its sources', async () => {
      const question = [PAGE, { filter: { name: { startsWith: 'shop' } } }] as const;
      const { data, errors } = await client.ask(gateway, ...question);
      expect(errors).toBeUndefined();
      expect(data.connections).toEqual({
        totalCount: null,
        isComplete: false,
        nodes: [{ name: 'shop_mysql', vendor: 'CREDIBLE', owner: { name: 'Commerce' } }],
        sources: [
          { instance: { key: 'looker' }, count: 0, isStale: false, error: null },
          { instance: { key: 'omni' }, count: 0, isStale: false, error: null },
          { instance: { key: 'credible' }, count: 1, isStale: false, error: null },
          {
            instance: { key: 'chartbrew' },
            count: null,
            isStale: false,
            error: {
              ...unavailable,
              instance: { key: 'chartbrew', label: 'Chartbrew (sandbox)' },
              vendorStatus: null,
              vendorCode: null,
              unavailable: 'CONNECT',
              retryable: true,
              retryAfterMs: null,
            },
          },
        ],
      });
      const direct = await client.askDirect(...question);
      expect(data).toMatchObject(direct.data as object);
    });

    it('each missing connection is null with an error at its path, and the others are complete', async () => {
      const { data, errors = [] } = await client.ask(
        gateway,
        '{ dataProducts { name owner { name } main { name } connections { name } } }',
      );
      expect(data.dataProducts).toEqual([
        {
          name: 'Orders',
          owner: { name: 'Commerce' },
          main: { name: 'production_orders' },
          connections: [{ name: 'production_orders' }, { name: 'orders_postgres' }, { name: 'Production Database' }],
        },
        { name: 'Shop', owner: { name: 'Commerce' }, main: null, connections: [null, { name: 'shop_mysql' }] },
        {
          name: 'Campaigns',
          owner: { name: 'Growth' },
          main: { name: 'marketing_bigquery' },
          connections: [{ name: 'marketing_bigquery' }, { name: 'marketing' }, null],
        },
      ]);
      const told = errors.map(({ path, message, extensions }) => ({ path, message, extensions }));
      const expected = MISSING_AT[gateway].map((path) => ({
        path,
        message: 'Chartbrew (sandbox) broke off the connection.',
        extensions: {
          code: 'VENDOR_UNAVAILABLE',
          instance: 'chartbrew',
          unavailable: 'CONNECT',
          requestId: 'a request',
          serviceName: 'patchbay',
        },
      }));
      // They come in the order in which the vendor failed.
      expect(told).toHaveLength(3);
      expect(told).toEqual(expect.arrayContaining(expected));
    });

    it('the owner of a missing connection is still returned', async () => {
      const { data, errors } = await client.ask(gateway, '{ dataProduct(id: "shop") { main { id owner { name } } } }');
      expect(errors).toBeUndefined();
      expect(data.dataProduct.main).toEqual({ id: 'djE6YzpjaGFydGJyZXc6MTY', owner: { name: 'Commerce' } });
    });

    it('a rotation changes what it can and reports what was not attempted', async () => {
      const ids = ['djE6YzpjcmVkaWJsZTpzaG9wX215c3Fs', 'djE6YzpjaGFydGJyZXc6MTY'];
      const input = { connections: { ids }, field: 'PASSWORD', secret: 'pw-secret-2' };
      const { data } = await client.ask(gateway, ROTATE, { input });
      expect(data.rotateConnectionSecret).toEqual({
        __typename: client.type('RotateConnectionSecretSuccess'),
        rotation: {
          outcomes: [
            {
              id: ids[0],
              status: 'DONE',
              connection: { name: 'shop_mysql', owner: { name: 'Commerce' } },
              error: null,
            },
            {
              id: ids[1],
              status: 'NOT_ATTEMPTED',
              connection: null,
              error: { ...unavailable, instance: { key: 'chartbrew' } },
            },
          ],
          remaining: [],
        },
      });
    });
  });
}
