import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { accountName } from './snowflake-account.ts';
import { credentialSecret, hostName, integer, nameInside, text } from '../fields/define-fields.ts';
import { SAFE_REASONS } from '../fields/safe-reasons.ts';
import { oauthSettings } from './shared-fields.ts';
import { tlsSettings } from './tls.ts';

export const snowflake = defineDialect('snowflake', {
  typeName: 'Snowflake',
  label: 'Snowflake',
  description: 'Snowflake, with a password, a key pair or OAuth.',
  fields: z.object({
    account: accountName(
      'The account identifier, such as xy12345.eu-west-1 or org-account, without .snowflakecomputing.com.',
    ),
    hostOverride: hostName('The full host name, if it is not the default host of the account.', {
      role: 'host',
      example: 'xy12345.privatelink.snowflakecomputing.com',
    }),
    warehouse: text('The name of the virtual warehouse that runs the queries.', {
      safeToChange: SAFE_REASONS.separateValue,
      example: 'REPORTING_WH',
    }),
    database: nameInside('The name of the database to connect to.', { role: 'database', example: 'FINANCE' }),
    schema: nameInside('The default schema, which is used for table names without a schema.', { example: 'PUBLIC' }),
    role: text('The Snowflake role that the user assumes.', {
      safeToChange: SAFE_REASONS.separateValue,
      example: 'ANALYST',
    }),
    username: text('The name of the Snowflake user that signs in.', { role: 'username', example: 'BI_READER' }),
    password: credentialSecret('The password of the user.'),
    privateKey: credentialSecret(
      'The private key of the user for key-pair sign-in, as PEM text in PKCS#8. Patchbay converts an unencrypted key of another format.',
      { format: 'pkcs8Key' },
    ),
    privateKeyPassphrase: credentialSecret('The passphrase of the private key, if the key is encrypted.', {
      partOf: 'privateKey',
      opens: 'privateKey',
    }),
    oauth: oauthSettings,
    queryTimeoutMs: integer('The maximum duration of a query, in milliseconds.', {
      min: 1,
      example: 60_000,
      safeToChange: SAFE_REASONS.limit,
    }),
    tls: tlsSettings,
  }),
});
