// What a vendor says in its own words, on its way up from the adapter: it may quote a secret, so it prints as `[vendor text]`
// whoever prints it, and is read through the redactor alone.
import { inspect } from 'node:util';
import { redactVendorText } from './redactor/redact.ts';
import type { Secret } from '../secrets/secret.ts';

const PRINTED = '[vendor text]';
/** Characters that are kept. */
const MOST_KEPT = 4096;

export class VendorText {
  readonly #text: string;
  readonly #credentials: readonly Secret[];

  /** @param credentials all that the gateway signed in with for the call that was answered so. */
  constructor(text: string, credentials: readonly Secret[]) {
    this.#text = text.slice(0, MOST_KEPT);
    this.#credentials = credentials;
  }

  /** What may be shown of it to one who sent these secrets with the call; null when nothing may. */
  redacted(sent: readonly Secret[]): string | null {
    return redactVendorText(this.#text, [...this.#credentials, ...sent]);
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
