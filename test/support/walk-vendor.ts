// Runs the samples of a walk over a vendor's fields: all writes through one gateway over a sandbox, all rows through
// the list of a played vendor. What must come of them is not its business.
import type { RecordedRequest } from '../../src/sandbox/server.ts';
import { create, type CreateInput } from './create-connection.ts';
import { withValues, type Field, type Take, type Tell, type Values, type VendorFields } from './field-walk.ts';
import { startTestGateway, type VendorName } from './gateway.ts';
import { vendorIdOf, vendorWith, type WireRow } from './stub-rows.ts';
import { playVendor } from './stub-vendor.ts';
import { listWhole, type Row } from './whole-connection.ts';

export interface Sent {
  readonly input: Values;
  /** The member of the result, and the answer as it came. */
  readonly result: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** What reached the vendor; empty when nothing did. */
  readonly body: Values;
  /** Parts of the second call and their texts. */
  readonly files: Values;
}

async function partsOf(body: string, type: string): Promise<Values> {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const texts = [...form].map(async ([name, file]) => [name, await new Response(file).text()] as const);
  return Object.fromEntries(await Promise.all(texts));
}

const isUpload = ({ path }: RecordedRequest): boolean => path.endsWith('/files');

/** A create for each way to write a field. */
export async function sendAll(vendor: VendorName, walk: VendorFields): Promise<ReadonlyMap<Take, Sent>> {
  const gateway = await startTestGateway();
  const takes = walk.fields.flatMap((field) => field.takes);
  const made = await Promise.all(
    takes.map(async (take, number) => {
      const base = { instance: vendor, name: `walk-${number}`, config: walk.inputs[take.on] ?? {} };
      const input = withValues(base, take.put);
      const answer = await create(gateway, input as unknown as CreateInput).catch(({ message }: Error) => ({
        result: { __typename: message },
        text: message,
      }));
      return { take, input, ...answer };
    }),
  );
  const posts = (await gateway.received(vendor)).filter(({ method }) => method === 'POST');
  const bodies = new Map<unknown, Values>();
  for (const { body } of posts.filter((post) => !isUpload(post))) {
    const parsed = JSON.parse(body) as Values;
    bodies.set(parsed['name'], parsed);
  }
  const uploads = new Map(posts.filter(isUpload).map((post) => [post.path.split('/').at(-2), post]));
  const sent = made.map(async ({ take, ...one }): Promise<[Take, Sent]> => {
    const upload = uploads.get(one.result.connection?.vendorId);
    const files = upload ? await partsOf(upload.body, upload.headers['content-type'] ?? '') : {};
    return [take, { ...one, body: bodies.get(one.input['name']) ?? {}, files }];
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

/** The most rows that one page of the list shows. */
const PAGE = 200;

/** Everything that is told of rows, by the vendor's id. */
async function listAll(vendor: VendorName, rows: readonly WireRow[]): Promise<ReadonlyMap<unknown, Row>> {
  const pages = Array.from({ length: Math.ceil(rows.length / PAGE) }, (_, page) =>
    rows.slice(page * PAGE, (page + 1) * PAGE),
  );
  const told = pages.map(async (page) => {
    const played = await playVendor(vendor, vendorWith(vendor, page));
    const listed = await listWhole(played.gateway, { instance: [vendor], includeDeleted: true });
    await played.close();
    return listed;
  });
  return new Map((await Promise.all(told)).flat().map((row) => [row['vendorId'], row]));
}

export interface Told {
  /** The row of each way to read a field, as the list tells it; missing when it is not in the list. */
  readonly rows: ReadonlyMap<Tell, Row>;
  /** What is told of rows with and without a value that nothing may tell, by the vendor's name of it. */
  readonly unread: readonly {
    readonly wire: string;
    readonly with: Row | undefined;
    readonly without: Row | undefined;
  }[];
}

/** A row for each way to read a field, and two for each field that is not read. */
export async function tellAll(vendor: VendorName, { fields, exceptions, rows: bases }: VendorFields): Promise<Told> {
  const rows: WireRow[] = [];
  /** Gives the vendor's id of it. */
  const addRow = (on: string, values: Values): string => {
    const row = withValues({ ...identityOf[vendor](rows.length), ...bases[on] }, values);
    rows.push(row);
    return vendorIdOf(row);
  };
  const addSample = (tell: Tell, { place }: Field): string =>
    addRow(tell.on, tell.raw === undefined ? {} : { [tell.place ?? place]: tell.raw });
  const samples = fields.flatMap((field) => field.tells.map((tell) => [tell, addSample(tell, field)] as const));
  const pairs = exceptions.flatMap(({ wire, unread }) =>
    unread ? [{ wire, with: addRow(unread.on, { [unread.place]: unread.raw }), without: addRow(unread.on, {}) }] : [],
  );
  const told = await listAll(vendor, rows);
  return {
    rows: new Map(samples.map(([tell, id]) => [tell, told.get(id)]).filter((pair): pair is [Tell, Row] => !!pair[1])),
    unread: pairs.map((pair) => ({ ...pair, with: told.get(pair.with), without: told.get(pair.without) })),
  };
}
