// The list of all connections at all vendors: its rows, its calls and its sources.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SandboxInstance } from '../../src/sandbox/index.ts';
import type { TestGateway } from '../support/gateway.ts';
import {
  callsDuring,
  idOf,
  NO_CALLS,
  ONE_LIST_EACH,
  startWatchedGateway,
  VENDORS,
} from '../support/watched-gateway.ts';

const SOURCES = `{
  connections(first: 200) {
    totalCount
    isComplete
    nodes { id name instance { key } }
    sources { instance { key } count readAt durationMs error { __typename ... on Error { message } } }
    unsearchable { key }
  }
}`;

interface Source {
  readonly instance: { readonly key: string };
  readonly count: number | null;
}

const countsOf = (sources: readonly Source[]): unknown[] => sources.map(({ instance, count }) => [instance.key, count]);

const reversedWithTwoLookers = (sandbox: readonly SandboxInstance[]) => [
  ...sandbox.toReversed(),
  { ...sandbox[0], key: 'looker-2', label: 'Looker again' },
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startWatchedGateway();
});
afterAll(() => gateway.close());

describe('the list of connections', () => {
  it('a list has every connection of every instance', async () => {
    const { data } = await gateway.ask(SOURCES);
    expect(data.connections).toMatchObject({ totalCount: 54, isComplete: true, unsearchable: [] });
    expect(data.connections.nodes).toHaveLength(54);
    // Omni has twelve, of which one is in the trash; Chartbrew seventeen, of which one is another team's.
    expect(countsOf(data.connections.sources)).toEqual([
      ['looker', 15],
      ['omni', 11],
      ['credible', 12],
      ['chartbrew', 16],
    ]);
    for (const { readAt, durationMs, error } of data.connections.sources) {
      expect(new Date(readAt).toISOString()).toBe(readAt);
      expect(durationMs).toBeGreaterThanOrEqual(0);
      expect(error).toBeNull();
    }
  });

  it('a list has the same rows as edges and as nodes', async () => {
    const { data } = await gateway.ask('{ connections(first: 200) { edges { node { id } } nodes { id } } }');
    expect(data.connections.edges.map(({ node }: { node: unknown }) => node)).toEqual(data.connections.nodes);
  });

  it('a list has fifty rows by default', async () => {
    for (const args of ['', '(first: null, after: null, filter: null, orderBy: null)']) {
      const { data } = await gateway.ask(`{ connections${args} { totalCount nodes { id } } }`);
      expect(data.connections).toMatchObject({ totalCount: 54 });
      expect(data.connections.nodes).toHaveLength(50);
    }
  });

  it('a list leaves out connections in the trash and does not request them', async () => {
    const [{ data }, calls] = await callsDuring(gateway, () => gateway.ask(SOURCES));
    expect(data.connections.nodes).not.toContainEqual(expect.objectContaining({ name: 'Old Production Database' }));
    expect(calls).toEqual(ONE_LIST_EACH);
  });

  it('a list with includeDeleted has connections in the trash, with the time of their deletion', async () => {
    const query = `{ connections(first: 200, filter: { includeDeleted: true }) { totalCount nodes { name deletedAt } } }`;
    const [{ data }, calls] = await callsDuring(gateway, () => gateway.ask(query));
    expect(data.connections.totalCount).toBe(55);
    const deleted = data.connections.nodes.filter(({ deletedAt }: { deletedAt: unknown }) => deletedAt !== null);
    expect(deleted).toEqual([{ name: 'Old Production Database', deletedAt: '2024-02-13T10:00:00.000Z' }]);
    expect(calls).toEqual({ ...ONE_LIST_EACH, omni: ['GET /api/v1/connections?includeDeleted=true'] });
  });
});

describe('the calls that a list costs an instance', () => {
  it('an instance is listed once per query, however many fields need the list', async () => {
    const query = `{
      byName: connections { totalCount }
      byTime: connections(first: 3, orderBy: { field: CREATED_AT, direction: DESC }) { nodes { id } }
      snowflake: connections(filter: { dialect: [SNOWFLAKE] }) { totalCount }
      looker: vendorInstance(id: "looker") { connections { totalCount } }
      vendors { instances { key connections { totalCount } } }
      later: connections(first: 2) { nodes { instance { connections { totalCount } } } }
      node(id: "djE6aTpvbW5p") { ... on VendorInstance { connections { totalCount } } }
    }`;
    const [{ data, errors }, calls] = await callsDuring(gateway, () => gateway.ask(query));
    expect(errors).toBeUndefined();
    expect([data.byName, data.snowflake, data.looker, data.node]).toEqual([
      { totalCount: 54 },
      { totalCount: 4 },
      { connections: { totalCount: 15 } },
      { connections: { totalCount: 11 } },
    ]);
    // The first two by name. Their instances are resolved when the lists have already been read.
    expect(data.later.nodes).toEqual([
      { instance: { connections: { totalCount: 16 } } },
      { instance: { connections: { totalCount: 15 } } },
    ]);
    const instances = data.vendors.flatMap((vendor: { instances: unknown[] }) => vendor.instances);
    expect(instances).toEqual([
      { key: 'looker', connections: { totalCount: 15 } },
      { key: 'omni', connections: { totalCount: 11 } },
      { key: 'credible', connections: { totalCount: 12 } },
      { key: 'chartbrew', connections: { totalCount: 16 } },
    ]);
    expect(calls).toEqual(ONE_LIST_EACH);
  });

  it('an instance is listed once even if one field includes the trash and another does not', async () => {
    const query = `{
      without: connections { totalCount }
      with: connections(filter: { includeDeleted: true }) { totalCount }
    }`;
    const [{ data }, calls] = await callsDuring(gateway, () => gateway.ask(query));
    expect(data).toEqual({ without: { totalCount: 54 }, with: { totalCount: 55 } });
    expect(calls).toEqual({ ...ONE_LIST_EACH, omni: ['GET /api/v1/connections?includeDeleted=true'] });
  });

  it('the next query lists an instance again', async () => {
    await gateway.ask('{ connections { totalCount } }');
    const [, calls] = await callsDuring(gateway, () => gateway.ask('{ connections { totalCount } }'));
    expect(calls).toEqual(ONE_LIST_EACH);
  });

  it('an id that occurs three times is read once', async () => {
    const id = 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM';
    const query = `query ($id: ID!) {
      connection(id: $id) { name }
      again: connection(id: $id) { vendorId }
      node(id: $id) { ... on Connection { name } }
    }`;
    const [{ data }, calls] = await callsDuring(gateway, () => gateway.ask(query, { id }));
    expect(data).toEqual({
      connection: { name: 'production_orders' },
      again: { vendorId: 'production_orders' },
      node: { name: 'production_orders' },
    });
    expect(calls).toEqual({ ...NO_CALLS, looker: ['GET /api/4.0/connections/production_orders'] });
  });
});

describe('a vendor that is down', () => {
  afterEach(() => Promise.all(VENDORS.map((vendor) => gateway.outage(vendor, 'none'))));

  it('a list names a vendor that is down, and has the rows of the others', async () => {
    await gateway.outage('chartbrew', 'reset');
    const { data, errors } = await gateway.ask(SOURCES);
    expect(errors).toBeUndefined();
    expect(data.connections).toMatchObject({ totalCount: null, isComplete: false });
    expect(data.connections.nodes).toHaveLength(38);
    expect(data.connections.sources.slice(0, 3)).toMatchObject([{ count: 15 }, { count: 11 }, { count: 12 }]);
    expect(data.connections.sources[3]).toMatchObject({
      instance: { key: 'chartbrew' },
      count: null,
      readAt: null,
      error: { __typename: 'VendorUnavailableError', message: 'Chartbrew (sandbox) broke off the connection.' },
    });
  });

  it('a vendor that is down does not make a list incomplete that excludes it', async () => {
    await gateway.outage('chartbrew', 'reset');
    const { data } = await gateway.ask('{ connections(filter: { vendor: [OMNI] }) { totalCount isComplete } }');
    expect(data.connections).toEqual({ totalCount: 11, isComplete: true });
  });
});

describe('several instances', () => {
  it('several instances of a vendor are listed in the order of the configuration, each with its own ids', async () => {
    const other = await startWatchedGateway({ instances: reversedWithTwoLookers });
    try {
      const { data } = await other.ask(SOURCES);
      expect(countsOf(data.connections.sources)).toEqual([
        ['chartbrew', 16],
        ['credible', 12],
        ['omni', 11],
        ['looker', 15],
        ['looker-2', 15],
      ]);
      const nodes = data.connections.nodes as { id: string; name: string; instance: { key: string } }[];
      expect(new Set(nodes.map(({ id }) => id)).size).toBe(69);
      expect(nodes.filter(({ name }) => name === 'thelook')).toEqual([
        { id: idOf('v1:c:looker:thelook'), name: 'thelook', instance: { key: 'looker' } },
        { id: idOf('v1:c:looker-2:thelook'), name: 'thelook', instance: { key: 'looker-2' } },
      ]);
    } finally {
      await other.close();
    }
  });
});
