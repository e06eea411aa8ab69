// What is read of a connection is taken for a new one: each row of each sandbox vendor is read with all its settings, every
// secret is given anew, and the same is created again. A row that is refused is refused for the reason that stands here.
import { readFileSync } from 'node:fs';
import { buildSchema, getNamedType, isInputObjectType, isObjectType, type GraphQLType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { create, issuesOf } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';

type Values = Readonly<Record<string, unknown>>;

const schema = buildSchema(readFileSync(new URL('../../schema/schema.graphql', import.meta.url), 'utf8'));
const TYPES = { looker: 'Looker', omni: 'Omni', credible: 'Credible', chartbrew: 'Chartbrew' } as const;
const VENDORS = Object.keys(TYPES) as VendorName[];

function fieldsOf(name: string): Readonly<Record<string, { readonly name: string; readonly type: GraphQLType }>> {
  const type = schema.getType(name);
  if (!isObjectType(type) && !isInputObjectType(type)) throw new Error(`${name} has no fields.`);
  return type.getFields();
}

const nameOf = (type: GraphQLType): string => getNamedType(type).name;

/** The fields of an output type that the input type has too. */
function selectionOf(output: string, input: string): string {
  const taken = fieldsOf(input);
  const parts = Object.values(fieldsOf(output)).flatMap(({ name, type }) => {
    if (!taken[name]) return [];
    const named = nameOf(type);
    const inside = nameOf(taken[name].type);
    if (name === 'source') return [`source { __typename ${membersOf('DuckDbSourceInput')} }`];
    if (name === 'authentication') return ['authentication { kind basic { username password { status } } }'];
    if (named === 'MaskedSecret') return [`${name} { status }`];
    if (named === 'MaskedEntry') return [`${name} { name value { status } }`];
    return [isObjectType(schema.getType(named)) ? `${name} { ${selectionOf(named, inside)} }` : name];
  });
  return parts.length === 0 ? '__typename' : parts.join(' ');
}

/** A fragment for each alternative of an input. */
const membersOf = (input: string): string =>
  Object.values(fieldsOf(input))
    .map(({ type }) => nameOf(type))
    .map((name) => [name.replace(/Input$/, 'Config'), name] as const)
    .map(([output, name]) => `... on ${output} { ${selectionOf(output, name)} }`)
    .join(' ');

const detailsOf = (vendor: VendorName): string => {
  const name = TYPES[vendor];
  return `... on ${name}Details { ${selectionOf(`${name}Details`, `${name}OptionsInput`)} }`;
};

const PEM = '-----BEGIN PRIVATE KEY-----\nanew-secret-1\n-----END PRIVATE KEY-----\n';
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nanew-secret-1\n-----END CERTIFICATE-----\n';
const KEY_FILE =
  '{"type":"service_account","project_id":"acme-web","private_key":"anew-secret-1","client_email":"bi@acme-web.iam.gserviceaccount.com"}';

/** A secret to give anew, by the name of its field; any other is a password. */
const ANEW: Values = {
  serviceAccountKey: KEY_FILE,
  serviceAccountKeyJson: KEY_FILE,
  privateKey: PEM,
  key: PEM,
  certificate: CERTIFICATE,
  ca: CERTIFICATE,
  jdbcAdditionalParams: 'loginTimeout=5',
  afterConnectStatements: 'SET ROLE reporting',
};

/** Secrets that a sign-in can do without: they are given anew only where one is known to be stored. */
const ONLY_WHERE_SET = new Set([
  'peakaKey',
  'privateKey',
  'privateKeyPassphrase',
  'sessionToken',
  'connectionString',
  'jdbcAdditionalParams',
  'afterConnectStatements',
  'certificate',
  'ca',
  'key',
  'clientSecret',
  'passphrase',
]);

const isMasked = (value: unknown): value is { readonly status: string } =>
  value !== null && typeof value === 'object' && 'status' in value;

/** What was read, as one writes it: without nulls, with each secret anew. */
function toInput(read: unknown, name = '', scheme = 'postgres'): unknown {
  if (isMasked(read)) {
    if (read.status === 'NOT_SET' || (read.status === 'UNKNOWN' && ONLY_WHERE_SET.has(name))) return undefined;
    return name === 'connectionString'
      ? `${scheme}://bi:anew-secret-1@db.acme.example/orders`
      : (ANEW[name] ?? 'anew-secret-1');
  }
  if (Array.isArray(read)) return read.map((one) => toInput(one, name, scheme));
  if (read === null || typeof read !== 'object') return read ?? undefined;
  const { __typename: member, ...values } = read as Values;
  if (name === 'authentication') return authenticationOf(values);
  const entries = Object.entries(values).flatMap(([key, value]) => {
    const written = toInput(value, key, scheme);
    return written === undefined ? [] : [[key, written] as const];
  });
  // A connection string has the password in it.
  const isWhole = entries.some(([key]) => key === 'connectionString');
  if (isWhole) return Object.fromEntries(entries.filter(([key]) => key !== 'password'));
  if (name === 'source') return { [sourceOf(String(member))]: Object.fromEntries(entries) };
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function authenticationOf({ kind, basic }: Values): unknown {
  if (kind === 'BEARER') return { bearer: 'anew-secret-1' };
  return kind === 'BASIC' ? { basic: { ...(basic as Values), password: 'anew-secret-1' } } : undefined;
}

const sourceOf = (member: string): string =>
  ({ PostgresConfig: 'postgres', BigQueryConfig: 'bigquery', SnowflakeConfig: 'snowflake', GcsConfig: 'gcs' })[
    member
  ] ?? 's3';

const missing = (dialect: string, ...fields: readonly string[]): string[] =>
  fields.map((field) => `input.config.${dialect}.${field} REQUIRED`);

/** Rows that a create refuses, by vendor and name. Omni does not tell what it requires; the others have types of their own. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'omni Clickstream': missing('athena', 'accessKeyId', 'region'),
  'omni Development Database': missing('mysql', 'host', 'port', 'username'),
  'omni ERP': missing('mssql', 'host', 'port', 'username'),
  'omni Event Stream': ['UnsupportedError'],
  'omni Federated Queries': missing('trino', 'host', 'port', 'username'),
  'omni Finance Warehouse': missing('snowflake', 'account', 'username', 'warehouse'),
  'omni Lakehouse': missing('databricks', 'host', 'httpPath'),
  'omni Marketing Redshift': missing('redshift', 'host', 'port', 'username'),
  'omni Production Database': missing('postgres', 'host', 'port', 'username'),
  'omni Web Analytics': missing('bigquery', 'location'),
  'chartbrew Engineering tickets': ['UnsupportedError'],
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

interface Row {
  readonly id: string;
  readonly name: string;
  readonly dialect: string;
  readonly vendorDialect: string;
  readonly config: Values;
  readonly details: Values;
}

async function readRow(vendor: VendorName, id: string): Promise<Row> {
  const query = `query ($id: ID!) { connection(id: $id) {
    id name dialect vendorDialect config { __typename ${membersOf('ConnectionConfigInput')} } details { ${detailsOf(vendor)} }
  } }`;
  const { data, text } = await gateway.ask(query, { id });
  if (!data?.connection) throw new Error(text);
  return data.connection;
}

const camelCase = (dialect: string): string =>
  dialect.toLowerCase().replaceAll(/_(\w)/g, (_whole, letter: string) => letter.toUpperCase());

/** A create of what was read; the name is another one, since Looker's and Credible's must be. */
function inputOf(vendor: VendorName, { name, dialect, vendorDialect, config, details }: Row) {
  const key = camelCase(dialect);
  const settings = {
    ...((toInput({ ...config, __typename: undefined }, '', config['srv'] === true ? `${key}+srv` : key) ??
      {}) as Values),
  };
  const options = toInput(details) as Values | undefined;
  return {
    instance: vendor,
    name: `${name.replaceAll(/[^A-Za-z0-9_]/g, '_').toLowerCase()}_again`,
    config: { [key]: key === 'other' ? { ...settings, dialectName: vendorDialect } : settings },
    ...(options && { options: { [vendor]: options } }),
  };
}

it.each(VENDORS)('what %s tells of a connection is taken for a new one', async (vendor) => {
  const { data } = await gateway.ask(
    `{ connections(first: 200, filter: { vendor: [${vendor.toUpperCase()}] }) { nodes { id } } }`,
  );
  const told: Record<string, readonly string[]> = {};
  for (const { id } of data.connections.nodes as readonly { id: string }[]) {
    const row = await readRow(vendor, id);
    const { result } = await create(gateway, inputOf(vendor, row));
    if (result.__typename !== 'CreateConnectionSuccess')
      told[`${vendor} ${row.name}`] = result.issues ? issuesOf(result) : [result.__typename];
  }
  const expected = Object.entries(REFUSED).filter(([name]) => name.startsWith(`${vendor} `));
  expect(told).toEqual(Object.fromEntries(expected));
});
