// A connection string and its separate fields at Chartbrew, which uses the string when both exist. Neither replaces the
// other without an issue or a warning.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { createThenUpdate, createAndRecord, type Values } from './writes.ts';
import { createForUpdate, runMutation } from '../../support/mutations.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const parts = { host: 'db.acme.example', port: 5000, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const urlOf = (dialect: string) => `${dialect}://bi:url-secret-1@db.acme.example/orders`;

describe.each(['postgres', 'mysql', 'mongodb'])('Connection string and separate fields: %s', (dialect) => {
  const byString = { config: { [dialect]: { connectionString: urlOf(dialect) } } };

  it('a new connection has a connection string or separate fields, not both', async () => {
    const both = { config: { [dialect]: { ...parts, connectionString: urlOf(dialect) } } };
    expect((await createAndRecord(gateway, both)).issues).toEqual(
      ['database', 'host', 'password', 'port', 'username'].map((field) => `config.${dialect}.${field} EXCLUSIVE`),
    );
  });

  it('a connection string replaces the separate fields, and a warning names the fields that Chartbrew cannot clear', async () => {
    const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'one', config: { [dialect]: parts } });
    const config = { [dialect]: { connectionString: { replace: urlOf(dialect) } } };
    const { warnings } = await runMutation(gateway, 'updateConnection', { id, config });
    expect(warnings).toEqual([
      {
        path: ['input', 'config', dialect, 'connectionString'],
        code: 'FIELD_IGNORED',
        message:
          'Chartbrew uses the connection string now. It cannot clear `host`, `port`, `database`, `username`, `password`: the stored values stay and have no effect.',
      },
    ]);
    // Another string changes nothing of that.
    expect((await runMutation(gateway, 'updateConnection', { id, config })).warnings).toEqual([]);
  });

  it.each<[string, Values]>([
    ['host', { host: 'b.acme.example' }],
    ['port', { port: 6000 }],
    ['database', { database: 'sales' }],
    ['username', { username: 'bi2' }],
    ['password', { password: { replace: 'pw-secret-2' } }],
  ])('a separate field does not replace a stored connection string: %s', async (part, change) => {
    expect(await createThenUpdate(gateway, byString, { config: { [dialect]: change } })).toEqual({
      issues: [`config.${dialect}.${part} EXCLUSIVE`],
      warnings: [],
      bodies: [],
    });
  });

  it('separate fields replace a connection string when the same update clears it', async () => {
    const { password, port: _port, ...rest } = parts;
    const change = { ...rest, password: { replace: password }, connectionString: { clear: true } };
    expect(await createThenUpdate(gateway, byString, { config: { [dialect]: change } })).toEqual({
      issues: [],
      warnings: [],
      bodies: [
        {
          host: 'db.acme.example',
          dbName: 'orders',
          username: 'bi',
          password: 'pw-secret-1',
          connectionString: null,
        },
      ],
    });
  });

  it('the issue for a refused separate field says what to do', async () => {
    const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'one', ...byString });
    const { issues } = await runMutation(gateway, 'updateConnection', { id, config: { [dialect]: { port: 6000 } } });
    expect(issues[0].message).toBe(
      'Chartbrew uses the stored `connectionString` instead: clear `connectionString` in the same update, or leave this out.',
    );
  });
});

describe('Connection string, options and srv of MongoDB', () => {
  const srvUrl = 'mongodb+srv://bi:url-secret-1@cluster0.acme.example/shop';

  it('a connection string clears the stored options that Chartbrew can clear', async () => {
    const options = [{ name: 'replicaSet', value: 'rs-secret-1' }];
    const first = { config: { mongodb: { host: 'db.acme.example', database: 'shop', options } } };
    const change = { config: { mongodb: { connectionString: { replace: srvUrl } } } };
    const { issues, bodies } = await createThenUpdate(gateway, first, change);
    expect([issues, bodies]).toEqual([[], [{ connectionString: srvUrl, options: null }]]);
  });

  it('options do not replace a stored connection string', async () => {
    const options = [{ name: 'proxyHost', value: 'rs-secret-1' }];
    const { issues } = await createThenUpdate(
      gateway,
      { config: { mongodb: { connectionString: srvUrl } } },
      { config: { mongodb: { options } } },
    );
    expect(issues).toEqual(['config.mongodb.options EXCLUSIVE']);
  });

  it.each<[string, boolean, readonly string[]]>([
    [srvUrl, true, []],
    [srvUrl, false, ['config.mongodb.srv EXCLUSIVE']],
    [urlOf('mongodb'), false, []],
    [urlOf('mongodb'), true, ['config.mongodb.srv EXCLUSIVE']],
  ])('srv may agree with the scheme of a new connection string: %s, %s', async (connectionString, srv, issues) => {
    const { issues: found } = await createAndRecord(gateway, { config: { mongodb: { connectionString, srv } } });
    expect(found).toEqual(issues);
  });

  it('srv is refused when a connection string is stored', async () => {
    const first = { config: { mongodb: { connectionString: urlOf('mongodb') } } };
    const change = { config: { mongodb: { srv: true } } };
    expect((await createThenUpdate(gateway, first, change)).issues).toEqual([
      'config.mongodb.connectionString SECRET_NEEDED',
      'config.mongodb.srv EXCLUSIVE',
    ]);
  });

  it.each<[string, Values, readonly string[]]>([
    ['a user alone', { username: 'bi' }, ['config.mongodb.username FIELD_IGNORED']],
    ['a password alone', { password: 'pw-secret-1' }, ['config.mongodb.password FIELD_IGNORED']],
    ['both', { username: 'bi', password: 'pw-secret-1' }, []],
  ])('a user without a password, or a password without a user, is refused: %s', async (_what, signIn, warnings) => {
    const config = { mongodb: { host: 'db.acme.example', database: 'shop', ...signIn } };
    expect(await createAndRecord(gateway, { config })).toMatchObject({ issues: [], warnings });
  });
});
