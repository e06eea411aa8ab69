// The formats of secrets, such as a private key or a connection string. The readers in formats/ report problems as codes; here each
// code becomes a message with advice. No message quotes the secret.
import {
  readConnectionString,
  trimConnectionString,
  type ConnectionStringProblem,
} from '../formats/connection-string.ts';
import { readKey, type KeyFormat, type KeyProblem, type KeyWarning } from '../formats/keys-and-certificates.ts';
import { stripDataUrlHead } from '../formats/pem.ts';
import { containsMaskedCredential, entryPlaceholderKind, placeholderKind } from '../formats/placeholders.ts';
import { readJsonKey, type JsonKeyProblem, type JsonKeyWarning } from '../formats/service-account-key.ts';
import { connectionStringWarnings, driverTextWarnings, plainSecretWarnings } from './secret-warnings.ts';

/**
 * The format of a secret. A password or a token has none.
 *
 * `pkcs8Key`, `tlsKey` and `sshKey` are private keys; `certificate` is one or more certificates; `jsonKey` is the key file of a service
 * account; `connectionString` is a URL with a password; `driverText` is driver parameters or SQL; `entry` is the value of a header or
 * an option; `file` is any file; `base64` is a file in base64.
 */
export type SecretFormat = KeyFormat | 'jsonKey' | 'connectionString' | 'driverText' | 'entry' | 'file' | 'base64';

const MASK_MESSAGE = 'This is a placeholder for a stored secret, such as ********. Send the secret itself.';
const UNRESOLVED_MESSAGE =
  'This is a template or a reference that was not replaced by its value. Send the secret itself.';

/** Messages about a private key and its passphrase that do not belong together. */
export const WRONG_PASSPHRASE = 'It does not decrypt the private key that was sent with it.';
export const UNUSED_PASSPHRASE = 'The private key is not encrypted, so its passphrase has no effect.';
export const ENCRYPTED_KEY =
  'It is encrypted, and there is no field for its passphrase. Send the key without a passphrase.';

const PATH_MESSAGE = 'This is the path of a file; send the content of the file.';

const KEY_PROBLEMS: Readonly<Record<KeyProblem, string>> = {
  PLACEHOLDER_INSIDE: 'It contains a placeholder between its BEGIN and END lines; send the whole PEM text.',
  PATH: PATH_MESSAGE,
  PUBLIC_KEY: 'This is a public key; send the private key that belongs to it.',
  PRIVATE_KEY: 'This is a private key; send the certificate.',
  CERTIFICATE: 'This is a certificate; send the private key that belongs to it.',
  CERTIFICATE_REQUEST: 'This is a certificate signing request. It is neither a key nor a certificate.',
  JSON_KEY: 'This is a JSON document; send only the PEM text.',
  PUTTY_KEY: 'This is a PuTTY key; export it in the OpenSSH format (PuTTYgen: Conversions, Export OpenSSH key).',
  OPENSSH_KEY: 'This is a key in the OpenSSH format; convert it to PKCS#8 (ssh-keygen -p -m PKCS8 -f FILE).',
  NOT_PKCS8: 'This key is not in PKCS#8; convert it (openssl pkcs8 -topk8 -in FILE).',
  SEVERAL_KEYS: 'It contains several private keys; send one.',
  CUT_OFF: 'It is incomplete: its BEGIN and END lines do not match, or there is nothing between them.',
  OTHER_PEM: 'It is PEM text, but not of the kind that this field needs.',
  NOT_PEM: 'Must be PEM text, from its BEGIN line to its END line.',
};

/** Messages that differ when the field expects a certificate. */
const CERTIFICATE_PROBLEMS: Readonly<Partial<Record<KeyProblem, string>>> = {
  PUBLIC_KEY: 'This is a public key; send the certificate.',
};

const WHOLE_DOCUMENT = 'Must be the whole JSON document of a service account key.';

const JSON_PROBLEMS: Readonly<Record<JsonKeyProblem, string>> = {
  NOT_JSON: WHOLE_DOCUMENT,
  PATH: `${PATH_MESSAGE} ${WHOLE_DOCUMENT}`,
  PEM_KEY: `This is PEM text. ${WHOLE_DOCUMENT}`,
  PLACEHOLDER_INSIDE: 'A value in the document is a placeholder; send the document as it was downloaded.',
  OTHER_TYPE: 'Must be the key file of a service account, in which `type` is service_account.',
  PUBLIC_KEY_INSIDE: 'Its private_key is not a private key; send the document as it was downloaded.',
  PATH_INSIDE: 'Its private_key is the path of a file; send the document as it was downloaded.',
};

const FORM_OF_URL = 'scheme://user:password@host:port/database';

const URL_PROBLEMS: Readonly<Record<ConnectionStringProblem, string>> = {
  JDBC: `This is a JDBC URL; write it as ${FORM_OF_URL}.`,
  KEYWORDS: `This is a list of keywords and values; write it as a URL: ${FORM_OF_URL}.`,
  NO_URL: `Must be a URL: ${FORM_OF_URL}.`,
  SCHEME: 'Its scheme is not one of this dialect',
  AMBIGUOUS:
    'It can be read in two ways: write @ as %40, / as %2F, ? as %3F and # as %23 in user, password, database and options.',
  ESCAPE: 'It contains an invalid percent-escape; write a literal % as %25.',
  PLACEHOLDER_INSIDE: 'It contains a placeholder in place of a user or a password; send the whole string.',
  INVISIBLE: 'It contains an invisible character outside its password.',
  NO_HOST: `It names no host; write it as ${FORM_OF_URL}.`,
  HOST: 'Its host is invalid: it may contain only letters, digits, dots, hyphens and underscores.',
  IPV6: 'Write an IPv6 address in it in brackets: [2001:db8::1].',
  PORT: 'Its port must be a number from 1 to 65535.',
  SEVERAL_HOSTS: 'It names several hosts; this dialect accepts only one.',
  SRV_PORT: 'With mongodb+srv the DNS record defines the port; leave it out.',
  DATABASE: 'Its database must be only a name: / ? & # ; = \\ and quotes would end it in a URL or a driver string.',
  FRAGMENT: 'A # ends a URL; write it as %23.',
};

const WARNINGS: Readonly<Record<KeyWarning | JsonKeyWarning, string>> = {
  UNREADABLE:
    'It has the BEGIN and END lines of PEM text, but the text between them cannot be read; it may be damaged.',
  KEY_BESIDE_CERTIFICATE: 'It contains a private key beside the certificate; both were sent.',
  MORE_THAN_KEY: 'It contains more than the private key; only the key was sent.',
  UNREADABLE_INSIDE: 'Its private_key cannot be read as a private key without a passphrase; it may be damaged.',
  NO_KEY_INSIDE: 'It has no private_key, without which nobody can sign in; send the document as it was downloaded.',
  NO_ACCOUNT_INSIDE: 'It has no client_email, which names the account; send the document as it was downloaded.',
};

const isKeyFormat = (format: SecretFormat | undefined): format is KeyFormat =>
  format === 'pkcs8Key' || format === 'tlsKey' || format === 'sshKey' || format === 'certificate';

/** Returns the message for a secret that is a placeholder, or null. */
function placeholderProblem(text: string, format: SecretFormat | undefined): string | null {
  const kind = format === 'entry' ? entryPlaceholderKind(text) : placeholderKind(text);
  // Vendors have templates of their own, which are valid in driver parameters and SQL.
  if (format === 'driverText') return kind === 'MASK' || containsMaskedCredential(text) ? MASK_MESSAGE : null;
  if (kind === null) return null;
  return kind === 'MASK' ? MASK_MESSAGE : UNRESOLVED_MESSAGE;
}

function connectionStringProblem(text: string, schemes: readonly string[]): string | null {
  const { problem } = readConnectionString(text, schemes);
  if (problem !== 'SCHEME') return problem && URL_PROBLEMS[problem];
  return `${URL_PROBLEMS.SCHEME}: ${schemes.map((scheme) => `${scheme}://`).join(', ')}.`;
}

function keyProblem(problem: KeyProblem, format: KeyFormat): string {
  return (format === 'certificate' ? CERTIFICATE_PROBLEMS[problem] : undefined) ?? KEY_PROBLEMS[problem];
}

/** Returns standard base64 with padding and without line breaks, or null if the text is not base64. */
function normalizedBase64(text: string): string | null {
  const joined = stripDataUrlHead(text).replaceAll(/[\s\ufeff]/g, '');
  if (joined.length % 4 === 0 && /^[A-Za-z\d+/]+={0,2}$/.test(joined)) return joined;
  // base64url, whose padding is often left out.
  const isBase64Url = !joined.includes('--') && /[-_]/.test(joined) && /^[\w-]+={0,2}$/.test(joined);
  const bytes = isBase64Url ? Buffer.from(joined, 'base64url') : null;
  // Any word may look like base64url. The files of this format are DER, which always begins with 0x30.
  return bytes?.[0] === 0x30 ? bytes.toString('base64') : null;
}

type KeyFile = ReturnType<typeof readKey> | ReturnType<typeof readJsonKey>;

/** The text of a secret, read as one format. A key or certificate is parsed once, when it is first needed. */
export class FormattedSecret {
  readonly #input: string;
  readonly #format: SecretFormat | undefined;
  #keyFile: KeyFile | null | undefined;

  /** @param input the secret as the caller sent it. */
  constructor(input: string, format: SecretFormat | undefined) {
    this.#input = input;
    this.#format = format;
  }

  /** The parsed key, certificates or JSON key file; null for a secret of another format. */
  #readKeyFile(): KeyFile | null {
    if (this.#keyFile === undefined) {
      if (this.#format === 'jsonKey') this.#keyFile = readJsonKey(this.#input);
      else this.#keyFile = isKeyFormat(this.#format) ? readKey(this.#input, this.#format) : null;
    }
    return this.#keyFile;
  }

  /**
   * Returns the message about what is wrong with the secret, or null.
   * @param schemes the schemes that a connection string may have.
   */
  problem(schemes: readonly string[]): string | null {
    const placeholder = placeholderProblem(this.#input, this.#format);
    if (placeholder !== null) return placeholder;
    if (this.#format === 'connectionString') return connectionStringProblem(this.#input, schemes);
    if (this.#format === 'base64') return normalizedBase64(this.#input) === null ? 'Must be base64 of the file.' : null;
    const problem = this.#readKeyFile()?.problem ?? null;
    if (problem === null) return null;
    // Both kinds of codes are looked up in the table of their reader.
    return isKeyFormat(this.#format)
      ? keyProblem(problem as KeyProblem, this.#format)
      : JSON_PROBLEMS[problem as JsonKeyProblem];
  }

  /** Returns the text that is sent to the vendor. A text with a problem is returned unchanged. */
  normalizedText(): string {
    if (this.#format === 'connectionString') return trimConnectionString(this.#input);
    if (this.#format === 'base64') return normalizedBase64(this.#input) ?? this.#input;
    const keyFile = this.#readKeyFile();
    return keyFile && keyFile.problem === null ? keyFile.text : this.#input;
  }

  /** Returns whether the secret is a private key that needs a passphrase. */
  isEncryptedKey(): boolean {
    const keyFile = this.#readKeyFile();
    return keyFile !== null && keyFile.problem === null && 'isEncrypted' in keyFile && keyFile.isEncrypted;
  }

  /** Returns the warnings about a secret that is accepted. */
  warnings(): string[] {
    if (this.#format === undefined || this.#format === 'entry') return plainSecretWarnings(this.#input);
    if (this.#format === 'driverText') return driverTextWarnings(this.#input);
    if (this.#format === 'connectionString') return connectionStringWarnings(this.#input);
    const keyFile = this.#readKeyFile();
    return keyFile && keyFile.problem === null ? keyFile.warnings.map((warning) => WARNINGS[warning]) : [];
  }
}
