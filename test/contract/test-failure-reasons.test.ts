// How a failed test is reported, by the driver's text in the vendor's answer: with a known code and Patchbay's message.
// The texts are those of JDBC drivers (Looker), of Node and libpq (Credible), and of Node through Chartbrew. Each of
// them quotes a secret, which must not be returned.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStubbedGateway, type StubbedGateway } from '../support/stub-vendor.ts';
import { runMutation } from '../support/mutations.ts';

let text = '';
let stubbed: Readonly<Record<'looker' | 'credible' | 'chartbrew', StubbedGateway>>;
beforeAll(async () => {
  const login = { status: 200, body: { access_token: 'token-1', expires_in: 3600 } };
  const [looker, credible, chartbrew] = await Promise.all([
    startStubbedGateway('looker', ({ path }) =>
      path.endsWith('/login') ? login : { status: 200, body: [{ name: 'connect', status: 'error', message: text }] },
    ),
    startStubbedGateway('credible', () => ({ status: 200, body: { status: 'failed', errorMessage: text } })),
    startStubbedGateway('chartbrew', () => ({ status: 400, body: text })),
  ]);
  stubbed = { looker, credible, chartbrew };
});
afterAll(async () => {
  await Promise.all(Object.values(stubbed).map(({ close }) => close()));
});

const postgres = { host: 'db.acme.example', database: 'orders', username: 'bi', password: 'pw-secret-1' };

/** Runs a test that the vendor answers with this text, and returns the checks. */
async function checksFor(instance: keyof typeof stubbed, words: string) {
  text = `${words} (jdbc:x://db?password=pw-secret-1)`;
  const { test } = await runMutation(stubbed[instance].gateway, 'testConnectionConfig', {
    instance,
    config: { postgres },
  });
  const [{ outcome, vendorOutcome, message }] = test.checks;
  return [outcome, vendorOutcome, message];
}

const REFUSED_USER = 'The database refuses this user or password.';
const NO_HOST = 'No server has this host name, as the vendor sees it.';
const NO_LISTENER = 'Nothing listens at this host and port, or a firewall is in the way.';
const NO_ANSWER = 'The server did not answer in time; often a firewall is in the way.';
const NO_DATABASE = 'The server has no database of this name.';
const NO_LINE = 'The vendor could not reach the server; check host, port, network and encryption.';
const NO_TLS = 'The settings require TLS, but the server does not support it.';
const NOT_ALLOWED = 'The user may not do what the test needs.';
const NO_AUTHORITY =
  "The authority that issued the server's certificate is not trusted by the vendor; provide the certificate of that authority.";
const NO_CERTIFICATE = 'The server requires a client certificate, and the vendor presented none that it accepts.';
const PG_HBA =
  "The server's rules (pg_hba.conf) do not allow this user to sign in from the vendor's address, to this database, or without encryption.";
const NOT_LET_IN =
  'The server does not allow this user to sign in: there is no such user, or its rules (pg_hba.conf) require another address, database, encryption or client certificate.';
const EXPIRED = "The server's certificate has expired.";
const OTHER_NAME = "The server's certificate is for another host name.";
const NO_TRUST = "The server's certificate cannot be trusted, or the server does not support TLS.";
const SSH_REFUSED = 'The SSH server refuses this user, password or key.';
const PASSPHRASE = 'The passphrase does not decrypt the private key of the SSH user, or is missing.';

type Row = readonly [words: string, code: string | null, message: string];

describe('The reason for a failed test, from a JDBC message of Looker', () => {
  it.each<Row>([
    ['FATAL: password authentication failed for user "bi"', '28P01', REFUSED_USER],
    ['FATAL: no pg_hba.conf entry for host "10.0.0.7", user "bi", database "x", SSL off', '28000', PG_HBA],
    ['FATAL: connection requires a valid client certificate', 'CLIENT_CERTIFICATE_REQUIRED', NO_CERTIFICATE],
    ['FATAL: role "bi" does not exist', '28000', NOT_LET_IN],
    ['FATAL: database "orders" does not exist', '3D000', NO_DATABASE],
    ['ERROR: permission denied for schema public', '42501', NOT_ALLOWED],
    ['FATAL: remaining connection slots are reserved', '53300', 'The server accepts no more connections for now.'],
    ['The server does not support SSL.', 'HANDSHAKE_NO_SSL_SUPPORT', NO_TLS],
    ['The connection attempt failed.', '08001', NO_LINE],
    [
      'Connection to db.acme.example:5432 refused. Check that the hostname and port are correct',
      'ECONNREFUSED',
      NO_LISTENER,
    ],
    [
      'SSL error: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path to requested target',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      NO_AUTHORITY,
    ],
    [
      'PKIX path validation failed: java.security.cert.CertificateExpiredException: NotAfter: Mon',
      'CERT_HAS_EXPIRED',
      EXPIRED,
    ],
    [
      'The hostname db could not be verified by hostnameverifier PgjdbcHostnameVerifier.',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      OTHER_NAME,
    ],
    ['No subject alternative DNS name matching db.acme.example found.', 'ERR_TLS_CERT_ALTNAME_INVALID', OTHER_NAME],
    ['Received fatal alert: certificate_required', 'CLIENT_CERTIFICATE_REQUIRED', NO_CERTIFICATE],
    ['Received fatal alert: bad_certificate', 'CLIENT_CERTIFICATE_REQUIRED', NO_CERTIFICATE],
    ['Received fatal alert: handshake_failure', 'HANDSHAKE_SSL_ERROR', NO_TRUST],
    ['Communications link failure: The last packet sent to the server was 0 ms ago.', '08S01', NO_LINE],
    ['Communications link failure; java.net.ConnectException: Connection refused', 'ECONNREFUSED', NO_LISTENER],
    ['Communications link failure; java.net.UnknownHostException: db', 'ENOTFOUND', NO_HOST],
    ['java.net.SocketTimeoutException: connect timed out', 'ETIMEDOUT', NO_ANSWER],
    ['java.net.NoRouteToHostException: No route to host', 'EHOSTUNREACH', NO_LISTENER],
    ["Access denied for user 'bi'@'10.0.0.7' (using password: YES)", 'ER_ACCESS_DENIED_ERROR', REFUSED_USER],
    ["Access denied for user 'bi'@'%' to database 'orders'", 'ER_DBACCESS_DENIED_ERROR', NOT_ALLOWED],
    ["Unknown database 'orders'", 'ER_BAD_DB_ERROR', NO_DATABASE],
    [
      "Host '10.0.0.7' is not allowed to connect to this MySQL server",
      'ER_HOST_NOT_PRIVILEGED',
      "The server does not accept connections from the vendor's address.",
    ],
    ['Incorrect username or password was specified.', 'AuthenticationFailed', REFUSED_USER],
    [
      'JWT token is invalid. [0f6c9b1e]',
      '390144',
      'Snowflake refuses the key pair: the user has another public key, or account or user are misspelt.',
    ],
    [
      '250001 (08001): None: Failed to connect to DB: acme.snowflakecomputing.com:443',
      '250001',
      'Snowflake could not be reached, or refuses the sign-in; check account, user and network.',
    ],
    [
      'Invalid OAuth response: {"error":"invalid_grant","error_description":"Invalid JWT Signature."}',
      'invalid_grant',
      'Google refuses the key or the grant: it was withdrawn, has expired, or its account was deleted.',
    ],
    ['Access Denied: Project acme: User does not have bigquery.jobs.create permission', 'accessDenied', NOT_ALLOWED],
    [
      'Not found: Project acme-web',
      'notFound',
      'There is no project or dataset of this name, or the user may not see it.',
    ],
    ['Authentication failed: Unauthorized', 'AuthenticationFailed', REFUSED_USER],
    ['Error executing query: HTTP 401', '401', REFUSED_USER],
    ["Login failed for user 'bi'. ClientConnectionId:1", '18456', REFUSED_USER],
    ['Cannot open database "orders" requested by the login. The login failed.', '4060', NO_DATABASE],
    ['ORA-01017: invalid username/password; logon denied', 'ORA-01017', REFUSED_USER],
    ['ORA-12541: TNS:no listener', 'ORA-12541', NO_LISTENER],
    ['com.jcraft.jsch.JSchException: Auth fail', 'SSH_AUTHENTICATION_FAILED', SSH_REFUSED],
    ['Something else went wrong', 'error', 'Looker gives no reason that can be shown.'],
  ])('%s', async (words, code, message) => {
    expect(await checksFor('looker', words)).toEqual(['FAILED', code, message]);
  });
});

describe('The reason for a failed test, from a Node driver message of Credible', () => {
  it.each<Row>([
    ['password authentication failed for user "bi"', '28P01', REFUSED_USER],
    ['no pg_hba.conf entry for host "10.0.0.7", user "bi", database "x", no encryption', '28000', PG_HBA],
    ['connection requires a valid client certificate', 'CLIENT_CERTIFICATE_REQUIRED', NO_CERTIFICATE],
    ['self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN', NO_AUTHORITY],
    ['self signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN', NO_AUTHORITY],
    ['self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT', NO_AUTHORITY],
    ['unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', NO_AUTHORITY],
    ['unable to get local issuer certificate', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', NO_AUTHORITY],
    ['x509: certificate signed by unknown authority', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', NO_AUTHORITY],
    ['certificate has expired', 'CERT_HAS_EXPIRED', EXPIRED],
    ['SSL error: certificate verify failed: certificate has expired', 'CERT_HAS_EXPIRED', EXPIRED],
    ['SSL error: certificate verify failed', 'HANDSHAKE_SSL_ERROR', NO_TRUST],
    [
      "Hostname/IP does not match certificate's altnames: Host: db. is not in the cert's altnames",
      'ERR_TLS_CERT_ALTNAME_INVALID',
      OTHER_NAME,
    ],
    [
      'server certificate for "a.example" does not match host name "b.example"',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      OTHER_NAME,
    ],
    ['The server does not support SSL connections', 'HANDSHAKE_NO_SSL_SUPPORT', NO_TLS],
    ['SSL routines:ssl3_get_record:wrong version number', 'ERR_SSL_WRONG_VERSION_NUMBER', NO_TLS],
    ['ssl3_read_bytes:tlsv13 alert certificate required', 'CLIENT_CERTIFICATE_REQUIRED', NO_CERTIFICATE],
    ['getaddrinfo ENOTFOUND db.acme.example', 'ENOTFOUND', NO_HOST],
    ['getaddrinfo EAI_AGAIN db.acme.example', 'EAI_AGAIN', NO_HOST],
    ['connect ECONNREFUSED 10.0.0.7:5432', 'ECONNREFUSED', NO_LISTENER],
    ['connect ETIMEDOUT 10.0.0.7:5432', 'ETIMEDOUT', NO_ANSWER],
    ['connect EHOSTUNREACH 10.0.0.7:5432', 'EHOSTUNREACH', NO_LISTENER],
    ['Connection terminated unexpectedly', 'ECONNRESET', 'The server closed the connection.'],
    ['Request failed with status code 401', '401', REFUSED_USER],
    ['Request failed with status code 403', '403', NOT_ALLOWED],
    ['7 PERMISSION_DENIED: Missing permission', 'PERMISSION_DENIED', NOT_ALLOWED],
    [
      'the table has serverSelectionTimeoutMS 401k',
      null,
      'Credible could not connect, and gives no reason that can be shown.',
    ],
  ])('%s', async (words, code, message) => {
    expect(await checksFor('credible', words)).toEqual(['FAILED', code, message]);
  });
});

describe('The reason for a failed test of unsaved settings, from a message of Chartbrew', () => {
  it.each<Row>([
    ['SSH tunnel error: All configured authentication methods failed', 'SSH_AUTHENTICATION_FAILED', SSH_REFUSED],
    [
      'SSH tunnel error: Cannot parse privateKey: OpenSSH key integrity check failed -- bad passphrase?',
      'SSH_KEY_PASSPHRASE',
      PASSPHRASE,
    ],
    [
      'SSH tunnel error: Cannot parse privateKey: Encrypted private OpenSSH key detected, but no passphrase given',
      'SSH_KEY_PASSPHRASE',
      PASSPHRASE,
    ],
    [
      'SSH tunnel error: Cannot parse privateKey: Unsupported key format',
      'SSH_KEY_UNREADABLE',
      'The private key of the SSH user cannot be read.',
    ],
    [
      'SSH tunnel error: getaddrinfo ENOTFOUND ssh.acme.example',
      'SSH_HOST_NOT_FOUND',
      'No SSH server has this host name, as the vendor sees it.',
    ],
    [
      'SSH tunnel error: connect ECONNREFUSED 10.0.0.7:22',
      'SSH_CONNECT',
      'Nothing listens at the host and port of the SSH server, or a firewall is in the way.',
    ],
    [
      'SSH tunnel error: connect ETIMEDOUT 10.0.0.7:22',
      'SSH_TIMEOUT',
      'The SSH server did not answer in time; often a firewall is in the way.',
    ],
    [
      'SSH tunnel error: Timed out while waiting for handshake',
      'SSH_TIMEOUT',
      'The SSH server did not answer in time; often a firewall is in the way.',
    ],
    [
      '(SSH) Channel open failure: Connection refused',
      'SSH_FORWARDING',
      'The SSH server could not reach the database.',
    ],
    [
      'SSH tunnel error: Handshake failed: no matching key exchange algorithm',
      'SSH_FAILED',
      'The SSH tunnel could not be opened.',
    ],
    ["Access denied for user 'bi'@'%' to database 'orders'", 'ER_DBACCESS_DENIED_ERROR', NOT_ALLOWED],
    ["Access denied for user 'bi'@'10.0.0.7' (using password: YES)", 'ER_ACCESS_DENIED_ERROR', REFUSED_USER],
    ['self-signed certificate in certificate chain', 'SELF_SIGNED_CERT_IN_CHAIN', NO_AUTHORITY],
    ['connection requires a valid client certificate', 'CLIENT_CERTIFICATE_REQUIRED', NO_CERTIFICATE],
    ['no pg_hba.conf entry for host "10.0.0.7", user "bi", database "x", no encryption', '28000', PG_HBA],
    ['Server does not support secure connection', 'HANDSHAKE_NO_SSL_SUPPORT', NO_TLS],
    [
      'Google Analytics OAuth refresh token is invalid or expired. Reconnect Google Analytics',
      'invalid_grant',
      'Google refuses the key or the grant: it was withdrawn, has expired, or its account was deleted.',
    ],
  ])('%s', async (words, code, message) => {
    expect(await checksFor('chartbrew', words)).toEqual(['FAILED', code, message]);
  });
});
