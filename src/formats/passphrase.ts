// Whether a passphrase opens an encrypted private key. It is tried where that takes no long time.
import { createPrivateKey } from 'node:crypto';
import { readKey } from './keys-and-certificates.ts';
import { parsePrivateKey } from './openssl.ts';

export type PassphraseCheck = 'OPENS' | 'DOES_NOT_OPEN' | 'NOT_TRIED';

/** More rounds than this take long, and would be a way to keep the gateway busy. */
const MOST_ROUNDS = 250_000;
const PBKDF2 = Buffer.from('06092a864886f70d01050c', 'hex');
const SCRYPT = Buffer.from('06092b06010401da47040b', 'hex');

/** The rounds of an encrypted key's key derivation; infinite where they cannot be told. */
function roundsOf(pem: string): number {
  const bytes = Buffer.from(pem.replaceAll(/-----[^-]*-----/g, ''), 'base64');
  if (bytes.includes(SCRYPT)) return Number.POSITIVE_INFINITY;
  const at = bytes.indexOf(PBKDF2);
  // Of the older ways the parameters come first: a sequence of the salt and the rounds.
  const start = at < 0 ? 0 : at + PBKDF2.length;
  for (let place = start; place < start + 64 && place + 12 < bytes.length; place += 1) {
    if (bytes[place] !== 0x04 || (bytes[place - 2] !== 0x30 && bytes[place - 1] !== 0x30)) continue;
    const number = place + 2 + (bytes[place + 1] ?? 0);
    const size = bytes[number + 1] ?? 0;
    if (bytes[number] === 0x02 && size >= 1 && size <= 4) return bytes.readUIntBE(number + 2, size);
  }
  return Number.POSITIVE_INFINITY;
}

/** Whether a passphrase opens an encrypted key, as far as that can be tried here. */
export function checkPassphrase(keyText: string, passphrase: string): PassphraseCheck {
  const key = readKey(keyText, 'sshKey');
  if (key.problem !== null || !key.isEncrypted || parsePrivateKey(key.text) !== 'WANTS_PASSPHRASE') return 'NOT_TRIED';
  const isOld = key.text.includes('Proc-Type:');
  if (!isOld && roundsOf(key.text) > MOST_ROUNDS) return 'NOT_TRIED';
  try {
    createPrivateKey({ key: key.text, passphrase });
    return 'OPENS';
  } catch (error) {
    // A cipher that this Node does not have.
    return String((error as { code?: unknown }).code) === 'ERR_OSSL_EVP_UNSUPPORTED' ? 'NOT_TRIED' : 'DOES_NOT_OPEN';
  }
}
