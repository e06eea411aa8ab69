// A text that goes in and never comes out. Every way to print a Secret yields `[secret]`. Only `reveal` returns the text, and only a
// vendor's to-wire.ts and auth.ts, and the store's auth.ts, may call it: test/schema/architecture.test.ts checks this.
import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { readCheckedConnectionString } from '../formats/connection-string.ts';
import { readServiceAccount } from '../formats/service-account-key.ts';
import type { KeyFormat } from '../formats/keys-and-certificates.ts';
import { checkPassphrase, type PassphraseCheck } from '../formats/passphrase.ts';
import { containsPieceOf, type SearchableText } from './secret-search/secret-search.ts';
import { FormattedSecret } from './formatted-secret.ts';
import type { SecretFormat } from './secret-formats.ts';

/** The text that a secret prints in texts and logs. */
export const SECRET_TEXT = '[secret]';
/** The placeholder that a form shows for a stored secret. It is the same for every secret. */
export const SECRET_PLACEHOLDER = '••••••••';

export class Secret {
  readonly #value: string;
  /** Keeps the parsed text for each format, because several checks of one request need it. */
  readonly #parsed: Map<SecretFormat | undefined, FormattedSecret>;

  /** @param parsed the parsed text from which `normalized` made the value. */
  constructor(value: string, parsed: readonly (readonly [SecretFormat, FormattedSecret])[] = []) {
    this.#value = value;
    this.#parsed = new Map(parsed);
  }

  #as(format: SecretFormat | undefined): FormattedSecret {
    const parsed = this.#parsed.get(format) ?? new FormattedSecret(this.#value, format);
    this.#parsed.set(format, parsed);
    return parsed;
  }

  /** Returns the text. */
  reveal(): string {
    return this.#value;
  }

  /**
   * Returns why the secret is refused as a value of this format: it is a placeholder or does not have the format. Null when it is
   * accepted. The message does not quote it.
   * @param schemes the schemes that a connection string may have.
   */
  problemAs(format?: SecretFormat, schemes: readonly string[] = []): string | null {
    return this.#as(format).problem(schemes);
  }

  /** Returns the secret as it is sent to a vendor: a key with its line breaks, a document without a byte-order mark. */
  normalized(format: SecretFormat | undefined): Secret {
    if (format === undefined) return this;
    const parsed = this.#as(format);
    const text = parsed.normalizedText();
    return text === this.#value ? this : new Secret(text, [[format, parsed]]);
  }

  /** Returns the warnings about the text as the caller sent it, also if `normalized` changed it. They do not quote it. */
  warningsAs(format?: SecretFormat): string[] {
    return this.#as(format).warnings();
  }

  /** Returns whether the secret is a private key that needs a passphrase. */
  isEncryptedKey(format: KeyFormat): boolean {
    return this.#as(format).isEncryptedKey();
  }

  /** Returns whether the secret is the passphrase of the encrypted private key. */
  decrypts(key: Secret): PassphraseCheck {
    return checkPassphrase(key.#value, this.#value);
  }

  /** Returns which parts a connection string has. */
  connectionParts(): { readonly hasUser: boolean; readonly hasPassword: boolean; readonly hasHost: boolean } {
    const url = readCheckedConnectionString(this.#value);
    if (url.problem !== null) return { hasUser: false, hasPassword: false, hasHost: false };
    return { hasUser: url.user !== null, hasPassword: url.password !== null, hasHost: url.hasHost };
  }

  /** Returns the account that a JSON key file names, or null if the text is no JSON document. */
  serviceAccount(): { readonly email: string | null } | null {
    return readServiceAccount(this.#value);
  }

  /** Returns whether both secrets have the same text. */
  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  /** Returns a fingerprint in base64url, which reveals nothing about the text without the key. */
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

  /** Returns whether the text matches a pattern. */
  matches(pattern: RegExp): boolean {
    return pattern.test(this.#value);
  }

  /** Returns whether any piece of the secret is in a text, in any known encoding. */
  isFoundIn(text: SearchableText): boolean {
    return containsPieceOf(this.#value, text);
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

/** What a vendor reports about a stored secret; UNKNOWN if it reports nothing. */
export type SecretStatus = 'SET' | 'NOT_SET' | 'UNKNOWN';
