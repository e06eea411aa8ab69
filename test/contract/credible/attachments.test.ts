// Credible puts the values of a DuckDB attachment into SQL texts and libpq strings without quotes. A character that would end a value
// and begin another is refused before any call, in a create and in an update.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { create, issuesOf, refusalOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { KEY_IN_JSON } from '../../support/keys.ts';
import { runMutation, recordSent } from '../../support/mutations.ts';
import { idOf } from '../../support/watched-gateway.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.reset('credible'));
afterAll(() => gateway.close());

const KEY = `{"type":"service_account","project_id":"acme-web","private_key":${KEY_IN_JSON},"client_email":"bi@acme-web.iam.gserviceaccount.com"}`;
const whole: Readonly<Record<string, Values>> = {
  postgres: { host: 'pg.acme.example', port: 5432, database: 'orders', username: 'bi', password: 'pw-secret-1' },
  bigquery: { projectId: 'acme-web', billingProjectId: 'acme-bills', location: 'EU', serviceAccountKey: KEY },
  snowflake: {
    account: 'acme-fin',
    username: 'SVC',
    warehouse: 'WH',
    database: 'FIN',
    schema: 'PUBLIC',
    role: 'ANALYST',
    password: 'pw-secret-1',
  },
  gcs: { keyId: 'GOOG1', secret: 'hm-secret-1' },
  s3: { accessKeyId: 'AKIA', secretAccessKey: 's3-secret-1', region: 'eu-west-1', endpoint: 's3.acme.example' },
};

const inList = (kind: string, values: Values, name = 'a') => ({
  duckdb: { attached: [{ name, source: { [kind]: { ...whole[kind], ...values } } }] },
});
const draft = (kind: string, values: Values) => ({ instance: 'credible', name: 'lake', config: inList(kind, values) });

const QUOTES = ["x'y", 'x"y', 'x`y', 'x\\y', 'x;y'];
const WORD = [...QUOTES, 'x y', 'x\u00a0y', 'x=y'];

const FIELDS: readonly (readonly [kind: string, field: string, refused: readonly string[]])[] = [
  ['postgres', 'host', WORD],
  ['postgres', 'database', WORD],
  ['postgres', 'username', WORD],
  ['bigquery', 'projectId', WORD],
  ['bigquery', 'billingProjectId', WORD],
  ['bigquery', 'location', WORD],
  ['snowflake', 'account', WORD],
  ['snowflake', 'username', QUOTES],
  ['snowflake', 'warehouse', QUOTES],
  ['snowflake', 'database', QUOTES],
  ['snowflake', 'schema', QUOTES],
  ['snowflake', 'role', QUOTES],
  ['gcs', 'keyId', WORD],
  ['s3', 'accessKeyId', WORD],
  ['s3', 'region', WORD],
  ['s3', 'endpoint', WORD],
];

const CHANGE = `mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) {
  __typename ... on ValidationError { issues { path code message source } }
} }`;

describe('An attachment of a DuckDB', () => {
  it.each(FIELDS)('an attachment refuses a character that would end its %s %s', async (kind, field, refused) => {
    const place = `config.duckdb.attached.0.source.${kind}.${field} INVALID`;
    for (const value of refused) {
      expect(await refusalOf(gateway, draft(kind, { [field]: value })), value).toEqual([place]);
    }
    const [value] = refused;
    const input = { id: idOf('v1:c:credible:lake_duckdb'), config: inList(kind, { [field]: value }) };
    const { result, sent } = await recordSent(gateway, 'credible', () => gateway.ask(CHANGE, { input }));
    expect(issuesOf(result.data.updateConnection)).toContain(`input.${place}`);
    expect(sent).toEqual([]);
  });

  it.each<[Values, string]>([
    [{ password: 'pw secret-1' }, 'postgres.password INVALID'],
    [{ password: "pw'secret-1" }, 'postgres.password INVALID'],
    [{ password: 'pw\\secret-1' }, 'postgres.password INVALID'],
    [
      {
        host: null,
        port: null,
        database: null,
        username: null,
        password: null,
        connectionString: "postgresql://bi:a'secret-1@pg/orders",
      },
      'postgres.connectionString INVALID',
    ],
  ])('an attachment refuses a secret that would end its quoted value: %j', async (values, problem) => {
    const { result, text } = await create(gateway, draft('postgres', values));
    expect(issuesOf(result)).toEqual([`input.config.duckdb.attached.0.source.${problem}`]);
    expect(result.issues[0].message).toContain('Credible writes it into');
    expect(text).not.toContain('secret-1');
  });

  it.each<[string, Values]>([
    ['postgres', { password: 'pw=;"secret-1' }],
    ['postgres', { host: '10.20.0.7', database: 'orders-2', username: 'bi@acme' }],
    ['snowflake', { role: 'Data Analyst', warehouse: 'My WH' }],
    ['snowflake', { password: "pw'\\ secret-1" }],
    ['s3', { endpoint: 'https://s3.acme.example:9000/store', secretAccessKey: 'a/b+c=secret-1' }],
    ['bigquery', { projectId: 'acme.example:web' }],
  ])('an attachment accepts other characters: %s %j', async (kind, values) => {
    const { result } = await create(gateway, draft(kind, values));
    expect(result).toMatchObject({ __typename: 'CreateConnectionSuccess', warnings: [] });
  });

  it('all issues of an attachment are reported at once', async () => {
    const attached = [
      { name: '1st', source: { postgres: { ...whole['postgres'], host: 'x=y', username: "x'y" } } },
      { name: 'b', source: { s3: { ...whole['s3'], region: 'x;y' } } },
    ];
    const config = { duckdb: { attached } };
    expect(await refusalOf(gateway, { instance: 'credible', name: 'lake', config })).toEqual([
      'config.duckdb.attached.0.name INVALID',
      'config.duckdb.attached.0.source.postgres.host INVALID',
      'config.duckdb.attached.0.source.postgres.username INVALID',
      'config.duckdb.attached.1.source.s3.region INVALID',
    ]);
  });

  it('a test of settings applies the same rules to attachments', async () => {
    const { __typename, ...rest } = await runMutation(gateway, 'testConnectionConfig', {
      instance: 'credible',
      config: inList('postgres', { username: 'bi host=x' }),
    });
    expect(__typename).toBe('ValidationError');
    expect(issuesOf(rest)).toEqual(['input.config.duckdb.attached.0.source.postgres.username INVALID']);
  });
});
