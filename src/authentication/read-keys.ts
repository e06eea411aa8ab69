// Reads the keys of an issuer of JWTs, from its URL or from a file. No other address is called, and no redirect is followed.
import { readFile } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose';
import { request } from 'undici';
import type { ReadKeys } from './jwt.ts';

/** The longest wait for the keys, in milliseconds. */
const TIMEOUT_MS = 5000;
/** The largest answer with keys, in bytes. */
const MAX_BYTES = 1_000_000;

async function readUrl(url: string): Promise<string> {
  const { statusCode, body } = await request(url, {
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'patchbay' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const chunks: Uint8Array[] = [];
  let length = 0;
  // An error in this loop ends the connection.
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > MAX_BYTES) throw new Error('The answer of the issuer is too large.');
    chunks.push(chunk);
  }
  if (statusCode !== 200) throw new Error(`The issuer answered ${statusCode}.`);
  return Buffer.concat(chunks).toString();
}

/** Returns the function that reads the keys. One of the two places is configured. */
export const keyReaderOf =
  ({
    jwksUrl,
    jwksFile = '',
  }: {
    readonly jwksUrl?: string | undefined;
    readonly jwksFile?: string | undefined;
  }): ReadKeys =>
  async () => {
    const text = jwksUrl === undefined ? await readFile(jwksFile, 'utf8') : await readUrl(jwksUrl);
    return JSON.parse(text) as JSONWebKeySet;
  };
