// Creates connections to each of the 25 dialects at each of the four vendors. Checks the literal request that the vendor receives,
// what a later read reports, and that a vendor without the dialect refuses it before any call.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quickNth } from '../support/quick.ts';
import { CONFIG_AND_DETAILS, create, storedSecrets, reportedValues } from '../support/create-connection.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { callsToAny } from '../support/journal.ts';
import { everyField } from './every-field.ts';
import type { CreateCase, DialectKey, VendorRules } from './create-case.ts';
import { chartbrewCreateCases, chartbrewRules } from './chartbrew/create-cases/index.ts';
import { credibleCreateCases, credibleRules } from './credible/create-cases/index.ts';
import { lookerCreateCases, lookerRules } from './looker/create-cases/index.ts';
import { omniCreateCases, omniRules } from './omni/create-cases/index.ts';

interface Place {
  readonly vendor: VendorName;
  readonly cells: readonly CreateCase[];
  readonly rules: VendorRules;
  /** The dialects of each vendor, typed from the vendors' documents. */
  readonly takes: readonly DialectKey[];
  readonly path: string;
  readonly authorization: RegExp;
  /** The calls of a create without files, without logins. */
  readonly calls: readonly string[];
}

const places: readonly Place[] = [
  {
    vendor: 'looker',
    cells: lookerCreateCases,
    rules: lookerRules,
    takes: [
      'athena',
      'bigquery',
      'clickhouse',
      'databricks',
      'exasol',
      'mariadb',
      'mssql',
      'mysql',
      'oracle',
      'postgres',
      'redshift',
      'sapHana',
      'snowflake',
      'trino',
      'other',
    ],
    path: '/api/4.0/connections',
    authorization: /^Bearer [0-9a-f]{40}$/,
    calls: ['POST'],
  },
  {
    vendor: 'omni',
    cells: omniCreateCases,
    rules: omniRules,
    takes: [
      'athena',
      'bigquery',
      'clickhouse',
      'databricks',
      'databricksLakebase',
      'exasol',
      'mariadb',
      'motherduck',
      'mssql',
      'mysql',
      'oracle',
      'postgres',
      'redshift',
      'sapHana',
      'snowflake',
      'starrocks',
      'trino',
    ],
    path: '/api/v1/connections',
    authorization: /^Bearer sandbox-omni-key$/,
    // Omni answers a create with the id only.
    calls: ['POST', 'GET'],
  },
  {
    vendor: 'credible',
    cells: credibleCreateCases,
    rules: credibleRules,
    takes: ['bigquery', 'duckdb', 'motherduck', 'mysql', 'postgres', 'snowflake', 'trino'],
    path: '/api/v0/organizations/acme/projects/analytics/connections',
    authorization: /^Bearer sandbox-credible-token$/,
    calls: ['POST'],
  },
  {
    vendor: 'chartbrew',
    cells: chartbrewCreateCases,
    rules: chartbrewRules,
    takes: [
      'api',
      'clickhouse',
      'customerIo',
      'firestore',
      'googleAnalytics',
      'mongodb',
      'mysql',
      'postgres',
      'realtimeDb',
    ],
    path: '/team/7/connections',
    authorization: /^Bearer sandbox-chartbrew-key$/,
    calls: ['POST'],
  },
];

const dialects = Object.keys(everyField) as DialectKey[];

const enumNames: Readonly<Record<DialectKey, string>> = {
  athena: 'ATHENA',
  bigquery: 'BIGQUERY',
  clickhouse: 'CLICKHOUSE',
  databricks: 'DATABRICKS',
  databricksLakebase: 'DATABRICKS_LAKEBASE',
  duckdb: 'DUCKDB',
  exasol: 'EXASOL',
  mariadb: 'MARIADB',
  motherduck: 'MOTHERDUCK',
  mssql: 'MSSQL',
  mysql: 'MYSQL',
  oracle: 'ORACLE',
  postgres: 'POSTGRES',
  redshift: 'REDSHIFT',
  sapHana: 'SAP_HANA',
  snowflake: 'SNOWFLAKE',
  starrocks: 'STARROCKS',
  trino: 'TRINO',
  mongodb: 'MONGODB',
  api: 'API',
  realtimeDb: 'REALTIME_DB',
  firestore: 'FIRESTORE',
  googleAnalytics: 'GOOGLE_ANALYTICS',
  customerIo: 'CUSTOMER_IO',
  other: 'OTHER',
};

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

/** Returns all texts in a value that are too long to be part of a sentence by chance. */
function longTextsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 5 ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(longTextsIn) : [];
}

const warningsOf = (warnings: readonly { path: string[] | null; code: string }[]): string[] =>
  warnings.map(({ path, code }) => `${(path ?? []).slice(1).join('.')} ${code}`.trim()).toSorted();

const partsOf = async (body: string, type: string): Promise<Record<string, string>> => {
  const form = await new Response(body, { headers: { 'content-type': type } }).formData();
  const texts = [...form].map(async ([name, file]) => [name, await new Response(file).text()] as const);
  return Object.fromEntries(await Promise.all(texts));
};

describe.each(places)('A create at $vendor', ({ vendor, cells, path, authorization, calls }) => {
  let made = 0;
  const createCell = async ({ dialect, config, options }: CreateCase) => {
    const name = `cell-${(made += 1)}`;
    const input = { instance: vendor, name, config: { [dialect]: config }, ...(options && { options }) };
    const { result } = await create(gateway, input);
    return { name, result };
  };

  it.each(quickNth(cells, 4))('a create of $dialect sends exactly the expected body: $label', async (cell) => {
    const before = (await gateway.received(vendor)).length;
    const { name, result } = await createCell(cell);
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess' });
    const { connection, warnings } = result;
    expect(warningsOf(warnings)).toEqual(cell.warnings ?? []);
    const messages = (warnings as readonly { message: string }[]).map(({ message }) => message).join('\n');
    const quoted = longTextsIn([cell.config, cell.options]).filter((text) => messages.includes(text));
    expect(quoted, 'a warning quotes the input').toEqual([]);
    const dialect = cell.readsAs ?? enumNames[cell.dialect];
    expect(connection).toMatchObject({ name, vendor: vendor.toUpperCase(), dialect });
    expect(storedSecrets(connection.secrets)).toEqual(cell.setSecrets);

    const received = (await gateway.received(vendor)).slice(before);
    const [first] = received;
    expect(received.map(({ method }) => method)).toEqual(cell.files ? [...calls, 'POST'] : calls);
    expect(first).toMatchObject({ path, query: '' });
    expect(first?.headers['content-type']).toBe('application/json');
    expect(first?.headers['authorization']).toMatch(authorization);
    expect(JSON.parse(first?.body ?? '')).toEqual({ name, ...cell.body });
  });

  it.each(cells.filter(({ files }) => files))(
    'a create of $dialect uploads its files in a second call: $label',
    async (cell) => {
      const { result } = await createCell(cell);
      const upload = (await gateway.received(vendor)).at(-1);
      const type = upload?.headers['content-type'] ?? '';
      expect(upload?.path).toBe(`${path}/${result.connection.vendorId}/files`);
      expect(upload?.headers['authorization']).toMatch(authorization);
      expect(type).toMatch(/^multipart\/form-data; ?boundary=/);
      expect(await partsOf(upload?.body ?? '', type)).toEqual(cell.files);
    },
  );

  const readBack = async (cell: CreateCase) => {
    const { name, result } = await createCell(cell);
    const { id } = result.connection;
    const answer = await gateway.ask(`query ($id: ID!) { connection(id: $id) { id name ${CONFIG_AND_DETAILS} } }`, {
      id,
    });
    expect(answer.data.connection).toMatchObject({ id, name });
    return answer.data.connection;
  };

  it.each(quickNth(cells, 4))(
    'a read after a create reports the settings that the vendor returns: $dialect, $label',
    async (cell) => {
      const { config, details } = await readBack(cell);
      expect(reportedValues(config)).toEqual(cell.reported);
      expect(reportedValues(details)).toMatchObject(cell.details ?? {});
    },
  );
});

describe('The hundred pairs of vendor and dialect', () => {
  it('48 pairs of vendor and dialect are supported, each with a minimal case, a full case and rules', () => {
    const shown = places.flatMap(({ vendor, cells, rules, takes }) =>
      takes.map((dialect) => {
        const whats = cells.filter((cell) => cell.dialect === dialect).map(({ label: what }) => what.split(/[:,]/)[0]);
        return [vendor, dialect, whats.includes('minimal'), whats.includes('full'), dialect in rules];
      }),
    );
    expect(shown.filter(([, , ...is]) => is.includes(false))).toEqual([]);
    expect(shown).toHaveLength(48);
    const stray = places.flatMap(({ cells, takes }) => cells.filter(({ dialect }) => !takes.includes(dialect)));
    expect(stray).toEqual([]);
  });

  const refused = dialects.flatMap((dialect) =>
    places.filter(({ takes }) => !takes.includes(dialect)).map(({ vendor }) => [vendor, dialect] as const),
  );

  it('52 pairs of vendor and dialect are not supported', () => {
    expect(refused).toHaveLength(52);
  });

  it.each(refused)('%s refuses %s without a call and names the vendors that support it', async (vendor, dialect) => {
    await Promise.all(places.map((place) => gateway.reset(place.vendor)));
    const config = { [dialect]: everyField[dialect] };
    const { result, text } = await create(gateway, { instance: vendor, name: 'cell', config });
    expect(result).toMatchObject({
      __typename: 'UnsupportedError',
      vendor: vendor.toUpperCase(),
      dialect: enumNames[dialect],
      capability: 'CREATE',
      alternatives: places.filter(({ takes }) => takes.includes(dialect)).map((place) => place.vendor.toUpperCase()),
    });
    expect(text).not.toMatch(/secret-\d/);
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });
});
