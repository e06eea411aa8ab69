// The whole lifecycle of connections at Chartbrew: each is created, read, tested, updated field by field, given a new secret and
// deleted. What each step sends is typed from the vendor's notes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickNth } from '../../support/quick.ts';
import { storedSecrets, reportedValues } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';
import { chartbrewSourceLifecycles } from './lifecycle-cases/sources.ts';
import { chartbrewSqlLifecycles } from './lifecycle-cases/sql.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

/** Returns the warnings as `path CODE`, with paths from the dialect or the vendor. */
const warningsOf = ({ warnings }: { warnings: readonly { path: string[]; code: string }[] }): string[] =>
  warnings.map(({ path, code }) => `${path.slice(3).join('.')} ${code}`).toSorted();

const lives = [...chartbrewSqlLifecycles, ...chartbrewSourceLifecycles];

describe.each(quickNth(lives, 6))('A connection to $dialect at Chartbrew', ({ dialect, config, steps, ...end }) => {
  let id: string;
  let path: string;
  let connection: Readonly<Record<string, never>>;

  it('a connection to $dialect is created and can be read', async () => {
    const made = await createForUpdate(gateway, { instance: 'chartbrew', name: 'life', config: { [dialect]: config } });
    id = made.id;
    path = `/team/7/connections/${made.vendorId}`;
    const { data } = await gateway.ask('query ($id: ID!) { connection(id: $id) { name } }', { id });
    expect(data.connection).toEqual({ name: 'life' });
  });

  it('a saved connection to $dialect is tested with its stored settings', async () => {
    const { result, sent, received } = await recordSent(gateway, 'chartbrew', () =>
      runMutation(gateway, 'testConnection', { id }),
    );
    const checks = [{ name: 'connect', outcome: 'PASSED', vendorOutcome: null, message: null }];
    expect(result.test).toEqual({ outcome: 'PASSED', checks, connection: { id } });
    // The request has a body, although the API has none: without a body an aborted call may crash the server.
    expect(sent).toEqual([[`GET ${path}/test`, {}]]);
    expect(received.at(-1)?.headers['authorization']).toBe('Bearer sandbox-chartbrew-key');
  });

  it.each(steps)(
    'a connection to $dialect is updated: $what',
    async ({ name, config: patch, options, sends, files, warnings = [] }) => {
      const { result, sent, received } = await recordSent(gateway, 'chartbrew', () =>
        runMutation(gateway, 'updateConnection', {
          id,
          ...(name === undefined ? {} : { name }),
          ...(patch && { config: { [dialect]: patch } }),
          ...(options && { options: { chartbrew: options } }),
        }),
      );
      expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', connection: { id } });
      expect(warningsOf(result)).toEqual(warnings);
      const expected = [...(sends ? [[`PUT ${path}`, sends]] : []), ...(files ? [[`POST ${path}/files`, files]] : [])];
      expect(sent).toEqual(expected);
      expect(received.filter(({ method }) => method === 'PUT').map(({ headers }) => headers['content-type'])).toEqual(
        sends ? ['application/json'] : [],
      );
      connection = result.connection;
    },
  );

  it('a connection to $dialect is reported with all its changes', async () => {
    expect(reportedValues(connection['config'])).toEqual(end.reported);
    expect(storedSecrets(connection['secrets'] ?? [])).toEqual(end.setSecrets);
  });

  it('a connection to $dialect is deleted once, and its datasets stay', async () => {
    const { result, sent } = await recordSent(gateway, 'chartbrew', () =>
      runMutation(gateway, 'deleteConnection', { id }),
    );
    const kept = {
      path: null,
      code: 'DATASETS_KEPT',
      message: 'Chartbrew keeps the datasets that used it. They have no connection now.',
    };
    expect(result).toEqual({ __typename: 'DeleteConnectionSuccess', deletedId: id, archived: false, warnings: [kept] });
    expect(sent).toEqual([[`DELETE ${path}`]]);
    expect(await runMutation(gateway, 'deleteConnection', { id })).toMatchObject({ __typename: 'NotFoundError', id });
    expect(await runMutation(gateway, 'updateConnection', { id, name: 'again' })).toMatchObject({
      __typename: 'NotFoundError',
    });
    expect(await runMutation(gateway, 'testConnection', { id })).toMatchObject({ __typename: 'NotFoundError', id });
  });
});

describe('The lifecycles at Chartbrew', () => {
  it('the lifecycles change every field that Chartbrew can update', () => {
    const steps = lives.flatMap((life) => life.steps);
    const keys = (of: 'sends' | 'files') =>
      [...new Set(steps.flatMap((step) => Object.keys(step[of] ?? {})))].toSorted();
    expect(keys('files')).toEqual(['sshPrivateKey', 'sslCa', 'sslCert', 'sslKey']);
    expect(keys('sends')).toEqual([
      'active',
      'authentication',
      'connectionString',
      'dbName',
      'firebaseServiceAccount',
      'host',
      'name',
      'oauth_id',
      'options',
      'password',
      'port',
      'project_ids',
      'srv',
      'sshHost',
      'sshJumpHost',
      'sshJumpPort',
      'sshPassphrase',
      'sshPassword',
      'sshPort',
      'sshUsername',
      'ssl',
      'sslMode',
      'subType',
      'useSsh',
      'username',
    ]);
  });

  it('there is a lifecycle for every dialect that Chartbrew accepts', () => {
    expect(lives.map(({ dialect }) => dialect).toSorted()).toEqual([
      'api',
      'clickhouse',
      'customerIo',
      'firestore',
      'googleAnalytics',
      'mongodb',
      'mysql',
      'postgres',
      'realtimeDb',
    ]);
  });
});
