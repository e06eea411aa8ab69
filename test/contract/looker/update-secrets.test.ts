// Every secret at Looker is kept, replaced and cleared. Looker stores only one key file. The requests are
// typed from the vendor's notes.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { issuesOf } from '../../support/create-connection.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { KEY_FILE, PRIVATE_KEY } from '../create-case.ts';
import { PRIVATE_KEY_BASE64 as P8 } from './create-cases/files.ts';
import { createForUpdate } from '../../support/mutations.ts';
import { repeatedSecret, updateHelpers, CONFIGS, patched, type ConfigDialect, type Values } from './updates.ts';
import { OTHER_KEY_IN_JSON } from '../../support/keys.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.reset('looker'));
afterAll(() => gateway.close());

const { prepare, change, refused } = updateHelpers(() => gateway);

/** Fields of an override that can redirect the connection. */
const leading = (option: string, state: Values, beside: Values = {}) => ({
  config: repeatedSecret,
  options: { pdtOverride: { [option]: state, ...beside } },
});
const override = (body: Values) => ({ pdt_context_override: { context: 'pdt', ...body } });
const led = (wire: string, text: string | null) => ({
  password: 'pw-secret-2',
  ...override({ [wire]: text, certificate: null }),
});

describe('A secret in an update at Looker', () => {
  const CELLS: readonly (readonly [
    dialect: ConfigDialect,
    secret: string,
    value: string,
    replaced: Values,
    cleared: Values,
  ])[] = [
    ['athena', 'secretAccessKey', 'pw-secret-3', { password: 'pw-secret-3' }, { password: null }],
    ['databricks', 'accessToken', 'pw-secret-3', { password: 'pw-secret-3' }, { password: null }],
    ['postgres', 'password', 'pw-secret-3', { password: 'pw-secret-3' }, { password: null }],
    ['other', 'password', 'pw-secret-3', { password: 'pw-secret-3' }, { password: null }],
    [
      'snowflake',
      'password',
      'pw-secret-3',
      { password: 'pw-secret-3', uses_key_pair_auth: false },
      { password: null },
    ],
    [
      'snowflake',
      'privateKey',
      PRIVATE_KEY,
      // The stored password would be used as the passphrase of the key.
      { certificate: P8, file_type: '.p8', uses_key_pair_auth: true, password: null },
      { certificate: null, uses_key_pair_auth: false },
    ],
    [
      'bigquery',
      'serviceAccountKey',
      `{"client_email":"new@acme.example","private_key_id":"key-secret-3","private_key":${OTHER_KEY_IN_JSON}}`,
      {
        certificate:
          'eyJjbGllbnRfZW1haWwiOiJuZXdAYWNtZS5leGFtcGxlIiwicHJpdmF0ZV9rZXlfaWQiOiJrZXktc2VjcmV0LTMiLCJwcml2YXRlX2tleSI6Ii0tLS0tQkVHSU4gUFJJVkFURSBLRVktLS0tLVxuTUlHSEFnRUFNQk1HQnlxR1NNNDlBZ0VHQ0NxR1NNNDlBd0VIQkcwd2F3SUJBUVFnOVo5cUN0amV4Y3pDazFIWFxuRHNFZlYremgxSHlFc3RkSmg1aFNic3VBZm5taFJBTkNBQVE0SHVQV0hTNFlKVGJlb09ObTdxRElva2E3L29qc1xubU91V1QzZGRMVmQ3QnlTblhMSkNERTRlRnp2YWRCajF4WGZUSzBUVkxna1c3eUJ1QjNGaGNLenBcbi0tLS0tRU5EIFBSSVZBVEUgS0VZLS0tLS1cbiJ9',
        file_type: '.json',
        username: 'new@acme.example',
      },
      { certificate: null },
    ],
  ];

  it.each(CELLS)(
    'a secret in the config of %s is kept, replaced or cleared: %s',
    async (dialect, secret, value, replaced, cleared) => {
      const id = await prepare(dialect);
      const ask = (state: unknown) => change(id, { config: { [dialect]: { [secret]: state } } });
      for (const keep of [null, undefined, { clear: false }]) expect((await ask(keep)).sent).toEqual([]);
      const done = await ask({ replace: value });
      expect(done.sent).toEqual(patched(replaced));
      expect(done.result.connection.config[secret]).toMatchObject({ status: 'SET' });
      const gone = await ask({ clear: true });
      expect(gone.sent).toEqual(patched(cleared));
      expect(gone.result.connection.config[secret]).toMatchObject({ status: 'NOT_SET' });
    },
  );

  const OPTIONS: readonly (readonly [option: string, value: unknown, replaced: Values, cleared: Values])[] = [
    ['password', 'pw-secret-4', { password: 'pw-secret-4' }, { password: null }],
    [
      'certificate',
      { body: 'cDEyLXNlY3JldC0x', fileType: 'P12' },
      { certificate: 'cDEyLXNlY3JldC0x', file_type: '.p12' },
      { certificate: null },
    ],
  ];

  it.each(OPTIONS)(
    'a secret in an override is kept, replaced or cleared: %s',
    async (option, value, replaced, cleared) => {
      const id = await prepare('postgres', { pdtOverride: { username: 'builder' } });
      const ask = (state: unknown) => change(id, { options: { pdtOverride: { [option]: state } } });
      for (const keep of [null, { clear: false }]) expect((await ask(keep)).sent).toEqual([]);
      expect((await ask({ replace: value })).sent).toEqual(patched(override(replaced)));
      expect((await ask({ clear: true })).sent).toEqual(patched(override(cleared)));
    },
  );

  it.each([
    ['jdbcAdditionalParams', 'jdbc_additional_params', 'k=pw-secret-4'],
    ['afterConnectStatements', 'after_connect_statements', 'SET pw-secret-4'],
  ])(
    'an update that redirects an override must clear or provide its stored secrets: %s',
    async (option, wire, text) => {
      const id = await prepare('postgres', { pdtOverride: { username: 'builder' } });
      expect((await change(id, { options: { pdtOverride: { [option]: null } } })).sent).toEqual([]);
      expect(await refused(id, leading(option, { replace: text }))).toEqual([
        'input.options.looker.pdtOverride.certificate SECRET_NEEDED',
      ]);
      const withFile = { certificate: { clear: true } };
      expect((await change(id, leading(option, { replace: text }, withFile))).sent).toEqual(patched(led(wire, text)));
      expect((await change(id, leading(option, { clear: true }, withFile))).sent).toEqual(patched(led(wire, null)));
    },
  );

  it('a key file in the options of a dialect without a key field is kept, replaced or cleared', async () => {
    const id = await prepare('other', { usesKeyPairAuth: true });
    const file = (certificate: unknown) => change(id, { options: { certificate } });
    expect((await file(null)).sent).toEqual([]);
    expect((await file({ replace: { body: PRIVATE_KEY, fileType: 'P8' } })).sent).toEqual(
      patched({ certificate: P8, file_type: '.p8' }),
    );
    expect((await file({ clear: true })).sent).toEqual(patched({ certificate: null }));
    const { result, sent } = await file({ replace: { body: 'no-secret-1', fileType: 'P8' } });
    expect(issuesOf(result)).toEqual(['input.options.looker.certificate.body INVALID']);
    expect(sent).toEqual([]);
  });

  it('a key file in the options replaces the one in the config', async () => {
    const id = await prepare('snowflake', undefined, { password: null, privateKey: PRIVATE_KEY });
    const file = { replace: { body: 'cDEyLXNlY3JldC0x', fileType: 'P12' } };
    expect((await change(id, { options: { certificate: file } })).sent).toEqual(
      patched({ certificate: 'cDEyLXNlY3JldC0x', file_type: '.p12' }),
    );
    const bq = await createForUpdate(gateway, {
      instance: 'looker',
      name: 'bq',
      config: { bigquery: CONFIGS.bigquery },
    });
    expect((await change(bq.id, { options: { certificate: file } })).sent).toEqual([
      ['PATCH /api/4.0/connections/bq', { certificate: 'cDEyLXNlY3JldC0x', file_type: '.p12' }],
    ]);
    expect(
      await refused(bq.id, {
        config: { bigquery: { serviceAccountKey: { replace: KEY_FILE } } },
        options: { certificate: file },
      }),
    ).toEqual(['input.options.looker.certificate.body EXCLUSIVE']);
  });

  it('a key pair is refused when the same input disables key-pair sign-in', async () => {
    const id = await prepare('snowflake', undefined, { password: null, privateKey: PRIVATE_KEY });
    const config = { snowflake: { privateKey: { replace: PRIVATE_KEY } } };
    expect(await refused(id, { config, options: { usesKeyPairAuth: false } })).toEqual([
      'input.options.looker.usesKeyPairAuth EXCLUSIVE',
    ]);
    const password = { password: { replace: 'pw-secret-3' } };
    expect(await refused(id, { config: { snowflake: password }, options: { usesKeyPairAuth: false } })).toEqual([
      'input.config.snowflake.privateKey SECRET_NEEDED',
    ]);
    expect((await change(id, { config: { snowflake: password } })).sent).toEqual(
      patched({ password: 'pw-secret-3', uses_key_pair_auth: false }),
    );
  });
});
