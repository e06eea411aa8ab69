// No field sent to Chartbrew is silently without effect. For every dialect and every field, and for the values
// that make a difference: the field works, is refused, or gets a warning. Typed from the vendor's notes.
import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInputObjectType, type GraphQLInputObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyNth } from '../../support/exhaustive.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { KEY_FILE } from '../create-case.ts';
import { createAndRecord, type Values } from './writes.ts';
import { CERTIFICATE, ENCRYPTED_KEY, OTHER_CERTIFICATE, PRIVATE_KEY } from '../../support/keys.ts';

const schema = buildSchema(readFileSync(new URL('../../../schema/schema.graphql', import.meta.url), 'utf8'));

type Outcome = 'works' | 'refused' | 'warned';
/** Values by path. Paths of Chartbrew's options begin with `options.`. */
type Beside = Readonly<Record<string, unknown>>;
type Sample = readonly [field: string, value: unknown, outcome: Outcome, beside?: Beside];

interface Row {
  readonly dialect: string;
  readonly type: string;
  /** The required fields. */
  readonly base: Beside;
  readonly samples: readonly Sample[];
}

const server = { host: 'db.acme.example', database: 'orders', username: 'bi' };
const NOTHING_BESIDE = { host: undefined, database: undefined, username: undefined };
const ON = { 'tls.enabled': true };
const TUNNEL = {
  'options.ssh.enabled': true,
  'options.ssh.host': 'ssh.acme.example',
  'options.ssh.username': 'hop',
  'options.ssh.privateKey': ENCRYPTED_KEY,
  'options.ssh.passphrase': 'pass-secret-1',
};
const TUNNEL_OFF = { 'options.ssh.enabled': false };

const SHARED: readonly Sample[] = [
  ['options.projectIds', [3], 'works'],
  // A text that Chartbrew stores and returns.
  ['options.active', false, 'works'],
];

const SSH: readonly (readonly [name: string, value: unknown])[] = [
  ['host', 'ssh.acme.example'],
  ['port', 2222],
  ['username', 'hop'],
  ['jumpHost', 'jump.acme.example'],
  ['jumpPort', 2223],
  ['password', 'ssh-secret-1'],
  ['privateKey', PRIVATE_KEY],
  ['passphrase', 'pass-secret-1'],
];

const TUNNELLED: readonly Sample[] = [
  ['options.ssh.enabled', true, 'works', TUNNEL],
  ['options.ssh.enabled', false, 'works'],
  ...SSH.flatMap(([name, value]): Sample[] => [
    [`options.ssh.${name}`, value, name.startsWith('jump') ? 'warned' : 'works', TUNNEL],
    [`options.ssh.${name}`, value, 'warned', TUNNEL_OFF],
  ]),
];

const WITHOUT_TUNNEL: readonly Sample[] = [
  ['options.ssh.enabled', true, 'refused'],
  ...SSH.map(([name, value]): Sample => [`options.ssh.${name}`, value, 'refused', TUNNEL]),
];

const SERVER: readonly Sample[] = [
  ['host', 'db2.acme.example', 'works'],
  ['host', 'db.acme.example:5432', 'refused'],
  ['port', 5000, 'works'],
  ['database', 'sales', 'works'],
  ['username', 'bi2', 'works'],
];

const TLS_REFUSED: readonly Sample[] = [
  ['tls.enabled', true, 'refused'],
  ['tls.verify', true, 'refused'],
  ['tls.mode', 'verify-full', 'refused'],
  ['tls.ca', CERTIFICATE, 'refused'],
  ['tls.certificate', OTHER_CERTIFICATE, 'refused'],
  ['tls.key', PRIVATE_KEY, 'refused'],
];

const sql = (dialect: string, type: string): Row => ({
  dialect,
  type,
  base: server,
  samples: [
    ...SERVER,
    ['password', 'pw-secret-1', 'works'],
    ['schema', 'public', 'refused'],
    ['tls.enabled', true, 'works'],
    ['tls.enabled', false, 'works'],
    ['tls.verify', true, 'works', ON],
    ['tls.verify', false, 'works', ON],
    ['tls.mode', 'require', 'works', ON],
    ['tls.mode', 'verify-ca', 'works', ON],
    ['tls.mode', 'verify-full', 'works', ON],
    ['tls.mode', 'prefer', 'warned', ON],
    ['tls.mode', 'disable', 'refused', ON],
    ['tls.mode', 'allow', 'refused', ON],
    ['tls.ca', CERTIFICATE, 'works', ON],
    ['tls.ca', CERTIFICATE, 'works', { ...ON, 'tls.mode': 'verify-ca' }],
    ['tls.ca', CERTIFICATE, 'warned', { ...ON, 'tls.mode': 'require' }],
    ['tls.ca', CERTIFICATE, 'warned', { ...ON, 'tls.verify': false }],
    ['tls.certificate', OTHER_CERTIFICATE, 'warned', ON],
    ['tls.certificate', OTHER_CERTIFICATE, 'works', { ...ON, 'tls.key': PRIVATE_KEY }],
    ['tls.certificate', OTHER_CERTIFICATE, 'warned', { ...ON, 'tls.key': PRIVATE_KEY, 'tls.mode': 'verify-ca' }],
    ['tls.key', PRIVATE_KEY, 'warned', ON],
    ['tls.key', PRIVATE_KEY, 'works', { ...ON, 'tls.certificate': OTHER_CERTIFICATE }],
    ['tls.key', PRIVATE_KEY, 'warned', { ...ON, 'tls.certificate': OTHER_CERTIFICATE, 'tls.verify': false }],
    ['connectionString', `${dialect}://bi:url-secret-1@db.acme.example/orders`, 'works', NOTHING_BESIDE],
    ['flavor', 'RDS', 'works'],
    ...SHARED,
    ...TUNNELLED,
  ],
});

const ROWS: readonly Row[] = [
  {
    ...sql('postgres', 'PostgresInput'),
    samples: [
      ...sql('postgres', 'PostgresInput').samples,
      ['flavor', 'TIMESCALE', 'works'],
      ['flavor', 'SUPABASE', 'works'],
      ['tls.enabled', false, 'warned', { flavor: 'TIMESCALE' }],
    ],
  },
  {
    ...sql('mysql', 'MySqlInput'),
    samples: [...sql('mysql', 'MySqlInput').samples, ['flavor', 'TIMESCALE', 'refused']],
  },
  {
    dialect: 'clickhouse',
    type: 'ClickHouseInput',
    base: server,
    samples: [
      ...SERVER,
      ['password', 'pw-secret-1', 'works'],
      ['schema', 'public', 'refused'],
      ['tls.enabled', true, 'works'],
      ['tls.enabled', false, 'works'],
      ['tls.verify', true, 'works', ON],
      ['tls.verify', false, 'refused', ON],
      ['tls.mode', 'verify-full', 'refused', ON],
      ['tls.ca', CERTIFICATE, 'refused', ON],
      ['tls.certificate', OTHER_CERTIFICATE, 'refused', ON],
      ['tls.key', PRIVATE_KEY, 'refused', ON],
      ...SHARED,
      ...WITHOUT_TUNNEL,
    ],
  },
  {
    dialect: 'mongodb',
    type: 'MongoDbInput',
    base: { host: 'mongo.acme.example', database: 'shop' },
    samples: [
      ['host', 'mongo2.acme.example', 'works'],
      ['host', 'a.acme.example,b.acme.example', 'refused'],
      ['port', 27_018, 'works'],
      ['port', 27_018, 'refused', { srv: true }],
      ['database', 'sales', 'works'],
      ['database', 'sales?tls=false', 'refused'],
      ['username', 'bi', 'works', { password: 'pw-secret-1' }],
      ['username', 'bi', 'warned'],
      ['password', 'pw-secret-1', 'works', { username: 'bi' }],
      ['password', 'pw-secret-1', 'warned'],
      ['connectionString', 'mongodb://bi:url-secret-1@db.acme.example/shop', 'works', NOTHING_BESIDE],
      ['srv', true, 'works'],
      ['srv', false, 'works'],
      ['options', [{ name: 'tls', value: 'true' }], 'works'],
      ...TLS_REFUSED,
      ...SHARED,
      ...WITHOUT_TUNNEL,
    ],
  },
  {
    dialect: 'api',
    type: 'ApiInput',
    base: { baseUrl: 'https://api.acme.example' },
    samples: [
      ['baseUrl', 'https://api2.acme.example', 'works'],
      ['authentication.basic.username', 'bi', 'works', { 'authentication.basic.password': 'pw-secret-1' }],
      ['authentication.basic.password', 'pw-secret-1', 'works', { 'authentication.basic.username': 'bi' }],
      ['authentication.bearer', 'token-secret-1', 'works'],
      ['headers', [{ name: 'X-Api-Key', value: 'entry-secret-1' }], 'works'],
      ...SHARED,
      ...WITHOUT_TUNNEL,
    ],
  },
  {
    dialect: 'realtimeDb',
    type: 'RealtimeDbInput',
    base: { serviceAccountKey: KEY_FILE },
    samples: [
      ['databaseUrl', 'https://acme.firebaseio.com', 'works'],
      ['authOverrideUid', 'reporting', 'works'],
      ['serviceAccountKey', KEY_FILE, 'works'],
      ...SHARED,
      ...WITHOUT_TUNNEL,
    ],
  },
  {
    dialect: 'firestore',
    type: 'FirestoreInput',
    base: { serviceAccountKey: KEY_FILE },
    samples: [['serviceAccountKey', KEY_FILE, 'works'], ...SHARED, ...WITHOUT_TUNNEL],
  },
  {
    dialect: 'googleAnalytics',
    type: 'GoogleAnalyticsInput',
    base: { oauthId: '6f1c1f5e-8f0a-4c0e-9a55-0d2b6f5a7c11' },
    samples: [['oauthId', '0c6f9b1e-52a4-4f0e-9d3c-6a1f7d1b2c33', 'works'], ...SHARED, ...WITHOUT_TUNNEL],
  },
  {
    dialect: 'customerIo',
    type: 'CustomerIoInput',
    base: { region: 'eu', apiKey: 'pw-secret-1' },
    samples: [
      ['region', 'us', 'works'],
      ['region', 'apac', 'refused'],
      ['apiKey', 'pw-secret-2', 'works'],
      ...SHARED,
      ...WITHOUT_TUNNEL,
    ],
  },
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

function put(tree: Record<string, unknown>, path: string, value: unknown): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let place = tree;
  for (const step of steps) place = (place[step] ??= {}) as Record<string, unknown>;
  place[last] = value;
}

/** Returns the path by which issues and warnings name a field. */
const placeOf = (dialect: string, field: string): string =>
  field.startsWith('options.') ? field.replace('options.', 'options.chartbrew.') : `config.${dialect}.${field}`;

function settingsOf(dialect: string, values: Beside) {
  const tree: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    put(tree, path.startsWith('options.') ? path : `config.${dialect}.${path}`, value);
  }
  return tree as { config: Values; options?: Values };
}

const cases = ROWS.flatMap(({ dialect, base, samples }) =>
  samples.map(([field, value, outcome, beside = {}]) => ({ dialect, base, field, value, outcome, beside })),
);

describe('A new connection at Chartbrew', () => {
  it.each(everyNth(cases, 3))(
    'a create of $dialect: the field $field with $value and $beside is $outcome',
    async (one) => {
      const { dialect, base, field, value, outcome, beside } = one;
      const { issues, warnings, bodies } = await createAndRecord(
        gateway,
        settingsOf(dialect, { ...base, ...beside, [field]: value }),
      );
      const place = placeOf(dialect, field);
      const isAt = (lines: readonly string[]) => lines.some((line) => line.startsWith(`${place} `));
      const found: Outcome = isAt(issues) ? 'refused' : isAt(warnings) ? 'warned' : 'works';
      expect(found).toBe(outcome);
      expect(issues.length > 0).toBe(outcome === 'refused');
      expect(bodies.length > 0).toBe(outcome !== 'refused');
    },
  );
});

/** Returns the leaf fields. A list of entries is one field. */
function fieldsOf(type: GraphQLInputObjectType, prefix = ''): string[] {
  return Object.values(type.getFields()).flatMap(({ name, type: of }) => {
    const named = getNamedType(of);
    const isList = String(of).startsWith('[');
    return isInputObjectType(named) && !isList ? fieldsOf(named, `${prefix}${name}.`) : [prefix + name];
  });
}

const inputType = (name: string) => schema.getType(name) as GraphQLInputObjectType;

describe('The table of the effects of fields at Chartbrew', () => {
  it.each(ROWS)('the table has every field of $dialect', ({ type, samples }) => {
    const fields = [
      ...fieldsOf(inputType(type)),
      ...fieldsOf(inputType('ChartbrewOptionsInput')).map((name) => `options.${name}`),
    ];
    expect([...new Set(samples.map(([field]) => field))].toSorted()).toEqual(fields.toSorted());
  });

  it('the table has every dialect that Chartbrew accepts', () => {
    expect(ROWS.map(({ dialect }) => dialect).toSorted()).toEqual([
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
