// What many rows of Looker's table share: places in DBConnection, words, and why a field is refused. It knows no dialect.
import type { Exclusion, WireTable } from '../../domain/vendor.ts';

export const tls = { 'tls.enabled': 'ssl', 'tls.verify': 'verify_ssl' } as const;

/** Text in Looker's API 4.0, where it was a number before. */
export const port = { wire: 'port', as: 'text' } as const;

export const server = {
  host: 'host',
  port,
  database: 'database',
  schema: 'schema',
  username: 'username',
  password: 'password',
  ...tls,
} as const satisfies WireTable;

/** One home for the port: a number here, the name of a user attribute there. */
export const onePort: Exclusion = [['port'], ['options.portUserAttribute']];

const noFile = 'its API takes no TLS certificates; install them on the Looker host.';

export const noTlsFiles = {
  'tls.mode': 'use tls.enabled and tls.verify.',
  'tls.ca': noFile,
  'tls.certificate': noFile,
  'tls.key': noFile,
};

const DIALECT_NAME = 'options.dialectName';

/** Looker's words for a dialect, that of a new connection first. */
export const named = (word: string, ...alsoReads: readonly string[]) => ({
  word,
  alsoReads,
  values: { [DIALECT_NAME]: [word, ...alsoReads] },
});
