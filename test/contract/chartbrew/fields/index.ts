// The field map of Chartbrew: one flat row, of which each type uses a part, and files that are sent in a second call.
import type { VendorFields } from '../../../support/field-samples.ts';
import { KEY_FILE } from '../../create-case.ts';
import { chartbrewTransport } from './transport.ts';
import { chartbrewSettings } from './settings.ts';

const ofGrant = (name: string, raw: unknown) => ({
  wire: `OAuth.${name}`,
  why: 'id is oauth_id again, the rest is the bookkeeping of the grant',
  unread: { on: 'googleAnalytics', wirePath: `OAuth.${name}`, raw },
});
const ofNewerType = (name: string, on: string) => ({
  wire: `authentication.${name}`,
  why: 'types newer than the seed; read-only as OTHER',
  unread: { on, wirePath: `authentication.${name}`, raw: 'token-secret-2' },
});

const server = { host: 'db.acme.example', database: 'orders', username: 'bi_reader' };

export const chartbrewFields: VendorFields = {
  dialectWirePath: 'type',
  fields: [...chartbrewSettings, ...chartbrewTransport],
  exceptions: [
    {
      wire: 'options',
      why: 'the server ignores it for these types',
      of: ['postgres', 'mysql', 'clickhouse', 'realtimedb', 'firestore', 'googleAnalytics', 'customerio'],
      unread: { on: 'postgres', wirePath: 'options', raw: [{ a: 'option-secret-1' }] },
    },
    ofNewerType('email', 'jira'),
    ofNewerType('apiToken', 'jira'),
    { ...ofNewerType('token', 'stripe'), of: ['jira', 'stripeOfficial'] },
    {
      wire: 'ssl',
      why: 'a default nobody reads for these types; the server of MongoDB reads it in its options',
      of: ['api', 'realtimedb', 'firestore', 'googleAnalytics', 'customerio', 'mongodb'],
      unread: { on: 'api', wirePath: 'ssl', raw: true },
    },
    { wire: 'schema', why: 'the server fills it; writing it would only spoil its cache' },
    ofGrant('id', 'grant-9'),
    ofGrant('type', 'google'),
    ofGrant('team_id', 7),
    ofGrant('createdAt', '2026-02-01T07:00:00.000Z'),
    ofGrant('updatedAt', '2026-02-01T07:00:00.000Z'),
  ],
  inputs: {
    api: { api: { baseUrl: 'https://api.acme.example/v1' } },
    clickhouse: { clickhouse: server },
    customerIo: { customerIo: { region: 'eu', apiKey: 'pw-secret-1' } },
    firestore: { firestore: { serviceAccountKey: KEY_FILE } },
    googleAnalytics: { googleAnalytics: { oauthId: 'grant-1' } },
    mongodb: { mongodb: { host: 'db.acme.example', database: 'orders' } },
    mongodbByUrl: { mongodb: {} },
    mysql: { mysql: server },
    mysqlByUrl: { mysql: {} },
    postgres: { postgres: server },
    postgresByUrl: { postgres: {} },
    realtimeDb: { realtimeDb: { serviceAccountKey: KEY_FILE } },
  },
  rows: {
    api: { type: 'api' },
    apiByPassword: { type: 'api', authentication: { type: 'basic_auth' } },
    apiByToken: { type: 'api', authentication: { type: 'bearer_token' } },
    clickhouse: { type: 'clickhouse' },
    customerIo: { type: 'customerio' },
    firestore: { type: 'firestore' },
    googleAnalytics: { type: 'googleAnalytics' },
    jira: { type: 'jira', host: 'https://acme.atlassian.net' },
    mongodb: { type: 'mongodb' },
    mysql: { type: 'mysql' },
    postgres: { type: 'postgres' },
    realtimeDb: { type: 'realtimedb' },
    stripe: { type: 'stripeOfficial' },
  },
};
