// Checks whether a passphrase decrypts a private key. Keys whose decryption would take long are not tried.
import { createPrivateKey } from 'node:crypto';
import { readKey } from './keys-and-certificates.ts';
import { parsePrivateKey } from './openssl.ts';

export type PassphraseCheck = 'OPENS' | 'DOES_NOT_OPEN' | 'NOT_TRIED';

/** Keys with more rounds of key derivation are not tried: they could be used to keep the gateway busy. */
const MAX_ROUNDS = 250_000;
/** The DER encodings of the object identifiers of the two key derivation functions of PKCS#8. */
const PBKDF2 = Buffer.from('06092a864886f70d01050c', 'hex');
const SCRYPT = Buffer.from('06092b06010401da47040b', 'hex');

/** Returns the number of rounds in the key derivation of an encrypted PKCS#8 key, or infinity if it is unknown. */
function roundsOf(pem: string): number {
  const bytes = Buffer.from(pem.replaceAll(/-----[^-]*-----/g, ''), 'base64');
  if (bytes.includes(SCRYPT)) return Number.POSITIVE_INFINITY;
  const identifierAt = bytes.indexOf(PBKDF2);
  // Older schemes have no PBKDF2 identifier. Their parameters, a sequence of salt and rounds, come first.
  const start = identifierAt < 0 ? 0 : identifierAt + PBKDF2.length;
  for (let at = start; at < start + 64 && at + 12 < bytes.length; at += 1) {
    // A salt is an octet string (0x04), and the integer of the rounds (0x02) follows it.
    if (bytes[at] !== 0x04 || (bytes[at - 2] !== 0x30 && bytes[at - 1] !== 0x30)) continue;
    const roundsAt = at + 2 + (bytes[at + 1] ?? 0);
    const size = bytes[roundsAt + 1] ?? 0;
    if (bytes[roundsAt] === 0x02 && size >= 1 && size <= 4) return bytes.readUIntBE(roundsAt + 2, size);
  }
  return Number.POSITIVE_INFINITY;
}

/** Returns whether the passphrase decrypts the private key, or NOT_TRIED if Node cannot decrypt it or it would take long. */
export function checkPassphrase(keyText: string, passphrase: string): PassphraseCheck {
  const key = readKey(keyText, 'sshKey');
  if (key.problem !== null || !key.isEncrypted || parsePrivateKey(key.text) !== 'NEEDS_PASSPHRASE') return 'NOT_TRIED';
  const hasLegacyHeaders = key.text.includes('Proc-Type:');
  if (!hasLegacyHeaders && roundsOf(key.text) > MAX_ROUNDS) return 'NOT_TRIED';
  try {
    createPrivateKey({ key: key.text, passphrase });
    return 'OPENS';
  } catch (error) {
    // The error code says that this Node version does not have the cipher.
    return String((error as { code?: unknown }).code) === 'ERR_OSSL_EVP_UNSUPPORTED' ? 'NOT_TRIED' : 'DOES_NOT_OPEN';
  }
}
