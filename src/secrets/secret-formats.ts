// The formats of secrets, such as a private key or a connection string.
import type { KeyFormat } from '../formats/keys-and-certificates.ts';

/**
 * The format of a secret. A password or a token has none.
 *
 * `pkcs8Key`, `tlsKey` and `sshKey` are private keys; `certificate` is one or more certificates; `jsonKey` is the key file of a service
 * account; `connectionString` is a URL with a password; `driverText` is driver parameters or SQL; `entry` is the value of a header or
 * an option; `file` is any file; `base64` is a file in base64.
 */
export type SecretFormat = KeyFormat | 'jsonKey' | 'connectionString' | 'driverText' | 'entry' | 'file' | 'base64';
