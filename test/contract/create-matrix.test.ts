// Four dialects at four vendors: the literal request that a create sends, what reads back, and who refuses what unasked.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFIG_AND_DETAILS, create, storedSecrets, told } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { callsToAny } from '../support/journal.ts';
import type { Cell, DialectKey } from './cells/cell.ts';
import { chartbrewCells } from './cells/chartbrew.ts';
import { credibleCells } from './cells/credible.ts';
import { lookerCells } from './cells/looker.ts';
import { omniCells } from './cells/omni.ts';

interface Place {
  readonly vendor: VendorName;
  readonly cells: readonly Cell[];
  readonly path: string;
  readonly authorization: RegExp;
  /** The calls of a create that brings no files, but for logins. */
  readonly calls: readonly string[];
}

const places: readonly Place[] = [
  {
    vendor: 'looker',
    cells: lookerCells,
    path: '/api/4.0/connections',
    authorization: /^Bearer [0-9a-f]{40}$/,
    calls: ['POST'],
  },
  {
    vendor: 'omni',
    cells: omniCells,
    path: '/api/v1/connections',
    authorization: /^Bearer sandbox-omni-key$/,
    // Omni answers a create with an id alone.
    calls: ['POST', 'GET'],
  },
  {
    vendor: 'credible',
    cells: credibleCells,
    path: '/api/v0/organizations/acme/projects/analytics/connections',
    authorization: /^Bearer sandbox-credible-token$/,
    calls: ['POST'],
  },
  {
    vendor: 'chartbrew',
    cells: chartbrewCells,
    path: '/team/7/connections',
    authorization: /^Bearer sandbox-chartbrew-key$/,
    calls: ['POST'],
  },
];

const dialects: readonly DialectKey[] = ['postgres', 'mysql', 'bigquery', 'snowflake'];
const refused: readonly (readonly [VendorName, DialectKey, object])[] = [
  ['chartbrew', 'bigquery', { projectId: 'acme-web', serviceAccountKey: '{"client_email":"bi@acme.example"}' }],
  ['chartbrew', 'snowflake', { account: 'acme-fin', username: 'SVC', password: 'pw-secret-1' }],
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const partsOf = async (body: string, type: string): Promise<Record<string, string>> => {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const texts = [...form].map(async ([name, file]) => [name, await new Response(file).text()] as const);
  return Object.fromEntries(await Promise.all(texts));
};

describe.each(places)('A create at $vendor', ({ vendor, cells, path, authorization, calls }) => {
  let made = 0;
  const createCell = async ({ dialect, config, options }: Cell) => {
    const name = `cell-${(made += 1)}`;
    const input = { instance: vendor, name, config: { [dialect]: config }, ...(options && { options }) };
    const { result } = await create(gateway, input);
    return { name, result };
  };

  it.each(cells)('sends $dialect literally and no key more: $what', async (cell) => {
    const before = (await gateway.received(vendor)).length;
    const { name, result } = await createCell(cell);
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
    const { connection } = result;
    expect(connection).toMatchObject({ name, vendor: vendor.toUpperCase(), dialect: cell.dialect.toUpperCase() });
    expect(storedSecrets(connection.secrets)).toEqual(cell.stored);

    const received = (await gateway.received(vendor)).slice(before);
    const [first] = received;
    expect(received.map(({ method }) => method)).toEqual(cell.files ? [...calls, 'POST'] : calls);
    expect(first).toMatchObject({ path, query: '' });
    expect(first?.headers['content-type']).toBe('application/json');
    expect(first?.headers['authorization']).toMatch(authorization);
    expect(JSON.parse(first?.body ?? '')).toEqual({ name, ...cell.body });
  });

  it.each(cells.filter(({ files }) => files))('sends the files of $dialect in a second call: $what', async (cell) => {
    const { result } = await createCell(cell);
    const upload = (await gateway.received(vendor)).at(-1);
    const type = upload?.headers['content-type'] ?? '';
    expect(upload?.path).toBe(`${path}/${result.connection.vendorId}/files`);
    expect(upload?.headers['authorization']).toMatch(authorization);
    expect(type).toMatch(/^multipart\/form-data; ?boundary=/);
    expect(await partsOf(upload?.body ?? '', type)).toEqual(cell.files);
  });

  const readBack = async (cell: Cell) => {
    const { name, result } = await createCell(cell);
    const { id } = result.connection;
    const answer = await gateway.ask(`query ($id: ID!) { connection(id: $id) { id name ${CONFIG_AND_DETAILS} } }`, {
      id,
    });
    expect(answer.data.connection).toMatchObject({ id, name });
    return answer.data.connection;
  };

  it.each(cells)('can be read afterwards as far as the vendor tells: $dialect, $what', async (cell) => {
    expect(told((await readBack(cell)).config)).toEqual(cell.told);
  });

  it.each(cells.filter(({ details }) => details))('tells its options again: $dialect, $what', async (cell) => {
    expect(told((await readBack(cell)).details)).toEqual(cell.details);
  });
});

describe('Of the sixteen pairs of vendor and dialect', () => {
  it('each is either taken, and shown minimal and full, or refused', () => {
    const pairs = places.flatMap(({ vendor, cells }) =>
      dialects.map((dialect) => {
        const shown = cells.filter((cell) => cell.dialect === dialect).map(({ what }) => what.split(/[:,]/)[0]);
        const isTaken = shown.includes('minimal') && shown.includes('full');
        const isRefused = refused.some(([at, what]) => at === vendor && what === dialect);
        return isTaken !== isRefused;
      }),
    );
    expect(pairs).toEqual(Array.from({ length: 16 }, () => true));
  });

  it.each(refused)('%s refuses %s without a call and names who takes it', async (vendor, dialect, config) => {
    await Promise.all(places.map((place) => gateway.reset(place.vendor)));
    const { result, text } = await create(gateway, { instance: vendor, name: 'cell', config: { [dialect]: config } });
    expect(result).toMatchObject({
      __typename: 'UnsupportedError',
      vendor: 'CHARTBREW',
      dialect: dialect.toUpperCase(),
      capability: 'CREATE',
      alternatives: ['LOOKER', 'OMNI', 'CREDIBLE'],
    });
    expect(text).not.toContain('pw-secret-1');
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });
});
