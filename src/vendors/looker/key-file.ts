// A key file as Looker takes it: base64 of its bytes. It is given the text of a file and keeps nothing of it.

const isPem = (text: string): boolean => /^\s*-----BEGIN [A-Z ]+-----/.test(text);

/** The fields of a JSON document; null for any other text. */
function fieldsOf(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const document: unknown = JSON.parse(text);
    const isObject = typeof document === 'object' && document !== null && !Array.isArray(document);
    return isObject ? (document as Record<string, unknown>) : null;
  } catch {
    return null; // the parser's own message quotes the text
  }
}

const isJson = (text: string): boolean => fieldsOf(text) !== null;

/** Forms of a file that a caller may give as they are, by LookerCertificateType. */
const PLAIN: Readonly<Record<string, (text: string) => boolean>> = { JSON: isJson, P8: isPem };

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Tools break base64 into lines. */
function joined(text: string): string | null {
  const packed = text.replaceAll(/\s/g, '');
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed) ? packed : null;
}

/** What base64 stands for, as text; null when it is none. */
function decoded(text: string): string | null {
  const packed = joined(text);
  return packed === null ? null : Buffer.from(packed, 'base64').toString();
}

/** The JSON document of a key file that was given as its text or as base64; null when it is neither. */
const documentOf = (text: string) => fieldsOf(text) ?? fieldsOf(decoded(text) ?? '');

/** The base64 of a file that was given as its text or as base64; null when it is neither. */
export function keyFileBase64(text: string, fileType: string): string | null {
  if (PLAIN[fileType]?.(text)) return base64(text);
  return fileType === 'JSON' && documentOf(text) === null ? null : joined(text);
}

/** The account that a JSON key file names as its own; null when it names none. */
export function clientEmailIn(text: string): string | null {
  const email = documentOf(text)?.['client_email'];
  return typeof email === 'string' && /^[^\s@;?&#]+@[^\s@;?&#]+$/.test(email) ? email : null;
}

/** Whether a JSON key file says by its `type` that it is another one than a service account's. */
export function isOfOtherType(text: string): boolean {
  const type = documentOf(text)?.['type'];
  return type !== undefined && type !== 'service_account';
}

/** Whether a PEM text holds a private key that only a passphrase opens. */
export const isEncryptedPem = (text: string): boolean =>
  /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type:\s*4,ENCRYPTED/m.test(text);

/** What to give, by LookerCertificateType; never with the value. */
export const formsOf = (fileType: string): string =>
  ({ JSON: 'the JSON document as text, or base64 of it', P8: 'the PEM text, or base64 of it' })[fileType] ??
  'base64 of the file';

/** Looker's word for the type. */
export const fileTypeWord = (fileType: string): string => `.${fileType.toLowerCase()}`;
