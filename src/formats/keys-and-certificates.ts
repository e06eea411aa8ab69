// Reads private keys and certificates. It reports problems as codes, which never quote the key, and returns the text in the form
// in which it is sent.
import { X509Certificate } from 'node:crypto';
import { MAX_PARSED_CHARACTERS, derBodyToPem, parsePrivateKey } from './openssl.ts';
import { placeholderKind } from './placeholders.ts';
import { unwrapFileText, isPemLike, readPem, writePem, type PemBlock } from './pem.ts';

/** The kind of key or certificate that a field accepts. */
export type KeyFormat = 'pkcs8Key' | 'tlsKey' | 'sshKey' | 'certificate';

export type KeyProblem =
  | 'PLACEHOLDER_INSIDE'
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

/** A remark about a key or certificate that is accepted but may not work. */
export type KeyWarning = 'UNREADABLE' | 'KEY_BESIDE_CERTIFICATE' | 'MORE_THAN_KEY';

export type KeyReading =
  | { readonly problem: KeyProblem }
  | {
      readonly problem: null;
      /** The PEM text that is sent to the vendor. */
      readonly text: string;
      /** Whether the key needs a passphrase. */
      readonly isEncrypted: boolean;
      readonly warnings: readonly KeyWarning[];
    };

const isPrivate = ({ label }: PemBlock): boolean => /PRIVATE KEY(?: BLOCK)?$/.test(label);
const isPublic = ({ label }: PemBlock): boolean => /PUBLIC KEY(?: BLOCK)?$/.test(label);
const isCertificate = ({ label }: PemBlock): boolean => /^(?:X509 |TRUSTED )?CERTIFICATE$/.test(label);
const isRequest = ({ label }: PemBlock): boolean => label.endsWith('CERTIFICATE REQUEST');

/** Returns the cipher of a key in the OpenSSH format, which Node cannot parse, or null if the body has another format. */
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
    warnings: cipher === null ? ['UNREADABLE'] : [],
  };
}

function opensslReading(blocks: readonly PemBlock[], key: PemBlock, form: KeyFormat): KeyReading {
  const text = writePem(key);
  const parsedKey = parsePrivateKey(text);
  const isEncrypted = key.label.startsWith('ENCRYPTED ') || key.headers.length > 0;
  const isPkcs8 = /^(?:ENCRYPTED )?PRIVATE KEY$/.test(key.label);
  // EC parameters may precede their key. They are not sent, because the key names its curve itself.
  const parameters = blocks.filter(({ label }) => label === 'EC PARAMETERS');
  const warnings: KeyWarning[] = [];
  if (typeof parsedKey === 'string' && (parsedKey === 'UNREADABLE' || !isEncrypted)) warnings.push('UNREADABLE');
  if (blocks.length > parameters.length + 1) warnings.push('MORE_THAN_KEY');
  if (form !== 'pkcs8Key' || isPkcs8) return { problem: null, text, isEncrypted, warnings };
  if (typeof parsedKey === 'string' || isEncrypted) return { problem: 'NOT_PKCS8' };
  return {
    problem: null,
    text: parsedKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    isEncrypted: false,
    warnings,
  };
}

function keyOfBlocks(blocks: readonly PemBlock[], form: KeyFormat): KeyReading {
  const [key, ...others] = blocks.filter(isPrivate);
  if (!key) return { problem: otherPemProblem(blocks) };
  if (others.length > 0) return { problem: 'SEVERAL_KEYS' };
  if (!isOpenssh(key)) return opensslReading(blocks, key, form);
  return form === 'sshKey' ? opensshReading(key) : { problem: 'OPENSSH_KEY' };
}

/** Returns the problem of a PEM text that has no block of the needed kind. */
function otherPemProblem(blocks: readonly PemBlock[]): KeyProblem {
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

/** Only this many certificates are parsed. A bundle of all public authorities has fewer. */
const MAX_PARSED_CERTIFICATES = 500;

function certificatesOfBlocks(blocks: readonly PemBlock[]): KeyReading {
  const certificates = blocks.filter(isCertificate);
  if (certificates.length === 0) return { problem: otherPemProblem(blocks) };
  const warnings: KeyWarning[] = [];
  if (!certificates.slice(0, MAX_PARSED_CERTIFICATES).every(isReadableCertificate)) warnings.push('UNREADABLE');
  if (blocks.some(isPrivate)) warnings.push('KEY_BESIDE_CERTIFICATE');
  return { problem: null, text: blocks.map(writePem).join(''), isEncrypted: false, warnings };
}

const PATH = /^(?:~|\.{1,2}[\\/]|\/|[A-Za-z]:[\\/]|\\\\|file:|@[\w./~]|https?:\/\/|s3:\/\/|gs:\/\/)/;
const FILE_NAME = /^[^\n{}]{1,255}\.(?:pem|key|p8|pk8|der|crt|cer|ca-bundle|json|p12|pfx|ppk|pub|jks|txt)$/i;

/** Returns whether the text is the path or the name of a file instead of its content. */
export const isPath = (text: string): boolean => !/\n/.test(text) && (PATH.test(text) || FILE_NAME.test(text));

/** Returns the problem of a text that is not PEM. */
function nonPemProblem(text: string): KeyProblem {
  if (text.startsWith('PuTTY-User-Key-File-')) return 'PUTTY_KEY';
  if (/^(?:ssh-|ecdsa-sha2-|sk-ssh-|sk-ecdsa-)\S+\s+AAAA/.test(text) || text.startsWith('---- BEGIN SSH2 PUBLIC KEY'))
    return 'PUBLIC_KEY';
  if (text.startsWith('{')) return 'JSON_KEY';
  return isPath(text) ? 'PATH' : 'NOT_PEM';
}

/** Returns whether the body of a PEM block is a placeholder or was shortened for display. */
const hasPlaceholderBody = ({ lines }: PemBlock): boolean => {
  const body = lines.join('');
  return body !== '' && (placeholderKind(body) !== null || /[*•●…]{2}|…|\.{3}/u.test(body));
};

/** In characters. A longer text is no private key, however it is wrapped. */
const MAX_KEY_TEXT = 262_144;

/** Reads a private key or one or more certificates. Unwraps base64, quotes and escapes, and adds missing PEM lines. */
export function readKey(input: string, form: KeyFormat): KeyReading {
  if (form !== 'certificate' && input.length > MAX_KEY_TEXT) return { problem: 'NOT_PEM' };
  const plain = unwrapFileText(input);
  const text = isPemLike(plain) ? plain : (derBodyToPem(plain) ?? plain);
  if (!isPemLike(text)) return { problem: nonPemProblem(text) };
  if (text.startsWith('{')) return { problem: 'JSON_KEY' };
  const blocks = readPem(text);
  if (blocks === null) return { problem: 'CUT_OFF' };
  if (blocks.some(hasPlaceholderBody)) return { problem: 'PLACEHOLDER_INSIDE' };
  if (blocks.some(({ lines }) => lines.length === 0)) return { problem: 'CUT_OFF' };
  return form === 'certificate' ? certificatesOfBlocks(blocks) : keyOfBlocks(blocks, form);
}
