// The forms that a secret may have to have, and for each what its reader finds wrong or doubtful. The codes of the readers become
// sentences with advice here; a value is in none of them.
import {
  trimConnectionString,
  readConnectionString,
  type ConnectionStringProblem,
} from '../formats/connection-string.ts';
import { readJsonKey, type JsonKeyWarning, type JsonKeyProblem } from '../formats/service-account-key.ts';
import { readKey, type KeyWarning, type KeyFormat, type KeyProblem } from '../formats/keys-and-certificates.ts';
import { placeholderKind, standInAmong, entryPlaceholderKind, type PlaceholderKind } from '../formats/placeholders.ts';
import { stripDataUrlHead } from '../formats/pem.ts';

/**
 * What a secret is beside a secret: a private key (PKCS#8 alone, of TLS, of SSH), certificates, a JSON key file, a URL with a
 * password in it, driver parameters or SQL, the value of a header or option, a file, a file in base64. A password has no form.
 */
export type SecretFormat = KeyFormat | 'jsonKey' | 'connectionString' | 'driverText' | 'entry' | 'file' | 'base64';

const MASK_MESSAGE = 'This is the mask that stands for a stored secret; send the secret itself.';
const PLACEHOLDER_MESSAGE = 'This is a placeholder or a reference that nothing was put in for; send the secret itself.';
const STAND_INS: Readonly<Record<PlaceholderKind, string>> = { MASK: MASK_MESSAGE, PLACEHOLDER: PLACEHOLDER_MESSAGE };

/** What is wrong with a private key and its passphrase beside each other. */
export const WRONG_PASSPHRASE = 'It does not open the private key that was sent with it.';
export const UNUSED_PASSPHRASE = 'The private key is not encrypted, so that its passphrase opens nothing.';
export const ENCRYPTED_KEY = 'It is encrypted, and nothing here opens it; send it without a passphrase.';

const PATH_MESSAGE = 'This is the path of a file; send what is in the file.';

const KEY_PROBLEMS: Readonly<Record<KeyProblem, string>> = {
  MASK_INSIDE: 'A mask or a placeholder stands between its first and last line; send the whole PEM text.',
  PATH: PATH_MESSAGE,
  PUBLIC_KEY: 'This is a public key; send the private key that belongs to it.',
  PRIVATE_KEY: 'This is a private key; send the certificate.',
  CERTIFICATE: 'This is a certificate; send the private key that belongs to it.',
  CERTIFICATE_REQUEST: 'This is a request for a certificate, and neither a key nor a certificate.',
  JSON_KEY: 'This is a JSON document; send the PEM text alone.',
  PUTTY_KEY: 'This is a key of PuTTY; export it in the format of OpenSSH (PuTTYgen: Conversions, Export OpenSSH key).',
  OPENSSH_KEY: 'This is a key in the format of OpenSSH; convert it to PKCS#8 (ssh-keygen -p -m PKCS8 -f FILE).',
  NOT_PKCS8: 'This key is not in PKCS#8; convert it (openssl pkcs8 -topk8 -in FILE).',
  SEVERAL_KEYS: 'It holds several private keys; send one.',
  CUT_OFF: 'It is cut off: its BEGIN and END lines do not fit together, or nothing stands between them.',
  OTHER_PEM: 'It is PEM text, but of something else than is wanted here.',
  NOT_PEM: 'Must be PEM text, from its BEGIN line to its END line.',
};

/** What reads in another way where a certificate is wanted. */
const CERTIFICATE_PROBLEMS: Readonly<Partial<Record<KeyProblem, string>>> = {
  PUBLIC_KEY: 'This is a public key; send the certificate.',
};

const WHOLE_DOCUMENT = 'Must be the whole JSON document of a service account key.';

const JSON_PROBLEMS: Readonly<Record<JsonKeyProblem, string>> = {
  NOT_JSON: WHOLE_DOCUMENT,
  PATH: `${PATH_MESSAGE} ${WHOLE_DOCUMENT}`,
  PEM_KEY: `This is PEM text. ${WHOLE_DOCUMENT}`,
  MASK_INSIDE: 'A value in the document is a mask or a placeholder; send the document as it was downloaded.',
  OTHER_TYPE: 'Must be the key file of a service account; the `type` in it is another one than service_account.',
  PUBLIC_KEY_INSIDE: 'Its private_key is no private key; send the document as it was downloaded.',
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
  ESCAPE: 'A percent-escape in it stands for no character; write a % of its own as %25.',
  MASK_INSIDE: 'A mask or a placeholder stands in it in the place of a user or a password; send the whole string.',
  HIDDEN: 'It holds a character that cannot be seen outside of its password.',
  NO_HOST: `It names no host; write it as ${FORM_OF_URL}.`,
  HOST: 'Its host is none: letters, digits, dots, hyphens and underscores alone.',
  IPV6: 'Write an IPv6 address in it in brackets: [2001:db8::1].',
  PORT: 'Its port must be a number from 1 to 65535.',
  SEVERAL_HOSTS: 'It names several hosts; this dialect takes one.',
  SRV_PORT: 'With mongodb+srv the DNS record tells the port; leave it out.',
  DATABASE: 'Its database must be a name alone: / ? & # ; = \\ and quotes would end it in a URL or a driver string.',
  FRAGMENT: 'A # ends a URL; write it as %23.',
};

const urlMessage = (problem: ConnectionStringProblem, schemes: readonly string[]): string =>
  problem === 'SCHEME'
    ? `${URL_PROBLEMS.SCHEME}: ${schemes.map((one) => `${one}://`).join(', ')}.`
    : URL_PROBLEMS[problem];

const isKeyForm = (form: SecretFormat | undefined): form is KeyFormat =>
  form === 'pkcs8Key' || form === 'tlsKey' || form === 'sshKey' || form === 'certificate';

function standInMessage(text: string, form: SecretFormat | undefined): string | null {
  const found = form === 'entry' ? entryPlaceholderKind(text) : placeholderKind(text);
  // Driver parameters and SQL may hold a vendor's own templates.
  if (form === 'driverText') return found === 'MASK' || standInAmong(text) === 'MASK' ? MASK_MESSAGE : null;
  return found && STAND_INS[found];
}

/** Base64 without line breaks, in its usual alphabet and with its end; null where the text is none. */
function packed(text: string): string | null {
  const joined = stripDataUrlHead(text).replaceAll(/[\s\ufeff]/g, '');
  if (joined.length % 4 === 0 && /^[A-Za-z\d+/]+={0,2}$/.test(joined)) return joined;
  // The alphabet of URLs, in which the end is often left out.
  const isOfUrls = !joined.includes('--') && /[-_]/.test(joined) && /^[\w-]+={0,2}$/.test(joined);
  const bytes = isOfUrls ? Buffer.from(joined, 'base64url') : null;
  // Any word may look like it; a file of this kind begins with the same byte always.
  return bytes?.[0] === 0x30 ? bytes.toString('base64') : null;
}

/** What is wrong with a secret's text; null when it may be right. @param schemes of a connection string. */
export function formatProblem(text: string, form: SecretFormat | undefined, schemes: readonly string[]): string | null {
  const standsIn = standInMessage(text, form);
  if (standsIn !== null) return standsIn;
  if (form === 'connectionString') {
    const { problem } = readConnectionString(text, schemes);
    return problem && urlMessage(problem, schemes);
  }
  if (form === 'jsonKey') {
    const { problem } = readJsonKey(text);
    return problem && JSON_PROBLEMS[problem];
  }
  if (form === 'base64') return packed(text) === null ? 'Must be base64 of the file.' : null;
  if (!isKeyForm(form)) return null;
  const { problem } = readKey(text, form);
  if (problem === null) return null;
  return (form === 'certificate' ? CERTIFICATE_PROBLEMS[problem] : undefined) ?? KEY_PROBLEMS[problem];
}

interface Taken {
  /** As it is to be sent. */
  readonly text: string;
  readonly doubts: readonly (KeyWarning | JsonKeyWarning)[];
}

/** A key, certificates or a JSON key file; null for another form, and for a text that is wrong. */
function takenAs(text: string, form: SecretFormat): Taken | null {
  const reading = form === 'jsonKey' ? readJsonKey(text) : isKeyForm(form) ? readKey(text, form) : null;
  return reading && reading.problem === null ? reading : null;
}

/** The text as it is to be sent; one that is wrong stays as it is. */
export function normalizedText(text: string, form: SecretFormat): string {
  if (form === 'connectionString') return trimConnectionString(text);
  if (form === 'base64') return packed(text) ?? text;
  return takenAs(text, form)?.text ?? text;
}

const DOUBTS: Readonly<Record<KeyWarning | JsonKeyWarning, string>> = {
  UNREADABLE:
    'It has the first and last line of PEM text, but what stands between them cannot be read; it may be damaged.',
  KEY_BESIDE_CERTIFICATE: 'It holds a private key beside the certificate; both were sent.',
  MORE_THAN_KEY: 'It holds more than the private key; the key alone was sent.',
  UNREADABLE_INSIDE: 'Its private_key cannot be read as a private key without a passphrase; it may be damaged.',
};

/** What is doubtful about keys and certificates, which are taken all the same. */
export function keyWarnings(text: string, form: SecretFormat): string[] {
  return (takenAs(text, form)?.doubts ?? []).map((doubt) => DOUBTS[doubt]);
}
