// How Chartbrew answers the test of a connection. What fails: a host that ends in `.invalid` (ENOTFOUND), port 1
// (ECONNREFUSED), a password, token or key that contains `wrong` (refused by the source), a base URL of an api with
// `/unauthorized` (401) or `/private` (SSRF_BLOCKED); more in the files of the sources. All else passes, at once: no source is
// asked. It must not know any adapter.
import { testFirestore, testGoogleAnalytics, testRealtimeDb } from './tests/google.ts';
import { testApi, testCustomerIo, testWithToken } from './tests/http.ts';
import { testMongodb } from './tests/mongodb.ts';
import type { Json } from './rules.ts';
import { testClickHouse, testMysql, testPostgres } from './tests/sql.ts';
import { blocked, type Deliver, type Tested } from './tests/outcomes.ts';

const sources: ReadonlyMap<unknown, (settings: Json, deliver: Deliver) => Tested> = new Map(
  Object.entries({
    api: testApi,
    strapi: testApi,
    stripe: testApi,
    stripeOfficial: (settings: Json) => testWithToken(settings, 'token', { accountId: 'acct_1' }),
    jira: (settings: Json) => testWithToken(settings, 'apiToken', { projects: [{ key: 'ENG' }] }),
    customerio: testCustomerIo,
    googleAnalytics: testGoogleAnalytics,
    firestore: testFirestore,
    realtimedb: testRealtimeDb,
    mongodb: testMongodb,
    mysql: testMysql,
    rdsMysql: testMysql,
    postgres: testPostgres,
    rdsPostgres: testPostgres,
    supabasedb: testPostgres,
    timescaledb: testPostgres,
    clickhouse: testClickHouse,
  }),
);

/**
 * The sub type picks the source; an unknown one falls back to the type of api alone.
 * @param deliver called for each server that is sent a password.
 */
export const testConnection = (settings: Json, deliver: Deliver): Tested => {
  const { type, subType } = settings;
  const test = sources.get(subType || type) ?? (type === 'api' ? testApi : undefined);
  if (test) return test(settings, deliver);
  return { saved: blocked('invalid_url').saved, unsaved: { status: 400, body: 'No request type specified' } };
};
