// The token of the person who uses the console. It is kept in this variable alone, so a reload of the page forgets it.

let token = '';

/** Returns the headers that authenticate a request; none without a token. */
export const authorization = (): Record<string, string> => (token === '' ? {} : { authorization: `Bearer ${token}` });

/** Replaces the token. An empty text forgets it. */
export function setToken(value: string): void {
  token = value.trim();
}

/** Returns whether there is a token. */
export const hasToken = (): boolean => token !== '';
