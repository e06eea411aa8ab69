// Every secret of every dialect at Chartbrew: the inputs that keep, replace and clear it, and the request or the
// issue for each. Null clears a connection string, lists and sign-in methods. Files can only be replaced.
import { KEY_FILE } from '../create-case.ts';
import {
  CERTIFICATE,
  ENCRYPTED_KEY,
  OTHER_CERTIFICATE,
  OTHER_KEY_IN_JSON,
  OTHER_PRIVATE_KEY,
  PRIVATE_KEY,
} from '../../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

/** A secret in `config` or `options`: the stored settings, and for each kind of change the request or the issue. */
export interface SecretCase {
  readonly dialect: string;
  readonly of: 'config' | 'options';
  readonly secret: string;
  readonly config: Values;
  readonly options?: Values;
  /** An input that keeps the secret. */
  readonly kept: Values;
  /** The wire path of the secret, and its value after the create. */
  readonly stored: readonly [column: string, value: unknown];
  readonly replaced: Values;
  readonly sends?: Values;
  readonly files?: Values;
  /** The warnings of a replacement. */
  readonly warns?: string;
  readonly cleared: Values;
  /** The request that clears it, or the issue. */
  readonly clears?: Values;
  readonly refused?: string;
}

const server = { host: 'db.acme.example', database: 'orders', username: 'bi' };
const account = {
  type: 'service_account',
  project_id: 'acme-web',
  private_key_id: 'key-secret-1',
  private_key: PRIVATE_KEY,
  client_email: 'bi@acme-web.iam.gserviceaccount.com',
};
const baseUrl = 'https://api.acme.example';
export const NEVER_SHOWN = Symbol('the vendor shows whether it is there, or a path');

const password = (dialect: string): SecretCase => ({
  dialect,
  of: 'config',
  secret: 'password',
  config: { ...server, password: 'pw-secret-1' },
  kept: { password: null },
  stored: ['password', 'pw-secret-1'],
  replaced: { password: { replace: 'pw-secret-2' } },
  sends: { password: 'pw-secret-2' },
  cleared: { password: { clear: true } },
  refused: `config.${dialect}.password NOT_ALLOWED`,
});

const connectionString = (dialect: string, url: string, otherUrl: string): SecretCase => ({
  dialect,
  of: 'config',
  secret: 'connectionString',
  config: { connectionString: url },
  kept: { connectionString: null },
  stored: ['connectionString', url],
  replaced: { connectionString: { replace: otherUrl } },
  sends: { connectionString: otherUrl },
  // Clearing it alone would leave a connection without a server.
  cleared: { connectionString: { clear: true }, ...server },
  clears: { connectionString: null, host: 'db.acme.example', dbName: 'orders', username: 'bi' },
});

const pem = (dialect: string, name: string, column: string, first: string, second: string): SecretCase => ({
  dialect,
  of: 'config',
  secret: `tls.${name}`,
  config: { ...server, tls: { enabled: true, [name]: first } },
  kept: { tls: { [name]: null } },
  stored: [column, NEVER_SHOWN],
  replaced: { tls: { [name]: { replace: second } } },
  files: { [column]: second },
  // A client certificate without its key, or a key without its certificate, has no effect.
  ...(name !== 'ca' && { warns: `config.${dialect}.tls.${name} FIELD_IGNORED` }),
  cleared: { tls: { [name]: { clear: true } } },
  refused: `config.${dialect}.tls.${name} NOT_ALLOWED`,
});

const tunnel = (
  dialect: string,
  name: string,
  told: string,
  sent: Pick<SecretCase, 'sends' | 'files'>,
): SecretCase => ({
  dialect,
  of: 'options',
  secret: `ssh.${name}`,
  config: server,
  options: {
    ssh: {
      enabled: true,
      host: 'ssh.acme.example',
      username: 'hop',
      // A passphrase has no effect without its key.
      ...(name === 'passphrase'
        ? { privateKey: ENCRYPTED_KEY, passphrase: 'pass-secret-1' }
        : { [name]: 'ssh-secret-1' }),
    },
  },
  kept: { ssh: { [name]: null } },
  stored: [told, true],
  replaced: { ssh: { [name]: { replace: 'ssh-secret-2' } } },
  ...sent,
  cleared: { ssh: { [name]: { clear: true } } },
  refused: `options.chartbrew.ssh.${name} NOT_ALLOWED`,
});

const keyFile = (dialect: string): SecretCase => ({
  dialect,
  of: 'config',
  secret: 'serviceAccountKey',
  config: { serviceAccountKey: KEY_FILE },
  kept: { serviceAccountKey: null },
  stored: ['firebaseServiceAccount', account],
  replaced: {
    serviceAccountKey: {
      replace: `{"project_id":"acme-app","private_key_id":"key-secret-3","private_key":${OTHER_KEY_IN_JSON},"client_email":"bi@acme-app.iam.gserviceaccount.com"}`,
    },
  },
  sends: {
    firebaseServiceAccount: {
      project_id: 'acme-app',
      private_key_id: 'key-secret-3',
      private_key: OTHER_PRIVATE_KEY,
      client_email: 'bi@acme-app.iam.gserviceaccount.com',
    },
  },
  cleared: { serviceAccountKey: { clear: true } },
  refused: `config.${dialect}.serviceAccountKey NOT_ALLOWED`,
});

const ofServer = (dialect: string): SecretCase[] => [
  password(dialect),
  pem(dialect, 'ca', 'sslCa', CERTIFICATE, OTHER_CERTIFICATE),
  pem(dialect, 'certificate', 'sslCert', CERTIFICATE, OTHER_CERTIFICATE),
  pem(dialect, 'key', 'sslKey', PRIVATE_KEY, OTHER_PRIVATE_KEY),
  tunnel(dialect, 'password', 'hasSshPassword', { sends: { sshPassword: 'ssh-secret-2' } }),
  tunnel(dialect, 'passphrase', 'hasSshPassphrase', { sends: { sshPassphrase: 'ssh-secret-2' } }),
  {
    ...tunnel(dialect, 'privateKey', 'hasSshPrivateKey', { files: { sshPrivateKey: OTHER_PRIVATE_KEY } }),
    options: { ssh: { enabled: true, host: 'ssh.acme.example', username: 'hop', privateKey: PRIVATE_KEY } },
    replaced: { ssh: { privateKey: { replace: OTHER_PRIVATE_KEY } } },
  },
];

export const chartbrewSecrets: readonly SecretCase[] = [
  ...ofServer('postgres'),
  connectionString(
    'postgres',
    'postgresql://bi:url-secret-1@db.acme.example/orders',
    'postgresql://bi:url-secret-2@db.acme.example/orders',
  ),
  ...ofServer('mysql'),
  connectionString(
    'mysql',
    'mysql://bi:url-secret-1@db.acme.example/orders',
    'mysql://bi:url-secret-2@db.acme.example/orders',
  ),
  password('clickhouse'),
  password('mongodb'),
  {
    ...connectionString(
      'mongodb',
      'mongodb://bi:url-secret-1@db.acme.example/orders',
      'mongodb+srv://bi:url-secret-2@db.acme.example/orders',
    ),
    cleared: { connectionString: { clear: true }, host: 'db.acme.example', database: 'orders' },
    clears: { connectionString: null, host: 'db.acme.example', dbName: 'orders' },
  },
  {
    dialect: 'mongodb',
    of: 'config',
    secret: 'options.0.value',
    config: { ...server, options: [{ name: 'replicaSet', value: 'rs-secret-1' }] },
    kept: {},
    stored: ['options', [{ replicaSet: 'rs-secret-1' }]],
    replaced: { options: [{ name: 'replicaSet', value: 'rs-secret-2' }] },
    sends: { options: [{ replicaSet: 'rs-secret-2' }] },
    cleared: { options: null },
    clears: { options: null },
  },
  {
    dialect: 'api',
    of: 'config',
    secret: 'authentication.basic.password',
    config: { baseUrl, authentication: { basic: { username: 'reports', password: 'pw-secret-1' } } },
    kept: {},
    stored: ['authentication', { type: 'basic_auth', user: 'reports', pass: 'pw-secret-1' }],
    replaced: { authentication: { basic: { username: 'reports', password: 'pw-secret-2' } } },
    sends: { authentication: { type: 'basic_auth', user: 'reports', pass: 'pw-secret-2' } },
    cleared: { authentication: null },
    clears: { authentication: null },
  },
  {
    dialect: 'api',
    of: 'config',
    secret: 'authentication.bearer',
    config: { baseUrl, authentication: { bearer: 'token-secret-1' } },
    kept: {},
    stored: ['authentication', { type: 'bearer_token', token: 'token-secret-1' }],
    replaced: { authentication: { bearer: 'token-secret-2' } },
    sends: { authentication: { type: 'bearer_token', token: 'token-secret-2' } },
    cleared: { authentication: null },
    clears: { authentication: null },
  },
  {
    dialect: 'api',
    of: 'config',
    secret: 'headers.0.value',
    config: { baseUrl, headers: [{ name: 'X-Api-Key', value: 'entry-secret-1' }] },
    kept: {},
    stored: ['options', [{ 'X-Api-Key': 'entry-secret-1' }]],
    replaced: { headers: [{ name: 'X-Api-Key', value: 'entry-secret-2' }] },
    sends: { options: [{ 'X-Api-Key': 'entry-secret-2' }] },
    cleared: { headers: [] },
    clears: { options: [] },
  },
  keyFile('realtimeDb'),
  keyFile('firestore'),
  {
    dialect: 'customerIo',
    of: 'config',
    secret: 'apiKey',
    config: { region: 'eu', apiKey: 'pw-secret-1' },
    kept: { apiKey: null },
    stored: ['password', 'pw-secret-1'],
    replaced: { apiKey: { replace: 'pw-secret-2' } },
    sends: { password: 'pw-secret-2' },
    cleared: { apiKey: { clear: true } },
    refused: 'config.customerIo.apiKey NOT_ALLOWED',
  },
];
