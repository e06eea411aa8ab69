// What a read of Chartbrew tells of a connection, with every secret given anew, is taken for a new connection and reads the
// same: each row of the sandbox.
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
import { CERTIFICATE, ENCRYPTED_KEY, OTHER_CERTIFICATE, PRIVATE_KEY } from '../support/keys.ts';
import { create } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { keyOf, listWhole, readWhole, type Row } from '../support/whole-connection.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

/** A secret for each place that has one, in the form that the place wants. */
const ANEW: Readonly<Record<string, string>> = {
  'mongodb.connectionString': 'mongodb+srv://bi:url-secret-1@cluster0.acme.example/orders',
  'mysql.connectionString': 'mysql://bi:url-secret-1@db.acme.example/shop',
  'postgres.connectionString': 'postgresql://bi:url-secret-1@db.acme.example/orders',
  ...Object.fromEntries(
    ['postgres', 'mysql'].flatMap((dialect) => [
      [`${dialect}.tls.ca`, CERTIFICATE],
      [`${dialect}.tls.certificate`, OTHER_CERTIFICATE],
      [`${dialect}.tls.key`, PRIVATE_KEY],
    ]),
  ),
  'options.ssh.privateKey': ENCRYPTED_KEY,
  'options.ssh.passphrase': 'pass-secret-1',
  'realtimeDb.serviceAccountKey': KEY_FILE,
  'firestore.serviceAccountKey': KEY_FILE,
};

/** What was told, as a create takes it: nulls left out, secrets anew where one is stored. */
function again(type: GraphQLInputObjectType, told: Values, path: string): Values {
  const entries = Object.values(type.getFields()).flatMap(({ name, type: given }): [string, unknown][] => {
    const value = told[name];
    const place = `${path}.${name}`;
    const field: GraphQLInputType = getNullableType(given);
    const named = getNamedType(field);
    if (value === null || value === undefined || value === 'NOT_SET' || value === 'UNKNOWN') return [];
    if (value === 'SET') return [[name, ANEW[place] ?? 'anew-secret-1']];
    if (isListType(field) && isInputObjectType(named)) {
      const items = value as readonly Values[];
      return [[name, items.map((item) => ({ name: item['name'], value: 'entry-secret-1' }))]];
    }
    if (isInputObjectType(named)) {
      const inner = again(named, value as Values, place);
      return Object.keys(inner).length > 0 ? [[name, inner]] : [];
    }
    return [[name, value]];
  });
  return Object.fromEntries(entries);
}

function inputType(part: 'config' | 'options', key: string): GraphQLInputObjectType {
  const input = gateway.gateway.schema.getType('CreateConnectionInput') as GraphQLInputObjectType;
  const alternatives = getNamedType(input.getFields()[part]?.type as GraphQLInputType) as GraphQLInputObjectType;
  return getNamedType(alternatives.getFields()[key]?.type as GraphQLInputType) as GraphQLInputObjectType;
}

const inputOf = (row: Row) => {
  const dialect = keyOf(row['dialect']);
  return {
    instance: 'chartbrew',
    name: String(row['name']),
    config: { [dialect]: again(inputType('config', dialect), row.config, dialect) },
    options: { chartbrew: again(inputType('options', 'chartbrew'), row.details, 'options') },
  };
};

it('is closed for every row of the sandbox but those that are only read', async () => {
  const listed = await listWhole(gateway, { instance: ['chartbrew'] });
  const rows = await readWhole(
    gateway,
    listed.map(({ id }) => id),
  );
  expect(rows).toHaveLength(16);
  const told: Record<string, unknown> = {};
  const made: Record<string, unknown> = {};
  for (const row of rows) {
    if (row['dialect'] === 'OTHER') continue;
    const { result } = await create(gateway, inputOf(row));
    expect(result, String(row['name'])).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
    const [read] = await readWhole(gateway, [result.connection.id]);
    told[String(row['name'])] = row.config;
    made[String(row['name'])] = read?.config;
  }
  // A create brings the list of headers that a sign-in needs; the project is that of the new key.
  const expected = {
    ...told,
    'Status page': { ...(told['Status page'] as Values), headers: [] },
    'Mobile app': { ...(told['Mobile app'] as Values), projectId: 'acme-web' },
  };
  expect(Object.keys(told)).toHaveLength(15);
  expect(made).toEqual(expected);
});
