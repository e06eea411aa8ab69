// What is read can be created: every row of the Credible and Omni sandboxes is read whole, and created anew with the same settings and
// every secret that is or may be stored given. Where that is refused, the reason is listed: the vendor does not tell what it needs.
import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, issuesOf, told } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { OTHER_ENCRYPTED_KEY, OTHER_KEY_IN_JSON } from '../support/keys.ts';
import { keyOf, listWhole, type Row } from '../support/whole-connection.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const KEY = `{"type":"service_account","project_id":"acme-web","private_key":${OTHER_KEY_IN_JSON},"client_email":"bi@acme-web.iam.gserviceaccount.com"}`;
const SECRETS: Readonly<Record<string, string>> = {
  serviceAccountKey: KEY,
  privateKey: OTHER_ENCRYPTED_KEY,
  privateKeyPassphrase: 'pass-secret-1',
  connectionString: 'postgresql://bi:url-secret-9@pg.acme.example/orders',
};

/** The name of the member that a source is, as the field of an input has it: S3Config is `s3`. */
const KINDS: Readonly<Record<string, string>> = {
  PostgresConfig: 'postgres',
  BigQueryConfig: 'bigquery',
  SnowflakeConfig: 'snowflake',
  GcsConfig: 'gcs',
  S3Config: 's3',
};

/** Which secrets are given: those that the vendor echoes, or else the one by which the connection signs in. */
type Gives = (name: string, status: unknown) => boolean;

function again(type: GraphQLInputType, value: unknown, name: string, gives: Gives): unknown {
  const nullable = getNullableType(type);
  const named = getNamedType(nullable);
  if (named.name === 'SecretString') return gives(name, value) ? (SECRETS[name] ?? `${name}-secret-9`) : undefined;
  if (value === null || value === undefined) return undefined;
  if (isListType(nullable)) return (value as unknown[]).map((one) => again(nullable.ofType, one, name, gives));
  if (!isInputObjectType(named)) return value;
  return named.isOneOf ? oneAgain(named, value as Values, gives) : allAgain(named, value as Values, gives);
}

const oneAgain = (type: GraphQLInputObjectType, value: Values, gives: Gives): Values => {
  const kind = KINDS[String(value['__typename'])] ?? '';
  return { [kind]: again(type.getFields()[kind]?.type as GraphQLInputType, value, kind, gives) };
};

function allAgain(type: GraphQLInputObjectType, value: Values, gives: Gives): Values {
  const entries = Object.values(type.getFields()).map(
    (field) => [field.name, again(field.type, value[field.name], field.name, gives)] as const,
  );
  const kept = entries.filter(([, one]) => one !== undefined && JSON.stringify(one) !== '{}');
  return Object.fromEntries(kept);
}

function inputType(name: string, key: string): GraphQLInputType {
  const all = gateway.gateway.schema.getType(name);
  if (!isInputObjectType(all)) throw new Error(`The schema has no ${name}.`);
  return all.getFields()[key]?.type as GraphQLInputType;
}

async function createAgain(vendor: VendorName, row: Row, gives: Gives) {
  const dialect = keyOf(row['dialect']);
  const config = again(inputType('ConnectionConfigInput', dialect), row.config, dialect, gives);
  const options = again(inputType('VendorOptionsInput', vendor), row.details, vendor, gives) as Values;
  return create(gateway, {
    instance: vendor,
    name: `again_${String(row['name']).replaceAll(/\W/g, '_')}`,
    config: { [dialect]: config },
    ...(Object.keys(options).length > 0 && { options: { [vendor]: options } }),
  });
}

/** Why a row is refused, without what the paths begin with; an empty list for one that is created. */
const REASONS: Readonly<Partial<Record<VendorName, Readonly<Record<string, readonly string[]>>>>> = {
  credible: {
    orders_postgres: [],
    'support-postgres': [],
    marketing_bigquery: [],
    public_datasets: [],
    warehouse_snowflake: [],
    finance_snowflake: [],
    lakehouse_trino: [],
    peaka_trino: [],
    shop_mysql: [],
    lake_duckdb: [],
    campaigns_duckdb: [],
    scratch_motherduck: [],
  },
  // Omni tells of the settings the database and the schema alone.
  omni: {
    'Production Database': ['host', 'port', 'username'],
    'Development Database': ['host', 'port', 'username'],
    'Finance Warehouse': ['account', 'username', 'warehouse'],
    'Web Analytics': ['location'],
    Lakehouse: ['host', 'httpPath'],
    Clickstream: ['accessKeyId', 'region'],
    ERP: ['host', 'port', 'username'],
    'Notebook Ducks': [],
    'Marketing Redshift': ['host', 'port', 'username'],
    'Federated Queries': ['host', 'port', 'username'],
  },
};

/** What is told, with every secret that may be there as one that is. */
const given = (config: unknown): unknown => JSON.parse(JSON.stringify(told(config)).replaceAll('"UNKNOWN"', '"SET"'));

const SIGN_IN = new Set(['password', 'serviceAccountKey', 'accessToken', 'secretAccessKey']);
const GIVES: Readonly<Partial<Record<VendorName, Gives>>> = {
  credible: (_name, status) => status === 'SET',
  omni: (name, status) => status === 'UNKNOWN' && SIGN_IN.has(name),
};

describe.each(['credible', 'omni'] as const)('What is read of %s', (vendor) => {
  const reasons = REASONS[vendor] ?? {};
  const gives = GIVES[vendor] as Gives;
  let rows: Row[] = [];
  beforeAll(async () => {
    rows = (await listWhole(gateway, { instance: [vendor] })).filter((row) => row['dialect'] !== 'OTHER');
  });

  it('has a line below for every row', () => {
    expect(rows.map((row) => String(row['name'])).toSorted()).toEqual(Object.keys(reasons).toSorted());
  });

  it.each(Object.entries(reasons))(
    'is created again, or refused for what is not told: %s needs %j',
    async (name, missing) => {
      const row = rows.find((one) => one['name'] === name) as Row;
      const { result } = await createAgain(vendor, row, gives);
      const dialect = keyOf(row['dialect']);
      expect(issuesOf(result)).toEqual(missing.map((key) => `input.config.${dialect}.${key} REQUIRED`).toSorted());
      if (missing.length > 0) return;
      expect(result, JSON.stringify(result)).toMatchObject({ __typename: 'CreateConnectionSuccess' });
      expect(result.warnings).toEqual([]);
      // It is what it was, but for what is known of the secrets that were given.
      expect(given(result.connection.config)).toEqual(given(row.config));
    },
  );
});
