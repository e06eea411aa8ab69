// What Node's own reader makes of keys and certificates. What it cannot read may still be right: it knows no OpenSSH format and
// not every cipher.
import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { pemFromBytes } from './pem.ts';

/** How Node takes what it cannot read without a passphrase. */
const WANTS_PASSPHRASE = /INTERRUPTED|CANCELLED|PASSPHRASE|PASSWORD/;

export type ParsedPrivateKey = KeyObject | 'WANTS_PASSPHRASE' | 'UNREADABLE';

/** What is longer is no key, and reading it would take long. */
export const MAX_PARSED_CHARACTERS = 65_536;

/** What Node makes of a private key in PEM. */
export function parsePrivateKey(pem: string): ParsedPrivateKey {
  if (pem.length > MAX_PARSED_CHARACTERS) return 'UNREADABLE';
  try {
    return createPrivateKey(pem);
  } catch (error) {
    return WANTS_PASSPHRASE.test(String((error as { code?: unknown }).code)) ? 'WANTS_PASSPHRASE' : 'UNREADABLE';
  }
}

const DER_FORMS = ['pkcs8', 'pkcs1', 'sec1'] as const;

/** The PEM text of a base64 body without its first and last line; null where Node reads nothing in it. */
export function derBodyToPem(text: string): string | null {
  const packed = text.replaceAll(/\s/g, '');
  if (!/^M[\w+/-]{30,}={0,2}$/.test(packed) || packed.length > MAX_PARSED_CHARACTERS) return null;
  const bytes = Buffer.from(packed, 'base64');
  const readers: (() => string)[] = [
    ...DER_FORMS.map(
      (type) => () =>
        createPrivateKey({ key: bytes, format: 'der', type }).export({ type: 'pkcs8', format: 'pem' }).toString(),
    ),
    () => pemFromBytes('CERTIFICATE', new X509Certificate(bytes).raw),
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
  const pem = pemFromBytes('ENCRYPTED PRIVATE KEY', bytes);
  if (parsePrivateKey(pem) !== 'WANTS_PASSPHRASE') throw new Error('no encrypted key');
  return pem;
}
