// Lives of servers at Chartbrew: the port is text, certificates and the key of a tunnel go up as files.
import type { Life } from './life.ts';
import { CERTIFICATE, OTHER_CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../../support/keys.ts';

const server = { host: 'db.acme.example', database: 'orders', username: 'bi_reader' };

export const chartbrewSqlLives: readonly Life[] = [
  {
    dialect: 'postgres',
    config: server,
    steps: [
      { what: 'its name', name: 'renamed', sends: { name: 'renamed' } },
      { what: 'the host', config: { host: 'pg2.acme.example' }, sends: { host: 'pg2.acme.example' } },
      { what: 'the port', config: { port: 5433 }, sends: { port: '5433' } },
      { what: 'the database', config: { database: 'sales' }, sends: { dbName: 'sales' } },
      { what: 'the user', config: { username: 'bi_writer' }, sends: { username: 'bi_writer' } },
      { what: 'the product', config: { flavor: 'TIMESCALE' }, sends: { subType: 'timescaledb' } },
      { what: 'encryption on', config: { tls: { enabled: true } }, sends: { ssl: true } },
      { what: 'the check of certificates', config: { tls: { verify: true } }, sends: { sslMode: 'verify-ca' } },
      { what: 'the mode', config: { tls: { mode: 'prefer' } }, sends: { sslMode: 'prefer' } },
      {
        what: 'the mode, with the check that goes with it',
        config: { tls: { mode: 'verify-full', verify: true } },
        sends: { sslMode: 'verify-full' },
      },
      { what: 'no check any more', config: { tls: { verify: false } }, sends: { sslMode: 'require' } },
      { what: 'projects', options: { projectIds: [3, 4] }, sends: { project_ids: [3, 4] } },
      { what: 'no projects any more', options: { projectIds: null }, sends: { project_ids: null } },
      { what: 'its use', options: { active: false }, sends: { active: false } },
      { what: 'a tunnel', options: { ssh: { enabled: true } }, sends: { useSsh: true } },
      {
        what: 'the host of the tunnel',
        options: { ssh: { host: 'ssh.acme.example' } },
        sends: { sshHost: 'ssh.acme.example' },
      },
      { what: 'the port of the tunnel', options: { ssh: { port: 2222 } }, sends: { sshPort: 2222 } },
      { what: 'the user of the tunnel', options: { ssh: { username: 'tunnel' } }, sends: { sshUsername: 'tunnel' } },
      {
        what: 'the host between',
        options: { ssh: { jumpHost: 'jump.acme.example' } },
        sends: { sshJumpHost: 'jump.acme.example' },
      },
      { what: 'the port of the host between', options: { ssh: { jumpPort: 2223 } }, sends: { sshJumpPort: 2223 } },
      {
        what: 'the password of the tunnel',
        options: { ssh: { password: { replace: 'ssh-secret-1' } } },
        sends: { sshPassword: 'ssh-secret-1' },
      },
      {
        what: 'the passphrase of its key',
        options: { ssh: { passphrase: { replace: 'ssh-secret-2' } } },
        sends: { sshPassphrase: 'ssh-secret-2' },
      },
      {
        what: 'the key of the tunnel, alone',
        options: { ssh: { privateKey: { replace: PRIVATE_KEY } } },
        files: { sshPrivateKey: PRIVATE_KEY },
      },
      {
        what: 'an authority, alone',
        config: { tls: { ca: { replace: OTHER_CERTIFICATE } } },
        files: { sslCa: OTHER_CERTIFICATE },
      },
      {
        what: 'a client certificate with its key',
        config: { tls: { certificate: { replace: CERTIFICATE }, key: { replace: OTHER_PRIVATE_KEY } } },
        files: { sslCert: CERTIFICATE, sslKey: OTHER_PRIVATE_KEY },
      },
      {
        what: 'the check, with a client certificate stored',
        config: { tls: { verify: true } },
        sends: { sslMode: 'verify-full' },
      },
      {
        what: 'a password, with a file beside it',
        config: { password: { replace: 'pw-secret-1' }, tls: { ca: { replace: CERTIFICATE } } },
        sends: { password: 'pw-secret-1' },
        files: { sslCa: CERTIFICATE },
      },
      {
        what: 'the password again',
        config: { password: { replace: 'pw-secret-2' } },
        sends: { password: 'pw-secret-2' },
      },
      {
        what: 'nothing: the same as it is',
        name: 'renamed',
        config: { host: 'pg2.acme.example', port: 5433, password: null, tls: { enabled: true, ca: null } },
        options: { active: false, ssh: { port: 2222, privateKey: null } },
      },
      { what: 'encryption off', config: { tls: { enabled: false } }, sends: { ssl: false } },
    ],
    told: {
      __typename: 'PostgresConfig',
      host: 'pg2.acme.example',
      port: 5433,
      database: 'sales',
      username: 'bi_writer',
      password: 'SET',
      flavor: 'TIMESCALE',
      tls: { enabled: false, mode: 'verify-full', verify: true, ca: 'SET', certificate: 'SET', key: 'SET' },
    },
    stored: [
      'config.postgres.password',
      'config.postgres.tls.ca',
      'config.postgres.tls.certificate',
      'config.postgres.tls.key',
      'options.chartbrew.ssh.passphrase',
      'options.chartbrew.ssh.password',
      'options.chartbrew.ssh.privateKey',
    ],
  },
  {
    dialect: 'mysql',
    config: { connectionString: 'mysql://bi:url-secret-1@db.acme.example/orders' },
    steps: [
      {
        what: 'the connection string',
        config: { connectionString: { replace: 'mysql://bi:p@ss/url-secret-2@db.acme.example:3306/orders' } },
        sends: { connectionString: 'mysql://bi:p@ss/url-secret-2@db.acme.example:3306/orders' },
      },
      { what: 'the product', config: { flavor: 'RDS' }, sends: { subType: 'rdsMysql' } },
      {
        what: 'the way from the string to its parts',
        config: { ...server, password: { replace: 'pw-secret-1' } },
        sends: {
          host: 'db.acme.example',
          dbName: 'orders',
          username: 'bi_reader',
          password: 'pw-secret-1',
          connectionString: null,
        },
      },
      { what: 'the password', config: { password: { replace: 'pw-secret-2' } }, sends: { password: 'pw-secret-2' } },
      {
        what: 'the way back to a string, beside which the parts have no effect',
        config: { connectionString: { replace: 'mysql://bi:url-secret-3@db2.acme.example/orders' } },
        sends: { connectionString: 'mysql://bi:url-secret-3@db2.acme.example/orders' },
      },
      {
        what: 'the string away and the password for what it leaves',
        config: { connectionString: { clear: true }, password: { replace: 'pw-secret-3' } },
        sends: { connectionString: null, password: 'pw-secret-3' },
      },
    ],
    told: {
      __typename: 'MySqlConfig',
      host: 'db.acme.example',
      database: 'orders',
      username: 'bi_reader',
      password: 'SET',
      flavor: 'RDS',
      tls: { enabled: false, mode: 'require', verify: false },
    },
    stored: ['config.mysql.password'],
  },
  {
    dialect: 'clickhouse',
    config: { ...server, password: 'pw-secret-1' },
    steps: [
      {
        what: 'the host and port, with the password for them',
        config: { host: 'ch.acme.example', port: 8443, password: { replace: 'pw-secret-2' } },
        sends: { host: 'ch.acme.example', port: '8443', password: 'pw-secret-2' },
      },
      {
        what: 'encryption with a check',
        config: { tls: { enabled: true, verify: true } },
        sends: { ssl: true, sslMode: 'verify-ca' },
      },
      {
        what: 'no check any more',
        config: { tls: { mode: 'require' } },
        sends: { sslMode: 'require' },
      },
      {
        what: 'the check again, beside a certificate that comes with it',
        config: { tls: { verify: true, certificate: { replace: CERTIFICATE } } },
        sends: { sslMode: 'verify-full' },
        files: { sslCert: CERTIFICATE },
      },
    ],
    told: {
      __typename: 'ClickHouseConfig',
      host: 'ch.acme.example',
      port: 8443,
      database: 'orders',
      username: 'bi_reader',
      password: 'SET',
      tls: { enabled: true, mode: 'verify-full', verify: true, certificate: 'SET' },
    },
    stored: ['config.clickhouse.password', 'config.clickhouse.tls.certificate'],
  },
];
