// The examples for front ends in examples/frontends: real clients ask a gateway over HTTP, whose vendors are the sandbox.
import type { ConnectionPageQuery } from '../../examples/frontends/generated/graphql.ts';
import { buildSchema } from 'graphql';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import * as apollo from '../../examples/frontends/apollo.ts';
import * as relay from '../../examples/frontends/relay.ts';
import * as urql from '../../examples/frontends/urql.ts';
import { findCanary, makeCanary } from '../secrets/canary.ts';
import { serve, type Served } from '../server/serve.ts';

const COUNT = 54;
const ORDERS = 'djE6Yzpsb29rZXI6cHJvZHVjdGlvbl9vcmRlcnM';
const NOBODY = 'djE6Yzpsb29rZXI6bm9ib2R5';
const secret = makeCanary();
const refusedPort = 'A port is 65535 or less.';

/** Returns the input of a new connection. Its name comes before all names of the sandbox. */
const inputOf = (password: string, port = 5432) => ({
  instance: 'looker',
  name: 'a_first',
  config: { postgres: { host: 'db.example.com', port, database: 'orders', username: 'bi', password } },
});

let served: Served;
let url: string;
beforeAll(async () => {
  served = await serve();
  url = `${served.origin}/graphql`;
});
afterAll(() => served.close());
afterEach(async () => {
  vi.restoreAllMocks();
  await served.gateway.resetAll();
});

/** Wide enough for a machine that runs much else. */
const SOON = { timeout: 30_000 };

const asked = () => served.gateway.received('looker').then((requests) => requests.length);

describe('urql', () => {
  it('reads page after page, and one connection by its id', async () => {
    const client = urql.createClient(url, null);
    const pages: ConnectionPageQuery['connections'][] = [];
    const end = urql.watchPage(client, { first: 30 }, (page) => pages.push(page));
    await expect.poll(() => pages.length, SOON).toBe(1);
    const after = pages[0]?.pageInfo.endCursor ?? '';
    const endNext = urql.watchPage(client, { first: 30, after }, (page) => pages.push(page));
    await expect.poll(() => pages.length, SOON).toBe(2);
    const ids = pages.flatMap(({ edges }) => edges.map(({ node }) => node.id));
    expect([new Set(ids).size, pages[1]?.pageInfo.hasNextPage]).toEqual([COUNT, false]);
    end();
    endNext();
    expect(await urql.readConnection(client, ORDERS)).toMatchObject({
      name: 'production_orders',
      config: { __typename: 'PostgresConfig', username: 'looker_reader', password: { status: 'SET' } },
    });
    expect(await urql.readConnection(client, NOBODY)).toBeNull();
  });

  it('shows the issues of a create at their fields, and reads the page again after a create and a delete', async () => {
    const client = urql.createClient(url, null);
    const firsts: [string | undefined, string | undefined, number | null | undefined][] = [];
    const end = urql.watchPage(client, { first: 2 }, ({ edges, totalCount }) =>
      firsts.push([edges[0]?.node.name, edges[0]?.node.id, totalCount]),
    );
    await expect.poll(() => firsts.at(-1)?.[2], SOON).toBe(COUNT);
    expect(await urql.createConnection(client, inputOf(secret.core, 70_000))).toEqual({
      'input.config.postgres.port': refusedPort,
    });
    expect(firsts).toHaveLength(1);
    expect(await urql.createConnection(client, inputOf(secret.core))).toBeNull();
    await expect.poll(() => firsts.at(-1)?.[0], SOON).toBe('a_first');
    expect(firsts.at(-1)?.[2]).toBe(COUNT + 1);
    expect(await urql.deleteConnection(client, firsts.at(-1)?.[1] ?? '')).toBe(true);
    await expect.poll(() => firsts.at(-1)?.[2], SOON).toBe(COUNT);
    end();
  });
});

describe('Apollo Client', () => {
  const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
  const possibleTypes = apollo.possibleTypesOf(schema);

  it('reads page after page into one list, and one connection by its id', async () => {
    const client = apollo.createClient(url, null, possibleTypes);
    const list = apollo.watchList(client, 30);
    const shown: number[] = [];
    const watched = list.subscribe(({ data }) => {
      if (data?.connections?.edges) shown.push(data.connections.edges.length);
    });
    await expect.poll(() => shown.at(-1), SOON).toBe(30);
    await apollo.readMore(list);
    await expect.poll(() => shown.at(-1), SOON).toBe(COUNT);
    expect(await apollo.readMore(list)).toBe(false);
    watched.unsubscribe();
    expect(await apollo.readConnection(client, ORDERS)).toMatchObject({
      name: 'production_orders',
      config: { __typename: 'PostgresConfig', username: 'looker_reader', password: { status: 'SET' } },
    });
    expect(await apollo.readConnection(client, NOBODY)).toBeNull();
  });

  it('knows the possible types of the interfaces and unions, without which it finds no message of an error', async () => {
    vi.spyOn(console, 'warn').mockReturnValue();
    const taken = { ...inputOf(secret.core), name: 'production_orders' };
    const create = (types: Record<string, string[]>) =>
      apollo.createConnection(apollo.createClient(url, null, types), taken);
    expect((await create(possibleTypes))?.['']).toMatch(/already|exists|taken/);
    expect((await create({}))?.['']).toBe('undefined (request undefined)');
    expect(possibleTypes).toMatchObject({
      Node: ['Connection', 'VendorInstance'],
      DeleteConnectionResult: expect.arrayContaining(['DeleteConnectionSuccess', 'NotFoundError']),
    });
    expect(possibleTypes['ServerConfig']).toContain('PostgresConfig');
  });

  it('shows the issues of a create at their fields, reads the list again after a create, and changes it after a delete', async () => {
    const client = apollo.createClient(url, null, possibleTypes);
    const complaints = [vi.spyOn(console, 'error'), vi.spyOn(console, 'warn')];
    const list = apollo.watchList(client, 60);
    const names: (readonly string[])[] = [];
    const watched = list.subscribe(({ data }) => {
      if (data?.connections?.edges) names.push(data.connections.edges.map((edge) => edge?.node?.name ?? ''));
    });
    await expect.poll(() => names.at(-1)?.length, SOON).toBe(COUNT);
    expect(await apollo.createConnection(client, inputOf(secret.core, 70_000))).toEqual({
      'input.config.postgres.port': refusedPort,
    });
    expect(await apollo.createConnection(client, inputOf(secret.core))).toBeNull();
    await expect.poll(() => names.at(-1)?.[0], SOON).toBe('a_first');
    const [created] = list.getCurrentResult().data?.connections?.edges ?? [];
    expect(findCanary(JSON.stringify(client.cache.extract()), [secret])).toBeUndefined();
    expect(await apollo.deleteConnection(client, created?.node?.id ?? '')).toBe(true);
    await expect.poll(() => names.at(-1)?.length, SOON).toBe(COUNT);
    watched.unsubscribe();
    expect(complaints.flatMap(({ mock }) => mock.calls)).toEqual([]);
  });
});

describe('Relay', () => {
  it('reads page after page into one list, and one connection by its id', async () => {
    const environment = relay.createEnvironment(url, null);
    const first = await relay.readPage(environment, 30, null);
    expect(first?.edges).toHaveLength(30);
    const all = await relay.readPage(environment, 30, first?.pageInfo.endCursor ?? null);
    expect([all?.edges.length, all?.pageInfo.hasNextPage]).toEqual([COUNT, false]);
    expect(await relay.readConnection(environment, ORDERS)).toMatchObject({
      name: 'production_orders',
      config: { host: 'orders-db.acme.example', password: { status: 'SET' } },
    });
    expect(await relay.readConnection(environment, NOBODY)).toBeNull();
  });

  it('shows the issues of a create, puts the new connection into the list, and removes a deleted one', async () => {
    const environment = relay.createEnvironment(url, null);
    await relay.readPage(environment, 60, null);
    const wrong = await relay.createConnection(environment, inputOf(relay.hideSecret(secret.core), 70_000));
    expect(wrong).toMatchObject({
      __typename: 'ValidationError',
      issues: [{ path: ['input', 'config', 'postgres', 'port'], message: refusedPort }],
    });
    const created = await relay.createConnection(environment, inputOf(relay.hideSecret(secret.core)));
    const node = relay.storedList(environment).edges[0]?.node;
    expect([created.__typename, node?.name]).toEqual(['CreateConnectionSuccess', 'a_first']);
    expect(await served.gateway.posted('looker')).toMatchObject([{ name: 'a_first', password: secret.core }]);
    const calls = await asked();
    expect(await relay.deleteConnection(environment, node?.id ?? '')).toBe(true);
    expect(relay.storedList(environment).edges).toHaveLength(COUNT);
    expect(await asked()).toBeGreaterThan(calls);
  });

  it('its store holds no secret that was hidden, but would hold one that was not', async () => {
    const environment = relay.createEnvironment(url, null);
    await relay.readPage(environment, 2, null);
    const stored = () => JSON.stringify(environment.getStore().getSource());
    await relay.createConnection(environment, inputOf(relay.hideSecret(secret.core)));
    expect(findCanary(stored(), [secret])).toBeUndefined();
    await relay.createConnection(environment, { ...inputOf(secret.core), name: 'a_second' });
    expect(findCanary(stored(), [secret])).toEqual(secret);
  });
});
