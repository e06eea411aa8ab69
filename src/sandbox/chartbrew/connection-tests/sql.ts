// The tests of MySQL, PostgreSQL and ClickHouse. The name of the host decides how the server behaves: see HOSTS. Every error quotes the
// URL with its password, even where the real driver would not, so that tests can search for leaks.
import { isObject, type Json } from '../rules.ts';
import { openTunnel } from './ssh.ts';
import { hasString, targetOf, targetOfParts, type Target } from './targets.ts';
import { failed, nodeFault, passed, textOf, type Deliver, type Delivery, type Tested } from './outcomes.ts';

/** Endings of host names, and how the server with such a name behaves. */
const HOSTS = {
  /** Its certificate is signed by a private authority, so it is trusted only with that authority's certificate. */
  privateAuthority: '.private-ca.example',
  /** It accepts only clients that present a certificate. */
  clientCertificate: '.client-cert.example',
  /** It does not support TLS. */
  withoutTls: '.no-tls.example',
  /** It accepts only encrypted connections. */
  onlyTls: '.only-tls.example',
} as const;

const is = ({ host }: Target, kind: keyof typeof HOSTS): boolean => host.endsWith(HOSTS[kind]);

const sequelizeNames: Readonly<Record<string, string>> = {
  ENOTFOUND: 'SequelizeHostNotFoundError',
  ECONNREFUSED: 'SequelizeConnectionRefusedError',
  ER_ACCESS_DENIED_ERROR: 'SequelizeAccessDeniedError',
};

/** An error of the driver. The saved test keeps none of its words, except `sqlMessage`. */
const driverFailure = (words: string, { url }: Target, error: Json): Tested => {
  const name = sequelizeNames[textOf(error.code)] ?? 'SequelizeConnectionError';
  const whole = { ...error, ...(error.sqlMessage === undefined ? { detail: url } : {}) };
  return failed(`${words} (${url})`, { name, parent: whole, original: whole });
};

const fallbackSchema = { tables: ['orders'], description: { orders: { id: { type: 'INTEGER', allowNull: false } } } };
const schemaOf = ({ schema }: Json): Json => (isObject(schema) ? schema : fallbackSchema);

/** Returns the driver's TLS mode. Two values of `sslMode` verify the certificate, the others only encrypt. */
function tlsOf({ ssl, sslMode, subType, connectionString }: Json, isPostgres: boolean): Delivery['tls'] {
  if (ssl) return sslMode === 'verify-ca' || sslMode === 'verify-full' ? 'verified' : 'unverified';
  const isAsked = isPostgres && textOf(connectionString).includes('sslmode=require');
  return subType === 'timescaledb' || isAsked ? 'unverified' : 'none';
}

/** The errors of one kind of server. */
interface Dialect {
  readonly source: 'mysql' | 'postgres';
  readonly scheme: string;
  readonly ownPort: string;
  readonly withoutTls: readonly [words: string, error: Json];
  /** mysql2 replaces Node's error code by its own. */
  readonly untrusted: Json;
  readonly noCertificate: (target: Target) => readonly [words: string, error: Json];
  readonly unencrypted: (target: Target) => readonly [words: string, error: Json];
  readonly wrongPassword: (target: Target) => readonly [words: string, error: Json];
}

const pgError = (code: string, words: string, routine: string): readonly [string, Json] => [
  words,
  { length: 104, name: 'error', severity: 'FATAL', code, file: 'auth.c', line: '326', routine },
];

const postgres: Dialect = {
  source: 'postgres',
  scheme: 'postgresql',
  ownPort: '5432',
  withoutTls: ['The server does not support SSL connections', {}],
  untrusted: { code: 'SELF_SIGNED_CERT_IN_CHAIN' },
  noCertificate: () => pgError('28000', 'connection requires a valid client certificate', 'ClientAuthentication'),
  unencrypted: ({ user, database }) =>
    pgError(
      '28000',
      `no pg_hba.conf entry for host "172.18.0.1", user "${user}", database "${database}", no encryption`,
      'ClientAuthentication',
    ),
  wrongPassword: ({ user }) => pgError('28P01', `password authentication failed for user "${user}"`, 'auth_failed'),
};

const myError = (code: string, errno: number, { url }: Target, words: string): readonly [string, Json] => [
  words,
  { code, errno, sqlState: '28000', sqlMessage: `${words} (${url})` },
];

const mysql: Dialect = {
  source: 'mysql',
  scheme: 'mysql',
  ownPort: '3306',
  withoutTls: ['Server does not support secure connection', { code: 'HANDSHAKE_NO_SSL_SUPPORT', fatal: true }],
  untrusted: { code: 'HANDSHAKE_SSL_ERROR', fatal: true },
  noCertificate: (target) => mysql.wrongPassword(target),
  unencrypted: (target) =>
    myError(
      'ER_SECURE_TRANSPORT_REQUIRED',
      3159,
      target,
      'Connections using insecure transport are prohibited while --require_secure_transport=ON.',
    ),
  wrongPassword: (target) =>
    myError(
      'ER_ACCESS_DENIED_ERROR',
      1045,
      target,
      `Access denied for user '${target.user}'@'172.18.0.1' (using password: YES)`,
    ),
};

/** Returns the error of a connection that fails before any password is sent, or undefined. */
function lineFault(target: Target, settings: Json, tls: Delivery['tls'], dialect: Dialect): Tested | undefined {
  const fault = nodeFault(target.host, target.port);
  if (fault) return driverFailure(fault.text, target, fault.error);
  const isEncrypted = tls !== 'none';
  if (isEncrypted && is(target, 'withoutTls'))
    return driverFailure(dialect.withoutTls[0], target, dialect.withoutTls[1]);
  const isStranger = is(target, 'privateAuthority') && textOf(settings.sslCa) === '';
  if (tls !== 'verified' || !isStranger) return undefined;
  return driverFailure('self-signed certificate in certificate chain', target, dialect.untrusted);
}

/** Returns the error of a server that refuses the user, or undefined. */
function refusalOf(target: Target, settings: Json, tls: Delivery['tls'], dialect: Dialect): Tested | undefined {
  const { sslMode, sslCert, sslKey } = settings;
  // Only this mode presents the client certificate.
  const hasShown = tls === 'verified' && sslMode === 'verify-full' && textOf(sslCert) !== '' && textOf(sslKey) !== '';
  const failWith = (refusal: readonly [string, Json]) => driverFailure(refusal[0], target, refusal[1]);
  if (is(target, 'onlyTls') && tls === 'none') return failWith(dialect.unencrypted(target));
  if (is(target, 'clientCertificate') && !hasShown) return failWith(dialect.noCertificate(target));
  if (target.password.includes('wrong')) return failWith(dialect.wrongPassword(target));
  // Only the MySQL sandbox has users who may sign in, but not to this database.
  if (dialect.source !== 'mysql' || !target.database.includes('forbidden')) return undefined;
  const words = `Access denied for user '${target.user}'@'%' to database '${target.database}'`;
  return failWith(myError('ER_DBACCESS_DENIED_ERROR', 1044, target, words));
}

const testSql =
  (dialect: Dialect) =>
  (settings: Json, deliver: Deliver): Tested => {
    const target = targetOf(settings, dialect.scheme, dialect.ownPort);
    if (!target) return failed('Invalid URL', { code: 'ERR_INVALID_URL', input: settings.connectionString });
    // The vendor ignores the tunnel if there is a connection string.
    const tunnel = settings.useSsh && !hasString(settings) ? openTunnel(settings, deliver) : undefined;
    if (tunnel?.fault !== undefined) return failed(`${tunnel.fault} (${target.url})`);
    // The vendor's notes say only that this combination fails.
    if (tunnel && dialect.source === 'postgres') return failed(`Connection terminated unexpectedly (${target.url})`);
    const tls = tlsOf(settings, dialect.source === 'postgres');
    const fault = lineFault(target, settings, tls, dialect);
    if (fault) return fault;
    const { host, port, password } = target;
    deliver({ source: dialect.source, host, port, tls, ...(tunnel && { via: tunnel.via }), password });
    return refusalOf(target, settings, tls, dialect) ?? passed({ success: true, schema: schemaOf(settings) });
  };

export const testPostgres = testSql(postgres);
export const testMysql = testSql(mysql);

/** ClickHouse ignores the tunnel and `sslCa`, and verifies every certificate. The saved test returns no error message. */
export const testClickHouse = (settings: Json, deliver: Deliver): Tested => {
  const isEncrypted = Boolean(settings.ssl);
  const [scheme, ownPort] = isEncrypted ? ['https', '8443'] : ['http', '8123'];
  const target = targetOfParts({ ...settings, useSsh: false }, scheme, ownPort);
  const { host, port, user, password, url } = target;
  const failWith = (words: string) => failed(`Failed to fetch database schema: ${words} (${url})`);
  const fault = nodeFault(host, port);
  if (fault) return failWith(fault.text);
  if (isEncrypted && is(target, 'privateAuthority')) return failWith('self-signed certificate in certificate chain');
  deliver({ source: 'clickhouse', host, port, tls: isEncrypted ? 'verified' : 'none', password });
  return password.includes('wrong')
    ? failWith(`${user}: Authentication failed: password is incorrect, or there is no user with such name.`)
    : passed({ success: true, schema: schemaOf(settings) });
};
