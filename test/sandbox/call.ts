// Sends plain HTTP to a sandbox server, for the tests of the sandbox. This file must not import adapters.
type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The parsed body. An empty object when there is none. */
  readonly body: Json;
}

export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, text, body: isJson ? (JSON.parse(text) as Json) : {} };
}

/** Returns the stored values of a connection that the server never returns. */
export const keptSecrets = async (origin: string, id: string): Promise<unknown> =>
  (await call(`${origin}/__sandbox/secrets`)).body[id];
