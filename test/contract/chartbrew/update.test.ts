// Updates of a connection at Chartbrew that the gateway refuses: values that the vendor would ignore, contradictions,
// and stored secrets that would be sent to another server.
import { describe, expect, it, onTestFinished } from 'vitest';
import { issuesOf } from '../../support/create-connection.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';
import { CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

const TUNNEL = {
  enabled: true,
  host: 'ssh.acme.example',
  username: 'hop',
  password: 'ssh-secret-1',
  privateKey: OTHER_PRIVATE_KEY,
};
const server = { host: 'db.acme.example', database: 'orders', username: 'bi' };

/** Starts a gateway over the sandbox with one connection. */
async function withOne(config: Values, options?: Values) {
  const gateway = await startTestGateway();
  onTestFinished(() => gateway.close());
  const { id } = await createForUpdate(gateway, {
    instance: 'chartbrew',
    name: 'one',
    config,
    ...(options && { options: { chartbrew: options } }),
  });
  return { gateway, id };
}

describe('An update at Chartbrew is refused before any write', () => {
  it.each<[string, Values, Values, readonly string[]]>([
    [
      'a new connection string without a user',
      { postgres: { connectionString: 'postgresql://bi:url-secret-1@db.acme.example/orders' } },
      { config: { postgres: { connectionString: { replace: 'postgresql://url-secret-2.acme.example/orders' } } } },
      ['input.config.postgres.connectionString INVALID'],
    ],
    [
      'null for fields that Chartbrew cannot clear',
      { postgres: { ...server, port: 5432, flavor: 'RDS', tls: { enabled: true, mode: 'verify-ca' } } },
      { config: { postgres: { port: null, username: null, flavor: null, tls: { enabled: null, mode: null } } } },
      [
        'input.config.postgres.flavor NOT_ALLOWED',
        'input.config.postgres.port NOT_ALLOWED',
        'input.config.postgres.tls.enabled NOT_ALLOWED',
        'input.config.postgres.tls.mode NOT_ALLOWED',
        'input.config.postgres.username NOT_ALLOWED',
      ],
    ],
    [
      'a TLS mode that contradicts `verify`',
      { mysql: { ...server, tls: { enabled: true } } },
      { config: { mysql: { tls: { mode: 'prefer', verify: true } } } },
      ['input.config.mysql.tls.verify EXCLUSIVE'],
    ],
    [
      '`verify` without encryption',
      { clickhouse: server },
      { config: { clickhouse: { tls: { verify: true } } } },
      ['input.config.clickhouse.tls.enabled REQUIRED'],
    ],
    [
      'a certificate together with the end of encryption',
      { mysql: { ...server, tls: { enabled: true } } },
      { config: { mysql: { tls: { enabled: false, ca: { replace: CERTIFICATE } } } } },
      ['input.config.mysql.tls.enabled REQUIRED'],
    ],
    [
      '`srv` while a port is stored',
      { mongodb: { host: 'mongo.acme.example', port: 27_017, database: 'shop' } },
      { config: { mongodb: { srv: true } } },
      ['input.config.mongodb.port EXCLUSIVE'],
    ],
    [
      'a new user name without the password of the sign-in',
      {
        api: {
          baseUrl: 'https://api.acme.example',
          authentication: { basic: { username: 'reports', password: 'pw-secret-1' } },
        },
      },
      { config: { api: { authentication: { basic: { username: 'other' } } } } },
      ['input.config.api.authentication.basic.password SECRET_NEEDED'],
    ],
    [
      'an SSH tunnel that the type does not use',
      { api: { baseUrl: 'https://api.acme.example' } },
      { options: { chartbrew: { ssh: { enabled: true } } } },
      ['input.options.chartbrew.ssh.enabled NOT_ALLOWED'],
    ],
  ])('%s', async (_what, config, change, issues) => {
    const { gateway, id } = await withOne(config);
    const { result, sent } = await recordSent(gateway, 'chartbrew', () =>
      runMutation(gateway, 'updateConnection', { id, ...change }),
    );
    expect(issuesOf(result)).toEqual(issues);
    expect(result.issues.every(({ source }: { source: string }) => source === 'GATEWAY')).toBe(true);
    expect(sent).toEqual([]);
  });

  it.each<[string, Values]>([
    ['the host', { config: { postgres: { host: 'db2.acme.example' } } }],
    ['the port', { config: { postgres: { port: 5433 } } }],
    ['the host of the tunnel', { options: { chartbrew: { ssh: { host: 'ssh2.acme.example' } } } }],
    ['the port of the tunnel', { options: { chartbrew: { ssh: { port: 2223 } } } }],
    ['the jump host', { options: { chartbrew: { ssh: { jumpHost: 'jump.acme.example' } } } }],
    ['the port of the jump host', { options: { chartbrew: { ssh: { jumpPort: 2223 } } } }],
  ])(
    'an update that would send the stored secrets to another server is refused before any write: %s',
    async (_what, change) => {
      const config = { postgres: { ...server, password: 'pw-secret-1', tls: { enabled: true, key: PRIVATE_KEY } } };
      const { gateway, id } = await withOne(config, { ssh: TUNNEL });
      const { result, sent } = await recordSent(gateway, 'chartbrew', () =>
        runMutation(gateway, 'updateConnection', { id, ...change }),
      );
      expect(issuesOf(result)).toEqual([
        'input.config.postgres.password SECRET_NEEDED',
        'input.config.postgres.tls.key SECRET_NEEDED',
        'input.options.chartbrew.ssh.password SECRET_NEEDED',
        'input.options.chartbrew.ssh.privateKey SECRET_NEEDED',
      ]);
      expect(sent).toEqual([]);
    },
  );
});
