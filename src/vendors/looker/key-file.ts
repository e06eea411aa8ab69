// A key file as Looker takes it: base64 of its bytes. It is given the text of a file and keeps nothing of it.

const isPem = (text: string): boolean => /^\s*-----BEGIN [A-Z ]+-----/.test(text);

function isJson(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === 'object' && document !== null && !Array.isArray(document);
  } catch {
    return false; // the parser's own message quotes the text
  }
}

/** Forms of a file that a caller may give as they are, by LookerCertificateType. */
const PLAIN: Readonly<Record<string, (text: string) => boolean>> = { JSON: isJson, P8: isPem };

export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Tools break base64 into lines. */
function joined(text: string): string | null {
  const packed = text.replaceAll(/\s/g, '');
  return packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed) ? packed : null;
}

/** The base64 of a file that was given as its text or as base64; null when it is neither. */
export const keyFileBase64 = (text: string, fileType: string): string | null =>
  PLAIN[fileType]?.(text) ? base64(text) : joined(text);

/** What to give, by LookerCertificateType; never with the value. */
export const formsOf = (fileType: string): string =>
  ({ JSON: 'the JSON document as text, or base64 of it', P8: 'the PEM text, or base64 of it' })[fileType] ??
  'base64 of the file';

/** Looker's word for the type. */
export const fileTypeWord = (fileType: string): string => `.${fileType.toLowerCase()}`;
