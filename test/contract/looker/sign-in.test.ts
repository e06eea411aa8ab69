// Sign-in methods at Looker: a key file with or without its account, a password, or a key with its
// passphrase. Password and passphrase share one field at Looker.
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
/** A key with an unknown cipher, so that no passphrase is tried. */
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

/** Secrets in the form of an update. */
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

describe('A BigQuery key file without an account', () => {
  const needed = ['config.bigquery.serviceAccountEmail REQUIRED'];

  it.each(NAMELESS)('a BigQuery key without an account requires the account: %s', async (serviceAccountKey) => {
    expect(await refusedAtOnce({ bigquery: { ...bigquery, serviceAccountKey } })).toEqual(needed);
    expect(await refusedAtOnce({ bigquery }, file(serviceAccountKey))).toEqual(needed);
    expect(await refusedAtOnce({ bigquery }, file(base64(serviceAccountKey)))).toEqual(needed);
    const body = await posted({ bigquery: { ...bigquery, serviceAccountKey, serviceAccountEmail: 'a@acme.example' } });
    expect(body['username']).toBe('a@acme.example');
  });

  it('a test and a fan-out require the account of a BigQuery key too', async () => {
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

  it('a new BigQuery key without an account keeps the stored account', async () => {
    const id = await prepare('bigquery');
    const config = { bigquery: { serviceAccountKey: { replace: '{}' } } };
    expect((await change(id, { config })).sent).toEqual(patched({ certificate: 'e30=', file_type: '.json' }));
  });

  it('the account cannot be cleared when the BigQuery key has none', async () => {
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

  it('a new BigQuery key without an account requires the account when none is stored', async () => {
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

describe('A key file that is not of a service account', () => {
  it.each(OTHER_KINDS)(
    'a key file of another kind than a service account is refused at the key: %s',
    async (serviceAccountKey) => {
      expect(await refusedAtOnce({ bigquery: { ...bigquery, serviceAccountKey, serviceAccountEmail: EMAIL } })).toEqual(
        ['config.bigquery.serviceAccountKey INVALID'],
      );
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
    },
  );

  it.each([
    ['credible', 'bigquery', { projectId: 'p' }],
    ['omni', 'bigquery', { projectId: 'p', location: 'us' }],
    ['chartbrew', 'firestore', {}],
    ['chartbrew', 'realtimeDb', { databaseUrl: 'https://acme.firebaseio.com' }],
  ])(
    'a key file of another kind than a service account is refused by every vendor: %s, %s',
    async (instance, dialect, values) => {
      for (const serviceAccountKey of OTHER_KINDS) {
        const config = { [dialect]: { ...values, serviceAccountKey } };
        expect(await refusalOf(gateway, { instance, name: 'cell', config })).toEqual([
          `config.${dialect}.serviceAccountKey INVALID`,
        ]);
      }
    },
  );

  it('an update refuses a key file of another kind than a service account', async () => {
    const id = await prepare('bigquery');
    const config = { bigquery: { serviceAccountKey: { replace: OTHER_KINDS[0] } } };
    const [issue = '', ...others] = await refused(id, { config });
    expect(issue).toMatch(/^input\.config\.bigquery\.serviceAccountKey\S* INVALID$/);
    expect(others).toEqual([]);
  });
});

describe('A JSON key file for BigQuery in the options of Looker', () => {
  it.each([
    ['its text', KEY_FILE],
    ['base64 of it', KEY_FILE_BASE64],
  ])('the account is read from a JSON key file in the options: %s', async (_form, body) => {
    expect(await posted({ bigquery }, file(body))).toMatchObject({
      username: EMAIL,
      certificate: KEY_FILE_BASE64,
      file_type: '.json',
    });
  });

  it('a provided account overrides the account in a JSON key file', async () => {
    const config = { bigquery: { ...bigquery, serviceAccountEmail: 'a@acme.example' } };
    expect(await posted(config, file(KEY_FILE))).toMatchObject({ username: 'a@acme.example' });
  });

  it('an update reads the account from a JSON key file too', async () => {
    const id = await prepare('bigquery', undefined, { serviceAccountEmail: 'a@acme.example' });
    const options = { certificate: { replace: { body: KEY_FILE_BASE64, fileType: 'JSON' } } };
    expect((await change(id, { options })).sent).toEqual(
      patched({ username: EMAIL, certificate: KEY_FILE_BASE64, file_type: '.json' }),
    );
  });

  it('the issue for a wrong JSON key file names what it is', async () => {
    expect(await messageOf({ bigquery }, file('{}'))).toContain('no `client_email`');
    expect(await messageOf({ bigquery }, file('{}'))).not.toContain('PKCS');
    expect(await messageOf({ bigquery }, file('cDEyLXNlY3JldC0x', 'P12'))).toContain('PKCS#12');
  });

  it('a BigQuery key file is JSON, plain or in base64, and not a .p8 file', async () => {
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

  it('a Snowflake password and a passphrase cannot be provided together', async () => {
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

  it('a key file in the options is sent with its passphrase', async () => {
    const options = { ...file(PRIVATE_KEY, 'P8'), usesKeyPairAuth: true };
    expect(await posted({ snowflake: { ...snowflake, ...passphrase } }, options)).toMatchObject({
      password: 'pass-secret-1',
      certificate: PRIVATE_KEY_BASE64,
      uses_key_pair_auth: true,
    });
  });

  it('a passphrase for a key file that is not encrypted gets a warning', async () => {
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

  it.each(REFUSED)(
    'the sign-in method of Snowflake follows from the input: %j, %j',
    async (config, options, issues) => {
      expect(await refusedAtOnce({ snowflake: { ...snowflake, ...config } }, options)).toEqual(issues);
    },
  );

  it('a fan-out checks the sign-in method of Snowflake before any call', async () => {
    const config = { snowflake: { ...snowflake, warehouse: 'WH', ...password, ...key, ...passphrase } };
    const targets = [{ instance: 'credible' }, { instance: 'looker' }];
    const many = await createMany(gateway, { name: 'cell', config, targets });
    expect(placesOf(many.issues)).toContain('config.snowflake.password EXCLUSIVE');
    expect(await callsToAny(gateway.sandbox.servers)).toEqual([]);
  });

  it('an update checks the sign-in method of Snowflake', async () => {
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
    // An older Looker does not report the sign-in method.
    [{ has_password: true }, 'SET', 'UNKNOWN'],
    [{ has_password: false }, 'NOT_SET', 'NOT_SET'],
  ];

  it('the stored secret is a password or a passphrase, depending on the reported sign-in method', async () => {
    const rows = await listRows(
      'looker',
      STATES.map(([row], at) => ({ name: `r${at}`, dialect_name: 'snowflake', ...row })),
    );
    const reported = STATES.map(([row], at) => [
      row,
      rows[`r${at}`]?.config['password'],
      rows[`r${at}`]?.config['privateKeyPassphrase'],
    ]);
    expect(reported).toEqual(STATES);
  });

  it('a key pair is tested with its passphrase', async () => {
    const config = { snowflake: { ...snowflake, privateKey: UNKNOWN_KEY, privateKeyPassphrase: 'wrong-secret-1' } };
    const { test } = await runMutation(gateway, 'testConnectionConfig', {
      instance: 'looker',
      config,
      tests: ['connect'],
    });
    expect(test).toMatchObject({ outcome: 'FAILED' });
  });
});
