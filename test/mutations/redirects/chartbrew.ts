// Fields that can redirect a connection at Chartbrew: everything that reaches the driver, its URL or its session, and the tunnel of a SQL
// server. Of its secrets only a connection string, headers, URL options and the sign-in of an API can be cleared.
import { KEY_FILE, type DialectKey } from '../../contract/create-case.ts';
import { joined, merged, type Attempt, type Redirect, type Settings, type Values } from './redirect.ts';
import { CERTIFICATE, KEY_IN_JSON, OTHER_CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../../support/keys.ts';

/** The stored secrets, and the input that provides them again. */
interface Stored {
  readonly path: string;
  readonly again: Settings;
  readonly sends?: Values;
  readonly files?: Values;
}

interface Row {
  readonly first: Settings;
  readonly secrets: readonly Stored[];
  readonly redirectingFields: readonly Piece[];
}

interface Piece {
  readonly field: string;
  readonly to: Settings;
  readonly sends: Values;
  readonly files?: Values;
  /** Path prefixes of secrets that are not required, because the update changes them or disables their group. */
  readonly without?: string;
  /** The stored value. Missing when there is none. */
  readonly none?: {
    readonly change: Settings;
    /** The body that clears the field, or the issue. */ readonly clears: Values | string;
  };
}

const value = (field: string, wire: string, to: unknown, sent: unknown, clears?: Values | string): Piece => ({
  field,
  to: { config: { [field]: to } },
  sends: { [wire]: sent },
  ...(clears && { none: { change: { config: { [field]: null } }, clears } }),
});
const host = value('host', 'host', 'new.acme.example', 'new.acme.example', 'host NOT_ALLOWED');
const port = value('port', 'port', 6000, '6000', 'port NOT_ALLOWED');
const database = value('database', 'dbName', 'sales', 'sales', 'database NOT_ALLOWED');
const username = value('username', 'username', 'bi2', 'bi2', 'username NOT_ALLOWED');

const ofTls = (field: string, to: unknown, sends: Values): Piece => ({
  field: `tls.${field}`,
  to: { config: { tls: { [field]: to } } },
  sends,
});

const ofTunnel = (field: string, wire: string, to: unknown): Piece => ({
  field: `ssh.${field}`,
  to: { options: { ssh: { [field]: to } } },
  sends: { [wire]: to },
  none: { change: { options: { ssh: { [field]: null } } }, clears: `options.ssh.${field} NOT_ALLOWED` },
});

const secret = (field: string, wire: string, again: string): Stored => ({
  path: `config.${field}`,
  again: { config: { [field]: { replace: again } } },
  sends: { [wire]: again },
});
const file = (field: string, part: string, again: string): Stored => ({
  path: `config.tls.${field}`,
  again: { config: { tls: { [field]: { replace: again } } } },
  files: { [part]: again },
});
const ofSsh = (field: string, again: string, sent: Pick<Stored, 'sends' | 'files'>): Stored => ({
  path: `options.ssh.${field}`,
  again: { options: { ssh: { [field]: { replace: again } } } },
  ...sent,
});

const password = secret('password', 'password', 'pw-secret-4');

const sqlRow = (ofFlavor: string): Row => ({
  first: {
    config: {
      host: 'db.acme.example',
      port: 5000,
      database: 'orders',
      username: 'bi',
      password: 'pw-secret-1',
      tls: { enabled: true, certificate: CERTIFICATE, key: OTHER_PRIVATE_KEY },
    },
    options: {
      ssh: {
        enabled: true,
        host: 'ssh.acme.example',
        port: 22,
        username: 'hop',
        jumpHost: 'jump.acme.example',
        jumpPort: 23,
        password: 'ssh-secret-1',
        passphrase: 'ssh-secret-2',
        privateKey: PRIVATE_KEY,
      },
    },
  },
  secrets: [
    password,
    file('certificate', 'sslCert', OTHER_CERTIFICATE),
    file('key', 'sslKey', PRIVATE_KEY),
    ofSsh('password', 'ssh-secret-4', { sends: { sshPassword: 'ssh-secret-4' } }),
    ofSsh('passphrase', 'ssh-secret-5', { sends: { sshPassphrase: 'ssh-secret-5' } }),
    ofSsh('privateKey', OTHER_PRIVATE_KEY, { files: { sshPrivateKey: OTHER_PRIVATE_KEY } }),
  ],
  redirectingFields: [
    host,
    port,
    username,
    value('flavor', 'subType', 'RDS', ofFlavor, 'flavor NOT_ALLOWED'),
    ofTls('verify', false, { sslMode: 'require' }),
    ofTls('mode', 'verify-ca', { sslMode: 'verify-ca' }),
    { ...ofTls('ca', { replace: CERTIFICATE }, {}), files: { sslCa: CERTIFICATE } },
    // Without encryption the password can be read on the network. Secrets that only encryption uses are not required.
    { ...ofTls('enabled', false, { ssl: false }), without: 'config.tls.' },
    ofTunnel('host', 'sshHost', 'ssh2.acme.example'),
    ofTunnel('port', 'sshPort', 2222),
    ofTunnel('username', 'sshUsername', 'hop2'),
    ofTunnel('jumpHost', 'sshJumpHost', 'jump2.acme.example'),
    ofTunnel('jumpPort', 'sshJumpPort', 2223),
    // Without the tunnel, the password is sent to the host of that name in Chartbrew's own network. The tunnel's secrets are not used.
    { ...ofTunnel('enabled', 'useSsh', false), without: 'options.ssh.' },
  ],
});

/** Dialects for which Chartbrew has neither files nor a tunnel. */
const clickhouse: Row = {
  first: {
    config: {
      host: 'db.acme.example',
      port: 5000,
      database: 'orders',
      username: 'bi',
      password: 'pw-secret-1',
      tls: { enabled: true },
    },
  },
  secrets: [password],
  redirectingFields: [host, port, username, ofTls('enabled', false, { ssl: false })],
};

const ROWS: Readonly<Partial<Record<DialectKey, Row>>> = {
  postgres: sqlRow('rdsPostgres'),
  mysql: sqlRow('rdsMysql'),
  clickhouse,
  mongodb: {
    first: {
      config: {
        host: 'db.acme.example',
        database: 'shop',
        username: 'bi',
        password: 'pw-secret-1',
        srv: false,
        options: [{ name: 'replicaSet', value: 'rs-secret-1' }],
      },
    },
    secrets: [
      password,
      {
        path: 'config.options',
        again: { config: { options: [{ name: 'replicaSet', value: 'rs-secret-2' }] } },
        sends: { options: [{ replicaSet: 'rs-secret-2' }] },
      },
    ],
    redirectingFields: [
      host,
      value('port', 'port', 6000, '6000'),
      database,
      username,
      value('srv', 'srv', true, true, 'srv NOT_ALLOWED'),
      {
        ...value('options', 'options', [{ name: 'proxyHost', value: 'rs-secret-3' }], [{ proxyHost: 'rs-secret-3' }], {
          options: null,
        }),
        without: 'config.options',
      },
    ],
  },
  api: {
    first: {
      config: {
        baseUrl: 'https://api.acme.example',
        authentication: { bearer: 'token-secret-1' },
        headers: [{ name: 'X-Api-Key', value: 'entry-secret-1' }],
      },
    },
    secrets: [
      {
        path: 'config.authentication',
        again: { config: { authentication: { bearer: 'token-secret-2' } } },
        sends: { authentication: { type: 'bearer_token', token: 'token-secret-2' } },
      },
      {
        path: 'config.headers',
        again: { config: { headers: [{ name: 'X-Api-Key', value: 'entry-secret-2' }] } },
        sends: { options: [{ 'X-Api-Key': 'entry-secret-2' }] },
      },
    ],
    redirectingFields: [
      value('baseUrl', 'host', 'https://b.acme.example', 'https://b.acme.example', 'baseUrl NOT_ALLOWED'),
      {
        ...value('headers', 'options', [{ name: 'Host', value: 'entry-secret-3' }], [{ Host: 'entry-secret-3' }], {
          options: [],
        }),
        without: 'config.headers',
      },
    ],
  },
  realtimeDb: {
    first: {
      config: {
        databaseUrl: 'https://acme.firebaseio.com',
        authOverrideUid: 'reporting',
        serviceAccountKey: KEY_FILE,
      },
    },
    secrets: [
      {
        path: 'config.serviceAccountKey',
        again: {
          config: {
            serviceAccountKey: {
              replace: `{"private_key_id":"key-secret-2","private_key":${KEY_IN_JSON},"client_email":"bi@acme-app.iam.gserviceaccount.com"}`,
            },
          },
        },
        sends: {
          firebaseServiceAccount: {
            private_key_id: 'key-secret-2',
            private_key: PRIVATE_KEY,
            client_email: 'bi@acme-app.iam.gserviceaccount.com',
          },
        },
      },
    ],
    redirectingFields: [
      value('databaseUrl', 'connectionString', 'https://b.firebaseio.com', 'https://b.firebaseio.com', {
        connectionString: null,
      }),
      value('authOverrideUid', 'username', 'admin', 'admin', 'authOverrideUid NOT_ALLOWED'),
    ],
  },
  customerIo: {
    first: { config: { region: 'eu', apiKey: 'pw-secret-1' } },
    secrets: [secret('apiKey', 'password', 'pw-secret-2')],
    redirectingFields: [value('region', 'host', 'us', 'us', 'region NOT_ALLOWED')],
  },
};

function redirectsOf(dialect: DialectKey, { first, secrets, redirectingFields }: Row): Redirect[] {
  const at = (path: string) =>
    path.startsWith('options.ssh')
      ? path.replace('options.', 'options.chartbrew.')
      : path.replace(/^(config\.)?/, `config.${dialect}.`);
  return redirectingFields.map(({ field, to, sends, files, none, without }): Redirect => {
    const asked = secrets.filter(({ path }) => without === undefined || !path.startsWith(without));
    const issues = asked.map(({ path }) => `${at(path)} SECRET_NEEDED`).toSorted();
    const again = asked.reduce<Settings>((all, one) => joined(all, one.again), {});
    const sent = asked.reduce<Values>((all, one) => merged(all, one.sends), {});
    const parts = asked.reduce<Values>((all, one) => ({ ...all, ...one.files }), {});
    const written = (change: Values, more: Values = {}) => {
      const all = { ...parts, ...more };
      return { sends: merged(sent, change), ...(Object.keys(all).length > 0 && { files: all }) };
    };
    const attemptNone = ({ change, clears }: NonNullable<Piece['none']>): Attempt[] =>
      typeof clears === 'string'
        ? // A field that cannot be cleared has only that issue.
          [
            { change, issues: [at(clears)] },
            { change: joined(again, change), issues: [at(clears)] },
          ]
        : [
            { change, issues },
            { change: joined(again, change), ...written(clears) },
          ];
    const attempts: Attempt[] = [
      { change: to, issues },
      ...(none ? attemptNone(none) : []),
      { change: joined(again, to), ...written(sends, files) },
    ];
    return { vendor: 'chartbrew', dialect, field, saved: first, attempts };
  });
}

const PARTS = { host: 'db.acme.example', port: 5000, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const PARTS_AGAIN = {
  host: 'b.acme.example',
  database: 'orders',
  username: 'bi',
  password: { replace: 'pw-secret-2' },
};
const MISSING = ['database', 'host', 'username'];
const CA = { enabled: true, ca: CERTIFICATE };
const CA_AGAIN = { ca: { replace: OTHER_CERTIFICATE } };
const sentFile = { files: { sslCa: OTHER_CERTIFICATE } };
const urlOf = (dialect: string, at: string) => `${dialect}://bi:url-secret-1@${at}.acme.example/orders`;

/** A connection string and separate fields replace each other. A new connection string needs no stored secret. */
const ofStrings = (dialect: 'postgres' | 'mysql'): Redirect[] => {
  const ca = `config.${dialect}.tls.ca SECRET_NEEDED`;
  const to = { connectionString: { replace: urlOf(dialect, 'new') } };
  const sends = { connectionString: urlOf(dialect, 'new') };
  const move = { vendor: 'chartbrew', dialect, field: 'connectionString' } as const;
  return [
    {
      ...move,
      saved: { config: { connectionString: urlOf(dialect, 'db'), tls: CA } },
      attempts: [
        { change: { config: to }, issues: [ca] },
        {
          change: { config: { connectionString: { clear: true } } },
          issues: [...MISSING.map((field) => `config.${dialect}.${field} REQUIRED`), ca].toSorted(),
        },
        { change: { config: { ...to, tls: CA_AGAIN } }, sends, ...sentFile },
        {
          // Separate fields alone would silently replace the connection string.
          change: { config: { ...PARTS_AGAIN, tls: CA_AGAIN } },
          issues: ['database', 'host', 'password', 'username'].map((field) => `config.${dialect}.${field} EXCLUSIVE`),
        },
        { change: { config: { ...PARTS_AGAIN, connectionString: { clear: true } } }, issues: [ca] },
        {
          change: { config: { ...PARTS_AGAIN, connectionString: { clear: true }, tls: CA_AGAIN } },
          sends: {
            host: 'b.acme.example',
            dbName: 'orders',
            username: 'bi',
            password: 'pw-secret-2',
            connectionString: null,
          },
          ...sentFile,
        },
      ],
    },
    {
      ...move,
      saved: { config: { ...PARTS, tls: CA } },
      attempts: [
        { change: { config: to }, issues: [ca] },
        { change: { config: { ...to, tls: CA_AGAIN } }, sends, ...sentFile },
      ],
    },
  ];
};

/** A connection with only a connection string. */
const ofMongo: Redirect = {
  vendor: 'chartbrew',
  dialect: 'mongodb',
  field: 'connectionString',
  saved: { config: { connectionString: urlOf('mongodb', 'db') } },
  attempts: [
    {
      change: { config: { connectionString: { replace: urlOf('mongodb', 'new') } } },
      sends: { connectionString: urlOf('mongodb', 'new') },
    },
    {
      change: { config: { host: 'b.acme.example', options: [{ name: 'tls', value: 'true' }] } },
      issues: ['config.mongodb.host EXCLUSIVE', 'config.mongodb.options EXCLUSIVE'],
    },
    {
      change: { config: { host: 'b.acme.example', database: 'shop', connectionString: { clear: true } } },
      sends: { host: 'b.acme.example', dbName: 'shop', connectionString: null },
    },
  ],
};

export const chartbrewRedirects: readonly Redirect[] = [
  ofMongo,
  ...Object.entries(ROWS).flatMap(([dialect, row]) => redirectsOf(dialect as DialectKey, row)),
  ...ofStrings('postgres'),
  ...ofStrings('mysql'),
];
