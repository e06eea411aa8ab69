// The results of Chartbrew's connection tests. These fail: a host that ends in `.invalid` (ENOTFOUND), port 1 (ECONNREFUSED), a password,
// token or key that contains `wrong`, and a base URL of an API with `/unauthorized` (401) or `/private` (SSRF_BLOCKED) in its path.
// The files in connection-tests/ have more cases. Everything else passes at once, because no source is contacted.
import { testFirestore, testGoogleAnalytics, testRealtimeDb } from './connection-tests/google.ts';
import { testApi, testCustomerIo, testWithToken } from './connection-tests/http.ts';
import { testMongodb } from './connection-tests/mongodb.ts';
import type { Json } from './rules.ts';
import { testClickHouse, testMysql, testPostgres } from './connection-tests/sql.ts';
import { blocked, type Deliver, type Tested } from './connection-tests/outcomes.ts';

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
 * Returns the answers of a test. The sub type decides which source is tested. The type `api` with an unknown sub type is tested as an API.
 * @param deliver is called for each server to which a password is sent.
 */
export const testConnection = (settings: Json, deliver: Deliver): Tested => {
  const { type, subType } = settings;
  const test = sources.get(subType || type) ?? (type === 'api' ? testApi : undefined);
  if (test) return test(settings, deliver);
  return { saved: blocked('invalid_url').saved, unsaved: { status: 400, body: 'No request type specified' } };
};
