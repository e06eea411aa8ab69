// Reads UTF-8 text from files, without a byte order mark. Lenient decoding would change bytes that are not UTF-8.
import { readFileSync } from 'node:fs';

/** Returns the text; null for bytes that are not UTF-8. */
export function decodeText(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * Returns the text of a file.
 * @throws Error with a message that says what is wrong, without the path.
 */
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
