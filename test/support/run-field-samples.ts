// Runs the field samples of a vendor (field-samples.ts): all writes through one gateway over the sandbox, all rows through the list of
// a stub vendor. The tests compare the results.
import type { RecordedRequest } from '../../src/sandbox/server.ts';
import { create, type CreateInput } from './create-connection.ts';
import {
  withValues,
  type Field,
  type WriteSample,
  type ReadSample,
  type Values,
  type VendorFields,
} from './field-samples.ts';
import { startTestGateway, type VendorName } from './gateway.ts';
import { vendorIdOf, vendorWithRows, type WireRow } from './stub-rows.ts';
import { startStubbedGateway } from './stub-vendor.ts';
import { listWhole, type Row } from './whole-connection.ts';

export interface Sent {
  readonly input: Values;
  /** The member of the result union. `text` is the whole answer. */
  readonly result: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** The body that the vendor received. Empty when it received none. */
  readonly body: Values;
  /** The parts of the second call and their texts. */
  readonly files: Values;
}

async function partsOf(body: string, type: string): Promise<Values> {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const texts = [...form].map(async ([name, file]) => [name, await new Response(file).text()] as const);
  return Object.fromEntries(await Promise.all(texts));
}

const isUpload = ({ path }: RecordedRequest): boolean => path.endsWith('/files');

/** Sends one create for each write sample of a vendor. */
export async function sendWriteSamples(
  vendor: VendorName,
  { fields, inputs }: VendorFields,
): Promise<ReadonlyMap<WriteSample, Sent>> {
  const gateway = await startTestGateway();
  const writeSamples = fields.flatMap((field) => field.writeSamples);
  const made = await Promise.all(
    writeSamples.map(async (sample, number) => {
      const base = { instance: vendor, name: `sample-${number}`, config: inputs[sample.on] ?? {} };
      const input = withValues(base, sample.put);
      const answer = await create(gateway, input as unknown as CreateInput).catch(({ message }: Error) => ({
        result: { __typename: message },
        text: message,
      }));
      return { sample, input, ...answer };
    }),
  );
  const posts = (await gateway.received(vendor)).filter(({ method }) => method === 'POST');
  const bodies = new Map<unknown, Values>();
  for (const { body } of posts.filter((post) => !isUpload(post))) {
    const parsed = JSON.parse(body) as Values;
    bodies.set(parsed['name'], parsed);
  }
  const uploads = new Map(posts.filter(isUpload).map((post) => [post.path.split('/').at(-2), post]));
  const sent = made.map(async ({ sample, ...response }): Promise<[WriteSample, Sent]> => {
    const upload = uploads.get(response.result.connection?.vendorId);
    const files = upload ? await partsOf(upload.body, upload.headers['content-type'] ?? '') : {};
    return [sample, { ...response, body: bodies.get(response.input['name']) ?? {}, files }];
  });
  const all = new Map(await Promise.all(sent));
  await gateway.close();
  return all;
}

const identityOf: Readonly<Record<VendorName, (number: number) => Values>> = {
  looker: (number) => ({ name: `row_${number}` }),
  omni: (number) => ({ id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`, name: `Row ${number}` }),
  credible: (number) => ({ name: `row_${number}` }),
  chartbrew: (number) => ({ id: 10_000 + number, name: `Row ${number}` }),
};

/** The maximum number of rows in one page of a list. */
const PAGE_SIZE = 200;

/** Returns the connections that a list reports for these rows, by vendor id. */
async function listAll(vendor: VendorName, rows: readonly WireRow[]): Promise<ReadonlyMap<unknown, Row>> {
  const pages = Array.from({ length: Math.ceil(rows.length / PAGE_SIZE) }, (_, page) =>
    rows.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE),
  );
  const lists = pages.map(async (page) => {
    const stub = await startStubbedGateway(vendor, vendorWithRows(vendor, page));
    const listed = await listWhole(stub.gateway, { instance: [vendor], includeDeleted: true });
    await stub.close();
    return listed;
  });
  return new Map((await Promise.all(lists)).flat().map((row) => [row['vendorId'], row]));
}

export interface ListedSamples {
  /** The reported connection of each read sample. Missing when it is not in the list. */
  readonly rows: ReadonlyMap<ReadSample, Row>;
  /** The reported connections of two rows: with and without a value that no read may return. */
  readonly unread: readonly {
    readonly wire: string;
    readonly with: Row | undefined;
    readonly without: Row | undefined;
  }[];
}

/** Lists one row for each read sample, and two rows for each value that no read may return. */
export async function listReadSamples(
  vendor: VendorName,
  { fields, exceptions, rows: bases }: VendorFields,
): Promise<ListedSamples> {
  const rows: WireRow[] = [];
  /** Adds a row and returns its vendor id. */
  const addRow = (on: string, values: Values): string => {
    const row = withValues({ ...identityOf[vendor](rows.length), ...bases[on] }, values);
    rows.push(row);
    return vendorIdOf(row);
  };
  const addSample = (sample: ReadSample, field: Field): string =>
    addRow(sample.on, sample.raw === undefined ? {} : { [sample.wirePath ?? field.wirePath]: sample.raw });
  const samples = fields.flatMap((field) =>
    field.readSamples.map((sample) => [sample, addSample(sample, field)] as const),
  );
  const pairs = exceptions.flatMap(({ wire, unread }) =>
    unread
      ? [{ wire, with: addRow(unread.on, { [unread.wirePath]: unread.raw }), without: addRow(unread.on, {}) }]
      : [],
  );
  const listed = await listAll(vendor, rows);
  return {
    rows: new Map(
      samples.map(([sample, id]) => [sample, listed.get(id)]).filter((pair): pair is [ReadSample, Row] => !!pair[1]),
    ),
    unread: pairs.map((pair) => ({ ...pair, with: listed.get(pair.with), without: listed.get(pair.without) })),
  };
}
