// Checks the requests of the lifecycles at Chartbrew against the vendor's OpenAPI file, which is not part of this repository.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { journalOf } from '../../support/journal.ts';
import { readVendorSpec, type VendorSpec } from '../../support/vendor-specs.ts';
import { createForUpdate, runMutation } from '../../support/mutations.ts';
import { chartbrewSourceLifecycles } from './lifecycle-cases/sources.ts';
import { chartbrewSqlLifecycles } from './lifecycle-cases/sql.ts';
import type { LifecycleCase } from './lifecycle-cases/lifecycle-case.ts';
import { CERTIFICATE } from '../../support/keys.ts';

const folder = process.env['VENDOR_SPECS'] ?? '';

async function live(gateway: TestGateway, { dialect, config, steps }: LifecycleCase): Promise<void> {
  const settings = { [dialect]: config };
  await runMutation(gateway, 'testConnectionConfig', { instance: 'chartbrew', name: 'life', config: settings });
  const { id } = await createForUpdate(gateway, { instance: 'chartbrew', name: 'life', config: settings });
  await runMutation(gateway, 'testConnection', { id });
  for (const { name, config: patch, options, what } of steps) {
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(patch && { config: { [dialect]: patch } }),
      ...(options && { options: { chartbrew: options } }),
    };
    const { __typename } = await runMutation(gateway, 'updateConnection', { id, ...change });
    expect(__typename, `${dialect}: ${what}`).toBe('UpdateConnectionSuccess');
  }
  await runMutation(gateway, 'deleteConnection', { id });
}

describe.skipIf(!folder)('the OpenAPI file of Chartbrew (skipped until VENDOR_SPECS names its folder)', () => {
  let gateway: TestGateway;
  let spec: VendorSpec;
  beforeAll(async () => {
    gateway = await startTestGateway();
    spec = await readVendorSpec(folder, 'chartbrew');
  });
  afterAll(() => gateway.close());

  it('the OpenAPI file of Chartbrew allows every request of a lifecycle except the body of a test, which prevents a crash of the server', async () => {
    for (const life of [...chartbrewSqlLifecycles, ...chartbrewSourceLifecycles]) await live(gateway, life);
    const tls = { enabled: true, ca: CERTIFICATE };
    const config = { postgres: { host: 'db.acme.example', database: 'orders', username: 'bi', tls } };
    await runMutation(gateway, 'testConnectionConfig', { instance: 'chartbrew', name: 'life', config });

    const checked = await Promise.all((await journalOf(gateway.sandbox.servers.chartbrew.origin)).map(spec));
    expect(new Set(checked.map(({ operation }) => operation))).toEqual(
      new Set([
        'createConnection',
        'getConnection',
        'updateConnection',
        'deleteConnection',
        'uploadConnectionFiles',
        'testConnection',
        'testUnsavedConnection',
        'testUnsavedConnectionWithFiles',
      ]),
    );
    const findings = checked.flatMap((one) =>
      one.findings.map((finding) => finding.replace(/^.*: /, `${one.operation}: `)),
    );
    expect(new Set(findings)).toEqual(
      new Set([
        'testConnection: unknown key at /body',
        // The connection is a text part among the files, but the check reads every part as a file.
        'testUnsavedConnectionWithFiles: is no file at /body/connection',
      ]),
    );
  });
});
