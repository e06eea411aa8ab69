// The SSH tunnel between Chartbrew and a SQL server: what it requires, what has no effect, what contradicts it, and which secrets
// an update of it requires.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { createThenUpdate, createAndRecord, type Values } from './writes.ts';
import { createForUpdate, runMutation } from '../../support/mutations.ts';
import { ENCRYPTED_KEY, OTHER_CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../../support/keys.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const server = { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' };
const tunnel = { enabled: true, host: 'ssh.acme.example', username: 'hop', password: 'ssh-secret-1' };
const url = 'postgresql://bi:url-secret-1@db.acme.example/orders';

describe.each(['postgres', 'mysql'])('A new SSH tunnel to %s', (dialect) => {
  it.each<[string, Values, readonly string[]]>([
    ['without enabled', { host: 'ssh.acme.example' }, ['enabled REQUIRED']],
    ['with a secret alone', { password: 'ssh-secret-1' }, ['enabled REQUIRED']],
    ['with nothing but enabled', { enabled: true }, ['host REQUIRED', 'password REQUIRED', 'username REQUIRED']],
    ['without a host', { ...tunnel, host: undefined }, ['host REQUIRED']],
    ['without a user', { ...tunnel, username: undefined }, ['username REQUIRED']],
    ['without a password or key', { ...tunnel, password: undefined }, ['password REQUIRED']],
    ['with a passphrase and no key', { ...tunnel, passphrase: 'ssh-secret-2' }, ['privateKey REQUIRED']],
    [
      'with a passphrase in place of password and key',
      { ...tunnel, password: undefined, passphrase: 'ssh-secret-2' },
      ['privateKey REQUIRED'],
    ],
    ['with a port in the host', { ...tunnel, host: 'ssh.acme.example:22' }, ['host INVALID']],
    ['with two jump hosts', { ...tunnel, jumpHost: 'a.acme.example,b.acme.example' }, ['jumpHost INVALID']],
  ])('a new tunnel is refused %s', async (_what, ssh, issues) => {
    const expected = issues.map((issue) => `options.chartbrew.ssh.${issue}`);
    const settings = { config: { [dialect]: server }, options: { ssh } };
    expect(await createAndRecord(gateway, settings)).toEqual({ issues: expected, warnings: [], bodies: [] });
  });

  it.each<[string, Values, readonly string[]]>([
    ['with a password', tunnel, []],
    ['with a key', { ...tunnel, password: undefined, privateKey: OTHER_PRIVATE_KEY }, []],
    ['with a jump host', { ...tunnel, jumpHost: 'jump.acme.example', jumpPort: 23 }, ['jumpHost', 'jumpPort']],
    ['when it is off', { enabled: false }, []],
    ['when it is off and has other settings', { ...tunnel, enabled: false }, ['host', 'password', 'username']],
  ])('a new tunnel is accepted %s', async (_what, ssh, warned) => {
    const { issues, warnings } = await createAndRecord(gateway, { config: { [dialect]: server }, options: { ssh } });
    expect(issues).toEqual([]);
    expect(warnings).toEqual(warned.map((name) => `options.chartbrew.ssh.${name} FIELD_IGNORED`));
  });
});

describe('An SSH tunnel at an IPv6 address', () => {
  it('the IPv6 address of a tunnel is sent without brackets', async () => {
    const settings = { config: { mysql: server }, options: { ssh: { ...tunnel, host: '[2001:db8::7]' } } };
    expect((await createAndRecord(gateway, settings)).bodies[0]).toMatchObject({ sshHost: '2001:db8::7' });
  });
});

const SECRETS = {
  password: { replace: 'pw-secret-2' },
};

describe('An update of an SSH tunnel', () => {
  const off = { config: { postgres: server }, options: { ssh: { ...tunnel, enabled: false } } };
  const on = { config: { postgres: server }, options: { ssh: tunnel } };

  it('an update of a tunnel that is off must provide `enabled`', async () => {
    const change = { config: { postgres: SECRETS }, options: { ssh: { host: 'ssh2.acme.example' } } };
    expect((await createThenUpdate(gateway, off, change)).issues).toEqual(['options.chartbrew.ssh.enabled REQUIRED']);
  });

  it('an update enables a tunnel whose other settings are stored', async () => {
    const change = {
      config: { postgres: SECRETS },
      options: { ssh: { enabled: true, password: { replace: 'ssh-secret-3' } } },
    };
    expect(await createThenUpdate(gateway, off, change)).toEqual({
      issues: [],
      warnings: [],
      bodies: [{ password: 'pw-secret-2', useSsh: true, sshPassword: 'ssh-secret-3' }],
    });
  });

  it('an update does not enable a tunnel without other settings', async () => {
    const change = { config: { postgres: SECRETS }, options: { ssh: { enabled: true } } };
    expect((await createThenUpdate(gateway, { config: { postgres: server } }, change)).issues).toEqual([
      'options.chartbrew.ssh.host REQUIRED',
      'options.chartbrew.ssh.password REQUIRED',
      'options.chartbrew.ssh.username REQUIRED',
    ]);
  });

  it('an update warns about tunnel settings when it is not reported whether the tunnel is on', async () => {
    const first = { config: { postgres: { ...server, password: undefined } } };
    const change = { options: { ssh: { host: 'ssh.acme.example' } } };
    expect(await createThenUpdate(gateway, first, change)).toEqual({
      issues: [],
      warnings: ['options.chartbrew.ssh.host FIELD_IGNORED'],
      bodies: [{ sshHost: 'ssh.acme.example' }],
    });
  });

  it('an update that disables a tunnel requires the secret of the database and no secret of the tunnel', async () => {
    expect((await createThenUpdate(gateway, on, { options: { ssh: { enabled: false } } })).issues).toEqual([
      'config.postgres.password SECRET_NEEDED',
    ]);
    const change = { config: { postgres: SECRETS }, options: { ssh: { enabled: false } } };
    expect(await createThenUpdate(gateway, on, change)).toEqual({
      issues: [],
      warnings: [],
      bodies: [{ password: 'pw-secret-2', useSsh: false }],
    });
  });

  it('an update that disables a tunnel warns about the other tunnel settings in it', async () => {
    const change = { config: { postgres: SECRETS }, options: { ssh: { enabled: false, port: 2222 } } };
    expect((await createThenUpdate(gateway, on, change)).warnings).toEqual([
      'options.chartbrew.ssh.port FIELD_IGNORED',
    ]);
  });

  it('no issue advises to clear a secret that Chartbrew cannot clear', async () => {
    const config = {
      postgres: { ...server, tls: { enabled: true, certificate: OTHER_CERTIFICATE, key: PRIVATE_KEY } },
    };
    const options = { chartbrew: { ssh: { ...tunnel, privateKey: ENCRYPTED_KEY, passphrase: 'pass-secret-1' } } };
    const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'one', config, options });
    const change = { config: { postgres: { host: 'db2.acme.example' } } };
    const { issues } = await runMutation(gateway, 'updateConnection', { id, ...change });
    expect(issues.map(({ path }: { path: string[] }) => path.slice(1).join('.')).toSorted()).toEqual([
      'config.postgres.password',
      'config.postgres.tls.certificate',
      'config.postgres.tls.key',
      'options.chartbrew.ssh.passphrase',
      'options.chartbrew.ssh.password',
      'options.chartbrew.ssh.privateKey',
    ]);
    expect(issues.map(({ message }: { message: string }) => message).join(' ')).not.toMatch(/clear/i);
  });
});

describe('A connection string together with an SSH tunnel', () => {
  const byString = { config: { postgres: { connectionString: url } } };
  const byParts = { config: { postgres: server }, options: { ssh: tunnel } };

  it('a new connection with a connection string and a tunnel is refused, because Chartbrew does not use the tunnel', async () => {
    expect(await createAndRecord(gateway, { ...byString, options: { ssh: tunnel } })).toEqual({
      issues: ['options.chartbrew.ssh.enabled EXCLUSIVE'],
      warnings: [],
      bodies: [],
    });
  });

  it('a connection string is accepted with a tunnel that is off', async () => {
    expect((await createAndRecord(gateway, { ...byString, options: { ssh: { enabled: false } } })).issues).toEqual([]);
  });

  it('a tunnel cannot be enabled when a connection string is stored', async () => {
    const change = {
      options: {
        ssh: { enabled: true, host: 'ssh.acme.example', username: 'hop', password: { replace: 'ssh-secret-2' } },
      },
    };
    expect((await createThenUpdate(gateway, byString, change)).issues).toEqual([
      'config.postgres.connectionString SECRET_NEEDED',
      'options.chartbrew.ssh.enabled EXCLUSIVE',
    ]);
  });

  it('a connection string cannot replace separate fields when a tunnel is enabled', async () => {
    const change = {
      config: { postgres: { connectionString: { replace: url } } },
      options: { ssh: { password: { replace: 'ssh-secret-2' } } },
    };
    expect((await createThenUpdate(gateway, byParts, change)).issues).toEqual([
      'config.postgres.connectionString EXCLUSIVE',
    ]);
  });

  it('a connection string is accepted when the same update disables the tunnel', async () => {
    const change = {
      config: { postgres: { connectionString: { replace: url } } },
      options: { ssh: { enabled: false } },
    };
    expect(await createThenUpdate(gateway, byParts, change)).toEqual({
      issues: [],
      warnings: ['config.postgres.connectionString FIELD_IGNORED'],
      bodies: [{ connectionString: url, useSsh: false }],
    });
  });
});
