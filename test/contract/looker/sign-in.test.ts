// How a connection signs in at Looker: a key file that tells whose it is, or the account beside it; a password, or a key with its
// passphrase, which have one place there.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createMany, placesOf } from '../../fan-out/create-connections.ts';
import { create, refusalOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { callsToAny } from '../../support/journal.ts';
import { listRows } from '../../support/stub-rows.ts';
import { KEY_FILE, PRIVATE_KEY } from '../create-case.ts';
import { ENCRYPTED_KEY_BASE64, KEY_FILE_BASE64, PRIVATE_KEY_BASE64 } from './create-cases/files.ts';
import { ENCRYPTED_KEY } from '../../support/keys.ts';
import { runMutation } from '../../support/mutations.ts';
import { updateHelpers, patched } from './updates.ts';
import { startLookerStubWithRow, type Values } from './stub.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.reset('looker'));
afterAll(() => gateway.close());

const { prepare, change, refused } = updateHelpers(() => gateway);

const EMAIL = 'bi@acme-web.iam.gserviceaccount.com';
const bigquery = { projectId: 'acme-web', dataset: 'events' };
const snowflake = { account: 'acme', database: 'D', username: 'BI' };
/** Of a cipher that nobody here knows, so that no passphrase is tried. */
const UNKNOWN_KEY = PRIVATE_KEY.replaceAll('PRIVATE KEY', 'ENCRYPTED PRIVATE KEY');

const inputOf = (config: Values, looker?: Values) => ({
  instance: 'looker',
  name: 'cell',
  config,
  ...(looker && { options: { looker } }),
});
const refusedAtOnce = (config: Values, looker?: Values) => refusalOf(gateway, inputOf(config, looker));
const posted = async (config: Values, looker?: Values): Promise<Values> => {
  const { text } = await create(gateway, inputOf(config, looker));
  const [body] = (await gateway.posted('looker')) as Values[];
  if (!body) throw new Error(text);
  return body;
};
const messageOf = async (config: Values, looker?: Values): Promise<string> =>
  (await create(gateway, inputOf(config, looker))).result.issues[0].message;

/** Secrets as a change gives them. */
const replaced = (values: Values) =>
  Object.fromEntries(Object.entries(values).map(([secret, text]) => [secret, { replace: text }]));

const base64 = (text: string) => Buffer.from(text).toString('base64');
const NAMELESS = [
  '{}',
  '{"private_key":"key-secret-1"}',
  '{"client_email":""}',
  '{"client_email":7}',
  '{"client_email":"a;b@c"}',
];
const OTHER_KINDS = [
  '{"type":"authorized_user","client_id":"x","client_secret":"key-secret-1","refresh_token":"key-secret-2"}',
  '{"type":"external_account","audience":"key-secret-1"}',
  '{"type":7}',
];
const file = (body: string, fileType = 'JSON') => ({ certificate: { body, fileType } });

describe('A key of BigQuery that does not tell whose it is', () => {
  const needed = ['config.bigquery.serviceAccountEmail REQUIRED'];

  it.each(NAMELESS)('needs the account beside it: %s', async (serviceAccountKey) => {
    expect(await refusedAtOnce({ bigquery: { ...bigquery, serviceAccountKey } })).toEqual(needed);
    expect(await refusedAtOnce({ bigquery }, file(serviceAccountKey))).toEqual(needed);
    expect(await refusedAtOnce({ bigquery }, file(base64(serviceAccountKey)))).toEqual(needed);
    const body = await posted({ bigquery: { ...bigquery, serviceAccountKey, serviceAccountEmail: 'a@acme.example' } });
    expect(body['username']).toBe('a@acme.example');
  });

  it('needs it in a test, and at one of several targets', async () => {
    const config = { bigquery: { ...bigquery, serviceAccountKey: '{}' } };
    const tested = await runMutation(gateway, 'testConnectionConfig', { instance: 'looker', config });
    expect(placesOf(tested.issues)).toEqual(needed);
    const targets = [{ instance: 'credible' }, { instance: 'looker' }];
    const many = await createMany(gateway, {
      name: 'cell',
      config: { bigquery: { projectId: 'p', dataset: 'd', serviceAccountKey: '{}' } },
      targets,
    });
    expect(placesOf(many.issues)).toContain('config.bigquery.serviceAccountEmail REQUIRED');
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });

  it('keeps the account that is there', async () => {
    const id = await prepare('bigquery');
    const config = { bigquery: { serviceAccountKey: { replace: '{}' } } };
    expect((await change(id, { config })).sent).toEqual(patched({ certificate: 'e30=', file_type: '.json' }));
  });

  it('cannot lose the account', async () => {
    const id = await prepare('bigquery');
    expect(
      await refused(id, {
        config: { bigquery: { serviceAccountEmail: null, serviceAccountKey: { replace: '{}' } } },
      }),
    ).toEqual(['input.config.bigquery.serviceAccountEmail REQUIRED']);
    expect(await refused(id, { config: { bigquery: { serviceAccountEmail: null } } })).toEqual([
      'input.config.bigquery.serviceAccountEmail REQUIRED',
      'input.config.bigquery.serviceAccountKey SECRET_NEEDED',
    ]);
  });

  it('needs the account where Looker has none, though it had a key without one before', async () => {
    const row = {
      dialect_name: 'bigquery_standard_sql',
      host: 'p',
      database: 'd',
      username: null,
      uses_service_auth: true,
    };
    const { update, sent } = await startLookerStubWithRow(row);
    const config = { bigquery: { serviceAccountKey: { replace: '{}' } } };
    expect(placesOf((await update({ config })).issues)).toEqual(needed);
    expect(await sent()).toEqual([]);
    expect(await update({ config: { bigquery: { dataset: 'e' } } })).toMatchObject({
      __typename: 'UpdateConnectionSuccess',
    });
    expect(await sent()).toEqual([{ database: 'e', schema: 'e' }]);
  });
});

describe('A key file that is of another kind than a service account', () => {
  it.each(OTHER_KINDS)('is refused at the key: %s', async (serviceAccountKey) => {
    expect(await refusedAtOnce({ bigquery: { ...bigquery, serviceAccountKey, serviceAccountEmail: EMAIL } })).toEqual([
      'config.bigquery.serviceAccountKey INVALID',
    ]);
    expect(await refusedAtOnce({ bigquery: { ...bigquery, serviceAccountKey } })).toEqual([
      'config.bigquery.serviceAccountEmail REQUIRED',
      'config.bigquery.serviceAccountKey INVALID',
    ]);
    const other = { dialectName: 'spanner', host: 'h' };
    for (const body of [serviceAccountKey, base64(serviceAccountKey)]) {
      expect(await refusedAtOnce({ other }, file(body))).toEqual(['options.looker.certificate.body INVALID']);
      expect(await refusedAtOnce({ other }, { pdtOverride: file(body) })).toEqual([
        'options.looker.pdtOverride.certificate.body INVALID',
      ]);
    }
  });

  it.each([
    ['credible', 'bigquery', { projectId: 'p' }],
    ['omni', 'bigquery', { projectId: 'p', location: 'us' }],
    ['chartbrew', 'firestore', {}],
    ['chartbrew', 'realtimeDb', { databaseUrl: 'https://acme.firebaseio.com' }],
  ])('is refused by every vendor: %s, %s', async (instance, dialect, values) => {
    for (const serviceAccountKey of OTHER_KINDS) {
      const config = { [dialect]: { ...values, serviceAccountKey } };
      expect(await refusalOf(gateway, { instance, name: 'cell', config })).toEqual([
        `config.${dialect}.serviceAccountKey INVALID`,
      ]);
    }
  });

  it('is no new key of a saved connection', async () => {
    const id = await prepare('bigquery');
    const config = { bigquery: { serviceAccountKey: { replace: OTHER_KINDS[0] } } };
    const [issue = '', ...others] = await refused(id, { config });
    expect(issue).toMatch(/^input\.config\.bigquery\.serviceAccountKey\S* INVALID$/);
    expect(others).toEqual([]);
  });
});

describe('A JSON key file among the options, for BigQuery', () => {
  it.each([
    ['its text', KEY_FILE],
    ['base64 of it', KEY_FILE_BASE64],
  ])('tells whose it is: %s', async (_form, body) => {
    expect(await posted({ bigquery }, file(body))).toMatchObject({
      username: EMAIL,
      certificate: KEY_FILE_BASE64,
      file_type: '.json',
    });
  });

  it('gives way to an account that was given', async () => {
    const config = { bigquery: { ...bigquery, serviceAccountEmail: 'a@acme.example' } };
    expect(await posted(config, file(KEY_FILE))).toMatchObject({ username: 'a@acme.example' });
  });

  it('tells whose it is in a change too', async () => {
    const id = await prepare('bigquery', undefined, { serviceAccountEmail: 'a@acme.example' });
    const options = { certificate: { replace: { body: KEY_FILE_BASE64, fileType: 'JSON' } } };
    expect((await change(id, { options })).sent).toEqual(
      patched({ username: EMAIL, certificate: KEY_FILE_BASE64, file_type: '.json' }),
    );
  });

  it('is told of as what it is', async () => {
    expect(await messageOf({ bigquery }, file('{}'))).toContain('no `client_email`');
    expect(await messageOf({ bigquery }, file('{}'))).not.toContain('PKCS');
    expect(await messageOf({ bigquery }, file('cDEyLXNlY3JldC0x', 'P12'))).toContain('PKCS#12');
  });

  it('is JSON, also in base64; and no .p8', async () => {
    expect(await refusedAtOnce({ bigquery }, file('cDEyLXNlY3JldC0x'))).toEqual([
      'options.looker.certificate.body INVALID',
    ]);
    expect(await refusedAtOnce({ bigquery }, file(PRIVATE_KEY, 'P8'))).toEqual([
      'options.looker.certificate.fileType INVALID',
    ]);
  });
});

describe('A password and a key pair of Snowflake', () => {
  const key = { privateKey: PRIVATE_KEY };
  const passphrase = { privateKeyPassphrase: 'pass-secret-1' };
  const password = { password: 'pw-secret-1' };

  it('have one place at Looker: the passphrase stands beside the key', async () => {
    const body = await posted({ snowflake: { ...snowflake, privateKey: ENCRYPTED_KEY, ...passphrase } });
    expect(body).toEqual({
      name: 'cell',
      dialect_name: 'snowflake',
      host: 'acme.snowflakecomputing.com',
      port: '443',
      ssl: true,
      database: 'D',
      username: 'BI',
      password: 'pass-secret-1',
      certificate: ENCRYPTED_KEY_BASE64,
      file_type: '.p8',
      uses_key_pair_auth: true,
      jdbc_additional_params: 'account=acme',
    });
  });

  it('has a passphrase beside a key file among the options', async () => {
    const options = { ...file(PRIVATE_KEY, 'P8'), usesKeyPairAuth: true };
    expect(await posted({ snowflake: { ...snowflake, ...passphrase } }, options)).toMatchObject({
      password: 'pass-secret-1',
      certificate: PRIVATE_KEY_BASE64,
      uses_key_pair_auth: true,
    });
  });

  it('has none that opens anything beside a key file that is not encrypted, which a warning says', async () => {
    const options = { ...file(PRIVATE_KEY, 'P8'), usesKeyPairAuth: true };
    const { result } = await create(gateway, inputOf({ snowflake: { ...snowflake, ...passphrase } }, options));
    expect(result.warnings).toEqual([
      {
        path: ['input', 'config', 'snowflake', 'privateKeyPassphrase'],
        code: 'VALUE_DOUBTFUL',
        message: 'The private key is not encrypted, so its passphrase has no effect.',
      },
    ]);
    const opened = { ...file(ENCRYPTED_KEY, 'P8'), usesKeyPairAuth: true };
    const other = { ...inputOf({ snowflake: { ...snowflake, ...passphrase } }, opened), name: 'other' };
    expect((await create(gateway, other)).result.warnings).toEqual([]);
  });

  const REFUSED: readonly (readonly [config: Values, options: Values | undefined, issues: readonly string[]])[] = [
    [{ ...password, ...key }, undefined, ['config.snowflake.password EXCLUSIVE']],
    [{ ...password, ...key, ...passphrase }, undefined, ['config.snowflake.password EXCLUSIVE']],
    [
      { ...password, ...passphrase },
      undefined,
      ['config.snowflake.password EXCLUSIVE', 'config.snowflake.privateKey REQUIRED'],
    ],
    [passphrase, undefined, ['config.snowflake.privateKey REQUIRED']],
    [passphrase, { usesKeyPairAuth: true }, ['config.snowflake.privateKey REQUIRED']],
    [passphrase, file(PRIVATE_KEY, 'P8'), ['config.snowflake.privateKey REQUIRED']],
    [{ ...key, ...passphrase }, { usesKeyPairAuth: false }, ['options.looker.usesKeyPairAuth EXCLUSIVE']],
    [password, { usesKeyPairAuth: true }, ['options.looker.usesKeyPairAuth EXCLUSIVE']],
    [{ privateKey: ENCRYPTED_KEY }, undefined, ['config.snowflake.privateKey INVALID']],
    [
      { privateKeyPassphrase: 'wrong-secret-1' },
      { ...file(ENCRYPTED_KEY, 'P8'), usesKeyPairAuth: true },
      ['config.snowflake.privateKeyPassphrase INVALID'],
    ],
    [{}, { ...file(ENCRYPTED_KEY, 'P8'), usesKeyPairAuth: true }, ['config.snowflake.privateKeyPassphrase REQUIRED']],
  ];

  it.each(REFUSED)('are told apart: %j, %j', async (config, options, issues) => {
    expect(await refusedAtOnce({ snowflake: { ...snowflake, ...config } }, options)).toEqual(issues);
  });

  it('are told apart before any call at one of several targets', async () => {
    const config = { snowflake: { ...snowflake, warehouse: 'WH', ...password, ...key, ...passphrase } };
    const targets = [{ instance: 'credible' }, { instance: 'looker' }];
    const many = await createMany(gateway, { name: 'cell', config, targets });
    expect(placesOf(many.issues)).toContain('config.snowflake.password EXCLUSIVE');
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });

  it('are told apart in a change', async () => {
    const byPassword = await prepare('snowflake');
    const ask = (values: Values) => refused(byPassword, { config: { snowflake: replaced(values) } });
    expect(await ask({ ...password, ...key })).toEqual(['input.config.snowflake.password EXCLUSIVE']);
    expect(await ask(passphrase)).toEqual(['input.config.snowflake.privateKey REQUIRED']);
    expect(await ask({ privateKey: ENCRYPTED_KEY })).toEqual(['input.config.snowflake.privateKey INVALID']);
  });

  const STATES: readonly (readonly [row: Values, password: string, passphrase: string])[] = [
    [{ uses_key_pair_auth: true, has_password: true }, 'NOT_SET', 'SET'],
    [{ uses_key_pair_auth: true, has_password: false }, 'NOT_SET', 'NOT_SET'],
    [{ uses_key_pair_auth: true }, 'NOT_SET', 'UNKNOWN'],
    [{ uses_key_pair_auth: false, has_password: true }, 'SET', 'NOT_SET'],
    [{ uses_key_pair_auth: false, has_password: false }, 'NOT_SET', 'NOT_SET'],
    [{ uses_key_pair_auth: false }, 'UNKNOWN', 'NOT_SET'],
    // An older Looker does not say what signs in.
    [{ has_password: true }, 'SET', 'UNKNOWN'],
    [{ has_password: false }, 'NOT_SET', 'NOT_SET'],
  ];

  it('are told apart by what signs in', async () => {
    const rows = await listRows(
      'looker',
      STATES.map(([row], at) => ({ name: `r${at}`, dialect_name: 'snowflake', ...row })),
    );
    const told = STATES.map(([row], at) => [
      row,
      rows[`r${at}`]?.config['password'],
      rows[`r${at}`]?.config['privateKeyPassphrase'],
    ]);
    expect(told).toEqual(STATES);
  });

  it('are tried with the passphrase', async () => {
    const config = { snowflake: { ...snowflake, privateKey: UNKNOWN_KEY, privateKeyPassphrase: 'wrong-secret-1' } };
    const { test } = await runMutation(gateway, 'testConnectionConfig', {
      instance: 'looker',
      config,
      tests: ['connect'],
    });
    expect(test).toMatchObject({ outcome: 'FAILED' });
  });
});
