// Text that goes in and never comes out. Every way of printing a Secret gives `[secret]`; only `reveal` gives the text,
// and only a vendor's to-wire and auth may call it (held by test/schema/architecture.test.ts).
import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { readAnyConnectionString } from '../formats/connection-string.ts';
import { clientEmailIn, isServiceAccountDocument } from '../formats/service-account-key.ts';
import { readKey, type KeyFormat } from '../formats/keys-and-certificates.ts';
import { checkPassphrase, type PassphraseCheck } from '../formats/passphrase.ts';
import { secretWarnings } from './secret-warnings.ts';
import { formatProblem, normalizedText, type SecretFormat } from './secret-formats.ts';
import { containsPieceOf, type SearchableText } from './redactor/secret-search.ts';

/** How a secret prints in text and logs. */
export const SECRET_TEXT = '[secret]';
/** What a form shows in place of a stored secret: the same for every secret. */
export const SECRET_PLACEHOLDER = '••••••••';

export class Secret {
  readonly #value: string;
  /** As it was sent, before it was brought into its form. */
  readonly #given: string;

  constructor(value: string, given = value) {
    this.#value = value;
    this.#given = given;
  }

  reveal(): string {
    return this.#value;
  }

  /**
   * What is wrong with the text, in a sentence without it: it is the mask of a stored secret, or not of the form that is
   * needed. Null when it may be right.
   * @param schemes that a connection string may have.
   */
  formatProblem(form?: SecretFormat, schemes: readonly string[] = []): string | null {
    return formatProblem(this.#value, form, schemes);
  }

  /** The same secret written as a form wants it: a key with its line breaks, a document without a byte-order mark. */
  normalized(form: SecretFormat | undefined): Secret {
    const text = form === undefined ? this.#value : normalizedText(this.#value, form);
    return text === this.#value ? this : new Secret(text, this.#given);
  }

  /** What is doubtful about the text as it was sent, each in a sentence without it. */
  warningsAs(form?: SecretFormat): string[] {
    return secretWarnings(this.#given, form);
  }

  /** Whether it is a private key that opens with a passphrase alone. */
  isEncryptedKey(form: KeyFormat): boolean {
    const key = readKey(this.#value, form);
    return key.problem === null && key.isEncrypted;
  }

  /** Whether it opens an encrypted private key, as a passphrase does. */
  decrypts(key: Secret): PassphraseCheck {
    return checkPassphrase(key.#value, this.#value);
  }

  /** What of its parts a connection string has. */
  connectionParts(): { readonly hasUser: boolean; readonly hasPassword: boolean; readonly hasHost: boolean } {
    const url = readAnyConnectionString(this.#value);
    if (url.problem !== null) return { hasUser: false, hasPassword: false, hasHost: false };
    return { hasUser: url.user !== null, hasPassword: url.password !== null, hasHost: url.hasHost };
  }

  /** Returns the account that the key file of a Google service account names; null where the text is no JSON document. */
  serviceAccount(): { readonly email: string | null } | null {
    return isServiceAccountDocument(this.#value) ? { email: clientEmailIn(this.#value) } : null;
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  /** A fingerprint that says nothing of the text to who has not the key. */
  hmac(key: Buffer | Secret): string {
    return createHmac('sha256', key instanceof Secret ? key.#value : key)
      .update(this.#value)
      .digest('base64url');
  }

  isEmpty(): boolean {
    return this.#value === '';
  }

  isLongerThan(bytes: number): boolean {
    return Buffer.byteLength(this.#value) > bytes;
  }

  /** Whether the text has a form; nothing more of it is told. */
  matches(form: RegExp): boolean {
    return form.test(this.#value);
  }

  /** Whether any piece of it is in what a text can be read as. */
  isFoundIn(readings: SearchableText): boolean {
    return containsPieceOf(this.#value, readings);
  }

  toString(): string {
    return SECRET_TEXT;
  }

  toJSON(): string {
    return SECRET_TEXT;
  }

  [Symbol.toPrimitive](): string {
    return SECRET_TEXT;
  }

  [inspect.custom](): string {
    return SECRET_TEXT;
  }
}

/** What a vendor tells of a stored secret; UNKNOWN where it does not tell. */
export type SecretStatus = 'SET' | 'NOT_SET' | 'UNKNOWN';
