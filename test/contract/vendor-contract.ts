// What every vendor must do, whichever it is. A vendor's file gives the literals and runs this; nothing here knows a vendor.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { create, storedSecrets } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { callsTo } from '../support/journal.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** A gateway with an instance of the vendor, and the server behind that instance. */
export interface Running extends Pick<TestGateway, 'ask' | 'log' | 'close'> {
  readonly origin: string;
}

export interface VendorContract {
  /** Value of the enum. */
  readonly vendor: string;
  /** Key of the instance. */
  readonly instance: string;
  /** How many connections its server has before anyone calls. */
  readonly rows: number;
  readonly known: { name: string; vendorId: string; dialect: string; vendorDialect: string };
  /** One whose dialect no table knows. */
  readonly strange: { name: string; vendorDialect: string };
  /** Of the right form, but nobody's. */
  readonly unknownId: string;
  /** What is no id of this vendor. */
  readonly malformedIds: readonly string[];
  /** A connection that it takes; the secret is the value at that path of its input. */
  readonly creates: { name: string; config: Readonly<Record<string, unknown>>; secret: string; secretPath: string };
  /** Settings under which its server lets nobody in, the wrong credential among them. */
  readonly wrongCredentials: Settings;
  readonly wrongCredential: string;
  /** Settings under which its server answers that this is not allowed. */
  readonly forbidden?: Settings;
  /** Fragments on further members of ConnectionConfig. */
  readonly moreConfig?: string;
  /** Settings change those of the instance. */
  start(settings?: Settings): Promise<Running>;
}

/** An instance of the sandbox. */
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

    it('lists every connection, its own word for the dialect beside ours', async () => {
      const page = await list(running);
      expect(page).toMatchObject({ totalCount: contract.rows, isComplete: true });
      expect(page.nodes).toHaveLength(contract.rows);
      expect(page.sources).toEqual([{ count: contract.rows, instance: { key: instance }, error: null }]);
      const row = (name: string) => page.nodes.find((node: { name: string }) => node.name === name);
      expect(row(known.name)).toMatchObject({ ...known, vendor, id: idOf(`v1:c:${instance}:${known.vendorId}`) });
      expect(row(strange.name)).toMatchObject({ ...strange, dialect: 'OTHER', config: { __typename: 'OtherConfig' } });
    });

    it('reads each of them by its id as the list shows it', async () => {
      const { nodes } = await list(running);
      const read = nodes.map(async ({ id }: { id: string }) => (await running.ask(READ, { id })).data.connection);
      expect(await Promise.all(read)).toEqual(nodes);
    });

    it('knows nothing by an id of the right form that is nobody’s, which is no error', async () => {
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
    ])('is not asked for what is no id of a connection there: %j', async (id) => {
      const before = await callsTo(running.origin);
      const answer = await running.ask(READ, { id });
      expect(answer.data).toEqual({ connection: null });
      expect(answer.errors).toBeUndefined();
      expect(await callsTo(running.origin)).toEqual(before);
    });

    it('creates a connection that is listed and read afterwards, and its secret comes out nowhere', async () => {
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

    it('is up while it answers', async () => {
      expect(await health(running)).toEqual({ status: 'UP', error: null });
    });
  });

  describe(`The vendor ${vendor}, when all is not well`, () => {
    let running: Running;
    afterEach(() => running.close());

    it('says that it refuses the credentials of the gateway, and does not show them', async () => {
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

    it.each([contract.forbidden ?? []].flat())(
      'says that it does not allow the gateway to do this',
      async (settings) => {
        running = await contract.start(settings);
        const refused = { __typename: 'PermissionError', vendorStatus: 403, instance: { key: instance } };
        expect((await list(running)).sources).toMatchObject([{ count: null, error: refused }]);
        expect((await create(running, input)).result).toMatchObject(refused);
        const read = await running.ask(READ, { id: idOf(`v1:c:${instance}:${known.vendorId}`) });
        expect(read.errors).toMatchObject([{ path: ['connection'], extensions: { code: 'PERMISSION_DENIED' } }]);
        expect(await health(running)).toMatchObject({ status: 'UNAUTHORIZED', error: refused });
      },
    );

    it('is down while it cuts every line, and its list says so', async () => {
      running = await contract.start();
      await fetch(`${running.origin}/__sandbox/outage`, { method: 'POST', body: 'reset' });
      const broken = { __typename: 'VendorUnavailableError', unavailable: 'CONNECT', retryable: true };
      expect(await health(running)).toMatchObject({ status: 'DOWN', error: broken });
      expect((await list(running)).sources).toMatchObject([{ count: null, error: broken }]);
    });
  });
}
