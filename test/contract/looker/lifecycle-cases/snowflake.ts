// The lifecycle of a Snowflake connection at Looker. The host follows from the account, config and options share the driver parameters, and
// the password and the passphrase of a key share one field.
import { PRIVATE_KEY } from '../../create-case.ts';
import { ENCRYPTED_KEY_BASE64, PRIVATE_KEY_BASE64 } from '../create-cases/files.ts';
import { ENCRYPTED_KEY } from '../../../support/keys.ts';
import { tlsSteps, verifySteps, type LifecycleCase } from './lifecycle-case.ts';

const newKey = { privateKey: { replace: PRIVATE_KEY } };
const sentKey = { certificate: PRIVATE_KEY_BASE64, file_type: '.p8', uses_key_pair_auth: true };

const lockedKey = {
  privateKey: { replace: ENCRYPTED_KEY },
  privateKeyPassphrase: { replace: 'pass-secret-1' },
};
// Looker stores the passphrase of a key in the field of the password.
const sentLockedKey = {
  certificate: ENCRYPTED_KEY_BASE64,
  file_type: '.p8',
  uses_key_pair_auth: true,
  password: 'pass-secret-1',
};

const snowflakeSignIn: LifecycleCase['steps'] = [
  {
    what: 'a password in place of the key',
    config: { password: { replace: 'pw-secret-2' } },
    sends: { password: 'pw-secret-2', uses_key_pair_auth: false },
  },
  { what: 'a key in place of the password', config: newKey, sends: { ...sentKey, password: null } },
  { what: 'a key with a passphrase in place of one without', config: lockedKey, sends: sentLockedKey },
  {
    what: 'the passphrase alone',
    config: { privateKeyPassphrase: { replace: 'pass-secret-2' } },
    sends: { password: 'pass-secret-2' },
  },
  {
    what: 'a password in place of the key and its passphrase',
    config: { password: { replace: 'pw-secret-3' } },
    sends: { password: 'pw-secret-3', uses_key_pair_auth: false },
  },
  { what: 'a key with a passphrase in place of the password', config: lockedKey, sends: sentLockedKey },
  { what: 'a key without a passphrase in place of one with', config: newKey, sends: { ...sentKey, password: null } },
  {
    what: 'no key any more',
    config: { privateKey: { clear: true } },
    sends: { certificate: null, uses_key_pair_auth: false },
  },
  {
    what: 'a password, where nothing signs in',
    config: { password: { replace: 'pw-secret-4' } },
    sends: { password: 'pw-secret-4', uses_key_pair_auth: false },
  },
  {
    what: 'the key that may lie there unused taken away, and the password kept',
    config: { privateKey: { clear: true } },
    sends: { certificate: null, uses_key_pair_auth: false },
  },
  { what: 'no password any more', config: { password: { clear: true } }, sends: { password: null } },
  { what: 'a key with a passphrase, where nothing signs in', config: lockedKey, sends: sentLockedKey },
  {
    what: 'no key any more: its passphrase must not become a password',
    config: { privateKey: { clear: true } },
    sends: { certificate: null, uses_key_pair_auth: false, password: null },
  },
  { what: 'a key with a passphrase again', config: lockedKey, sends: sentLockedKey },
];

export const lookerSnowflakeLifecycle: LifecycleCase = {
  dialect: 'snowflake',
  config: { account: 'acme-fin', database: 'FINANCE', username: 'BI', privateKey: PRIVATE_KEY, warehouse: 'WH' },
  steps: [
    {
      what: 'the account, with the key',
      config: { account: 'acme-eu', ...newKey },
      sends: {
        host: 'acme-eu.snowflakecomputing.com',
        jdbc_additional_params: 'account=acme-eu&warehouse=WH',
        ...sentKey,
      },
      reads: true,
    },
    {
      what: 'a host of its own, with the key',
      config: { hostOverride: 'eu.privatelink.acme.example', ...newKey },
      sends: { host: 'eu.privatelink.acme.example', ...sentKey },
      reads: true,
    },
    {
      what: 'the account behind it, with the key',
      config: { account: 'acme-us', ...newKey },
      sends: { jdbc_additional_params: 'account=acme-us&warehouse=WH', ...sentKey },
      reads: true,
    },
    {
      what: 'no host of its own any more, with the key',
      config: { hostOverride: null, ...newKey },
      sends: { host: 'acme-us.snowflakecomputing.com', ...sentKey },
    },
    {
      what: 'a role',
      config: { role: 'ANALYST' },
      sends: { jdbc_additional_params: 'role=ANALYST&account=acme-us&warehouse=WH' },
      reads: true,
    },
    {
      what: 'no warehouse any more',
      config: { warehouse: null },
      sends: { jdbc_additional_params: 'role=ANALYST&account=acme-us' },
      reads: true,
    },
    { what: 'the database', config: { database: 'SALES' }, sends: { database: 'SALES' } },
    { what: 'the schema', config: { schema: 'PUBLIC' }, sends: { schema: 'PUBLIC' } },
    { what: 'no schema any more', config: { schema: null }, sends: { schema: null } },
    {
      what: 'the user, with the key',
      config: { username: 'BI_2', ...newKey },
      sends: { username: 'BI_2', ...sentKey },
    },
    ...tlsSteps([newKey, sentKey]),
    ...verifySteps([newKey, sentKey]),
    ...snowflakeSignIn,
  ],
  told: {
    __typename: 'SnowflakeConfig',
    account: 'acme-us',
    database: 'SALES',
    role: 'ANALYST',
    username: 'BI_2',
    privateKey: 'SET',
    privateKeyPassphrase: 'SET',
    tls: { enabled: true, verify: false },
  },
  stored: ['config.snowflake.privateKey', 'config.snowflake.privateKeyPassphrase'],
};
