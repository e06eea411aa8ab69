// Reads the address of a store, with the password that its database asks for. No other file of the store sees a secret.
import { parse, toClientConfig } from 'pg-connection-string';
import type { ClientConfig } from 'pg';
import type { Credential } from '../secrets/credential.ts';
import { StoreOpenError } from './store.ts';

export interface StoreAddress {
  readonly url: Credential;
  /** The password of the database, in place of one in the URL; undefined for none. */
  readonly password: Credential | undefined;
}

/** Returns the path of a database file. */
export const filePathOf = ({ url }: StoreAddress): string => url.current().reveal().slice('file:'.length);

/** The hosts to which a connection needs no TLS: this machine, by name, address or socket. */
const LOCAL = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\/.*)?$/;

/**
 * Returns the settings of connections to a PostgreSQL server. A file with the password is read again for each new connection. Connections
 * to other machines use TLS, and verify the server, unless the URL has an `sslmode`.
 * @throws StoreOpenError when the URL is not valid.
 */
export function postgresSettings({ url, password }: StoreAddress): ClientConfig {
  let settings: ClientConfig;
  const text = url.current().reveal();
  try {
    settings = toClientConfig(parse(text));
  } catch {
    throw new StoreOpenError('it is not a valid URL; a password in it must be percent-encoded');
  }
  const isTlsSet = /[?&]sslmode=/.test(text);
  return {
    ...settings,
    ...(!isTlsSet && !LOCAL.test(settings.host ?? '') && { ssl: true }),
    ...(password && {
      password: async () => {
        await password.reload();
        return password.current().reveal();
      },
    }),
  };
}
