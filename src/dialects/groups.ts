// Fields that several dialects share, under the same names everywhere.
import { choice, flag, group, hostName, portNumber, secret, text, url } from '../domain/fields.ts';

export const tlsSettings = group('Tls', 'Encryption of the line between vendor and database.', {
  enabled: flag('Whether the line is encrypted.'),
  verify: flag(
    "Whether the server's certificate is checked; false takes any certificate (Looker: verify_ssl; Omni: the opposite of trustServerCertificate).",
  ),
  mode: text(
    "Chartbrew's sslMode: require, verify-ca, verify-full, prefer or disable. Given alone, `verify` picks it.",
    { example: 'verify-full' },
  ),
  ca: secret('Certificate authority to trust, as PEM text. Chartbrew takes it in a second call (at most 1 MiB).'),
  certificate: secret('Client certificate, as PEM text. Chartbrew takes it in a second call (at most 1 MiB).'),
  key: secret(
    'Private key of the client certificate, as PEM text. Chartbrew takes it in a second call (at most 1 MiB).',
  ),
});

/** What every dialect has that is reached at a server with a user and a password. */
export const serverFields = (port: number) => ({
  host: hostName('Host name or address of the database server, as the vendor reaches it.'),
  port: portNumber(port),
  database: text('Database to connect to.', { role: 'database', example: 'analytics' }),
  schema: text('Schema that unqualified table names mean.', { example: 'public' }),
  username: text('Database user to sign in as.', { example: 'bi_reader' }),
  password: secret('Password of that database user.'),
  tls: tlsSettings,
});

export const connectionString = secret(
  'URL with server, user and password in it; takes the place of host, port, database, user and password. Write the password in it as it is, not percent-encoded.',
  { destination: true },
);

export const databaseFlavor = choice(
  'DatabaseFlavor',
  "Which product speaks the dialect (Chartbrew's subType); read as null when it is one this schema does not know.",
  {
    STANDARD: 'The database itself, with nothing special about it.',
    TIMESCALE: 'Timescale Cloud, a PostgreSQL (Chartbrew: timescaledb).',
    SUPABASE: 'Supabase, a PostgreSQL (Chartbrew: supabasedb).',
    RDS: 'Amazon RDS, a PostgreSQL or MySQL (Chartbrew: rdsPostgres, rdsMysql).',
  },
);

export const oauthSettings = group('OAuth', 'Sign-in by OAuth in place of a password.', {
  clientId: text('Client id registered at the authorization server.', { example: 'patchbay-bi' }),
  clientSecret: secret('Secret of that client. Omni cannot change it later.'),
  audience: text('Audience that the token is asked for.', { example: 'https://acme.example/warehouse' }),
  // The client's secret goes to both.
  authorizationUrl: url('Address where users grant access; https.', {
    example: 'https://login.acme.example/authorize',
  }),
  tokenUrl: url('Address where tokens are issued; https.', { example: 'https://login.acme.example/token' }),
});
