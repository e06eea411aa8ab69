// Lifecycles of MongoDB and of services at Chartbrew. Lists, sign-in methods and key files are replaced as a whole.
import type { LifecycleCase } from './lifecycle-case.ts';
import { OTHER_KEY_IN_JSON, OTHER_PRIVATE_KEY, PRIVATE_KEY } from '../../../support/keys.ts';

/** Chartbrew parses the key before a test, so it must be PEM. */
const KEY_FILE = JSON.stringify({
  type: 'service_account',
  project_id: 'acme-web',
  private_key: PRIVATE_KEY,
  client_email: 'bi@acme-web.iam.gserviceaccount.com',
});
const OTHER_KEY = `{"type":"service_account","project_id":"acme-app","private_key_id":"key-secret-3","private_key":${OTHER_KEY_IN_JSON},"client_email":"bi@acme-app.iam.gserviceaccount.com"}`;
const otherKey = {
  type: 'service_account',
  project_id: 'acme-app',
  private_key_id: 'key-secret-3',
  private_key: OTHER_PRIVATE_KEY,
  client_email: 'bi@acme-app.iam.gserviceaccount.com',
};
const basic = { username: 'reports', password: 'pw-secret-1' };

export const chartbrewSourceLifecycles: readonly LifecycleCase[] = [
  {
    dialect: 'mongodb',
    config: { host: 'mongo.acme.example', database: 'shop' },
    steps: [
      { what: 'the host', config: { host: 'mongo2.acme.example' }, sends: { host: 'mongo2.acme.example' } },
      { what: 'the database', config: { database: 'shop2' }, sends: { dbName: 'shop2' } },
      {
        what: 'the user, whom Chartbrew does not send without a password',
        config: { username: 'bi' },
        sends: { username: 'bi' },
        warnings: ['username FIELD_IGNORED'],
      },
      { what: 'the way to the servers', config: { srv: true }, sends: { srv: true } },
      { what: 'the way back, with a port', config: { srv: false, port: 27_018 }, sends: { srv: false, port: '27018' } },
      {
        what: 'options of the URL',
        config: { options: [{ name: 'replicaSet', value: 'rs-secret-1' }] },
        sends: { options: [{ replicaSet: 'rs-secret-1' }] },
      },
      {
        what: 'options again, as a whole',
        config: {
          options: [
            { name: 'tls', value: 'true' },
            { name: 'authSource', value: '$external&auth-secret-1' },
          ],
        },
        sends: { options: [{ tls: 'true' }, { authSource: '%24external%26auth-secret-1' }] },
      },
      { what: 'no options any more', config: { options: null }, sends: { options: null } },
      { what: 'a password', config: { password: { replace: 'pw-secret-1' } }, sends: { password: 'pw-secret-1' } },
      {
        what: 'the password again',
        config: { password: { replace: 'pw-secret-2' } },
        sends: { password: 'pw-secret-2' },
      },
      {
        what: 'the host with the password for it',
        config: { host: 'mongo3.acme.example', password: { replace: 'pw-secret-3' } },
        sends: { host: 'mongo3.acme.example', password: 'pw-secret-3' },
      },
    ],
    reported: {
      __typename: 'MongoDbConfig',
      host: 'mongo3.acme.example',
      port: 27_018,
      database: 'shop2',
      username: 'bi',
      password: 'SET',
      srv: false,
    },
    setSecrets: ['config.mongodb.password'],
  },
  {
    dialect: 'api',
    config: { baseUrl: 'https://api.acme.example' },
    steps: [
      {
        what: 'the address',
        config: { baseUrl: 'https://api.acme.example/v2' },
        sends: { host: 'https://api.acme.example/v2' },
      },
      {
        what: 'a way to sign in, with the empty list of headers that it needs',
        config: { authentication: { bearer: 'token-secret-4' } },
        sends: { authentication: { type: 'bearer_token', token: 'token-secret-4' }, options: [] },
      },
      { what: 'no sign-in for a while', config: { authentication: null }, sends: { authentication: null } },
      {
        what: 'headers',
        config: { headers: [{ name: 'X-Api-Key', value: 'entry-secret-1' }] },
        sends: { options: [{ 'X-Api-Key': 'entry-secret-1' }] },
      },
      {
        what: 'a way to sign in',
        config: { authentication: { basic } },
        sends: { authentication: { type: 'basic_auth', user: 'reports', pass: 'pw-secret-1' } },
      },
      {
        what: 'the password in it, which needs the user again',
        config: { authentication: { basic: { ...basic, password: 'pw-secret-2' } } },
        sends: { authentication: { type: 'basic_auth', user: 'reports', pass: 'pw-secret-2' } },
      },
      {
        what: 'another way to sign in',
        config: { authentication: { bearer: 'token-secret-1' } },
        sends: { authentication: { type: 'bearer_token', token: 'token-secret-1' } },
      },
      {
        what: 'the token',
        config: { authentication: { bearer: 'token-secret-2' } },
        sends: { authentication: { type: 'bearer_token', token: 'token-secret-2' } },
      },
      {
        what: 'the address, with all secrets for it',
        config: {
          baseUrl: 'https://api2.acme.example',
          authentication: { bearer: 'token-secret-3' },
          headers: [{ name: 'X-Api-Key', value: 'entry-secret-2' }],
        },
        sends: {
          host: 'https://api2.acme.example',
          authentication: { type: 'bearer_token', token: 'token-secret-3' },
          options: [{ 'X-Api-Key': 'entry-secret-2' }],
        },
      },
      { what: 'no sign-in any more', config: { authentication: null }, sends: { authentication: null } },
      { what: 'nothing: there is none', config: { authentication: null } },
      { what: 'no headers any more, as an empty list', config: { headers: null }, sends: { options: [] } },
      {
        what: 'a header again',
        config: { headers: [{ name: 'X-Api-Key', value: 'entry-secret-3' }] },
        sends: { options: [{ 'X-Api-Key': 'entry-secret-3' }] },
      },
    ],
    reported: {
      __typename: 'ApiConfig',
      baseUrl: 'https://api2.acme.example',
      authentication: { kind: 'NONE' },
      headers: [{ name: 'X-Api-Key', value: 'SET' }],
    },
    setSecrets: ['config.api.headers.0.value'],
  },
  {
    dialect: 'realtimeDb',
    config: { databaseUrl: 'https://acme-default-rtdb.firebaseio.com', serviceAccountKey: KEY_FILE },
    steps: [
      {
        what: 'whom it acts as, with the key for it',
        config: { authOverrideUid: 'reporting', serviceAccountKey: { replace: OTHER_KEY } },
        sends: { username: 'reporting', firebaseServiceAccount: otherKey },
      },
      {
        what: 'the key file',
        config: { serviceAccountKey: { replace: OTHER_KEY } },
        sends: { firebaseServiceAccount: otherKey },
      },
      {
        what: 'the address, with the key for it',
        config: { databaseUrl: 'https://acme-2-rtdb.firebaseio.com', serviceAccountKey: { replace: OTHER_KEY } },
        sends: { connectionString: 'https://acme-2-rtdb.firebaseio.com', firebaseServiceAccount: otherKey },
      },
      {
        what: 'no address of its own any more',
        config: { databaseUrl: null, serviceAccountKey: { replace: OTHER_KEY } },
        sends: { connectionString: null, firebaseServiceAccount: otherKey },
      },
    ],
    reported: { __typename: 'RealtimeDbConfig', authOverrideUid: 'reporting', serviceAccountKey: 'SET' },
    setSecrets: ['config.realtimeDb.serviceAccountKey'],
  },
  {
    dialect: 'firestore',
    config: { serviceAccountKey: KEY_FILE },
    steps: [
      {
        what: 'the key file',
        config: { serviceAccountKey: { replace: OTHER_KEY } },
        sends: { firebaseServiceAccount: otherKey },
      },
      { what: 'projects', options: { projectIds: [5] }, sends: { project_ids: [5] } },
    ],
    reported: { __typename: 'FirestoreConfig', projectId: 'acme-app', serviceAccountKey: 'SET' },
    setSecrets: ['config.firestore.serviceAccountKey'],
  },
  {
    dialect: 'googleAnalytics',
    config: { oauthId: '0c6f9b1e-52a4-4f0e-9d3c-6a1f7d1b2c33' },
    steps: [
      {
        what: 'the grant',
        config: { oauthId: '6f1c1f5e-8f0a-4c0e-9a55-0d2b6f5a7c11' },
        sends: { oauth_id: '6f1c1f5e-8f0a-4c0e-9a55-0d2b6f5a7c11' },
      },
      { what: 'its name', name: 'traffic', sends: { name: 'traffic' } },
    ],
    reported: { __typename: 'GoogleAnalyticsConfig', oauthId: '6f1c1f5e-8f0a-4c0e-9a55-0d2b6f5a7c11' },
    setSecrets: [],
  },
  {
    dialect: 'customerIo',
    config: { region: 'us', apiKey: 'pw-secret-1' },
    steps: [
      { what: 'the key', config: { apiKey: { replace: 'pw-secret-2' } }, sends: { password: 'pw-secret-2' } },
      {
        what: 'the region, with the key for it',
        config: { region: 'eu', apiKey: { replace: 'pw-secret-3' } },
        sends: { host: 'eu', password: 'pw-secret-3' },
      },
    ],
    reported: { __typename: 'CustomerIoConfig', region: 'eu', apiKey: 'SET' },
    setSecrets: ['config.customerIo.apiKey'],
  },
];
