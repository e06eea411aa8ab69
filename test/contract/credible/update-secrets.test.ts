// Every secret of every dialect at Credible is kept, replaced and cleared. Credible replaces a whole block and does not return
// secrets. The expected requests are typed from the vendor's notes.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { issuesOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { credibleSecrets, NEW_KEY, NEW_PEM, NEW_URL, snowflake, type Secret } from './secret-cases.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.reset('credible'));
afterAll(() => gateway.close());

const PATH = '/api/v0/organizations/acme/projects/analytics/connections';
const update = (id: string, rest: Values) =>
  recordSent(gateway, 'credible', () => runMutation(gateway, 'updateConnection', { id, ...rest }));

const makeOne = ({ dialect, config }: Pick<Secret, 'dialect' | 'config'>) =>
  createForUpdate(gateway, { instance: 'credible', name: 'state', config: { [dialect]: config } });

/** The secrets that their dialect requires. */
const needed = credibleSecrets.filter(({ afterClear }) => typeof afterClear === 'string');
const clearable = credibleSecrets.filter((secret) => !needed.includes(secret));
/** The connection strings, beside which there is no other field. */
const besides = credibleSecrets.filter(({ field }) => field !== 'connectionString');

describe('A secret at Credible', () => {
  it.each(credibleSecrets)(
    'a secret at Credible is kept when the list of tables changes: $dialect $field',
    async (secret) => {
      const { dialect, field } = secret;
      const { id } = await makeOne(secret);
      const credible = { includeTables: ['sales.*'] };
      const { sent } = await update(id, { config: { [dialect]: { [field]: null } }, options: { credible } });
      expect(sent).toEqual([[`PATCH ${PATH}/state`, { name: 'state', type: dialect, includeTables: ['sales.*'] }]]);
    },
  );

  it.each(besides)(
    'a secret at Credible cannot be kept when another setting changes: $dialect $field',
    async (secret) => {
      const { dialect, field, beside } = secret;
      const { id } = await makeOne(secret);
      const { result, sent } = await update(id, { config: { [dialect]: beside } });
      expect(issuesOf(result)).toContain(`input.config.${dialect}.${field} SECRET_NEEDED`);
      expect(sent).toEqual([]);
    },
  );

  it.each(credibleSecrets)('a secret at Credible is replaced with its block: $dialect $field', async (secret) => {
    const { dialect, field, replace, replaced } = secret;
    const { id } = await makeOne(secret);
    const { result, sent } = await update(id, { config: { [dialect]: replace } });
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    const body = { name: 'state', type: dialect, [`${dialect}Connection`]: replaced };
    expect(sent).toEqual([[`PATCH ${PATH}/state`, body]]);
    expect(result.connection.secrets).toContainEqual({ path: ['config', dialect, field], status: 'SET' });
  });

  it.each(clearable)('a secret at Credible is cleared by a block without it: $dialect $field', async (secret) => {
    const { dialect, field, clear, afterClear } = secret;
    const { id } = await makeOne(secret);
    const { result, sent } = await update(id, { config: { [dialect]: clear } });
    const body = { name: 'state', type: dialect, [`${dialect}Connection`]: afterClear };
    expect(sent).toEqual([[`PATCH ${PATH}/state`, body]]);
    expect(result.connection.secrets).toContainEqual({ path: ['config', dialect, field], status: 'NOT_SET' });
  });

  it.each(needed)('a required secret at Credible cannot be cleared: $dialect $field', async (secret) => {
    const { dialect, clear, afterClear } = secret;
    const { id } = await makeOne(secret);
    const { result, sent } = await update(id, { config: { [dialect]: clear } });
    expect(issuesOf(result)).toEqual([`input.config.${dialect}.${afterClear as string} REQUIRED`]);
    expect(sent).toEqual([]);
  });
});

describe('The attachments of a DuckDB', () => {
  const s3 = { accessKeyId: 'AKIA', secretAccessKey: 's3-secret-1', sessionToken: 'session-secret-1' };
  const config = { attached: [{ name: 'files', source: { s3 } }] };
  const s3Without = { accessKeyId: 'AKIA', secretAccessKey: 's3-secret-9' };

  it.each<[string, Values, Values]>([
    ['gcs', { keyId: 'GOOG1', secret: 'gcs-secret-9' }, { keyId: 'GOOG1', secret: 'gcs-secret-9' }],
    ['s3', { ...s3, sessionToken: 'session-secret-9' }, { ...s3, sessionToken: 'session-secret-9' }],
    ['s3', { ...s3Without, sessionToken: null }, s3Without],
    ['postgres', { connectionString: NEW_URL }, { connectionString: NEW_URL }],
    ['postgres', { host: 'pg', password: 'pw-secret-9' }, { host: 'pg', password: 'pw-secret-9' }],
    ['bigquery', { serviceAccountKey: NEW_KEY }, { serviceAccountKeyJson: NEW_KEY }],
    ['bigquery', {}, {}],
    ['snowflake', { ...snowflake, password: 'pw-secret-9' }, { ...snowflake, password: 'pw-secret-9' }],
    [
      'snowflake',
      { ...snowflake, privateKey: NEW_PEM, privateKeyPassphrase: 'pass-secret-9' },
      { ...snowflake, privateKey: NEW_PEM, privateKeyPass: 'pass-secret-9' },
    ],
  ])('a list of attachments is replaced as a whole, with its secrets: %s %j', async (kind, values, sentValues) => {
    const { id } = await makeOne({ dialect: 'duckdb', config });
    const attached = [{ name: 'files', source: { [kind]: values } }];
    const { result, sent } = await update(id, { config: { duckdb: { attached } } });
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    const attachedDatabases = [{ name: 'files', type: kind, [`${kind}Connection`]: sentValues }];
    expect(sent).toEqual([
      [`PATCH ${PATH}/state`, { name: 'state', type: 'duckdb', duckdbConnection: { attachedDatabases } }],
    ]);
  });

  it('a list of attachments is kept when the list of tables changes', async () => {
    const { id } = await makeOne({ dialect: 'duckdb', config });
    const { sent } = await update(id, { options: { credible: { excludeAllTables: true } } });
    expect(sent).toEqual([[`PATCH ${PATH}/state`, { name: 'state', type: 'duckdb', excludeAllTables: true }]]);
  });

  it.each<[unknown, string]>([
    [null, 'attached REQUIRED'],
    [[], 'attached REQUIRED'],
    [[{ name: 'new', source: { gcs: { keyId: 'GOOG1' } } }], 'attached.0.source.gcs.secret REQUIRED'],
    [[{ name: '1st', source: { bigquery: {} } }], 'attached.0.name INVALID'],
  ])('a list of attachments cannot be %j', async (attached, problem) => {
    const { id } = await makeOne({ dialect: 'duckdb', config });
    const { result, sent } = await update(id, { config: { duckdb: { attached } } });
    expect(issuesOf(result)).toEqual([`input.config.duckdb.${problem}`]);
    expect(sent).toEqual([]);
  });
});
