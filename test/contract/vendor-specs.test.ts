// Checks every request of the create cases and of the reads against the vendors' OpenAPI files, which are not part
// of this repository.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { journalOf } from '../support/journal.ts';
import { readVendorSpec, type VendorSpec } from '../support/vendor-specs.ts';
import type { CreateCase } from './create-case.ts';
import { chartbrewCreateCases } from './chartbrew/create-cases/index.ts';
import { credibleCreateCases } from './credible/create-cases/index.ts';
import { lookerCreateCases } from './looker/create-cases/index.ts';
import { omniCreateCases } from './omni/create-cases/index.ts';
import { cases, requestOf, type Change } from './vendor-spec-cases.ts';

const folder = process.env['VENDOR_SPECS'] ?? '';
const HOW = 'skipped until VENDOR_SPECS names the folder of their OpenAPI files';

const idOf = (text: string): string => Buffer.from(text).toString('base64url');

interface Place {
  readonly vendor: VendorName;
  readonly cells: readonly CreateCase[];
  readonly unknownId: string;
  /** The operation ids in the vendor's file, the create first. */
  readonly operations: readonly [string, ...string[]];
}

const places: readonly Place[] = [
  {
    vendor: 'looker',
    cells: lookerCreateCases,
    unknownId: 'nobody',
    operations: ['create_connection', 'all_connections', 'connection', 'login'],
  },
  {
    vendor: 'omni',
    cells: omniCreateCases,
    // An unknown id: Omni's adapter searches the list with deleted connections.
    unknownId: '9a4f0e5c-0000-4000-8000-00000000ffff',
    operations: ['createConnection', 'connectionsGet', 'connectionsList'],
  },
  {
    vendor: 'credible',
    cells: credibleCreateCases,
    unknownId: 'nobody',
    operations: ['create-connection', 'get-connection', 'list-connections'],
  },
  {
    vendor: 'chartbrew',
    cells: chartbrewCreateCases,
    unknownId: '142',
    operations: ['createConnection', 'getConnection', 'listConnections', 'uploadConnectionFiles'],
  },
];

const READS = `query ($instance: ID!, $made: ID!, $unknown: ID!) {
  connections(filter: { instance: [$instance] }) { totalCount }
  made: connection(id: $made) { name }
  unknown: connection(id: $unknown) { name }
  vendorInstance(id: $instance) { health { status } }
}`;

async function createAndRead(gateway: TestGateway, { vendor, cells, unknownId }: Place): Promise<void> {
  let made = '';
  for (const [at, { dialect, label: what, config, options }] of cells.entries()) {
    const input = { instance: vendor, name: `cell-${at}`, config: { [dialect]: config }, ...(options && { options }) };
    const { result } = await create(gateway, input);
    expect(result, `${vendor}, ${dialect}, ${what}`).toMatchObject({ __typename: 'CreateConnectionSuccess' });
    made = result.connection.id;
  }
  const { data } = await gateway.ask(READS, { instance: vendor, made, unknown: idOf(`v1:c:${vendor}:${unknownId}`) });
  expect(data.connections.totalCount).toBeGreaterThan(cells.length);
  expect(data).toMatchObject({
    made: { name: `cell-${cells.length - 1}` },
    unknown: null,
    vendorInstance: { health: { status: 'UP' } },
  });
}

/** Returns the findings for a request without `METHOD path: `, in alphabetical order. */
async function tell(spec: VendorSpec, vendor: VendorName, change: Change): Promise<string[]> {
  const request = requestOf(vendor, change);
  const { findings } = await spec(request);
  expect(findings.join()).not.toMatch(/secret-\d/);
  const start = `${request.method} ${request.path}: `;
  expect(findings.filter((finding) => !finding.startsWith(start))).toEqual([]);
  return findings.map((finding) => finding.slice(start.length)).toSorted();
}

describe.skipIf(!folder)(`The OpenAPI files of the vendors (${HOW})`, () => {
  let gateway: TestGateway;
  let specs: Readonly<Record<VendorName, VendorSpec>>;
  beforeAll(async () => {
    gateway = await startTestGateway();
    specs = {
      looker: await readVendorSpec(folder, 'looker'),
      omni: await readVendorSpec(folder, 'omni'),
      credible: await readVendorSpec(folder, 'credible'),
      chartbrew: await readVendorSpec(folder, 'chartbrew'),
    };
  });
  afterAll(() => gateway.close());

  it.each(places)('the OpenAPI file of $vendor allows every request that reaches the vendor', async (place) => {
    const { vendor, cells, operations } = place;
    await createAndRead(gateway, place);
    const journal = await journalOf(gateway.sandbox.servers[vendor].origin);
    const checked = await Promise.all(journal.map(specs[vendor]));
    expect(checked.flatMap(({ findings }) => findings)).toEqual([]);

    const seen = checked.map(({ operation }) => operation);
    expect(new Set(seen)).toEqual(new Set(operations));
    expect(seen.filter((operation) => operation === operations[0])).toHaveLength(cells.length);
    // Besides the creates there are a list, two reads and a health check.
    expect(seen.length).toBeGreaterThanOrEqual(cells.length + 4);
  });

  it.each(cases)('the check of %s has the expected findings: %s', async (vendor, _what, change, ...problems) => {
    expect(await tell(specs[vendor], vendor, change)).toEqual(problems.toSorted());
  });

  it('the original OpenAPI file of Omni requires a password in addition to a key pair', async () => {
    const unpatched = await readVendorSpec(folder, 'omni', { patched: false });
    expect(await tell(unpatched, 'omni', {})).toEqual(['missing at /body/passwordUnencrypted']);
  });
});
