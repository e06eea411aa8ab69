// The catalogue for forms, compared with the gateway through the validator of a form library: the gateway creates what the schemas
// accept and refuses what they refuse.
import type { RJSFSchema } from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreateCase, DialectKey, VendorRules } from '../contract/create-case.ts';
import { chartbrewCreateCases, chartbrewRules } from '../contract/chartbrew/create-cases/index.ts';
import { credibleCreateCases, credibleRules } from '../contract/credible/create-cases/index.ts';
import { everyField } from '../contract/every-field.ts';
import { lookerCreateCases, lookerRules } from '../contract/looker/create-cases/index.ts';
import { omniCreateCases, omniRules } from '../contract/omni/create-cases/index.ts';
import { create, issuesOf } from '../support/create-connection.ts';
import { everyNth } from '../support/exhaustive.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';

type Json = Readonly<Record<string, unknown>>;

// The form library knows the class of draft 7 by its type; that of 2020-12 has the same shape.
const validator = customizeValidator({ AjvClass: Ajv2020 as never });

interface Support {
  readonly vendor: string;
  readonly vendorDialect: string | null;
  readonly status: string;
  readonly createSchema: RJSFSchema;
  readonly optionsSchema: RJSFSchema;
  readonly note: string | null;
}
interface Info {
  readonly dialect: string;
  readonly label: string;
  readonly inputField: DialectKey;
  readonly inputSchema: RJSFSchema;
  readonly support: readonly Support[];
}

const SUPPORT = 'vendor dialect vendorDialect status createSchema optionsSchema note';

let gateway: TestGateway;
let dialects: readonly Info[];
beforeAll(async () => {
  gateway = await startTestGateway();
  const query = `{ dialects { dialect label inputField inputSchema support { ${SUPPORT} } } }`;
  dialects = (await gateway.ask(query)).data.dialects;
});
afterAll(() => gateway.close());

const supportOf = (vendor: VendorName, dialect: string): Support => {
  const info = dialects.find(({ inputField }) => inputField === dialect);
  const found = info?.support.find((entry) => entry.vendor === vendor.toUpperCase());
  if (!found) throw new Error(`The catalogue has no ${dialect} at ${vendor}.`);
  return found;
};

const problems = (schema: RJSFSchema, values: unknown): string[] =>
  validator.validateFormData(values, schema).errors.map(({ stack }) => stack);

const places: readonly (readonly [VendorName, readonly CreateCase[], VendorRules])[] = [
  ['looker', lookerCreateCases, lookerRules],
  ['omni', omniCreateCases, omniRules],
  ['credible', credibleCreateCases, credibleRules],
  ['chartbrew', chartbrewCreateCases, chartbrewRules],
];

/** Cells of which less is required because of an option: `x-unless-options` says so, a schema of the fields alone cannot. */
const UNLESS_OPTIONS: readonly string[] = [
  'omni bigquery authenticationType',
  'omni bigquery workloadIdentityAudience',
  'omni snowflake authenticationType',
];

const optionsOf = (vendor: VendorName, { options }: CreateCase): Json => (options?.[vendor] ?? {}) as Json;
const isUnlessOptions = (vendor: VendorName, cell: CreateCase): boolean =>
  Object.keys(optionsOf(vendor, cell)).some((key) => UNLESS_OPTIONS.includes(`${vendor} ${cell.dialect} ${key}`)) &&
  !cell.label.startsWith('full');

const shown = places.flatMap(([vendor, cells]) =>
  cells.map((cell) => [vendor, cell.dialect, cell.label, cell] as const),
);

/** The cells that are shown by one whose name begins so. */
const covered = (start: string) =>
  new Set(shown.filter(([, , what]) => what.startsWith(start)).map(([vendor, dialect]) => `${vendor} ${dialect}`));

let made = 0;
const createCell = async (vendor: VendorName, cell: CreateCase, config: Json) => {
  const name = `form-${(made += 1)}`.replace('-', '_');
  const input = { instance: vendor, name, config: { [cell.dialect]: config } };
  return (await create(gateway, cell.options ? { ...input, options: cell.options } : input)).result;
};

describe("A form drawn from a vendor's schemas", () => {
  it.each(shown.filter(([vendor, , , cell]) => !isUnlessOptions(vendor, cell)))(
    'a form accepts every input that the gateway creates: %s, %s, %s',
    async (vendor, dialect, _what, cell) => {
      const { createSchema, optionsSchema } = supportOf(vendor, dialect);
      expect(problems(createSchema, cell.config)).toEqual([]);
      expect(problems(optionsSchema, optionsOf(vendor, cell))).toEqual([]);
      expect(await createCell(vendor, cell, cell.config)).toMatchObject({ __typename: 'CreateConnectionSuccess' });
    },
  );

  it.each(shown.filter(([vendor, , , cell]) => isUnlessOptions(vendor, cell)))(
    'a form reads which option makes a field optional: %s, %s, %s',
    async (vendor, dialect, _what, cell) => {
      const { createSchema } = supportOf(vendor, dialect) as { createSchema: Json };
      expect(createSchema['x-unless-options']).toContain(Object.keys(optionsOf(vendor, cell))[0]);
      expect(await createCell(vendor, cell, cell.config)).toMatchObject({ __typename: 'CreateConnectionSuccess' });
    },
  );

  const without = (values: Json, [step = '', ...rest]: readonly string[]): Json =>
    Object.fromEntries(
      Object.entries(values).flatMap(([key, value]) => {
        if (key !== step) return [[key, value]];
        return rest.length === 0 ? [] : [[key, without(value as Json, rest)]];
      }),
    );
  const leaves = (values: Json): string[][] =>
    Object.entries(values).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? leaves(value as Json).map((rest) => [key, ...rest])
        : [[key]],
    );

  const missing = shown
    .filter(([, , what]) => what.startsWith('minimal'))
    .flatMap(([vendor, dialect, , cell]) =>
      leaves(cell.config).map((path) => [vendor, dialect, path.join('.'), cell] as const),
    );

  it.each(everyNth(missing, 4))(
    'a form refuses an input without a required field, like the gateway: %s, %s, %s',
    async (vendor, dialect, key, cell) => {
      const config = without(cell.config, key.split('.'));
      expect(problems(supportOf(vendor, dialect).createSchema, config)).not.toEqual([]);
      const result = await createCell(vendor, cell, config);
      expect(result).toMatchObject({ __typename: 'ValidationError' });
      expect(issuesOf(result)).toContain(`input.config.${dialect}.${key} REQUIRED`);
    },
  );

  const refused = places.flatMap(([vendor, , rules]) =>
    Object.entries(rules)
      .filter(([, rule]) => rule.refused.length > 0)
      .map(([dialect]) => [vendor, dialect] as const),
  );

  it.each(refused)('a form refuses the fields that the vendor does not accept: %s, %s', (vendor, dialect) => {
    expect(problems(supportOf(vendor, dialect).createSchema, everyField[dialect as DialectKey])).not.toEqual([]);
  });

  it('the tests cover 48 cells, each minimal and full', () => {
    expect([covered('minimal').size, covered('full').size]).toEqual([48, 48]);
  });
});

interface Found {
  readonly path: string;
  readonly schema: Json;
}

/** Every schema of a property inside a schema, through items and alternatives. */
function schemasIn(schema: Json, path = ''): Found[] {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Json>).map(
    ([name, one]) => [`${path}.${name}`, one] as const,
  );
  const items = schema['items'] ? [[`${path}[]`, schema['items'] as Json] as const] : [];
  const inside = [...properties, ...items].flatMap(([at, one]) => [{ path: at, schema: one }, ...schemasIn(one, at)]);
  const alternatives = ((schema['oneOf'] ?? []) as Json[]).flatMap((one) => schemasIn(one, path));
  return [...inside, ...alternatives];
}

/** What stands against drawing a form of a schema. */
const undrawable = (schema: Json): string[] =>
  schemasIn(schema)
    .filter(({ path }) => !path.endsWith('[]'))
    .filter(
      ({ schema: { type, title, description, const: fixed, enum: choice } }) =>
        (typeof type !== 'string' && fixed === undefined && choice === undefined) ||
        type === 'null' ||
        typeof title !== 'string' ||
        typeof description !== 'string',
    )
    .map(({ path }) => path);

/** The fields that are drawn as passwords and never filled in. */
const secrets = (schema: Json): string[] =>
  schemasIn(schema)
    .filter(({ schema: one }) => one['writeOnly'] === true && one['format'] === 'password' && one['type'] === 'string')
    .map(({ path }) => path.slice(1));

describe('Every JSON Schema of the catalogue', () => {
  it('each field in the catalogue has one plain type, a title and a description, and no null', () => {
    const all = dialects.flatMap(({ inputSchema, support }) => [
      inputSchema,
      ...support.flatMap(({ createSchema, optionsSchema }) => (createSchema ? [createSchema, optionsSchema] : [])),
    ]);
    expect(all).toHaveLength(25 + 2 * 48);
    expect(all.flatMap((schema) => undrawable(schema as Json))).toEqual([]);
    expect(JSON.stringify(all)).not.toContain('"null"');
    expect(
      undrawable({ properties: { port: { type: ['integer', 'null'], title: 'Port', description: 'TCP port.' } } }),
    ).toEqual(['.port']);
  });

  it('each schema in the catalogue is a JSON Schema of draft 2020-12', () => {
    const ajv = new Ajv2020({ strict: false });
    for (const { inputSchema, support } of dialects) {
      expect(inputSchema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
      const schemas = support.flatMap((entry) => (entry.createSchema ? [entry.createSchema, entry.optionsSchema] : []));
      for (const schema of [inputSchema, ...schemas]) expect(ajv.validateSchema(schema)).toBe(true);
    }
  });

  it.each<[DialectKey, string[]]>([
    ['athena', ['secretAccessKey', 'tls.ca', 'tls.certificate', 'tls.key']],
    ['bigquery', ['serviceAccountKey']],
    ['databricks', ['accessToken', 'oauth.clientSecret', 'tls.ca', 'tls.certificate', 'tls.key']],
    ['oracle', ['password', 'tls.ca', 'tls.certificate', 'tls.key']],
    ['trino', ['password', 'peakaKey', 'tls.ca', 'tls.certificate', 'tls.key']],
    ['motherduck', ['accessToken']],
    ['mongodb', ['password', 'connectionString', 'options[].value', 'tls.ca', 'tls.certificate', 'tls.key']],
    ['api', ['authentication.basic.password', 'authentication.bearer', 'headers[].value']],
    ['realtimeDb', ['serviceAccountKey']],
    ['firestore', ['serviceAccountKey']],
    ['googleAnalytics', []],
    ['customerIo', ['apiKey']],
  ])('the schema of %s marks its secrets as write-only', (dialect, expected) => {
    const info = dialects.find(({ inputField }) => inputField === dialect);
    expect(secrets(info?.inputSchema as Json).toSorted()).toEqual(expected.toSorted());
  });

  it('secrets in the sources of DuckDB and in options are write-only', () => {
    const { createSchema } = supportOf('credible', 'duckdb');
    expect(secrets(createSchema as Json).toSorted()).toEqual([
      'attached[].source.bigquery.serviceAccountKey',
      'attached[].source.gcs.secret',
      'attached[].source.postgres.connectionString',
      'attached[].source.postgres.password',
      'attached[].source.s3.secretAccessKey',
      'attached[].source.s3.sessionToken',
      'attached[].source.snowflake.password',
      'attached[].source.snowflake.privateKey',
      'attached[].source.snowflake.privateKeyPassphrase',
    ]);
    expect(secrets(supportOf('looker', 'postgres').optionsSchema as Json).toSorted()).toEqual([
      'afterConnectStatements',
      'certificate.body',
      'jdbcAdditionalParams',
      'pdtOverride.afterConnectStatements',
      'pdtOverride.certificate.body',
      'pdtOverride.jdbcAdditionalParams',
      'pdtOverride.password',
    ]);
    expect(secrets(supportOf('chartbrew', 'postgres').optionsSchema as Json).toSorted()).toEqual([
      'ssh.passphrase',
      'ssh.password',
      'ssh.privateKey',
    ]);
  });

  it('one-of groups, choices and usual values have the form that form libraries need', () => {
    const snowflake = supportOf('credible', 'snowflake').createSchema;
    expect(snowflake).toMatchObject({
      title: 'Snowflake',
      additionalProperties: false,
      required: ['account', 'username', 'warehouse'],
      anyOf: [
        { title: 'Password', required: ['password'] },
        { title: 'Private key', required: ['privateKey'] },
      ],
    });
    const flavor = { type: 'string', oneOf: [{ const: 'STANDARD' }, { const: 'RDS' }] };
    expect(supportOf('chartbrew', 'mysql').createSchema.properties).toMatchObject({
      port: { type: 'integer', examples: [3306] },
      flavor,
    });
    expect(supportOf('looker', 'mysql').optionsSchema.properties).toMatchObject({
      dialectName: { enum: ['mysql', 'mysql_8', 'googlecloudsql', 'amazonaurora'] },
    });
    expect(supportOf('omni', 'postgres').createSchema.properties).not.toHaveProperty('tls');
  });
});

describe('The catalogue of dialects', () => {
  it('the catalogue has the capabilities of every dialect and vendor', () => {
    const statuses = dialects.flatMap(({ support }) => support.map(({ status }) => status));
    const count = (status: string) => statuses.filter((value) => value === status).length;
    expect([count('SUPPORTED'), count('READ_ONLY'), count('UNSUPPORTED')]).toEqual([48, 3, 49]);
    expect(supportOf('omni', 'other')).toMatchObject({ status: 'READ_ONLY', createSchema: null, optionsSchema: null });
    expect(supportOf('looker', 'other')).toMatchObject({ status: 'SUPPORTED', vendorDialect: null });
    expect(supportOf('looker', 'bigquery')).toMatchObject({ vendorDialect: 'bigquery_standard_sql' });
    expect(supportOf('looker', 'motherduck')).toMatchObject({ status: 'UNSUPPORTED', note: expect.any(String) });
  });

  it.each([
    [
      '{ vendor: [CREDIBLE] }',
      ['BIGQUERY', 'MOTHERDUCK', 'MYSQL', 'POSTGRES', 'SNOWFLAKE', 'TRINO', 'DUCKDB', 'OTHER'],
    ],
    ['{ instance: "chartbrew", dialect: [MYSQL, MARIADB, API] }', ['MYSQL', 'API']],
    ['{ vendor: [OMNI], instance: "looker" }', []],
    ['{ dialect: [] }', []],
  ])('the catalogue is filtered by %s', async (filter, expected) => {
    const answer = await gateway.ask(`{ dialects(filter: ${filter}) { dialect support { vendor } } }`);
    const rows = answer.data.dialects as readonly { dialect: string; support: readonly object[] }[];
    expect(rows.map(({ dialect }) => dialect)).toEqual(expected);
    expect(rows.every(({ support }) => support.length === 1)).toBe(true);
  });

  it('the catalogue returns one dialect, and an error for an unknown instance', async () => {
    const one = await gateway.ask('{ dialect(dialect: SAP_HANA) { label inputField support { vendor status } } }');
    expect(one.data.dialect).toEqual({
      label: 'SAP HANA',
      inputField: 'sapHana',
      support: [
        { vendor: 'LOOKER', status: 'SUPPORTED' },
        { vendor: 'OMNI', status: 'SUPPORTED' },
        { vendor: 'CREDIBLE', status: 'UNSUPPORTED' },
        { vendor: 'CHARTBREW', status: 'UNSUPPORTED' },
      ],
    });
    const wrong = await gateway.ask('{ dialects(filter: { instance: "nowhere" }) { label } }');
    expect(wrong.data).toBeUndefined();
    expect(wrong.errors).toMatchObject([
      {
        message:
          'Argument filter.instance on Query.dialects: There is no instance with this key or id; `vendors` lists them.',
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });

  it('each vendor returns its part of the catalogue', async () => {
    const answer = await gateway.ask('{ vendors { vendor dialects { dialect status } } }');
    const counts = answer.data.vendors.map((one: { vendor: string; dialects: readonly { status: string }[] }) => [
      one.vendor,
      one.dialects.filter(({ status }) => status === 'SUPPORTED').length,
    ]);
    expect(counts).toEqual([
      ['LOOKER', 15],
      ['OMNI', 17],
      ['CREDIBLE', 7],
      ['CHARTBREW', 9],
    ]);
  });
});
