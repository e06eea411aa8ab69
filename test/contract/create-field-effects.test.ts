// No field is silently without effect. For every dialect of Omni and Credible and every field that the schema has for it:
// a create sends the field under its wire name, refuses it, or warns that it has no
// effect. Typed from the vendors' notes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { create, issuesOf } from '../support/create-connection.ts';
import { everyNth } from '../support/exhaustive.ts';
import { valueAt, withValues } from '../support/field-samples.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { dialectInputs, inputFields } from '../support/input-fields.ts';
import { everyField } from './every-field.ts';
import { KEY_FILE, PRIVATE_KEY, type DialectKey } from './create-case.ts';

type Values = Readonly<Record<string, unknown>>;

/** The field is sent unchanged under this wire name. */
const as = (wire: string) => ({ wire });
/** The field is sent under this wire name in another form. */
const sent = (wire: string, value: unknown) => ({ wire, value });
const refused = { code: 'NOT_ALLOWED' } as const;
const excluded = { code: 'EXCLUSIVE' } as const;
const ignored = { warning: 'FIELD_IGNORED' } as const;
/** The field is sent, with a warning that the vendor uses only one of several sign-in methods. */
const unclear = (wire: string) => ({ wire, warning: 'SIGN_IN_UNCLEAR' });

interface Outcome {
  readonly wire?: string;
  readonly value?: unknown;
  readonly code?: string;
  /** The other field, whose path the issue has. */
  readonly at?: string;
  readonly warning?: string;
}

interface Row {
  readonly base: Values;
  readonly options?: Values;
  readonly fields: Readonly<Record<string, Outcome>>;
}

const noTls = {
  'tls.enabled': refused,
  'tls.verify': refused,
  'tls.mode': refused,
  'tls.ca': refused,
  'tls.certificate': refused,
  'tls.key': refused,
};
/** Omni's flag accepts any certificate, and Patchbay's field verifies it. */
const onlyVerify = { ...noTls, 'tls.verify': sent('trustServerCertificate', false) };
const noOauth = {
  'oauth.clientId': refused,
  'oauth.clientSecret': refused,
  'oauth.audience': refused,
  'oauth.authorizationUrl': refused,
  'oauth.tokenUrl': refused,
};

const reach = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' };
const omniServer = {
  host: as('host'),
  port: as('port'),
  database: as('database'),
  schema: as('defaultSchema'),
  username: as('username'),
  password: as('passwordUnencrypted'),
};
const omniPlain: Row = { base: reach, fields: { ...omniServer, ...noTls } };
const omniFlavored: Row = {
  base: reach,
  fields: { ...omniServer, ...noTls, connectionString: refused, flavor: refused },
};
const omniTrusting: Row = { base: reach, fields: { ...omniServer, ...onlyVerify } };

const omni: Partial<Record<DialectKey, Row>> = {
  postgres: omniFlavored,
  mysql: omniFlavored,
  mariadb: omniPlain,
  redshift: omniPlain,
  starrocks: omniPlain,
  databricksLakebase: omniPlain,
  clickhouse: omniTrusting,
  exasol: omniTrusting,
  sapHana: omniTrusting,
  mssql: { base: { ...reach, schema: 'dbo' }, fields: { ...omniServer, ...onlyVerify } },
  oracle: {
    base: { ...reach, acceptsLicense: true },
    fields: { ...omniServer, ...noTls, acceptsLicense: as('acceptsLicense'), usesTns: refused, serviceName: refused },
  },
  trino: {
    base: { host: 'db.acme.example', port: 8443, catalog: 'hive', username: 'bi', password: 'pw-secret-1' },
    fields: {
      host: as('host'),
      port: as('port'),
      catalog: as('database'),
      schema: as('defaultSchema'),
      username: as('username'),
      password: as('passwordUnencrypted'),
      peakaKey: refused,
      ...onlyVerify,
    },
  },
  motherduck: {
    base: { database: 'orders', accessToken: 'pw-secret-1' },
    fields: { database: as('database'), schema: as('defaultSchema'), accessToken: as('passwordUnencrypted') },
  },
  bigquery: {
    base: { location: 'us', serviceAccountKey: KEY_FILE },
    fields: {
      projectId: as('database'),
      billingProjectId: refused,
      location: as('region'),
      dataset: as('defaultSchema'),
      serviceAccountEmail: as('username'),
      serviceAccountKey: as('passwordUnencrypted'),
      maximumBytesBilled: as('maxBillingBytes'),
      queryTimeoutMs: refused,
    },
  },
  snowflake: {
    base: { account: 'acme', warehouse: 'WH', database: 'FINANCE', username: 'BI', password: 'pw-secret-1' },
    fields: {
      account: as('host'),
      hostOverride: excluded,
      warehouse: as('warehouse'),
      database: as('database'),
      schema: as('defaultSchema'),
      role: refused,
      username: as('username'),
      password: as('passwordUnencrypted'),
      privateKey: as('privateKey'),
      privateKeyPassphrase: refused,
      'oauth.clientId': ignored,
      'oauth.clientSecret': ignored,
      'oauth.audience': ignored,
      'oauth.authorizationUrl': ignored,
      'oauth.tokenUrl': ignored,
      queryTimeoutMs: refused,
      ...noTls,
    },
  },
  databricks: {
    base: { host: 'dbc-1.databricks.com', httpPath: '/sql/1', accessToken: 'pw-secret-1' },
    fields: {
      host: as('host'),
      httpPath: as('warehouse'),
      catalog: as('database'),
      schema: as('defaultSchema'),
      accessToken: as('passwordUnencrypted'),
      'oauth.clientId': ignored,
      'oauth.clientSecret': ignored,
      'oauth.audience': refused,
      'oauth.authorizationUrl': refused,
      'oauth.tokenUrl': refused,
      machineAuthentication: ignored,
      ...noTls,
    },
  },
  athena: {
    base: { region: 'us-east-1', accessKeyId: 'AKIA', secretAccessKey: 'pw-secret-1' },
    fields: {
      region: as('region'),
      catalog: as('database'),
      schema: as('defaultSchema'),
      s3StagingDir: refused,
      roleArn: unclear('awsRoleArn'),
      accessKeyId: as('username'),
      secretAccessKey: as('passwordUnencrypted'),
      machineAuthentication: unclear('useMachineAuth'),
      ...noTls,
    },
  },
};

/** Returns the effects for the fields of a block of Credible. */
const inBlock = (type: string, fields: Readonly<Record<string, Outcome>>) =>
  Object.fromEntries(
    Object.entries(fields).map(([key, one]) => [
      key,
      one.wire ? { ...one, wire: `${type}Connection.${one.wire}` } : one,
    ]),
  );

const pgFields = {
  host: as('host'),
  port: as('port'),
  database: as('databaseName'),
  schema: refused,
  username: as('userName'),
  password: as('password'),
  // The issue has the path of the excluded field.
  connectionString: { ...excluded, at: 'host' },
  flavor: refused,
  ...noTls,
};
const bigqueryFields = {
  projectId: as('defaultProjectId'),
  billingProjectId: as('billingProjectId'),
  location: as('location'),
  dataset: refused,
  serviceAccountEmail: refused,
  serviceAccountKey: as('serviceAccountKeyJson'),
  maximumBytesBilled: as('maximumBytesBilled'),
  queryTimeoutMs: sent('queryTimeoutMilliseconds', '1000'),
};
const snowflakeFields = {
  account: as('account'),
  hostOverride: refused,
  warehouse: as('warehouse'),
  database: as('database'),
  schema: as('schema'),
  role: as('role'),
  username: as('username'),
  password: as('password'),
  privateKey: as('privateKey'),
  // The private key in this input is not encrypted.
  privateKeyPassphrase: { ...as('privateKeyPass'), warning: 'VALUE_DOUBTFUL' },
  queryTimeoutMs: as('responseTimeoutMilliseconds'),
  ...noOauth,
  ...noTls,
};
const snowflakeBase = {
  account: 'acme',
  warehouse: 'WH',
  username: 'BI',
  password: 'pw-secret-1',
  privateKey: PRIVATE_KEY,
};

const credible: Partial<Record<DialectKey, Row>> = {
  postgres: { base: { host: 'db.acme.example' }, fields: inBlock('postgres', pgFields) },
  mysql: {
    base: { host: 'db.acme.example' },
    fields: inBlock('mysql', {
      ...pgFields,
      database: as('database'),
      username: as('user'),
      connectionString: refused,
    }),
  },
  bigquery: { base: {}, fields: inBlock('bigquery', bigqueryFields) },
  snowflake: { base: snowflakeBase, fields: inBlock('snowflake', snowflakeFields) },
  trino: {
    base: { host: 'trino.acme.example', port: 8443 },
    fields: inBlock('trino', {
      host: sent('server', 'https://trino.acme.example'),
      port: as('port'),
      catalog: as('catalog'),
      schema: as('schema'),
      username: as('user'),
      password: as('password'),
      peakaKey: as('peakaKey'),
      ...noTls,
      'tls.enabled': sent('server', 'https://trino.acme.example'),
    }),
  },
  motherduck: {
    base: { accessToken: 'pw-secret-1' },
    fields: inBlock('motherduck', { database: as('database'), schema: refused, accessToken: as('accessToken') }),
  },
};

/** The kinds of DuckDB attachments, with their input type and their required fields. */
const attached: Readonly<Record<string, Row & { readonly type: string; readonly values: Values }>> = {
  postgres: { type: 'PostgresInput', base: { host: 'pg' }, fields: pgFields, values: everyField.postgres },
  bigquery: { type: 'BigQueryInput', base: {}, fields: bigqueryFields, values: everyField.bigquery },
  snowflake: {
    type: 'SnowflakeInput',
    base: snowflakeBase,
    fields: snowflakeFields,
    values: everyField.snowflake,
  },
  gcs: {
    type: 'GcsInput',
    base: { keyId: 'GOOG1', secret: 'hm-secret-1' },
    fields: { keyId: as('keyId'), secret: as('secret') },
    values: { keyId: 'GOOG2', secret: 'hm-secret-2' },
  },
  s3: {
    type: 'S3Input',
    base: { accessKeyId: 'AKIA', secretAccessKey: 's3-secret-1' },
    fields: {
      accessKeyId: as('accessKeyId'),
      secretAccessKey: as('secretAccessKey'),
      region: as('region'),
      endpoint: as('endpoint'),
      sessionToken: as('sessionToken'),
    },
    values: {
      accessKeyId: 'AKIB',
      secretAccessKey: 's3-secret-2',
      region: 'eu-west-1',
      endpoint: 's3.acme.example',
      sessionToken: 's3-secret-3',
    },
  },
};

/** Combinations that the table above does not have: several sign-in methods at Omni, and a named sign-in method. */
const role = 'arn:aws:iam::1:role/r';
const oauth = { clientId: 'client-1', clientSecret: 'oauth-secret-1' };
const AUDIENCE = { workloadIdentityAudience: '//iam.googleapis.com/p' };
const CASES: readonly (readonly [DialectKey, Values, Values, readonly string[]])[] = [
  ['snowflake', { oauth }, {}, ['options.omni.authenticationType SIGN_IN_UNCLEAR']],
  ['snowflake', { privateKey: PRIVATE_KEY }, {}, ['config.snowflake.password FIELD_IGNORED']],
  [
    'snowflake',
    { oauth },
    { authenticationType: 'snowflake-password' },
    ['config.snowflake.oauth.clientId FIELD_IGNORED', 'config.snowflake.oauth.clientSecret FIELD_IGNORED'],
  ],
  ['snowflake', { oauth }, { authenticationType: 'snowflake-oauth-user' }, []],
  ['snowflake', {}, { authenticationType: 'snowflake-keypair' }, ['config.snowflake.privateKey REQUIRED']],
  ['snowflake', {}, { authenticationType: 'databricks-oauth-m2m' }, ['options.omni.authenticationType INVALID']],
  ['snowflake', {}, { authenticationType: 'snowflake-brand-new' }, []],
  ['databricks', { oauth }, {}, ['options.omni.authenticationType SIGN_IN_UNCLEAR']],
  [
    'databricks',
    { oauth, machineAuthentication: true },
    { authenticationType: 'databricks-oauth-m2m' },
    ['config.databricks.accessToken FIELD_IGNORED'],
  ],
  [
    'databricks',
    {},
    { authenticationType: 'databricks-oauth-m2m' },
    ['config.databricks.oauth.clientId REQUIRED', 'config.databricks.oauth.clientSecret REQUIRED'],
  ],
  ['athena', { roleArn: role }, { authenticationType: 'aws-access-key' }, ['config.athena.roleArn FIELD_IGNORED']],
  [
    'athena',
    { roleArn: role },
    { authenticationType: 'aws-cross-account-role' },
    ['config.athena.accessKeyId FIELD_IGNORED', 'config.athena.secretAccessKey FIELD_IGNORED'],
  ],
  ['athena', {}, { authenticationType: 'aws-cross-account-role' }, ['config.athena.roleArn REQUIRED']],
  ['athena', { machineAuthentication: false }, {}, []],
  [
    'bigquery',
    { serviceAccountEmail: 'bi@acme.example' },
    AUDIENCE,
    ['config.bigquery.serviceAccountEmail FIELD_IGNORED', 'config.bigquery.serviceAccountKey FIELD_IGNORED'],
  ],
  [
    'bigquery',
    {},
    { ...AUDIENCE, authenticationType: 'bigquery-service-account' },
    ['options.omni.workloadIdentityAudience FIELD_IGNORED'],
  ],
  [
    'bigquery',
    {},
    { workloadIdentityServiceAccount: 'wif@acme.example' },
    ['options.omni.workloadIdentityServiceAccount FIELD_IGNORED'],
  ],
  [
    'bigquery',
    {},
    { authenticationType: 'bigquery-workload-identity-federation' },
    ['options.omni.workloadIdentityAudience REQUIRED'],
  ],
  ['bigquery', {}, { authenticationType: 'bigquery-oauth-user' }, []],
  ['mssql', {}, { authenticationType: 'mssql-active-directory-password' }, []],
  ['mssql', {}, { authenticationType: 'aws-access-key' }, ['options.omni.authenticationType INVALID']],
];

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

let made = 0;

/** Runs a create. Returns issues and warnings as `path CODE` without `input`, and the body that was sent. */
async function outcomeOf(vendor: VendorName, config: Values, options: Values = {}) {
  const before = (await gateway.posted(vendor)).length;
  made += 1;
  const { result } = await create(gateway, {
    instance: vendor,
    name: `effect_${made}`,
    config,
    ...(Object.keys(options).length > 0 && { options: { [vendor]: options } }),
  });
  const warnings = ((result.warnings ?? []) as readonly { path: string[]; code: string }[]).map(
    ({ path, code }) => `${path.join('.')} ${code}`,
  );
  const reported = [...issuesOf(result), ...warnings].map((one) => one.replace(/^input\./, '')).toSorted();
  return { told: reported, body: (await gateway.posted(vendor)).slice(before)[0] as Values | undefined };
}

type Found = Awaited<ReturnType<typeof outcomeOf>>;
const UNCLEAR = 'options.omni.authenticationType SIGN_IN_UNCLEAR';
const toldAt = (place: string, { at: beside }: Outcome): string =>
  beside === undefined ? place : place.replace(/[^.]+$/, beside);

/** Returns the effect of one field as in the tables: the issue, or the warning and the sent value. */
function cameOf({ told: reported, body }: Found, place: string, outcome: Outcome, inBody: string) {
  if (outcome.code !== undefined) {
    return { issue: reported.find((one) => one.startsWith(`${toldAt(place, outcome)} `)), body };
  }
  // A private key makes the password of the base input useless.
  const rest = reported.filter((one) => !one.endsWith('.password FIELD_IGNORED'));
  return { told: rest, value: outcome.wire && valueAt(body, inBody + outcome.wire) };
}

function meantBy(place: string, outcome: Outcome, given: unknown) {
  const { code, warning, wire } = outcome;
  if (code !== undefined) return { issue: `${toldAt(place, outcome)} ${code}`, body: undefined };
  const reported = warning === undefined ? [] : [warning === 'SIGN_IN_UNCLEAR' ? UNCLEAR : `${place} ${warning}`];
  return { told: reported, value: wire && ('value' in outcome ? outcome.value : given) };
}

describe.each([
  ['omni', omni],
  ['credible', credible],
] as const)('The effect of a field in a create at %s', (vendor, table) => {
  const cells = Object.entries(table).flatMap(([dialect, { base, fields }]) =>
    Object.entries(fields).map(([key, outcome]) => ({ dialect: dialect as DialectKey, base, key, outcome })),
  );

  it.each(everyNth(cells, 3))(
    'a field of $dialect is sent, refused or gets a warning: $key',
    async ({ dialect, base, key, outcome }) => {
      const given = key === 'host' ? base['host'] : valueAt(everyField[dialect], key);
      expect(given).toBeDefined();
      const found = await outcomeOf(vendor, withValues({ [dialect]: base }, { [`${dialect}.${key}`]: given }));
      const place = `config.${dialect}.${key}`;
      expect(cameOf(found, place, outcome, '')).toEqual(meantBy(place, outcome, given));
    },
  );

  it('the table has every field that the schema has for the dialects', () => {
    const inputs = dialectInputs(gateway.gateway.schema);
    for (const [dialect, { fields }] of Object.entries(table)) {
      const all = inputFields(gateway.gateway.schema, inputs[dialect] ?? '');
      expect(Object.keys(fields).toSorted(), dialect).toEqual(all.toSorted());
    }
  });
});

describe('The effect of a field in an attachment of a DuckDB at Credible', () => {
  const cells = Object.entries(attached).flatMap(([kind, row]) =>
    Object.entries(row.fields).map(([key, outcome]) => ({ kind, row, key, outcome })),
  );

  it.each(everyNth(cells, 3))(
    'a field of a DuckDB attachment is sent or refused: $kind $key',
    async ({ kind, row, key, outcome }) => {
      const given = valueAt(row.values, key);
      const source = withValues({ [kind]: row.base }, { [`${kind}.${key}`]: given });
      const found = await outcomeOf('credible', { duckdb: { attached: [{ name: 'a', source }] } });
      const place = `config.duckdb.attached.0.source.${kind}.${key}`;
      const inBody = `duckdbConnection.attachedDatabases.0.${kind}Connection.`;
      expect(cameOf(found, place, outcome, inBody)).toEqual(meantBy(place, outcome, given));
    },
  );

  it('the table has every field that the schema has for the kinds of attachments', () => {
    for (const [kind, { type, fields }] of Object.entries(attached)) {
      expect(Object.keys(fields).toSorted(), kind).toEqual(inputFields(gateway.gateway.schema, type).toSorted());
    }
  });
});

describe('Combinations of sign-in fields at Omni', () => {
  it.each(CASES)('a create of %s at Omni with %j and %j reports %j', async (dialect, more, options, expected) => {
    const { base = {} } = omni[dialect] ?? {};
    const { told: reported } = await outcomeOf('omni', { [dialect]: { ...base, ...more } }, options);
    expect(reported).toEqual(expected);
  });
});
