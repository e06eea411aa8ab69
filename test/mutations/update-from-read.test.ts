// Reading a connection whole and writing back what was read changes nothing and sends no secret: every row of the four
// sandboxes, by the schema alone, so that no field is forgotten.
import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
} from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { keyOf, listWhole, readWhole, type Row } from '../support/whole-connection.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const VENDORS = ['looker', 'omni', 'credible', 'chartbrew'] as const satisfies readonly VendorName[];

const UPDATE = `mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) {
  __typename
  ... on Error { message }
  ... on ValidationError { issues { path code message } }
  ... on UpdateConnectionSuccess { connection { name } warnings { code } }
} }`;

/** Of a secret null keeps it, or it is left out. */
type Keep = 'null' | 'left out';

const isSecret = (type: GraphQLInputObjectType): boolean => type.isOneOf && 'replace' in type.getFields();

/** What was told, as far as a patch of this type has it; what holds secrets as a whole is left out. */
function writeBack(type: GraphQLInputObjectType, told: Values, keep: Keep): Values {
  const entries = Object.values(type.getFields()).flatMap(({ name, type: given }): [string, unknown][] => {
    const field: GraphQLInputType = getNullableType(given);
    const value = told[name];
    const named = getNamedType(field);
    if (!isInputObjectType(named)) return value === undefined ? [] : [[name, value]];
    if (isSecret(named)) return keep === 'null' ? [[name, null]] : [];
    if (isListType(field) || named.isOneOf) return [];
    if (value === null) return [[name, null]];
    return value === undefined ? [] : [[name, writeBack(named, value as Values, keep)]];
  });
  return Object.fromEntries(entries);
}

/** The type of one of the alternatives of an input field: `config`, `postgres`. */
function patchType(part: 'config' | 'options', key: string): GraphQLInputObjectType | null {
  const input = gateway.gateway.schema.getType('UpdateConnectionInput');
  if (!isInputObjectType(input)) throw new Error('The schema has no UpdateConnectionInput.');
  const alternatives = getNamedType(input.getFields()[part]?.type as GraphQLInputType) as GraphQLInputObjectType;
  const field = alternatives.getFields()[key];
  return field ? (getNamedType(field.type) as GraphQLInputObjectType) : null;
}

const partOf = (part: 'config' | 'options', key: string, told: Values, keep: Keep): Values => {
  const type = patchType(part, key);
  return type ? { [part]: { [key]: writeBack(type, told, keep) } } : {};
};

function backOf(row: Row, keep: Keep, withConfig = true): Values {
  const dialect = keyOf(row['dialect']);
  const word = row['vendor'] === 'LOOKER' ? { dialectName: row['vendorDialect'] } : {};
  const isOther = dialect === 'other';
  return {
    id: row.id,
    name: row['name'],
    ...(withConfig && partOf('config', dialect, { ...row.config, ...(isOther && word) }, keep)),
    ...partOf('options', keyOf(row['vendor']), { ...row.details, ...(!isOther && word) }, keep),
  };
}

async function write(input: Values) {
  const { data, text } = await gateway.ask(UPDATE, { input });
  if (!data) throw new Error(text);
  return data.updateConnection;
}

/** Whole rows as their vendor tells each by its id, but for those in the trash. */
async function rowsOf(vendor: VendorName): Promise<Row[]> {
  const listed = await listWhole(gateway, { instance: [vendor] });
  return readWhole(
    gateway,
    listed.map(({ id }) => id),
  );
}

/** Everything but reads that reached any vendor. */
async function writes(): Promise<string[]> {
  const all = await Promise.all(VENDORS.map((vendor) => gateway.received(vendor)));
  return all.flat().flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`]));
}

/** Rows whose settings are only read: words outside a vendor's table. */
const READ_ONLY: Readonly<Record<VendorName, readonly string[]>> = {
  looker: [],
  omni: ['Event Stream'],
  credible: [],
  chartbrew: ['Engineering tickets'],
};
const COUNTS: Readonly<Record<VendorName, number>> = { looker: 15, omni: 11, credible: 12, chartbrew: 16 };

/** Secrets null, all else as the sandbox has it. */
const LEDGER = {
  config: {
    host: 'ledger-db.internal',
    port: 5432,
    database: 'ledger',
    schema: null,
    username: 'ledger_ro',
    password: null,
    connectionString: null,
    flavor: 'STANDARD',
    tls: { enabled: false, verify: false, mode: 'require', ca: null, certificate: null, key: null },
  },
  options: {
    projectIds: [4],
    active: true,
    ssh: {
      enabled: true,
      host: 'bastion.acme.example',
      port: 22,
      username: 'tunnel',
      jumpHost: null,
      jumpPort: null,
      password: null,
      privateKey: null,
      passphrase: null,
    },
  },
};

it('What is written back is what was told', async () => {
  const row = (await rowsOf('chartbrew')).find(({ name }) => name === 'Ledger') as Row;
  const { config, options } = backOf(row, 'null') as Readonly<Record<string, Readonly<Record<string, Values>>>>;
  expect(config?.['postgres']).toEqual(LEDGER.config);
  expect(options?.['chartbrew']).toEqual(LEDGER.options);
});

const success = (name: unknown) => ({ __typename: 'UpdateConnectionSuccess', connection: { name }, warnings: [] });

describe.each(VENDORS)('What was read of %s', (vendor) => {
  it.each<Keep>(['left out', 'null'])('changes nothing when it is written back, secrets %s', async (keep) => {
    const rows = await rowsOf(vendor);
    expect(rows).toHaveLength(COUNTS[vendor]);
    const told = [];
    for (const row of rows) {
      const isReadOnly = READ_ONLY[vendor].includes(row['name'] as string);
      const result = await write(backOf(row, keep, !isReadOnly));
      told.push([row['name'], result]);
    }
    expect(told).toEqual(rows.map(({ name }) => [name, success(name)]));
    expect(await writes()).toEqual([]);
    expect(await rowsOf(vendor)).toEqual(rows);
  });

  it('is not all that could be: settings of a word outside its table are only read', async () => {
    const rows = (await rowsOf(vendor)).filter(({ name }) => READ_ONLY[vendor].includes(name as string));
    const told = [];
    for (const row of rows) told.push((await write(backOf(row, 'null'))).__typename);
    expect(told).toEqual(READ_ONLY[vendor].map(() => 'UnsupportedError'));
    expect(await writes()).toEqual([]);
  });
});
