// Fields that several dialects share, under the same names everywhere.
import {
  choice,
  connectionUrl,
  credentialSecret,
  group,
  hostName,
  nameInside,
  portNumber,
  text,
  url,
} from '../fields/define-fields.ts';
import { tlsSettings } from './tls.ts';

/** What every dialect has that is reached at a server with a user and a password. */
export const serverFields = (port: number, encryptedPort = port) => ({
  host: hostName('Host name or address of the database server, as the vendor reaches it.'),
  port: portNumber(port, encryptedPort),
  database: nameInside('Database to connect to.', { role: 'database', example: 'analytics' }),
  schema: nameInside('Schema that unqualified table names mean.', { example: 'public' }),
  username: text('Database user to sign in as.', { role: 'username', example: 'bi_reader' }),
  password: credentialSecret('Password of that database user.'),
  tls: tlsSettings,
});

/** @param schemes that the dialect knows. */
export const connectionString = (...schemes: readonly string[]) =>
  connectionUrl(
    `URL with server, user and password in it, as ${schemes[0]}://user:password@host:port/database; takes the place of host, port, database, user and password. A percent-escape (%40) means its character, in every part; any other character of the password stands for itself. Each vendor gets it in the spelling that it reads.`,
    schemes,
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
  clientSecret: credentialSecret('Secret of that client. Omni cannot change it later.'),
  audience: text('Audience that the token is asked for.', { example: 'https://acme.example/warehouse' }),
  // The client's secret goes to both.
  authorizationUrl: url('Address where users grant access; https.', {
    example: 'https://login.acme.example/authorize',
  }),
  tokenUrl: url('Address where tokens are issued; https.', { example: 'https://login.acme.example/token' }),
});
