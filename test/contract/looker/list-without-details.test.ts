// Lists whose query selects neither details nor secrets: Looker is asked for some fields of its rows, and the rest is the same.
import { describe, expect, it, onTestFinished } from 'vitest';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { callsTo } from '../../support/journal.ts';
import { vendorWithRows, type WireRow } from '../../support/stub-rows.ts';
import { startStubbedGateway } from '../../support/stub-vendor.ts';
import { wholeConnection } from '../../support/whole-connection.ts';

/** Neither a password nor a certificate: Looker does not report them. */
const FIELDS =
  'can,created_at,database,dialect_name,has_password,host,jdbc_additional_params,name,port,schema,service_name,ssl,username,uses_key_pair_auth,uses_service_auth,uses_tns,verify_ssl';

const looker = (selection: string) => `connections(first: 200, filter: { instance: ["looker"] }) { ${selection} }`;
const NAMES = looker('totalCount nodes { name host }');
const DETAILS = looker('nodes { details { __typename ... on LookerDetails { maxConnections } } }');
const SECRETS = looker('nodes { secrets { status } }');

/** Starts a gateway whose Looker has a cache of so many milliseconds. */
async function start(ttlMs = 0): Promise<TestGateway> {
  const cache = { ttlMs, staleMs: 600_000 };
  const gateway = await startTestGateway({
    instances: (sandbox) => sandbox.map((instance) => ({ ...instance, cache })),
  });
  onTestFinished(() => gateway.close());
  return gateway;
}

async function ask(gateway: TestGateway, ...fields: string[]) {
  const { data, errors } = await gateway.ask(`{ ${fields.map((field, index) => `f${index}: ${field}`).join(' ')} }`);
  expect(errors).toBeUndefined();
  return Object.values(data as Record<string, { nodes: unknown[] }>).map(({ nodes }) => nodes);
}

/** Returns the value of `fields` in each list that reached Looker; null for a list of whole rows. */
const fieldsOfLists = async (gateway: TestGateway) =>
  (await gateway.received('looker')).map(({ query }) => new URLSearchParams(query).get('fields'));

describe('A list at Looker', () => {
  it.each([
    ['nothing of details and secrets', NAMES, FIELDS],
    ['details', DETAILS, null],
    ['secrets', SECRETS, null],
    [
      'details in a fragment',
      looker('...page } } fragment page on ConnectionPage { nodes { details { __typename }'),
      null,
    ],
  ])('a list that selects %s asks for the fields that it needs', async (_what, field, fields) => {
    const gateway = await start();
    const { errors } = await gateway.ask(`{ ${field} }`);
    expect(errors).toBeUndefined();
    expect(await fieldsOfLists(gateway)).toEqual([fields]);
  });

  it('a query with several lists asks once, for whole rows when one of them needs them', async () => {
    const gateway = await start();
    const [names, details] = await ask(gateway, NAMES, DETAILS);
    expect([names?.length, details?.length]).toEqual([15, 15]);
    expect(await fieldsOfLists(gateway)).toEqual([null]);
  });

  it('a cached list of whole rows serves a list that needs no details, but not the reverse', async () => {
    const gateway = await start(60_000);
    await ask(gateway, NAMES);
    await ask(gateway, NAMES);
    expect(await fieldsOfLists(gateway)).toEqual([FIELDS]);
    const [details] = await ask(gateway, DETAILS);
    expect(details).toContainEqual({ details: { __typename: 'LookerDetails', maxConnections: null } });
    await ask(gateway, NAMES);
    expect(await fieldsOfLists(gateway)).toEqual([FIELDS, null]);
  });

  it('a connection by id with details is not read from a cached list without them', async () => {
    const gateway = await start(60_000);
    const { data } = await gateway.ask(`{ ${looker('nodes { id name }')} }`);
    const { id, name } = data.connections.nodes[0];
    const answer = await gateway.ask(
      'query ($id: ID!) { connection(id: $id) { name details { __typename } secrets { status } } }',
      { id },
    );
    expect(answer.errors).toBeUndefined();
    expect(answer.data.connection).toMatchObject({ name, details: { __typename: 'LookerDetails' } });
  });

  it.each([400, 422])('a Looker that refuses a list of some fields with %i is asked for whole rows', async (status) => {
    const vendor = vendorWithRows('looker', [{ name: 'orders', dialect_name: 'postgres', host: 'db.acme.example' }]);
    const { gateway, origin, close } = await startStubbedGateway('looker', (request) =>
      request.query.has('fields') ? { status, body: { message: 'Bad Request' } } : vendor(request),
    );
    onTestFinished(close);
    expect(await ask(gateway, NAMES)).toEqual([[{ name: 'orders', host: 'db.acme.example' }]]);
    expect(await ask(gateway, NAMES)).toEqual([[{ name: 'orders', host: 'db.acme.example' }]]);
    const list = 'GET /api/4.0/connections';
    const calls = (await callsTo(origin)).filter((call) => call.startsWith(list));
    expect(calls.map((call) => call.includes('?fields='))).toEqual([true, false, false]);
  });

  it('a Looker that fails otherwise is not asked again', async () => {
    const { gateway, origin, close } = await startStubbedGateway('looker', ({ path }) =>
      path.endsWith('/login')
        ? { status: 200, body: { access_token: 'stub-token', expires_in: 3600 } }
        : { status: 403, body: { message: 'Forbidden' } },
    );
    onTestFinished(close);
    expect(await ask(gateway, NAMES)).toEqual([[]]);
    expect((await callsTo(origin)).filter((call) => call.startsWith('GET'))).toHaveLength(1);
  });
});

/** Values that any field of a row may have. */
const ODD_VALUES: readonly unknown[] = [
  undefined,
  null,
  '',
  ' ',
  'db.acme.example',
  'db.acme.example;password=canary',
  'acme.eu-west-1.snowflakecomputing.com',
  'athena.eu-central-1.amazonaws.com',
  'account=acme&warehouse=wh&role=bi',
  5432,
  '5432',
  true,
  false,
  [],
  {},
];
const WORDS = [
  'postgres',
  'snowflake',
  'athena',
  'databricks',
  'bigquery_standard_sql',
  'oracle',
  'mssql_2017',
  'mongobi',
  '',
];
const NAMED = FIELDS.split(',').filter((name) => name !== 'name' && name !== 'dialect_name');

/** Each field with each odd value, at each dialect, between two fields that are set too. */
const oddRows: readonly WireRow[] = WORDS.flatMap((word) =>
  NAMED.flatMap((field, fieldIndex) =>
    ODD_VALUES.map((value, index) => ({
      name: `${word}-${field}-${index}`,
      dialect_name: word,
      [NAMED[(fieldIndex + 3) % NAMED.length]!]: ODD_VALUES[(index * 7) % ODD_VALUES.length],
      [NAMED[(fieldIndex + 5) % NAMED.length]!]: ODD_VALUES[(index * 11 + 4) % ODD_VALUES.length],
      [field]: value,
      max_connections: 7,
      pdt_context_override: { host: 'pdt.acme.example', has_password: true },
    })),
  ),
);

const pick = (row: WireRow, fields: string): WireRow =>
  Object.fromEntries(fields.split(',').flatMap((name) => (name in row ? [[name, row[name]]] : [])));

it('a list without details reports everything else as a list of whole rows does, for 2,000 odd rows', async () => {
  const { gateway, close } = await startStubbedGateway('looker', (request) => {
    const fields = request.query.get('fields');
    return vendorWithRows('looker', fields === null ? oddRows : oddRows.map((row) => pick(row, fields)))(request);
  });
  onTestFinished(close);
  const selection = wholeConnection(gateway, ['details', 'secrets']).slice(1, -1);
  const all = async (more: string) => {
    const rows: Record<string, unknown>[] = [];
    let after: string | null = null;
    do {
      const { data, text } = await gateway.ask(
        `query ($after: String) { connections(first: 200, after: $after, filter: { instance: ["looker"] }) {
          totalCount nodes { ${selection} ${more} } pageInfo { hasNextPage endCursor }
        } }`,
        { after },
      );
      expect(data?.connections?.totalCount, text.slice(0, 500)).toBe(oddRows.length);
      rows.push(...data.connections.nodes);
      after = data.connections.pageInfo.hasNextPage ? data.connections.pageInfo.endCursor : null;
    } while (after !== null);
    return rows;
  };
  const whole = await all('secrets { status }');
  expect(oddRows.length).toBeGreaterThan(2000);
  expect(await all('')).toEqual(whole.map(({ secrets: _secrets, ...rest }) => rest));
});
