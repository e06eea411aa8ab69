// What is read of a connection can be created: every row of the four sandboxes is read whole and created again with the same
// settings and a new secret wherever one is stored. The table lists why a create is refused: the vendor does not report a setting
// that the create requires.
import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { KEY_FILE } from '../contract/create-case.ts';
import { create, issuesOf, reportedValues } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import {
  CERTIFICATE,
  ENCRYPTED_KEY,
  OTHER_CERTIFICATE,
  OTHER_ENCRYPTED_KEY,
  PASSPHRASE,
  PRIVATE_KEY,
} from '../support/keys.ts';
import { keyOf, listWhole, readWhole, type Row } from '../support/whole-connection.ts';
import { VENDORS } from '../support/watched-gateway.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

/** New secrets by the path of the field, or by its name. Every other secret is a password. */
const NEW_SECRETS: Readonly<Record<string, string>> = {
  'mongodb.connectionString': 'mongodb+srv://bi:url-secret-1@cluster0.acme.example/orders',
  'mysql.connectionString': 'mysql://bi:url-secret-1@db.acme.example/shop',
  connectionString: 'postgresql://bi:url-secret-1@db.acme.example/orders',
  'tls.ca': CERTIFICATE,
  'tls.certificate': OTHER_CERTIFICATE,
  'tls.key': PRIVATE_KEY,
  'ssh.privateKey': ENCRYPTED_KEY,
  'ssh.passphrase': PASSPHRASE,
  serviceAccountKey: KEY_FILE,
  privateKey: OTHER_ENCRYPTED_KEY,
  privateKeyPassphrase: PASSPHRASE,
  jdbcAdditionalParams: 'loginTimeout=5',
  afterConnectStatements: 'SET ROLE reporting',
};

const newSecret = (path: string): string =>
  Object.entries(NEW_SECRETS).find(([end]) => path === end || path.endsWith(`.${end}`))?.[1] ?? 'new-secret-1';

/** Secrets of which at least one is stored, even if the vendor does not report it. */
const SIGN_IN = new Set(['password', 'serviceAccountKey', 'accessToken', 'secretAccessKey']);

/** Whether a secret is stored: it is reported as stored, or the connection cannot sign in without it. */
const isStored = (path: string, status: unknown): boolean =>
  status === 'SET' || (status === 'UNKNOWN' && SIGN_IN.has(path.split('.').at(-1) ?? ''));

/** Returns what an input of that type has for a value that was read; undefined for nothing. */
function inputFor(type: GraphQLInputType, value: unknown, path: string): unknown {
  const nullable = getNullableType(type);
  const named = getNamedType(nullable);
  if (named.name === 'SecretString') return isStored(path, value) ? newSecret(path) : undefined;
  if (value === null || value === undefined) return undefined;
  if (isListType(nullable)) return (value as unknown[]).map((item) => inputFor(nullable.ofType, item, path));
  if (!isInputObjectType(named)) return value;
  return named.isOneOf ? oneOfInput(named, value as Values, path) : objectInput(named, value as Values, path);
}

/** Returns the input field of a member of a union: `s3` for S3Config, `basic` for a sign-in of kind BASIC. */
function oneOfInput(type: GraphQLInputObjectType, value: Values, path: string): Values | undefined {
  const word = keyOf(value['kind'] ?? String(value['__typename']).replace(/Config$/, ''));
  const key = Object.keys(type.getFields()).find((name) => name.toLowerCase() === word.toLowerCase());
  if (!key) return undefined;
  const member = 'kind' in value ? value[key] : value;
  return { [key]: inputFor(type.getFields()[key]?.type as GraphQLInputType, member, `${path}.${key}`) };
}

function objectInput(type: GraphQLInputObjectType, value: Values, path: string): Values {
  const entries = Object.values(type.getFields())
    .map((field) => [field.name, inputFor(field.type, value[field.name], `${path}.${field.name}`)] as const)
    .filter(([, input]) => input !== undefined && JSON.stringify(input) !== '{}');
  const input: Record<string, unknown> = Object.fromEntries(entries);
  // A connection string contains the password.
  if (input['connectionString']) delete input['password'];
  const hasPassphrase = input['privateKeyPassphrase'] ?? input['passphrase'];
  if (input['privateKey'] && !hasPassphrase) input['privateKey'] = PRIVATE_KEY;
  return input;
}

function inputType(name: string, key: string): GraphQLInputType {
  const all = gateway.gateway.schema.getType(name);
  if (!isInputObjectType(all)) throw new Error(`The schema has no ${name}.`);
  return all.getFields()[key]?.type as GraphQLInputType;
}

/** Creates a connection like the one that was read. Its name differs: Looker and Credible require unique names. */
async function createLike(vendor: VendorName, row: Row) {
  const dialect = keyOf(row['dialect']);
  const config = inputFor(inputType('ConnectionConfigInput', dialect), row.config, dialect) as Values;
  const options = inputFor(inputType('VendorOptionsInput', vendor), row.details, vendor) as Values;
  return create(gateway, {
    instance: vendor,
    name: `again_${String(row['name']).replaceAll(/\W/g, '_').toLowerCase()}`,
    config: { [dialect]: dialect === 'other' ? { ...config, dialectName: row['vendorDialect'] } : config },
    ...(Object.keys(options).length > 0 && { options: { [vendor]: options } }),
  });
}

const needs = (dialect: string, ...fields: readonly string[]): string[] =>
  fields.map((field) => `input.config.${dialect}.${field} REQUIRED`);

/** How many rows each sandbox has, and why a create like one of them is refused. Omni reports only a few settings. */
const SANDBOX: Readonly<Record<VendorName, { rows: number; refused: Readonly<Record<string, readonly string[]>> }>> = {
  looker: { rows: 15, refused: {} },
  omni: {
    rows: 11,
    refused: {
      Clickstream: needs('athena', 'accessKeyId', 'region'),
      'Development Database': needs('mysql', 'host', 'port', 'username'),
      ERP: needs('mssql', 'host', 'port', 'username'),
      'Event Stream': ['UnsupportedError'],
      'Federated Queries': needs('trino', 'host', 'port', 'username'),
      'Finance Warehouse': needs('snowflake', 'account', 'username', 'warehouse'),
      Lakehouse: needs('databricks', 'host', 'httpPath'),
      'Marketing Redshift': needs('redshift', 'host', 'port', 'username'),
      'Production Database': needs('postgres', 'host', 'port', 'username'),
      'Web Analytics': needs('bigquery', 'location'),
    },
  },
  credible: { rows: 12, refused: {} },
  chartbrew: { rows: 16, refused: { 'Engineering tickets': ['UnsupportedError'] } },
};

/** Settings that differ after the create, by vendor and name of the connection that was read. */
const DIFFERENT: Readonly<Record<string, Values>> = {
  // A create adds an empty list of headers when the sign-in needs it.
  'chartbrew Status page': { headers: [] },
  // The project is that of the new key.
  'chartbrew Mobile app': { projectId: 'acme-web' },
};

/** The settings that were read. Omni and Credible do not report whether some secrets are stored: those count as stored. */
const settingsOf = (vendor: VendorName, { config }: Row): Values =>
  vendor === 'omni' || vendor === 'credible'
    ? JSON.parse(JSON.stringify(reportedValues(config)).replaceAll('"UNKNOWN"', '"SET"'))
    : config;

it.each(VENDORS)(
  'a create with the settings read from %s creates the same connection, or its issues name the settings that are not reported',
  async (vendor) => {
    const listed = await listWhole(gateway, { instance: [vendor] });
    const rows = await readWhole(
      gateway,
      listed.map(({ id }) => id),
    );
    expect(rows).toHaveLength(SANDBOX[vendor].rows);
    const refused: Record<string, readonly string[]> = {};
    for (const row of rows) {
      const name = String(row['name']);
      const { result } = await createLike(vendor, row);
      if (result.__typename !== 'CreateConnectionSuccess') {
        refused[name] = result.issues ? issuesOf(result) : [result.__typename];
        continue;
      }
      expect(result.warnings, name).toEqual([]);
      const [created] = await readWhole(gateway, [result.connection.id]);
      const expected = { ...settingsOf(vendor, row), ...DIFFERENT[`${vendor} ${name}`] };
      expect(settingsOf(vendor, created as Row), name).toEqual(expected);
    }
    expect(refused).toEqual(SANDBOX[vendor].refused);
  },
);
