// The list of secret positions is complete. A secret that is missing there would not be tested.
import { getNamedType, getNullableType, isInputObjectType, isListType, type GraphQLInputObjectType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CREATE } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { put, type Tree } from './inputs.ts';
import { BASES, POSITIONS } from './positions.ts';

/** Returns the paths of all secret fields of an input type. */
function secretFields(type: GraphQLInputObjectType, prefix = ''): string[] {
  return Object.values(type.getFields()).flatMap(({ name, type: fieldType }) => {
    const inner = getNamedType(fieldType);
    const step = isListType(getNullableType(fieldType)) ? `${name}.0` : name;
    if (isInputObjectType(inner)) return secretFields(inner, `${prefix}${step}.`);
    return inner.name === 'SecretString' ? [prefix + name] : [];
  });
}

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

it('POSITIONS has every secret field that a vendor accepts; a vendor refuses all others', async () => {
  const fields = secretFields(gateway.gateway.schema.getType('CreateConnectionInput') as GraphQLInputObjectType);
  expect(fields.length).toBeGreaterThan(20);
  const unknown: string[] = [];
  for (const [cell, base] of Object.entries(BASES)) {
    const [vendor = '', dialect = ''] = cell.split(' ');
    for (const field of fields.filter((one) => one.startsWith(`config.${dialect}.`))) {
      if (POSITIONS.some((one) => one.vendor === vendor && one.field === field)) continue;
      const wrong: Tree = { instance: vendor, name: 'canary_cage', config: { [dialect]: structuredClone(base) } };
      // An attachment of a DuckDB has exactly one kind.
      const source = /^(config\.duckdb\.attached\.0\.source)\./.exec(field)?.[1];
      if (source) put(wrong, source, {});
      put(wrong, field, '{"key": "is JSON, so that its form is right"}');
      const { data } = await gateway.ask(CREATE, { input: wrong });
      const issues = (data.createConnection.issues ?? []) as { path: string[]; code: string }[];
      const isRefused = issues.some(({ path, code }) => code === 'NOT_ALLOWED' && path.join('.') === `input.${field}`);
      if (!isRefused) unknown.push(`${cell}: ${field}`);
    }
  }
  expect(unknown).toEqual([]);
  const optionFields = fields.filter((one) => one.startsWith('options.'));
  expect(optionFields.filter((field) => !POSITIONS.some((one) => one.field === field))).toEqual([]);
});

const MUTATIONS = [
  'createConnection',
  'createConnections',
  'updateConnection',
  'testConnectionConfig',
  'rotateConnectionSecret',
];

it('the tests cover every mutation that accepts a secret', () => {
  const mutations = Object.values(gateway.gateway.schema.getMutationType()?.getFields() ?? {});
  const taking = mutations.flatMap(({ name, args }) =>
    args.some(({ type }) => secretFields(getNamedType(type) as GraphQLInputObjectType).length > 0) ? [name] : [],
  );
  expect(taking.toSorted()).toEqual(MUTATIONS.toSorted());
});
