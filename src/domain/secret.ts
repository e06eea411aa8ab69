// Text that goes in and never comes out. Every way of printing a Secret gives `[secret]`; only `reveal` gives the text,
// and only a vendor's to-wire and auth may call it (held by test/schema/architecture.test.ts).
import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { hasTrace, type Readings } from './traces.ts';

/** How a secret prints in text and logs. */
export const SECRET_TEXT = '[secret]';
/** What a form shows in place of a stored secret: the same for every secret. */
export const SECRET_MASK = '••••••••';

/** What Patchbay, Superset, Metabase and others show in place of a stored secret; dots and asterisks are known as such. */
const MASKS: ReadonlySet<string> = new Set([SECRET_MASK, SECRET_TEXT, '**MetabasePass**', 'XXXXXXXXXX', '--------']);

export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  /** Whether this is what stands for a secret somewhere, here or in another tool, sent back by mistake. */
  isMask(): boolean {
    return MASKS.has(this.#value) || /^[*•●.…·]+$/.test(this.#value);
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
  leavesTraceIn(readings: Readings): boolean {
    return hasTrace(this.#value, readings);
  }

  /** The fields of a JSON document; null for any other text. */
  #fields(): Readonly<Record<string, unknown>> | null {
    try {
      const document: unknown = JSON.parse(this.#value);
      const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
      return isObject ? (document as Record<string, unknown>) : null;
    } catch {
      return null; // the parser's own message quotes the text
    }
  }

  /** Whether the text is a JSON document with fields, as a service account's key is. */
  isJsonObject(): boolean {
    return this.#fields() !== null;
  }

  /** Whether it is a Google key file whose `type` names something else than a service account. */
  isOtherGoogleKey(): boolean {
    const type = this.#fields()?.['type'];
    return type !== undefined && type !== 'service_account';
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
