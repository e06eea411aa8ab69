// Phrases of drivers in the vendors' texts, each with a reason code: of Node.js, JDBC, libpq, Go and the SSH library. The first phrase
// that matches decides. So a phrase that wraps another comes before it, and general phrases come last.
import { PG_HBA, type ReasonCode } from './reason-codes.ts';

type Phrase = readonly [phrase: RegExp, code: ReasonCode, message?: string];

const SSH: readonly Phrase[] = [
  [/all configured authentication methods failed|JSchException: Auth (fail|cancel)/i, 'SSH_AUTHENTICATION_FAILED'],
  [/cannot parse privatekey:.{0,200}(passphrase|decrypt|integrity)/is, 'SSH_KEY_PASSPHRASE'],
  [/cannot parse privatekey/i, 'SSH_KEY_UNREADABLE'],
  [/channel open failure/i, 'SSH_FORWARDING'],
  [/ssh tunnel (error|failed).{0,200}(ENOTFOUND|EAI_AGAIN|unknown ?host|not known)/is, 'SSH_HOST_NOT_FOUND'],
  [/ssh tunnel (error|failed).{0,200}(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|refused|unreachable)/is, 'SSH_CONNECT'],
  [/ssh tunnel (error|failed).{0,200}(ETIMEDOUT|timed out)|timed out while waiting for handshake/is, 'SSH_TIMEOUT'],
  [/ssh tunnel (error|failed)/i, 'SSH_FAILED'],
];

const CERTIFICATES: readonly Phrase[] = [
  [/certificate (has |is )?expired|CertificateExpiredException/i, 'CERT_HAS_EXPIRED'],
  [/certificate is not yet valid|CertificateNotYetValidException/i, 'CERT_NOT_YET_VALID'],
  [/self.signed certificate in (the )?(certificate )?chain/i, 'SELF_SIGNED_CERT_IN_CHAIN'],
  [/self.signed/i, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  [/unable to verify the first certificate/i, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [/unable to get issuer certificate/i, 'UNABLE_TO_GET_ISSUER_CERT'],
  [/unable to get local issuer certificate|signed by unknown authority/i, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  [/PKIX path building failed|valid certification path/i, 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  [/altnames|no subject alternative|hostnameverifier/i, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [/certificate (is valid )?for .{1,300}(does not match host ?name|, not )/i, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [/requires? a valid client certificate/i, 'CLIENT_CERTIFICATE_REQUIRED'],
  [/alert:? (certificate[_ ]required|bad[_ ]certificate)/i, 'CLIENT_CERTIFICATE_REQUIRED'],
  [/does not support (ssl|tls|secure connection)/i, 'HANDSHAKE_NO_SSL_SUPPORT'],
  [/wrong version number/i, 'ERR_SSL_WRONG_VERSION_NUMBER'],
  [/insecure transport are prohibited/i, 'ER_SECURE_TRANSPORT_REQUIRED'],
];

const USERS: readonly Phrase[] = [
  [/password authentication failed/i, '28P01'],
  [/pg_hba\.conf/i, '28000', PG_HBA],
  [/role "[^"]{1,300}" (does not exist|is not permitted to log in)/i, '28000'],
  [/access denied for user .{1,300} to database/is, 'ER_DBACCESS_DENIED_ERROR'],
  [/access denied for user/i, 'ER_ACCESS_DENIED_ERROR'],
  [/is not allowed to connect to this (mysql|mariadb) server/i, 'ER_HOST_NOT_PRIVILEGED'],
  [/is blocked because of many connection errors/i, 'ER_HOST_IS_BLOCKED'],
  [/jwt token is invalid/i, '390144'],
  [/incorrect username or password/i, 'AuthenticationFailed'],
  [/login failed for user/i, '18456'],
  [/ORA-01017/, 'ORA-01017'],
  [/ORA-28000/, 'ORA-28000'],
  [/\binvalid_grant\b|refresh token is invalid or expired/i, 'invalid_grant'],
  [/access denied: (project|dataset|table|bigquery)/i, 'accessDenied'],
  [/failed to parse private key|service account object must contain/i, 'app/invalid-credential'],
  [/authentication failed/i, 'AuthenticationFailed'],
  [/\bUNAUTHENTICATED\b/, 'UNAUTHENTICATED'],
  [/(status(code)?|error|HTTP(\/\d\.\d)?)( code)?:? 401\b|\b401 unauthorized/i, '401'],
  [/(status(code)?|error|HTTP(\/\d\.\d)?)( code)?:? 403\b|\b403 forbidden/i, '403'],
  [/\bPERMISSION_DENIED\b/, 'PERMISSION_DENIED'],
  [/permission denied (for|to) /i, '42501'],
];

const SERVERS: readonly Phrase[] = [
  [/EAI_AGAIN|temporary failure in name resolution/i, 'EAI_AGAIN'],
  [/ENOTFOUND|unknown ?host|could not (be )?resolved?|name or service not known|no such host/i, 'ENOTFOUND'],
  [/ECONNREFUSED|connection refused|connection to .{1,300} refused/i, 'ECONNREFUSED'],
  [/EHOSTUNREACH|no route to host/i, 'EHOSTUNREACH'],
  [/ENETUNREACH|network is unreachable/i, 'ENETUNREACH'],
  [/ETIMEDOUT|\btimed? ?out|TimeoutException/i, 'ETIMEDOUT'],
  [/unknown database/i, 'ER_BAD_DB_ERROR'],
  [/(database|schema) .{0,300}does not exist/is, '3D000'],
  [/cannot open database/i, '4060'],
  [/ORA-12505/, 'ORA-12505'],
  [/ORA-12514/, 'ORA-12514'],
  [/ORA-12541/, 'ORA-12541'],
  [/not found: (project|dataset)/i, 'notFound'],
  [/too many (clients|connections)|remaining connection slots/i, '53300'],
  [/the database system is starting up/i, '57P03'],
  [/ECONNRESET|connection reset|connection terminated|socket hang up/i, 'ECONNRESET'],
  [/certificate|ssl (handshake|routines)|handshake_failure|\bEPROTO\b/i, 'HANDSHAKE_SSL_ERROR'],
  // General phrases that drivers put before any cause.
  [/communications link failure/i, '08S01'],
  [/the connection attempt failed/i, '08001'],
  [/\b250001\b/, '250001'],
];

export const REASON_PHRASES: readonly Phrase[] = [...SSH, ...CERTIFICATES, ...USERS, ...SERVERS];
