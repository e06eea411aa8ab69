// Reads at the same time share one call to a vendor. The calls are counted at the vendor.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestGateway } from '../support/gateway.ts';
import { callsDuring, idOf, NO_CALLS, ONE_LIST_EACH, startWatchedGateway } from '../support/watched-gateway.ts';
import { list, VENDORS } from './requests-and-counts.ts';

const CREDIBLE = '/api/v0/organizations/acme/projects/analytics/connections';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

const times = <T>(count: number, one: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => one(at));

const readOf = (name: string) => `{ connection(id: "${idOf(`v1:c:credible:${name}`)}") { name } }`;

describe('shared calls', () => {
  it('fifty lists at the same time cost each instance one call', async () => {
    const fifty = async () =>
      Promise.all(
        times(50, () => gateway.ask('{ connections { isComplete sources { count error { __typename } } } }')),
      );
    const [answers, calls] = await callsDuring(gateway, fifty);
    expect(answers.map(({ data }) => data.connections)).toEqual(
      times(50, () => ({
        isComplete: true,
        sources: [
          { count: 15, error: null },
          { count: 11, error: null },
          { count: 12, error: null },
          { count: 16, error: null },
        ],
      })),
    );
    expect(calls).toEqual(ONE_LIST_EACH);
  });

  it('lists with different filters of the gateway share one call', async () => {
    const query = async (dialect: string) =>
      gateway.ask(`{ connections(filter: {instance: "credible", dialect: ${dialect}}) { totalCount } }`);
    const [answers, calls] = await callsDuring(gateway, async () =>
      Promise.all(['POSTGRES', 'MYSQL', 'TRINO'].map(query)),
    );
    expect(answers.map(({ data }) => data.connections.totalCount)).toEqual([2, 1, 2]);
    expect(calls).toEqual({ ...NO_CALLS, credible: [`GET ${CREDIBLE}`] });
  });

  it('two reads of the same connection share one call', async () => {
    const [answers, calls] = await callsDuring(gateway, async () =>
      Promise.all(times(2, () => gateway.ask(readOf('shop_mysql')))),
    );
    expect(answers.map(({ data }) => data.connection)).toEqual([{ name: 'shop_mysql' }, { name: 'shop_mysql' }]);
    expect(calls).toEqual({ ...NO_CALLS, credible: [`GET ${CREDIBLE}/shop_mysql`] });
  });

  it('reads of different connections cost one call each', async () => {
    const [, calls] = await callsDuring(gateway, async () =>
      Promise.all(['shop_mysql', 'lake_duckdb'].map((name) => gateway.ask(readOf(name)))),
    );
    expect(calls.credible.toSorted()).toEqual([`GET ${CREDIBLE}/lake_duckdb`, `GET ${CREDIBLE}/shop_mysql`]);
  });

  it('callers that share a call share its failure', async () => {
    await gateway.outage('credible', 'reset');
    const [answers, calls] = await callsDuring(gateway, async () =>
      Promise.all(times(10, () => list(gateway, 'credible'))),
    );
    await gateway.outage('credible', 'none');
    expect(answers.map(({ error }) => error?.['unavailable'])).toEqual(times(10, () => 'CONNECT'));
    // One read, with the two tries more that a read may have.
    expect(calls.credible).toHaveLength(3);
  });
});

describe('lists that are requested one after another', () => {
  it.each(VENDORS)('each list costs one call at %s when lists are not cached', async (vendor) => {
    const [, calls] = await callsDuring(gateway, async () => {
      await list(gateway, vendor);
      await list(gateway, vendor);
    });
    expect(calls[vendor]).toEqual([...ONE_LIST_EACH[vendor], ...ONE_LIST_EACH[vendor]]);
  });
});

describe('the calls of one query', () => {
  it('one query costs an instance one call, however often it lists it', async () => {
    const fields = times(20, (at) => `f${at}: connections(first: ${at + 1}) { totalCount }`).join(' ');
    const [{ errors }, calls] = await callsDuring(gateway, async () =>
      gateway.ask(`{ ${fields} vendors { instances { connections { totalCount } } } }`),
    );
    expect(errors).toBeUndefined();
    expect(calls).toEqual(ONE_LIST_EACH);
  });
});
