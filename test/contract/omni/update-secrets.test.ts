// Every secret of every dialect at Omni is kept and replaced, and cannot be cleared. The wire names
// are typed from the vendor's notes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { issuesOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import type { DialectKey } from '../create-case.ts';
import { omniCreateCases } from './create-cases/index.ts';
import { createForUpdate, runMutation, recordSent } from '../../support/mutations.ts';
import { CERTIFICATE, OTHER_KEY_IN_JSON, OTHER_PRIVATE_KEY } from '../../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

const NEW_KEY = `{"type":"service_account","project_id":"acme-web","private_key_id":"key-secret-9","private_key":${OTHER_KEY_IN_JSON},"client_email":"bi@acme-web.iam.gserviceaccount.com"}`;
const NEW_PEM = OTHER_PRIVATE_KEY;
const TLS = ['tls.ca', 'tls.certificate', 'tls.key'];

/** Every write-only field of each dialect, with its wire name in an update. Null: Omni cannot update it. */
const SECRETS: readonly (readonly [DialectKey, Readonly<Record<string, string>>, readonly string[]])[] = [
  ['athena', { secretAccessKey: 'passwordUnencrypted' }, TLS],
  ['bigquery', { serviceAccountKey: 'passwordUnencrypted' }, []],
  ['clickhouse', { password: 'passwordUnencrypted' }, TLS],
  ['databricks', { accessToken: 'passwordUnencrypted' }, ['oauth.clientSecret', ...TLS]],
  ['databricksLakebase', { password: 'passwordUnencrypted' }, TLS],
  ['exasol', { password: 'passwordUnencrypted' }, TLS],
  ['mariadb', { password: 'passwordUnencrypted' }, TLS],
  ['motherduck', { accessToken: 'passwordUnencrypted' }, []],
  ['mssql', { password: 'passwordUnencrypted' }, TLS],
  ['mysql', { password: 'passwordUnencrypted' }, ['connectionString', ...TLS]],
  ['oracle', { password: 'passwordUnencrypted' }, TLS],
  ['postgres', { password: 'passwordUnencrypted' }, ['connectionString', ...TLS]],
  ['redshift', { password: 'passwordUnencrypted' }, TLS],
  ['sapHana', { password: 'passwordUnencrypted' }, TLS],
  [
    'snowflake',
    { password: 'passwordUnencrypted', privateKey: 'privateKey' },
    ['privateKeyPassphrase', 'oauth.clientSecret', ...TLS],
  ],
  ['starrocks', { password: 'passwordUnencrypted' }, TLS],
  ['trino', { password: 'passwordUnencrypted' }, ['peakaKey', ...TLS]],
];

/** Returns a valid value of the field. */
const VALUES: Readonly<Record<string, string>> = {
  serviceAccountKey: NEW_KEY,
  privateKey: NEW_PEM,
  connectionString: 'postgresql://bi:url-secret-9@db.acme.example/orders',
  'tls.ca': CERTIFICATE,
  'tls.certificate': CERTIFICATE,
  'tls.key': NEW_PEM,
};

const valueOf = (dialect: string, field: string): string =>
  (VALUES[field] ?? 'pw-secret-9').replace(/^postgresql(?=:)/, dialect === 'mysql' ? 'mysql' : 'postgresql');

const changeable = SECRETS.flatMap(([dialect, wires]) =>
  Object.entries(wires).map(([field, wire]) => [dialect, field, wire] as const),
);
const fixed = SECRETS.flatMap(([dialect, , fields]) => fields.map((field) => [dialect, field] as const));
/** The secrets that Omni stores at a create. */
const storedOnce = fixed.filter(([, field]) => field === 'oauth.clientSecret');

/** Returns the input with one field at its path. */
const at = (dialect: string, field: string, value: unknown): Values => {
  const inside = field.split('.').reduceRight((held: unknown, step) => ({ [step]: held }), value);
  return { [dialect]: inside };
};

let made = 0;
const makeOne = (dialect: DialectKey): Promise<{ id: string; vendorId: string }> => {
  const cell = omniCreateCases.find((one) => one.dialect === dialect && one.label.startsWith('minimal'));
  made += 1;
  return createForUpdate(gateway, {
    instance: 'omni',
    name: `state-${made}`,
    config: { [dialect]: cell?.config ?? {} },
  });
};

const update = async (input: Values) =>
  recordSent(gateway, 'omni', () => runMutation(gateway, 'updateConnection', input));

describe('A secret at Omni', () => {
  it('18 secrets at Omni can be replaced, and 51 cannot', () => {
    expect([changeable.length, fixed.length]).toEqual([18, 51]);
  });

  it.each(changeable)('a secret at Omni is kept: %s, %s', async (dialect, field) => {
    const { id, vendorId } = await makeOne(dialect);
    const config = at(dialect, field, null);
    const { result, sent } = await update({ id, config, options: { omni: { baseRole: 'VIEWER' } } });
    expect(result).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    expect(sent).toEqual([[`PATCH /api/v1/connections/${vendorId}`, { baseRole: 'VIEWER' }]]);
    expect((await update({ id, config })).sent).toEqual([]);
  });

  it.each(changeable)('a secret at Omni is replaced: %s, %s', async (dialect, field, wire) => {
    const { id, vendorId } = await makeOne(dialect);
    const replaced = await update({ id, config: at(dialect, field, { replace: valueOf(dialect, field) }) });
    expect(replaced.result).toMatchObject({ __typename: 'UpdateConnectionSuccess' });
    expect(replaced.sent).toEqual([[`PATCH /api/v1/connections/${vendorId}`, { [wire]: valueOf(dialect, field) }]]);
  });

  it.each([...changeable.map(([dialect, field]) => [dialect, field] as const), ...storedOnce])(
    'a secret at Omni cannot be cleared: %s, %s',
    async (dialect, field) => {
      const { id } = await makeOne(dialect);
      const { result, sent } = await update({ id, config: at(dialect, field, { clear: true }) });
      expect(issuesOf(result)).toContain(`input.config.${dialect}.${field} NOT_ALLOWED`);
      expect(sent).toEqual([]);
    },
  );

  it.each(fixed)('a secret at Omni cannot be replaced: %s, %s', async (dialect, field) => {
    const { id } = await makeOne(dialect);
    const { result, sent } = await update({ id, config: at(dialect, field, { replace: valueOf(dialect, field) }) });
    expect(issuesOf(result)).toContain(`input.config.${dialect}.${field} NOT_ALLOWED`);
    expect(sent).toEqual([]);
  });

  it('a new secret is sent with all other changes in one request', async () => {
    const { id, vendorId } = await makeOne('snowflake');
    const config = { snowflake: { password: { replace: 'pw-secret-9' }, privateKey: { replace: NEW_PEM } } };
    const { result, sent } = await update({ id, config, options: { omni: { baseRole: 'VIEWER' } } });
    expect(sent).toEqual([
      [
        `PATCH /api/v1/connections/${vendorId}`,
        { baseRole: 'VIEWER', passwordUnencrypted: 'pw-secret-9', privateKey: NEW_PEM },
      ],
    ]);
    // Omni uses one of the two sign-in methods and does not report which.
    expect(result.warnings).toMatchObject([{ path: ['input', 'config', 'snowflake'], code: 'SIGN_IN_UNCLEAR' }]);
  });

  it('a key that is not a whole PEM text is refused before any call', async () => {
    const { id } = await makeOne('snowflake');
    const config = { snowflake: { privateKey: { replace: 'MIIkey-secret-9' } } };
    const { result, sent } = await update({ id, config });
    expect(issuesOf(result)).toEqual(['input.config.snowflake.privateKey.replace INVALID']);
    expect(result.issues[0].message).toBe('Must be PEM text, from its BEGIN line to its END line.');
    expect(sent).toEqual([]);
  });
});
