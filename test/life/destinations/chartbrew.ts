// What leads elsewhere at Chartbrew: hosts, ports, URLs and connection strings, and the tunnel of a SQL server. Of its secrets
// only a connection string, headers, URL options and the sign-in of an API can be cleared.
import { KEY_FILE, type DialectKey } from '../../contract/cells/cell.ts';
import { joined, merged, type Attempt, type Move, type Settings, type Values } from './move.ts';
import { CERTIFICATE, KEY_IN_JSON, OTHER_CERTIFICATE, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../../support/keys.ts';

interface Row {
  readonly first: Settings;
  /** Paths of the secrets that are kept. */
  readonly needed: readonly string[];
  readonly again: Settings;
  readonly sent: Values;
  readonly files?: Values;
  readonly moves: readonly Piece[];
}

interface Piece {
  readonly field: string;
  readonly to: Settings;
  readonly sends: Values;
  /** Missing where there is none at first. */
  readonly none?: {
    readonly change: Settings;
    /** What is written; or why there cannot be none. */ readonly clears: Values | string;
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

const ofTunnel = (field: string, wire: string, to: unknown): Piece => ({
  field: `ssh.${field}`,
  to: { options: { ssh: { [field]: to } } },
  sends: { [wire]: to },
  none: { change: { options: { ssh: { [field]: null } } }, clears: `options.ssh.${field} NOT_ALLOWED` },
});

const FILES = { tls: { certificate: CERTIFICATE, key: OTHER_PRIVATE_KEY } };
const TUNNEL = {
  enabled: true,
  host: 'ssh.acme.example',
  port: 22,
  username: 'hop',
  jumpHost: 'jump.acme.example',
  jumpPort: 23,
  password: 'ssh-secret-1',
  passphrase: 'ssh-secret-2',
  privateKey: PRIVATE_KEY,
};

const sql: Row = {
  first: {
    config: {
      host: 'db.acme.example',
      port: 5000,
      database: 'orders',
      username: 'bi',
      password: 'pw-secret-1',
      tls: { enabled: true, ...FILES.tls },
    },
    options: { ssh: TUNNEL },
  },
  needed: [
    'config.password',
    'config.tls.certificate',
    'config.tls.key',
    'options.ssh.passphrase',
    'options.ssh.password',
    'options.ssh.privateKey',
  ],
  again: {
    config: {
      password: { replace: 'pw-secret-4' },
      tls: { certificate: { replace: OTHER_CERTIFICATE }, key: { replace: PRIVATE_KEY } },
    },
    options: {
      ssh: {
        password: { replace: 'ssh-secret-4' },
        passphrase: { replace: 'ssh-secret-5' },
        privateKey: { replace: OTHER_PRIVATE_KEY },
      },
    },
  },
  sent: { password: 'pw-secret-4', sshPassword: 'ssh-secret-4', sshPassphrase: 'ssh-secret-5' },
  files: { sslCert: OTHER_CERTIFICATE, sslKey: PRIVATE_KEY, sshPrivateKey: OTHER_PRIVATE_KEY },
  moves: [
    host,
    port,
    ofTunnel('host', 'sshHost', 'ssh2.acme.example'),
    ofTunnel('port', 'sshPort', 2222),
    ofTunnel('jumpHost', 'sshJumpHost', 'jump2.acme.example'),
    ofTunnel('jumpPort', 'sshJumpPort', 2223),
    // With it off, the password goes to what has the host's name in Chartbrew's own network.
    ofTunnel('enabled', 'useSsh', false),
  ],
};

const ROWS: Readonly<Partial<Record<DialectKey, Row>>> = {
  postgres: sql,
  mysql: sql,
  clickhouse: sql,
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
    needed: ['config.options', 'config.password'],
    again: {
      config: { password: { replace: 'pw-secret-2' }, options: [{ name: 'replicaSet', value: 'rs-secret-2' }] },
    },
    sent: { password: 'pw-secret-2', options: [{ replicaSet: 'rs-secret-2' }] },
    moves: [host, value('port', 'port', 6000, '6000'), value('srv', 'srv', true, true, 'srv NOT_ALLOWED')],
  },
  api: {
    first: {
      config: {
        baseUrl: 'https://api.acme.example',
        authentication: { bearer: 'token-secret-1' },
        headers: [{ name: 'X-Api-Key', value: 'entry-secret-1' }],
      },
    },
    needed: ['config.authentication', 'config.headers'],
    again: {
      config: {
        authentication: { bearer: 'token-secret-2' },
        headers: [{ name: 'X-Api-Key', value: 'entry-secret-2' }],
      },
    },
    sent: {
      authentication: { type: 'bearer_token', token: 'token-secret-2' },
      options: [{ 'X-Api-Key': 'entry-secret-2' }],
    },
    moves: [value('baseUrl', 'host', 'https://b.acme.example', 'https://b.acme.example', 'baseUrl NOT_ALLOWED')],
  },
  realtimeDb: {
    first: { config: { databaseUrl: 'https://acme.firebaseio.com', serviceAccountKey: KEY_FILE } },
    needed: ['config.serviceAccountKey'],
    again: {
      config: { serviceAccountKey: { replace: `{"private_key_id":"key-secret-2","private_key":${KEY_IN_JSON}}` } },
    },
    sent: { firebaseServiceAccount: { private_key_id: 'key-secret-2', private_key: PRIVATE_KEY } },
    moves: [
      value('databaseUrl', 'connectionString', 'https://b.firebaseio.com', 'https://b.firebaseio.com', {
        connectionString: null,
      }),
    ],
  },
  customerIo: {
    first: { config: { region: 'eu', apiKey: 'pw-secret-1' } },
    needed: ['config.apiKey'],
    again: { config: { apiKey: { replace: 'pw-secret-2' } } },
    sent: { password: 'pw-secret-2' },
    moves: [value('region', 'host', 'us', 'us', 'region NOT_ALLOWED')],
  },
};

function movesOf(dialect: DialectKey, { first, needed, again, sent, files, moves }: Row): Move[] {
  const at = (path: string) =>
    path.startsWith('options.ssh')
      ? path.replace('options.', 'options.chartbrew.')
      : path.replace(/^(config\.)?/, `config.${dialect}.`);
  const issues = needed.map((path) => `${at(path)} SECRET_NEEDED`).toSorted();
  const withFiles = files && { files };
  const attemptNone = ({ change, clears }: NonNullable<Piece['none']>): Attempt[] =>
    typeof clears === 'string'
      ? // What cannot be cleared at all is told alone.
        [
          { change, issues: [at(clears)] },
          { change: joined(again, change), issues: [at(clears)] },
        ]
      : [
          { change, issues },
          { change: joined(again, change), sends: merged(sent, clears), ...withFiles },
        ];
  return moves.map(({ field, to, sends, none }): Move => {
    const attempts: Attempt[] = [
      { change: to, issues },
      ...(none ? attemptNone(none) : []),
      { change: joined(again, to), sends: merged(sent, sends), ...withFiles },
    ];
    return { vendor: 'chartbrew', dialect, field, first, attempts };
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

/** A connection string takes the place of the parts, and they of it; another string is the whole way there. */
const ofStrings = (dialect: 'postgres' | 'mysql'): Move[] => {
  const ca = `config.${dialect}.tls.ca SECRET_NEEDED`;
  const to = { connectionString: { replace: urlOf(dialect, 'new') } };
  const sends = { connectionString: urlOf(dialect, 'new') };
  const move = { vendor: 'chartbrew', dialect, field: 'connectionString' } as const;
  return [
    {
      ...move,
      first: { config: { connectionString: urlOf(dialect, 'db'), tls: CA } },
      attempts: [
        { change: { config: to }, issues: [ca] },
        {
          change: { config: { connectionString: { clear: true } } },
          issues: [...MISSING.map((one) => `config.${dialect}.${one} REQUIRED`), ca].toSorted(),
        },
        { change: { config: { ...to, tls: CA_AGAIN } }, sends, ...sentFile },
        { change: { config: PARTS_AGAIN }, issues: [ca] },
        {
          change: { config: { ...PARTS_AGAIN, tls: CA_AGAIN } },
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
      first: { config: { ...PARTS, tls: CA } },
      attempts: [
        { change: { config: to }, issues: [ca] },
        { change: { config: { ...to, tls: CA_AGAIN } }, sends, ...sentFile },
      ],
    },
  ];
};

/** Nothing but the string itself is kept there. */
const ofMongo: Move = {
  vendor: 'chartbrew',
  dialect: 'mongodb',
  field: 'connectionString',
  first: { config: { connectionString: urlOf('mongodb', 'db') } },
  attempts: [
    {
      change: { config: { connectionString: { replace: urlOf('mongodb', 'new') } } },
      sends: { connectionString: urlOf('mongodb', 'new') },
    },
    {
      change: { config: { host: 'b.acme.example', database: 'shop' } },
      sends: { host: 'b.acme.example', dbName: 'shop', connectionString: null },
    },
  ],
};

export const chartbrewMoves: readonly Move[] = [
  ofMongo,
  ...Object.entries(ROWS).flatMap(([dialect, row]) => movesOf(dialect as DialectKey, row)),
  ...ofStrings('postgres'),
  ...ofStrings('mysql'),
];
