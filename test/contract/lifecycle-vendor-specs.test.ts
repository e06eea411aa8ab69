// Checks updates, tests and deletes at Omni and Credible against the vendors' OpenAPI files, which are not part of this
// repository.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { journalOf } from '../support/journal.ts';
import { readVendorSpec } from '../support/vendor-specs.ts';
import { createForUpdate, runMutation } from '../support/mutations.ts';
import { credibleLifecycles } from './credible/lifecycle-cases.ts';
import { PRIVATE_KEY } from '../support/keys.ts';

const folder = process.env['VENDOR_SPECS'] ?? '';

type Values = Readonly<Record<string, unknown>>;

describe.skipIf(!folder)('The OpenAPI files of the vendors (skipped until VENDOR_SPECS names their folder)', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway();
  });
  afterAll(() => gateway.close());

  const change = async (input: Values) => {
    const { __typename } = await runMutation(gateway, 'updateConnection', input);
    expect(__typename, JSON.stringify(input)).toBe('UpdateConnectionSuccess');
  };

  /** Returns the findings for all requests that reached the vendor, and their operation ids. */
  async function checkOf(vendor: VendorName) {
    const spec = await readVendorSpec(folder, vendor);
    const checked = await Promise.all((await journalOf(gateway.sandbox.servers[vendor].origin)).map(spec));
    return {
      findings: checked.flatMap(({ findings }) => findings),
      operations: new Set(checked.map(({ operation }) => operation)),
    };
  }

  it('the OpenAPI file of Omni allows every request of a lifecycle', async () => {
    const privateKey = PRIVATE_KEY;
    const config = { account: 'acme-fin', warehouse: 'WH', database: 'FIN', username: 'BI', privateKey };
    const { id } = await createForUpdate(gateway, { instance: 'omni', name: 'life', config: { snowflake: config } });
    const environments = [
      { attributeName: 'region' },
      { attributeName: 'region', defaultValues: ['eu', 'us'] },
      { attributeName: 'region', defaultValues: [] },
      null,
    ];
    for (const environmentUserAttribute of environments) {
      await change({ id, options: { omni: { environmentUserAttribute } } });
    }
    await change({ id, options: { omni: { baseRole: 'VIEWER' } } });
    await change({ id, config: { snowflake: { password: { replace: 'pw-secret-9' } } } });
    await change({ id, config: { snowflake: { privateKey: { replace: privateKey } } } });
    await runMutation(gateway, 'deleteConnection', { id });
    expect(await checkOf('omni')).toEqual({
      findings: [],
      operations: new Set(['connectionsDelete', 'connectionsGet', 'connectionsUpdate', 'createConnection']),
    });
  });

  it('the OpenAPI file of Credible allows every request of the lifecycles', async () => {
    for (const { dialect, config, again, steps } of credibleLifecycles) {
      const input = { instance: 'credible', name: `life_${dialect}`, config: { [dialect]: config } };
      await runMutation(gateway, 'testConnectionConfig', { ...input, name: null });
      const { id } = await createForUpdate(gateway, input);
      for (const [step] of steps) await change({ id, config: { [dialect]: { ...again, ...step } } });
      await change({ id, options: { credible: { includeTables: ['a.*'], excludeAllTables: true } } });
      await change({ id, options: { credible: { includeTables: null, excludeAllTables: null } } });
      await runMutation(gateway, 'deleteConnection', { id });
    }
    expect(await checkOf('credible')).toEqual({
      findings: [],
      operations: new Set(['create-connection', 'delete-connection', 'get-connection', 'update-connection']),
    });
  });
});
