import * as z from 'zod';
import { defineDialect } from '../fields/dialect.ts';
import { accountName } from './snowflake-account.ts';
import { credentialSecret, hostName, integer, nameInside, text } from '../fields/define-fields.ts';
import { SAFE_REASONS } from '../fields/safe-reasons.ts';
import { oauthSettings } from './groups.ts';
import { tlsSettings } from './tls.ts';

export const snowflake = defineDialect('snowflake', {
  typeName: 'Snowflake',
  label: 'Snowflake',
  description: 'Snowflake, by password, key pair or OAuth.',
  fields: z.object({
    account: accountName(
      'Account identifier alone, as xy12345.eu-west-1 or org-account, without .snowflakecomputing.com.',
    ),
    hostOverride: hostName('Full host name, where it is not the one that follows from the account.', {
      role: 'host',
      example: 'xy12345.privatelink.snowflakecomputing.com',
    }),
    warehouse: text('Virtual warehouse that runs the queries.', {
      safeToChange: SAFE_REASONS.separateValue,
      example: 'REPORTING_WH',
    }),
    database: nameInside('Database to connect to.', { role: 'database', example: 'FINANCE' }),
    schema: nameInside('Schema that unqualified table names mean.', { example: 'PUBLIC' }),
    role: text('Role to act as.', { safeToChange: SAFE_REASONS.separateValue, example: 'ANALYST' }),
    username: text('Snowflake user to sign in as.', { role: 'username', example: 'BI_READER' }),
    password: credentialSecret('Password of that user.'),
    privateKey: credentialSecret(
      'Private key of that user for key-pair sign-in, as PEM text. PKCS#8; another form without a passphrase is converted.',
      { form: 'pkcs8Key' },
    ),
    privateKeyPassphrase: credentialSecret('Passphrase of the private key, where it has one.', {
      partOf: 'privateKey',
      opens: 'privateKey',
    }),
    oauth: oauthSettings,
    queryTimeoutMs: integer('Longest time that one query may take, in milliseconds.', {
      min: 1,
      example: 60_000,
      safeToChange: SAFE_REASONS.limit,
    }),
    tls: tlsSettings,
  }),
});
