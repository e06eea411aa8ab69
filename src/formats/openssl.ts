// Parses keys and certificates with Node's OpenSSL. A text that it cannot parse may still be valid: OpenSSL does not know the
// OpenSSH format, and not every cipher.
import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { pemFromBytes } from './pem.ts';

/** The error codes of Node for a key that needs a passphrase. */
const NEEDS_PASSPHRASE = /INTERRUPTED|CANCELLED|PASSPHRASE|PASSWORD/;

export type ParsedPrivateKey = KeyObject | 'NEEDS_PASSPHRASE' | 'UNREADABLE';

/** In characters. A longer text is not parsed: it is no key, and parsing it would take long. */
export const MAX_PARSED_CHARACTERS = 65_536;

/** Returns the parsed private key of a PEM text, or why there is none. */
export function parsePrivateKey(pem: string): ParsedPrivateKey {
  if (pem.length > MAX_PARSED_CHARACTERS) return 'UNREADABLE';
  try {
    return createPrivateKey(pem);
  } catch (error) {
    return NEEDS_PASSPHRASE.test(String((error as { code?: unknown }).code)) ? 'NEEDS_PASSPHRASE' : 'UNREADABLE';
  }
}

const DER_FORMS = ['pkcs8', 'pkcs1', 'sec1'] as const;

/** Returns the PEM text of a base64 body whose BEGIN and END lines are missing, or null if it is no key or certificate. */
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
    () => encryptedKeyPem(bytes),
  ];
  for (const read of readers) {
    try {
      return read();
    } catch {
      // The bytes have another format. Try the next one.
    }
  }
  return null;
}

/**
 * Returns the PEM text of an encrypted PKCS#8 key.
 * @throws Error if the bytes are something else.
 */
function encryptedKeyPem(bytes: Buffer): string {
  const pem = pemFromBytes('ENCRYPTED PRIVATE KEY', bytes);
  if (parsePrivateKey(pem) !== 'NEEDS_PASSPHRASE') throw new Error('The bytes are not an encrypted PKCS#8 key.');
  return pem;
}
