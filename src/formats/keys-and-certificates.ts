// One reader for private keys and certificates: says what a text is, gives the text as it is to be sent, and names what is wrong
// with it by a code. No text of a key is in what it says.
import { X509Certificate } from 'node:crypto';
import { MAX_PARSED_CHARACTERS, derBodyToPem, parsePrivateKey } from './openssl.ts';
import { placeholderKind } from './placeholders.ts';
import { unwrapFileText, isPemLike, readPem, writePem, type PemBlock } from './pem.ts';

/** Which key or certificate is wanted. */
export type KeyFormat = 'pkcs8Key' | 'tlsKey' | 'sshKey' | 'certificate';

export type KeyProblem =
  | 'MASK_INSIDE'
  | 'PATH'
  | 'PUBLIC_KEY'
  | 'PRIVATE_KEY'
  | 'CERTIFICATE'
  | 'CERTIFICATE_REQUEST'
  | 'JSON_KEY'
  | 'PUTTY_KEY'
  | 'OPENSSH_KEY'
  | 'NOT_PKCS8'
  | 'SEVERAL_KEYS'
  | 'CUT_OFF'
  | 'OTHER_PEM'
  | 'NOT_PEM';

/** Taken, but it may not work. */
export type KeyWarning = 'UNREADABLE' | 'KEY_BESIDE_CERTIFICATE' | 'MORE_THAN_KEY';

export type KeyReading =
  | { readonly problem: KeyProblem }
  | {
      readonly problem: null;
      /** As it is to be sent. */
      readonly text: string;
      /** Whether it opens with a passphrase alone. */
      readonly isEncrypted: boolean;
      readonly doubts: readonly KeyWarning[];
    };

const isPrivate = ({ label }: PemBlock): boolean => /PRIVATE KEY(?: BLOCK)?$/.test(label);
const isPublic = ({ label }: PemBlock): boolean => /PUBLIC KEY(?: BLOCK)?$/.test(label);
const isCertificate = ({ label }: PemBlock): boolean => /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label);
const isRequest = ({ label }: PemBlock): boolean => label.endsWith('CERTIFICATE REQUEST');

/** The cipher of a key in the format of OpenSSH, which Node does not read; null where the body is none. */
function opensshCipher({ lines }: PemBlock): string | null {
  const bytes = Buffer.from(lines.join(''), 'base64');
  const magic = 'openssh-key-v1\0';
  if (bytes.length < 32 || bytes.toString('latin1', 0, magic.length) !== magic) return null;
  const length = bytes.readUInt32BE(magic.length);
  return length < 64 ? bytes.toString('latin1', magic.length + 4, magic.length + 4 + length) : null;
}

const isOpenssh = ({ label }: PemBlock): boolean => label === 'OPENSSH PRIVATE KEY';

function opensshReading(block: PemBlock): KeyReading {
  const cipher = opensshCipher(block);
  return {
    problem: null,
    text: writePem(block),
    isEncrypted: cipher !== null && cipher !== 'none',
    doubts: cipher === null ? ['UNREADABLE'] : [],
  };
}

function opensslReading(blocks: readonly PemBlock[], key: PemBlock, form: KeyFormat): KeyReading {
  // The parameters of a curve may stand before its key; PKCS#8 has them inside.
  const text = writePem(key);
  const read = parsePrivateKey(text);
  const isEncrypted = key.label.startsWith('ENCRYPTED ') || key.headers.length > 0;
  const isPkcs8 = /^(?:ENCRYPTED )?PRIVATE KEY$/.test(key.label);
  const parameters = blocks.filter(({ label }) => label === 'EC PARAMETERS');
  const doubts: KeyWarning[] = [];
  if (typeof read === 'string' && (read === 'UNREADABLE' || !isEncrypted)) doubts.push('UNREADABLE');
  if (blocks.length > parameters.length + 1) doubts.push('MORE_THAN_KEY');
  if (form !== 'pkcs8Key' || isPkcs8) return { problem: null, text, isEncrypted, doubts };
  if (typeof read === 'string' || isEncrypted) return { problem: 'NOT_PKCS8' };
  return { problem: null, text: read.export({ type: 'pkcs8', format: 'pem' }).toString(), isEncrypted: false, doubts };
}

function keyOfBlocks(blocks: readonly PemBlock[], form: KeyFormat): KeyReading {
  const [key, ...others] = blocks.filter(isPrivate);
  if (!key) return { problem: whatElse(blocks) };
  if (others.length > 0) return { problem: 'SEVERAL_KEYS' };
  if (!isOpenssh(key)) return opensslReading(blocks, key, form);
  return form === 'sshKey' ? opensshReading(key) : { problem: 'OPENSSH_KEY' };
}

function whatElse(blocks: readonly PemBlock[]): KeyProblem {
  if (blocks.some(isPublic)) return 'PUBLIC_KEY';
  if (blocks.some(isRequest)) return 'CERTIFICATE_REQUEST';
  if (blocks.some(isCertificate)) return 'CERTIFICATE';
  return blocks.some(isPrivate) ? 'PRIVATE_KEY' : 'OTHER_PEM';
}

function isReadableCertificate(block: PemBlock): boolean {
  const pem = writePem(block);
  if (pem.length > MAX_PARSED_CHARACTERS) return false;
  try {
    return new X509Certificate(pem.replaceAll(/(?:X509|TRUSTED) CERTIFICATE/g, 'CERTIFICATE')).raw.length > 0;
  } catch {
    return false;
  }
}

/** More certificates than a bundle of all authorities has are not tried. */
const MOST_TRIED = 500;

function certificatesOfBlocks(blocks: readonly PemBlock[]): KeyReading {
  const certificates = blocks.filter(isCertificate);
  if (certificates.length === 0) return { problem: whatElse(blocks) };
  const doubts: KeyWarning[] = [];
  if (!certificates.slice(0, MOST_TRIED).every(isReadableCertificate)) doubts.push('UNREADABLE');
  if (blocks.some(isPrivate)) doubts.push('KEY_BESIDE_CERTIFICATE');
  return { problem: null, text: blocks.map(writePem).join(''), isEncrypted: false, doubts };
}

const PATH = /^(?:~|\.{1,2}[\\/]|\/|[A-Za-z]:[\\/]|\\\\|file:|@[\w./~]|https?:\/\/|s3:\/\/|gs:\/\/)/;
const FILE_NAME = /^[^\n{}]{1,255}\.(?:pem|key|p8|pk8|der|crt|cer|ca-bundle|json|p12|pfx|ppk|pub|jks|txt)$/i;

/** Whether a text names a file in place of holding one. */
export const isPath = (text: string): boolean => !/\n/.test(text) && (PATH.test(text) || FILE_NAME.test(text));

/** What a text is that is no PEM. */
function notPem(text: string): KeyProblem {
  if (text.startsWith('PuTTY-User-Key-File-')) return 'PUTTY_KEY';
  if (/^(?:ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-)\S+\s+AAAA/.test(text) || text.startsWith('---- BEGIN SSH2 PUBLIC KEY'))
    return 'PUBLIC_KEY';
  if (text.startsWith('{')) return 'JSON_KEY';
  return isPath(text) ? 'PATH' : 'NOT_PEM';
}

/** Whether what stands between the first and the last line is a mask, or was cut for display. */
const isMaskInside = ({ lines }: PemBlock): boolean => {
  const body = lines.join('');
  return body !== '' && (placeholderKind(body) !== null || /[*•●…]{2}|…|\.{3}/u.test(body));
};

/** No private key is as long as this, whatever it is wrapped in. */
const LONGEST_KEY_TEXT = 262_144;

/** Reads a private key or certificates. */
export function readKey(given: string, form: KeyFormat): KeyReading {
  if (form !== 'certificate' && given.length > LONGEST_KEY_TEXT) return { problem: 'NOT_PEM' };
  const plain = unwrapFileText(given);
  const text = isPemLike(plain) ? plain : (derBodyToPem(plain) ?? plain);
  if (!isPemLike(text)) return { problem: notPem(text) };
  if (text.startsWith('{')) return { problem: 'JSON_KEY' };
  const blocks = readPem(text);
  if (blocks === null) return { problem: 'CUT_OFF' };
  if (blocks.some(isMaskInside)) return { problem: 'MASK_INSIDE' };
  if (blocks.some(({ lines }) => lines.length === 0)) return { problem: 'CUT_OFF' };
  return form === 'certificate' ? certificatesOfBlocks(blocks) : keyOfBlocks(blocks, form);
}
