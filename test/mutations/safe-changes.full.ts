// Each field of each dialect at each vendor is changed alone on a saved connection that has secrets. The update either asks for
// the secrets (SECRET_NEEDED, nothing written), or the field stands in the table of docs/secrets.md. The table has no other field.
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chartbrewCreateCases } from '../contract/chartbrew/create-cases/index.ts';
import { credibleCreateCases } from '../contract/credible/create-cases/index.ts';
import { lookerCreateCases } from '../contract/looker/create-cases/index.ts';
import { omniCreateCases } from '../contract/omni/create-cases/index.ts';
import type { CreateCase } from '../contract/create-case.ts';
import { merged } from './redirects/redirect.ts';
import { create } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';

type Values = Readonly<Record<string, unknown>>;
type Schema = Values & { readonly properties?: Readonly<Record<string, Schema>> };

const CELLS = {
  looker: lookerCreateCases,
  omni: omniCreateCases,
  credible: credibleCreateCases,
  chartbrew: chartbrewCreateCases,
} as const;
const VENDORS = Object.keys(CELLS) as VendorName[];

/** Another valid value for each field, by the end of its path. */
const OTHER: Values = {
  authentication: { basic: { username: 'other', password: 'other-secret-1' } },
  attached: [{ name: 'other', source: { gcs: { keyId: 'GOOG1OTHER', secret: 'other-secret-1' } } }],
  headers: [{ name: 'X-Other', value: 'other-secret-1' }],
  options: [{ name: 'appName', value: 'other-secret-1' }],
  'pdtOverride.host': 'other.acme.example',
  'pdtOverride.username': 'other_builder',
  account: 'other-account',
  authOverrideUid: 'other-user',
  authorizationUrl: 'https://other.acme.example/authorize',
  baseUrl: 'https://other.acme.example/v1',
  databaseUrl: 'https://other.firebaseio.com',
  dbTimezone: 'America/New_York',
  endpoint: 'other.acme.example',
  host: 'other.acme.example',
  hostOverride: 'other.privatelink.example',
  httpPath: '/sql/1.0/warehouses/other',
  jumpHost: 'other.acme.example',
  maxBillingGigabytes: '7',
  maximumBytesBilled: '7000000',
  privateKey: '-----BEGIN PRIVATE KEY-----\nother-secret-1\n-----END PRIVATE KEY-----\n',
  queryTimezone: 'America/New_York',
  region: 'us',
  s3StagingDir: 's3://other-results/',
  serviceAccountEmail: 'other@acme-web.iam.gserviceaccount.com',
  serviceAccountKey:
    '{"type":"service_account","project_id":"acme-web","private_key":"other-secret-1","client_email":"other@acme-web.iam.gserviceaccount.com"}',
  'tls.ca': '-----BEGIN CERTIFICATE-----\nother-secret-1\n-----END CERTIFICATE-----\n',
  'tls.certificate': '-----BEGIN CERTIFICATE-----\nother-secret-1\n-----END CERTIFICATE-----\n',
  'tls.key': '-----BEGIN PRIVATE KEY-----\nother-secret-1\n-----END PRIVATE KEY-----\n',
  tmpHost: 'other.acme.example',
  tokenUrl: 'https://other.acme.example/token',
  includeTables: ['other.*'],
  excludeTables: ['other.*'],
  projectIds: [77],
  userAttributeFields: ['username'],
  'environmentUserAttribute.attributeName': 'other_attribute',
  'environmentUserAttribute.defaultValues': ['other'],
  certificate: { body: 'eyJjbGllbnRfZW1haWwiOiJvQGV4YW1wbGUuY29tIn0=', fileType: 'JSON' },
};

const STRING = 'bi:other-secret-1@other.acme.example:5432/orders';
const SCHEMES: Values = { mysql: 'mysql', mongodb: 'mongodb', postgres: 'postgres' };

const other = (key: string): unknown =>
  Object.entries(OTHER).find(([name]) => key === name || key.endsWith(`.${name}`))?.[1];

/** The values to try for a field, from its JSON Schema. */
function valuesFor(dialect: string, key: string, schema: Schema): unknown[] {
  if (key === 'connectionString') return [`${String(SCHEMES[dialect])}://${STRING}`];
  const known = other(key);
  if (known !== undefined) return [known];
  if (Array.isArray(schema['oneOf'])) return (schema['oneOf'] as Values[]).flatMap((one) => one['const'] ?? []);
  if (Array.isArray(schema['enum'])) return schema['enum'] as unknown[];
  if (schema['const'] !== undefined) return [schema['const']];
  if (schema['type'] === 'boolean') return [true, false];
  if (schema['type'] === 'integer') return [7];
  return ['other-7'];
}

interface Field {
  readonly key: string;
  readonly isSecret: boolean;
  readonly isClearable: boolean;
  readonly values: readonly unknown[];
}

/** Returns whether single fields of a group can be changed. One-of groups, lists and key files are replaced as a whole. */
const UNITS = new Set(['authentication', 'attached', 'headers', 'options', 'certificate', 'pdtOverride.certificate']);

function fieldsIn(dialect: string, schema: Schema | null, prefix = ''): Field[] {
  return Object.entries(schema?.properties ?? {}).flatMap(([name, property]): Field[] => {
    const key = prefix + name;
    const isUnit = UNITS.has(key);
    if (property.properties && !isUnit) {
      const inside = fieldsIn(dialect, property, `${key}.`);
      const group = { key, isSecret: false, isClearable: true, values: [] };
      return property['x-clearable'] === true ? [...inside, group] : inside;
    }
    return [
      {
        key,
        isSecret: property['writeOnly'] === true || key.endsWith('certificate') || key === 'afterConnectStatements',
        isClearable: property['x-clearable'] === true,
        values: valuesFor(dialect, key, property),
      },
    ];
  });
}

/** Returns the other fields that the schema requires with a field. */
const BESIDE: Readonly<Record<string, Values>> = {
  'environmentUserAttribute.defaultValues': { attributeName: 'other_attribute' },
};

function nested(key: string, value: unknown): Values {
  const steps = key.split('.');
  const last = { ...BESIDE[key], [steps.pop() ?? key]: value };
  return steps.reduceRight<unknown>((inner, step) => ({ [step]: inner }), last) as Values;
}

const CATALOGUE = `{ dialects { inputField support { vendor status updateSchema updateOptionsSchema } } }`;
const UPDATE = `mutation ($input: UpdateConnectionInput!) { result: updateConnection(input: $input) {
  __typename ... on ValidationError { issues { path code message } } ... on Error { message }
} }`;

/** The result of an update of one field. */
type Outcome = 'asked' | 'done' | 'unchanged' | 'refused';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const size = (value: unknown): number =>
  value !== null && typeof value === 'object'
    ? Object.values(value).reduce((sum: number, one) => sum + size(one), 0)
    : 1;

/** Returns the case with a secret that has the most fields. */
const baseOf = (vendor: VendorName, dialect: string): CreateCase | undefined =>
  CELLS[vendor]
    .filter((cell) => cell.dialect === dialect && cell.setSecrets.length > 0)
    .toSorted((one, two) => size([two.config, two.options]) - size([one.config, one.options]))[0];

async function attempt(vendor: VendorName, id: string, change: Values): Promise<Outcome> {
  const before = (await gateway.received(vendor)).length;
  const { data, text } = await gateway.ask(UPDATE, { input: { id, ...change } });
  if (!data) throw new Error(text);
  const writes = (await gateway.received(vendor)).slice(before).filter(({ method }) => method !== 'GET');
  if (data.result.__typename === 'UpdateConnectionSuccess') return writes.length > 0 ? 'done' : 'unchanged';
  expect(data.result.__typename, text).toBe('ValidationError');
  const codes = (data.result.issues as { code: string }[]).map(({ code }) => code);
  if (codes.includes('SECRET_NEEDED')) {
    expect(writes).toEqual([]);
    return 'asked';
  }
  return 'refused';
}

/** Returns the fields of the table, such as `config.database` of each dialect or `options.looker.maxQueries`. */
async function readTable(): Promise<Set<string>> {
  const page = await readFile(new URL('../../docs/secrets.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` \| ([^|]+) \| (.+) \|$/gm)];
  return new Set(
    rows.flatMap(([, field = '', where = '', why = '']) => {
      expect(why.length).toBeGreaterThan(20);
      return where.split(', ').map((dialect) => field.replace('<dialect>', dialect.trim()));
    }),
  );
}

interface Walked {
  readonly vendor: VendorName;
  readonly place: string;
  readonly outcome: Outcome;
}

/** Fields that are provided as a whole with all secrets of the connection, so that no stored secret remains. */
const BRINGS_ALL_SECRETS = [
  'config.duckdb.attached',
  'config.mongodb.connectionString',
  'config.mysql.connectionString',
  'config.postgres.connectionString',
];

/** Fields that a create cannot set. An update sets them first, so that there is a value to clear. */
const FIRST: Readonly<Record<string, Values>> = {
  environmentUserAttribute: { environmentUserAttribute: { attributeName: 'first_attribute' } },
};

/** Returns a function that updates a field of a saved connection. It creates a new connection after each success. */
function createWalker(vendor: VendorName, base: CreateCase) {
  let id: string | null = null;
  const make = async ({ dialect, config, options }: CreateCase): Promise<string | null> => {
    await gateway.reset(vendor);
    const input = { instance: vendor, name: 'walked', config: { [dialect]: config }, ...(options && { options }) };
    const { result } = await create(gateway, input);
    return result.connection?.id ?? null;
  };
  const saved = async (): Promise<string> => {
    id ??= await make(base);
    if (id === null) throw new Error(`${vendor} does not take the connection to ${base.dialect}.`);
    return id;
  };
  /** Returns the settings with a flag inverted, if the vendor accepts that. */
  const savedWithout = async (side: 'config' | 'options', key: string, value: unknown): Promise<string> => {
    if (value === null && FIRST[key]) {
      id = null;
      await attempt(vendor, await saved(), { options: { [vendor]: FIRST[key] } });
    }
    // Looker erases the stored credentials with per-user credentials, so there is no secret left to protect.
    if (typeof value !== 'boolean' || key === 'usesUserCredentials') return saved();
    const turned = nested(key, !value);
    const options = merged(base.options, { [vendor]: turned });
    id = await make(side === 'config' ? { ...base, config: merged(base.config, turned) } : { ...base, options });
    return saved();
  };
  return async (side: 'config' | 'options', { key, isSecret, isClearable, values }: Field): Promise<Walked[]> => {
    const owner = side === 'config' ? base.dialect : vendor;
    const place = `${side}.${owner}.${key}`;
    const tries: (readonly [string, unknown])[] = [
      ...values.map((one) => [one === true ? `${place}: true` : place, isSecret ? { replace: one } : one] as const),
      ...(isClearable ? [[`${place}: null`, isSecret ? { clear: true } : null] as const] : []),
    ];
    const walked: Walked[] = [];
    for (const [name, value] of tries) {
      const outcome = await attempt(vendor, await savedWithout(side, key, value), {
        [side]: { [owner]: nested(key, value) },
      });
      walked.push({ vendor, place: name, outcome });
      if (outcome === 'done' || typeof value === 'boolean') id = null;
    }
    return walked;
  };
}

async function walkAll(): Promise<Walked[]> {
  const { data } = await gateway.ask(CATALOGUE);
  const walked: Walked[] = [];
  for (const vendor of VENDORS) {
    const bases = CELLS[vendor].map(({ dialect }) => baseOf(vendor, dialect));
    const fullest = [...new Set(bases)].toSorted((one, two) => size(two?.options) - size(one?.options));
    for (const base of fullest) {
      if (!base) continue;
      const { support } = data.dialects.find(({ inputField }: Values) => inputField === base.dialect);
      const row = support.find((one: Values) => one['vendor'] === vendor.toUpperCase());
      const walk = createWalker(vendor, base);
      for (const field of fieldsIn(base.dialect, row.updateSchema)) walked.push(...(await walk('config', field)));
      for (const field of fieldsIn(base.dialect, row.updateOptionsSchema))
        walked.push(...(await walk('options', field)));
    }
  }
  return walked;
}

const withoutValue = (place: string): string => place.replace(/: (true|null)$/, '');

it('an update of any field outside the table requires the stored secrets', async () => {
  const table = await readTable();
  const walked = await walkAll();
  const of = (outcome: Outcome) => walked.filter((one) => one.outcome === outcome);
  process.stdout.write(
    `changes of one field: ${walked.length} tried, ${of('asked').length} asked for secrets, ${of('done').length} done, ` +
      `${of('unchanged').length} without a change, ${of('refused').length} refused for another reason\n`,
  );
  const isSafe = ({ place }: Walked) =>
    table.has(place) || table.has(withoutValue(place)) || BRINGS_ALL_SECRETS.includes(place);
  expect(of('done').filter((one) => !isSafe(one))).toEqual([]);
  const isListed = ({ place }: Walked) => table.has(place) || table.has(withoutValue(place));
  // Credible replaces all settings at once, so each change of `config` requires the secrets.
  const differs = (one: Walked) => one.vendor !== 'credible' && isListed(one);
  expect(
    of('asked')
      .filter(differs)
      .map(({ vendor, place }) => `${vendor} ${place}`),
  ).toEqual([]);
  const done = new Set(of('done').map(({ place }) => withoutValue(place)));
  const walkedPlaces = new Set(of('done').map(({ place }) => place));
  // A passphrase requires a key pair, but the Snowflake case with the most fields at Looker signs in by password.
  const notWalked = [...table].filter((row) => !walkedPlaces.has(row) && !done.has(row));
  expect(notWalked).toEqual(['config.snowflake.privateKeyPassphrase']);
}, 120_000);
