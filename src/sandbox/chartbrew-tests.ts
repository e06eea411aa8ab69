// How Chartbrew answers the test of a connection. What fails: a host that ends in `.invalid` (ENOTFOUND), port 1
// (ECONNREFUSED), a password, token or key that contains `wrong` (refused by the source), a base URL of an api with
// `/unauthorized` (401) or `/private` (SSRF_BLOCKED). All else passes, at once: no source is asked. Every failure of a
// database quotes the URL that was tried, password and all, also where its driver would not. It must not know any adapter.
import { testApi, testCustomerIo } from './chartbrew-http-tests.ts';
import { isObject, type Json } from './chartbrew-rules.ts';
import { blocked, failed, nodeFault, passed, type Tested } from './chartbrew-tests-kit.ts';

interface Target {
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly password: string;
  /** With the password as it is, and that of the tunnel. */
  readonly url: string;
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

const tunnelOf = ({ useSsh, sshHost, sshUsername, sshPassword, sshPassphrase }: Json): string =>
  useSsh ? ` via ssh://${text(sshUsername)}:${text(sshPassword)}${text(sshPassphrase)}@${text(sshHost)}` : '';

const targetOfParts = (settings: Json, scheme: string, ownPort: string): Target => {
  const { host, username, dbName } = settings;
  const [user, password, port] = [text(username), text(settings.password), text(settings.port) || ownPort];
  const url = `${scheme}://${user}:${password}@${text(host)}:${port}/${text(dbName)}${tunnelOf(settings)}`;
  return { host: text(host), port, user, password, url };
};

// The password reaches to the last `@`; a string without user and password is mangled, which gives no target.
const targetOfString = (settings: Json, ownPort: string): Target | undefined => {
  const whole = text(settings.connectionString);
  const match = /^[^:]+:\/\/([^:]*):(.*)@(\[[^\]]*\]|[^@:/?]+)(?::(\d+))?/.exec(whole);
  if (!match) return undefined;
  const [, user = '', password = '', host = '', port = ownPort] = match;
  return { host, port, user, password, url: whole + tunnelOf(settings) };
};

const targetOf = (settings: Json, scheme: string, ownPort: string): Target | undefined =>
  text(settings.connectionString) === '' ? targetOfParts(settings, scheme, ownPort) : targetOfString(settings, ownPort);

const sequelizeNames = { ENOTFOUND: 'SequelizeHostNotFoundError', ECONNREFUSED: 'SequelizeConnectionRefusedError' };

const driverFailure = (words: string, name: string, error: Json): Tested =>
  failed(words, { name, parent: error, original: error });

const fallbackSchema = { tables: ['orders'], description: { orders: { id: { type: 'INTEGER', allowNull: false } } } };
const schemaOf = ({ schema }: Json): Json => (isObject(schema) ? schema : fallbackSchema);

type Refusal = (target: Target) => Tested;

const refusedByPostgres: Refusal = ({ user, url }) => {
  const server = { file: 'auth.c', line: '326', routine: 'auth_failed' };
  const error = { length: 104, name: 'error', severity: 'FATAL', code: '28P01', detail: url, ...server };
  return driverFailure(`password authentication failed for user "${user}" (${url})`, 'SequelizeConnectionError', error);
};

const refusedByMysql: Refusal = ({ user, url }) => {
  const sqlMessage = `Access denied for user '${user}'@'172.18.0.1' (using password: YES) (${url})`;
  const error = { code: 'ER_ACCESS_DENIED_ERROR', errno: 1045, sqlState: '28000', sqlMessage };
  return driverFailure(sqlMessage, 'SequelizeAccessDeniedError', error);
};

const testSql = (settings: Json, scheme: string, ownPort: string, refused: Refusal): Tested => {
  const target = targetOf(settings, scheme, ownPort);
  if (!target) return failed('Invalid URL', { code: 'ERR_INVALID_URL', input: settings.connectionString });
  const fault = nodeFault(target.host, target.port);
  if (fault)
    return driverFailure(`${fault.text} (${target.url})`, sequelizeNames[fault.error.code], {
      ...fault.error,
      detail: target.url,
    });
  return target.password.includes('wrong') ? refused(target) : passed({ success: true, schema: schemaOf(settings) });
};

// The real one gives up after 30 seconds.
const testMongodb = (settings: Json): Tested => {
  const target = targetOf(settings, settings.srv ? 'mongodb+srv' : 'mongodb', '27017');
  if (!target) {
    const host = text(settings.connectionString).replace(/^[^:]+:\/\//, '');
    return failed(`Unable to parse ${host.split(/[:/]/, 1)[0]}:%3Amongodb:`);
  }
  const fault = nodeFault(target.host, target.port);
  if (fault) {
    const message = `${fault.text} (${target.url})`;
    return failed(message, { message, reason: { type: 'Unknown', servers: {}, error: fault.error } });
  }
  if (!target.password.includes('wrong')) {
    return passed({ success: true }, { success: true, collections: [{ name: 'orders', type: 'collection' }] });
  }
  const errmsg = `Authentication failed. (${target.url})`;
  const refusal = { code: 18, codeName: 'AuthenticationFailed' };
  return failed(errmsg, { errorResponse: { ok: 0, errmsg, ...refusal }, ok: 0, ...refusal });
};

// Saved, its error loses all words.
const testClickHouse = (settings: Json): Tested => {
  const target = targetOfParts(settings, settings.ssl ? 'https' : 'http', settings.ssl ? '8443' : '8123');
  const refusal = `${target.user}: Authentication failed: password is incorrect, or there is no user with such name.`;
  const fault = nodeFault(target.host, target.port)?.text ?? (target.password.includes('wrong') ? refusal : undefined);
  return fault === undefined
    ? passed({ success: true, schema: schemaOf(settings) })
    : failed(`Failed to fetch database schema: ${fault} (${target.url})`);
};

// What the notes do not show of a source's failure is a plain Error: nothing of it is left when saved.
const testWithToken = (settings: Json, name: 'apiToken' | 'token', metadata: Json): Tested => {
  const authentication = isObject(settings.authentication) ? settings.authentication : {};
  const site = URL.canParse(text(settings.host)) ? new URL(text(settings.host)) : undefined;
  const fault = site && nodeFault(site.hostname, site.port);
  if (fault) return failed(fault.text);
  const token = text(authentication[name]);
  return token.includes('wrong') ? failed(`401 - the token ${token} is refused`) : passed({ success: true, metadata });
};

const testFirestore = ({ firebaseServiceAccount: account }: Json): Tested => {
  const key = isObject(account) ? text(account.private_key) : '';
  return key === '' || key.includes('wrong') ? failed(`16 UNAUTHENTICATED: ${key}`) : passed([{ id: 'orders' }]);
};

const testPostgres = (settings: Json): Tested => testSql(settings, 'postgresql', '5432', refusedByPostgres);
const testMysql = (settings: Json): Tested => testSql(settings, 'mysql', '3306', refusedByMysql);

const sources: ReadonlyMap<unknown, (settings: Json) => Tested> = new Map(
  Object.entries({
    api: testApi,
    strapi: testApi,
    stripe: testApi,
    stripeOfficial: (settings: Json) => testWithToken(settings, 'token', { accountId: 'acct_1' }),
    jira: (settings: Json) => testWithToken(settings, 'apiToken', { projects: [{ key: 'ENG' }] }),
    customerio: testCustomerIo,
    googleAnalytics: ({ oauth_id }: Json) => {
      if (oauth_id) return passed([{ account: 'accounts/1001', displayName: 'Acme' }]);
      const answer = { status: 400, body: { error: 'No oauth token' } };
      return { saved: answer, unsaved: answer };
    },
    firestore: testFirestore,
    // Nothing is asked of the network.
    realtimedb: () => passed('Connection successful'),
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

/** The sub type picks the source; an unknown one falls back to the type of api alone. */
export const testConnection = (settings: Json): Tested => {
  const { type, subType } = settings;
  const test = sources.get(subType || type) ?? (type === 'api' ? testApi : undefined);
  if (test) return test(settings);
  return { saved: blocked('invalid_url').saved, unsaved: { status: 400, body: 'No request type specified' } };
};
