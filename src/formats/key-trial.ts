// What Node's own reader makes of keys and certificates. What it cannot read may still be right: it knows no OpenSSH format and
// not every cipher.
import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { pemOfBytes } from './pem.ts';

/** How Node takes what it cannot read without a passphrase. */
const WANTS_PASSPHRASE = /INTERRUPTED|CANCELLED|PASSPHRASE|PASSWORD/;

export type Tried = KeyObject | 'WANTS_PASSPHRASE' | 'UNREADABLE';

/** What is longer is no key, and reading it would take long. */
export const LONGEST_KEY = 65_536;

/** What Node makes of a private key in PEM. */
export function tried(pem: string): Tried {
  if (pem.length > LONGEST_KEY) return 'UNREADABLE';
  try {
    return createPrivateKey(pem);
  } catch (error) {
    return WANTS_PASSPHRASE.test(String((error as { code?: unknown }).code)) ? 'WANTS_PASSPHRASE' : 'UNREADABLE';
  }
}

const DER_FORMS = ['pkcs8', 'pkcs1', 'sec1'] as const;

/** The PEM text of a base64 body without its first and last line; null where Node reads nothing in it. */
export function pemOfBody(text: string): string | null {
  const packed = text.replaceAll(/\s/g, '');
  if (!/^M[\w+/-]{30,}={0,2}$/.test(packed) || packed.length > LONGEST_KEY) return null;
  const bytes = Buffer.from(packed, 'base64');
  const readers: (() => string)[] = [
    ...DER_FORMS.map(
      (type) => () =>
        createPrivateKey({ key: bytes, format: 'der', type }).export({ type: 'pkcs8', format: 'pem' }).toString(),
    ),
    () => pemOfBytes('CERTIFICATE', new X509Certificate(bytes).raw),
    () =>
      createPublicKey({ key: bytes, format: 'der', type: 'spki' }).export({ type: 'spki', format: 'pem' }).toString(),
    () => encryptedBody(bytes),
  ];
  for (const read of readers) {
    try {
      return read();
    } catch {
      // The bytes are something else.
    }
  }
  return null;
}

/** @throws Error when it is no encrypted PKCS#8 key. */
function encryptedBody(bytes: Buffer): string {
  const pem = pemOfBytes('ENCRYPTED PRIVATE KEY', bytes);
  if (tried(pem) !== 'WANTS_PASSPHRASE') throw new Error('no encrypted key');
  return pem;
}
