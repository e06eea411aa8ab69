// Chartbrew's table: its type for each dialect, and where each field goes. The server requires nothing itself; what is
// required here is what makes a connection work.
import { mysql } from '../../dialects/mysql.ts';
import { other } from '../../dialects/other.ts';
import { postgres } from '../../dialects/postgres.ts';
import type { DialectSupport, WireTable } from '../../domain/vendor.ts';

const server = {
  host: 'host',
  port: { wire: 'port', as: 'text' },
  database: 'dbName',
  username: 'username',
  password: 'password',
} as const satisfies WireTable;

const tls = {
  'tls.enabled': 'ssl',
  'tls.mode': { wire: 'sslMode', derived: true },
  'tls.verify': { wire: 'sslMode', derived: true },
  // Files: they go up in a call of their own.
  'tls.ca': { wire: 'sslCa', derived: true },
  'tls.certificate': { wire: 'sslCert', derived: true },
  'tls.key': { wire: 'sslKey', derived: true },
} as const satisfies WireTable;

const sql = {
  fields: {
    ...server,
    ...tls,
    connectionString: 'connectionString',
    flavor: { wire: 'subType', derived: true },
  },
  required: [['host', 'database', 'username'], ['connectionString']],
  exclusive: [[['connectionString'], ['host', 'port', 'database', 'username', 'password']]],
  advice: { schema: 'it has no default schema; name it in the queries.' },
} as const satisfies Omit<DialectSupport, 'dialect' | 'word'>;

export const chartbrewDialects: Readonly<Record<string, DialectSupport>> = {
  postgres: { dialect: postgres, word: 'postgres', ...sql },
  mysql: { dialect: mysql, word: 'mysql', ...sql },
  other: { dialect: other, word: null, fields: { ...server, ...tls }, required: [] },
};

/** Chartbrew's subType for each flavor of a dialect; a flavor that is missing here is refused. */
export const subTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  postgres: { STANDARD: 'postgres', TIMESCALE: 'timescaledb', SUPABASE: 'supabasedb', RDS: 'rdsPostgres' },
  mysql: { STANDARD: 'mysql', RDS: 'rdsMysql' },
};

/** The words of sslMode, and whether the certificate is checked under each. */
export const sslModes: Readonly<Record<string, boolean>> = {
  require: false,
  'verify-ca': true,
  'verify-full': true,
  prefer: false,
  disable: false,
};
