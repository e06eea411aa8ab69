// The codes of failed tests that may be shown, each with a message. They are codes of drivers, of Node.js and of the vendors, and a few
// of Patchbay for drivers that report phrases only. Any other code is not shown.

const REFUSED_USER = 'The database refuses this user or password.';
const NO_HOST = 'No server has this host name, as the vendor sees it.';
const NO_LISTENER = 'Nothing listens at this host and port, or a firewall is in the way.';
const NO_ANSWER = 'The server did not answer in time; often a firewall is in the way.';
const NO_DATABASE = 'The server has no database of this name.';
const NO_TRUST = "The server's certificate cannot be trusted, or the server does not support TLS.";
const NO_AUTHORITY =
  "The authority that issued the server's certificate is not trusted by the vendor; provide the certificate of that authority.";
const NO_TLS = 'The settings require TLS, but the server does not support it.';
const NOT_ALLOWED = 'The user may not do what the test needs.';
const BROKEN_OFF = 'The server closed the connection.';
const TOO_MANY = 'The server accepts no more connections for now.';
const NO_LINE = 'The vendor could not reach the server; check host, port, network and encryption.';

export const PG_HBA =
  "The server's rules (pg_hba.conf) do not allow this user to sign in from the vendor's address, to this database, or without encryption.";

const POSTGRES = {
  '28P01': REFUSED_USER,
  '28000':
    'The server does not allow this user to sign in: there is no such user, or its rules (pg_hba.conf) require another address, database, encryption or client certificate.',
  '3D000': NO_DATABASE,
  '42501': NOT_ALLOWED,
  '53300': TOO_MANY,
  '57P03': 'The server is starting and accepts no connections yet.',
  '08001': NO_LINE,
};

const MYSQL = {
  ER_ACCESS_DENIED_ERROR: REFUSED_USER,
  ER_DBACCESS_DENIED_ERROR: NOT_ALLOWED,
  ER_BAD_DB_ERROR: NO_DATABASE,
  ER_CON_COUNT_ERROR: TOO_MANY,
  ER_HOST_NOT_PRIVILEGED: "The server does not accept connections from the vendor's address.",
  ER_HOST_IS_BLOCKED: "The server has blocked the vendor's address after many failures.",
  ER_SECURE_TRANSPORT_REQUIRED: 'The server accepts only encrypted connections.',
  ER_ACCOUNT_HAS_BEEN_LOCKED: 'The account of this user is locked.',
  HANDSHAKE_NO_SSL_SUPPORT: NO_TLS,
  HANDSHAKE_SSL_ERROR: NO_TRUST,
  PROTOCOL_CONNECTION_LOST: BROKEN_OFF,
  '08S01': NO_LINE,
};

const NODE = {
  ECONNREFUSED: NO_LISTENER,
  ECONNRESET: BROKEN_OFF,
  ENOTFOUND: NO_HOST,
  EAI_AGAIN: NO_HOST,
  EHOSTUNREACH: NO_LISTENER,
  ENETUNREACH: NO_LISTENER,
  ETIMEDOUT: NO_ANSWER,
  ESOCKETTIMEDOUT: NO_ANSWER,
};

const TLS = {
  DEPTH_ZERO_SELF_SIGNED_CERT: NO_AUTHORITY,
  SELF_SIGNED_CERT_IN_CHAIN: NO_AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: NO_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: NO_AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: NO_AUTHORITY,
  CERT_HAS_EXPIRED: "The server's certificate has expired.",
  CERT_NOT_YET_VALID: "The server's certificate is not valid yet.",
  ERR_TLS_CERT_ALTNAME_INVALID: "The server's certificate is for another host name.",
  ERR_SSL_WRONG_VERSION_NUMBER: NO_TLS,
  /** A code of Patchbay: PostgreSQL and TLS report this in a phrase. */
  CLIENT_CERTIFICATE_REQUIRED:
    'The server requires a client certificate, and the vendor presented none that it accepts.',
};

/** Codes of Patchbay: SSH libraries report phrases only. */
const SSH = {
  SSH_AUTHENTICATION_FAILED: 'The SSH server refuses this user, password or key.',
  SSH_KEY_PASSPHRASE: 'The passphrase does not decrypt the private key of the SSH user, or is missing.',
  SSH_KEY_UNREADABLE: 'The private key of the SSH user cannot be read.',
  SSH_HOST_NOT_FOUND: 'No SSH server has this host name, as the vendor sees it.',
  SSH_CONNECT: 'Nothing listens at the host and port of the SSH server, or a firewall is in the way.',
  SSH_TIMEOUT: 'The SSH server did not answer in time; often a firewall is in the way.',
  SSH_FORWARDING: 'The SSH server could not reach the database.',
  SSH_FAILED: 'The SSH tunnel could not be opened.',
};

const OTHERS = {
  AuthenticationFailed: REFUSED_USER,
  '401': REFUSED_USER,
  '403': NOT_ALLOWED,
  // Snowflake.
  '250001': 'Snowflake could not be reached, or refuses the sign-in; check account, user and network.',
  '390144': 'Snowflake refuses the key pair: the user has another public key, or account or user are misspelt.',
  // SQL Server.
  '4060': NO_DATABASE,
  '18456': REFUSED_USER,
  'ORA-01017': REFUSED_USER,
  'ORA-12505': NO_DATABASE,
  'ORA-12514': NO_DATABASE,
  'ORA-12541': NO_LISTENER,
  'ORA-28000': 'The account of this user is locked.',
  // Google.
  invalid_grant: 'Google refuses the key or the grant: it was withdrawn, has expired, or its account was deleted.',
  accessDenied: NOT_ALLOWED,
  notFound: 'There is no project or dataset of this name, or the user may not see it.',
  UNAUTHENTICATED: 'The service refuses the key or token.',
  PERMISSION_DENIED: NOT_ALLOWED,
  'app/invalid-credential': 'The key in the service account cannot be read.',
};

export const REASON_CODES = { ...POSTGRES, ...MYSQL, ...NODE, ...TLS, ...SSH, ...OTHERS } as const;

export type ReasonCode = keyof typeof REASON_CODES;
