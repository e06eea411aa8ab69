// Text from files, as UTF-8 without a byte-order mark. Read leniently, bytes that are not UTF-8 would become other characters.
import { readFileSync } from 'node:fs';

/** Null for bytes that are not UTF-8. */
export function decodeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The text of a file. @throws Error whose message says what is wrong, without the path */
export function readTextFile(path: string): string {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch {
    throw new Error('names a file that cannot be read');
  }
  const text = decodeText(bytes);
  if (text === null) throw new Error('names a file that is not UTF-8 text');
  return text;
}
