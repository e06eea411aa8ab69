// Contract tests that every vendor must pass. Each vendor has a test file that provides the literals. This file knows no vendor.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { create, storedSecrets } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { callsTo } from '../support/journal.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** A gateway with an instance of the vendor, and the server of that instance. */
export interface Running extends Pick<TestGateway, 'ask' | 'log' | 'close'> {
  readonly origin: string;
}

export interface VendorContract {
  /** The enum value of the vendor. */
  readonly vendor: string;
  /** The key of the instance. */
  readonly instance: string;
  /** The initial number of connections. */
  readonly rows: number;
  readonly known: { name: string; vendorId: string; dialect: string; vendorDialect: string };
  /** A connection of an unknown dialect. */
  readonly strange: { name: string; vendorDialect: string };
  /** A valid id of no connection. */
  readonly unknownId: string;
  /** Texts that are not ids of this vendor. */
  readonly malformedIds: readonly string[];
  /** A valid create input. The secret is the value at `secretPath`. */
  readonly creates: { name: string; config: Readonly<Record<string, unknown>>; secret: string; secretPath: string };
  /** Settings with a wrong credential, which the server refuses. */
  readonly wrongCredentials: Settings;
  readonly wrongCredential: string;
  /** Settings for which the server answers that the call is not allowed. */
  readonly forbidden?: Settings;
  /** Fragments on the members of ConnectionConfig. */
  readonly moreConfig?: string;
  /** Starts a gateway. `settings` change those of the instance. */
  start(settings?: Settings): Promise<Running>;
}

/** Returns an instance of the sandbox. */
export const inSandbox = (vendor: VendorName) => ({
  instance: vendor,
  start: async (settings: Settings = {}): Promise<Running> => {
    const gateway = await startTestGateway({
      instances: (all) => all.map((one) => (one.vendor === vendor ? { ...one, ...settings } : one)),
    });
    return { ...gateway, origin: gateway.sandbox.servers[vendor].origin };
  },
});

const idOf = (text: string): string => Buffer.from(text).toString('base64url');

const SOURCE_ERROR = `error {
  __typename
  ... on VendorError { vendorStatus instance { key } }
  ... on VendorUnavailableError { unavailable retryable }
}`;

export function describeVendor(contract: VendorContract): void {
  const { vendor, instance, known, strange, creates } = contract;

  const ROW = `id vendorId name vendor dialect vendorDialect completeness createdAt updatedAt deletedAt instance { key }
    config {
      __typename
      ... on ServerConfig { host port database username tls { enabled verify mode } }
      ... on BigQueryConfig { projectId billingProjectId location dataset serviceAccountEmail maximumBytesBilled }
      ... on SnowflakeConfig { account hostOverride warehouse database schema role username }
      ${contract.moreConfig ?? ''}
    }`;
  const LIST = `query ($instance: ID!) {
    connections(first: 200, filter: { instance: [$instance] }) {
      totalCount isComplete nodes { ${ROW} } sources { count instance { key } ${SOURCE_ERROR} }
    }
  }`;
  const READ = `query ($id: ID!) { connection(id: $id) { ${ROW} } }`;
  const HEALTH = `query ($instance: ID!) { vendorInstance(id: $instance) { health { status ${SOURCE_ERROR} } } }`;

  const list = async ({ ask }: Running) => (await ask(LIST, { instance })).data.connections;
  const health = async ({ ask }: Running) => (await ask(HEALTH, { instance })).data.vendorInstance.health;
  const input = { instance, name: creates.name, config: creates.config };

  describe(`The vendor ${vendor}`, () => {
    let running: Running;
    beforeAll(async () => {
      running = await contract.start();
    });
    afterAll(() => running.close());

    it('a list returns every connection with its dialect and the vendor dialect', async () => {
      const page = await list(running);
      expect(page).toMatchObject({ totalCount: contract.rows, isComplete: true });
      expect(page.nodes).toHaveLength(contract.rows);
      expect(page.sources).toEqual([{ count: contract.rows, instance: { key: instance }, error: null }]);
      const row = (name: string) => page.nodes.find((node: { name: string }) => node.name === name);
      expect(row(known.name)).toMatchObject({ ...known, vendor, id: idOf(`v1:c:${instance}:${known.vendorId}`) });
      expect(row(strange.name)).toMatchObject({ ...strange, dialect: 'OTHER', config: { __typename: 'OtherConfig' } });
    });

    it('a read by id returns each connection as the list does', async () => {
      const { nodes } = await list(running);
      const read = nodes.map(async ({ id }: { id: string }) => (await running.ask(READ, { id })).data.connection);
      expect(await Promise.all(read)).toEqual(nodes);
    });

    it('a valid id of no connection is null without an error', async () => {
      const answer = await running.ask(READ, { id: idOf(`v1:c:${instance}:${contract.unknownId}`) });
      expect(answer.data).toEqual({ connection: null });
      expect(answer.errors).toBeUndefined();
    });

    it.each([
      ...contract.malformedIds.map((text) => idOf(`v1:c:${instance}:${text}`)),
      idOf(`v1:i:${instance}`),
      idOf(`v1:c:nowhere:${known.vendorId}`),
      idOf(`v2:c:${instance}:${known.vendorId}`),
      `${idOf(`v1:c:${instance}:${known.vendorId}`)}==`,
      known.vendorId,
      '',
    ])('an invalid vendor id is null without a call: %j', async (id) => {
      const before = await callsTo(running.origin);
      const answer = await running.ask(READ, { id });
      expect(answer.data).toEqual({ connection: null });
      expect(answer.errors).toBeUndefined();
      expect(await callsTo(running.origin)).toEqual(before);
    });

    it('a created connection is listed and read, and its secret is never returned', async () => {
      const { result, text } = await create(running, input);
      expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', connection: { name: creates.name } });
      expect(storedSecrets(result.connection.secrets)).toEqual([creates.secretPath]);

      const { id } = result.connection;
      const read = await running.ask(READ, { id });
      const listed = await running.ask(LIST, { instance });
      expect(read.data.connection).toMatchObject({ id, name: creates.name, vendor });
      expect(listed.data.connections.nodes).toContainEqual(read.data.connection);
      expect([text, read.text, listed.text, ...running.log].filter((one) => one.includes(creates.secret))).toEqual([]);
    });

    it('an instance is UP while the vendor answers', async () => {
      expect(await health(running)).toEqual({ status: 'UP', error: null });
    });
  });

  describe(`The vendor ${vendor}, when the gateway has no access to it`, () => {
    let running: Running;
    afterEach(() => running.close());

    it('refused credentials of the gateway are reported without quoting them', async () => {
      running = await contract.start(contract.wrongCredentials);
      const refused = { __typename: 'VendorUnavailableError', unavailable: 'CREDENTIALS_REJECTED', retryable: false };
      const page = await list(running);
      expect(page).toMatchObject({ totalCount: null, isComplete: false, nodes: [] });
      expect(page.sources).toMatchObject([{ count: null, error: { ...refused, instance: { key: instance } } }]);
      const created = await create(running, input);
      expect(created.result).toMatchObject(refused);
      const read = await running.ask(READ, { id: idOf(`v1:c:${instance}:${known.vendorId}`) });
      expect(read.data).toEqual({ connection: null });
      expect(read.errors).toMatchObject([{ path: ['connection'], extensions: { code: 'VENDOR_UNAVAILABLE' } }]);
      expect(await health(running)).toMatchObject({ status: 'UNAUTHORIZED', error: refused });
      const seen = [JSON.stringify(page), created.text, read.text, ...running.log].join('\n');
      expect(seen).not.toContain(contract.wrongCredential);
      expect(seen).not.toContain(creates.secret);
    });

    it.each([contract.forbidden ?? []].flat())('a missing permission of the gateway is reported', async (settings) => {
      running = await contract.start(settings);
      const refused = { __typename: 'PermissionError', vendorStatus: 403, instance: { key: instance } };
      expect((await list(running)).sources).toMatchObject([{ count: null, error: refused }]);
      expect((await create(running, input)).result).toMatchObject(refused);
      const read = await running.ask(READ, { id: idOf(`v1:c:${instance}:${known.vendorId}`) });
      expect(read.errors).toMatchObject([{ path: ['connection'], extensions: { code: 'PERMISSION_DENIED' } }]);
      expect(await health(running)).toMatchObject({ status: 'UNAUTHORIZED', error: refused });
    });

    it('an instance is DOWN while the vendor resets every connection, and the list reports it', async () => {
      running = await contract.start();
      await fetch(`${running.origin}/__sandbox/outage`, { method: 'POST', body: 'reset' });
      const broken = { __typename: 'VendorUnavailableError', unavailable: 'CONNECT', retryable: true };
      expect(await health(running)).toMatchObject({ status: 'DOWN', error: broken });
      expect((await list(running)).sources).toMatchObject([{ count: null, error: broken }]);
    });
  });
}
