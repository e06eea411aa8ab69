// The text of a secret, read as one format: its problem, its warnings, and the text that is sent to the vendor.
import { trimConnectionString } from '../formats/connection-string.ts';
import { readKey, type KeyFormat, type KeyProblem, type KeyWarning } from '../formats/keys-and-certificates.ts';
import { stripDataUrlHead } from '../formats/pem.ts';
import { readJsonKey, type JsonKeyProblem, type JsonKeyWarning } from '../formats/service-account-key.ts';
import type { SecretFormat } from './secret-formats.ts';
import { connectionStringProblem, jsonKeyProblem, keyProblem, placeholderProblem } from './secret-problems.ts';
import { connectionStringWarnings, driverTextWarnings, plainSecretWarnings } from './secret-warnings.ts';

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
      : jsonKeyProblem(problem as JsonKeyProblem);
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
