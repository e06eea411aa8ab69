// Why a secret is refused: it is a placeholder, or it does not have the format of its field. The readers in formats/ report problems as
// codes; here each code becomes a message with advice. No message quotes the secret.
import { readConnectionString, type ConnectionStringProblem } from '../formats/connection-string.ts';
import type { KeyFormat, KeyProblem } from '../formats/keys-and-certificates.ts';
import { containsMaskedCredential, entryPlaceholderKind, placeholderKind } from '../formats/placeholders.ts';
import type { JsonKeyProblem } from '../formats/service-account-key.ts';
import type { SecretFormat } from './secret-formats.ts';

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

/** Returns the message for a secret that is a placeholder: a mask such as ******** or an unresolved template. Null for any other text. */
export function placeholderProblem(text: string, format: SecretFormat | undefined): string | null {
  const kind = format === 'entry' ? entryPlaceholderKind(text) : placeholderKind(text);
  // Vendors have templates of their own, which are valid in driver parameters and SQL.
  if (format === 'driverText') return kind === 'MASK' || containsMaskedCredential(text) ? MASK_MESSAGE : null;
  if (kind === null) return null;
  return kind === 'MASK' ? MASK_MESSAGE : UNRESOLVED_MESSAGE;
}

/** Returns what is wrong with a connection string; null when nothing is. @param schemes the schemes that it may have. */
export function connectionStringProblem(text: string, schemes: readonly string[]): string | null {
  const { problem } = readConnectionString(text, schemes);
  if (problem !== 'SCHEME') return problem && URL_PROBLEMS[problem];
  return `${URL_PROBLEMS.SCHEME}: ${schemes.map((scheme) => `${scheme}://`).join(', ')}.`;
}

/** Returns the message for the problem of a private key or a certificate. */
export function keyProblem(problem: KeyProblem, format: KeyFormat): string {
  return (format === 'certificate' ? CERTIFICATE_PROBLEMS[problem] : undefined) ?? KEY_PROBLEMS[problem];
}

/** Returns the message for the problem of a JSON key file. */
export const jsonKeyProblem = (problem: JsonKeyProblem): string => JSON_PROBLEMS[problem];
