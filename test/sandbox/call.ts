// Plain HTTP to a sandbox server, for the tests of what it plays. It must not know adapters.
type Json = Record<string, unknown>;

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** The JSON that came, an empty object where none did. */
  readonly body: Json;
}

export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, text, body: isJson ? (JSON.parse(text) as Json) : {} };
}

/** What the server keeps of a connection and never shows. */
export const keptSecrets = async (origin: string, id: string): Promise<unknown> =>
  (await call(`${origin}/__sandbox/secrets`)).body[id];
