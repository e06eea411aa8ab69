// The whole lifecycle of connections at Credible, in every dialect that it supports: each is created, read, tested before it is
// saved, updated field by field and deleted. What each step sends is typed from the vendor's notes: always a whole block.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { quickNth } from '../../support/quick.ts';
import { reportedValues } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { credibleLifecycles } from './lifecycle-cases.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.reset('credible'));
afterAll(() => gateway.close());

type Values = Readonly<Record<string, unknown>>;

const PATH = '/api/v0/organizations/acme/projects/analytics/connections';
/** Updates of the index settings, in order: the input, the JSON besides name and type, and the reported details. */
const TABLES: readonly (readonly [Values, Values, Values])[] = [
  [{ includeTables: ['sales.*'] }, { includeTables: ['sales.*'] }, { includeTables: ['sales.*'] }],
  [{ excludeTables: ['sales.tmp'] }, { excludeTables: ['sales.tmp'] }, { excludeTables: ['sales.tmp'] }],
  [
    { includeTables: null, excludeAllTables: true },
    { includeTables: null, excludeAllTables: true },
    { includeTables: null, excludeTables: ['sales.tmp'], excludeAllTables: true },
  ],
  // The field cannot be null. Its default is false.
  [{ excludeAllTables: null }, { excludeAllTables: false }, { excludeAllTables: false }],
  [{ excludeTables: null }, { excludeTables: null }, { includeTables: null, excludeTables: null }],
];

const blockAfter = (block: Values, changes: Values): Values =>
  Object.fromEntries(Object.entries({ ...block, ...changes }).filter(([, value]) => value !== null));

describe.each(quickNth(credibleLifecycles, 6))(
  'A connection to $dialect at Credible',
  ({ dialect, config, again, type, block, steps, last }) => {
    const name = `life_${dialect}`;
    const path = `${PATH}/${name}`;

    it('a connection to $dialect at Credible is created, read, updated and deleted', async () => {
      const { id } = await createForUpdate(gateway, { instance: 'credible', name, config: { [dialect]: config } });
      const { data } = await gateway.ask('query ($id: ID!) { connection(id: $id) { name } }', { id });
      expect(data.connection).toEqual({ name });

      const untested = await recordSent(gateway, 'credible', () => runMutation(gateway, 'testConnection', { id }));
      expect(untested.received).toEqual([]);
      expect(untested.result).toMatchObject({ __typename: 'UnsupportedError', capability: 'TEST_SAVED' });

      for (const [credible, body, details] of TABLES) {
        const act = () => runMutation(gateway, 'updateConnection', { id, options: { credible } });
        const { result, sent } = await recordSent(gateway, 'credible', act);
        expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
        expect(sent).toEqual([[`PATCH ${path}`, { name, type, ...body }]]);
        expect(result.connection.details).toMatchObject(details);
      }

      let expected = block;
      let settings: unknown;
      for (const [change, changes] of steps) {
        const act = () =>
          runMutation(gateway, 'updateConnection', { id, config: { [dialect]: { ...again, ...change } } });
        const { result, sent } = await recordSent(gateway, 'credible', act);
        expect(result, JSON.stringify(change)).toMatchObject({ __typename: 'UpdateConnectionSuccess', warnings: [] });
        // Each step provides the original secret, also after a step that changed it.
        const secrets = Object.fromEntries(Object.entries(block).filter(([, one]) => /secret-\d/.test(String(one))));
        expected = blockAfter({ ...expected, ...secrets }, changes);
        expect(sent).toEqual([[`PATCH ${path}`, { name, type, [`${type}Connection`]: expected }]]);
        settings = result.connection.config;
      }
      expect(reportedValues(settings)).toEqual(last);

      const removed = await recordSent(gateway, 'credible', () => runMutation(gateway, 'deleteConnection', { id }));
      expect(removed.sent).toEqual([[`DELETE ${path}`]]);
      expect(removed.result).toEqual({
        __typename: 'DeleteConnectionSuccess',
        deletedId: id,
        archived: false,
        warnings: [],
      });
      const late = await runMutation(gateway, 'deleteConnection', { id });
      expect(late).toMatchObject({ __typename: 'NotFoundError', id });
    });

    it('a connection to $dialect at Credible is tested before it is saved, and the test saves nothing', async () => {
      const input = { instance: 'credible', config: { [dialect]: config } };
      const unnamed = await recordSent(gateway, 'credible', () => runMutation(gateway, 'testConnectionConfig', input));
      expect(unnamed.result).toMatchObject({
        __typename: 'TestConnectionSuccess',
        test: {
          outcome: 'PASSED',
          checks: [{ name: 'connect', outcome: 'PASSED', vendorOutcome: null, message: null }],
        },
      });
      expect(unnamed.sent).toEqual([
        [`POST ${PATH}?dryRun=true`, { name: 'patchbay_test', type, [`${type}Connection`]: block }],
      ]);
      const named = await recordSent(gateway, 'credible', () =>
        runMutation(gateway, 'testConnectionConfig', { ...input, name }),
      );
      expect(named.sent).toEqual([[`POST ${PATH}?dryRun=true`, { name, type, [`${type}Connection`]: block }]]);

      const { data } = await gateway.ask('{ connections(filter: { instance: ["credible"] }) { nodes { name } } }');
      expect(data.connections.nodes.map((one: Values) => one['name'])).not.toContain(name);
    });
  },
);

it('Credible cannot rename a connection or test a saved one', async () => {
  const { data } = await gateway.ask('{ vendorInstance(id: "credible") { capabilities } }');
  expect(data.vendorInstance.capabilities).toEqual([
    'LIST',
    'READ',
    'CREATE',
    'UPDATE',
    'DELETE',
    'UPDATE_SECRETS',
    'TEST_UNSAVED',
  ]);
});
