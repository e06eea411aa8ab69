// Parts that several dialects of Looker's support table share: wire names in DBConnection, Looker's dialect names, and advice about
// refused fields.
import type { Exclusion, WireTable } from '../../../domain/dialect-support.ts';

export const tls = { 'tls.enabled': 'ssl', 'tls.verify': 'verify_ssl' } as const;

/** The port is text in API 4.0. */
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

/** Looker stores a port number and the name of a user attribute for the port in the same field. */
export const onePort: Exclusion = [['port'], ['options.portUserAttribute']];

const noFile = 'its API accepts no TLS certificates; install them on the Looker host.';

export const noTlsFiles = {
  'tls.mode': 'use tls.enabled and tls.verify.',
  'tls.ca': noFile,
  'tls.certificate': noFile,
  'tls.key': noFile,
};

const DIALECT_NAME = 'options.dialectName';

/**
 * Returns the part of a support entry with Looker's names for the dialect.
 * @param word Looker's name for a new connection.
 * @param alsoReads further names that the option `dialectName` accepts.
 */
export const named = (vendorDialect: string, ...readAliases: readonly string[]) => ({
  vendorDialect,
  readAliases,
  values: { [DIALECT_NAME]: [vendorDialect, ...readAliases] },
});
