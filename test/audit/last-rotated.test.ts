// When a secret was last set: SecretField.lastRotatedAt.
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createSandboxChartbrew } from '../../src/sandbox/chartbrew/server.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { CERTIFICATE } from '../support/keys.ts';
import { startStubbedGateway } from '../support/stub-vendor.ts';
import { mutate, mutationOf, orders, postgres } from './audit.ts';

interface Secret {
  readonly path: readonly string[];
  readonly status: string;
  readonly lastRotatedAt: string | null;
}

const SECRETS = 'secrets { path status lastRotatedAt }';

const namesOf = (secrets: readonly Secret[]): string[] =>
  secrets.flatMap(({ path, lastRotatedAt }) => (lastRotatedAt === null ? [] : [path.join('.')])).toSorted();

let gateway: TestGateway;
let now: number;

/** Returns the secrets of a connection. */
async function secretsOf({ ask }: Pick<TestGateway, 'ask'>, id: string): Promise<readonly Secret[]> {
  const { data, text } = await ask(`query ($id: ID!) { connection(id: $id) { ${SECRETS} } }`, { id });
  if (!data?.connection) throw new Error(text);
  return data.connection.secrets;
}

/** Returns when the password of a connection was set; null when that is not known. */
async function passwordTime(id: string): Promise<string | null> {
  const secret = (await secretsOf(gateway, id)).find(({ path }) => path.at(-1) === 'password' && path.length === 3);
  return secret?.lastRotatedAt ?? null;
}

/** Lets an hour pass, and returns the time. */
function later(): string {
  now += 3_600_000;
  return new Date(now).toISOString();
}

beforeEach(async () => {
  now = Date.parse('2026-11-30T12:00:00.000Z');
  gateway = await startTestGateway({ createGateway: { clock: () => now } });
  onTestFinished(() => gateway.close());
});

describe('SecretField.lastRotatedAt', () => {
  it('a connection that was never written through Patchbay has no times', async () => {
    expect(await passwordTime('djE6YzpjaGFydGJyZXc6MTY')).toBeNull();
  });

  it('the time of a secret is that of the last create, update or rotation that set the secret', async () => {
    const created = later();
    const { connection } = await mutate(gateway, 'createConnection', orders('chartbrew'));
    const { id } = connection;
    expect(namesOf(await secretsOf(gateway, id))).toEqual(['config.postgres.password']);
    expect(await passwordTime(id)).toBe(created);
    later();
    await mutate(gateway, 'updateConnection', { id, config: { postgres: { database: 'sales' } } });
    await mutate(gateway, 'testConnection', { id });
    expect(await passwordTime(id)).toBe(created);
    const updated = later();
    const config = { postgres: { password: { replace: 'pw-secret-2' } } };
    await mutate(gateway, 'updateConnection', { id, config, idempotencyKey: 'k' });
    expect(await passwordTime(id)).toBe(updated);
    later();
    await mutate(gateway, 'updateConnection', { id, config, idempotencyKey: 'k' });
    expect(await passwordTime(id)).toBe(updated);
    const rotation = { connections: { ids: [id] }, field: 'PASSWORD', secret: 'pw-secret-3', verification: 'NONE' };
    await mutate(gateway, 'rotateConnectionSecret', { ...rotation, dryRun: true });
    expect(await passwordTime(id)).toBe(updated);
    const rotated = later();
    const { rotation: done } = await mutate(gateway, 'rotateConnectionSecret', rotation);
    expect(done.outcomes).toEqual([{ status: 'DONE' }]);
    expect(await passwordTime(id)).toBe(rotated);
  });

  it('the result of a mutation has the time of that mutation', async () => {
    const selection = `... on CreateConnectionSuccess { connection { ${SECRETS} history { nodes { mutation } } } }`;
    const { data } = await gateway.ask(mutationOf('createConnection', selection), { input: orders('chartbrew') });
    const { secrets, history } = data.createConnection.connection;
    expect(namesOf(secrets)).toEqual(['config.postgres.password']);
    expect(history.nodes).toEqual([{ mutation: 'createConnection' }]);
  });

  it('a secret in a group has the path of its field', async () => {
    const ssh = { enabled: true, host: 'ssh.acme.example', username: 'hop', password: 'ssh-secret-1' };
    const config = { postgres: { ...postgres('pw-secret-1').postgres, tls: { enabled: true, ca: CERTIFICATE } } };
    const input = { ...orders('chartbrew'), config, options: { chartbrew: { ssh } } };
    const { connection } = await mutate(gateway, 'createConnection', input);
    expect(namesOf(await secretsOf(gateway, connection.id))).toEqual([
      'config.postgres.password',
      'config.postgres.tls.ca',
      'options.chartbrew.ssh.password',
    ]);
  });

  it('a refused update sets nothing, and a secret that was cleared has no time', async () => {
    const { connection } = await mutate(gateway, 'createConnection', orders('looker'));
    const { id } = connection;
    const created = await passwordTime(id);
    later();
    const refused = { postgres: { port: 99_999, password: { replace: 'pw-secret-2' } } };
    expect(await mutate(gateway, 'updateConnection', { id, config: refused })).toMatchObject({
      __typename: 'ValidationError',
    });
    expect(await passwordTime(id)).toBe(created);
    const cleared = { postgres: { password: { clear: true } } };
    expect(await mutate(gateway, 'updateConnection', { id, config: cleared })).toMatchObject({
      __typename: 'UpdateConnectionSuccess',
    });
    expect((await secretsOf(gateway, id)).find(({ path }) => path.join('.') === 'config.postgres.password')).toEqual({
      path: ['config', 'postgres', 'password'],
      status: 'NOT_SET',
      lastRotatedAt: null,
    });
  });

  it('a connection that takes the name and the id of a deleted one has only its own times', async () => {
    const oracle = { host: 'db.acme.example', serviceName: 'orders', username: 'bi', password: 'pw-secret-1' };
    const { connection } = await mutate(gateway, 'createConnection', orders('looker'));
    const { id } = connection;
    expect(namesOf(await secretsOf(gateway, id))).toEqual(['config.postgres.password']);
    await mutate(gateway, 'deleteConnection', { id });
    const again = later();
    const input = { instance: 'looker', name: 'orders', config: { oracle } };
    const second = await mutate(gateway, 'createConnection', input);
    expect(second).toMatchObject({ __typename: 'CreateConnectionSuccess', connection: { id } });
    expect(namesOf(await secretsOf(gateway, id))).toEqual(['config.oracle.password']);
    expect(await passwordTime(id)).toBe(again);
  });

  it('a fan-out sets the secret at each target where the connection stays', async () => {
    const targets = [{ instance: 'looker' }, { instance: 'credible' }];
    const input = { name: 'shared', config: postgres('pw-secret-1'), targets };
    const { fanOut } = await mutate(gateway, 'createConnections', input);
    const ids = fanOut.outcomes.map(({ result }: { result: { connection: { id: string } } }) => result.connection.id);
    for (const id of ids) expect(namesOf(await secretsOf(gateway, id))).toEqual(['config.postgres.password']);
  });

  it('a list of connections shows the times of all', async () => {
    const { connection } = await mutate(gateway, 'createConnection', orders('chartbrew'));
    const { data } = await gateway.ask(`{ connections(first: 200) { nodes { id ${SECRETS} } } }`);
    const known = data.connections.nodes.filter(
      ({ secrets }: { secrets: readonly Secret[] }) => namesOf(secrets).length > 0,
    );
    expect(known.map(({ id }: { id: string }) => id)).toEqual([connection.id]);
  });

  it('a file that the vendor did not store has no time', async () => {
    const sandbox = createSandboxChartbrew();
    const stubbed = await startStubbedGateway('chartbrew', async (request) =>
      request.path.endsWith('/files') ? { status: 404, body: { error: 'Not Found' } } : sandbox(request),
    );
    onTestFinished(() => stubbed.close());
    const config = { postgres: { ...postgres('pw-secret-1').postgres, tls: { enabled: true, ca: CERTIFICATE } } };
    const { connection } = await mutate(stubbed.gateway, 'createConnection', { ...orders('chartbrew'), config });
    expect(namesOf(await secretsOf(stubbed.gateway, connection.id))).toEqual(['config.postgres.password']);
  });
});
