// The whole lifecycle of connections at Looker: each is created, read, tested, updated field by field, given a new secret and
// deleted. What each step sends is typed from the vendor's notes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickNth } from '../../support/quick.ts';
import { storedSecrets, reportedValues } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { createForUpdate, runMutation, wireOf } from '../../support/mutations.ts';
import { lookerCloudLifecycles } from './lifecycle-cases/clouds.ts';
import { lookerServerLifecycles } from './lifecycle-cases/servers.ts';
import { lookerSnowflakeLifecycle } from './lifecycle-cases/snowflake.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const PATH = '/api/4.0/connections/life';
const READ = [`GET ${PATH}`];

/** Runs an action. Returns its result and everything that it sent. */
async function watch<T>(act: () => Promise<T>) {
  const before = (await gateway.received('looker')).length;
  const result = await act();
  const received = (await gateway.received('looker')).slice(before);
  return { result, received, calls: await Promise.all(received.map(wireOf)) };
}

describe.each(quickNth([...lookerServerLifecycles, ...lookerCloudLifecycles, lookerSnowflakeLifecycle], 6))(
  'A connection to $dialect at Looker',
  (life) => {
    const { dialect, config, steps } = life;
    let id: string;
    let connection: Readonly<Record<string, never>>;

    it('a connection to $dialect is created and can be read', async () => {
      ({ id } = await createForUpdate(gateway, { instance: 'looker', name: 'life', config: { [dialect]: config } }));
      const { data } = await gateway.ask('query ($id: ID!) { connection(id: $id) { name } }', { id });
      expect(data.connection).toEqual({ name: 'life' });
    });

    it('a saved connection to $dialect is tested with its stored settings', async () => {
      const tests = ['connect', 'query'];
      const { result, calls, received } = await watch(() => runMutation(gateway, 'testConnection', { id, tests }));
      expect(result.test).toEqual({
        outcome: 'PASSED',
        checks: tests.map((name) => ({ name, outcome: 'PASSED', vendorOutcome: 'success', message: null })),
        connection: { id },
      });
      expect(calls).toEqual([READ, [`PUT ${PATH}/test?tests=connect%2Cquery`]]);
      expect(received.at(-1)?.headers['content-type']).toBeUndefined();
    });

    it.each(steps)('a connection to $dialect is updated: $what', async ({ config: changes, options, sends, reads }) => {
      const { result, calls } = await watch(() =>
        runMutation(gateway, 'updateConnection', {
          id,
          ...(changes && { config: { [dialect]: changes } }),
          ...(options && { options: { looker: options } }),
        }),
      );
      expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [], connection: { id } });
      expect(calls).toEqual([READ, ...(reads ? [READ] : []), [`PATCH ${PATH}`, sends]]);
      connection = result.connection;
    });

    it('a connection to $dialect is reported with all its changes', () => {
      expect(reportedValues(connection['config'])).toEqual(life.told);
      expect(storedSecrets(connection['secrets'] ?? [])).toEqual(life.stored);
    });

    it('a connection to $dialect is deleted once', async () => {
      const { result, calls } = await watch(() => runMutation(gateway, 'deleteConnection', { id }));
      expect(result).toEqual({ __typename: 'DeleteConnectionSuccess', deletedId: id, archived: false, warnings: [] });
      expect(calls.at(-1)).toEqual([`DELETE ${PATH}`]);
      expect(await runMutation(gateway, 'deleteConnection', { id })).toMatchObject({ __typename: 'NotFoundError', id });
      expect(await runMutation(gateway, 'updateConnection', { id, config: { [dialect]: {} } })).toMatchObject({
        __typename: 'NotFoundError',
      });
      expect(await runMutation(gateway, 'testConnection', { id })).toMatchObject({ __typename: 'NotFoundError' });
    });
  },
);
