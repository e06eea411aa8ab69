// Reads the keys of an issuer of JWTs, from its URL or from a file. No other address is called, and no redirect is followed.
import { readFile } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose';
import { Agent, request } from 'undici';
import type { ReadKeys } from './issuer-keys.ts';

/** The longest wait for the keys, in milliseconds. */
const TIMEOUT_MS = 5000;
/** Ends the connection when an answer has more than a megabyte. */
const dispatcher = new Agent({ maxResponseSize: 1_000_000 });

async function readUrl(url: string): Promise<string> {
  const { statusCode, body } = await request(url, {
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'patchbay' },
    dispatcher,
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`The issuer answered ${statusCode}.`);
  return text;
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
