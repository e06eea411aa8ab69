// Lifecycles of SQL servers at Chartbrew. The port is text. Certificates and the key of a tunnel are uploaded as files.
import type { LifecycleCase } from './lifecycle-case.ts';
import {
  CERTIFICATE,
  ENCRYPTED_KEY,
  OTHER_CERTIFICATE,
  OTHER_PRIVATE_KEY,
  PRIVATE_KEY,
} from '../../../support/keys.ts';

const server = { host: 'db.acme.example', database: 'orders', username: 'bi_reader' };

export const chartbrewSqlLifecycles: readonly LifecycleCase[] = [
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
      {
        what: 'the mode, which Chartbrew takes for another',
        config: { tls: { mode: 'prefer' } },
        sends: { sslMode: 'prefer' },
        warnings: ['tls.mode FIELD_IGNORED'],
      },
      {
        what: 'the mode, with the check that goes with it',
        config: { tls: { mode: 'verify-full', verify: true } },
        sends: { sslMode: 'verify-full' },
      },
      { what: 'no check any more', config: { tls: { verify: false } }, sends: { sslMode: 'require' } },
      { what: 'projects', options: { projectIds: [3, 4] }, sends: { project_ids: [3, 4] } },
      { what: 'no projects any more', options: { projectIds: null }, sends: { project_ids: null } },
      { what: 'its use', options: { active: false }, sends: { active: false } },
      {
        what: 'an authority, alone: the mode that looks at it comes along',
        config: { tls: { ca: { replace: OTHER_CERTIFICATE } } },
        sends: { sslMode: 'verify-ca' },
        files: { sslCa: OTHER_CERTIFICATE },
      },
      {
        what: 'a client certificate with its key: the mode that presents them comes along',
        config: { tls: { certificate: { replace: CERTIFICATE }, key: { replace: OTHER_PRIVATE_KEY } } },
        sends: { sslMode: 'verify-full' },
        files: { sslCert: CERTIFICATE, sslKey: OTHER_PRIVATE_KEY },
      },
      {
        what: 'no check any more, beside files that are then not used',
        config: {
          tls: {
            verify: false,
            ca: { replace: CERTIFICATE },
            certificate: { replace: OTHER_CERTIFICATE },
            key: { replace: PRIVATE_KEY },
          },
        },
        sends: { sslMode: 'require' },
        files: { sslCa: CERTIFICATE, sslCert: OTHER_CERTIFICATE, sslKey: PRIVATE_KEY },
        warnings: ['tls.ca FIELD_IGNORED', 'tls.certificate FIELD_IGNORED', 'tls.key FIELD_IGNORED'],
      },
      {
        what: 'the check, with a client certificate stored',
        config: { tls: { verify: true } },
        sends: { sslMode: 'verify-full' },
      },
      {
        what: 'a password, with the files beside it',
        config: {
          password: { replace: 'pw-secret-1' },
          tls: {
            ca: { replace: CERTIFICATE },
            certificate: { replace: OTHER_CERTIFICATE },
            key: { replace: PRIVATE_KEY },
          },
        },
        sends: { password: 'pw-secret-1' },
        files: { sslCa: CERTIFICATE, sslCert: OTHER_CERTIFICATE, sslKey: PRIVATE_KEY },
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
        options: { active: false, ssh: { port: null, privateKey: null } },
      },
      {
        what: 'encryption off, with the password for the way in plain text',
        config: { password: { replace: 'pw-secret-3' }, tls: { enabled: false } },
        sends: { password: 'pw-secret-3', ssl: false },
        // Chartbrew always encrypts connections to Timescale.
        warnings: ['tls.enabled FIELD_IGNORED'],
      },
    ],
    reported: {
      __typename: 'PostgresConfig',
      host: 'pg2.acme.example',
      port: 5433,
      database: 'sales',
      username: 'bi_writer',
      password: 'SET',
      flavor: 'TIMESCALE',
      tls: { enabled: false, mode: 'verify-full', verify: true, ca: 'SET', certificate: 'SET', key: 'SET' },
    },
    setSecrets: [
      'config.postgres.password',
      'config.postgres.tls.ca',
      'config.postgres.tls.certificate',
      'config.postgres.tls.key',
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
      {
        what: 'the product, with the string for it',
        config: { flavor: 'RDS', connectionString: { replace: 'mysql://bi:url-secret-4@db.acme.example/orders' } },
        sends: { connectionString: 'mysql://bi:url-secret-4@db.acme.example/orders', subType: 'rdsMysql' },
      },
      {
        what: 'the way from the string to its parts',
        config: { ...server, connectionString: { clear: true }, password: { replace: 'pw-secret-1' } },
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
        what: 'a tunnel, with the password for the way through it',
        config: { password: { replace: 'pw-secret-4' } },
        options: {
          ssh: { enabled: true, host: 'ssh.acme.example', username: 'hop', password: { replace: 'ssh-secret-1' } },
        },
        sends: {
          password: 'pw-secret-4',
          useSsh: true,
          sshHost: 'ssh.acme.example',
          sshUsername: 'hop',
          sshPassword: 'ssh-secret-1',
        },
      },
      {
        what: 'the password of the tunnel',
        options: { ssh: { password: { replace: 'ssh-secret-2' } } },
        sends: { sshPassword: 'ssh-secret-2' },
      },
      {
        what: 'the key of the tunnel, alone',
        options: { ssh: { privateKey: { replace: OTHER_PRIVATE_KEY } } },
        files: { sshPrivateKey: OTHER_PRIVATE_KEY },
      },
      {
        what: 'the passphrase of its key',
        options: { ssh: { passphrase: { replace: 'ssh-secret-3' } } },
        sends: { sshPassphrase: 'ssh-secret-3' },
      },
      {
        what: 'the server of the tunnel with all secrets, and a server between that Chartbrew does not use',
        config: { password: { replace: 'pw-secret-5' } },
        options: {
          ssh: {
            host: 'ssh2.acme.example',
            port: 2222,
            username: 'tunnel',
            jumpHost: 'jump.acme.example',
            jumpPort: 2223,
            password: { replace: 'ssh-secret-4' },
            privateKey: { replace: ENCRYPTED_KEY },
            passphrase: { replace: 'pass-secret-1' },
          },
        },
        sends: {
          password: 'pw-secret-5',
          sshHost: 'ssh2.acme.example',
          sshPort: 2222,
          sshUsername: 'tunnel',
          sshJumpHost: 'jump.acme.example',
          sshJumpPort: 2223,
          sshPassword: 'ssh-secret-4',
          sshPassphrase: 'pass-secret-1',
        },
        files: { sshPrivateKey: ENCRYPTED_KEY },
        warnings: ['ssh.jumpHost FIELD_IGNORED', 'ssh.jumpPort FIELD_IGNORED'],
      },
      {
        what: 'no tunnel any more, with the password for the direct way and no secret of the tunnel',
        config: { password: { replace: 'pw-secret-6' } },
        options: { ssh: { enabled: false } },
        sends: { password: 'pw-secret-6', useSsh: false },
      },
      {
        what: 'the way back to a string, beside which the parts have no effect',
        config: { connectionString: { replace: 'mysql://bi:url-secret-3@db2.acme.example/orders' } },
        sends: { connectionString: 'mysql://bi:url-secret-3@db2.acme.example/orders' },
        warnings: ['connectionString FIELD_IGNORED'],
      },
      {
        what: 'the string away and the password for what it leaves',
        config: { connectionString: { clear: true }, password: { replace: 'pw-secret-3' } },
        sends: { connectionString: null, password: 'pw-secret-3' },
      },
    ],
    reported: {
      __typename: 'MySqlConfig',
      host: 'db.acme.example',
      database: 'orders',
      username: 'bi_reader',
      password: 'SET',
      flavor: 'RDS',
      tls: { enabled: false, mode: 'require', verify: false },
    },
    setSecrets: [
      'config.mysql.password',
      'options.chartbrew.ssh.passphrase',
      'options.chartbrew.ssh.password',
      'options.chartbrew.ssh.privateKey',
    ],
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
        what: 'encryption with the check that Chartbrew makes in any case',
        config: { tls: { enabled: true, verify: true } },
        sends: { ssl: true },
      },
      { what: 'nothing: the check is made', config: { tls: { verify: true } } },
      {
        what: 'encryption off, with the password for the way in plain text',
        config: { password: { replace: 'pw-secret-3' }, tls: { enabled: false } },
        sends: { password: 'pw-secret-3', ssl: false },
      },
      { what: 'encryption again', config: { tls: { enabled: true } }, sends: { ssl: true } },
    ],
    reported: {
      __typename: 'ClickHouseConfig',
      host: 'ch.acme.example',
      port: 8443,
      database: 'orders',
      username: 'bi_reader',
      password: 'SET',
      tls: { enabled: true, verify: true },
    },
    setSecrets: ['config.clickhouse.password'],
  },
];
