// A text that a vendor wrote, such as an error message. It may quote a secret, so every way to print it yields `[vendor text]`, and
// `shownUnlessSecret` is the only way to read it.
import { inspect } from 'node:util';
import { textIfFreeOfSecrets } from './secret-search/text-if-free-of-secrets.ts';
import type { Secret } from './secret.ts';

const PRINTED = '[vendor text]';
/** In characters. The rest of a longer text is dropped. */
const MAX_STORED = 4096;

export class VendorText {
  readonly #text: string;
  readonly #credentials: readonly Secret[];

  /** @param credentials all credentials that the gateway sent with the call which this text answers. */
  constructor(text: string, credentials: readonly Secret[]) {
    this.#text = text.slice(0, MAX_STORED);
    this.#credentials = credentials;
  }

  /**
   * Returns the first 500 characters of the text, or null if it may contain a piece of a secret.
   * @param sent the secrets that the caller sent with the call.
   */
  shownUnlessSecret(sent: readonly Secret[]): string | null {
    return textIfFreeOfSecrets(this.#text, [...this.#credentials, ...sent]);
  }

  toString(): string {
    return PRINTED;
  }

  toJSON(): string {
    return PRINTED;
  }

  [Symbol.toPrimitive](): string {
    return PRINTED;
  }

  [inspect.custom](): string {
    return PRINTED;
  }
}
