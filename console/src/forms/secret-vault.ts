// Where a form keeps what was typed into its secret fields. The state of the form, which React keeps and shows, has only tokens.

/** The value of a secret field whose stored secret is to be cleared. */
export const CLEAR = 'secret:clear';

/** Secrets by their tokens. */
export class SecretVault {
  readonly #texts = new Map<string, string>();
  #made = 0;

  /** Keeps a text under a token, or under a new one. Returns the token; undefined for an empty text. */
  keep(token: string | undefined, text: string): string | undefined {
    const kept = token?.startsWith('secret:') && token !== CLEAR ? token : `secret:${(this.#made += 1)}`;
    if (text === '') this.#texts.delete(kept);
    else this.#texts.set(kept, text);
    return text === '' ? undefined : kept;
  }

  /** Returns the text of a token; undefined when there is none. */
  textOf(token: unknown): string | undefined {
    return typeof token === 'string' ? this.#texts.get(token) : undefined;
  }

  /** Forgets all texts. */
  empty(): void {
    this.#texts.clear();
  }
}
