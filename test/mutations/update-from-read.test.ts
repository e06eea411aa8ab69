// Reading a whole connection and writing it back changes nothing and sends no secret. The tests do this for every row of the four
// sandboxes, with fields from the schema, so that new fields are included.
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

/** How a secret is kept: with null, or by leaving it out. */
type Keep = 'null' | 'left out';

const isSecret = (type: GraphQLInputObjectType): boolean => type.isOneOf && 'replace' in type.getFields();

/** Returns the reported fields that the patch type has, without fields that contain secrets as a whole. */
function writeBack(type: GraphQLInputObjectType, reported: Values, keep: Keep): Values {
  const entries = Object.values(type.getFields()).flatMap(({ name, type: given }): [string, unknown][] => {
    const field: GraphQLInputType = getNullableType(given);
    const value = reported[name];
    const named = getNamedType(field);
    if (!isInputObjectType(named)) return value === undefined ? [] : [[name, value]];
    if (isSecret(named)) return keep === 'null' ? [[name, null]] : [];
    if (isListType(field) || named.isOneOf) return [];
    if (value === null) return [[name, null]];
    return value === undefined ? [] : [[name, writeBack(named, value as Values, keep)]];
  });
  return Object.fromEntries(entries);
}

/** Returns the input type of a member of a one-of field, such as `postgres` of `config`. */
function patchType(part: 'config' | 'options', key: string): GraphQLInputObjectType | null {
  const input = gateway.gateway.schema.getType('UpdateConnectionInput');
  if (!isInputObjectType(input)) throw new Error('The schema has no UpdateConnectionInput.');
  const alternatives = getNamedType(input.getFields()[part]?.type as GraphQLInputType) as GraphQLInputObjectType;
  const field = alternatives.getFields()[key];
  return field ? (getNamedType(field.type) as GraphQLInputObjectType) : null;
}

const partOf = (part: 'config' | 'options', key: string, reported: Values, keep: Keep): Values => {
  const type = patchType(part, key);
  return type ? { [part]: { [key]: writeBack(type, reported, keep) } } : {};
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

/** Returns the whole connections, each read by its id, without those in the trash. */
async function rowsOf(vendor: VendorName): Promise<Row[]> {
  const listed = await listWhole(gateway, { instance: [vendor] });
  return readWhole(
    gateway,
    listed.map(({ id }) => id),
  );
}

/** Returns all requests to any vendor, except reads. */
async function writes(): Promise<string[]> {
  const all = await Promise.all(VENDORS.map((vendor) => gateway.received(vendor)));
  return all.flat().flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`]));
}

/** Connections with an unknown dialect name, whose settings are read-only. */
const READ_ONLY: Readonly<Record<VendorName, readonly string[]>> = {
  looker: [],
  omni: ['Event Stream'],
  credible: [],
  chartbrew: ['Engineering tickets'],
};
const COUNTS: Readonly<Record<VendorName, number>> = { looker: 15, omni: 11, credible: 12, chartbrew: 16 };

/** An expected patch with null for secrets and the sandbox's values for other fields. */
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

it('the values that are written back are those that were read', async () => {
  const row = (await rowsOf('chartbrew')).find(({ name }) => name === 'Ledger') as Row;
  const { config, options } = backOf(row, 'null') as Readonly<Record<string, Readonly<Record<string, Values>>>>;
  expect(config?.['postgres']).toEqual(LEDGER.config);
  expect(options?.['chartbrew']).toEqual(LEDGER.options);
});

const success = (name: unknown) => ({ __typename: 'UpdateConnectionSuccess', connection: { name }, warnings: [] });

describe.each(VENDORS)('The settings that were read from %s', (vendor) => {
  it.each<Keep>(['left out', 'null'])(
    'writing back what was read of %s changes nothing, with secrets %s',
    async (keep) => {
      const rows = await rowsOf(vendor);
      expect(rows).toHaveLength(COUNTS[vendor]);
      const reported = [];
      for (const row of rows) {
        const isReadOnly = READ_ONLY[vendor].includes(row['name'] as string);
        const result = await write(backOf(row, keep, !isReadOnly));
        reported.push([row['name'], result]);
      }
      expect(reported).toEqual(rows.map(({ name }) => [name, success(name)]));
      expect(await writes()).toEqual([]);
      expect(await rowsOf(vendor)).toEqual(rows);
    },
  );

  it('the settings of a connection with an unknown dialect name are read-only', async () => {
    const rows = (await rowsOf(vendor)).filter(({ name }) => READ_ONLY[vendor].includes(name as string));
    const reported = [];
    for (const row of rows) reported.push((await write(backOf(row, 'null'))).__typename);
    expect(reported).toEqual(READ_ONLY[vendor].map(() => 'UnsupportedError'));
    expect(await writes()).toEqual([]);
  });
});
