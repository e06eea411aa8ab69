// Updates at Looker of a connection with several secrets, or with another stored sign-in method.
import { PRIVATE_KEY } from '../../contract/create-case.ts';
import { PRIVATE_KEY_BASE64 } from '../../contract/looker/create-cases/files.ts';
import type { Redirect } from './redirect.ts';

/** Every secret of Looker, all stored. */
export const everySecret: Redirect = {
  vendor: 'looker',
  dialect: 'postgres',
  field: 'host, beside every secret',
  saved: {
    config: { host: 'db.acme.example', password: 'pw-secret-1' },
    options: {
      // Looker reports a key file by the sign-in method.
      usesKeyPairAuth: true,
      certificate: { body: 'cDEyLXNlY3JldC0x', fileType: 'P12' },
      jdbcAdditionalParams: 'k=jdbc-secret-1',
      afterConnectStatements: "SET key = 'sql-secret-1'",
      pdtOverride: {
        password: 'pdt-secret-1',
        certificate: { body: 'cDEyLXNlY3JldC0x', fileType: 'P12' },
        jdbcAdditionalParams: 'k=jdbc-secret-2',
        afterConnectStatements: "SET key = 'sql-secret-2'",
      },
    },
  },
  attempts: [
    {
      change: { config: { host: 'new.acme.example' } },
      issues: [
        'config.postgres.password SECRET_NEEDED',
        'options.looker.afterConnectStatements SECRET_NEEDED',
        'options.looker.certificate SECRET_NEEDED',
        'options.looker.jdbcAdditionalParams SECRET_NEEDED',
        'options.looker.pdtOverride.afterConnectStatements SECRET_NEEDED',
        'options.looker.pdtOverride.certificate SECRET_NEEDED',
        'options.looker.pdtOverride.jdbcAdditionalParams SECRET_NEEDED',
        'options.looker.pdtOverride.password SECRET_NEEDED',
      ],
    },
  ],
};

/** Another sign-in method in addition to stored secrets. */
export const signIns: readonly Redirect[] = [
  {
    vendor: 'looker',
    dialect: 'postgres',
    field: 'usesUserCredentials',
    saved: { config: { host: 'db.acme.example', password: 'pw-secret-1' } },
    attempts: [
      { change: { options: { usesUserCredentials: true } }, issues: ['config.postgres.password SECRET_NEEDED'] },
      {
        change: { config: { password: { clear: true } }, options: { usesUserCredentials: true } },
        sends: { password: null, user_db_credentials: true },
      },
    ],
  },
  {
    vendor: 'looker',
    dialect: 'other',
    field: 'usesKeyPairAuth',
    saved: { config: { dialectName: 'vertica', host: 'db.acme.example', password: 'pw-secret-1' } },
    attempts: [
      { change: { options: { usesKeyPairAuth: true } }, issues: ['config.other.password SECRET_NEEDED'] },
      {
        change: { config: { password: { replace: 'pw-secret-2' } }, options: { usesKeyPairAuth: true } },
        sends: { password: 'pw-secret-2', uses_key_pair_auth: true },
      },
      {
        change: { options: { usesKeyPairAuth: false } },
        issues: ['config.other.password SECRET_NEEDED', 'options.looker.certificate SECRET_NEEDED'],
      },
    ],
  },
  {
    vendor: 'looker',
    dialect: 'snowflake',
    field: 'account, by password: a private key may lie there unused',
    saved: { config: { account: 'acme', database: 'D', username: 'BI', password: 'pw-secret-1' } },
    attempts: [
      {
        change: { config: { account: 'acme-eu' } },
        issues: [
          'config.snowflake.password SECRET_NEEDED',
          'config.snowflake.privateKey SECRET_NEEDED',
          'options.looker.certificate SECRET_NEEDED',
        ],
      },
      {
        change: { config: { account: 'acme-eu', password: { replace: 'pw-secret-2' } } },
        issues: ['config.snowflake.privateKey SECRET_NEEDED', 'options.looker.certificate SECRET_NEEDED'],
      },
      {
        change: { options: { usesKeyPairAuth: true } },
        issues: [
          'config.snowflake.password SECRET_NEEDED',
          'config.snowflake.privateKey SECRET_NEEDED',
          'options.looker.certificate SECRET_NEEDED',
        ],
      },
      {
        change: { config: { account: 'acme-eu', privateKey: { replace: PRIVATE_KEY } } },
        issues: ['config.snowflake.password SECRET_NEEDED'],
      },
      {
        change: {
          config: { account: 'acme-eu', privateKey: { replace: PRIVATE_KEY }, password: { clear: true } },
        },
        sends: {
          host: 'acme-eu.snowflakecomputing.com',
          jdbc_additional_params: 'account=acme-eu',
          certificate: PRIVATE_KEY_BASE64,
          file_type: '.p8',
          uses_key_pair_auth: true,
          password: null,
        },
      },
    ],
  },
];
