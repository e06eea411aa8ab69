// Field definitions that several dialects share.
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

/**
 * Returns the fields of a dialect whose server is reached by host, port, user and password.
 * @param port the default port.
 * @param encryptedPort the default port of encrypted connections.
 */
export const serverFields = (port: number, encryptedPort = port) => ({
  host: hostName('The host name or IP address of the database server, as the vendor reaches it.'),
  port: portNumber(port, encryptedPort),
  database: nameInside('The name of the database to connect to.', { role: 'database', example: 'analytics' }),
  schema: nameInside('The default schema, which is used for table names without a schema.', { example: 'public' }),
  username: text('The name of the database user that signs in.', { role: 'username', example: 'bi_reader' }),
  password: credentialSecret('The password of the database user.'),
  tls: tlsSettings,
});

/**
 * Returns the field for a connection string.
 * @param schemes the URL schemes that the dialect accepts. The first one is shown in the description.
 */
export const connectionString = (...schemes: readonly string[]) =>
  connectionUrl(
    `A URL that contains the server, the user and the password: ${schemes[0]}://user:password@host:port/database. It replaces the fields host, port, database, username and password. Percent-escapes such as %40 are decoded in every part; all other characters of the password are literal. Patchbay sends it in the encoding that the vendor expects.`,
    schemes,
  );

export const databaseFlavor = choice(
  'DatabaseFlavor',
  "The product behind the dialect (Chartbrew's subType). It is null on read if this schema does not know the product.",
  {
    STANDARD: 'The standard product of the dialect.',
    TIMESCALE: 'Timescale Cloud, which is based on PostgreSQL (Chartbrew: timescaledb).',
    SUPABASE: 'Supabase, which is based on PostgreSQL (Chartbrew: supabasedb).',
    RDS: 'Amazon RDS for PostgreSQL or MySQL (Chartbrew: rdsPostgres, rdsMysql).',
  },
);

export const oauthSettings = group('OAuth', 'Sign-in with OAuth instead of a password.', {
  clientId: text('The client id that is registered at the authorization server.', { example: 'patchbay-bi' }),
  clientSecret: credentialSecret('The secret of the OAuth client. Omni cannot change it after the create.'),
  audience: text('The audience for which the token is requested.', { example: 'https://acme.example/warehouse' }),
  // The client secret is sent to both URLs, so a change of either is a redirect.
  authorizationUrl: url('The https URL of the page on which users grant access.', {
    example: 'https://login.acme.example/authorize',
  }),
  tokenUrl: url('The https URL of the endpoint that issues tokens.', { example: 'https://login.acme.example/token' }),
});
