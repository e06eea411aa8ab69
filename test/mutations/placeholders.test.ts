// A placeholder stands for a secret, here or in another tool. A caller that sends one in place of a secret is refused before any
// write, wherever a secret is accepted.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createForUpdate, runMutation, recordSent } from '../support/mutations.ts';
import { create, issuesOf, refusalOf } from '../support/create-connection.ts';
import { everyNth } from '../support/exhaustive.ts';
import { startTestGateway, type TestGateway, type VendorName } from '../support/gateway.ts';
import { writesToAny } from '../support/journal.ts';
import { ENCRYPTED_KEY } from '../support/keys.ts';

type Values = Readonly<Record<string, unknown>>;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
beforeEach(() => gateway.resetAll());
afterAll(() => gateway.close());

const MASKS = [
  '••••••••',
  '[secret]',
  '**********',
  '**MetabasePass**',
  'XXXXXXXXXX',
  '--------',
  '*',
  '***',
  '•',
  '••••••••••••',
  '.',
  '........',
  '●●●●●●',
  '…',
  '•*.',
  '********** ',
  '[secret] ',
  ' *** \n',
  '\u200b****\u200b',
  '"********"',
  "'***'",
  'xxxxx',
  'XXXXXXXXX',
  'xxxx-xxxx-xxxx',
  '**** ****',
  '**** (hidden)',
  'sk-xxxxxxxxxxxx',
  'AKIAXXXXXXXXXXXXXXXX',
  'AKIA************WXYZ',
  'sk-********abcd',
  '••••••1234',
  'sk-••••abcd',
  'sk-…abcd',
  '(sensitive value)',
  '(known after apply)',
  '<sensitive>',
  '<redacted>',
  '<password>',
  '<db_password>',
  '<value redacted by policy>',
  '[REDACTED]',
  '[FILTERED]',
  '[hidden]',
  '[YOUR-PASSWORD]',
  '***REDACTED***',
  'hidden',
  'REDACTED',
  'masked',
  'sensitive value',
  'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER',
  'DATA+OMITTED',
  '[object Object]',
  'undefined',
  'null',
  'Bearer ***',
  'Basic [REDACTED]',
  'token <redacted>',
];

/** Unresolved template variables, which a tool should have replaced by a secret. */
const PLACEHOLDERS = [
  '${DB_PASSWORD}',
  '${DB_PASSWORD:-secret}',
  '${{ secrets.DB_PASSWORD }}',
  '{{ db_password }}',
  '{{db_password}}',
  '%DB_PASSWORD%',
  '<%= ENV["DB_PASSWORD"] %>',
  '#{db_password}',
  '$(DB_PASSWORD)',
  '$DB_PASSWORD',
  '((db_password))',
  '__DB_PASS_WORD__',
  '__SECRET__',
  'op://vault/db/password',
  'vault:secret/data/db#password',
  'ref+vault://secret/db#/password',
  'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf',
  'projects/acme/secrets/db/versions/latest',
  '@Microsoft.KeyVault(SecretUri=https://acme.vault.azure.net/secrets/db/)',
  'ENC[AES256_GCM,data:p673w==,iv:YY=,tag:Z==,type:str]',
  '!vault |',
  'hmac-sha256:Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmFyYmF6Zm9vYmE',
];

/** Secrets that contain a mask or resemble one, but are not one. */
const SECRETS = [
  'x[secret]-1',
  '[secret]1',
  '**********a',
  'a**MetabasePass**',
  'xx',
  'XxXxX',
  'foo...bar',
  '****1234',
  'maxxx',
  '-------',
  '---------',
  '********-',
  '_____',
  'secret',
  'changeme',
  'hidden1',
  '<hunter2>',
  '(abc)',
  'correct horse 1',
  '$ECRET',
  '100%sure%',
  '{not a template}',
  'Bearer',
];

const server = { host: 'db.acme.example', port: 5432, database: 'orders', username: 'bi' };

describe('A mask in an input', () => {
  it.each(MASKS)('a mask is refused in a create and as a new secret: %s', async (mask) => {
    const config = { postgres: { ...server, password: mask } };
    for (const instance of everyNth(['looker', 'omni', 'credible', 'chartbrew'], 4, MASKS.indexOf(mask))) {
      expect(await refusalOf(gateway, { instance, name: 'one', config })).toEqual(['config.postgres.password INVALID']);
    }
    const { id } = await createForUpdate(gateway, {
      instance: 'looker',
      name: 'one',
      config: { postgres: { ...server, password: 'pw-secret-1' } },
    });
    const before = await writesToAny(gateway.sandbox.servers);
    const result = await runMutation(gateway, 'updateConnection', {
      id,
      config: { postgres: { password: { replace: mask } } },
    });
    expect(issuesOf(result)).toEqual(['input.config.postgres.password.replace INVALID']);
    expect(result.issues[0].message).toBe(
      'This is a placeholder for a stored secret, such as ********. Send the secret itself.',
    );
    expect(await writesToAny(gateway.sandbox.servers)).toEqual(before);
  });

  it.each<[where: string, vendor: VendorName, config: Values, options: Values | undefined, issue: string]>([
    [
      "a header's value",
      'chartbrew',
      { api: { baseUrl: 'https://api.acme.example', headers: [{ name: 'X-Api-Key', value: '[secret]' }] } },
      undefined,
      'config.api.headers.0.value INVALID',
    ],
    [
      'the second option of a URL',
      'chartbrew',
      {
        mongodb: {
          host: 'db.acme.example',
          database: 'shop',
          options: [
            { name: 'authSource', value: 'admin' },
            { name: 'replicaSet', value: '••••••••' },
          ],
        },
      },
      undefined,
      'config.mongodb.options.1.value INVALID',
    ],
    [
      'the sign-in of an API',
      'chartbrew',
      { api: { baseUrl: 'https://api.acme.example', authentication: { bearer: '**********' } } },
      undefined,
      'config.api.authentication.bearer INVALID',
    ],
    [
      'a file',
      'chartbrew',
      { mysql: { ...server, tls: { enabled: true, ca: '--------' } } },
      undefined,
      'config.mysql.tls.ca INVALID',
    ],
    [
      'a key file that is JSON',
      'chartbrew',
      { firestore: { serviceAccountKey: '••••••••' } },
      undefined,
      'config.firestore.serviceAccountKey INVALID',
    ],
    [
      'a connection string',
      'credible',
      { postgres: { connectionString: '••••••••' } },
      undefined,
      'config.postgres.connectionString INVALID',
    ],
    [
      'an attachment of a DuckDB',
      'credible',
      {
        duckdb: {
          attached: [
            { name: 'a', source: { gcs: { keyId: 'GOOG1', secret: 'gcs-key' } } },
            { name: 'b', source: { s3: { accessKeyId: 'AKIA', secretAccessKey: 'XXXXXXXXXX' } } },
          ],
        },
      },
      undefined,
      'config.duckdb.attached.1.source.s3.secretAccessKey INVALID',
    ],
    [
      'the options of a vendor',
      'looker',
      { postgres: server },
      { looker: { jdbcAdditionalParams: '**MetabasePass**' } },
      'options.looker.jdbcAdditionalParams INVALID',
    ],
    [
      'a key file in the options',
      'looker',
      { postgres: server },
      { looker: { certificate: { body: '••••••••', fileType: 'P12' } } },
      'options.looker.certificate.body INVALID',
    ],
    [
      'an override',
      'looker',
      { postgres: server },
      { looker: { pdtOverride: { password: '[secret]' } } },
      'options.looker.pdtOverride.password INVALID',
    ],
    [
      'a tunnel',
      'chartbrew',
      { postgres: server },
      {
        chartbrew: {
          ssh: {
            enabled: true,
            host: 'ssh.acme.example',
            username: 'hop',
            privateKey: ENCRYPTED_KEY,
            passphrase: '...',
          },
        },
      },
      'options.chartbrew.ssh.passphrase INVALID',
    ],
    [
      'the secret of an OAuth client',
      'omni',
      { snowflake: { account: 'acme', database: 'D', oauth: { clientId: 'c', clientSecret: '****' } } },
      undefined,
      'config.snowflake.oauth.clientSecret INVALID',
    ],
  ])('a mask is refused in %s of a create', async (_where, instance, config, options, issue) => {
    expect(await refusalOf(gateway, { instance, name: 'one', config, ...(options && { options }) })).toEqual([issue]);
  });

  it.each<[where: string, vendor: VendorName, first: Values, change: Values, issue: string]>([
    [
      "a header's value",
      'chartbrew',
      { api: { baseUrl: 'https://api.acme.example', headers: [{ name: 'X-Api-Key', value: 'entry-secret-1' }] } },
      { config: { api: { headers: [{ name: 'X-Api-Key', value: '••••••••' }] } } },
      'input.config.api.headers.0.value INVALID',
    ],
    [
      'the sign-in of an API',
      'chartbrew',
      { api: { baseUrl: 'https://api.acme.example', authentication: { bearer: 'token-secret-1' } } },
      { config: { api: { authentication: { basic: { username: 'bi', password: '[secret]' } } } } },
      'input.config.api.authentication.basic.password INVALID',
    ],
    [
      'an attachment of a DuckDB',
      'credible',
      { duckdb: { attached: [{ name: 'a', source: { gcs: { keyId: 'GOOG1', secret: 'gcs-secret-1' } } }] } },
      { config: { duckdb: { attached: [{ name: 'a', source: { gcs: { keyId: 'GOOG1', secret: '••••••••' } } }] } } },
      'input.config.duckdb.attached.0.source.gcs.secret INVALID',
    ],
    [
      'a key file',
      'looker',
      { postgres: server },
      { options: { looker: { certificate: { replace: { body: '**********', fileType: 'P12' } } } } },
      'input.options.looker.certificate.replace.body INVALID',
    ],
    [
      'an override',
      'looker',
      { postgres: server },
      { options: { looker: { pdtOverride: { password: { replace: 'XXXXXXXXXX' } } } } },
      'input.options.looker.pdtOverride.password.replace INVALID',
    ],
    [
      'a private key',
      'omni',
      { snowflake: { account: 'acme', warehouse: 'W', database: 'D', username: 'U', password: 'pw-secret-1' } },
      { config: { snowflake: { privateKey: { replace: '--------' } } } },
      'input.config.snowflake.privateKey.replace INVALID',
    ],
  ])('a mask is refused in %s of an update', async (_where, instance, first, change, issue) => {
    const { id } = await createForUpdate(gateway, { instance, name: 'one', config: first });
    const before = await writesToAny(gateway.sandbox.servers);
    expect(issuesOf(await runMutation(gateway, 'updateConnection', { id, ...change }))).toEqual([issue]);
    expect(await writesToAny(gateway.sandbox.servers)).toEqual(before);
  });
});

it.each(PLACEHOLDERS)('an unresolved template variable is refused: %s', async (password) => {
  const { result, text } = await create(gateway, {
    instance: 'omni',
    name: 'one',
    config: { postgres: { ...server, password } },
  });
  expect(result.issues).toMatchObject([
    {
      path: ['input', 'config', 'postgres', 'password'],
      code: 'INVALID',
      message: 'This is a template or a reference that was not replaced by its value. Send the secret itself.',
    },
  ]);
  expect(text).not.toContain(password);
});

it.each(SECRETS)('a password that contains a mask, or resembles one, is accepted: %s', async (password) => {
  const { id } = await createForUpdate(gateway, {
    instance: 'looker',
    name: 'one',
    config: { postgres: { ...server, password } },
  });
  const change = { config: { postgres: { password: { replace: `${password}!` } } } };
  const { sent } = await recordSent(gateway, 'looker', () =>
    runMutation(gateway, 'updateConnection', { id, ...change }),
  );
  expect(sent).toEqual([['PATCH /api/4.0/connections/one', { password: `${password}!` }]]);
  const posted = (await gateway.posted('looker')) as Values[];
  expect(posted.at(-1)).toMatchObject({ name: 'one', password });
});
